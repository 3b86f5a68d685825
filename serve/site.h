// One configuration, ready to be served: immutable, shared by all threads. A reload makes another one.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "gateways/router.h"
#include "gateways/service.h"
#include "serve/certificate_service.h"
#include "serve/tls/acceptor.h"
#include "serve/tls/connector.h"
#include "serve/tls/credentials.h"
#include "tls/context.h"

namespace tlsward::serve {

/// Whom requests go to.
struct Upstream {
  std::string scheme, host;
  std::uint16_t port = 0;
  std::string authority;                       // host and port as they stand in Host
  std::shared_ptr<const Connector> connector;  // null: plain text
  std::size_t context = gateways::kNoIndex;    // into Site::contexts
};

struct Site {
  Site(gateways::Service its_service, gateways::Router its_router)
      : service(std::move(its_service)), router(std::move(its_router)) {}

  gateways::Service service;
  gateways::Router router;
  std::vector<tls::TlsContext> contexts;
  std::vector<std::shared_ptr<const Credentials>> credentials;  // of contexts, in their order; null: not served
  std::vector<std::shared_ptr<const Acceptor>> acceptors;       // of service.ports, in their order; null: plain text
  std::vector<Upstream> upstreams;
  std::vector<std::size_t> route_upstreams;                // of service.routes, in their order; kNoIndex: nobody
  std::shared_ptr<const CertificateService> certificates;  // null: there is no such API
  /// What the configuration says and this program does not do, one line each: what OpenSSL lacks, what routing leaves
  /// aside.
  std::vector<std::string> deviations, notes;
};

/// What a Site is made of.
struct SiteParts {
  gateways::Service service;
  std::vector<tls::TlsContext> contexts;
  std::shared_ptr<const TicketKeys> tickets;
  std::shared_ptr<const CertificateService> certificates = {};  // may be null
};

/// Reads certificates and keys and makes what OpenSSL needs. Error: what is missing or wrong, one sentence with the
/// field and the file.
Result<std::shared_ptr<const Site>> make_site(SiteParts parts, const MaterialSource& material);

/// The context (into Site::contexts) of a port whose subject is `subject`; the port's first where there is none.
std::size_t find_context(const Site& site, std::size_t port, const std::string& subject);

}  // namespace tlsward::serve
