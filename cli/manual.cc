#include "cli/manual.h"

#include <fmt/format.h>

#include <string_view>

namespace tlsward::cli {
namespace {

constexpr std::string_view kDate = "November 26, 2026";

/// Text of its own line: no escapes, and no control line.
std::string text_line(std::string_view text) {
  std::string result;
  for (const char c : text) result += c == '\\' ? std::string("\\e") : std::string(1, c);
  if (result.starts_with('.') || result.starts_with('\'')) result.insert(0, "\\&");
  return result + "\n";
}

/// A word on a macro line, where it must be no macro and no punctuation.
std::string word(std::string_view text) {
  std::string result = "\\&";
  for (const char c : text) result += c == '\\' ? "\\e" : c == '"' ? "\\(dq" : std::string(1, c);
  return result.find(' ') == std::string::npos ? result : fmt::format("\"{}\"", result);
}

/// Lines as they stand, with the blank ones inside and without those at both ends.
std::string literal(std::string_view text) {
  while (text.starts_with('\n')) text.remove_prefix(1);
  while (text.ends_with('\n')) text.remove_suffix(1);
  std::string result = ".Bd -literal\n";
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    result += text_line(text.substr(at, end - at));
    at = end + 1;
  }
  return result + ".Ed\n";
}

std::string option_item(const OptionFacts& option) {
  std::string line = ".It";
  for (const std::string& name : option.names)
    line += fmt::format("{} Fl {}", line.size() > 3 ? " ," : "", word(name.substr(1)));
  if (!option.value.empty()) line += " Ar " + word(option.value) + (option.repeats ? " ..." : "");
  const std::string otherwise = option.otherwise.empty() ? "" : fmt::format("; default: {}", option.otherwise);
  return line + "\n" + text_line(option.help + otherwise);
}

std::string argument_item(const OptionFacts& option) {
  return fmt::format(".It Ar {}{}\n{}", word(option.names.front()), option.repeats ? " ..." : "",
                     text_line(option.help));
}

std::string synopsis(const CommandFacts& command) {
  std::string text = fmt::format(".Nm\n.Cm {}\n", word(command.name));
  std::string arguments;
  bool options = false;
  for (const OptionFacts& option : command.options) {
    options = options || !option.positional;
    if (!option.positional) continue;
    arguments += fmt::format(".{}Ar {}{}\n", option.required ? "" : "Op ", word(option.names.front()),
                             option.repeats ? " ..." : "");
  }
  return text + (options ? ".Op Ar options\n" : "") + arguments;
}

std::string command_section(const CommandFacts& command) {
  std::string text = fmt::format(".Ss {}\n{}.Bl -tag -width Ds\n", word(command.name), text_line(command.help + "."));
  for (const OptionFacts& option : command.options)
    text += option.positional ? argument_item(option) : option_item(option);
  text += ".El\n";
  if (!command.footer.empty()) text += literal(command.footer);
  return text;
}

constexpr std::string_view kExitStatus = R"(.Sh EXIT STATUS
.Bl -tag -width Ds
.It 0
Done; nothing at or above
.Fl -fail-on .
.It 1
Findings at or above
.Fl -fail-on .
.It 2
Wrong usage, or a wrong configuration of the program itself.
.It 3
Some input could not be read or parsed, or some output not written.
.It 130
Interrupted.
.El
)";

constexpr std::string_view kEnvironment = R"(.Sh ENVIRONMENT
.Bl -tag -width Ds
.It Ev TLSWARD_FAIL_ON , TLSWARD_FORMAT , TLSWARD_SELECT and so on
In place of options of
.Cm lint
that were not given: the option in capitals, with
.Sq _
for
.Sq - .
Lists are separated by commas.
.It Ev NO_COLOR , FORCE_COLOR , CLICOLOR_FORCE , TERM
Whether
.Fl -color Ar auto
means colours.
.It Ev GITHUB_ACTIONS , GITLAB_CI
Where one of them is
.Sq true ,
.Fl -format Ar auto
means what that service reads.
.It Ev GITHUB_STEP_SUMMARY
File that
.Cm lint
appends a summary to, in GitHub's format.
.It Ev XDG_RUNTIME_DIR , XDG_STATE_HOME , HOME
Where
.Cm serve
keeps throw-away certificates.
.It Ev NOTIFY_SOCKET
Where
.Cm serve
tells a service manager that it is ready.
.El
)";

constexpr std::string_view kFiles = R"(.Sh FILES
.Bl -tag -width Ds
.It Pa .tlsward.yaml
What
.Cm lint
does in a project: looked for in the directory of the inputs and those above it.
Options and the environment go before it.
.El
)";

}  // namespace

std::string manual_page(const std::vector<CommandFacts>& tree) {
  const CommandFacts& program = tree.front();
  std::string text = ".\\\" Made by 'tlsward man'.\n";
  text += fmt::format(".Dd {}\n.Dt TLSWARD 1\n.Os\n.Sh NAME\n.Nm tlsward\n", kDate);
  text += ".Nd TLS settings of API gateways, linted, shown, served and scanned\n.Sh SYNOPSIS\n";
  for (std::size_t i = 1; i < tree.size(); ++i) text += synopsis(tree[i]);
  text += ".Sh DESCRIPTION\n" + text_line(program.help.substr(0, program.help.find('\n')));
  if (const std::size_t rest = program.help.find('\n'); rest != std::string::npos)
    text += text_line(program.help.substr(rest + 1));
  text += ".Pp\nThe commands are:\n";
  for (std::size_t i = 1; i < tree.size(); ++i) text += command_section(tree[i]);
  text += kEnvironment;
  text += kFiles;
  text += kExitStatus;
  return text + ".Sh EXAMPLES\n" + literal(program.footer);
}

}  // namespace tlsward::cli
