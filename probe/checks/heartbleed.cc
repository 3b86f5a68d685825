#include "probe/checks/heartbleed.h"

#include <fmt/format.h>

#include <array>

namespace tlsward::probe {
namespace {

constexpr std::uint8_t kAlertRecord = 21, kHeartbeatRecord = 24;
constexpr std::size_t kHeader = 5;
// RFC 6520, 4: type, length of the payload, at least 16 bytes of padding. A sound answer to a request without payload
// has no more.
constexpr std::size_t kLongestSoundMessage = 3 + 16;

std::array<std::uint8_t, 15> request(tls::Version version) {
  const auto high = static_cast<std::uint8_t>(version.number >> 8), low = static_cast<std::uint8_t>(version.number);
  return {
      kHeartbeatRecord, high, low, 0, 3, 1, 0x40, 0,  // heartbeat_request: 16,384 bytes of payload, none of them sent
      kAlertRecord,     high, low, 0, 2, 1, 0};       // warning, close_notify
}

Answer told(Seen seen, std::string words) {
  Answer answer;
  answer.seen = seen;
  answer.words = std::move(words);
  return answer;
}

}  // namespace

Task<Answer> try_heartbleed(net::Stream& stream, tls::Version version, net::Deadline deadline) {
  const auto bytes = request(version);
  if (const auto written = co_await stream.write_all(bytes, deadline); !written)
    co_return told(Seen::Silent, written.error().message);
  // Only headers are looked at; bodies are passed over.
  std::array<std::uint8_t, kHeader> header{};
  std::size_t have = 0, to_skip = 0, total = 0;
  constexpr std::size_t kMostBytes = 256 * 1024;
  std::array<std::uint8_t, 4096> buffer{};
  while (total < kMostBytes) {
    const auto read = co_await stream.read_some(buffer, deadline);
    if (!read) {
      const bool closed = read.error().kind == net::Failure::Kind::Reset;
      co_return told(closed ? Seen::NoLeak : Seen::Silent,
                     closed ? "closed without an answer to it" : read.error().message);
    }
    if (*read == 0) co_return told(Seen::NoLeak, "closed without an answer to it");
    total += *read;
    for (std::size_t i = 0; i < *read;) {
      if (to_skip > 0) {
        const std::size_t step = std::min(to_skip, *read - i);
        to_skip -= step;
        i += step;
        continue;
      }
      header[have++] = buffer[i++];
      if (have < kHeader) continue;
      have = 0;
      to_skip = static_cast<std::size_t>(header[3]) << 8 | header[4];
      if (header[0] == kHeartbeatRecord && to_skip > kLongestSoundMessage)
        co_return told(Seen::Leak, fmt::format("a heartbeat of {} bytes came back", to_skip));
      if (header[0] == kAlertRecord) co_return told(Seen::NoLeak, "an alert in place of a heartbeat");
    }
  }
  co_return told(Seen::Silent, "too many bytes, none of them a heartbeat");
}

}  // namespace tlsward::probe
