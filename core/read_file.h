// The whole of a file that is small enough.
#pragma once

#include <cstddef>
#include <string>

#include "core/result.h"

namespace tlsward {

/// The bytes of the file, or of what a pipe gives. Error: why there are none, for a message behind "cannot read 'a': ":
/// "no such file or directory", "is a directory", "more than 1048576 bytes".
Result<std::string> read_file(const std::string& path, std::size_t most);

}  // namespace tlsward
