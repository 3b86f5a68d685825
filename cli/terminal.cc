#include "cli/terminal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "cli/exit_code.h"
#include "core/print.h"

namespace tlsward::cli {
namespace {

bool closed(int descriptor) {
  return fcntl(descriptor, F_GETFD) == -1 && errno == EBADF;
}

bool set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

bool switched_on(const char* variable) {
  return set(variable) && std::strcmp(std::getenv(variable), "0") != 0;
}

bool dumb() {
  const char* term = std::getenv("TERM");
  return term != nullptr && std::strcmp(term, "dumb") == 0;
}

}  // namespace

void prepare_streams() {
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (!closed(descriptor)) continue;
    // open() gives the lowest free number, which is this one. Read-only, so that lost output is noticed.
    if (open("/dev/null", O_RDONLY) != descriptor) std::abort();
  }
  std::signal(SIGPIPE, SIG_IGN);
}

bool wants_color(std::string_view choice, std::FILE* out) {
  if (choice == "always") return true;
  if (choice == "never") return false;
  if (switched_on("FORCE_COLOR") || switched_on("CLICOLOR_FORCE")) return true;
  if (set("NO_COLOR") || dumb()) return false;
  return isatty(fileno(out)) == 1;
}

bool wants_links(std::FILE* out) {
  return isatty(fileno(out)) == 1 && !dumb();
}

int finish_output(std::FILE* out, std::string_view name) {
  const bool failed = std::ferror(out) != 0;
  const int first = errno;
  if (std::fflush(out) == 0 && !failed) return kDone;
  const int reason = failed ? first : errno;
  if (reason == EPIPE) return kDone;
  print_to(stderr, "tlsward: cannot write {}: {}\n", name, std::strerror(reason));
  return kIncomplete;
}

}  // namespace tlsward::cli
