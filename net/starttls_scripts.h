// The dialogue of each protocol, as a script over a Conversation. Each ends with Nothing, the next byte being TLS, or
// with a Failure of kind Protocol in the server's words.
#pragma once

#include <string>
#include <string_view>

#include "core/task.h"
#include "net/conversation.h"
#include "net/failure.h"

namespace tlsward::net {

using Script = Task<Outcome<Nothing>>;

/// RFC 3207: EHLO, STARTTLS.
Script talk_smtp(Conversation& server);
/// RFC 2033: as SMTP, with LHLO.
Script talk_lmtp(Conversation& server);
/// RFC 4217, 4: AUTH TLS.
Script talk_ftp(Conversation& server);
/// RFC 4642, 2.2.
Script talk_nntp(Conversation& server);
/// RFC 9051, 6.2.1. CAPABILITY is not asked for: a server without STARTTLS says NO or BAD.
Script talk_imap(Conversation& server);
/// RFC 2595, 4: STLS.
Script talk_pop3(Conversation& server);
/// RFC 5804, 2.2. The greeting lists the capabilities.
Script talk_sieve(Conversation& server);
/// IRCv3 "tls" capability and STARTTLS.
Script talk_irc(Conversation& server);
/// RFC 6120, 5. `content` is "jabber:client" or "jabber:server"; `host` the domain of the stream.
Script talk_xmpp(Conversation& server, std::string_view content, std::string host);
/// RFC 4511, 4.14: the StartTLS extended operation.
Script talk_ldap(Conversation& server);
/// PostgreSQL, frontend/backend protocol, 55.2.10: SSLRequest.
Script talk_postgres(Conversation& server);
/// MySQL client/server protocol: SSL Connection Request Packet after the server's greeting.
Script talk_mysql(Conversation& server);
/// MS-RDPBCGR, 2.2.1.1 and 2.2.1.2: X.224 connection with an RDP negotiation request.
Script talk_rdp(Conversation& server);

/// `what` ("greeting", "answer to STARTTLS") as the server said it, which is not `wanted`: `greeting is "421 too many
/// connections", not 220`.
Failure unexpected(std::string_view what, std::string_view said, std::string_view wanted);
/// A clause as it is, of kind Protocol.
Failure refusal(std::string message);
/// The server's words inside a message: printable, at most 120 characters, in quotes.
std::string quoted(std::string_view said);

}  // namespace tlsward::net
