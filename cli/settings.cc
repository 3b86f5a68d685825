#include "cli/settings.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "core/print.h"

namespace tlsward::cli {
namespace {

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
  print_to(stdout, "configuration   {}\nproject root    {}\n", printable(file), printable(configuration.root));
  for (const Setting& setting : settings.all())
    print_to(stdout, "{:<15} {}  ({})\n", setting.name, setting.value.empty() ? "-" : printable(setting.value),
             printable(setting.origin));
}

}  // namespace tlsward::cli
