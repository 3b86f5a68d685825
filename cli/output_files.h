// Files that a run writes beside standard output: never over what it reads, whole or not at all.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace tlsward::cli {

/// A file of a run and what it is there for: "an input", "the report in the format sarif".
struct FileUse {
  std::string path;
  std::string use;
};

/// The name of standard input, which may be a file too.
inline const std::string kStandardInput = "/dev/stdin";

/// Throws UsageError where one of `outputs` is one of `others` or another output: the same file under whatever name,
/// also one that is not there yet. What is no regular file (a device, a pipe) may serve for several.
void check_output_files(std::span<const FileUse> outputs, std::span<const FileUse> others);

/// Opens the file for a report that is written bit by bit. A device or a pipe, and a stream by its name (/dev/stdout),
/// is written to as it is; any other file becomes empty. A descriptor, or -1 with errno.
int open_output_file(const std::string& path);

/// Makes `bytes` the content of the file: a regular file is replaced whole, or stays as it was; a device or a pipe gets
/// them as they are. Returns kDone; kIncomplete with a message on stderr where that failed; kInterrupted where a signal
/// came meanwhile.
int write_output_file(const std::string& path, std::string_view bytes);

}  // namespace tlsward::cli
