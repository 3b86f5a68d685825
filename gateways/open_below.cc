#include "gateways/open_below.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace tlsward::gateways {
namespace {

// Without O_NONBLOCK the open of a FIFO would wait for a writer.
constexpr int kFlags = O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;

/// Sandboxes refuse system calls that they do not know with EPERM, which no file gives that is opened for reading.
bool means_no_such_call(int number) {
  return number == ENOSYS || number == EPERM;
}

}  // namespace

Descriptor open_below(const std::string& root, const std::string& path) {
  if (root.empty()) return Descriptor(::open(path.c_str(), kFlags));
  const Descriptor directory(::open(root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (directory.get() < 0) return Descriptor(-1);
  open_how how{};
  how.flags = kFlags;
  how.resolve = RESOLVE_IN_ROOT;
  Descriptor file(static_cast<int>(::syscall(SYS_openat2, directory.get(), path.c_str(), &how, sizeof how)));
  if (file.get() >= 0 || !means_no_such_call(errno)) return file;
  return Descriptor(::open((root + "/" + path).c_str(), kFlags));
}

}  // namespace tlsward::gateways
