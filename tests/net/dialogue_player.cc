#include "tests/net/dialogue_player.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "net/server_text.h"
#include "net/starttls_dialogue.h"
#include "tests/catch.h"

namespace tlsward::test {
namespace {

using net::StartTls;

enum class Portions { Whole, Bytes, SplitLines };
constexpr Portions kAllPortions[] = {Portions::Whole, Portions::Bytes, Portions::SplitLines};

std::vector<std::string> split_lines(const std::string& said) {
  std::vector<std::string> portions;
  for (std::size_t begin = 0; begin < said.size();) {
    const std::size_t end = std::min(said.find('\n', begin), said.size() - 1);
    const std::size_t middle = begin + (end - begin) / 2;
    for (const std::string& portion :
         {said.substr(begin, middle - begin), said.substr(middle, end - middle), said.substr(end, 1)}) {
      if (!portion.empty()) portions.push_back(portion);
    }
    begin = end + 1;
  }
  return portions;
}

std::vector<std::string> portions_of(const std::string& said, Portions how) {
  if (how == Portions::SplitLines) return split_lines(said);
  if (how == Portions::Whole) return said.empty() ? std::vector<std::string>{} : std::vector{said};
  std::vector<std::string> bytes;
  for (const char c : said) bytes.emplace_back(1, c);
  return bytes;
}

/// Plays the dialogue; what is sent too early or is not what the turn says fails the test.
Ending play(StartTls protocol, const Turns& turns, Portions how) {
  net::StartTlsDialogue dialogue(protocol, "mail.example");
  for (const Turn& turn : turns) {
    std::string sent;
    for (const std::string& portion : portions_of(turn.server, how)) {
      CHECK(sent.empty());
      if (dialogue.ending()) break;
      dialogue.hear(net::bytes_of(portion));
      sent = dialogue.take_output();
    }
    if (turn.server.empty()) sent = dialogue.take_output();
    CHECK(sent == turn.client);
  }
  REQUIRE(dialogue.ending());
  const auto& outcome = *dialogue.ending();
  const std::string rest(net::text_of(dialogue.rest()));
  if (outcome) return {true, {}, {}, rest};
  return {false, outcome.error().kind, outcome.error().message, rest};
}

}  // namespace

Ending play(StartTls protocol, const Turns& turns) {
  return play(protocol, turns, Portions::Whole);
}

void check_tls(StartTls protocol, const Turns& turns) {
  for (const Portions how : kAllPortions) {
    INFO(net::name(protocol) << ", portions " << static_cast<int>(how));
    const Ending ending = play(protocol, turns, how);
    CHECK(ending.message.empty());
    CHECK(ending.tls);
    CHECK(ending.rest.empty());
  }
}

void check_refused(StartTls protocol, const Turns& turns, const std::string& message) {
  for (const Portions how : kAllPortions) {
    INFO(net::name(protocol) << ", portions " << static_cast<int>(how));
    const Ending ending = play(protocol, turns, how);
    CHECK_FALSE(ending.tls);
    CHECK(ending.kind == net::Failure::Kind::Protocol);
    CHECK(ending.message == message);
  }
}

}  // namespace tlsward::test
