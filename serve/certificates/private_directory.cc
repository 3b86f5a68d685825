#include "serve/certificates/private_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <utility>

#include "core/descriptor.h"
#include "core/replace_file.h"

namespace tlsward::serve {
namespace {

Error failed(std::string_view what, const std::string& path, int error) {
  return Error{fmt::format("cannot {} '{}': {}", what, path, std::strerror(error))};
}

Result<Nothing> finish(const std::string& directory) {
  if (!sync_directory(directory)) return failed("write", directory, errno);
  return Nothing{};
}

}  // namespace

Result<Nothing> ensure_private_directory(const std::string& path) {
  std::error_code error;
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  if (!parent.empty()) std::filesystem::create_directories(parent, error);
  if (error) return Error{fmt::format("cannot make '{}': {}", parent.string(), error.message())};
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return failed("make", path, errno);
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) return failed("open", path, errno);
  if (!S_ISDIR(status.st_mode)) return Error{fmt::format("'{}' is no directory", path)};
  if (status.st_uid != ::geteuid()) return Error{fmt::format("'{}' belongs to another user", path)};
  if ((status.st_mode & 077) != 0)
    return Error{
        fmt::format("'{}' is open to others (mode {:o}); private keys want 0700", path, status.st_mode & 0777)};
  return Nothing{};
}

Result<Nothing> write_private_file(const std::string& directory, const std::string& name, std::string_view bytes) {
  std::string temporary = fmt::format("{}/{}XXXXXX", directory, kUnfinished);
  Descriptor fd(::mkostemp(temporary.data(), O_CLOEXEC));  // mode 0600
  if (fd.get() < 0) return failed("write in", directory, errno);
  const std::string path = fmt::format("{}/{}", directory, name);
  const bool written = write_all(fd.get(), bytes) && ::fsync(fd.get()) == 0 && fd.close() &&
                       ::rename(temporary.c_str(), path.c_str()) == 0;
  if (!written) {
    const int error = errno;
    ::unlink(temporary.c_str());
    return failed("write", path, error);
  }
  return finish(directory);
}

Result<Nothing> remove_private_file(const std::string& directory, const std::string& name) {
  const std::string path = fmt::format("{}/{}", directory, name);
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) return failed("remove", path, errno);
  return finish(directory);
}

Result<std::string> read_whole_file(const std::string& path, std::size_t limit) {
  // O_NONBLOCK: a FIFO would have the program wait for somebody who writes to it.
  const Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
  if (fd.get() < 0) return failed("open", path, errno);
  struct stat status {};
  if (::fstat(fd.get(), &status) != 0) return failed("read", path, errno);
  if (!S_ISREG(status.st_mode)) return Error{fmt::format("'{}' is no regular file", path)};
  std::string text(std::min(static_cast<std::size_t>(status.st_size), limit) + 1, '\0');
  std::size_t size = 0;
  while (size < text.size()) {
    const ssize_t got = ::read(fd.get(), text.data() + size, text.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("read", path, errno);
    if (got == 0) break;
    size += static_cast<std::size_t>(got);
  }
  if (size > limit) return Error{fmt::format("'{}' has more than {} bytes", path, limit)};
  text.resize(size);
  return text;
}

}  // namespace tlsward::serve
