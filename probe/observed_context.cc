// A scan has three answers to each question and a context two: known or not. "Refused" is known, "unknown" leaves the
// setting Unresolved; what was accepted is in its value all the same, so that a rule about something bad that was seen
// can speak while a rule about something missing stays silent.
#include "probe/observed_context.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "net/address.h"
#include "tls/material.h"

namespace tlsward::probe {
namespace {

using tls::Origin;

bool is_ip(const std::string& host) {
  return net::parse_ip(host, 0).has_value();
}

std::string because(std::string_view what, const std::string& evidence) {
  return evidence.empty() ? fmt::format("{}: not known", what) : fmt::format("{}: {}", what, evidence);
}

/// The first version in [low, high] that could not be told, in words; empty where all were.
std::string unknown_version(const HostResult& result, tls::Version low, tls::Version high) {
  for (const auto& [version, told] : result.versions) {
    if (version < low || version > high || told.verdict != Verdict::Unknown) continue;
    return because(tls::name(version), told.evidence);
  }
  return {};
}

template <class T>
void settle(tls::Setting<T>& setting, std::string gap) {
  setting.origin = gap.empty() ? Origin::Observed : Origin::Unresolved;
  setting.because = std::move(gap);
}

constexpr tls::Version kLowest{0};
constexpr tls::Version kHighest{0xFFFF};

void set_versions(const HostResult& result, tls::TlsContext& context) {
  auto& versions = context.versions.value;
  for (const auto& [version, told] : result.versions) {
    if (told.verdict == Verdict::Accepted) versions.push_back(version);
  }
  settle(context.versions, unknown_version(result, kLowest, kHighest));
  if (versions.empty()) {
    context.min_version = context.max_version = {{}, Origin::Unresolved, {}, "no version was accepted"};
    return;
  }
  context.min_version.value = versions.front();
  context.max_version.value = versions.back();
  settle(context.min_version, unknown_version(result, kLowest, versions.front()));
  settle(context.max_version, unknown_version(result, versions.back(), kHighest));
}

template <class T>
std::string gap_of(std::string_view what, const Enumeration<T>& list) {
  return list.complete ? std::string() : because(what, list.gap);
}

tls::CipherOrder order_of(Order order) {
  switch (order) {
    case Order::Server:
      return tls::CipherOrder::Server;
    case Order::Client:
      return tls::CipherOrder::Client;
    case Order::Unknown:
      break;
  }
  return tls::CipherOrder::Unknown;
}

void set_ciphers(const HostResult& result, tls::TlsContext& context) {
  std::string gap = context.versions.because;
  context.cipher_order = tls::CipherOrder::Unknown;
  for (const tls::Version version : context.versions.value) {
    if (version == tls::kSsl2) continue;  // its suites are of another kind
    const auto list = result.suites.find(version);
    if (list == result.suites.end()) {
      if (gap.empty()) gap = fmt::format("suites of {}: not known", tls::name(version));
      continue;
    }
    auto& suites = context.ciphers.value[version];
    for (const SeenSuite& seen : list->second.accepted) {
      suites.push_back(seen.suite);
      // Nobody accepts such a suite without a key for it.
      if (tls::uses_psk(seen.suite)) context.psk_configurable = true;
    }
    if (gap.empty()) gap = gap_of(fmt::format("suites of {}", tls::name(version)), list->second);
    // The older versions have one list; TLS 1.3 counts where there is nothing else.
    if (version < tls::kTls13 || context.cipher_order == tls::CipherOrder::Unknown)
      context.cipher_order = order_of(list->second.order);
  }
  settle(context.ciphers, std::move(gap));
}

template <class T>
void append_new(std::vector<T>& to, const std::vector<T>& from) {
  for (const T& item : from)
    if (std::find(to.begin(), to.end(), item) == to.end()) to.push_back(item);
}

/// Highest version first, as its list is the one that current clients meet.
template <class T>
std::string collect(const std::map<tls::Version, Enumeration<T>>& lists, std::string_view what, std::vector<T>& into) {
  if (lists.empty()) return fmt::format("{}: not asked", what);
  std::string gap;
  for (auto list = lists.rbegin(); list != lists.rend(); ++list) {
    append_new(into, list->second.accepted);
    if (gap.empty()) gap = gap_of(fmt::format("{} of {}", what, tls::name(list->first)), list->second);
  }
  return gap;
}

/// Groups are asked of TLS 1.3 and of the highest version below it.
bool lacks_groups_of(const HostResult& result, const tls::TlsContext& context, bool tls13) {
  const auto is_asked = [&](tls::Version version) {
    return version >= tls::kTls10 && version <= tls::kTls13 && (version == tls::kTls13) == tls13;
  };
  const auto& versions = context.versions.value;
  const bool accepted = std::any_of(versions.begin(), versions.end(), is_asked);
  const bool listed =
      std::any_of(result.groups.begin(), result.groups.end(), [&](const auto& entry) { return is_asked(entry.first); });
  return accepted && !listed;
}

void set_groups(const HostResult& result, tls::TlsContext& context) {
  std::string gap = collect(result.groups, "groups", context.groups.value);
  if (gap.empty()) gap = context.versions.because;
  if (gap.empty() && lacks_groups_of(result, context, true)) gap = "groups of TLS 1.3: not known";
  if (gap.empty() && lacks_groups_of(result, context, false)) gap = "groups below TLS 1.3: not known";
  settle(context.groups, std::move(gap));
  context.groups_order =
      result.groups.empty() ? tls::CipherOrder::Unknown : order_of(result.groups.rbegin()->second.order);
}

const Told* answer(const HostResult& result, Question question) {
  const auto found = result.questions.find(question);
  return found == result.questions.end() ? nullptr : &found->second;
}

/// A server that requires a certificate and names authorities is taken to verify it; without names nobody can tell.
void set_client_auth(const HostResult& result, tls::TlsContext& context) {
  const Told* requested = answer(result, Question::ClientCertificateRequested);
  const Told* required = answer(result, Question::ClientCertificateRequired);
  const bool is_requested = requested && requested->verdict == Verdict::Accepted;
  auto& client_auth = context.client_auth;
  client_auth.origin = Origin::Observed;
  if (required && required->verdict == Verdict::Accepted) {
    client_auth.value = result.client_cas.empty() ? tls::ClientAuth::RequireAny : tls::ClientAuth::RequireAndVerify;
    client_auth.because = required->evidence;
  } else if (is_requested && required && required->verdict == Verdict::Refused) {
    client_auth.value = tls::ClientAuth::Request;
    client_auth.because = requested->evidence;
  } else if (requested && requested->verdict == Verdict::Refused) {
    client_auth.value = tls::ClientAuth::None;
  } else {
    client_auth.value = is_requested ? tls::ClientAuth::Request : tls::ClientAuth::None;
    client_auth.origin = Origin::Unresolved;
    client_auth.because = is_requested ? "a client certificate is requested; whether it is required is not known"
                                       : "whether a client certificate is requested is not known";
  }
  for (const std::string& authority : result.client_cas)
    context.trust.push_back({tls::TrustKind::Named, tls::kNoMaterial, authority});
  context.trust_unknown = client_auth.value != tls::ClientAuth::None && result.client_cas.empty();
}

std::optional<bool> verdict_of(const Told& told) {
  if (told.verdict == Verdict::Unknown) return {};
  return told.verdict == Verdict::Accepted;
}

/// The reader of certificates fills in a serial number; one that it could not read has a fingerprint alone.
bool could_be_read(const tls::CertificateFacts& certificate) {
  return !certificate.serial.empty();
}

tls::Bundle bundle_of(const SeenChain& chain) {
  tls::Bundle bundle;
  bundle.encoding = tls::Encoding::Pem;
  for (std::size_t index = 0; index < chain.certificates.size(); ++index) {
    const tls::CertificateFacts& certificate = chain.certificates[index];
    const bool decoded = could_be_read(certificate);
    bundle.blocks.push_back({tls::PemKind::Certificate, "CERTIFICATE", bundle.certificates.size(), decoded});
    if (decoded) {
      bundle.certificates.push_back(certificate);
    } else {
      bundle.problems.push_back(fmt::format("certificate {} of {} is no X.509", index + 1, chain.certificates.size()));
    }
  }
  return bundle;
}

/// Whoever scans an address has not said by which name clients call it.
bool asked_by_name(const HostResult& result) {
  return !result.sni.empty() || !is_ip(result.host);
}

tls::Material material_of(const HostResult& result, const SeenChain& chain) {
  tls::Material material;
  material.use = tls::MaterialUse::Certificate;
  material.part = tls::MaterialPart::Certificate;
  material.field =
      chain.asked_for.empty() ? "certificate chain" : fmt::format("certificate chain ({})", chain.asked_for);
  material.state = tls::MaterialState::Read;
  material.bundle = bundle_of(chain);
  material.verdicts.trusted = verdict_of(chain.trusted);
  material.verdicts.complete = verdict_of(chain.complete);
  if (asked_by_name(result)) material.verdicts.names_host = verdict_of(chain.host_matches);
  material.verdicts.stapled = verdict_of(chain.ocsp_stapled);
  material.verdicts.public_ca = chain.trusted.verdict == Verdict::Accepted && chain.scts_in_certificate > 0;
  return material;
}

/// Asked for other signatures, a server may show the same chain again.
void set_chains(const HostResult& result, tls::TlsContext& context) {
  std::vector<const SeenChain*> seen;
  for (const SeenChain& chain : result.chains) {
    const bool is_known = std::any_of(seen.begin(), seen.end(), [&](const SeenChain* other) {
      return !chain.der.empty() && other->der == chain.der;
    });
    if (is_known || chain.certificates.empty()) continue;
    seen.push_back(&chain);
    context.identities.push_back({context.material.size(), tls::kNoMaterial});
    context.material.push_back(material_of(result, chain));
  }
  if (!result.no_chain.empty()) context.notes.push_back(fmt::format("no certificate chain: {}", result.no_chain));
}

std::string why_not(const HostResult& result) {
  if (!result.trouble.message.empty()) return result.trouble.message;
  const std::string unknown = unknown_version(result, kLowest, kHighest);
  return unknown.empty() ? "no version of TLS was accepted" : unknown;
}

std::string rfc3339(std::chrono::sys_time<std::chrono::milliseconds> time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto day = std::chrono::floor<std::chrono::days>(seconds);
  const std::chrono::hh_mm_ss clock{seconds - day};
  return fmt::format("{}T{:02}:{:02}:{:02}Z", tls::date(seconds), clock.hours().count(), clock.minutes().count(),
                     clock.seconds().count());
}

template <class T>
std::string first_gap_of(const std::map<tls::Version, Enumeration<T>>& lists, std::string_view what) {
  for (const auto& [version, list] : lists) {
    if (!list.complete) return gap_of(fmt::format("{} of {}", what, tls::name(version)), list);
  }
  return {};
}

}  // namespace

tls::TlsContext observed_context(const HostResult& result) {
  tls::TlsContext context;
  context.role = tls::Role::Listener;
  context.subject = context.endpoint = endpoint_text(result);
  const std::string& host = result.sni.empty() ? result.host : result.sni;
  if (!host.empty()) context.hosts = {host};
  const auto address = net::parse_ip(result.address, result.port);
  context.loopback = address && net::is_loopback(*address);
  context.enabled = result.speaks_tls();
  if (!context.enabled) context.why_not = why_not(result);
  set_versions(result, context);
  set_ciphers(result, context);
  set_groups(result, context);
  settle(context.signatures, collect(result.signatures, "signatures", context.signatures.value));
  context.alpn.value = result.alpn.accepted;
  settle(context.alpn, gap_of("ALPN", result.alpn));
  set_client_auth(result, context);
  set_chains(result, context);
  context.notes.insert(context.notes.end(), result.notes.begin(), result.notes.end());
  return context;
}

Endpoint observed_place(const HostResult& result) {
  return {endpoint_text(result), result.address, rfc3339(result.started), result.milliseconds, {}};
}

std::string endpoint_text(const HostResult& result) {
  const bool brackets = is_ip(result.host) && result.host.find(':') != std::string::npos;
  return fmt::format(fmt::runtime(brackets ? "[{}]:{}" : "{}:{}"), result.host, result.port);
}

std::string first_gap(const HostResult& result) {
  if (result.is_complete()) return {};
  if (result.trouble.kind != Trouble::Kind::None || !result.speaks_tls()) return why_not(result);
  std::string gap = unknown_version(result, kLowest, kHighest);
  if (gap.empty()) gap = first_gap_of(result.suites, "suites");
  if (gap.empty()) gap = first_gap_of(result.groups, "groups");
  if (gap.empty()) gap = because("certificates", result.no_chain);
  return gap;
}

}  // namespace tlsward::probe
