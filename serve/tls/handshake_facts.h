// What is known of one inbound handshake, for logs, headers and explanations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tls/certificate.h"
#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/version.h"
#include "tls/wire/client_hello.h"
#include "tls/wire/handshake.h"

namespace tlsward::serve {

struct HandshakeFacts {
  /// What the client offers; nullopt where no ClientHello came.
  std::optional<tls::wire::ClientHello> offer;
  std::string server_name;  // SNI; empty: none
  std::string context;      // subject of the context that answered: "tls", "listener :8443 for a.example"

  bool finished = false;
  tls::Version version;
  tls::CipherSuite suite;
  std::optional<tls::Group> group;
  std::string alpn;
  bool resumed = false;

  std::vector<tls::wire::Bytes> client_chain;               // DER, as sent, leaf first
  std::optional<tls::CertificateFacts> client_certificate;  // the leaf
  /// The client's chain was verified: nullopt where nobody checked. `client_problem` says why not.
  std::optional<bool> client_verified;
  std::string client_problem;

  std::optional<tls::wire::Alert> alert_sent, alert_received;
  /// Where the hello was refused: why (Refusal::why), and the gateway's own words for it.
  std::string refusal, own_words;
  std::string problem;  // where it failed: what OpenSSL or the network says
};

}  // namespace tlsward::serve
