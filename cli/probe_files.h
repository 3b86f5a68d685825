// Files of probe results as arguments of a command.
#pragma once

#include <functional>
#include <string>

#include "report/probe_read.h"

namespace tlsward::cli {

/// Reads the results of `path` (`-`: standard input) one by one. What cannot be read is told on stderr, the first 20
/// places of a file each with its line. Why not all was read; empty where all was.
std::string read_probe_file(const std::string& path, report::RuleIds& rules,
                            const std::function<void(report::ReadResult)>& take);

}  // namespace tlsward::cli
