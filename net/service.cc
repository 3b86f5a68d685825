#include "net/service.h"

#include <algorithm>

#include "net/server_text.h"
#include "net/service_recognisers.h"

namespace tlsward::net {
namespace {

bool is_text(std::string_view line) {
  return std::all_of(line.begin(), line.end(), [](char c) { return c == '\t' || (c >= ' ' && c <= '~'); });
}

}  // namespace

Service recognise_service(std::span<const std::uint8_t> first_bytes) {
  constexpr std::size_t kLookedAt = 4096;
  const std::string_view sent = text_of(first_bytes).substr(0, kLookedAt);
  if (auto service = recognise_packet(sent)) return *service;
  if (auto service = recognise_words(sent)) return *service;
  const std::string_view line = first_line(sent);
  return make_service("", StartTls::None, is_text(line) ? line : "");
}

Service make_service(std::string_view name, StartTls starttls, std::string_view banner) {
  constexpr std::size_t kMostCharacters = 80;
  return {std::string(name), starttls, printable(first_line(banner), kMostCharacters)};
}

}  // namespace tlsward::net
