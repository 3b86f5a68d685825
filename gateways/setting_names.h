// What a gateway calls the settings of a TLS endpoint, for messages that say what to change.
#pragma once

#include <string_view>

namespace tlsward::gateways {

/// Keys as they stand in the product's files: "tls.min_version". Empty: it cannot be set.
struct SettingNames {
  std::string_view versions, suites, groups, alpn;
  std::string_view certificate;  // the endpoint's own, with its key
  std::string_view trust;        // whose certificates of the peer are believed
  std::string_view client_auth;  // listener: whether certificates are asked for; upstream: whether the peer is verified
};

}  // namespace tlsward::gateways
