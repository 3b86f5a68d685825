#include "core/replace_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <system_error>

#include "core/descriptor.h"
#include "core/read_file.h"

namespace tlsward {
namespace {

/// A file that grew by more was changed in any case, and need not be read to its end.
constexpr std::size_t kMostGrowth = std::size_t{64} << 20;

Error failed(const std::string& path, int error) {
  return Error{fmt::format("cannot write '{}': {}", path, std::strerror(error))};
}

/// A new file beside the one that it will replace.
class TemporaryFile {
 public:
  explicit TemporaryFile(const std::string& directory) {
    // O_EXCL: a name that somebody else has is passed over. The mode is cut by the umask, as for any new file.
    for (int attempt = 0; attempt < 100; ++attempt) {
      path_ = fmt::format("{}/.tlsward-{}-{}", directory, ::getpid(), attempt);
      fd_ = Descriptor(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
      if (fd_.get() >= 0) return;
      if (errno != EEXIST) break;
    }
    path_.clear();  // no file of ours
  }
  ~TemporaryFile() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  int fd() const { return fd_.get(); }

  /// As the file that it will replace: first the owner, because a change of owner takes bits of the mode away.
  bool take_over(const struct stat& old) {
    const bool same = old.st_uid == ::geteuid() && old.st_gid == ::getegid();
    if (!same && ::fchown(fd_.get(), old.st_uid, old.st_gid) != 0) {
      const bool group_kept = ::fchown(fd_.get(), static_cast<uid_t>(-1), old.st_gid) == 0;
      if (!group_kept && errno != EPERM) return false;
    }
    return ::fchmod(fd_.get(), old.st_mode & 07777) == 0;
  }

  bool reach_the_disk() { return ::fsync(fd_.get()) == 0 && fd_.close(); }

  bool replace(const std::string& path) {
    if (::rename(path_.c_str(), path.c_str()) != 0) return false;
    path_.clear();
    return true;
  }

 private:
  std::string path_;
  Descriptor fd_{-1};
};

/// What the symbolic link at `path` leads to, or the path itself where there is nothing.
std::string target_of(const std::string& path) {
  std::error_code problem;
  const std::filesystem::path target = std::filesystem::weakly_canonical(path, problem);
  return problem ? path : target.string();
}

/// Why the file is not what was expected; nullopt where it is.
std::optional<Error> changed(const std::string& path, const std::string& target, std::string_view expected) {
  const auto now = read_file(target, expected.size() + kMostGrowth);
  if (!now) return Error{fmt::format("'{}' is left as it is: {}", path, now.error().message)};
  if (*now != expected) return Error{fmt::format("'{}' was changed meanwhile and is left as it is", path)};
  return std::nullopt;
}

Result<Nothing> replace(const std::string& path, std::optional<std::string_view> expected, std::string_view bytes) {
  const std::string target = target_of(path);
  std::string directory = std::filesystem::path(target).parent_path().string();
  if (directory.empty()) directory = ".";
  struct stat old {};
  const bool exists = ::stat(target.c_str(), &old) == 0;
  if (!exists && errno != ENOENT) return failed(path, errno);
  if (exists && !S_ISREG(old.st_mode)) return Error{fmt::format("cannot write '{}': no regular file", path)};
  // The folder alone decides whether a rename works; a file that was made read-only is meant to stay.
  if (exists && ::access(target.c_str(), W_OK) != 0) return failed(path, errno);
  if (exists && (old.st_mode & 0222) == 0) return failed(path, EACCES);
  TemporaryFile file(directory);
  const bool ready =
      file.fd() >= 0 && (!exists || file.take_over(old)) && write_all(file.fd(), bytes) && file.reach_the_disk();
  if (!ready) return failed(path, errno);
  if (expected) {
    if (auto problem = changed(path, target, *expected)) return *problem;
  }
  if (!file.replace(target) || !sync_directory(directory)) return failed(path, errno);
  return Nothing{};
}

}  // namespace

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

bool sync_directory(const std::string& directory) {
  const Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.get() >= 0 && ::fsync(fd.get()) == 0;
}

Result<Nothing> replace_file(const std::string& path, std::string_view bytes) {
  return replace(path, std::nullopt, bytes);
}

Result<Nothing> replace_unchanged_file(const std::string& path, std::string_view expected, std::string_view bytes) {
  return replace(path, expected, bytes);
}

}  // namespace tlsward
