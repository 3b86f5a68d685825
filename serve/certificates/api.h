// Tyk's certificate API, /tyk/certs, as the gateway answers it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateways/service.h"
#include "serve/certificates/store.h"
#include "tls/certificate.h"

namespace tlsward::serve {

/// What of a request matters here.
struct CertificateRequest {
  std::string_view method;
  std::string_view target;               // path and query, as the client sent them
  std::string_view authorization;        // X-Tyk-Authorization; empty where it was not sent
  std::optional<std::string_view> body;  // nullopt: it could not be read to its end, or was too long to be
};

/// The path is the gateway's own, so that nobody else answers it: "/tyk" and all below.
bool is_control_path(std::string_view target);

/// Answers GET and POST of /tyk/certs, and GET, POST and DELETE of /tyk/certs/IDS. Everything below /tyk without the
/// right `secret` is refused, also where `secret` is empty; with it, other paths are 404 and other methods 405. Whether
/// the client may speak to this port at all (loopback) is for the caller to say. `now` judges whether what is added has
/// expired. Unlike the gateway: ids are never taken for the names of files, listing everything works more than once,
/// and DELETE is 500 where the disk refuses. Sources: gateway/cert.go, gateway/server.go, gateway/api.go (read
/// 2026-11-26).
gateways::GatewayAnswer answer_certificate_request(const CertificateRequest& request, std::string_view secret,
                                                   CertificateStore& store, tls::Time now);

}  // namespace tlsward::serve
