// LDAP: one extended operation, one answer. BER says how long the answer is.
#include <fmt/format.h>

#include <string>
#include <string_view>

#include "net/ldap_response.h"
#include "net/server_text.h"
#include "net/starttls_scripts.h"

namespace tlsward::net {
namespace {

using namespace std::string_view_literals;

// LDAPMessage { messageID 1, ExtendedRequest [APPLICATION 23] { requestName [0] } }
constexpr std::string_view kStartTls =
    "\x30\x1d\x02\x01\x01\x77\x18\x80\x16"
    "1.3.6.1.4.1.1466.20037"sv;

}  // namespace

Script talk_ldap(Conversation& server) {
  server.send(kStartTls);
  std::string message = co_await server.bytes(2);
  const auto header = ldap_header_bytes(bytes_of(message));
  if (!header) co_return unexpected("answer to StartTLS", server.heard(), "LDAP");
  message += co_await server.bytes(*header - message.size());
  message += co_await server.bytes(ldap_content_bytes(bytes_of(message)));

  const auto response = parse_ldap_response(bytes_of(message));
  if (!response) co_return unexpected("answer to StartTLS", server.heard(), "an extended response of LDAP");
  if (response->code != 0 || response->message_id != 1) {
    co_return refusal(
        fmt::format("answer to StartTLS is {}: {}", ldap_code_text(response->code), quoted(response->diagnostic)));
  }
  co_return Nothing{};
}

}  // namespace tlsward::net
