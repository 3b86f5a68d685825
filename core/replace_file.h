// Files that are written whole or not at all.
#pragma once

#include <string>
#include <string_view>

#include "core/nothing.h"
#include "core/result.h"

namespace tlsward {

/// Gives the file `bytes` for its content: they go to a temporary file in the same folder, onto the disk, and then take
/// the place of the old file in one step, so that nobody ever sees half of them. The mode of an old file stays, and its
/// group and owner where the system allows it; a symbolic link stays and its target is replaced. Error: what could not
/// be done ("cannot write 'a.json': no space left on device", a file that may not be written, no regular file); then
/// the old file is as it was.
Result<Nothing> replace_file(const std::string& path, std::string_view bytes);

/// The same, but only where the file still holds `expected` when all is ready for that one step: what somebody else
/// wrote meanwhile is kept. Error then: "'a.json' was changed meanwhile and is left as it is".
Result<Nothing> replace_unchanged_file(const std::string& path, std::string_view expected, std::string_view bytes);

/// Writes all of `bytes`; false where that failed: errno says why.
bool write_all(int fd, std::string_view bytes);

/// Has the names in `directory` on the disk; false where that failed: errno says why.
bool sync_directory(const std::string& directory);

}  // namespace tlsward
