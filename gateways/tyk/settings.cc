// Three places can set a version: http_server_options for clients, proxy_ssl_* for upstreams, and the transport of an
// API. The last is not a range like the others: whatever maximum an API names, Tyk puts TLS 1.2 there, and then raises
// it to the minimum if that is above. So only a minimum of TLS 1.3 does what it says.
#include "gateways/tyk/settings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <limits>

#include "gateways/go.h"
#include "gateways/tyk/versions.h"

namespace tlsward::gateways::tyk {
namespace {

constexpr std::string_view kShaSuffix = "_SHA256";

std::string upper(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return result;
}

bool is_version_number(long value) {
  return value >= 0 && value <= std::numeric_limits<std::uint16_t>::max();
}

/// The written version as a setting; a default where nothing (or 0, which means nothing) is written.
tls::Setting<tls::Version> setting_of(const Number& number, tls::Version fallback, std::string because) {
  if (!number.known() || !is_version_number(number.value)) {
    return {fallback, tls::Origin::Unresolved, number.where, "not a version number that can be read"};
  }
  if (number.value == 0) return {fallback, tls::Origin::Default, {}, std::move(because)};
  return {tls::Version{static_cast<std::uint16_t>(number.value)}, tls::Origin::Written, number.where, {}};
}

std::string product(ProductVersion version) {
  const go::Build build = build_of(version);
  return fmt::format("Tyk {} (Go {}.{}{})", name(version), build.version.major, build.version.minor,
                     has_godebug(version) ? ", godebug tls10server=1, tlsrsakex=1, tls3des=1" : "");
}

/// True where Go lists the suite among those that it calls secure, which is its default list without godebug settings.
bool is_secure(tls::CipherSuite suite, ProductVersion version) {
  if (tls::is_tls13(suite)) return true;
  const std::vector<tls::CipherSuite> secure = go::default_suites({build_of(version).version, {}});
  return std::find(secure.begin(), secure.end(), suite) != secure.end();
}

void set_effective(tls::TlsContext& context, tls::Version min, tls::Version max) {
  auto& versions = context.versions;
  versions.value = go::versions_between(min, max);
  if (!context.min_version.known() || !context.max_version.known()) {
    const auto& unknown = context.min_version.known() ? context.max_version : context.min_version;
    versions.origin = tls::Origin::Unresolved;
    versions.where = unknown.where;
    versions.because = unknown.because;
    return;
  }
  const bool written = context.min_version.written() || context.max_version.written();
  versions.origin = written ? tls::Origin::Written : tls::Origin::Default;
  versions.where = context.min_version.written() ? context.min_version.where : context.max_version.where;
  versions.because = written ? std::string() : context.min_version.because;
}

}  // namespace

void begin_context(tls::TlsContext& context, tls::Role role, ProductVersion version, bool version_guessed) {
  context.role = role;
  context.gateway = "tyk";
  context.gateway_name = "Tyk";
  context.gateway_version = name(version);
  context.version_guessed = version_guessed;
  context.cipher_order = tls::CipherOrder::Server;
  context.groups_order = tls::CipherOrder::Library;
  context.groups = {go::default_groups(build_of(version)),
                    tls::Origin::Default,
                    {},
                    product(version) + ": Go's own groups, Tyk has no setting"};
}

void set_versions(tls::TlsContext& context, const VersionLimits& limits, ProductVersion version) {
  const bool resolves = resolves_version_range(version);
  const std::string who = product(version);
  const tls::Version default_min = resolves ? tls::kTls12 : go::default_min_version(build_of(version), context.role);
  tls::Version default_max = resolves ? tls::kTls13 : tls::kTls12;
  std::string max_because = fmt::format("{}: {} where no maximum is set", who, tls::name(default_max));
  if (!resolves && limits.min.value > default_max.number && is_version_number(limits.min.value)) {
    default_max = tls::Version{static_cast<std::uint16_t>(limits.min.value)};
    max_because = fmt::format("{}: the minimum where no maximum is set", who);
  }
  context.min_version =
      setting_of(limits.min, default_min, fmt::format("{}: {} where no minimum is set", who, tls::name(default_min)));
  context.max_version = setting_of(limits.max, default_max, std::move(max_because));
  const tls::Version min = context.min_version.value;
  const tls::Version max = context.max_version.value;
  const bool known = context.min_version.known() && context.max_version.known();
  if (resolves && known && (min > max || min > tls::kTls13)) {
    context.start_failure = min > max
                                ? fmt::format("minimum TLS version {} is above the maximum {}", min.number, max.number)
                                : fmt::format("minimum TLS version {} is above TLS 1.3", min.number);
    set_effective(context, min, tls::Version{});
    return;
  }
  set_effective(context, min, resolves ? max : std::max(min, max));
}

void set_api_versions(tls::TlsContext& context, const VersionLimits& limits, ProductVersion version) {
  const bool min_set = !limits.min.known() || limits.min.value != 0;
  const bool max_set = !limits.max.known() || limits.max.value != 0;
  if (!min_set && !max_set) return;

  tls::Version max = context.max_version.value;
  if (!knows_maximum_version(version)) {
    context.min_version = setting_of(limits.min, context.min_version.value, {});
    set_effective(context, context.min_version.value, max);
    return;
  }
  if (max_set) {
    context.max_version = setting_of(limits.max, tls::kTls12, {});
    max = tls::kTls12;
  }
  if (min_set) {
    context.min_version = setting_of(limits.min, context.min_version.value, {});
    const tls::Version min = context.min_version.value;
    if (!max_set) {
      max = min;
      context.max_version = {min, tls::Origin::Default, {}, "Tyk: the minimum of the API, which names no maximum"};
      if (!context.min_version.known()) context.max_version.origin = tls::Origin::Unresolved;
    }
    max = std::max(min, max);
  }
  if (max_set && context.max_version.written() && context.max_version.value != max) {
    context.max_version.value = max;
    context.max_version.because = max == tls::kTls12 ? "Tyk replaces the maximum of an API by TLS 1.2"
                                                     : "Tyk lifts the maximum of an API to its minimum";
  }
  set_effective(context, context.min_version.value, max);
}

bool knows_cipher_name(std::string_view name, tls::CipherSuite suite, ProductVersion version) {
  if (!go::implements(suite)) return false;
  const std::string iana = tls::name(suite);
  const bool chacha = !tls::is_tls13(suite) && iana.find("CHACHA20") != std::string::npos;
  const std::string old_name = chacha ? iana.substr(0, iana.size() - kShaSuffix.size()) : iana;
  if (!knows_all_cipher_names(version)) return !tls::is_tls13(suite) && name == old_name;
  if (!knows_weak_cipher_names(version) && !is_secure(suite, version)) return false;
  const std::string written = upper(name);
  return written == iana || written == old_name;
}

void set_ciphers(tls::TlsContext& context, const NameList& names, ProductVersion version) {
  const std::vector<tls::CipherSuite> defaults = go::default_suites(build_of(version));
  context.chooses_tls13_suites = false;
  context.ciphers = {{}, tls::Origin::Default, {}, product(version) + ": Go's default list where no list is set"};
  context.cipher_list = {};
  std::vector<tls::CipherSuite> accepted;
  bool unresolved = names.state == State::Unresolved || names.open;
  for (const NameList::Name& written : names.names) {
    tls::ListedCipher entry;
    entry.written = written.text;
    entry.where = written.where;
    entry.unresolved = written.unresolved;
    unresolved = unresolved || written.unresolved;
    if (!written.unresolved) {
      entry.suite = tls::parse_cipher_suite(written.text);
      entry.accepted = entry.suite && knows_cipher_name(written.text, *entry.suite, version);
    }
    if (entry.accepted) accepted.push_back(*entry.suite);
    context.cipher_list.value.push_back(std::move(entry));
  }
  if (!names.names.empty()) {
    context.cipher_list.origin = tls::Origin::Written;
    context.cipher_list.where = names.where;
  }
  if (!accepted.empty()) {
    context.ciphers.origin = tls::Origin::Written;
    context.ciphers.where = names.where;
    context.ciphers.because.clear();
  } else if (!names.names.empty()) {
    context.ciphers.because = product(version) + ": Go's default list where it knows none of the names";
  }
  context.ciphers.value = go::suites_by_version(context.versions.value, accepted.empty() ? defaults : accepted);
  if (!unresolved && context.versions.known()) return;
  context.ciphers.origin = tls::Origin::Unresolved;
  context.ciphers.where = unresolved ? names.where : context.versions.where;
  context.ciphers.because = unresolved ? "part of the list is not known" : context.versions.because;
}

void forget_defaults(tls::TlsContext& context, std::string_view why) {
  forget_default(context.min_version, why);
  forget_default(context.max_version, why);
  forget_default(context.versions, why);
  forget_default(context.ciphers, why);
  forget_default(context.alpn, why);
}

}  // namespace tlsward::gateways::tyk
