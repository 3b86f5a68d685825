// What RFC 9113, RFC 7541 and RFC 8441 forbid, and what they ask for, frame by frame.
#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/serve/http2_server_thread.h"
#include "tests/serve/raw_http2.h"

namespace tlsward::test {
namespace {

using serve::Fields;

struct Case {
  std::string name;
  std::string bytes;                  // behind a good greeting
  std::vector<std::string> outcomes;  // of stream 1, or of the connection: any of them
};

const std::string kHello = headers(1, get("/hello"));
const std::string kHeld = headers(1, get("/hold"), 0);  // its body may follow
const std::string kPing = frame(kPingFrame, 0, 0, "12345678");

/// A request whose fields are these, in stream 1.
std::string request(const Fields& fields) {
  return headers(1, fields);
}

Fields without(std::string_view name) {
  Fields fields = get("/hello");
  remove(fields, name);
  return fields;
}

Fields with(std::string_view name, std::string value) {
  Fields fields = get("/hello");
  for (serve::Field& field : fields) {
    if (field.name == name) {
      field.value = std::move(value);
      return fields;
    }
  }
  fields.push_back({std::string(name), std::move(value)});
  return fields;
}

std::string outcome_of(const Http2ServerThread& server, const std::string& bytes) {
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(bytes);
  return peer.outcome(1);
}

void check(const std::vector<Case>& cases) {
  const Http2ServerThread server;
  for (const Case& it : cases) {
    INFO(it.name);
    const std::string outcome = outcome_of(server, it.bytes);
    INFO(outcome);
    CHECK(std::find(it.outcomes.begin(), it.outcomes.end(), outcome) != it.outcomes.end());
  }
  CHECK(outcome_of(server, kHello) == "200");
}

}  // namespace

TEST_CASE("http2: what need not be understood is passed over") {
  check({{"an unknown frame", frame(0x16, 0xff, 0, "some") + kHello, {"200"}},
         {"an unknown frame of the stream",
          kHeld + frame(0x16, 0, 1, "some") + frame(kDataFrame, kEndStream, 1),
          {"200"}},
         {"undefined flags", frame(kPingFrame, 0xfe, 0, "12345678") + kHello, {"200"}},
         {"the reserved bit", frame(kPingFrame, 0, 0x80000000, "12345678") + kHello, {"200"}},
         {"an unknown setting", frame(kSettingsFrame, 0, 0, setting(0x99, 1)) + kHello, {"200"}},
         {"padding",
          frame(kHeadersFrame, kEndStream | kEndHeaders | kPadded, 1, "\x02" + block(get("/hello")) + "xx"),
          {"200"}},
         {"padded DATA", kHeld + frame(kDataFrame, kEndStream | kPadded, 1, std::string("\x03") + "abc"), {"200"}},
         {"a priority",
          frame(kHeadersFrame, kEndStream | kEndHeaders | kPriority, 1, four_bytes(0) + "\x10" + block(get("/hello"))),
          {"200"}},
         {"PRIORITY of an idle stream", frame(kPriorityFrame, 0, 3, four_bytes(0) + "\x10") + kHello, {"200"}},
         {"GOAWAY", frame(kGoawayFrame, 0, 0, four_bytes(0) + four_bytes(0)) + kHello, {"200"}},
         {"a block in pieces",
          frame(kHeadersFrame, kEndStream, 1, block(get("/hello")).substr(0, 7)) + frame(kContinuationFrame, 0, 1) +
              frame(kContinuationFrame, kEndHeaders, 1, block(get("/hello")).substr(7)),
          {"200"}},
         {"trailers", kHeld + frame(kDataFrame, 0, 1, "x") + headers(1, {{"x-check", "1"}}), {"200"}}});
}

TEST_CASE("http2: frames with a wrong length") {
  check({{"DATA that is too long",
          kHeld + frame(kDataFrame, 0, 1, std::string(16'385, 'x')),
          {"goaway FRAME_SIZE_ERROR", "reset FRAME_SIZE_ERROR"}},
         {"HEADERS that are too long",
          frame(kHeadersFrame, kEndStream | kEndHeaders, 1, block(with("x-long", std::string(16'384, 'x')))),
          {"goaway FRAME_SIZE_ERROR"}},
         {"SETTINGS of 3 bytes", frame(kSettingsFrame, 0, 0, "abc"), {"goaway FRAME_SIZE_ERROR"}},
         {"an answer to SETTINGS with a payload",
          frame(kSettingsFrame, kAck, 0, setting(1, 1)),
          {"goaway FRAME_SIZE_ERROR"}},
         {"PRIORITY of 4 bytes",
          kHeld + frame(kPriorityFrame, 0, 1, four_bytes(0)),
          {"goaway FRAME_SIZE_ERROR", "reset FRAME_SIZE_ERROR"}},
         {"RST_STREAM of 3 bytes", kHeld + frame(kResetFrame, 0, 1, "abc"), {"goaway FRAME_SIZE_ERROR"}},
         {"PING of 6 bytes", frame(kPingFrame, 0, 0, "123456"), {"goaway FRAME_SIZE_ERROR"}},
         {"GOAWAY of 4 bytes", frame(kGoawayFrame, 0, 0, four_bytes(0)), {"goaway FRAME_SIZE_ERROR"}},
         {"WINDOW_UPDATE of 3 bytes", frame(kWindowUpdateFrame, 0, 0, "abc"), {"goaway FRAME_SIZE_ERROR"}}});
}

TEST_CASE("http2: frames on a stream where they must not be") {
  check({{"DATA on no stream", frame(kDataFrame, 0, 0, "x"), {"goaway PROTOCOL_ERROR"}},
         {"HEADERS on no stream", headers(0, get("/hello")), {"goaway PROTOCOL_ERROR"}},
         {"PRIORITY on no stream", frame(kPriorityFrame, 0, 0, four_bytes(1) + "\x10"), {"goaway PROTOCOL_ERROR"}},
         {"RST_STREAM on no stream", reset(0, 8), {"goaway PROTOCOL_ERROR"}},
         {"CONTINUATION on no stream",
          frame(kHeadersFrame, kEndStream, 1, "") + frame(kContinuationFrame, kEndHeaders, 0),
          {"goaway PROTOCOL_ERROR"}},
         {"SETTINGS on a stream", frame(kSettingsFrame, 0, 1), {"goaway PROTOCOL_ERROR"}},
         {"PING on a stream", frame(kPingFrame, 0, 1, "12345678"), {"goaway PROTOCOL_ERROR"}},
         {"GOAWAY on a stream", frame(kGoawayFrame, 0, 1, four_bytes(0) + four_bytes(0)), {"goaway PROTOCOL_ERROR"}},
         {"PUSH_PROMISE from a client",
          frame(kPushPromiseFrame, kEndHeaders, 1, four_bytes(2) + block(get("/"))),
          {"goaway PROTOCOL_ERROR"}},
         {"a stream with an even number", headers(2, get("/hello")), {"goaway PROTOCOL_ERROR"}},
         {"a stream with a smaller number",
          headers(5, get("/hello")) + headers(3, get("/hello")),
          {"goaway PROTOCOL_ERROR", "goaway STREAM_CLOSED"}}});
}

TEST_CASE("http2: frames in a state that does not allow them") {
  check({{"DATA on an idle stream", frame(kDataFrame, 0, 1, "x"), {"goaway PROTOCOL_ERROR", "goaway STREAM_CLOSED"}},
         {"RST_STREAM on an idle stream", reset(1, 8), {"goaway PROTOCOL_ERROR"}},
         {"WINDOW_UPDATE on an idle stream", window_update(1, 1), {"goaway PROTOCOL_ERROR"}},
         {"CONTINUATION alone", frame(kContinuationFrame, kEndHeaders, 1, block(get("/"))), {"goaway PROTOCOL_ERROR"}},
         {"CONTINUATION behind END_HEADERS",
          kHeld + frame(kContinuationFrame, kEndHeaders, 1),
          {"goaway PROTOCOL_ERROR"}},
         {"CONTINUATION behind DATA",
          kHeld + frame(kDataFrame, 0, 1, "x") + frame(kContinuationFrame, kEndHeaders, 1),
          {"goaway PROTOCOL_ERROR"}},
         {"CONTINUATION of another stream",
          frame(kHeadersFrame, kEndStream, 1, block(get("/"))) + frame(kContinuationFrame, kEndHeaders, 3),
          {"goaway PROTOCOL_ERROR"}},
         {"a frame within a block",
          frame(kHeadersFrame, kEndStream, 1, block(get("/"))) + kPing,
          {"goaway PROTOCOL_ERROR"}},
         {"an unknown frame within a block",
          frame(kHeadersFrame, kEndStream, 1, block(get("/"))) + frame(0x16, 0, 1),
          {"goaway PROTOCOL_ERROR"}},
         {"HEADERS within a block",
          frame(kHeadersFrame, 0, 1, block(get("/"))) + headers(3, get("/")),
          {"goaway PROTOCOL_ERROR"}},
         {"DATA behind the end",
          headers(1,
                  {{":method", "GET"}, {":scheme", "http"}, {":authority", "localhost"}, {":path", "/bytes/5000000"}}) +
              frame(kDataFrame, 0, 1, "x"),
          {"goaway STREAM_CLOSED", "reset STREAM_CLOSED"}},
         {"HEADERS without END_STREAM behind a body",
          kHeld + frame(kDataFrame, 0, 1, "x") + headers(1, {{"x-check", "1"}}, 0),
          {"goaway PROTOCOL_ERROR", "reset PROTOCOL_ERROR"}}});
}

TEST_CASE("http2: frames behind a reset of the client's own, and behind its end") {
  const std::vector<std::string> closed = {"goaway STREAM_CLOSED", "reset STREAM_CLOSED"};
  const std::string ended = kHeld + frame(kDataFrame, kEndStream, 1, "x");
  check({{"DATA behind a reset", kHeld + reset(1, 8) + frame(kDataFrame, 0, 1, "x"), closed},
         {"HEADERS behind a reset", kHeld + reset(1, 8) + kHello, closed},
         {"CONTINUATION behind a reset",
          kHeld + reset(1, 8) + frame(kContinuationFrame, kEndHeaders, 1),
          {"goaway PROTOCOL_ERROR", "goaway STREAM_CLOSED"}},
         {"DATA behind the end", ended + frame(kDataFrame, 0, 1, "x"), closed},
         {"HEADERS behind the end", ended + kHello, closed},
         {"PRIORITY behind a reset is none",
          kHeld + frame(kPriorityFrame, 0, 1, four_bytes(0) + "\x10") + frame(kDataFrame, kEndStream, 1),
          {"200"}}});
}

TEST_CASE("http2: what was on its way when the server reset a stream is passed over") {
  const Http2ServerThread server;
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(headers(1, get("/deaf"), 0));
  CHECK(peer.body(1) == "deaf\n");
  REQUIRE(peer.next(kResetFrame, 1));
  peer.send(frame(kDataFrame, 0, 1, "late") + headers(1, {{"x-late", "1"}}) + headers(3, get("/hello")));
  CHECK(peer.outcome(3) == "200");
}

TEST_CASE("http2: settings and windows with values that do not exist") {
  const std::uint32_t most = 0x7fffffff;
  check({{"ENABLE_PUSH 2", frame(kSettingsFrame, 0, 0, setting(2, 2)), {"goaway PROTOCOL_ERROR"}},
         {"INITIAL_WINDOW_SIZE of 2^31",
          frame(kSettingsFrame, 0, 0, setting(4, most + 1)),
          {"goaway FLOW_CONTROL_ERROR"}},
         {"MAX_FRAME_SIZE below 16,384", frame(kSettingsFrame, 0, 0, setting(5, 16'383)), {"goaway PROTOCOL_ERROR"}},
         {"MAX_FRAME_SIZE of 2^24", frame(kSettingsFrame, 0, 0, setting(5, 1 << 24)), {"goaway PROTOCOL_ERROR"}},
         {"a window of the connection that opens by 0", window_update(0, 0), {"goaway PROTOCOL_ERROR"}},
         {"a window of a stream that opens by 0",
          kHeld + window_update(1, 0),
          {"goaway PROTOCOL_ERROR", "reset PROTOCOL_ERROR"}},
         {"a window of the connection beyond 2^31-1",
          window_update(0, most) + window_update(0, most),
          {"goaway FLOW_CONTROL_ERROR"}},
         {"a window of a stream beyond 2^31-1",
          kHeld + window_update(1, most) + window_update(1, most),
          {"reset FLOW_CONTROL_ERROR", "goaway FLOW_CONTROL_ERROR"}},
         {"a window that a setting makes too large",
          kHeld + window_update(1, most - 65'535) + frame(kSettingsFrame, 0, 0, setting(4, 65'536)),
          {"reset FLOW_CONTROL_ERROR", "goaway FLOW_CONTROL_ERROR"}},
         {"DATA with more padding than there is",
          kHeld + frame(kDataFrame, kPadded, 1, std::string("\x05") + "abc"),
          {"goaway PROTOCOL_ERROR"}},
         {"HEADERS with more padding than there is",
          frame(kHeadersFrame, kEndStream | kEndHeaders | kPadded, 1, "\xff" + block(get("/"))),
          {"goaway PROTOCOL_ERROR"}}});
}

TEST_CASE("http2: a stream that depends on itself") {
  // RFC 9113 has no such dependency any more: an error as of RFC 7540, 5.3.1, or nothing.
  check({{"HEADERS",
          frame(kHeadersFrame, kEndStream | kEndHeaders | kPriority, 1, four_bytes(1) + "\x10" + block(get("/hello"))),
          {"goaway PROTOCOL_ERROR", "reset PROTOCOL_ERROR", "200"}},
         {"PRIORITY",
          kHeld + frame(kPriorityFrame, 0, 1, four_bytes(1) + "\x10") + frame(kDataFrame, kEndStream, 1),
          {"goaway PROTOCOL_ERROR", "reset PROTOCOL_ERROR", "200"}}});
}

TEST_CASE("http2: blocks that HPACK does not know") {
  const auto bad = [](std::string_view bytes) { return frame(kHeadersFrame, kEndStream | kEndHeaders, 1, bytes); };
  check({{"an index beyond the tables", bad("\xff\x00" + block(get("/"))), {"goaway COMPRESSION_ERROR"}},
         {"index 0", bad("\x80" + block(get("/"))), {"goaway COMPRESSION_ERROR"}},
         {"a table larger than allowed", bad("\x3f\xe2\x1f" + block(get("/"))), {"goaway COMPRESSION_ERROR"}},
         {"a table size behind a field", bad(block(get("/")) + "\x20"), {"goaway COMPRESSION_ERROR"}},
         {"a literal that is cut off", bad(block(get("/")).substr(0, 9)), {"goaway COMPRESSION_ERROR"}},
         {"Huffman padding of more than 7 bits",
          bad(block(get("/")) + std::string("\x00\x85\xf2\xb2\x4a\x84\xff\x84\x49\x50\x9f\xff", 12)),
          {"goaway COMPRESSION_ERROR"}},
         {"Huffman padding of zeros",
          bad(block(get("/")) + std::string("\x00\x85\xf2\xb2\x4a\x84\xff\x83\x49\x50\x90", 11)),
          {"goaway COMPRESSION_ERROR"}},
         {"EOS within a text",
          bad(block(get("/")) + std::string("\x00\x85\xf2\xb2\x4a\x84\xff\x87\x49\x51\xff\xff\xff\xfa\x7f", 15)),
          {"goaway COMPRESSION_ERROR"}}});
}

TEST_CASE("http2: requests that are malformed are reset or refused") {
  const std::vector<std::string> malformed = {"reset PROTOCOL_ERROR", "goaway PROTOCOL_ERROR", "400"};
  Fields pseudo_last = without(":path");
  pseudo_last.push_back({"x-field", "1"});
  pseudo_last.push_back({":path", "/hello"});
  check({{"upper case", request(with("X-Upper", "1")), malformed},
         {"an unknown pseudo-header field", request(with(":unknown", "1")), malformed},
         {"a status", request(with(":status", "200")), malformed},
         {"a pseudo-header field behind another field", request(pseudo_last), malformed},
         {"no method", request(without(":method")), malformed},
         {"no scheme", request(without(":scheme")), malformed},
         {"no path", request(without(":path")), malformed},
         {"an empty path", request(with(":path", "")), malformed},
         {"two methods", request(get("/hello", {{":method", "GET"}})), malformed},
         {"two schemes", request(get("/hello", {{":scheme", "http"}})), malformed},
         {"two paths", request(get("/hello", {{":path", "/"}})), malformed},
         {"Connection", request(with("connection", "close")), malformed},
         {"Keep-Alive", request(with("keep-alive", "timeout=5")), malformed},
         {"Proxy-Connection", request(with("proxy-connection", "close")), malformed},
         {"Transfer-Encoding", request(with("transfer-encoding", "chunked")), malformed},
         {"Upgrade", request(with("upgrade", "websocket")), malformed},
         {"TE: gzip", request(with("te", "trailers, deflate")), malformed},
         {"a value with a line feed", request(with("x-field", "a\nb: c")), malformed},
         {"a value with a NUL", request(with("x-field", std::string("a\0b", 3))), malformed},
         {"a value with a blank before it", request(with("x-field", " a")), malformed},
         {"a name with a blank", request(with("x field", "a")), malformed},
         {"a name with a colon", request(with("x:field", "a")), malformed},
         {"an empty name", request(with("", "a")), malformed},
         {"pseudo-header fields in trailers", kHeld + frame(kDataFrame, 0, 1, "x") + headers(1, {{":path", "/"}}),
          malformed}});
}

TEST_CASE("http2: a body that is not as long as was told") {
  const std::vector<std::string> malformed = {"reset PROTOCOL_ERROR", "goaway PROTOCOL_ERROR", "400"};
  const std::string told = headers(1, get("/hold", {{"content-length", "4"}}), 0);
  check(
      {{"shorter", told + frame(kDataFrame, kEndStream, 1, "abc"), malformed},
       {"longer", told + frame(kDataFrame, kEndStream, 1, "abcde"), malformed},
       {"longer, in pieces", told + frame(kDataFrame, 0, 1, "abc") + frame(kDataFrame, kEndStream, 1, "de"), malformed},
       {"none", headers(1, get("/hold", {{"content-length", "4"}})), malformed},
       {"two lengths", headers(1, get("/hold", {{"content-length", "0"}, {"content-length", "0"}})), malformed},
       {"a length that is none", headers(1, get("/hold", {{"content-length", "-1"}})), malformed},
       {"as long", told + frame(kDataFrame, kEndStream, 1, "abcd"), {"200"}}});
}

TEST_CASE("http2: requests that can be understood and are refused") {
  const std::vector<std::string> malformed = {"400", "reset PROTOCOL_ERROR"};
  Fields connect = {{":method", "CONNECT"}, {":authority", "localhost:80"}};
  check({{"Host is another", request(with("host", "elsewhere")), {"400"}},
         {"Host is the same", request(with("host", "LOCALHOST")), {"200"}},
         {"Host alone",
          request({{":method", "GET"}, {":scheme", "http"}, {":path", "/hello"}, {"host", "a.test"}}),
          {"200"}},
         {"two Hosts", request(get("/hello", {{"host", "localhost"}, {"host", "localhost"}})), malformed},
         {"no host at all", request(without(":authority")), {"400", "reset PROTOCOL_ERROR"}},
         {"an authority with a user", request(with(":authority", "user@localhost")), malformed},
         {"an authority with a path", request(with(":authority", "localhost/x")), malformed},
         {"an authority that is empty", request(with(":authority", "")), malformed},
         {"a path that is none", request(with(":path", "hello")), malformed},
         {"an absolute form as path", request(with(":path", "http://localhost/hello")), malformed},
         {"a fragment", request(with(":path", "/hello#x")), malformed},
         {"a path with a blank", request(with(":path", "/hel lo")), malformed},
         {"* for GET", request(with(":path", "*")), malformed},
         {"* for OPTIONS",
          request({{":method", "OPTIONS"}, {":scheme", "http"}, {":authority", "a"}, {":path", "*"}}),
          {"404"}},
         {"another scheme", request(with(":scheme", "ftp")), malformed},
         {"a method that is no token", request(with(":method", "GE T")), malformed},
         {"CONNECT", request(connect), {"501"}},
         {":protocol without CONNECT", request(get("/hello", {{":protocol", "websocket"}})), malformed},
         {"another expectation", request(with("expect", "miracles")), {"417"}}});
}

TEST_CASE("http2: cookies in pieces become one, and the method CONNECT with :protocol a tunnel") {
  const Http2ServerThread server;
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(headers(1, get("/describe", {{"cookie", "a=1"}, {"x-other", "2"}, {"cookie", "b=3"}})));
  CHECK(peer.body(1) == "GET http localhost /describe\nx-other: 2\ncookie: a=1; b=3\n");
  Fields connect = get("/tunnel", {});
  connect[0].value = "CONNECT";
  connect.insert(connect.begin(), {":protocol", "websocket"});
  peer.send(headers(3, connect, 0));
  CHECK(peer.outcome(3) == "200");
  peer.send(frame(kDataFrame, kEndStream, 3, "through the tunnel"));
  CHECK(peer.body(3) == "through the tunnel");
}

TEST_CASE("http2: the server says what it takes, and answers SETTINGS and PING") {
  serve::HttpLimits limits;
  limits.concurrent_streams = 7;
  limits.head_bytes = 9000;
  const Http2ServerThread server(limits);
  RawHttp2 peer(server.address());
  peer.greet();
  const auto settings = peer.next();
  REQUIRE(settings);
  CHECK(settings->type == kSettingsFrame);
  for (const std::string& expected : {setting(3, 7), setting(4, 65'536), setting(6, 9000), setting(8, 1)})
    CHECK(settings->payload.find(expected) != std::string::npos);
  const auto answer = peer.next(kSettingsFrame, 0);
  REQUIRE(answer);
  CHECK(answer->flags == kAck);
  peer.send(kPing);
  const auto pong = peer.next(kPingFrame, 0);
  REQUIRE(pong);
  CHECK(pong->flags == kAck);
  CHECK(pong->payload == "12345678");
}

TEST_CASE("http2: what was flushed goes out before a reset") {
  const Http2ServerThread server;
  RawHttp2 peer(server.address());
  peer.greet();
  peer.send(headers(1, get("/abort")));
  CHECK(peer.body(1) == "half[reset INTERNAL_ERROR]");
}

TEST_CASE("http2: what does not begin as HTTP/2 is closed") {
  const Http2ServerThread server;
  for (const std::string& bytes : {std::string("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
                                   std::string("INVALID CONNECTION PREFACE\r\n\r\n"), std::string(kPreface) + kPing}) {
    RawHttp2 peer(server.address());
    peer.send(bytes);
    INFO(bytes);
    const std::string ending = peer.ending();
    CHECK((ending == "goaway PROTOCOL_ERROR" || ending == "closed"));
  }
  CHECK(server.wait_for_ended(3));
}

TEST_CASE("http2: a window is never overdrawn, and goes on where it opens") {
  const Http2ServerThread server;
  RawHttp2 peer(server.address());
  SECTION("one byte at a time") {
    peer.greet(setting(4, 1));
    peer.send(headers(1, get("/hello")));
    std::string body;
    while (body.size() < 6) {
      const auto data = peer.next(kDataFrame, 1);
      REQUIRE(data);
      CHECK(data->payload.size() == 1);
      body += data->payload;
      peer.send(window_update(1, 1));
    }
    CHECK(body == "hello\n");
  }
  SECTION("opened by a setting") {
    peer.greet(setting(4, 0));
    peer.send(headers(1, get("/hello")));
    CHECK(peer.outcome(1) == "200");
    peer.send(frame(kSettingsFrame, 0, 0, setting(4, 100)));
    CHECK(peer.body(1) == "hello\n");
  }
  SECTION("below zero") {
    peer.greet(setting(4, 3));
    peer.send(headers(1, get("/hello")));
    const auto first = peer.next(kDataFrame, 1);
    REQUIRE(first);
    CHECK(first->payload == "hel");
    peer.send(frame(kSettingsFrame, 0, 0, setting(4, 1)) + window_update(1, 2) + kPing);
    const auto nothing = peer.next(kPingFrame, 0);
    REQUIRE(nothing);
    peer.send(window_update(1, 1));
    const auto second = peer.next(kDataFrame, 1);
    REQUIRE(second);
    CHECK(second->payload == "l");
  }
  SECTION("of the connection") {
    peer.greet(setting(4, 1'000'000));
    peer.send(headers(1, get("/bytes/100000")));
    std::size_t got = 0;
    while (got < 65'535) {
      const auto data = peer.next(kDataFrame, 1);
      REQUIRE(data);
      got += data->payload.size();
    }
    CHECK(got == 65'535);
    peer.send(kPing);
    REQUIRE(peer.next(kPingFrame, 0));
    peer.send(window_update(0, 1'000'000));
    CHECK(peer.body(1).size() == 100'000 - got);
  }
}

TEST_CASE("http2: requests beyond the streams that were allowed are refused, not answered") {
  serve::HttpLimits limits;
  limits.concurrent_streams = 2;
  const Http2ServerThread server(limits);
  RawHttp2 peer(server.address());
  peer.greet();
  // The limit binds once it is acknowledged, but nothing is taken beyond it before, either.
  peer.send(headers(1, get("/hold"), 0) + headers(3, get("/hold"), 0) + headers(5, get("/hello")));
  const std::string refused = peer.outcome(5);
  CHECK(refused == "reset REFUSED_STREAM");
  peer.send(frame(kDataFrame, kEndStream, 1));
  CHECK(peer.outcome(1) == "200");
}

}  // namespace tlsward::test
