#include "serve/upstream_pool.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "net/connect.h"
#include "net/resolve.h"

namespace tlsward::serve {

struct UpstreamPool::Connection {
  std::unique_ptr<ClientConnection> http;
  net::Clock::time_point last_used;
};

namespace {

using Kind = net::Failure::Kind;

UpstreamFailure connect_failure(const Upstream& upstream, const net::Failure& failure) {
  const std::string details = fmt::format("{}: {}", upstream.authority, failure.message);
  switch (failure.kind) {
    case Kind::Unresolved:
      return {502, "dns_error", details};
    case Kind::Refused:
      return {502, "connection_refused", details};
    case Kind::TimedOut:
      return {504, "connection_timeout", details};
    case Kind::Unreachable:
      return {502, "destination_ip_unroutable", details};
    case Kind::Local:
    case Kind::Interrupted:
      return {503, "proxy_internal_error", details};
    default:
      return {502, "connection_terminated", details};
  }
}

UpstreamFailure handshake_failure(const Upstream& upstream, const net::Failure& failure, SSL* tls,
                                  const tls::TlsContext& context) {
  if (failure.kind == Kind::TimedOut) {
    return {504, "connection_timeout", fmt::format("{}: the TLS handshake timed out", upstream.authority)};
  }
  const bool certificate = tls != nullptr && SSL_get_verify_result(tls) != X509_V_OK;
  const std::string why = explain_upstream(tls, failure.message, context);
  return {502, certificate ? "tls_certificate_error" : "tls_protocol_error",
          fmt::format("{}: {}", upstream.authority, why)};
}

std::string_view negotiated_alpn(SSL* tls) {
  const unsigned char* name = nullptr;
  unsigned size = 0;
  if (tls != nullptr) SSL_get0_alpn_selected(tls, &name, &size);
  return {reinterpret_cast<const char*>(name), size};
}

}  // namespace

UpstreamFailure exchange_failure(const net::Failure& failure, bool reading) {
  switch (failure.kind) {
    case Kind::TimedOut:
      return {504, reading ? "http_response_timeout" : "connection_write_timeout", failure.message};
    case Kind::Protocol:
      return {502, "http_protocol_error", failure.message};
    case Kind::Interrupted:
      return {503, "proxy_internal_error", failure.message};
    default:
      return {502, reading ? "http_response_incomplete" : "connection_terminated", failure.message};
  }
}

UpstreamPool::Lease::Lease(std::shared_ptr<Connection> connection, std::unique_ptr<ClientExchange> exchange,
                           bool reused)
    : connection_(std::move(connection)), exchange_(std::move(exchange)), reused_(reused) {}
UpstreamPool::Lease::Lease(Lease&&) noexcept = default;

UpstreamPool::Lease::~Lease() {
  exchange_.reset();
  if (connection_) connection_->last_used = net::Clock::now();
}

UpstreamPool::UpstreamPool(net::Loop& loop, std::shared_ptr<const Site> site, const ServeOptions& options)
    : loop_(loop), site_(std::move(site)), options_(options), by_upstream_(site_->upstreams.size()) {}
UpstreamPool::~UpstreamPool() = default;

Task<Result<UpstreamPool::Lease, UpstreamFailure>> UpstreamPool::begin(std::size_t upstream, bool fresh) {
  // From the end: the others may then grow old and go. Asking a socket costs a system call, so no more are asked than
  // it takes.
  auto& known = by_upstream_[upstream];
  for (std::size_t left = fresh ? 0 : known.size(); left > 0; --left) {
    std::shared_ptr<Connection> connection = known[left - 1];
    auto exchange = connection->http->begin();
    if (exchange) co_return Lease(std::move(connection), std::move(exchange), true);
    if (connection->http->idle()) known.erase(known.begin() + static_cast<std::ptrdiff_t>(left - 1));
  }
  auto connected = co_await connect(site_->upstreams[upstream]);
  if (!connected) co_return connected.error();
  std::shared_ptr<Connection> connection = *connected;
  auto exchange = connection->http->begin();
  if (!exchange) co_return UpstreamFailure{502, "connection_terminated", "the upstream closed at once"};
  by_upstream_[upstream].push_back(connection);
  co_return Lease(std::move(connection), std::move(exchange), false);
}

Task<Result<std::shared_ptr<UpstreamPool::Connection>, UpstreamFailure>> UpstreamPool::connect(
    const Upstream& upstream) {
  const net::Deadline deadline = net::Clock::now() + options_.upstream_connect_timeout;
  auto addresses = co_await net::resolve(loop_, upstream.host, upstream.port, net::Family::Any, deadline);
  if (!addresses) co_return connect_failure(upstream, addresses.error());
  auto stream = co_await net::connect_first(loop_, std::move(*addresses), deadline);
  if (!stream) co_return connect_failure(upstream, stream.error());
  auto connection = std::make_shared<Connection>();
  connection->last_used = net::Clock::now();
  if (!upstream.connector) {
    connection->http = make_http1_client(net::Transport(std::move(*stream)), options_.outbound);
    co_return connection;
  }
  auto tls = upstream.connector->connect(upstream.host);
  if (!tls) co_return UpstreamFailure{503, "proxy_internal_error", tls.error().message};
  net::Transport transport(std::move(*stream), std::move(*tls));
  auto shaken = co_await transport.handshake(deadline);
  if (!shaken)
    co_return handshake_failure(upstream, shaken.error(), transport.tls(), site_->contexts[upstream.context]);
  const bool http2 = negotiated_alpn(transport.tls()) == "h2";
  connection->http = http2 ? make_http2_client(std::move(transport), options_.outbound)
                           : make_http1_client(std::move(transport), options_.outbound);
  co_return connection;
}

void UpstreamPool::drop_unusable(std::size_t upstream) {
  std::erase_if(by_upstream_[upstream], [](const auto& connection) { return !connection->http->usable(); });
}

void UpstreamPool::sweep(net::Clock::time_point now) {
  for (std::size_t upstream = 0; upstream < by_upstream_.size(); ++upstream) {
    drop_unusable(upstream);
    std::erase_if(by_upstream_[upstream], [&](const auto& connection) {
      return connection->http->idle() && now - connection->last_used > options_.upstream_idle_timeout;
    });
  }
}

std::size_t UpstreamPool::connections() const {
  std::size_t sum = 0;
  for (const auto& connections : by_upstream_) sum += connections.size();
  return sum;
}

}  // namespace tlsward::serve
