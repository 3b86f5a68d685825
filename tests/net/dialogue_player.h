// Plays STARTTLS dialogues against literal servers, each heard in one piece, byte by byte, and with every line split.
#pragma once

#include <string>
#include <vector>

#include "net/failure.h"
#include "net/starttls.h"

namespace tlsward::test {

/// What the server says, and what is sent when it has said it.
struct Turn {
  std::string server, client;
};
using Turns = std::vector<Turn>;

struct Ending {
  bool tls = false;
  net::Failure::Kind kind = net::Failure::Kind::Local;
  std::string message;
  std::string rest;  // what the server said behind its last word
};

/// The server's words come in one piece. What is sent is checked against the turns.
Ending play(net::StartTls protocol, const Turns& turns);
/// However the words are cut, the dialogue ends with TLS.
void check_tls(net::StartTls protocol, const Turns& turns);
/// However the words are cut, the dialogue ends with this failure of kind Protocol.
void check_refused(net::StartTls protocol, const Turns& turns, const std::string& message);

}  // namespace tlsward::test
