#include "tests/serve/raw_http2.h"

#include <nghttp2/nghttp2.h>
#include <poll.h>
#include <sys/socket.h>

#include <stdexcept>

#include "net/socket_address.h"

namespace tlsward::test {
namespace {

PeerSocket connected(const net::Address& server) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const auto to = net::socket_address(server);
  if (fd < 0 || ::connect(fd, to.get(), to.size) != 0) throw std::runtime_error("cannot connect to the server");
  return PeerSocket(fd);
}

std::string error_name(std::uint32_t error) {
  return nghttp2_http2_strerror(error);
}

/// An integer with a prefix of seven bits (RFC 7541, 5.1), then the text without Huffman coding.
std::string literal(std::string_view text) {
  std::string bytes;
  std::size_t size = text.size();
  if (size < 127) {
    bytes += static_cast<char>(size);
  } else {
    bytes += static_cast<char>(127);
    for (size -= 127; size >= 128; size /= 128) bytes += static_cast<char>(size % 128 + 128);
    bytes += static_cast<char>(size);
  }
  return bytes.append(text);
}

}  // namespace

std::string four_bytes(std::uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16), static_cast<char>(value >> 8),
          static_cast<char>(value)};
}

std::string frame(std::uint8_t type, std::uint8_t flags, std::uint32_t stream, std::string_view payload) {
  std::string bytes = four_bytes(static_cast<std::uint32_t>(payload.size())).substr(1);
  bytes += static_cast<char>(type);
  bytes += static_cast<char>(flags);
  return bytes.append(four_bytes(stream)).append(payload);
}

std::string block(const serve::Fields& fields) {
  std::string bytes;
  for (const serve::Field& field : fields)
    bytes.append(1, '\0').append(literal(field.name)).append(literal(field.value));
  return bytes;
}

serve::Fields get(std::string path, const serve::Fields& more) {
  serve::Fields fields = {
      {":method", "GET"}, {":scheme", "http"}, {":authority", "localhost"}, {":path", std::move(path)}};
  fields.insert(fields.end(), more.begin(), more.end());
  return fields;
}

std::string headers(std::uint32_t stream, const serve::Fields& fields, std::uint8_t flags) {
  return frame(kHeadersFrame, static_cast<std::uint8_t>(flags | kEndHeaders), stream, block(fields));
}

std::string setting(std::uint16_t name, std::uint32_t value) {
  return std::string({static_cast<char>(name >> 8), static_cast<char>(name)}) + four_bytes(value);
}

std::string window_update(std::uint32_t stream, std::uint32_t increment) {
  return frame(kWindowUpdateFrame, 0, stream, four_bytes(increment));
}

std::string reset(std::uint32_t stream, std::uint32_t error) {
  return frame(kResetFrame, 0, stream, four_bytes(error));
}

std::uint32_t number_in(std::string_view payload) {
  std::uint32_t number = 0;
  for (std::size_t place = 0; place < 4 && place < payload.size(); ++place)
    number = number << 8 | static_cast<std::uint8_t>(payload[place]);
  return number;
}

RawHttp2::RawHttp2(const net::Address& server) : own_(connected(server)), socket_(*own_) {
  nghttp2_hd_inflate_new(&inflater_);
}

RawHttp2::RawHttp2(PeerSocket& accepted) : socket_(accepted) {
  nghttp2_hd_inflate_new(&inflater_);
}

RawHttp2::~RawHttp2() {
  nghttp2_hd_inflate_del(inflater_);
}

void RawHttp2::greet(std::string_view settings) {
  send(std::string(kPreface) + frame(kSettingsFrame, 0, 0, settings));
}

std::optional<Frame> RawHttp2::next() {
  const std::string head = socket_.receive(9);
  if (head.size() < 9) return {};
  Frame got;
  got.type = static_cast<std::uint8_t>(head[3]);
  got.flags = static_cast<std::uint8_t>(head[4]);
  got.stream = number_in(std::string_view(head).substr(5));
  const std::size_t size = number_in(std::string_view(head).substr(0, 4)) >> 8;
  got.payload = socket_.receive(size);
  if (got.payload.size() < size) return {};
  const bool asks = (got.flags & kAck) == 0 && !silent_;
  if (got.type == kSettingsFrame && asks) send(frame(kSettingsFrame, kAck, 0));
  if (got.type == kPingFrame && asks) send(frame(kPingFrame, kAck, 0, got.payload));
  return got;
}

std::optional<Frame> RawHttp2::next(std::uint8_t type, std::uint32_t stream) {
  for (;;) {
    auto got = next();
    if (!got || (got->type == type && got->stream == stream)) return got;
  }
}

serve::Fields RawHttp2::fields_of(const Frame& frame) {
  serve::Fields fields;
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(frame.payload.data());
  std::size_t left = frame.payload.size();
  for (;;) {
    nghttp2_nv field{};
    int flags = 0;
    const auto used = nghttp2_hd_inflate_hd2(inflater_, &field, &flags, bytes, left, 1);
    if (used < 0) throw std::runtime_error("the server's HPACK is broken");
    bytes += used;
    left -= static_cast<std::size_t>(used);
    if ((flags & NGHTTP2_HD_INFLATE_EMIT) != 0) {
      fields.push_back({std::string(reinterpret_cast<const char*>(field.name), field.namelen),
                        std::string(reinterpret_cast<const char*>(field.value), field.valuelen)});
    }
    if ((flags & NGHTTP2_HD_INFLATE_FINAL) != 0) break;
  }
  nghttp2_hd_inflate_end_headers(inflater_);
  return fields;
}

std::string RawHttp2::outcome(std::uint32_t stream) {
  while (auto got = next()) {
    if (got->type == kGoawayFrame) {
      const std::uint32_t error = number_in(std::string_view(got->payload).substr(4));
      if (error != 0) return "goaway " + error_name(error);
    }
    if (got->type == kHeadersFrame) {
      const serve::Fields fields = fields_of(*got);
      if (got->stream == stream && fields.at(0).value.front() != '1') return fields.at(0).value;
    }
    if (got->type == kResetFrame && got->stream == stream) return "reset " + error_name(number_in(got->payload));
  }
  return "closed";
}

std::string RawHttp2::body(std::uint32_t stream) {
  std::string text;
  while (auto got = next()) {
    if (got->type == kGoawayFrame && number_in(std::string_view(got->payload).substr(4)) != 0) return text + "[goaway]";
    if (got->type == kHeadersFrame) (void)fields_of(*got);
    if (got->stream != stream) continue;
    if (got->type == kDataFrame) text += got->payload;
    if (got->type == kResetFrame) return text + "[reset " + error_name(number_in(got->payload)) + "]";
    const bool may_end = got->type == kDataFrame || got->type == kHeadersFrame;
    if (may_end && (got->flags & kEndStream) != 0) return text;
  }
  return text + "[closed]";
}

bool RawHttp2::has_ended() const {
  pollfd ended{socket_.fd(), POLLRDHUP, 0};
  return ::poll(&ended, 1, 0) == 1;
}

std::string RawHttp2::ending() {
  std::string last = "closed";
  while (auto got = next()) {
    if (got->type == kGoawayFrame) last = "goaway " + error_name(number_in(std::string_view(got->payload).substr(4)));
  }
  return last;
}

}  // namespace tlsward::test
