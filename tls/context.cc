#include "tls/context.h"

#include <algorithm>

namespace tlsward::tls {

bool is_observed(const TlsContext& context) {
  return context.gateway.empty();
}

std::vector<Version> negotiable_versions(const TlsContext& context) {
  std::vector<Version> result;
  for (const Version version : context.versions.value) {
    if (!usable_suites(context, version).empty()) result.push_back(version);
  }
  return result;
}

std::vector<CipherSuite> usable_suites(const TlsContext& context, Version version) {
  const auto found = context.ciphers.value.find(version);
  if (found == context.ciphers.value.end()) return {};
  std::vector<CipherSuite> result = found->second;
  if (!context.psk_configurable) std::erase_if(result, uses_psk);
  return result;
}

bool enables(const TlsContext& context, Version version) {
  const auto& versions = context.versions.value;
  return std::find(versions.begin(), versions.end(), version) != versions.end();
}

bool offers(const ListedCipher& entry, Version version) {
  if (!entry.accepted || !entry.suite) return false;
  if (entry.versions.empty()) return usable(*entry.suite, version);
  return std::find(entry.versions.begin(), entry.versions.end(), version) != entry.versions.end();
}

bool reachable(const TlsContext& context, const ListedCipher& entry) {
  const auto& versions = context.versions.value;
  return std::any_of(versions.begin(), versions.end(), [&](Version version) { return offers(entry, version); });
}

bool offers_http2(const TlsContext& context) {
  const auto& alpn = context.alpn.value;
  return context.alpn.known() && std::find(alpn.begin(), alpn.end(), "h2") != alpn.end();
}

std::string names(const std::vector<Version>& versions) {
  if (versions.empty()) return "none";
  std::string text = name(versions.front());
  for (std::size_t index = 1; index < versions.size(); ++index) {
    text += index + 1 == versions.size() ? " and " : ", ";
    text += name(versions[index]);
  }
  return text;
}

std::string_view name(Role value) {
  return value == Role::Listener ? "listener" : "upstream";
}

std::string_view name(Origin value) {
  switch (value) {
    case Origin::Written:
      return "written";
    case Origin::Default:
      return "default";
    case Origin::Observed:
      return "observed";
    case Origin::Unresolved:
      break;
  }
  return "unresolved";
}

std::string_view name(CipherOrder value) {
  switch (value) {
    case CipherOrder::Server:
      return "server";
    case CipherOrder::Client:
      return "client";
    case CipherOrder::Library:
      return "library";
    case CipherOrder::Unknown:
      break;
  }
  return "unknown";
}

std::string_view name(ClientAuth value) {
  switch (value) {
    case ClientAuth::None:
      return "none";
    case ClientAuth::Request:
      return "request";
    case ClientAuth::RequireAny:
      return "require-any";
    case ClientAuth::VerifyIfGiven:
      return "verify-if-given";
    case ClientAuth::RequireAndVerify:
      break;
  }
  return "require-and-verify";
}

std::string_view name(VerifyPeer value) {
  switch (value) {
    case VerifyPeer::Full:
      return "full";
    case VerifyPeer::ChainOnly:
      return "chain-only";
    case VerifyPeer::NameOnly:
      return "name-only";
    case VerifyPeer::PinOnly:
      return "pin-only";
    case VerifyPeer::None:
      return "none";
    case VerifyPeer::Unknown:
      break;
  }
  return "unknown";
}

}  // namespace tlsward::tls
