// tlsward init: writes a .tlsward.yaml for what is here.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstring>
#include <iostream>
#include <memory>
#include <string_view>
#include <vector>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/terminal.h"
#include "core/print.h"
#include "core/text_check.h"
#include "lint/collect.h"
#include "lint/project.h"
#include "lint/run.h"
#include "report/counted.h"

namespace tlsward::cli {
namespace {

/// The path as a pattern of .gitignore that matches it alone.
std::string glob_of(std::string_view path) {
  std::string result = "/";
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool last_blank = path[i] == ' ' && i + 1 == path.size();
    if (std::string_view("\\*?[").find(path[i]) != std::string_view::npos || last_blank) result += '\\';
    result += path[i];
  }
  return result;
}

/// YAML 1.2.2, 7.3.1.
std::string double_quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F)
      result += fmt::format("\\x{:02x}", byte);
    else
      result += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  }
  return result + "\"";
}

bool is_utf8(std::string_view text) {
  return first_invalid_utf8(text) == text.size();
}

/// .tlsward.yaml is UTF-8, so no glob in it can name such a file.
std::vector<lint::InputFacts> known_inputs(const lint::Run& run) {
  std::vector<lint::InputFacts> known;
  for (const lint::InputFacts& input : run.inputs) {
    if (input.gateway.empty()) continue;
    if (is_utf8(input.path))
      known.push_back(input);
    else
      print_to(stderr, "tlsward: {}: left out, as its name is not UTF-8\n", input.path);
  }
  return known;
}

/// "  "krakend.json": krakend@2.13" for each configuration that was found. A guessed release would count as named.
std::string gateway_lines(const std::vector<lint::InputFacts>& inputs) {
  std::string lines;
  for (const lint::InputFacts& input : inputs) {
    const std::string path = input.path.starts_with("./") ? input.path.substr(2) : input.path;
    const std::string named = fmt::format("{}@{}", input.gateway, input.version);
    lines += fmt::format(
        "  {}: {}\n", double_quoted(glob_of(path)),
        input.version_guessed ? fmt::format("{}  # name the release that runs, as {}", input.gateway, named) : named);
  }
  return lines;
}

std::string configuration_text(const std::vector<lint::InputFacts>& inputs) {
  const std::string lines = gateway_lines(inputs);
  return fmt::format(
      "# What tlsward lint does in this project. 'tlsward lint --show-config' prints every setting and who set it.\n"
      "fail-on: warning\n"
      "{}{}"
      "# exclude: [\"vendor/\"]\n"
      "# policy: mozilla-intermediate\n"
      "# rules:\n"
      "#   cert/expiring-soon: {{warn-days: 45}}\n"
      "#   tls/missing-x25519: off\n"
      "# ignore:\n"
      "#   - rule: tls/weak-cipher\n"
      "#     path: \"legacy/*.json\"\n"
      "#     reason: payment terminals\n"
      "#     until: 2027-01-31\n",
      lines.empty() ? "# no gateway configuration was found here\n# gateways:\n#   \"deploy/*.json\": krakend@2.13\n"
                    : "gateways:\n",
      lines);
}

/// Never over a file that is there.
int write_new(const std::string& path, const std::string& text) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) {
    print_to(stderr, "tlsward: cannot write '{}': {}\n", path,
             errno == EEXIST ? "it is there already" : std::strerror(errno));
    return errno == EEXIST ? kUsage : kIncomplete;
  }
  const ssize_t written = ::write(file, text.data(), text.size());
  const bool whole = written == static_cast<ssize_t>(text.size());
  if (::close(file) == 0 && whole) return kDone;
  print_to(stderr, "tlsward: cannot write '{}': {}\n", path, std::strerror(errno));
  ::unlink(path.c_str());
  return kIncomplete;
}

int initialise() {
  const lint::Options options;
  auto files = lint::find_files({"."});
  std::erase_if(files, [](const lint::FoundFile& file) { return !file.error.empty(); });
  for (lint::FoundFile& file : files) file.named = false;
  const auto run = lint::run(lint::read_files(files, std::cin, options.limits), {}, options);
  const std::string name(lint::kConfigurationName);
  const std::vector<lint::InputFacts> inputs = known_inputs(*run);
  if (const int result = write_new(name, configuration_text(inputs)); result != kDone) return result;
  print_to(stdout, "wrote {} ({})\n", name, report::counted(inputs.size(), "gateway configuration"));
  return finish_output(stdout, "standard output");
}

}  // namespace

void add_init(CLI::App& app, int& exit_code) {
  CLI::App* command = app.add_subcommand("init", "write a .tlsward.yaml for the configurations in this directory");
  command->callback([&exit_code] { exit_code = initialise(); });
}

}  // namespace tlsward::cli
