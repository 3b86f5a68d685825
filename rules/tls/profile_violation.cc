// tls/profile-violation: the endpoint does what the policy of --policy does not allow.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

#include "lint/rule.h"
#include "tls/policy.h"

namespace tlsward::rules::tls_profile_violation {
namespace {

constexpr std::size_t kMostNamed = 4;

/// One policy asked about one context.
class Judge {
 public:
  Judge(const tls::TlsContext& context, const tls::Policy& policy, lint::Reporter& out)
      : context_(context), policy_(policy), out_(out) {}

  void judge(const tls::PolicyClause& clause) {
    clause_ = &clause;
    judge_versions();
    judge_suites();
    judge_groups();
    judge_certificates();
    judge_verification();
  }

 private:
  void judge_versions() {
    if (clause_->versions.empty() || !context_.versions.known()) return;
    std::vector<tls::Version> others = tls::negotiable_versions(context_);
    std::erase_if(others, [&](tls::Version version) { return has(clause_->versions, version); });
    if (others.empty()) return;
    const bool low = others.front() < clause_->versions.front();
    const tls::Setting<tls::Version>& limit = low ? context_.min_version : context_.max_version;
    tell(limit.written() ? limit.where : Span{}, tls::names(others),
         fmt::format("{} {} enabled", tls::names(others), others.size() == 1 ? "is" : "are"),
         fmt::format("allows {}", tls::names(clause_->versions)), limit.written());
  }

  void judge_suites() {
    if (!context_.ciphers.known()) return;
    std::set<tls::CipherSuite> negotiable;
    for (const tls::Version version : tls::negotiable_versions(context_)) {
      for (const tls::CipherSuite suite : tls::usable_suites(context_, version)) negotiable.insert(suite);
    }
    if (!clause_->suites.empty()) {
      std::vector<std::string> others;
      for (const tls::CipherSuite suite : negotiable) {
        if (!has(clause_->suites, suite)) others.push_back(tls::name(suite));
      }
      tell_suites(others, "does not list");
    }
    for (const tls::SuiteKind kind : clause_->forbidden) {
      std::vector<std::string> of_kind;
      for (const tls::CipherSuite suite : negotiable) {
        if (tls::is_kind(suite, kind)) of_kind.push_back(tls::name(suite));
      }
      tell_suites(of_kind,
                  fmt::format("{} suites with {}:", clause_->must ? "forbids" : "advises against", tls::name(kind)));
    }
  }

  void tell_suites(std::vector<std::string> names, std::string_view what) {
    if (names.empty()) return;
    const std::string value = fmt::format("{} {}", what, fmt::join(names, ", "));
    const std::size_t more = names.size() > kMostNamed ? names.size() - kMostNamed : 0;
    names.resize(names.size() - more);
    const bool written = context_.cipher_list.written();
    add(written ? context_.cipher_list.where : Span{}, value,
        fmt::format("{} {} {}{}", where(), what, fmt::join(names, ", "),
                    more == 0 ? "" : fmt::format(" and {} more", more)),
        written);
  }

  void judge_groups() {
    if (clause_->groups.empty() || !context_.groups.known()) return;
    std::vector<std::string> others;
    for (const tls::Group group : context_.groups.value) {
      if (!has(clause_->groups, group)) others.push_back(tls::name(group));
    }
    if (others.empty()) return;
    std::vector<std::string> allowed;
    for (const tls::Group group : clause_->groups) allowed.push_back(tls::name(group));
    const bool written = context_.group_list.written();
    tell(written ? context_.group_list.where : Span{}, fmt::format("{}", fmt::join(others, ", ")),
         fmt::format("the key exchange group{} {} {} offered", others.size() == 1 ? "" : "s", fmt::join(others, ", "),
                     others.size() == 1 ? "is" : "are"),
         fmt::format("allows {}", fmt::join(allowed, ", ")), written);
  }

  void judge_certificates() {
    for (const tls::PlacedCertificate& leaf : tls::leaves(context_, tls::MaterialUse::Certificate)) {
      const tls::KeyFacts& key = leaf.facts->key;
      if (key.type == tls::KeyType::Unknown) continue;
      if (!clause_->key_types.empty() && !has(clause_->key_types, key.type))
        tell(leaf, tls::name(key.type), fmt::format("has a key of type {}", tls::name(key.type)),
             fmt::format("allows {}", type_names()));
      if (key.type == tls::KeyType::Ec && !clause_->key_curves.empty() && !has(clause_->key_curves, key.curve))
        tell(leaf, key.curve, fmt::format("has a key on {}", key.curve.empty() ? "a curve without name" : key.curve),
             fmt::format("allows {}", fmt::join(clause_->key_curves, ", ")));
      if (key.type == tls::KeyType::Rsa) judge_bits(leaf, clause_->min_rsa_bits);
      if (key.type == tls::KeyType::Ec) judge_bits(leaf, clause_->min_curve_bits);
      judge_lifetime(leaf);
    }
  }

  void judge_bits(const tls::PlacedCertificate& leaf, const std::optional<unsigned>& least) {
    if (!least || leaf.facts->key.bits >= static_cast<int>(*least)) return;
    const std::string bits = fmt::format("{} bits", leaf.facts->key.bits);
    tell(leaf, bits, fmt::format("has a key of {}", bits), fmt::format("asks for at least {}", *least));
  }

  void judge_lifetime(const tls::PlacedCertificate& leaf) {
    if (!clause_->max_lifetime_days) return;
    const long days = tls::days_between(leaf.facts->not_before, leaf.facts->not_after);
    if (days <= static_cast<long>(*clause_->max_lifetime_days)) return;
    const std::string lifetime = fmt::format("{} days", days);
    tell(leaf, lifetime, fmt::format("is valid for {}", lifetime),
         fmt::format("allows {}", *clause_->max_lifetime_days));
  }

  void judge_verification() {
    const auto& verify = context_.verify_peer;
    if (!clause_->verify_peer || context_.role != tls::Role::Upstream || !verify.known()) return;
    if (verify.value == tls::VerifyPeer::Full || verify.value == tls::VerifyPeer::Unknown) return;
    const bool nothing = verify.value == tls::VerifyPeer::None;
    tell(verify.written() ? verify.where : Span{}, tls::name(verify.value),
         nothing ? "the upstream's certificate is not verified" : "the upstream's certificate is verified in part only",
         "asks for the chain and the name", verify.written());
  }

  std::string type_names() const {
    std::vector<std::string_view> names;
    for (const tls::KeyType type : clause_->key_types) names.push_back(tls::name(type));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  /// "mozilla-intermediate (tls_versions)".
  std::string where() const { return fmt::format("{} ({})", policy_.name, clause_->clause); }
  Severity severity() const { return clause_->must ? Severity::Warning : Severity::Info; }

  /// `value`: what is not allowed, as Finding::value; so that one violation at a place is not taken for another.
  void tell(Span place, std::string_view value, std::string_view is, std::string_view but, bool written) {
    add(place, value, fmt::format("{}, but {} {}", is, where(), but), written);
  }
  void tell(const tls::PlacedCertificate& leaf, std::string_view value, std::string_view is, std::string_view but) {
    Finding& finding = out_.add(severity(), context_, leaf,
                                fmt::format("the certificate {} {}, but {} {}", tls::describe(leaf), is, where(), but));
    finding.value = fmt::format("{}: {}, {}", clause_->clause, tls::describe(*leaf.facts), value);
  }
  void add(Span place, std::string_view value, std::string message, bool written) {
    Finding& finding = out_.add(severity(), context_, place, std::move(message));
    finding.value = fmt::format("{}: {}", clause_->clause, value);
    finding.notes.push_back(fmt::format("{}: {}", policy_.title, policy_.url));
    if (!written) lint::Reporter::by_version(finding, context_);
  }

  template <class T>
  static bool has(const std::vector<T>& values, const T& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  }

  const tls::TlsContext& context_;
  const tls::Policy& policy_;
  lint::Reporter& out_;
  const tls::PolicyClause* clause_ = nullptr;
};

void check(const tls::TlsContext& context, lint::Reporter& out) {
  const tls::Policy* policy = out.options().policy.get();
  if (policy == nullptr || !context.enabled) return;
  if (context.role == tls::Role::Upstream && !policy->upstreams_too) return;
  Judge judge(context, *policy, out);
  for (const tls::PolicyClause& clause : policy->clauses) judge.judge(clause);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/profile-violation",
    .summary = "the endpoint does what the policy that was asked for does not allow",
    .why =
        "`--policy NAME` compares every effective context with a guideline: versions, suites, groups, certificates "
        "and, "
        "where the guideline speaks of clients too, the verification of upstreams. Each finding names the clause. What "
        "a "
        "guideline only advises is an info. Without --policy the rule is silent.",
    .cites = {{"Mozilla, Server Side TLS", "", "https://wiki.mozilla.org/Security/Server_Side_TLS"},
              {"RFC 9325", "", "https://www.rfc-editor.org/rfc/rfc9325"}},
    .severity = Severity::Warning,
    .also = {Severity::Info},
    .fix = "none: what the clause allows stands in the message",
    .bad = {.gateway = "krakend@2.13",
            .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS11",   //~ tls/profile-violation
    "cipher_suites": [        //~ tls/profile-violation
      49199, 49200, 49171, 47
    ]
  }
}
)",
            .options = "--policy rfc-9325"},
    .good = {.gateway = "krakend@2.13",
             .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [49199, 49200]
  }
}
)",
             .options = "--policy rfc-9325"},
    .check = check,
};

}  // namespace tlsward::rules::tls_profile_violation
