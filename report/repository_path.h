// Paths as the hosts of code show them: relative to the repository.
#pragma once

#include <string>

#include "report/format.h"

namespace tlsward::report {

/// `path`, which is as the run has it, relative to Report::repository where it lies below it; else as it is, but
/// without parts that say nothing ("./x", "sub/../x"). What is no path ("<stdin>", "") stays. Looks at no file.
std::string repository_path(const Report& report, const std::string& path);

}  // namespace tlsward::report
