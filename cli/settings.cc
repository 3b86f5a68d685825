#include "cli/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "cli/usage_error.h"
#include "core/print.h"

namespace tlsward::cli {
namespace {

constexpr std::string_view kPrefix = "TLSWARD_";

std::string environment_name(std::string_view name) {
  std::string result(kPrefix);
  for (const char c : name) result += c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return result;
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

/// Unset and empty are the same.
std::optional<std::string> Settings::environment(std::string_view name) {
  const std::string& variable = variables_.emplace_back(environment_name(name));
  const char* value = std::getenv(variable.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
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

ListSetting Settings::list(std::string_view name, const std::vector<std::string>& flags,
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
  return {std::move(values), std::move(origin)};
}

void Settings::note(std::string_view name, std::string value, std::string_view origin) {
  all_.push_back({std::string(name), std::move(value), origin.empty() ? file_ : std::string(origin)});
}

void tell_unread_variables(const std::vector<std::string>& variables) {
  const std::vector<std::string_view> known(variables.begin(), variables.end());
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const std::string_view name = text.substr(0, text.find('='));
    const bool is_empty = name.size() + 1 >= text.size();
    if (!name.starts_with(kPrefix) || is_empty || std::find(known.begin(), known.end(), name) != known.end()) continue;
    print_to(stderr, "tlsward: {} in the environment is not read{}\n", name, suggestion(name, known));
  }
}

void print_settings(const lint::Configuration& configuration, const Settings& settings) {
  const std::string file = configuration.file.empty() ? "none" : configuration.file;
  print_to(stdout, "configuration   {}\nproject root    {}\n", printable(file), printable(configuration.root));
  for (const Setting& setting : settings.all())
    print_to(stdout, "{:<15} {}  ({})\n", setting.name, setting.value.empty() ? "-" : printable(setting.value),
             printable(setting.origin));
}

}  // namespace tlsward::cli
