#include "lint/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "core/yaml.h"

namespace tlsward::lint {
namespace {

using namespace std::string_view_literals;

constexpr std::array kKindNames = {
    "no encryption"sv, "RC4"sv, "below 112 bits"sv, "below 128 bits"sv, "RSA key exchange"sv, "static DH"sv, "DHE"sv,
    "anonymous"sv,     "CBC"sv};
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

  Policy policy(const Node& root) {
    read_.only(root, kPolicyKeys, "member of a policy");
    Policy policy;
    policy.name = needed(root, "name");
    policy.title = needed(root, "title");
    policy.url = read_.text(root, "url").value_or("");
    policy.date = read_.text(root, "date").value_or("");
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

  PolicyClause clause(const Node& item) {
    PolicyClause clause;
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
    for (const std::size_t kind : chosen(item, "forbidden", kKindNames))
      clause.forbidden.push_back(static_cast<SuiteKind>(kind));
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

std::string_view name(SuiteKind kind) {
  return kKindNames[static_cast<std::size_t>(kind)];
}

bool is_kind(tls::CipherSuite suite, SuiteKind kind) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  if (facts == nullptr) return false;
  const tls::KeyExchange exchange = facts->key_exchange;
  const bool encrypts = facts->encryption != "NULL" && facts->bits > 0;
  switch (kind) {
    case SuiteKind::NoEncryption:
      return !encrypts;
    case SuiteKind::Rc4:
      return facts->encryption.starts_with("RC4");
    case SuiteKind::Below112:
      return encrypts && facts->bits < 112;
    case SuiteKind::Below128:
      return encrypts && facts->bits < 128;
    case SuiteKind::RsaKeyExchange:
      return exchange == tls::KeyExchange::Rsa || exchange == tls::KeyExchange::RsaExport;
    case SuiteKind::StaticDh:
      return exchange == tls::KeyExchange::Dh || exchange == tls::KeyExchange::DhExport ||
             exchange == tls::KeyExchange::Ecdh;
    case SuiteKind::Dhe:
      return exchange == tls::KeyExchange::Dhe || exchange == tls::KeyExchange::DheExport;
    case SuiteKind::Anonymous:
      return facts->authentication == tls::Authentication::None;
    case SuiteKind::Cbc:
      return facts->mode == tls::CipherMode::Cbc;
  }
  return false;
}

std::optional<Policy> read_policy(const SourceMap& sources, FileId file, std::vector<SettingsError>& errors) {
  const std::size_t before = errors.size();
  const ReadFile read = read_yaml(sources, file);
  PolicyReader reader(errors);
  const Node* root = settings_root(read, reader.settings());
  if (root == nullptr) return std::nullopt;
  Policy policy = reader.policy(*root);
  if (errors.size() > before) return std::nullopt;
  return policy;
}

}  // namespace tlsward::lint
