// IRC: no greeting that one could wait for. The server is asked for its capabilities first, because some servers ignore
// a STARTTLS that they do not know. Notices may come at any time.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "net/server_text.h"
#include "net/starttls_scripts.h"

namespace tlsward::net {
namespace {

/// A message without its tags and its source; views of the line.
struct Message {
  std::string_view command;
  std::vector<std::string_view> params;

  // RFC 2812, 5.2: errors are numbers from 400; 691 is STARTTLS's own.
  bool is_refusal() const {
    return command == "ERROR" || (command.size() == 3 && command[0] >= '4' && command[0] <= '9');
  }
};

std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find(' '));
  rest.remove_prefix(word.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(' '), rest.size()));
  return word;
}

// RFC 2812, 2.3.1: at most 15 parameters, the last one behind a colon with any spaces. Tags: IRCv3 message-tags.
Message parse(std::string_view line) {
  constexpr std::size_t kMostParams = 15;
  Message message;
  if (line.starts_with('@')) take_word(line);
  if (line.starts_with(':')) take_word(line);
  message.command = take_word(line);
  while (!line.empty() && message.params.size() < kMostParams) {
    if (line.starts_with(':')) {
      message.params.push_back(line.substr(1));
      break;
    }
    message.params.push_back(take_word(line));
  }
  return message;
}

// "multi-prefix tls sasl=PLAIN,EXTERNAL"
bool lists_tls(std::string_view capabilities) {
  while (!capabilities.empty()) {
    const std::string_view capability = take_word(capabilities);
    if (capability.substr(0, capability.find('=')) == "tls") return true;
  }
  return false;
}

/// `CAP * LS * :first` is followed by more, `CAP * LS :last` is not.
bool is_capability_list(const Message& message) {
  return message.command == "CAP" && message.params.size() >= 3 && message.params[1] == "LS";
}

}  // namespace

Script talk_irc(Conversation& server) {
  server.send("CAP LS 302\r\n");
  std::string capabilities;
  for (;;) {
    const std::string line = co_await server.line();
    const Message message = parse(line);
    if (message.command == "ERROR") co_return unexpected("answer to CAP LS", line, "a list of capabilities");
    // A server without CAP may know STARTTLS all the same.
    if (message.is_refusal()) {
      capabilities = "tls";
      break;
    }
    if (message.command == "PING" && !message.params.empty()) {
      server.send(fmt::format("PONG :{}\r\n", message.params.back()));
    }
    if (!is_capability_list(message)) continue;
    capabilities += fmt::format("{} ", message.params.back());
    if (message.params[2] != "*") break;
  }
  if (!lists_tls(capabilities)) {
    co_return refusal(fmt::format("server does not offer tls, only {}", quoted(capabilities)));
  }

  server.send("STARTTLS\r\n");
  for (;;) {
    const std::string line = co_await server.line();
    const Message message = parse(line);
    if (message.command == "670") co_return Nothing{};
    if (message.is_refusal()) co_return unexpected("answer to STARTTLS", line, "670");
  }
}

}  // namespace tlsward::net
