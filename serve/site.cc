#include "serve/site.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "gateways/material.h"

namespace tlsward::serve {
namespace {

using gateways::kNoIndex;

/// Credentials of each context, read once.
class CredentialReader {
 public:
  CredentialReader(Site& site, const MaterialSource& material) : site_(site), material_(material) {
    site.credentials.resize(site.contexts.size());
  }

  Result<std::shared_ptr<const Credentials>> of(std::size_t context) {
    auto& known = site_.credentials[context];
    if (known) return known;
    auto loaded = load_credentials(site_.contexts[context], material_);
    if (!loaded) return Error{fmt::format("{}: {}", site_.contexts[context].subject, loaded.error().message)};
    known = std::make_shared<const Credentials>(std::move(*loaded));
    return known;
  }

 private:
  Site& site_;
  const MaterialSource& material_;
};

void add_deviations(const std::vector<Deviation>& from, std::vector<std::string>& to) {
  for (const Deviation& deviation : from) {
    std::string line = fmt::format("{}: {}", deviation.subject, deviation.what);
    if (std::find(to.begin(), to.end(), line) == to.end()) to.push_back(std::move(line));
  }
}

/// Null for a port of plain text.
Result<std::shared_ptr<const Acceptor>> make_acceptor(const gateways::ServicePort& port, Site& site,
                                                      CredentialReader& credentials,
                                                      const std::shared_ptr<const TicketKeys>& tickets) {
  std::vector<AcceptorContext> served;
  for (const gateways::NamedContext& named : port.contexts) {
    const tls::TlsContext& context = site.contexts[named.context];
    if (!context.enabled) continue;
    if (!context.start_failure.empty())
      return Error{fmt::format("{}: the gateway would not start: {}", context.subject, context.start_failure)};
    auto read = credentials.of(named.context);
    if (!read) return read.error();
    served.push_back({named.names, context, *read});
  }
  if (served.empty()) return std::shared_ptr<const Acceptor>();
  auto acceptor = Acceptor::make(std::move(served), tickets);
  if (acceptor) add_deviations((*acceptor)->deviations(), site.deviations);
  return acceptor;
}

Result<std::uint16_t> port_of(const gateways::Address& address) {
  if (address.port.empty()) return static_cast<std::uint16_t>(address.scheme == "https" ? 443 : 80);
  std::uint16_t number = 0;
  const char* end = address.port.data() + address.port.size();
  const auto parsed = std::from_chars(address.port.data(), end, number);
  if (parsed.ec != std::errc{} || parsed.ptr != end || number == 0)
    return Error{fmt::format("'{}' is no port", address.port)};
  return number;
}

std::string authority_of(const gateways::Address& address) {
  const bool is_v6 = address.host.find(':') != std::string::npos;
  const std::string host = is_v6 ? fmt::format("[{}]", address.host) : address.host;
  return address.port.empty() ? host : fmt::format("{}:{}", host, address.port);
}

Result<Upstream> make_upstream(const gateways::ServiceRoute& route, Site& site, CredentialReader& credentials) {
  const gateways::Address address = gateways::parse_address(route.upstream);
  auto port = port_of(address);
  if (!port) return Error{fmt::format("{}: upstream '{}': {}", route.name, route.upstream, port.error().message)};
  Upstream upstream{address.scheme, address.host, *port, authority_of(address), nullptr, kNoIndex};
  if (route.upstream_context == kNoIndex || address.scheme != "https") return upstream;
  upstream.context = route.upstream_context;
  const tls::TlsContext& context = site.contexts[route.upstream_context];
  auto read = credentials.of(route.upstream_context);
  if (!read) return read.error();
  auto connector = Connector::make(context, *read);
  if (!connector) return Error{fmt::format("{}: {}", context.subject, connector.error().message)};
  add_deviations((*connector)->deviations(), site.deviations);
  upstream.connector = *connector;
  return upstream;
}

Result<std::size_t> upstream_index(const gateways::ServiceRoute& route, Site& site, CredentialReader& credentials,
                                   std::map<std::pair<std::string, std::size_t>, std::size_t>& known) {
  if (route.upstream.empty()) return kNoIndex;
  const auto key = std::make_pair(route.upstream, route.upstream_context);
  if (const auto found = known.find(key); found != known.end()) return found->second;
  auto upstream = make_upstream(route, site, credentials);
  if (!upstream) return upstream.error();
  site.upstreams.push_back(std::move(*upstream));
  return known[key] = site.upstreams.size() - 1;
}

}  // namespace

Result<std::shared_ptr<const Site>> make_site(SiteParts parts, const MaterialSource& material) {
  if (!parts.service.problem.empty()) return Error{parts.service.problem};
  auto router = gateways::Router::make(parts.service);
  if (!router) return router.error();
  auto site = std::make_shared<Site>(std::move(parts.service), std::move(*router));
  site->contexts = std::move(parts.contexts);
  site->notes = site->service.notes;
  site->certificates = std::move(parts.certificates);
  CredentialReader credentials(*site, material);
  for (const gateways::ServicePort& port : site->service.ports) {
    auto acceptor = make_acceptor(port, *site, credentials, parts.tickets);
    if (!acceptor) return acceptor.error();
    site->acceptors.push_back(std::move(*acceptor));
  }
  std::map<std::pair<std::string, std::size_t>, std::size_t> known;
  for (const gateways::ServiceRoute& route : site->service.routes) {
    auto index = upstream_index(route, *site, credentials, known);
    if (!index) return index.error();
    site->route_upstreams.push_back(*index);
  }
  return std::shared_ptr<const Site>(std::move(site));
}

std::size_t find_context(const Site& site, std::size_t port, const std::string& subject) {
  const auto& contexts = site.service.ports[port].contexts;
  const auto found = std::find_if(contexts.begin(), contexts.end(), [&](const gateways::NamedContext& named) {
    return site.contexts[named.context].subject == subject;
  });
  return (found == contexts.end() ? contexts.front() : *found).context;
}

}  // namespace tlsward::serve
