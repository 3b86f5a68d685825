// What a ClientHello offers, taken out of its extensions. Private to serve/tls/.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tls/group.h"
#include "tls/signature_scheme.h"
#include "tls/version.h"
#include "tls/wire/client_hello.h"

namespace tlsward::serve {

struct ClientOffer {
  std::vector<tls::Version> versions;  // known ones, in the client's order; without its list highest first
  std::vector<tls::Group> groups;      // supported_groups; empty without the extension
  std::vector<tls::Group> key_shares;
  std::vector<std::string> alpn;
  std::string server_name;
  bool uncompressed_points = true;  // of elliptic curves; also without the extension
  bool has_key_share = false;       // the extension is there, if only with an empty list
  std::vector<tls::SignatureScheme> signatures;
  bool has_signature_algorithms = false;
  bool resumes = false;  // pre_shared_key of TLS 1.3
};

/// Extensions that are malformed offer nothing: OpenSSL refuses them later.
ClientOffer read_offer(const tls::wire::ClientHello& hello);

}  // namespace tlsward::serve
