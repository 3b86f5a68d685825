// A ClientHello, taken apart as a server looks at it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tls/wire/client_hello.h"

namespace tlsward::tests {

struct ClientOffer {
  std::vector<tls::Version> versions;  // of supported_versions; empty: `legacy_version` and all below
  tls::Version legacy_version;
  std::vector<tls::CipherSuite> suites;  // without signals
  bool fallback = false;                 // TLS_FALLBACK_SCSV is there
  // Nullopt where the extension is not there.
  std::optional<std::vector<tls::Group>> groups;
  std::optional<std::vector<tls::SignatureScheme>> schemes;
  std::vector<std::string> alpn;
  std::vector<tls::Group> shares;
  std::string server_name;

  bool offers(tls::Group group) const;
};

ClientOffer take_apart(const tls::wire::ClientHello& hello);

}  // namespace tlsward::tests
