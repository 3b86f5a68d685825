#include "tests/serve/circle.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <optional>
#include <set>

#include "gateways/go.h"
#include "probe/observed_context.h"
#include "probe/scan.h"
#include "serve/tls/negotiation.h"
#include "serve/tls/openssl_lacks.h"
#include "tests/catch.h"

namespace tlsward::tests {
namespace {

template <class T>
std::string join(const std::vector<T>& values) {
  std::string text;
  for (const T& value : values) text += (text.empty() ? "" : " ") + tls::name(value);
  return text;
}

std::string join_texts(std::vector<std::string> values) {
  return fmt::format("{}", fmt::join(values, " "));
}

template <class T>
std::vector<T> sorted(std::vector<T> values) {
  std::sort(values.begin(), values.end());
  return values;
}

bool is_chacha(tls::CipherSuite suite) {
  return tls::facts(suite)->mode == tls::CipherMode::Poly1305;
}

/// Where the client decides between some of them a scan cannot tell the order of the others: then sorted. Go puts
/// ChaCha20 first or behind AES-GCM, as the first suite of each hello is: here it stands behind all.
std::vector<tls::CipherSuite> comparable(std::vector<tls::CipherSuite> suites, const tls::TlsContext& context) {
  const auto ties = [&](const std::vector<tls::CipherSuite>& run) {
    return std::count_if(suites.begin(), suites.end(), [&](tls::CipherSuite suite) {
             return std::find(run.begin(), run.end(), suite) != run.end();
           }) > 1;
  };
  const auto& runs = context.equal_preference;
  if (std::any_of(runs.begin(), runs.end(), ties)) return sorted(suites);
  if (context.gateway != "flex") std::stable_partition(suites.begin(), suites.end(), std::not_fn(is_chacha));
  return suites;
}

std::string client_auth(tls::ClientAuth mode) {
  switch (mode) {
    case tls::ClientAuth::None:
      return "none";
    case tls::ClientAuth::Request:
    case tls::ClientAuth::VerifyIfGiven:  // a scan without a certificate cannot tell these two apart
      return "requested";
    default:
      return "required";
  }
}

/// Groups are asked of TLS 1.3 and of the highest version below it. A version without suites of ECDHE has none.
std::vector<tls::Group> groups_for(const tls::TlsContext& context, tls::Version version,
                                   const std::vector<tls::CipherSuite>& suites) {
  std::vector<tls::Group> groups = context.groups.value;
  if (version == tls::kTls13) return groups;
  std::erase_if(groups, [](tls::Group group) { return tls::facts(group)->kind == tls::GroupKind::Hybrid; });
  const bool ecdhe = std::any_of(suites.begin(), suites.end(), [](tls::CipherSuite suite) {
    return tls::facts(suite)->key_exchange == tls::KeyExchange::Ecdhe;
  });
  return ecdhe ? groups : std::vector<tls::Group>();
}

std::vector<tls::CipherSuite> served_suites(const tls::TlsContext& context, tls::Version version, tls::KeyType type) {
  const tls::KeyFacts key{type, 0, "", "", false};
  std::vector<tls::CipherSuite> suites = tls::usable_suites(context, version);
  std::erase_if(suites, [&](tls::CipherSuite suite) { return !gateways::go::fits(suite, key); });
  const bool has_groups = !context.groups.value.empty();
  std::erase_if(suites, [&](tls::CipherSuite suite) {
    const auto exchange = tls::facts(suite)->key_exchange;
    return !has_groups && (exchange == tls::KeyExchange::Ecdhe || exchange == tls::KeyExchange::Any);
  });
  return suites;
}

/// Empty for a version that negotiates none. Where the client's order counts they are sorted.
std::string groups_line(tls::Version version, std::vector<tls::Group> groups, bool own_order) {
  if (!own_order) groups = sorted(groups);
  return groups.empty() ? std::string() : fmt::format("{} groups: {}\n", tls::name(version), join(groups));
}

bool trusts_system(const tls::TlsContext& context) {
  return std::any_of(context.trust.begin(), context.trust.end(),
                     [](const tls::TrustSource& source) { return source.kind == tls::TrustKind::System; });
}

std::set<std::string> written_names(const tls::TlsContext& context) {
  std::set<std::string> names;
  if (!context.announces_authorities || context.client_auth.value == tls::ClientAuth::None) return names;
  for (const tls::TrustSource& source : context.trust) {
    if (source.kind != tls::TrustKind::Material) continue;
    for (const tls::CertificateFacts& facts : context.material[source.material].bundle.certificates)
      names.insert(facts.subject);
  }
  return names;
}

std::string names_line(const std::set<std::string>& names, bool system) {
  return fmt::format("announced: {}{}\n", system ? "the system's and " : "", fmt::join(names, " | "));
}

std::string declared_names(const tls::TlsContext& context) {
  const bool asks = context.client_auth.value != tls::ClientAuth::None && context.announces_authorities;
  return names_line(written_names(context), asks && trusts_system(context));
}

/// Which authorities the system trusts is not written down: what is announced beside those of the configuration.
std::string observed_names(const probe::HostResult& result, const tls::TlsContext& declared) {
  std::set<std::string> names(result.client_cas.begin(), result.client_cas.end());
  const std::set<std::string> written = written_names(declared);
  if (!trusts_system(declared) || names.size() == written.size()) return names_line(names, false);
  std::erase_if(names, [&](const std::string& name) { return !written.contains(name); });
  return names_line(names, true);
}

std::string chain_line(const std::vector<tls::CertificateFacts>& chain) {
  std::string line = "chain:";
  for (const tls::CertificateFacts& facts : chain) line += " " + facts.sha256.substr(0, 16);
  return line + "\n";
}

std::string declared_chain(const tls::TlsContext& context) {
  return chain_line(context.material[context.identities.front().certificate].bundle.certificates);
}

}  // namespace

std::string declared_text(const tls::TlsContext& whole, tls::KeyType key) {
  std::vector<serve::Deviation> deviations;
  const tls::TlsContext context = serve::reduce_to_openssl(whole, deviations);
  std::string text;
  std::optional<tls::Version> below;
  for (auto version = context.versions.value.rbegin(); version != context.versions.value.rend(); ++version) {
    const auto suites = served_suites(context, *version, key);
    if (suites.empty()) continue;
    text += fmt::format("{} suites: {}\n", tls::name(*version), join(comparable(suites, context)));
    if (*version != tls::kTls13 && below) continue;
    if (*version != tls::kTls13) below = *version;
    // Below TLS 1.3 crypto/tls takes the first group of the client that it knows.
    const bool own_order = *version == tls::kTls13 || context.gateway == "flex";
    text += groups_line(*version, groups_for(context, *version, suites), own_order);
  }
  if (text.empty()) return "nothing\n";
  text += fmt::format("ALPN: {}\n", join_texts(context.alpn.value));
  text += fmt::format("client certificate: {}\n", client_auth(context.client_auth.value));
  return text + declared_names(context) + declared_chain(context);
}

std::string observed_text(const probe::HostResult& result, const tls::TlsContext& declared) {
  std::string text;
  for (auto list = result.suites.rbegin(); list != result.suites.rend(); ++list) {
    std::vector<tls::CipherSuite> suites;
    for (const probe::SeenSuite& seen : list->second.accepted) suites.push_back(seen.suite);
    if (suites.empty()) continue;
    text += fmt::format("{} suites: {}\n", tls::name(list->first), join(comparable(suites, declared)));
    const auto groups = result.groups.find(list->first);
    if (groups != result.groups.end())
      text += groups_line(list->first, groups->second.accepted, groups->second.order == probe::Order::Server);
  }
  if (text.empty()) return "nothing\n";
  text += fmt::format("ALPN: {}\n", join_texts(result.alpn.accepted));
  const tls::TlsContext observed = probe::observed_context(result);
  text += fmt::format("client certificate: {}\n", client_auth(observed.client_auth.value));
  text += observed_names(result, declared);
  return text +
         chain_line(result.chains.empty() ? std::vector<tls::CertificateFacts>() : result.chains.front().certificates);
}

/// sslscan finds no suite below TLS 1.3 where a certificate is required; and asks for one group at a time, so that an
/// ECDSA certificate (of P-256 here) can be shown only with its own.
std::string declared_for_sslscan(const tls::TlsContext& whole, tls::KeyType key) {
  std::vector<serve::Deviation> deviations;
  const tls::TlsContext context = serve::reduce_to_openssl(whole, deviations);
  std::string suite_lines, group_lines;
  bool has_lower = false;  // groups are asked as groups_for says
  const auto& versions = context.versions.value;
  for (auto at = versions.rbegin(); at != versions.rend(); ++at) {
    const tls::Version version = *at;
    const auto suites = served_suites(context, version, key);
    if (suites.empty()) continue;
    std::vector<std::string> ids, groups;
    const bool hidden = version != tls::kTls13 && client_auth(context.client_auth.value) == "required";
    for (const tls::CipherSuite suite : suites) ids.push_back(fmt::format("{:04X}", suite.code));
    for (const tls::Group group : groups_for(context, version, suites)) {
      const bool shown = version == tls::kTls13 || key == tls::KeyType::Rsa || group == tls::kP256;
      if (shown) groups.push_back(fmt::format("{:04x}", group.code));
    }
    const std::string name = fmt::format("TLSv{}", std::string(tls::name(version)).substr(4));
    if (!hidden) suite_lines = fmt::format("{} suites: {}\n", name, fmt::join(sorted(ids), " ")) + suite_lines;
    if (!groups.empty() && !has_lower)
      group_lines = fmt::format("{} groups: {}\n", name, fmt::join(sorted(groups), " ")) + group_lines;
    has_lower = has_lower || version != tls::kTls13;
  }
  return suite_lines + group_lines;
}

probe::HostResult scan_all(std::uint16_t port) {
  net::Loop loop;
  const pki::TrustAnchors anchors = pki::TrustAnchors::none();
  probe::ScanOptions options;
  options.all = true;
  options.anchors = &anchors;
  options.deadline = std::chrono::seconds(60);
  options.at = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  std::string error;
  auto target = probe::parse_target(fmt::format("localhost:{}", port));
  REQUIRE(target);
  options.family = net::Family::V4;
  std::optional<probe::HostResult> result;
  loop.spawn(probe::scan(loop, *target, options, [&](probe::HostResult one) { result = std::move(one); }));
  loop.run();
  REQUIRE(result);
  return std::move(*result);
}

}  // namespace tlsward::tests
