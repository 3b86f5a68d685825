#include "cli/project_configuration.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "cli/lint_output.h"
#include "cli/usage_error.h"
#include "core/read_file.h"
#include "lint/configuration_read.h"
#include "report/tool.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

constexpr std::size_t kLargest = std::size_t{1} << 20;

/// A pipe may be named, and be read; one that is found would be waited for.
void check_regular(const std::string& path) {
  std::error_code problem;
  const std::filesystem::file_status status = std::filesystem::status(path, problem);
  if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status))
    throw UsageError(fmt::format("cannot read '{}': no regular file", path));
}

std::string read_whole(const std::string& path) {
  auto text = read_file(path, kLargest);
  if (!text) throw UsageError(fmt::format("cannot read '{}': {}", path, text.error().message));
  return std::move(*text);
}

lint::Configuration read(const std::string& found, SourceMap& sources) {
  std::error_code ignored;
  const std::string path = lint::below_root(found, std::filesystem::current_path(ignored).string());
  if (std::filesystem::path(path).filename() == lint::kConfigurationName) check_regular(path);
  const FileId file = sources.add(path, read_whole(path));
  std::vector<std::string_view> ids;
  for (const lint::Rule* rule : rules::all()) ids.push_back(rule->id);
  std::vector<lint::SettingsError> errors;
  auto configuration = lint::read_configuration(sources, file, ids, format_names(), errors);
  if (!configuration) {
    std::string text = fmt::format("{} is wrong in {} place{}", path, errors.size(), errors.size() == 1 ? "" : "s");
    for (const lint::SettingsError& error : errors) {
      const Position at = sources.position(file, error.where.begin);
      text += fmt::format("\n  {}:{}:{}: {}", path, at.line, at.column, error.message);
    }
    throw UsageError(text);
  }
  configuration->file = path;
  configuration->source = file;
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

}  // namespace

void add_configuration_options(CLI::App& app, ConfigurationArguments& arguments) {
  CLI::Option* file =
      app.add_option("--config", arguments.file, "this configuration file, not the .tlsward.yaml that is found")
          ->type_name("FILE");
  app.add_flag("--no-config", arguments.none, "no configuration file")->excludes(file);
}

lint::Configuration load_configuration(const lint::Project& project, SourceMap& sources) {
  lint::Configuration configuration;
  if (!project.configuration.empty()) configuration = read(project.configuration, sources);
  configuration.root = project.root;
  check_version(configuration);
  return configuration;
}

}  // namespace tlsward::cli
