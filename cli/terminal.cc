#include "cli/terminal.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

#include "cli/exit_code.h"
#include "cli/usage_error.h"
#include "core/print.h"

namespace tlsward::cli {
namespace {

constexpr std::array<std::string_view, 3> kColorWords = {"auto", "always", "never"};

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
  std::signal(SIGXFSZ, SIG_IGN);
}

void add_color_option(CLI::App& app, std::string& when) {
  app.add_option("--color", when, "auto, always or never")->type_name("WHEN")->check([](const std::string& text) {
    return std::find(kColorWords.begin(), kColorWords.end(), text) != kColorWords.end()
               ? std::string()
               : fmt::format("'{}' is not one of {}{}", text, fmt::join(kColorWords, ", "),
                             suggestion(text, kColorWords));
  });
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

void print_as_is(std::string_view text) {
  write_to(stdout, isatty(STDOUT_FILENO) == 1 ? printable_lines(text) : std::string(text));
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
