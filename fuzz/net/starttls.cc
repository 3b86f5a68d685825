// A dialogue before TLS. The first byte is the protocol, the second the size of the portions in which the server's
// words come; the rest is what the server says before it closes.
#include <algorithm>
#include <cstddef>

#include "fuzz/input.h"
#include "net/conversation.h"
#include "net/starttls_dialogue.h"

using namespace tlsward;

namespace {

bool is_printable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  fuzz::Input input(data, size);
  const auto names = net::starttls_names();
  const auto protocol = *net::parse_starttls(names[input.byte() % names.size()]);
  const std::size_t portion = input.byte() + std::size_t{1};
  net::StartTlsDialogue dialogue(protocol, "mail.example");
  tls::wire::View said = input.rest();
  std::size_t sent = dialogue.take_output().size();
  std::size_t heard = 0;
  while (!said.empty() && !dialogue.ending()) {
    const std::size_t count = std::min(portion, said.size());
    dialogue.hear(said.first(count));
    said = said.subspan(count);
    heard += count;
    sent += dialogue.take_output().size();
  }
  if (!dialogue.ending()) dialogue.hear_close();
  fuzz::require(dialogue.ending().has_value());
  fuzz::require(dialogue.rest().size() <= heard);
  fuzz::require(heard <= net::Conversation::kLimit + portion);
  constexpr std::size_t kOwnWords = 1024;
  fuzz::require(sent <= heard + kOwnWords);
  if (*dialogue.ending()) return 0;
  const std::string& message = dialogue.ending()->error().message;
  fuzz::require(is_printable(message) && message.size() < 300);
  return 0;
}
