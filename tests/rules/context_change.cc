#include "tests/rules/context_change.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <type_traits>
#include <vector>

namespace tlsward::tests {
namespace {

/// What is in `after` and was not in `before`, in order and without doubles.
template <class Container>
std::vector<typename Container::value_type> added(const std::type_identity_t<Container>& before,
                                                  const Container& after) {
  std::vector<typename Container::value_type> result;
  const auto is_in = [](const auto& values, const auto& value) {
    return std::find(values.begin(), values.end(), value) != values.end();
  };
  for (const auto& value : after) {
    if (!is_in(before, value) && !is_in(result, value)) result.push_back(value);
  }
  return result;
}

/// The certificates or public keys of a field by their fingerprints; where they are not at hand, what is written.
std::vector<std::string> contents(const tls::Material& material) {
  std::vector<std::string> result;
  for (const tls::CertificateFacts& certificate : material.bundle.certificates) result.push_back(certificate.sha256);
  for (const tls::KeyFacts& key : material.bundle.public_keys) result.push_back(key.spki_sha256);
  if (result.empty()) {
    const std::string& what = material.written.empty() ? material.field : material.written;
    result.push_back(fmt::format("{} ({})", what, material.state == tls::MaterialState::Read ? "read" : "not read"));
  }
  return result;
}

std::set<std::string> contents(const tls::TlsContext& context, tls::MaterialUse use) {
  std::set<std::string> result;
  for (const tls::Material& material : context.material) {
    if (material.use != use) continue;
    for (const std::string& content : contents(material)) result.insert(content);
  }
  return result;
}

std::set<std::string> anchors(const tls::TlsContext& context) {
  std::set<std::string> result;
  for (const tls::TrustSource& source : context.trust) {
    if (source.kind == tls::TrustKind::System) result.insert("system");
    if (source.kind == tls::TrustKind::Named) result.insert(source.note);
    if (source.kind != tls::TrustKind::Material) continue;
    for (const std::string& content : contents(context.material[source.material])) result.insert(content);
  }
  return result;
}

std::string half(const tls::TlsContext& context, std::size_t material) {
  return material == tls::kNoMaterial ? "none"
                                      : fmt::format("{}", fmt::join(contents(context.material[material]), "+"));
}

std::vector<std::string> identities(const tls::TlsContext& context) {
  std::vector<std::string> result;
  for (const tls::Identity& identity : context.identities)
    result.push_back(fmt::format("{}/{}", half(context, identity.certificate), half(context, identity.key)));
  return result;
}

template <class List>
std::string named(const List& values) {
  std::vector<std::string> result;
  for (const auto& value : values) result.emplace_back(tls::name(value));
  return fmt::format("{}", fmt::join(result, " "));
}

/// Sorted and joined by blanks, for what has no order.
template <class Container>
std::string joined(Container values) {
  return fmt::format("{}", fmt::join(std::set<std::string>(values.begin(), values.end()), " "));
}

/// How much is asked of a server: more is stricter.
int strictness(tls::VerifyPeer mode) {
  switch (mode) {
    case tls::VerifyPeer::Full:
      return 3;
    case tls::VerifyPeer::PinOnly:
    case tls::VerifyPeer::ChainOnly:
    case tls::VerifyPeer::Unknown:
      return 2;
    case tls::VerifyPeer::NameOnly:
      return 1;
    case tls::VerifyPeer::None:
      break;
  }
  return 0;
}

/// True where a field was read and does not hold what it is there for.
bool is_useless(const tls::TlsContext& context, std::size_t material, bool as_key) {
  if (material == tls::kNoMaterial || context.material[material].state != tls::MaterialState::Read) return false;
  const tls::Bundle& bundle = context.material[material].bundle;
  return as_key ? bundle.private_keys.empty() : bundle.certificates.empty();
}

/// True where the endpoint is there at all, as far as one can know.
bool serves(const tls::TlsContext& context) {
  if (!context.enabled || !context.start_failure.empty()) return false;
  if (context.role == tls::Role::Upstream) return true;
  return std::none_of(context.identities.begin(), context.identities.end(), [&](const tls::Identity& identity) {
    return is_useless(context, identity.certificate, false) || is_useless(context, identity.key, true);
  });
}

std::string protocols_let_in(const tls::TlsContext& before, const tls::TlsContext& after) {
  std::string text;
  const std::vector<tls::Version> versions = tls::negotiable_versions(after);
  for (const tls::Version version : added(tls::negotiable_versions(before), versions))
    text += fmt::format("{}; ", tls::name(version));
  for (const tls::Version version : versions) {
    for (const tls::CipherSuite suite : added(tls::usable_suites(before, version), tls::usable_suites(after, version)))
      text += fmt::format("{} in {}; ", tls::name(suite), tls::name(version));
  }
  for (const tls::Group group : added(before.groups.value, after.groups.value))
    text += fmt::format("{}; ", tls::name(group));
  if (after.cipher_list.written() && after.cipher_list.value.empty() && !before.cipher_list.value.empty())
    text += "the list of suites is empty; ";
  return text;
}

std::string peers_let_in(const tls::TlsContext& before, const tls::TlsContext& after) {
  std::string text;
  const bool upstream = after.role == tls::Role::Upstream;
  if (after.client_auth.value < before.client_auth.value) text += "clients are asked less; ";
  if (before.client_certificate_required.value && !after.client_certificate_required.value)
    text += "a client certificate is no longer required; ";
  if (upstream && strictness(after.verify_peer.value) < strictness(before.verify_peer.value))
    text += "upstreams are verified less; ";
  if (upstream && before.server_name_check.value && !after.server_name_check.value)
    text += "the upstream's name is no longer checked; ";
  for (const std::string& anchor : added(anchors(before), anchors(after))) text += fmt::format("trust in {}; ", anchor);
  const auto use = tls::MaterialUse::AllowList;
  for (const std::string& client : added(contents(before, use), contents(after, use)))
    text += fmt::format("the client {}; ", client);
  const auto pins_before = contents(before, tls::MaterialUse::Pin);
  const auto pins_after = contents(after, tls::MaterialUse::Pin);
  if (!pins_before.empty() && pins_after.empty()) text += "keys are no longer pinned; ";
  for (const std::string& host : added(before.hosts, after.hosts)) text += fmt::format("the name {}; ", host);
  return text;
}

std::string let_in(const tls::TlsContext& before, const tls::TlsContext& after) {
  std::string text;
  if (before.enabled && !after.enabled) text += "TLS is off; ";
  if (!serves(before) && serves(after)) text += "the endpoint; ";
  return text + protocols_let_in(before, after) + peers_let_in(before, after);
}

}  // namespace

Contexts contexts_of(const lint::Run& run) {
  Contexts contexts;
  std::map<std::string, int> seen;
  for (const auto& set : run.sets) {
    for (const tls::TlsContext& context : set->reading.contexts) {
      const std::string key = fmt::format("{} {} {}", context.gateway, tls::name(context.role), context.subject);
      contexts[fmt::format("{} #{}", key, seen[key]++)] = &context;
    }
  }
  return contexts;
}

std::map<std::string, std::string> facets(const tls::TlsContext& context) {
  std::map<std::string, std::string> result;
  result["enabled"] = context.enabled ? "yes" : "no";
  result["start failure"] = context.start_failure;
  result["endpoint"] = context.endpoint;
  result["versions"] = tls::names(tls::negotiable_versions(context));
  for (const tls::Version version : tls::negotiable_versions(context))
    result[fmt::format("suites {}", tls::name(version))] = named(tls::usable_suites(context, version));
  result["groups"] = named(context.groups.value);
  result["alpn"] = fmt::format("{}", fmt::join(added({}, context.alpn.value), " "));
  result["client auth"] = std::string(tls::name(context.client_auth.value));
  result["client certificate required"] = context.client_certificate_required.value ? "yes" : "no";
  result["verification"] = std::string(tls::name(context.verify_peer.value));
  result["server name check"] = context.server_name_check.value ? "yes" : "no";
  result["trust"] = joined(anchors(context)) + (context.trust_unknown ? " and unknown" : "");
  result["let in by certificate"] = joined(contents(context, tls::MaterialUse::AllowList));
  result["pins"] = joined(contents(context, tls::MaterialUse::Pin));
  result["names"] = joined(context.hosts);
  result["identities"] = fmt::format("{}", fmt::join(identities(context), " "));
  return result;
}

std::vector<Change> changes(const Contexts& before, const Contexts& after) {
  std::vector<Change> result;
  for (const auto& [key, context] : before) {
    const auto now = after.find(key);
    if (now == after.end()) {
      result.push_back({key, "context", "there", ""});
      continue;
    }
    auto old_facets = facets(*context);
    auto new_facets = facets(*now->second);
    for (const auto& [facet, value] : new_facets) old_facets.try_emplace(facet);
    for (const auto& [facet, value] : old_facets) {
      if (value != new_facets[facet]) result.push_back({key, facet, value, new_facets[facet]});
    }
  }
  for (const auto& [key, context] : after) {
    if (!before.contains(key)) result.push_back({key, "context", "", "there"});
  }
  return result;
}

std::string let_in(const Contexts& before, const Contexts& after) {
  std::string text;
  for (const auto& [key, context] : after) {
    const auto old = before.find(key);
    if (old == before.end()) {
      if (serves(*context)) text += fmt::format("{}: the endpoint\n", key);
      continue;
    }
    const std::string what = let_in(*old->second, *context);
    if (!what.empty()) text += fmt::format("{}: {}\n", key, what);
  }
  return text;
}

}  // namespace tlsward::tests
