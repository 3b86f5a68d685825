// Responses as bytes.
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/serve/http1_conversation.h"

namespace tlsward::test {
namespace {

const std::string kGet = "GET / HTTP/1.1\r\nHost: a\r\n";
const std::string kLast = "Connection: close\r\n\r\n";

serve::ResponseHead status(int code) {
  serve::ResponseHead head;
  head.status = code;
  return head;
}

serve::ResponseHead with_length(std::uint64_t length) {
  serve::ResponseHead head;
  head.content_length = length;
  return head;
}

/// The answer to the last request of a connection.
std::string last(const serve::ExchangeHandler& handler) {
  return answer_to(kGet + kLast, {handler, {}});
}

}  // namespace

TEST_CASE("http1: a response with a length", "[http1]") {
  CHECK(last(answer_with(with_length(5), {"hel", "lo"})) ==
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
}

TEST_CASE("http1: a response without a length is sent in chunks, with its trailers", "[http1]") {
  const serve::Fields trailers = {{"A", "b"}, {"Content-Length", "9"}, {"Bad", "x\r\ny"}, {"b d", "x"}};
  CHECK(last(answer_with({}, {"hello", "", " world"}, trailers)) ==
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        "5\r\nhello\r\n6\r\n world\r\n0\r\nA: b\r\n\r\n");
  CHECK(last(answer_with({})) == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n0\r\n\r\n");
}

TEST_CASE("http1: a large body comes whole", "[http1]") {
  const std::string piece(100'000, 'x');
  const std::string response = last(answer_with(with_length(3 * piece.size()), {piece, piece, piece}));
  CHECK(body_of(response) == piece + piece + piece);
}

TEST_CASE("http1: to a client of HTTP/1.0 a body without a length ends with the connection", "[http1]") {
  const std::string keep = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  CHECK(answer_to(keep, {answer_with({}, {"hello"}, {{"A", "b"}}), {}}) ==
        "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
}

TEST_CASE("http1: a client of HTTP/1.0 that asks for it keeps its connection", "[http1]") {
  const std::string keep = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
  const std::string once = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\nx";
  const std::string end = "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: close\r\n\r\nx";
  const Http1Setup setup{answer_with(with_length(1), {"x"}), {}};
  CHECK(answer_to(keep + keep + "GET / HTTP/1.0\r\n\r\n", setup) == once + once + end);
}

TEST_CASE("http1: responses that have no body", "[http1]") {
  const std::string close = "Connection: close\r\n\r\n";
  CHECK(last(answer_with(status(204), {"x"})) == "HTTP/1.1 204 No Content\r\n" + close);
  CHECK(last(answer_with(status(304), {"x"})) == "HTTP/1.1 304 Not Modified\r\n" + close);
  serve::ResponseHead not_modified = with_length(7);
  not_modified.status = 304;
  not_modified.has_body = false;
  CHECK(last(answer_with(not_modified)) == "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n" + close);
  const std::string head = "HEAD / HTTP/1.1\r\nHost: a\r\n";
  CHECK(answer_to(head + kLast, {answer_with(with_length(7), {"x"}), {}}) ==
        "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n" + close);
  CHECK(answer_to(head + kLast, {answer_with({}, {"x"}), {}}) == "HTTP/1.1 200 OK\r\n" + close);
}

TEST_CASE("http1: a response that ends with its head says so", "[http1]") {
  // As HTTP/2 gives it: without a length. A client of HTTP/1.1 would wait for the end of the connection.
  serve::ResponseHead head;
  head.has_body = false;
  CHECK(last(answer_with(head)) == "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST_CASE("http1: what cannot stand in a head is left out", "[http1]") {
  serve::ResponseHead head = with_length(0);
  head.reason = "All\r\nX: y";
  head.fields = {{"A", "b"},      {"Cr", "x\ry"},      {"Lf", "x\ny"},      {"Nul", std::string("x\0y", 3)},
                 {"S p", "x"},    {"", "x"},           {"X\r\nY", "x"},     {"Del", "x\x7f"},
                 {"Tab", "x\ty"}, {"Set-Cookie", "1"}, {"Set-Cookie", "2"}, {"Obs", "\xc3\xa9"}};
  CHECK(last(answer_with(head)) ==
        "HTTP/1.1 200 OK\r\nA: b\r\nTab: x\ty\r\nSet-Cookie: 1\r\nSet-Cookie: 2\r\nObs: \xc3\xa9\r\n"
        "Content-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST_CASE("http1: the words of a status", "[http1]") {
  serve::ResponseHead head = with_length(0);
  head.status = 299;
  CHECK(last(answer_with(head)).starts_with("HTTP/1.1 299 \r\n"));
  head.reason = "Own Words";
  CHECK(last(answer_with(head)).starts_with("HTTP/1.1 299 Own Words\r\n"));
}

TEST_CASE("http1: a body that does not keep to its length is cut, and nothing follows", "[http1]") {
  CHECK(body_of(answer_to(kGet + "\r\n" + kGet + kLast, {answer_with(with_length(9), {"hello"}), {}})).size() < 9);
  CHECK(body_of(answer_to(kGet + "\r\n" + kGet + kLast, {answer_with(with_length(2), {"hello"}), {}})).size() < 2);
}

TEST_CASE("http1: a response without a length that breaks off is seen to", "[http1]") {
  const serve::ExchangeHandler break_off = [](serve::ServerExchange& exchange) -> Task<void> {
    const serve::ResponseHead head;
    const std::vector<std::uint8_t> bytes(5, 'x');
    const net::Deadline deadline = net::Clock::now() + std::chrono::seconds(20);
    [[maybe_unused]] auto written = co_await exchange.write_head(head, deadline);
    written = co_await exchange.write_body(bytes, deadline);
    written = co_await exchange.flush(deadline);
    exchange.abort();
  };
  CHECK(answer_to("GET / HTTP/1.0\r\n\r\n", {break_off, {}}).ends_with("(reset)"));
  const std::string chunked = answer_to(kGet + kLast, {break_off, {}});
  CHECK(chunked.find("0\r\n\r\n") == std::string::npos);
}

TEST_CASE("http1: interim responses", "[http1]") {
  const serve::ExchangeHandler hint = [](serve::ServerExchange& exchange) -> Task<void> {
    serve::ResponseHead interim;
    interim.status = 103;
    interim.fields.push_back({"Link", "</a>"});
    const net::Deadline deadline = net::Clock::now() + std::chrono::seconds(20);
    [[maybe_unused]] auto written = co_await exchange.write_interim(interim, deadline);
    serve::ResponseHead head;
    head.content_length = 0;
    written = co_await exchange.write_head(head, deadline);
    const serve::Fields none;
    written = co_await exchange.finish(none, deadline);
  };
  const std::string end = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
  CHECK(last(hint) == "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + end);
  CHECK(answer_to("GET / HTTP/1.0\r\n\r\n", {hint, {}}) == end);
}

}  // namespace tlsward::test
