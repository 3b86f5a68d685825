#include "serve/http/http1_codec.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstring>
#include <utility>

namespace tlsward::serve {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::asio::buffer;

/// A head that Beast reads as a chunked request, so that it decodes the chunks behind it.
constexpr std::string_view kChunkedHead = "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n";
/// Longest line of a chunk's size with its extensions, and most bytes of trailers: Beast has no bound of its own for
/// input that comes in small pieces.
constexpr std::size_t kMaxUndecoded = 8 * 1024;

std::string text(boost::core::string_view view) {
  return {view.data(), view.size()};
}

std::string_view as_text(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <class Parser>
Fields copy_fields(const Parser& parser) {
  Fields fields;
  for (const auto& field : parser.get()) fields.push_back({text(field.name_string()), text(field.value())});
  return fields;
}

/// Of a status line that was read already: Beast puts words of its own where there are none.
std::string reason_of(std::string_view raw) {
  constexpr std::size_t kBefore = std::string_view("HTTP/1.1 200 ").size();
  const std::string_view line = raw.substr(0, raw.find('\r'));
  return std::string(line.substr(std::min(kBefore, line.size())));
}

template <class Parser>
std::optional<MessageProblem> parse(Parser& parser, std::string_view head, const HttpLimits& limits) {
  if (auto problem = check_raw_head(head, limits)) return problem;
  beast::error_code error;
  parser.header_limit(static_cast<std::uint32_t>(limits.head_bytes));
  parser.body_limit(boost::none);
  parser.put(buffer(head.data(), head.size()), error);
  if (error && error != http::error::need_more && error != http::error::need_buffer)
    return MessageProblem{has_other_version(head) ? 505 : 400,
                          fmt::format("the head cannot be read: {}", error.message())};
  if (!parser.is_header_done()) return MessageProblem{400, "the head is not complete"};
  return {};
}

bool keeps_alive(const Fields& fields, HttpVersion version) {
  const std::vector<std::string> connection = entries(fields, "Connection");
  const auto says = [&](std::string_view word) {
    return std::any_of(connection.begin(), connection.end(),
                       [&](const std::string& entry) { return same_name(entry, word); });
  };
  if (says("close")) return false;
  return version == HttpVersion::Http11 || says("keep-alive");
}

/// Sets authority and target from the absolute form, which wins over Host (RFC 9112, 3.2.2). Its scheme is what the
/// client says; the connection knows better.
void take_absolute_form(RequestHead& head) {
  const std::size_t authority = head.target.find("://") + 3;
  const std::size_t path = std::min(head.target.find_first_of("/?", authority), head.target.size());
  head.authority = head.target.substr(authority, path - authority);
  std::string rest = head.target.substr(path);
  if (rest.empty() && head.method == "OPTIONS") rest = "*";  // RFC 9112, 3.2.4
  head.target = rest.empty() || rest.front() == '?' ? "/" + rest : rest;
}

/// The protocol of Upgrade where it is meant for this hop and names one.
std::string wanted_upgrade(const Fields& fields, HttpVersion version) {
  const std::vector<std::string> connection = entries(fields, "Connection");
  const bool named = std::any_of(connection.begin(), connection.end(),
                                 [](const std::string& entry) { return same_name(entry, "upgrade"); });
  if (!named || version != HttpVersion::Http11) return {};
  const std::vector<std::string> protocols = entries(fields, "Upgrade");
  // A choice is not needed: nobody has to switch (RFC 9110, 7.8). HTTP/2 over plain text by Upgrade is gone (RFC 9113,
  // 3.1).
  if (protocols.size() != 1 || same_name(protocols[0], "h2c")) return {};
  return protocols[0];
}

std::optional<MessageProblem> check_request(const RequestHead& head, const HttpLimits& limits) {
  if (auto problem = check_request_line(head.method, head.target, limits)) return problem;
  if (auto problem = check_host(head.fields, head.version)) return problem;
  return check_expect(head.fields);
}

void take_message_fields(RequestHead& head, const Framing& framing) {
  if (const std::string* host = find(head.fields, "Host")) head.authority = *host;
  if (head.target.front() != '/' && head.target != "*") take_absolute_form(head);
  head.content_length = framing.content_length;
  head.has_body = framing.chunked || framing.content_length.value_or(0) > 0;
  // Behind a body nobody could tell where the other protocol begins.
  if (!head.has_body) head.upgrade = wanted_upgrade(head.fields, head.version);
  head.expects_continue = head.has_body && head.version == HttpVersion::Http11 && count(head.fields, "Expect") > 0;
  for (const std::string_view name : {"Host", "Content-Length", "Transfer-Encoding", "Expect"})
    remove(head.fields, name);
  if (!head.upgrade.empty()) remove(head.fields, "Upgrade");
}

}  // namespace

struct BodyDecoder::Chunks {
  http::request_parser<http::buffer_body> parser;
  std::size_t undecoded = 0;  // bytes of framing since the last byte of the body

  Chunks() {
    beast::error_code ignored;
    parser.body_limit(boost::none);
    parser.header_limit(kMaxUndecoded);
    parser.put(buffer(kChunkedHead.data(), kChunkedHead.size()), ignored);
    parser.get().base().clear();
  }
};

BodyDecoder::BodyDecoder() = default;
BodyDecoder::BodyDecoder(BodyDecoder&&) noexcept = default;
BodyDecoder& BodyDecoder::operator=(BodyDecoder&&) noexcept = default;
BodyDecoder::~BodyDecoder() = default;

BodyDecoder::Step BodyDecoder::decode(std::span<const std::uint8_t> input, std::span<std::uint8_t> room) {
  if (ended_) return {0, 0, true, {}};
  if (framing_ == BodyFraming::Chunked) return decode_chunks(input, room);
  std::size_t size = std::min(input.size(), room.size());
  if (framing_ == BodyFraming::Length) size = static_cast<std::size_t>(std::min<std::uint64_t>(size, left_));
  std::memcpy(room.data(), input.data(), size);
  pass(size);
  return {size, size, ended_, {}};
}

BodyDecoder::Step BodyDecoder::decode_chunks(std::span<const std::uint8_t> input, std::span<std::uint8_t> room) {
  auto& parser = chunks_->parser;
  auto& body = parser.get().body();
  Step step;
  body.data = room.data();
  body.size = room.size();
  while (step.taken < input.size() && step.given < room.size() && !parser.is_done()) {
    beast::error_code error;
    const std::span<const std::uint8_t> rest = input.subspan(step.taken);
    const std::size_t taken = parser.put(buffer(rest.data(), rest.size()), error);
    const std::size_t given = room.size() - body.size - step.given;
    step.taken += taken;
    step.given += given;
    chunks_->undecoded = given > 0 ? 0 : chunks_->undecoded + taken;
    if (error && error != http::error::need_more && error != http::error::need_buffer) {
      step.problem = {400, fmt::format("bad chunked body: {}", error.message())};
      return step;
    }
    if (parser.is_done()) step.problem = check_raw_trailers(as_text(rest.first(taken)));
    if (step.problem) return step;
    if (error == http::error::need_more || (taken == 0 && given == 0)) break;
  }
  // Beast looks for the end of a quoted string behind the line, too.
  if (step.given == 0 && !parser.is_done() && has_open_quote(as_text(input.subspan(step.taken))))
    step.problem = {400, "a chunk extension has no end"};
  const std::size_t waiting = input.size() - step.taken;
  if (chunks_->undecoded > kMaxUndecoded || (step.given == 0 && waiting > kMaxUndecoded && !parser.is_done()))
    step.problem = {431, "the size of a chunk or the trailer takes too many bytes"};
  ended_ = step.ended = parser.is_done();
  return step;
}

bool BodyDecoder::close() {
  if (framing_ == BodyFraming::UntilClose) ended_ = true;
  return ended_;
}

Fields BodyDecoder::take_trailers() {
  if (!chunks_) return {};
  Fields trailers = copy_fields(chunks_->parser);
  std::erase_if(trailers, [](const Field& field) { return is_forbidden_trailer(field.name); });
  return trailers;
}

std::size_t BodyDecoder::plain_bytes() const {
  constexpr std::uint64_t kMany = 1U << 30U;
  if (ended_ || framing_ == BodyFraming::Chunked) return 0;
  return static_cast<std::size_t>(framing_ == BodyFraming::Length ? std::min(left_, kMany) : kMany);
}

void BodyDecoder::pass(std::size_t size) {
  if (framing_ != BodyFraming::Length) return;
  left_ -= size;
  ended_ = left_ == 0;
}

/// Makes decoders.
class HeadReader {
 public:
  static BodyDecoder decoder(BodyFraming framing, std::uint64_t length) {
    BodyDecoder body;
    body.framing_ = framing;
    body.left_ = length;
    body.ended_ = framing == BodyFraming::None || (framing == BodyFraming::Length && length == 0);
    if (framing == BodyFraming::Chunked) body.chunks_ = std::make_unique<BodyDecoder::Chunks>();
    return body;
  }
};

std::optional<ReadRequest> read_request(std::string_view raw, const HttpLimits& limits, const std::string& scheme,
                                        MessageProblem& problem) {
  http::request_parser<http::empty_body> parser;
  parser.skip(true);  // the body is decoded elsewhere
  if (auto found = parse(parser, raw, limits)) {
    problem = *found;
    return {};
  }
  ReadRequest request;
  RequestHead& head = request.head;
  head.version = parser.get().version() == 10 ? HttpVersion::Http10 : HttpVersion::Http11;
  head.method = text(parser.get().method_string());
  head.target = text(parser.get().target());
  head.scheme = scheme;
  head.fields = copy_fields(parser);
  if (auto found = check_request(head, limits)) {
    problem = *found;
    return {};
  }
  const std::optional<Framing> framing = read_framing(head.fields, head.version, problem);
  if (!framing) return {};
  if (limits.body_bytes > 0 && framing->content_length.value_or(0) > limits.body_bytes) {
    problem = {413, fmt::format("the body is larger than {} bytes", limits.body_bytes)};
    return {};
  }
  request.keep_alive = keeps_alive(head.fields, head.version);
  take_message_fields(head, *framing);
  if (head.has_body && head.method == "TRACE") {
    problem = {400, "TRACE has no body"};
    return {};
  }
  request.body = HeadReader::decoder(framing->chunked          ? BodyFraming::Chunked
                                     : framing->content_length ? BodyFraming::Length
                                                               : BodyFraming::None,
                                     framing->content_length.value_or(0));
  return request;
}

std::optional<ReadResponse> read_response(std::string_view raw, const HttpLimits& limits, const std::string& method,
                                          MessageProblem& problem) {
  http::response_parser<http::empty_body> parser;
  parser.skip(true);
  if (auto found = parse(parser, raw, limits)) {
    problem = *found;
    return {};
  }
  ReadResponse response;
  ResponseHead& head = response.head;
  const HttpVersion version = parser.get().version() == 10 ? HttpVersion::Http10 : HttpVersion::Http11;
  head.status = static_cast<int>(parser.get().result_int());
  head.reason = reason_of(raw);
  head.fields = copy_fields(parser);
  const std::optional<Framing> framing = read_framing(head.fields, version, problem);
  if (!framing) return {};
  if (head.status < 100 || head.status > 599) {
    problem = {502, fmt::format("the status {} is none of HTTP's", head.status)};
    return {};
  }
  head.content_length = framing->content_length;
  head.has_body = head.status >= 200 && head.status != 204 && head.status != 304 && method != "HEAD";
  response.keep_alive = keeps_alive(head.fields, version);
  if (head.status == 101) head.upgrade = wanted_upgrade(head.fields, version);
  remove(head.fields, "Content-Length");
  remove(head.fields, "Transfer-Encoding");
  const BodyFraming how = !head.has_body            ? BodyFraming::None
                          : framing->chunked        ? BodyFraming::Chunked
                          : framing->content_length ? BodyFraming::Length
                                                    : BodyFraming::UntilClose;
  if (how == BodyFraming::UntilClose) response.keep_alive = false;
  response.body = HeadReader::decoder(how, framing->content_length.value_or(0));
  return response;
}

}  // namespace tlsward::serve
