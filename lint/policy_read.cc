#include "lint/policy_read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "core/yaml.h"
#include "lint/options.h"

namespace tlsward::lint {
namespace {

using namespace std::string_view_literals;

constexpr std::array kPolicyKeys = {"name"sv, "title"sv, "url"sv, "date"sv, "applies-to"sv, "clauses"sv};
constexpr std::array kClauseKeys = {"clause"sv,       "level"sv,          "versions"sv,          "suites"sv,
                                    "forbidden"sv,    "groups"sv,         "key-types"sv,         "key-curves"sv,
                                    "min-rsa-bits"sv, "min-curve-bits"sv, "max-lifetime-days"sv, "verify-peer"sv};
constexpr std::array kKeyTypes = {"RSA"sv, "EC"sv, "Ed25519"sv, "Ed448"sv};
constexpr std::array kKeyTypeValues = {tls::KeyType::Rsa, tls::KeyType::Ec, tls::KeyType::Ed25519, tls::KeyType::Ed448};
constexpr std::array kCurves = {"P-224"sv, "P-256"sv, "P-384"sv, "P-521"sv};
constexpr std::array kLevels = {"must"sv, "should"sv};
constexpr std::array kApplies = {"listeners"sv, "listeners and upstreams"sv};

class PolicyReader {
 public:
  explicit PolicyReader(std::vector<SettingsError>& errors) : read_(errors) {}

  tls::Policy policy(const Node& root) {
    read_.only(root, kPolicyKeys, "member of a policy");
    tls::Policy policy;
    policy.name = needed(root, "name");
    policy.title = needed(root, "title");
    policy.url = url(root);
    policy.date = date(root);
    if (const Node* applies = root.find("applies-to"))
      policy.upstreams_too = read_.choice(*applies, "applies-to", kApplies).value_or(0) == 1;
    const Node* clauses = read_.list(root, "clauses");
    if (clauses == nullptr || clauses->items.empty()) {
      read_.error(root.where, "a policy needs 'clauses', a list with at least one");
      return policy;
    }
    for (const Node& item : clauses->items) policy.clauses.push_back(clause(item));
    return policy;
  }

  SettingsReader& settings() { return read_; }

 private:
  std::string needed(const Node& map, std::string_view key) {
    const auto text = read_.text(map, key);
    if (!text) read_.error(map.where, fmt::format("'{}' is missing", key));
    return text.value_or("");
  }

  /// Where the guideline can be read: findings cite it.
  std::string url(const Node& root) {
    const std::string text = needed(root, "url");
    if (!text.empty() && !text.starts_with("https://") && !text.starts_with("http://"))
      read_.error(root.find("url")->where, fmt::format("url is '{}', no address like https://example.com/tls", text));
    return text;
  }

  /// The day of which the guideline is.
  std::string date(const Node& root) {
    const std::string text = needed(root, "date");
    if (!text.empty() && (!parse_time(text) || text.size() != std::string_view("2026-11-26").size()))
      read_.error(root.find("date")->where, fmt::format("date is '{}', no date like 2026-11-26", text));
    return text;
  }

  tls::PolicyClause clause(const Node& item) {
    tls::PolicyClause clause;
    if (!item.is_map()) {
      read_.error(item.where, "a clause is a map");
      return clause;
    }
    read_.only(item, kClauseKeys, "member of a clause");
    clause.clause = needed(item, "clause");
    if (const Node* level = item.find("level")) clause.must = read_.choice(*level, "level", kLevels).value_or(0) == 0;
    clause.versions = parsed<tls::Version>(item, "versions", "version", tls::parse_version);
    clause.suites = parsed<tls::CipherSuite>(item, "suites", "cipher suite", tls::parse_cipher_suite);
    clause.groups = parsed<tls::Group>(item, "groups", "group", tls::parse_group);
    for (const std::size_t kind : chosen(item, "forbidden", tls::suite_kind_names()))
      clause.forbidden.push_back(static_cast<tls::SuiteKind>(kind));
    for (const std::size_t type : chosen(item, "key-types", kKeyTypes))
      clause.key_types.push_back(kKeyTypeValues[type]);
    for (const std::size_t curve : chosen(item, "key-curves", kCurves)) clause.key_curves.emplace_back(kCurves[curve]);
    clause.min_rsa_bits = read_.number(item, "min-rsa-bits", 512, 65536);
    clause.min_curve_bits = read_.number(item, "min-curve-bits", 112, 1024);
    clause.max_lifetime_days = read_.number(item, "max-lifetime-days", 1, 36500);
    clause.verify_peer = read_.boolean(item, "verify-peer").value_or(false);
    return clause;
  }

  template <class T>
  std::vector<T> parsed(const Node& item, std::string_view key, std::string_view what,
                        const std::function<std::optional<T>(std::string_view)>& parse) {
    std::vector<T> values;
    for (const Node* text : read_.texts(item, key)) {
      const std::optional<T> value = parse(text->scalar);
      if (value)
        values.push_back(*value);
      else
        read_.error(text->where, fmt::format("'{}' is no {}", text->scalar, what));
    }
    return values;
  }

  std::vector<std::size_t> chosen(const Node& item, std::string_view key, std::span<const std::string_view> choices) {
    std::vector<std::size_t> values;
    for (const Node* text : read_.texts(item, key)) {
      if (const auto value = read_.choice(*text, key, choices)) values.push_back(*value);
    }
    return values;
  }

  SettingsReader read_;
};

}  // namespace

bool names_policy_file(std::string_view name) {
  return name.find('/') != std::string_view::npos || name.ends_with(".yaml") || name.ends_with(".yml");
}

std::optional<tls::Policy> read_policy(const SourceMap& sources, FileId file, std::vector<SettingsError>& errors) {
  const std::size_t before = errors.size();
  const ReadFile read = read_yaml(sources, file);
  PolicyReader reader(errors);
  const Node* root = settings_root(read, reader.settings());
  if (root == nullptr) return std::nullopt;
  tls::Policy policy = reader.policy(*root);
  if (errors.size() > before) return std::nullopt;
  return policy;
}

}  // namespace tlsward::lint
