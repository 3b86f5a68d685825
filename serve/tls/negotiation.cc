#include "serve/tls/negotiation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "gateways/go.h"
#include "gateways/krakend/versions.h"
#include "gateways/tyk/versions.h"
#include "serve/tls/client_offer.h"
#include "tls/preference.h"

namespace tlsward::serve {
namespace {

namespace go = gateways::go;
using tls::wire::Alert;

constexpr std::uint8_t kHandshakeFailure = 40, kProtocolVersion = 70, kInappropriateFallback = 86,
                       kMissingExtension = 109, kNoApplicationProtocol = 120;
constexpr tls::CipherSuite kFallbackScsv{0x5600};
/// What a server of HTTP/2 without HTTP/1.1 in its list lets in all the same (Go, since 1.17).
constexpr std::string_view kHttp1 = "http/1.1";
constexpr std::string_view kHttp2 = "h2";

template <class Range, class Value>
bool has(const Range& range, const Value& value) {
  return std::find(range.begin(), range.end(), value) != range.end();
}

Negotiated refuse(std::uint8_t alert, std::string why, std::string_view own_words) {
  return {{}, Refusal{{Alert::kFatal, alert}, std::move(why), own_words}};
}

gateways::ProductVersion parse_product_version(std::string_view text) {
  gateways::ProductVersion version;
  for (std::uint16_t* part : {&version.major, &version.minor, &version.patch}) {
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), *part);
    text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
    if (text.starts_with('.')) text.remove_prefix(1);
  }
  return version;
}

LibraryBehaviour go_behaviour(const go::Build& build) {
  LibraryBehaviour behaviour;
  behaviour.go_minor = build.version.minor;
  behaviour.extended_master_secret = behaviour.precise_client_alerts = behaviour.go_minor >= 21;
  behaviour.hybrid_first = behaviour.go_minor >= 24;
  behaviour.highest_version = behaviour.go_minor >= 25;
  behaviour.sha1_signatures = behaviour.go_minor < 25;
  return behaviour;
}

/// Go's aesgcmPreferred, the other way round: the client's first suite that Go knows tells whether the client has AES
/// in hardware, which only ECDHE and TLS 1.3 with GCM speak for.
bool prefers_chacha(const std::vector<tls::CipherSuite>& offered) {
  const auto known = std::find_if(offered.begin(), offered.end(), go::implements);
  if (known == offered.end()) return true;
  const tls::CipherSuiteFacts* row = tls::facts(*known);
  const bool forward_secret = tls::is_tls13(*known) || row->key_exchange == tls::KeyExchange::Ecdhe;
  return !forward_secret || row->mode != tls::CipherMode::Gcm;
}

std::vector<tls::CipherSuite> suites_of(const tls::TlsContext& context, tls::Version version) {
  const auto found = context.ciphers.value.find(version);
  return found == context.ciphers.value.end() ? std::vector<tls::CipherSuite>() : found->second;
}

bool is_chacha(tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* row = tls::facts(suite);
  return row != nullptr && row->mode == tls::CipherMode::Poly1305;
}

std::optional<tls::CipherSuite> first_offered(const std::vector<tls::CipherSuite>& order,
                                              const std::vector<tls::CipherSuite>& offered) {
  const auto found =
      std::find_if(order.begin(), order.end(), [&](tls::CipherSuite suite) { return has(offered, suite); });
  if (found == order.end()) return {};
  return *found;
}

bool needs_group(tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* row = tls::facts(suite);
  return row != nullptr &&
         (row->key_exchange == tls::KeyExchange::Ecdhe || row->key_exchange == tls::KeyExchange::EcdhePsk);
}

/// A bracket of BoringSSL: the client's first of the run that `suite` stands in.
tls::CipherSuite client_choice_within(const tls::TlsContext& context, tls::CipherSuite suite,
                                      const std::vector<tls::CipherSuite>& usable,
                                      const std::vector<tls::CipherSuite>& offered) {
  for (const auto& run : context.equal_preference) {
    if (!has(run, suite)) continue;
    for (const tls::CipherSuite wanted : offered) {
      if (has(run, wanted) && has(usable, wanted)) return wanted;
    }
  }
  return suite;
}

std::optional<tls::CipherSuite> choose_tls13_suite(const tls::wire::ClientHello& hello, const tls::TlsContext& context,
                                                   const LibraryBehaviour& behaviour) {
  std::vector<tls::CipherSuite> order = suites_of(context, tls::kTls13);
  // With AES in hardware BoringSSL has no wish of its own.
  if (behaviour.library == Library::BoringSsl) return first_offered(hello.suites, order);
  if (prefers_chacha(hello.suites)) std::stable_partition(order.begin(), order.end(), is_chacha);
  return first_offered(order, hello.suites);
}

std::optional<tls::CipherSuite> choose_older_suite(const tls::wire::ClientHello& hello, const tls::TlsContext& context,
                                                   const LibraryBehaviour& behaviour, tls::Version version,
                                                   const tls::KeyFacts& key, bool has_group) {
  std::vector<tls::CipherSuite> usable = suites_of(context, version);
  std::erase_if(usable, [&](tls::CipherSuite suite) {
    return !go::fits(suite, key) || tls::uses_psk(suite) || (needs_group(suite) && !has_group);
  });
  if (behaviour.library == Library::Go && prefers_chacha(hello.suites)) {
    const std::vector<tls::CipherSuite> wanted = tls::in_go_order(usable, false);
    if (wanted.size() == usable.size()) usable = wanted;
  }
  const std::optional<tls::CipherSuite> first = first_offered(usable, hello.suites);
  if (!first || behaviour.library == Library::Go) return first;
  return client_choice_within(context, *first, usable, hello.suites);
}

bool is_hybrid(tls::Group group) {
  const tls::GroupFacts* row = tls::facts(group);
  return row != nullptr && row->kind == tls::GroupKind::Hybrid;
}

/// Groups of both sides in the server's order.
std::vector<tls::Group> common_groups(const ClientOffer& offer, const tls::TlsContext& context, bool tls13) {
  std::vector<tls::Group> common = context.groups.value;
  std::erase_if(common, [&](tls::Group group) {
    return !has(offer.groups, group) || (!tls13 && (is_hybrid(group) || tls::facts(group) == nullptr));
  });
  return common;
}

tls::Group choose_tls13_group(const ClientOffer& offer, std::vector<tls::Group> common,
                              const LibraryBehaviour& behaviour) {
  if (behaviour.library == Library::BoringSsl) return common.front();
  const auto has_share = [&](tls::Group group) { return has(offer.key_shares, group); };
  std::stable_partition(common.begin(), common.end(), has_share);
  if (behaviour.hybrid_first) std::stable_partition(common.begin(), common.end(), is_hybrid);
  return common.front();
}

/// Go's key_agreement.go walks over the client's list, BoringSSL over the server's.
tls::Group choose_older_group(const ClientOffer& offer, const std::vector<tls::Group>& common,
                              const LibraryBehaviour& behaviour) {
  if (behaviour.library == Library::BoringSsl) return common.front();
  return *std::find_if(offer.groups.begin(), offer.groups.end(), [&](tls::Group group) { return has(common, group); });
}

/// Nullopt: refused.
std::optional<std::string> choose_alpn(const ClientOffer& offer, const tls::TlsContext& context,
                                       const LibraryBehaviour& behaviour) {
  const std::vector<std::string>& own = context.alpn.value;
  if (own.empty() || offer.alpn.empty()) return std::string();
  for (const std::string& protocol : own) {
    if (has(offer.alpn, protocol)) return protocol;
  }
  const bool lets_http1_in = has(own, kHttp2) && has(offer.alpn, kHttp1);
  if (behaviour.library == Library::BoringSsl || lets_http1_in) return std::string();
  return {};
}

std::string names_of(const std::vector<tls::Group>& groups) {
  std::vector<std::string> names;
  for (const tls::Group group : groups) names.push_back(tls::name(group));
  return names.empty() ? "none" : fmt::format("{}", fmt::join(names, ", "));
}

std::string ascending_names(std::vector<tls::Version> versions) {
  std::sort(versions.begin(), versions.end());
  return tls::names(versions);
}

Negotiated no_version(const ClientOffer& offer, const tls::TlsContext& context) {
  return refuse(kProtocolVersion,
                fmt::format("no version in common: the client offers {}, and {} accepts {}",
                            ascending_names(offer.versions), context.subject, tls::names(context.versions.value)),
                "tls: client offered only unsupported versions");
}

Negotiated no_suite(const tls::TlsContext& context, tls::Version version) {
  return refuse(kHandshakeFailure,
                fmt::format("none of the client's suites is one that {} has for {} with its certificate",
                            context.subject, tls::name(version)),
                "tls: no cipher suite supported by both client and server");
}

Negotiated no_group(const ClientOffer& offer, const tls::TlsContext& context, std::string_view own_words) {
  return refuse(kHandshakeFailure,
                fmt::format("no group in common: the client offers {}, and {} accepts {}", names_of(offer.groups),
                            context.subject, names_of(context.groups.value)),
                own_words);
}

/// In TLS 1.3. Before it, crypto/tls tells a missing group as a missing suite.
std::string_view own_words_without_group(const LibraryBehaviour& behaviour) {
  return behaviour.go_minor >= 24 ? "tls: no key exchanges supported by both client and server"
                                  : "tls: no ECDHE curve supported by both client and server";
}

Negotiated no_protocol(const ClientOffer& offer, const tls::TlsContext& context) {
  return refuse(kNoApplicationProtocol,
                fmt::format("no protocol in common: the client offers {} by ALPN, and {} accepts {}",
                            fmt::join(offer.alpn, ", "), context.subject, fmt::join(context.alpn.value, ", ")),
                "tls: client requested unsupported application protocols");
}

Negotiated no_extension(std::uint8_t alert, std::string_view name) {
  return refuse(alert, fmt::format("the client's hello of TLS 1.3 lacks the extension {}", name), "");
}

Negotiated negotiate_tls13(const tls::wire::ClientHello& hello, const ClientOffer& offer,
                           const tls::TlsContext& context, const LibraryBehaviour& behaviour) {
  const bool boring_ssl = behaviour.library == Library::BoringSsl;
  const std::optional<tls::CipherSuite> suite = choose_tls13_suite(hello, context, behaviour);
  if (!suite) return no_suite(context, tls::kTls13);
  const std::vector<tls::Group> common = common_groups(offer, context, true);
  if (common.empty()) return no_group(offer, context, own_words_without_group(behaviour));
  const tls::Group group = choose_tls13_group(offer, common, behaviour);
  if (boring_ssl && !offer.has_key_share) return no_extension(kMissingExtension, "key_share");
  // What else the client offers is looked at in the hello that it then sends.
  if (!has(offer.key_shares, group)) return {Choice{tls::kTls13, *suite, group, true, {}}, {}};
  if (!offer.has_signature_algorithms && !offer.resumes)
    return no_extension(boring_ssl ? kHandshakeFailure : kMissingExtension, "signature_algorithms");
  const std::optional<std::string> alpn = choose_alpn(offer, context, behaviour);
  if (!alpn) return no_protocol(offer, context);
  return {Choice{tls::kTls13, *suite, group, false, *alpn}, {}};
}

Negotiated negotiate_older(const tls::wire::ClientHello& hello, const ClientOffer& offer,
                           const tls::TlsContext& context, const LibraryBehaviour& behaviour, tls::Version version,
                           const tls::KeyFacts& key) {
  const std::optional<std::string> alpn = choose_alpn(offer, context, behaviour);
  if (!alpn) return no_protocol(offer, context);
  const std::vector<tls::Group> common = common_groups(offer, context, false);
  const bool has_group = !common.empty() && offer.uncompressed_points;
  const std::optional<tls::CipherSuite> suite = choose_older_suite(hello, context, behaviour, version, key, has_group);
  if (!suite) {
    const Negotiated refused = no_suite(context, version);
    const bool for_want_of_group = choose_older_suite(hello, context, behaviour, version, key, true).has_value();
    if (!for_want_of_group || offer.groups.empty()) return refused;
    return no_group(offer, context, refused.refusal->own_words);
  }
  Choice choice{version, *suite, {}, false, *alpn};
  if (needs_group(*suite)) choice.group = choose_older_group(offer, common, behaviour);
  return {choice, {}};
}

/// RFC 7507: the client says that it has tried better, and that we refused it.
bool falls_back_without_need(const tls::wire::ClientHello& hello, const tls::TlsContext& context,
                             tls::Version version) {
  return has(hello.suites, kFallbackScsv) && version < context.versions.value.back();
}

Negotiated inappropriate_fallback(tls::Version version) {
  return refuse(kInappropriateFallback, fmt::format("the client falls back to {} without need", tls::name(version)),
                "tls: client using inappropriate protocol fallback");
}

std::optional<tls::Version> choose_version(const ClientOffer& offer, const tls::TlsContext& context,
                                           const LibraryBehaviour& behaviour) {
  std::vector<tls::Version> common = offer.versions;
  std::erase_if(common, [&](tls::Version version) { return !tls::enables(context, version); });
  if (common.empty()) return {};
  return behaviour.highest_version ? *std::max_element(common.begin(), common.end()) : common.front();
}

}  // namespace

LibraryBehaviour behaviour_of(const tls::TlsContext& context) {
  const gateways::ProductVersion version = parse_product_version(context.gateway_version);
  if (context.gateway == "krakend") return go_behaviour(gateways::krakend::build_of(version));
  if (context.gateway == "tyk") return go_behaviour(gateways::tyk::build_of(version));
  if (context.gateway != "flex") return go_behaviour({{1, 25, 0}, {}});
  LibraryBehaviour envoy;
  envoy.library = Library::BoringSsl;
  envoy.tickets = 2;
  envoy.ticket_lifetime = 7200;
  return envoy;
}

Negotiated negotiate(const tls::wire::ClientHello& hello, const tls::TlsContext& context,
                     const LibraryBehaviour& behaviour, const tls::KeyFacts& key) {
  const ClientOffer offer = read_offer(hello);
  const std::optional<tls::Version> version = choose_version(offer, context, behaviour);
  if (!version) return no_version(offer, context);
  if (*version == tls::kTls13) return negotiate_tls13(hello, offer, context, behaviour);
  const bool falls_back = falls_back_without_need(hello, context, *version);
  if (falls_back && behaviour.library == Library::BoringSsl) return inappropriate_fallback(*version);
  Negotiated negotiated = negotiate_older(hello, offer, context, behaviour, *version, key);
  // crypto/tls looks for a suite first.
  return falls_back && negotiated.choice ? inappropriate_fallback(*version) : negotiated;
}

}  // namespace tlsward::serve
