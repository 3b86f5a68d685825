#include "cli/policy.h"

#include <fmt/format.h>

#include <filesystem>

#include "cli/usage_error.h"
#include "core/read_file.h"

namespace tlsward::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLargest = std::size_t{1} << 20;

std::shared_ptr<const tls::Policy> read(const std::string& path, std::string text) {
  SourceMap sources;
  const FileId file = sources.add(path, std::move(text));
  std::vector<lint::SettingsError> errors;
  auto policy = lint::read_policy(sources, file, errors);
  if (policy) return std::make_shared<const tls::Policy>(std::move(*policy));
  std::string message = fmt::format("{} is no policy", path);
  for (const lint::SettingsError& error : errors) {
    const Position at = sources.position(file, error.where.begin);
    message += fmt::format("\n  {}:{}:{}: {}", path, at.line, at.column, error.message);
  }
  throw UsageError(message);
}

std::shared_ptr<const tls::Policy> read_policy_file(const std::string& path, const std::string& origin) {
  auto text = tlsward::read_file(path, kLargest);
  if (!text) throw UsageError(fmt::format("{}: cannot read '{}': {}", origin, path, text.error().message));
  return read(path, std::move(*text));
}

}  // namespace

std::shared_ptr<const tls::Policy> load_policy(const std::string& name, const std::string& origin,
                                               const std::string& root) {
  if (name.empty()) return nullptr;
  std::vector<std::string_view> names;
  for (const lint::BuiltInPolicy& policy : lint::built_in_policies()) {
    if (policy.name == name) return read(name, std::string(policy.text));
    names.push_back(policy.name);
  }
  if (lint::names_policy_file(name)) return read_policy_file(policy_file(name, root), origin);
  throw UsageError(fmt::format("{}: no policy '{}'{}; there are {}, or name a file (policy.yaml)", origin, name,
                               suggestion(name, names), fmt::join(names, ", ")));
}

std::string policy_file(const std::string& name, const std::string& root) {
  if (!lint::names_policy_file(name)) return "";
  std::error_code ignored;
  const fs::path below = fs::path(root) / name;
  return fs::exists(name, ignored) || !fs::exists(below, ignored) ? name : below.string();
}

}  // namespace tlsward::cli
