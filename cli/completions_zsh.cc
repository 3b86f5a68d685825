#include <fmt/format.h>

#include <string_view>

#include "cli/completion_values.h"
#include "cli/completions.h"

namespace tlsward::cli {
namespace {

/// For a text in single quotes inside the brackets of a specification of _arguments.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\'') {
      result += "'\\''";
    } else if (c == '[' || c == ']' || c == ':' || c == '\\') {
      result += fmt::format("\\{}", c);
    } else {
      result += c;
    }
  }
  return result;
}

/// A choice by the gateway that the line names.
std::string choice_by_gateway(const CompletionValues& values) {
  std::string cases;
  for (const GatewayWords& of_gateway : values.by_gateway)
    cases += fmt::format("(*\" {}\"*) compadd - {} ;; ", of_gateway.gateway, fmt::join(of_gateway.words, " "));
  return fmt::format("{{case \" $words\" in {}(*) compadd - {} ;; esac}}", cases, fmt::join(values.words, " "));
}

/// What completes the value: "(a b)", "_files", or a function for both.
std::string action(const CompletionValues& values) {
  const std::string words = fmt::format("{}", fmt::join(values.words, " "));
  if (!values.by_gateway.empty()) return choice_by_gateway(values);
  if (values.releases) return "_tlsward_gateways";
  if (values.directories) return "_files -/";
  if (values.with_file)
    return fmt::format("{{if compset -P \"*=\"; then _files; else compadd -S \"\" - {}; fi}}", words);
  if (values.list) return fmt::format("_sequence compadd - {}", words);
  if (values.files && !words.empty()) return fmt::format("{{compadd {}; _files}}", words);
  if (values.files) return "_files";
  return words.empty() ? " " : fmt::format("({})", words);
}

/// "*--gateway=[help]:ID:(flex krakend tyk)", and the same for "-q" and "--quiet" side by side.
std::string option_lines(const CommandFacts& command, const OptionFacts& option) {
  std::string value;
  if (!option.value.empty())
    value = fmt::format(":{}:{}", escaped(option.value), action(completion_values(command, option)));
  std::string others;
  if (!option.repeats && option.names.size() > 1) others = fmt::format("({})", fmt::join(option.names, " "));
  std::string text;
  for (const std::string& name : option.names) {
    const char* equals = option.value.empty() ? "" : name.starts_with("--") ? "=" : "+";
    text += fmt::format("        '{}{}{}{}[{}]{}' \\\n", option.repeats ? "*" : "", others, name, equals,
                        escaped(short_help(option.help)), value);
  }
  return text;
}

std::string argument_line(const CommandFacts& command, const OptionFacts& option) {
  const CompletionValues values = completion_values(command, option);
  return fmt::format("        '{}:{}:{}' \\\n",
                     option.repeats    ? "*"
                     : option.required ? ""
                                       : ":",
                     escaped(option.names.front()), action(values));
}

std::string command_case(const CommandFacts& command) {
  std::string text = fmt::format("    {})\n      _arguments -s -S \\\n", command.name);
  for (const OptionFacts& option : command.options)
    text += option.positional ? argument_line(command, option) : option_lines(command, option);
  if (command.name == "lint") text += "        $general \\\n";
  text.replace(text.size() - 3, 3, "\n      ;;\n");
  return text;
}

}  // namespace

std::string zsh_completions(const std::vector<CommandFacts>& tree) {
  std::string names, described, cases;
  for (std::size_t i = 1; i < tree.size(); ++i) {
    names += (names.empty() ? "" : "|") + tree[i].name;
    described += fmt::format("    '{}:{}'\n", tree[i].name, escaped(short_help(tree[i].help)));
    cases += command_case(tree[i]);
  }
  return fmt::format(
      "#compdef tlsward\n"
      "# zsh completion for tlsward; made by 'tlsward completions zsh'.\n\n"
      "# Gateways; behind '@' their releases.\n"
      "_tlsward_gateways() {{\n"
      "  if [[ $PREFIX == *@* ]]; then\n"
      "    compadd \"$@\" - {}\n"
      "  else\n"
      "    compadd \"$@\" - {}\n"
      "  fi\n"
      "}}\n\n"
      "_tlsward() {{\n"
      "  local -a commands\n"
      "  commands=(\n{}  )\n"
      "  if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
      "    _describe -t commands command commands\n"
      "    _files\n"
      "    return\n"
      "  fi\n"
      "  # 'tlsward FILE' and 'tlsward --option' mean lint.\n"
      "  local command=lint\n"
      "  local -a general\n"
      "  (( CURRENT == 2 )) && general=('--version[Display program version information and exit]')\n"
      "  if [[ $words[2] == ({}) ]]; then\n"
      "    command=$words[2]\n"
      "    shift words\n"
      "    (( CURRENT-- ))\n"
      "  fi\n"
      "  case $command in\n{}  esac\n"
      "}}\n\n"
      "if [[ $zsh_eval_context[-1] == loadautofunc ]]; then\n"
      "  _tlsward \"$@\"\n"
      "else\n"
      "  compdef _tlsward tlsward\n"
      "fi\n",
      fmt::join(gateway_releases(), " "), fmt::join(gateway_ids(), " "), described, names, cases);
}

}  // namespace tlsward::cli
