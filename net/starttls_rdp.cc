// Remote Desktop: the connection request names the kinds of security that the client can do, and the server picks one.
// CredSSP is named too: it begins with the same TLS, and servers that insist on it refuse plain TLS.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "net/rdp_confirm.h"
#include "net/server_text.h"
#include "net/starttls_scripts.h"

namespace tlsward::net {
namespace {

using namespace std::string_view_literals;

constexpr std::uint32_t kOwnSecurity = 0;  // PROTOCOL_RDP

// TPKT of 19 bytes; X.224 Connection Request of 14, references and class 0; RDP Negotiation Request: type 1, no flags,
// length 8, PROTOCOL_SSL and PROTOCOL_HYBRID.
constexpr std::string_view kRequest =
    "\x03\x00\x00\x13"
    "\x0e\xe0\x00\x00\x00\x00\x00"
    "\x01\x00\x08\x00\x03\x00\x00\x00"sv;

}  // namespace

Script talk_rdp(Conversation& server) {
  server.send(kRequest);
  std::string packet = co_await server.bytes(kTpktHeader);
  const auto length = tpkt_bytes(bytes_of(packet));
  if (!length) co_return unexpected("answer to the connection request", server.heard(), "RDP");
  packet += co_await server.bytes(*length - kTpktHeader);

  const auto confirm = parse_rdp_confirm(bytes_of(packet));
  if (!confirm) co_return unexpected("answer to the connection request", server.heard(), "a connection confirm");
  if (confirm->failure) {
    co_return refusal(fmt::format("server refuses TLS: {}", rdp_failure_text(*confirm->failure)));
  }
  if (confirm->protocol.value_or(kOwnSecurity) == kOwnSecurity) {
    co_return refusal("server picks RDP's own security instead of TLS");
  }
  co_return Nothing{};
}

}  // namespace tlsward::net
