#include <fmt/format.h>

#include <string_view>

#include "cli/completion_values.h"
#include "cli/completions.h"

namespace tlsward::cli {
namespace {

constexpr std::string_view kHead = R"fish(# fish completion for tlsward; made by 'tlsward completions fish'.

# The command that was named: the first word that is one; 'tlsward FILE' and 'tlsward --option' mean lint.
function __tlsward_command
    set -l words (commandline -opc)
    set -e words[1]
    if set -q words[1]; and contains -- $words[1] $__tlsward_commands
        test $words[1] = $argv[1]
    else
        test lint = $argv[1]
    end
end

function __tlsward_first
    test (count (commandline -opc)) -eq 1
end

# Words of a list that is separated by commas, behind those that stand there.
function __tlsward_list
    set -l before (string match -r '.*,' -- (commandline -ct | string replace -r '^--[a-z-]+=' ''))
    for word in $argv
        echo "$before$word"
    end
end

# What the gateway takes that the line names: each argument is a gateway with its words. Without one, the words of all.
function __tlsward_by_gateway
    set -l all
    for of_gateway in $argv
        set -l words (string split ' ' -- $of_gateway)
        if string match -qr "^$words[1](@|\$)" -- (commandline -opc)
            printf '%s\n' $words[2..-1]
            return
        end
        set all $all $words[2..-1]
    end
    printf '%s\n' $all
end

# Words, and a file behind the '=' of one.
function __tlsward_words_with_file
    set -l typed (commandline -ct | string replace -r '^--[a-z-]+=' '')
    set -l before (string match -r '^[^=]*=' -- $typed)
    if test -z "$before"
        printf '%s\n' $argv
        return
    end
    for file in (__fish_complete_path (string replace -r '^[^=]*=' '' -- $typed))
        echo "$before$file"
    end
end

)fish";

std::string quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' || c == '\\' ? fmt::format("\\{}", c) : std::string(1, c);
  return result + "'";
}

std::string value_words(const CompletionValues& values) {
  if (!values.by_gateway.empty()) {
    std::string choices;
    for (const GatewayWords& of_gateway : values.by_gateway)
      choices += fmt::format(" \"{} {}\"", of_gateway.gateway, fmt::join(of_gateway.words, " "));
    return " -x -a " + quoted(fmt::format("(__tlsward_by_gateway{})", choices));
  }
  if (values.releases) return " -x -a '(__tlsward_gateways)'";
  if (values.directories) return " -x -a '(__fish_complete_directories)'";
  std::string text = values.files ? " -r -F" : " -x";
  const std::string words = fmt::format("{}", fmt::join(values.words, " "));
  if (values.with_file) return text + " -a " + quoted(fmt::format("(__tlsward_words_with_file {})", words));
  if (values.list) return text + " -a " + quoted(fmt::format("(__tlsward_list {})", words));
  if (!words.empty()) text += " -a " + quoted(words);
  return text;
}

std::string option_line(const CommandFacts& command, const OptionFacts& option) {
  std::string line = fmt::format("complete -c tlsward -n '__tlsward_command {}'", command.name);
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.value.empty()) line += value_words(completion_values(command, option));
  return line + " -d " + quoted(short_help(option.help)) + "\n";
}

std::string argument_line(const CommandFacts& command, const OptionFacts& option) {
  const CompletionValues values = completion_values(command, option);
  std::string line = fmt::format("complete -c tlsward -n '__tlsward_command {}'", command.name);
  if (values.releases) return line + " -a '(__tlsward_gateways)'\n";
  if (values.files) return line + " -F\n";
  if (values.words.empty()) return {};
  return line + " -a " + quoted(fmt::format("{}", fmt::join(values.words, " "))) + "\n";
}

std::string gateways_function() {
  return fmt::format(
      "# Gateways; behind '@' their releases.\n"
      "function __tlsward_gateways\n"
      "    if string match -q '*@*' -- (commandline -ct)\n"
      "        printf '%s\\n' {}\n"
      "    else\n"
      "        printf '%s\\n' {}\n"
      "    end\n"
      "end\n\n",
      fmt::join(gateway_releases(), " "), fmt::join(gateway_ids(), " "));
}

}  // namespace

std::string fish_completions(const std::vector<CommandFacts>& tree) {
  std::string text(kHead), names, lines;
  for (std::size_t i = 1; i < tree.size(); ++i) {
    const CommandFacts& command = tree[i];
    names += " " + command.name;
    lines += fmt::format("complete -c tlsward -n __tlsward_first -a {} -d {}\n", command.name,
                         quoted(short_help(command.help)));
    std::string arguments;
    for (const OptionFacts& option : command.options) {
      if (!option.positional) {
        lines += option_line(command, option);
      } else if (const std::string line = argument_line(command, option); arguments.find(line) == std::string::npos) {
        arguments += line;
      }
    }
    lines += arguments;
  }
  text += gateways_function() + "complete -c tlsward -f\n";
  text += "set -g __tlsward_commands" + names + "\n";
  text += "complete -c tlsward -n __tlsward_first -l version -d 'Display program version information and exit'\n";
  return text + lines;
}

}  // namespace tlsward::cli
