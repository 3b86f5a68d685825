#include "cli/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>

#include "cli/usage_error.h"
#include "core/print.h"
#include "core/read_file.h"
#include "lint/configuration_read.h"
#include "lint/project.h"
#include "report/tool.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

constexpr std::size_t kLargest = std::size_t{1} << 20;

std::string read_whole(const std::string& path) {
  auto text = read_file(path, kLargest);
  if (!text) throw UsageError(fmt::format("cannot read '{}': {}", path, text.error().message));
  return std::move(*text);
}

lint::Configuration read(const std::string& found, SourceMap& sources) {
  std::error_code ignored;
  const std::string path = lint::below_root(found, std::filesystem::current_path(ignored).string());
  const FileId file = sources.add(path, read_whole(path));
  std::vector<std::string_view> ids;
  for (const lint::Rule* rule : rules::all()) ids.push_back(rule->id);
  std::vector<lint::SettingsError> errors;
  auto configuration = lint::read_configuration(sources, file, ids, errors);
  if (!configuration) {
    std::string text = fmt::format("{} is wrong in {} place{}", path, errors.size(), errors.size() == 1 ? "" : "s");
    for (const lint::SettingsError& error : errors) {
      const Position at = sources.position(file, error.where.begin);
      text += fmt::format("\n  {}:{}:{}: {}", path, at.line, at.column, error.message);
    }
    throw UsageError(text);
  }
  configuration->file = path;
  return std::move(*configuration);
}

void check_version(const lint::Configuration& configuration) {
  if (!configuration.required_version) return;
  const auto meets = lint::meets_version(*configuration.required_version, report::tool_version());
  if (!meets)
    throw UsageError(fmt::format("{}: required-version '{}' is no version; write '>=0.1' or '0.1.0'",
                                 configuration.file, *configuration.required_version));
  if (*meets) return;
  throw UsageError(fmt::format("{} wants tlsward {}; this is {}", configuration.file, *configuration.required_version,
                               report::tool_version()));
}

lint::Project project_of(const std::vector<std::string>& paths, const std::string& stdin_filename) {
  std::optional<lint::Project> project;
  std::string first;
  for (const std::string& path : paths) {
    const std::string& looked_at = path == "-" ? stdin_filename : path;
    const lint::Project one = lint::find_project(looked_at.empty() ? "." : looked_at);
    if (project && one.configuration != project->configuration)
      throw UsageError(fmt::format("'{}' is judged by {}, '{}' by {}; lint them apart, or name one with --config",
                                   first, project->configuration.empty() ? "no .tlsward.yaml" : project->configuration,
                                   path, one.configuration.empty() ? "none" : one.configuration));
    if (!project) first = path;
    if (!project) project = one;
  }
  return project ? *project : lint::find_project(".");
}

std::string environment_name(std::string_view name) {
  std::string result = "TLSWARD_";
  for (const char c : name) result += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
}

/// Unset and empty are the same.
std::optional<std::string> environment(std::string_view name) {
  const char* value = std::getenv(environment_name(name).c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> result;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (comma > 0) result.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return result;
}

}  // namespace

void add_configuration_options(CLI::App& app, ConfigurationArguments& arguments) {
  CLI::Option* file =
      app.add_option("--config", arguments.file, "this configuration file, not the .tlsward.yaml that is found")
          ->type_name("FILE");
  app.add_flag("--no-config", arguments.none, "no configuration file")->excludes(file);
}

lint::Configuration find_configuration(const ConfigurationArguments& arguments, const std::vector<std::string>& paths,
                                       const std::string& stdin_filename, SourceMap& sources) {
  lint::Configuration configuration;
  if (!arguments.file.empty()) {
    configuration = read(arguments.file, sources);
    configuration.root = lint::find_project(arguments.file).root;
  } else {
    const lint::Project project = project_of(paths, stdin_filename);
    if (!arguments.none && !project.configuration.empty()) configuration = read(project.configuration, sources);
    configuration.root = project.root;
  }
  check_version(configuration);
  return configuration;
}

Setting Settings::text(std::string_view name, const std::string& flag, const std::optional<std::string>& configured,
                       std::string_view otherwise) {
  Setting setting{std::string(name), std::string(otherwise), "default"};
  if (configured) setting = {std::string(name), *configured, file_};
  if (const auto value = environment(name)) setting = {std::string(name), *value, environment_name(name)};
  if (!flag.empty()) setting = {std::string(name), flag, fmt::format("--{}", name)};
  all_.push_back(setting);
  return setting;
}

std::vector<std::string> Settings::list(std::string_view name, const std::vector<std::string>& flags,
                                        const std::vector<std::string>& configured) {
  std::vector<std::string> values = configured;
  std::string origin = configured.empty() ? "default" : file_;
  if (const auto value = environment(name)) {
    values = split(*value);
    origin = environment_name(name);
  }
  if (!flags.empty()) {
    values = flags;
    origin = fmt::format("--{}", name);
  }
  all_.push_back({std::string(name), fmt::format("{}", fmt::join(values, ", ")), origin});
  return values;
}

void Settings::note(std::string_view name, std::string value, std::string_view origin) {
  all_.push_back({std::string(name), std::move(value), origin.empty() ? file_ : std::string(origin)});
}

void print_settings(const lint::Configuration& configuration, const Settings& settings) {
  const std::string file = configuration.file.empty() ? "none" : configuration.file;
  print_to(stdout, "configuration   {}\nproject root    {}\n", file, configuration.root);
  for (const Setting& setting : settings.all())
    print_to(stdout, "{:<15} {}  ({})\n", setting.name, setting.value.empty() ? "-" : setting.value, setting.origin);
}

}  // namespace tlsward::cli
