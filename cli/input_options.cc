#include "cli/input_options.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "cli/usage_error.h"
#include "core/print.h"
#include "core/read_file.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kLargestDefinition = std::size_t{16} << 20;

// NAME=VALUE, or NAME=@FILE for the text of a file without its last line ending.
void add_define(lint::Options& options, const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == 0)
    throw UsageError(fmt::format("--define: '{}' has no name before '='; write NAME=VALUE or NAME=@FILE", text));
  if (equals == std::string::npos)
    throw UsageError(fmt::format("--define: '{}' has no '='; write NAME=VALUE or NAME=@FILE", text));
  std::string value = text.substr(equals + 1);
  if (value.starts_with('@')) {
    const std::string path = value.substr(1);
    auto definition = read_file(path, kLargestDefinition);
    if (!definition) throw UsageError(fmt::format("--define: cannot read '{}': {}", path, definition.error().message));
    value = std::move(*definition);
    if (value.ends_with('\n')) value.pop_back();
  }
  options.defines[text.substr(0, equals)] = std::move(value);
}

void check_directory(std::string_view option, const std::string& path) {
  std::error_code problem;
  if (path.empty() || std::filesystem::is_directory(path, problem)) return;
  throw UsageError(fmt::format("{}: '{}' is no directory", option, path));
}

// An option that may be repeated and takes one value each time: CLI11 would else swallow the paths behind it.
CLI::Option* add_list(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help) {
  return app.add_option(name, values, help)->allow_extra_args(false);
}

template <class Value, std::size_t n>
Value pick(std::string_view option, const std::string& text, const std::array<std::string_view, n>& names,
           const std::array<Value, n>& values) {
  return values[choice(option, text, names)];
}

}  // namespace

void add_input_options(CLI::App& app, InputArguments& arguments) {
  app.add_option("PATH", arguments.paths,
                 "files, directories (searched for *.json, *.yaml, *.yml, *.conf), or - for stdin");
  add_list(app, "--gateway", arguments.gateways,
           "flex, krakend or tyk, with @VERSION if you like (krakend@2.7); one forces the reader of every named file, "
           "several only fix versions")
      ->type_name("ID[@VERSION]");
  app.add_option("--edition", arguments.edition, "KrakenD edition: ce or ee")->type_name("NAME");
  app.add_option("--flex-mode", arguments.flex_mode, "Flex Gateway mode: local or connected")->type_name("NAME");
  app.add_flag("--dashboard", arguments.dashboard, "Tyk certificates are managed by the Dashboard");
  app.add_option("--certs-dir", arguments.certs_dir, "directory with certificates, for Tyk certificate ids")
      ->type_name("DIR");
  add_list(app, "--define", arguments.defines, "value of a variable or reference; @FILE for the text of a file")
      ->type_name("NAME=VALUE");
  app.add_option("--root", arguments.root,
                 "file system of the target: paths in the configuration are looked up below it")
      ->type_name("DIR");
  app.add_flag("--no-files", arguments.no_files, "do not open the files that a configuration names");
  app.add_option("--at", arguments.at, "judge certificate dates as on this day (2026-11-22); default: now")
      ->type_name("DATE");
  app.add_option("--stdin-filename", arguments.stdin_filename, "name under which - is reported and its format guessed")
      ->type_name("NAME");
  app.add_option("--max-file-size", arguments.max_megabytes, "largest file that is read, in MiB")
      ->type_name("MIB")
      ->check(CLI::Range(std::size_t{1}, std::size_t{2048}))
      ->capture_default_str();
}

void add_selection_options(CLI::App& app, InputArguments& arguments) {
  add_rule_options(app, arguments.select, arguments.ignore);
}

void add_rule_options(CLI::App& app, std::vector<std::string>& select, std::vector<std::string>& ignore) {
  add_list(app, "--select", select, "only these rules or groups (tls/weak-cipher, tls)")
      ->delimiter(',')
      ->type_name("RULE");
  add_list(app, "--ignore", ignore, "not these rules or groups")->delimiter(',')->type_name("RULE");
}

void check_selection(std::string_view option, const std::vector<std::string>& words) {
  std::vector<std::string_view> known;
  for (const lint::Rule* rule : rules::all()) {
    known.push_back(rule->id);
    known.push_back(lint::group(rule->id));
  }
  for (const std::string& word : words) {
    const std::string_view name = std::string_view(word).substr(0, word.ends_with('/') ? word.size() - 1 : word.size());
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    throw UsageError(
        fmt::format("{}: no rule or group '{}'{}; see 'tlsward rules'", option, word, suggestion(name, known)));
  }
}

std::optional<Severity> fail_on_option(const std::string& text, std::string_view origin) {
  constexpr std::array kSeverities = {"info"sv, "warning"sv, "error"sv, "never"sv};
  const std::size_t severity = choice(origin, text, kSeverities);
  if (severity == 3) return {};
  return static_cast<Severity>(severity);
}

Severity min_severity_option(const std::string& text, std::string_view origin) {
  constexpr std::array kSeverities = {"info"sv, "warning"sv, "error"sv};
  return static_cast<Severity>(choice(origin, text, kSeverities));
}

Confidence min_confidence_option(const std::string& text, std::string_view origin) {
  constexpr std::array kConfidences = {"low"sv, "medium"sv, "high"sv};
  return static_cast<Confidence>(choice(origin, text, kConfidences));
}

void tell_beyond_known(const gateways::GatewayChoice& choice) {
  const std::string text = gateways::beyond_known(choice);
  if (!text.empty()) print_to(stderr, "tlsward: {}\n", text);
}

lint::Options input_options(const InputArguments& arguments) {
  lint::Options options;
  for (const std::string& text : arguments.gateways) {
    std::string error;
    const auto chosen = gateways::parse_gateway_choice(text, error);
    if (!chosen) throw UsageError(fmt::format("--gateway: {}", error));
    const auto same = [&](const gateways::GatewayChoice& other) { return other.gateway == chosen->gateway; };
    if (std::any_of(options.gateways.begin(), options.gateways.end(), same))
      throw UsageError(
          fmt::format("--gateway: {} is named twice; a run judges one release of it", chosen->gateway->id));
    tell_beyond_known(*chosen);
    options.gateways.push_back(*chosen);
  }
  if (!arguments.edition.empty())
    options.read.edition = pick("--edition", arguments.edition, std::array{"ce"sv, "ee"sv},
                                std::array{gateways::Edition::Community, gateways::Edition::Enterprise});
  if (!arguments.flex_mode.empty())
    options.read.flex_mode = pick("--flex-mode", arguments.flex_mode, std::array{"local"sv, "connected"sv},
                                  std::array{gateways::FlexMode::Local, gateways::FlexMode::Connected});
  options.read.dashboard = arguments.dashboard;
  options.read.follow_files = !arguments.no_files;
  check_directory("--root", arguments.root);
  check_directory("--certs-dir", arguments.certs_dir);
  options.read.root = arguments.root;
  options.read.certs_dir = arguments.certs_dir;
  for (const std::string& define : arguments.defines) add_define(options, define);
  options.at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  if (!arguments.at.empty()) {
    const auto at = lint::parse_time(arguments.at);
    if (!at) throw UsageError(fmt::format("--at: {}", at.error().message));
    options.at = *at;
  }
  options.limits.file_bytes = arguments.max_megabytes << 20;
  check_selection("--select", arguments.select);
  check_selection("--ignore", arguments.ignore);
  options.select = arguments.select;
  options.ignore = arguments.ignore;
  return options;
}

void require_paths(const InputArguments& arguments) {
  if (arguments.paths.empty())
    throw UsageError("no file or directory given; name what to read, or - for standard input");
  if (std::find(arguments.paths.begin(), arguments.paths.end(), "") != arguments.paths.end())
    throw UsageError("a path is empty; the working directory is '.'");
}

std::vector<lint::FoundFile> find_inputs(const InputArguments& arguments) {
  require_paths(arguments);
  std::vector<lint::FoundFile> files = lint::find_files(arguments.paths, arguments.stdin_filename);
  for (lint::FoundFile& file : files) file.skip_unclaimed = arguments.skip_unclaimed;
  return files;
}

std::vector<lint::InputFile> read_inputs(const InputArguments& arguments, const lint::Options& options) {
  return lint::read_files(find_inputs(arguments), std::cin, options.limits);
}

}  // namespace tlsward::cli
