#include "serve/inbound.h"

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <utility>

#include "net/transport.h"
#include "serve/access_record.h"
#include "serve/proxy.h"
#include "serve/tls/explanation.h"

namespace tlsward::serve {
namespace {

/// What Go's net/http says to a client that speaks plain HTTP to a TLS port.
constexpr std::string_view kPlainHttp =
    "HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n\r\n"
    "Client sent an HTTP request to an HTTPS server.\n";
/// OpenSSL's words for it.
constexpr std::string_view kHttpRequest = "http request";

/// One handshake in flight, for as long as it lives.
class HandshakeInFlight {
 public:
  explicit HandshakeInFlight(const InboundSurroundings& around)
      : around_(around), open_(around.statistics.handshakes_open) {
    ++around_.handshakes;
  }
  ~HandshakeInFlight() {
    --around_.handshakes;
    around_.handshake_ended.notify();
  }
  HandshakeInFlight(const HandshakeInFlight&) = delete;
  HandshakeInFlight& operator=(const HandshakeInFlight&) = delete;

 private:
  const InboundSurroundings& around_;
  OpenCount open_;
};

void count_finished(const HandshakeFacts& facts, Statistics& statistics) {
  ++statistics.handshakes_finished;
  if (facts.resumed) ++statistics.handshakes_resumed;
  statistics.count_negotiated(fmt::format("{} {}", tls::name(facts.version), tls::name(facts.suite)));
}

/// A peer that went away before it said anything wanted to know whether the port is open; that is no failure of TLS.
bool is_mere_knock(const HandshakeFacts& facts, const net::Failure& failure) {
  const bool gone = failure.kind == net::Failure::Kind::Closed || failure.kind == net::Failure::Kind::Reset;
  return gone && !facts.offer;
}

void report_failure(const HandshakeFacts& facts, const net::Failure& failure, const net::Address& client,
                    const Site& site, std::size_t port, const InboundSurroundings& around) {
  ++around.statistics.handshakes_failed;
  if (is_mere_knock(facts, failure)) return;
  const tls::TlsContext& context = site.contexts[find_context(site, port, facts.context)];
  const std::string explanation = failure.message == kHttpRequest
                                      ? std::string("the client speaks plain HTTP to a port of TLS: https:// is meant")
                                      : explain(facts, context);
  around.messages.add(fmt::format("tlsward: {}: handshake failed: {}", net::text(client), explanation));
  if (around.access_log == nullptr) return;
  around.access_log->add(handshake_line(std::chrono::system_clock::now(), client, facts, explanation));
}

Task<void> refuse(net::Transport& transport, bool plain_http, const ServeOptions& options) {
  const net::Deadline deadline = net::Clock::now() + options.linger;
  if (plain_http) {
    const auto* text = reinterpret_cast<const std::uint8_t*>(kPlainHttp.data());
    const std::span<const std::uint8_t> bytes(text, kPlainHttp.size());
    auto written = co_await transport.write_plain(bytes, deadline);
    if (!written) co_return;
  }
  co_await transport.close_gracefully(deadline);
}

/// True where requests may follow.
Task<bool> shake_hands(net::Transport& transport, const Site& site, std::size_t port, HandshakeFacts& facts,
                       const InboundSurroundings& around) {
  const HandshakeInFlight in_flight(around);
  const net::Deadline deadline = net::Clock::now() + around.options.handshake_timeout;
  auto shaken = co_await transport.handshake(deadline);
  if (!shaken && shaken.error().kind == net::Failure::Kind::Interrupted) co_return false;
  note_end(transport.tls(), shaken ? std::string() : shaken.error().message, facts);
  if (shaken) {
    count_finished(facts, around.statistics);
    facts.offer.reset();  // the connection may live for long
    co_return true;
  }
  report_failure(facts, shaken.error(), transport.peer(), site, port, around);
  const bool plain_http = shaken.error().message == kHttpRequest;
  co_await refuse(transport, plain_http, around.options);
  co_return false;
}

Task<void> answer_requests(net::Transport& transport, Generation& generation, std::size_t port,
                           const HandshakeFacts* tls, const InboundSurroundings& around) {
  const ProxyScope scope{
      *generation.site, port, generation.pool, around.options, around.statistics, around.access_log, around.messages,
      transport.peer(), tls};
  const ExchangeHandler handler = [&scope](ServerExchange& exchange) { return answer_request(exchange, scope); };
  const bool http2 = tls != nullptr && tls->alpn == "h2";
  const auto connection =
      http2 ? make_http2_server(transport, around.options.inbound, "https", handler)
            : make_http1_server(transport, around.options.inbound, tls != nullptr ? "https" : "http", handler);
  const OpenConnections::Entry entry(around.open, *connection);
  co_await connection->run();
}

}  // namespace

Task<void> serve_inbound(net::Stream stream, std::shared_ptr<Generation> generation, std::size_t port,
                         const InboundSurroundings& around) {
  const OpenCount open(around.statistics.connections_open);
  const std::shared_ptr<const Acceptor>& acceptor = generation->site->acceptors[port];
  if (!acceptor) {
    net::Transport plain(std::move(stream));
    co_await answer_requests(plain, *generation, port, nullptr, around);
    co_return;
  }
  HandshakeFacts facts;
  auto tls = acceptor->accept(facts);
  if (!tls) {
    around.messages.add(fmt::format("tlsward: {}", tls.error().message));
    co_return;
  }
  net::Transport transport(std::move(stream), std::move(*tls));
  if (around.options.fault == Fault::StalledHandshake) {
    const net::Deadline end = net::Clock::now() + around.options.handshake_timeout;
    co_await transport.loop().sleep_until(end);
    co_return;
  }
  const bool finished = co_await shake_hands(transport, *generation->site, port, facts, around);
  if (finished) co_await answer_requests(transport, *generation, port, &facts, around);
}

}  // namespace tlsward::serve
