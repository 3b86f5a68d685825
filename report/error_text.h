// How the formats for people say what could not be done.
#pragma once

#include <string>

#include "lint/run.h"

namespace tlsward::report {

/// "PATH: MESSAGE", or the message alone where it is about no input. Not yet `printable`.
std::string error_text(const lint::RunError& error);

/// "PATH: error: MESSAGE" or "error: MESSAGE", as compilers write it. Not yet `printable`.
std::string error_line(const lint::RunError& error);

}  // namespace tlsward::report
