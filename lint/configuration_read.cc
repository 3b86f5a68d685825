#include "lint/configuration_read.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "core/yaml.h"
#include "lint/edit.h"
#include "lint/options.h"
#include "lint/policy_read.h"
#include "lint/rule.h"

namespace tlsward::lint {
namespace {

using namespace std::string_view_literals;

constexpr std::array kKeys = {"required-version"sv, "rule-set"sv,       "policy"sv, "fail-on"sv,
                              "min-severity"sv,     "min-confidence"sv, "select"sv, "exclude"sv,
                              "formats"sv,          "gateways"sv,       "rules"sv,  "ignore"sv,
                              "baseline"sv,         "require-reason"sv};
constexpr std::array kRuleKeys = {"severity"sv, "warn-days"sv};
constexpr std::array kIgnoreKeys = {"rule"sv, "path"sv, "at"sv, "reason"sv, "owner"sv, "until"sv};
constexpr std::array kSeverities = {"info"sv, "warning"sv, "error"sv, "off"sv};
constexpr std::array kFailOn = {"info"sv, "warning"sv, "error"sv, "never"sv};
constexpr std::array kMinSeverities = {"info"sv, "warning"sv, "error"sv};
constexpr std::array kConfidences = {"low"sv, "medium"sv, "high"sv};
constexpr std::string_view kWindowRule = "cert/expiring-soon";

/// RFC 6901, 3: behind a '~' stands 0 or 1.
bool escapes_are_right(std::string_view pointer) {
  for (std::size_t i = pointer.find('~'); i != std::string_view::npos; i = pointer.find('~', i + 1))
    if (i + 1 == pointer.size() || (pointer[i + 1] != '0' && pointer[i + 1] != '1')) return false;
  return true;
}

class ConfigurationReader {
 public:
  ConfigurationReader(std::span<const std::string_view> rule_ids, std::span<const std::string_view> formats,
                      std::vector<SettingsError>& errors)
      : rule_ids_(rule_ids), formats_(formats), read_(errors) {}

  Configuration configuration(const Node& root) {
    read_.only(root, kKeys, "setting");
    Configuration result;
    result.required_version = read_.text(root, "required-version");
    result.rule_set = read_.text(root, "rule-set");
    result.policy = policy(root);
    result.fail_on = word(root, "fail-on", kFailOn);
    result.min_severity = word(root, "min-severity", kMinSeverities);
    result.min_confidence = word(root, "min-confidence", kConfidences);
    result.baseline = read_.text(root, "baseline");
    result.require_reason = read_.boolean(root, "require-reason").value_or(false);
    for (const Node* text : read_.texts(root, "select")) result.select.push_back(selection(*text));
    for (const Node* text : read_.texts(root, "exclude")) result.exclude.emplace_back(text->scalar);
    for (const Node* text : read_.texts(root, "formats")) result.formats.push_back(format(*text));
    read_gateways(root, result);
    read_rules(root, result);
    read_ignores(root, result);
    return result;
  }

  SettingsReader& settings() { return read_; }

 private:
  std::optional<std::string> word(const Node& root, std::string_view key, std::span<const std::string_view> choices) {
    const Node* value = root.find(key);
    if (value == nullptr || value->is_null()) return std::nullopt;
    const auto index = read_.choice(*value, key, choices);
    if (!index) return std::nullopt;
    return std::string(choices[*index]);
  }

  /// A name of those that are part of the program, or a file.
  std::optional<std::string> policy(const Node& root) {
    std::optional<std::string> text = read_.text(root, "policy");
    if (!text || names_policy_file(*text)) return text;
    std::vector<std::string_view> names;
    for (const BuiltInPolicy& built_in : built_in_policies()) names.push_back(built_in.name);
    read_.choice(*root.find("policy"), "policy", names);
    return text;
  }

  /// NAME or NAME=FILE.
  std::string format(const Node& text) {
    const std::string_view written = text.scalar;
    const std::string_view name = written.substr(0, written.find('='));
    if (std::find(formats_.begin(), formats_.end(), name) == formats_.end())
      read_.error(text.where, fmt::format("formats: '{}' is not one of {}{}", name, fmt::join(formats_, ", "),
                                          did_you_mean(name, formats_)));
    else if (written.ends_with('=') && name.size() + 1 == written.size())
      read_.error(text.where, fmt::format("formats: '{}' names no file behind '='", written));
    return std::string(written);
  }

  void unknown_rule(Span where, std::string_view id, std::span<const std::string_view> candidates) {
    read_.error(where, fmt::format("no rule '{}'{}; see 'tlsward rules'", id, did_you_mean(id, candidates)));
  }

  bool is_rule(std::string_view id) const {
    return std::find(rule_ids_.begin(), rule_ids_.end(), id) != rule_ids_.end();
  }

  /// A rule or a group.
  std::string selection(const Node& text) {
    std::string_view group_name = text.scalar;
    if (group_name.ends_with('/')) group_name.remove_suffix(1);
    const bool is_group =
        std::any_of(rule_ids_.begin(), rule_ids_.end(), [&](std::string_view id) { return group(id) == group_name; });
    if (is_group || is_rule(text.scalar)) return std::string(text.scalar);
    std::vector<std::string_view> rules_and_groups(rule_ids_.begin(), rule_ids_.end());
    for (const std::string_view id : rule_ids_) rules_and_groups.push_back(group(id));
    unknown_rule(text.where, text.scalar, rules_and_groups);
    return std::string(text.scalar);
  }

  void read_gateways(const Node& root, Configuration& result) {
    const Node* gateways = read_.map(root, "gateways");
    if (gateways == nullptr) return;
    for (const Member& member : gateways->members) {
      std::string error;
      const auto choice = gateways::parse_gateway_choice(std::string(member.value.scalar), error);
      if (choice)
        result.gateways.push_back({std::string(member.key), *choice});
      else
        read_.error(member.value.where, fmt::format("gateways: {}", error));
    }
  }

  void read_rules(const Node& root, Configuration& result) {
    const Node* rules = read_.map(root, "rules");
    if (rules == nullptr) return;
    for (const Member& member : rules->members) {
      if (!is_rule(member.key)) unknown_rule(member.key_where, member.key, rule_ids_);
      result.rules.emplace(std::string(member.key), rule_setting(member));
    }
  }

  /// `{severity: warning}`, or the severity alone.
  RuleSetting rule_setting(const Member& member) {
    RuleSetting setting;
    const Node& value = member.value;
    if (!value.is_map()) {
      if (value.is_list() || value.is_null())
        read_.error(value.where, fmt::format("{} is no severity and no map of settings", member.key));
      else
        set_severity(value, setting);
      return setting;
    }
    read_.only(value, kRuleKeys, "setting of a rule");
    if (const Node* severity = value.find("severity")) set_severity(*severity, setting);
    setting.warn_days = read_.number(value, "warn-days", 1, 3650);
    if (setting.warn_days && member.key != kWindowRule)
      read_.error(value.find_member("warn-days")->key_where, fmt::format("warn-days is of {} alone", kWindowRule));
    return setting;
  }

  void set_severity(const Node& value, RuleSetting& setting) {
    const auto index = read_.choice(value, "severity", kSeverities);
    if (!index) return;
    setting.off = *index == 3;
    if (!setting.off) setting.severity = static_cast<Severity>(*index);
  }

  void read_ignores(const Node& root, Configuration& result) {
    const Node* list = read_.list(root, "ignore");
    if (list == nullptr) return;
    for (const Node& item : list->items) {
      if (!item.is_map()) {
        read_.error(item.where,
                    "an entry of ignore is a map with 'rule', and 'path', 'at', 'reason', 'owner', 'until'");
        continue;
      }
      result.ignore.push_back(ignore_entry(item));
    }
  }

  IgnoreEntry ignore_entry(const Node& item) {
    read_.only(item, kIgnoreKeys, "member of an entry of ignore");
    IgnoreEntry entry;
    entry.where = item.where;
    entry.rule = read_.text(item, "rule").value_or("");
    entry.path = read_.text(item, "path").value_or("");
    entry.at = read_.text(item, "at").value_or("");
    entry.reason = read_.text(item, "reason").value_or("");
    entry.owner = read_.text(item, "owner").value_or("");
    entry.until = read_.text(item, "until").value_or("");
    if (entry.rule.empty()) read_.error(item.where, "an entry of ignore needs 'rule'");
    if (!entry.at.empty() && entry.at.front() != '/')
      read_.error(item.find("at")->where, fmt::format("at is '{}', no JSON pointer; write '/tls/keys'", entry.at));
    else if (!escapes_are_right(entry.at))
      read_.error(item.find("at")->where,
                  fmt::format("at is '{}', no JSON pointer; a '~' in a name is written '~0'", entry.at));
    if (!entry.until.empty() && (!parse_time(entry.until) || entry.until.size() != 10))
      read_.error(item.find("until")->where, fmt::format("until is '{}', no date like 2027-01-31", entry.until));
    return entry;
  }

  std::span<const std::string_view> rule_ids_;
  std::span<const std::string_view> formats_;
  SettingsReader read_;
};

std::optional<std::vector<unsigned>> numbers(std::string_view text) {
  std::vector<unsigned> result;
  while (true) {
    unsigned number = 0;
    const auto [stop, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (problem != std::errc()) return std::nullopt;
    result.push_back(number);
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    if (text.empty()) return result;
    if (text.front() != '.') return std::nullopt;
    text.remove_prefix(1);
  }
}

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// -1, 0 or 1; what is not written counts as equal: "0.1" is any 0.1.x.
int compare(const std::vector<unsigned>& version, const std::vector<unsigned>& wanted) {
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    const unsigned have = i < version.size() ? version[i] : 0;
    if (have != wanted[i]) return have < wanted[i] ? -1 : 1;
  }
  return 0;
}

std::optional<bool> meets_one(std::string_view condition, const std::vector<unsigned>& version) {
  constexpr std::array kOperators = {">="sv, "<="sv, "=="sv, ">"sv, "<"sv, "="sv, ""sv};
  const std::string_view sign = *std::find_if(kOperators.begin(), kOperators.end(),
                                              [&](std::string_view one) { return condition.starts_with(one); });
  const auto wanted = numbers(trimmed(condition.substr(sign.size())));
  if (!wanted) return std::nullopt;
  const int order = compare(version, *wanted);
  if (sign == ">=") return order >= 0;
  if (sign == "<=") return order <= 0;
  if (sign == ">") return order > 0;
  if (sign == "<") return order < 0;
  return order == 0;
}

}  // namespace

std::optional<Configuration> read_configuration(const SourceMap& sources, FileId file,
                                                std::span<const std::string_view> rule_ids,
                                                std::span<const std::string_view> formats,
                                                std::vector<SettingsError>& errors) {
  if (says_nothing(sources.text(file))) return Configuration{};
  const std::size_t before = errors.size();
  const ReadFile read = read_yaml(sources, file);
  ConfigurationReader reader(rule_ids, formats, errors);
  const Node* root = settings_root(read, reader.settings());
  if (root == nullptr) return std::nullopt;
  Configuration configuration = reader.configuration(*root);
  for (IgnoreEntry& entry : configuration.ignore)
    entry.removal = removal(sources.text(file), read.documents.front(), {entry.where}).value_or(std::vector<Edit>{});
  std::stable_sort(errors.begin(), errors.end(), [](const SettingsError& a, const SettingsError& b) {
    return std::tie(a.where.file, a.where.begin) < std::tie(b.where.file, b.where.begin);
  });
  if (errors.size() > before) return std::nullopt;
  return configuration;
}

std::optional<bool> meets_version(std::string_view required, std::string_view version) {
  const auto have = numbers(version);
  if (!have) return std::nullopt;
  bool meets = true;
  for (std::size_t begin = 0; begin <= required.size();) {
    const std::size_t end = std::min(required.find(',', begin), required.size());
    const auto one = meets_one(trimmed(required.substr(begin, end - begin)), *have);
    if (!one) return std::nullopt;
    meets = meets && *one;
    begin = end + 1;
  }
  return meets;
}

std::optional<bool> is_newer(std::string_view version, std::string_view than) {
  const auto have = numbers(version);
  const auto limit = numbers(than);
  if (!have || !limit) return std::nullopt;
  return compare(*have, *limit) > 0;
}

}  // namespace tlsward::lint
