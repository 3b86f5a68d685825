#include <fmt/format.h>

#include <string_view>

#include "cli/completion_values.h"
#include "cli/completions.h"

namespace tlsward::cli {
namespace {

constexpr std::string_view kHead = R"bash(# bash completion for tlsward; made by 'tlsward completions bash'.

# Words that begin with $1; $1 is the word before the cursor, the rest the choice. Behind a comma: the last part of $1.
# $cut is what the shell keeps in front of it.
_tlsward_words() {
  local typed=$1 list=$2 before=
  shift 2
  if [[ $list == list && $typed == *,* ]]; then before=${typed%,*}, typed=${typed##*,}; fi
  local word
  for word in "$@"; do
    [[ $word == "$typed"* ]] && COMPREPLY+=("$before${word#"$cut"}")
  done
}

_tlsward_paths() {
  local word
  compopt -o filenames 2>/dev/null
  while IFS= read -r word; do COMPREPLY+=("${word#"$cut"}"); done < <(compgen "$1" -- "$2")
}

# Files behind the '@' of '--define NAME=@'. Taken for file names, readline would quote the '@'.
_tlsward_files_at() {
  local word
  while IFS= read -r word; do
    [[ -d $word ]] && word+=/ && compopt -o nospace 2>/dev/null
    COMPREPLY+=("@$(printf %q "$word")")
  done < <(compgen -f -- "$1")
}

)bash";

constexpr std::string_view kFunction = R"bash(_tlsward() {
  local at=$COMP_CWORD typed=${COMP_WORDS[COMP_CWORD]} option command= word i cut=
  COMPREPLY=()
  # The shell takes '=', '@' and '=@' for words of their own; of what it replaces, '@' is a part.
  if [[ $typed == =@ ]]; then _tlsward_files_at ''; return; fi
  if [[ ${COMP_WORDS[at-1]} == =@ ]]; then _tlsward_files_at "$typed"; return; fi
  if [[ $typed == @ ]]; then
    cut=${COMP_WORDS[at-1]} typed=${COMP_WORDS[at-1]}@ at=$((at - 1))
  elif ((at > 1)) && [[ ${COMP_WORDS[at-1]} == @ ]]; then
    cut=${COMP_WORDS[at-2]} typed=${COMP_WORDS[at-2]}@$typed at=$((at - 2))
  fi
  option=${COMP_WORDS[at-1]}
  if [[ $typed == = ]]; then
    typed=
  elif [[ $option == = ]]; then
    option=${COMP_WORDS[at-2]}
  fi
  for ((i = 1; i < COMP_CWORD && ${#command} == 0; i++)); do
    word=${COMP_WORDS[i]}
    case $word in
      @COMMANDS_PATTERN@) command=$word ;;
      -h | --help | --version) return ;;
      *) command=lint ;;
    esac
  done
  case $command:$option in
)bash";

constexpr std::string_view kTail = R"bash(  esac
  # Behind the '=' of '--format NAME=' stands a file.
  if [[ ${COMP_WORDS[at-1]} == = && $option != -* ]]; then _tlsward_paths -f "$typed"; return; fi
  if [[ -z $command && $typed != -* ]]; then
    _tlsward_words "$typed" one @COMMANDS@
    _tlsward_paths -f "$typed"
    return
  fi
  [[ -z $command ]] && _tlsward_words "$typed" one --version
  if [[ $typed == -* ]]; then _tlsward_options "${command:-lint}" "$typed"; return; fi
  _tlsward_arguments "$command" "$typed"
}

complete -F _tlsward tlsward
)bash";

/// A choice by the gateway that the line names.
std::string choice_by_gateway(const CompletionValues& values, std::string_view indent) {
  std::string text = fmt::format("{}case \" ${{COMP_WORDS[*]}}\" in\n", indent);
  for (const GatewayWords& of_gateway : values.by_gateway)
    text += fmt::format("{}  *\" {}\"*) _tlsward_words \"$typed\" one {} ;;\n", indent, of_gateway.gateway,
                        fmt::join(of_gateway.words, " "));
  return text +
         fmt::format("{0}  *) _tlsward_words \"$typed\" one {1} ;;\n{0}esac\n", indent, fmt::join(values.words, " "));
}

std::string words_line(const CompletionValues& values, std::string_view indent) {
  if (!values.by_gateway.empty()) return choice_by_gateway(values, indent);
  if (values.releases) return fmt::format("{}_tlsward_gateways \"$typed\"\n", indent);
  std::string text;
  if (!values.words.empty())
    text += fmt::format("{}_tlsward_words \"$typed\" {} {}\n", indent, values.list ? "list" : "one",
                        fmt::join(values.words, " "));
  if (values.files) text += fmt::format("{}_tlsward_paths -f \"$typed\"\n", indent);
  if (values.directories) text += fmt::format("{}_tlsward_paths -d \"$typed\"\n", indent);
  return text;
}

/// Option names of every command, with the value of each.
std::string option_values(const std::vector<CommandFacts>& tree) {
  std::string text;
  for (const CommandFacts& command : tree) {
    for (const OptionFacts& option : command.options) {
      if (option.positional || option.value.empty()) continue;
      std::string pattern;
      for (const std::string& name : option.names)
        pattern += fmt::format("{}{}:{}", pattern.empty() ? "" : " | ", command.name, name);
      text += fmt::format("    {})\n{}      return\n      ;;\n", pattern,
                          words_line(completion_values(command, option), "      "));
    }
  }
  return text;
}

std::string options_function(const std::vector<CommandFacts>& tree) {
  std::string text = "_tlsward_options() {\n  local typed=$2\n  case $1 in\n";
  for (const CommandFacts& command : tree) {
    std::string names;
    for (const OptionFacts& option : command.options)
      if (!option.positional) names += fmt::format(" {}", fmt::join(option.names, " "));
    text += fmt::format("    {}) _tlsward_words \"$typed\" one{} ;;\n", command.name, names);
  }
  return text + "  esac\n}\n\n";
}

std::string arguments_function(const std::vector<CommandFacts>& tree) {
  std::string text = "_tlsward_arguments() {\n  local typed=$2\n  case $1 in\n";
  for (const CommandFacts& command : tree) {
    std::string lines;
    for (const OptionFacts& option : command.options) {
      const std::string line = option.positional ? words_line(completion_values(command, option), "      ") : "";
      if (lines.find(line) == std::string::npos) lines += line;
    }
    if (!lines.empty()) text += fmt::format("    {})\n{}      ;;\n", command.name, lines);
  }
  return text + "  esac\n}\n\n";
}

std::string gateways_function() {
  return fmt::format(
      "# Gateways; behind '@' their releases.\n"
      "_tlsward_gateways() {{\n"
      "  [[ $1 == *@* ]] && _tlsward_words \"$1\" one {}\n"
      "  [[ $1 == *@* ]] || _tlsward_words \"$1\" one {}\n"
      "}}\n\n",
      fmt::join(gateway_releases(), " "), fmt::join(gateway_ids(), " "));
}

std::string replaced(std::string_view text, std::string_view mark, const std::string& by) {
  std::string result(text);
  result.replace(result.find(mark), mark.size(), by);
  return result;
}

}  // namespace

std::string bash_completions(const std::vector<CommandFacts>& tree) {
  const std::vector<CommandFacts> commands(tree.begin() + 1, tree.end());
  std::vector<std::string> names;
  for (const CommandFacts& command : commands) names.push_back(command.name);
  std::string text(kHead);
  text += gateways_function() + options_function(commands) + arguments_function(commands);
  text += replaced(kFunction, "@COMMANDS_PATTERN@", fmt::format("{}", fmt::join(names, " | ")));
  text += option_values(commands);
  text += replaced(kTail, "@COMMANDS@", fmt::format("{}", fmt::join(names, " ")));
  return text;
}

}  // namespace tlsward::cli
