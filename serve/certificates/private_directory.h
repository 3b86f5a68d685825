// Files that are for their owner alone, written so that they are there whole or not at all.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "net/failure.h"

namespace tlsward::serve {

/// Makes `path` with mode 0700, its parents too, or checks that it is a directory of this user that nobody else can
/// enter. Error: what is wrong with it.
Result<Nothing> ensure_private_directory(const std::string& path);

/// Writes `bytes` to a temporary file of mode 0600 in `directory`, has them on the disk, and gives the file its name;
/// the name, too, is on the disk when this returns. Error: what could not be done ("no space left on device"); then a
/// file of that name is as it was.
Result<Nothing> write_private_file(const std::string& directory, const std::string& name, std::string_view bytes);

/// What begins the names of files that were not finished.
inline constexpr std::string_view kUnfinished = ".unfinished-";

/// Takes the file away, if it is there, and has that on the disk. Error: what could not be done.
Result<Nothing> remove_private_file(const std::string& directory, const std::string& name);

/// The whole file, at most `limit` bytes. Error: it cannot be read, is larger, or is no regular file; symbolic links
/// are not followed.
Result<std::string> read_whole_file(const std::string& path, std::size_t limit);

}  // namespace tlsward::serve
