// What a listener of Tyk asks of its clients' certificates.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateways/tyk/model.h"
#include "tls/context.h"

namespace tlsward::gateways::tyk {

/// One handshake as Tyk sees it: a port, the server name that the client sent, and the APIs behind the port.
struct Door {
  const Conf* conf = nullptr;    // nullptr: not in the input
  long port = 0;                 // 0: the gateway's own
  std::string_view domain;       // empty: no server name, or one that no API has
  bool control = false;          // the control API is reached here
  std::vector<const Api*> apis;  // in load order, on this port
};

/// The APIs with mutual TLS whose allow-lists the handshake trusts: those of the server name, else those of none.
std::vector<const Api*> mutual_apis(const Door& door);
/// The APIs with mutual TLS that this server name leads to.
std::vector<const Api*> own_mutual_apis(const Door& door);

/// Fills in `client_auth`, its notes, and whether requests without certificate are refused above TLS.
/// Source: gateway/cert.go getTLSConfigForClient (read 2026-11-22).
void set_client_auth(tls::TlsContext& context, const Door& door);

}  // namespace tlsward::gateways::tyk
