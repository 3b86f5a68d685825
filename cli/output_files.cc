#include "cli/output_files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include "cli/exit_code.h"
#include "cli/interrupt.h"
#include "cli/usage_error.h"
#include "core/descriptor.h"
#include "core/print.h"
#include "core/replace_file.h"

namespace tlsward::cli {
namespace {

namespace fs = std::filesystem;

/// /dev/stdout is the file that standard output was turned into, but stays a name for the stream.
bool may_serve_for_several(const std::string& path) {
  if (path.starts_with("/dev/") || path.starts_with("/proc/")) return true;
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  return fs::exists(status) && !fs::is_regular_file(status);
}

/// Absolute, without links; empty where that cannot be told.
fs::path full_name(const std::string& path) {
  std::error_code problem;
  const fs::path absolute = fs::absolute(path, problem);
  const fs::path full = problem ? fs::path() : fs::weakly_canonical(absolute, problem);
  return problem ? fs::path() : full;
}

/// Hard and symbolic links lead to one file; a file that is not there is known by its name alone.
bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code neither_exists;
  const bool same = fs::equivalent(a, b, neither_exists);
  if (!neither_exists) return same;
  const fs::path full = full_name(a);
  return !full.empty() && full == full_name(b);
}

int failed(const std::string& path, const std::string& message) {
  print_to(stderr, "tlsward: cannot write '{}': {}\n", path, message);
  return kIncomplete;
}

/// A descriptor of its own for the stream that has this name: opened anew, a file would be written from its beginning.
int open_stream(const std::string& path) {
  if (path == "/dev/stdout") return ::dup(STDOUT_FILENO);
  if (path == "/dev/stderr") return ::dup(STDERR_FILENO);
  for (const std::string_view folder : {"/dev/fd/", "/proc/self/fd/"}) {
    int number = -1;
    const char* const end = path.data() + path.size();
    if (path.starts_with(folder) && std::from_chars(path.data() + folder.size(), end, number).ptr == end)
      return ::dup(number);
  }
  return ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
}

int write_through(const std::string& path, std::string_view bytes) {
  Descriptor fd(open_stream(path));
  const bool written = fd.get() >= 0 && write_all(fd.get(), bytes) && fd.close();
  if (written || errno == EPIPE) return kDone;
  return failed(path, std::strerror(errno));
}

}  // namespace

void check_output_files(std::span<const FileUse> outputs, std::span<const FileUse> others) {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const FileUse& output = outputs[i];
    if (may_serve_for_several(output.path)) continue;
    const auto same = [&](const FileUse& other) { return is_same_file(output.path, other.path); };
    const auto read = std::find_if(others.begin(), others.end(), same);
    if (read != others.end())
      throw UsageError(
          fmt::format("'{}' is {} and cannot be {} too; give it another name", output.path, read->use, output.use));
    const auto earlier = outputs.subspan(0, i);
    const auto written = std::find_if(earlier.begin(), earlier.end(), same);
    if (written != earlier.end())
      throw UsageError(
          fmt::format("'{}' would be {} and {}; give each a file of its own", output.path, written->use, output.use));
  }
}

int open_output_file(const std::string& path) {
  if (may_serve_for_several(path)) return open_stream(path);
  return ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
}

int write_output_file(const std::string& path, std::string_view bytes) {
  if (may_serve_for_several(path)) return write_through(path, bytes);
  const InterruptGuard guard([] {});
  const auto replaced = replace_file(path, bytes);
  if (guard.happened()) return kInterrupted;
  if (replaced) return kDone;
  print_to(stderr, "tlsward: {}\n", replaced.error().message);
  return kIncomplete;
}

}  // namespace tlsward::cli
