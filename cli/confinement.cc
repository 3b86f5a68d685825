#include "cli/confinement.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstdint>

namespace tlsward::cli {
namespace {

constexpr std::uint64_t kWriting =
    LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_REG;
/// What the first version of landlock knows, so that every kernel that has it takes it.
constexpr std::uint64_t kHandled = kWriting | LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                   LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                                   LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM;

/// A directory that is not there needs no permission.
void allow_writing(int rules, const std::string& directory) {
  landlock_path_beneath_attr beneath{};
  beneath.allowed_access = kWriting;
  beneath.parent_fd = ::open(directory.c_str(), O_PATH | O_CLOEXEC);
  if (beneath.parent_fd < 0) return;
  ::syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
  ::close(beneath.parent_fd);
}

}  // namespace

bool confine(const std::vector<std::string>& writable) {
  landlock_ruleset_attr attributes{};
  attributes.handled_access_fs = kHandled;
  const auto rules = static_cast<int>(::syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0));
  if (rules < 0) return false;
  for (const std::string& directory : writable) allow_writing(rules, directory);
  const bool confined =
      ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::syscall(SYS_landlock_restrict_self, rules, 0) == 0;
  ::close(rules);
  return confined;
}

}  // namespace tlsward::cli
