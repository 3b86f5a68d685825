#include "report/line_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace tlsward::report {
namespace {

Error system_error(std::string_view what, const std::string& path) {
  return {fmt::format("cannot {} '{}': {}", what, path, std::strerror(errno))};
}

/// Writes everything unless an error stops it. Returns what was written.
std::size_t write_all(int descriptor, std::string_view bytes) {
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t count = write(descriptor, bytes.data() + written, bytes.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    written += static_cast<std::size_t>(count);
  }
  return written;
}

}  // namespace

Result<LineFile> LineFile::open(const std::string& path) {
  // Not blocking: a pipe without a reader is refused below, not waited for.
  const int descriptor = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0666);
  if (descriptor < 0) return system_error("open", path);
  LineFile file(path, descriptor, 0);
  struct stat facts {};
  if (fstat(descriptor, &facts) != 0) return system_error("read", path);
  if (!S_ISREG(facts.st_mode)) return Error{fmt::format("'{}' is no regular file; lines are appended to one", path)};
  // A file system without locks is no reason to refuse.
  if (flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return Error{fmt::format("'{}' is being written by another run", path)};
  if (fstat(descriptor, &facts) != 0) return system_error("read", path);
  file.size_ = static_cast<std::uint64_t>(facts.st_size);
  return file;
}

LineFile::LineFile(LineFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)), size_(other.size_) {}

LineFile& LineFile::operator=(LineFile&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(descriptor_, other.descriptor_);
  std::swap(size_, other.size_);
  return *this;
}

LineFile::~LineFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

std::optional<Error> LineFile::truncate(std::uint64_t size) {
  if (ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return system_error("cut", path_);
  size_ = size;
  return {};
}

std::optional<Error> LineFile::append(std::string_view line) {
  std::string bytes;
  bytes.reserve(line.size() + 1);
  bytes.append(line).push_back('\n');
  if (write_all(descriptor_, bytes) == bytes.size()) {
    size_ += bytes.size();
    return {};
  }
  const Error error = system_error("write", path_);
  // Where not even this works, the next reader finds a broken last line and knows what to do with it.
  truncate(size_);
  return error;
}

}  // namespace tlsward::report
