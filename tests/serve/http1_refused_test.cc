// Requests that two parsers could read differently, and others that no server should act on (RFC 9112, 11.2): each is
// answered, says what is wrong, and ends its connection without the handler having seen it.
#include <string>
#include <string_view>
#include <vector>

#include "tests/catch.h"
#include "tests/serve/http1_conversation.h"

namespace tlsward::test {
namespace {

using namespace std::string_literals;

struct Refused {
  std::string request;
  std::string status;
};

/// Would be seen as a second request where the first ends too early.
const std::string kNext = "GET /next HTTP/1.1\r\nHost: a\r\n\r\n";

void check_refused(const std::vector<Refused>& table) {
  for (const Refused& row : table) {
    CAPTURE(row.request);
    const std::string response = answer_to(row.request);
    CHECK(status_of(response) == row.status);
    CHECK(response.find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(response.find("\r\nContent-Type: text/plain") != std::string::npos);
    CHECK(body_of(response).size() > 5);
    CHECK(response.find("/next") == std::string::npos);
  }
}

std::string get(const std::string& fields) {
  return "GET / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + kNext;
}
std::string post(const std::string& fields, const std::string& body = "") {
  return "POST / HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n" + body + kNext;
}
std::string chunks(const std::string& body) {
  return post("Transfer-Encoding: chunked\r\n", body);
}
std::string host(const std::string& value) {
  return "GET / HTTP/1.1\r\nHost:" + value + "\r\n\r\n" + kNext;
}
std::string line(const std::string& request_line) {
  return request_line + "\r\nHost: a\r\n\r\n" + kNext;
}

}  // namespace

TEST_CASE("http1: a body whose length is not certain is refused", "[http1]") {
  check_refused({
      {post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n"), "400"},
      {post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n"), "400"},
      {post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello"), "400"},
      {post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello"), "400"},
      {post("Content-Length: 5, 5\r\n", "hello"), "400"},
      {post("Content-Length: 5,\r\n", "hello"), "400"},
      {post("Content-Length: +5\r\n", "hello"), "400"},
      {post("Content-Length: -5\r\n", "hello"), "400"},
      {post("Content-Length: -0\r\n"), "400"},
      {post("Content-Length: 0x5\r\n", "hello"), "400"},
      {post("Content-Length: 5 5\r\n", "hello"), "400"},
      {post("Content-Length: 1_0\r\n", "helloworld"), "400"},
      {post("Content-Length: 5.0\r\n", "hello"), "400"},
      {post("Content-Length: \r\n"), "400"},
      {post("Content-Length: five\r\n", "hello"), "400"},
      {post("Content-Length: \"5\"\r\n", "hello"), "400"},
      {post("Content-Length: 5;\r\n", "hello"), "400"},
      {post("Content-Length: \x0b"
            "5\r\n",
            "hello"),
       "400"},
      {post("Content-Length: 18446744073709551615\r\n"), "400"},
      {post("Content-Length: 18446744073709551621\r\n", "hello"), "400"},
      {post("Content-Length: 99999999999999999999999999\r\n"), "400"},
      {post("Content-Length : 5\r\n", "hello"), "400"},
      {post("Content-Length\t: 5\r\n", "hello"), "400"},
      {post("Content-Length: \xd9\xa5\r\n", "hello"), "400"},
  });
}

TEST_CASE("http1: a Transfer-Encoding that is not chunked alone is refused", "[http1]") {
  const std::string end = "0\r\n\r\n";
  check_refused({
      {post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", end), "400"},
      {post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", end), "400"},
      {post("Transfer-Encoding: chunked, chunked\r\n", end), "400"},
      {post("Transfer-Encoding: chunked, identity\r\n", end), "400"},
      {post("Transfer-Encoding: gzip, chunked\r\n", end), "400"},
      {post("Transfer-Encoding: chunked, gzip\r\n", end), "400"},
      {post("Transfer-Encoding: identity\r\n"), "501"},
      {post("Transfer-Encoding: gzip\r\n"), "501"},
      {post("Transfer-Encoding: xchunked\r\n", end), "501"},
      {post("Transfer-Encoding: chunkedx\r\n", end), "501"},
      {post("Transfer-Encoding: \"chunked\"\r\n", end), "501"},
      {post("Transfer-Encoding: 'chunked'\r\n", end), "501"},
      {post("Transfer-Encoding: chunked;q=1\r\n", end), "501"},
      {post("Transfer-Encoding: \r\n"), "400"},
      {post("Transfer-Encoding: ,chunked\r\n", end), "400"},
      {post("Transfer-Encoding: chunked,\r\n", end), "400"},
      {post("Transfer-Encoding: \x0b"
            "chunked\r\n",
            end),
       "400"},
      {post("Transfer-Encoding: chunked\x0c\r\n", end), "400"},
      {post("Transfer-Encoding: ch\0unked\r\n"s, end), "400"},
      {post("Transfer-Encoding : chunked\r\n", end), "400"},
      {post("Transfer-Encoding\r\n : chunked\r\n", end), "400"},
      {post("Transfer-Encoding:\r\n chunked\r\n", end), "400"},
      {post(" Transfer-Encoding: chunked\r\n", end), "400"},
      {post("X: y\rTransfer-Encoding: chunked\r\n", end), "400"},
      {post("X: y\nTransfer-Encoding: chunked\r\n", end), "400"},
      {post("Transfer-Encoding: chunked\n\r\n", end), "400"},
      {"POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + end, "400"},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: gzip\r\n\r\n" + end, "400"},
  });
}

TEST_CASE("http1: chunks that are not as they should be are refused", "[http1]") {
  check_refused({
      {chunks("5\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5\r\nhello\n0\r\n\r\n"), "400"},
      {chunks("5\r\nhello0\r\n\r\n"), "400"},
      {chunks("5\r\nhello!\r\n0\r\n\r\n"), "400"},
      {chunks("5\rX\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5\r\nhello\r\r\n0\r\n\r\n"), "400"},
      {chunks("0x5\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("+5\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("-5\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks(" 5\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5 \r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5\t\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("1_0\r\nhelloworldhello!\r\n0\r\n\r\n"), "400"},
      {chunks("5.0\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("five\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("10000000000000005\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("FFFFFFFFFFFFFFFFF\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5;\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5;a\nb\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5;a\rb\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5;a=\x01\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5;a\0\r\nhello\r\n0\r\n\r\n"s), "400"},
      {chunks("5;\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5;a=\"\r\nhello\r\n0\r\n\r\n"), "400"},
      {chunks("5\0\r\nhello\r\n0\r\n\r\n"s), "400"},
      {chunks("5\r\nhello\r\n0\n\n"), "400"},
      {chunks("5\r\nhello\r\n0\r\n\n"), "400"},
      {chunks("5\r\nhello\r\n0\r\nA b: c\r\n\r\n"), "400"},
      {chunks("5\r\nhello\r\n0\r\nA : c\r\n\r\n"), "400"},
      {chunks("5\r\nhello\r\n0\r\nA: c\nB: d\r\n\r\n"), "400"},
      {chunks("5\r\nhello\r\n0\r\nA: c\r\n d\r\n\r\n"), "400"},
      {chunks("5\r\nhello\r\n0\r\nA: c\x01\r\n\r\n"), "400"},
      {chunks("5\r\nhello\r\n0\r\nA\r\n\r\n"), "400"},
      {chunks("5\r\nhello\r\n0\r\n: c\r\n\r\n"), "400"},
      {chunks("5;a=" + std::string(20'000, 'x') + "\r\nhello\r\n0\r\n\r\n"), "431"},
      {chunks("5\r\nhello\r\n0\r\nA: " + std::string(70'000, 'x') + "\r\n\r\n"), "431"},
      {chunks(std::string(20'000, '0') + "5\r\nhello\r\n0\r\n\r\n"), "431"},
  });
}

TEST_CASE("http1: a request that does not name its host well is refused", "[http1]") {
  check_refused({
      {"GET / HTTP/1.1\r\n\r\n", "400"},
      {"GET http://a/ HTTP/1.1\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n", "400"},
      {"GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", "400"},
      {host(""), "400"},
      {host(" "), "400"},
      {host(" a b"), "400"},
      {host(" a/b"), "400"},
      {host(" a, b"), "400"},
      {host(" user@a"), "400"},
      {host(" a:b"), "400"},
      {host(" a:80:80"), "400"},
      {host(" a:+80"), "400"},
      {host(" a:65536"), "400"},
      {host(" a:999999"), "400"},
      {host(" :80"), "400"},
      {host(" a?b"), "400"},
      {host(" a#b"), "400"},
      {host(" a\\b"), "400"},
      {host(" \xc3\xa9"), "400"},
      {host(" a%"), "400"},
      {host(" a%zz"), "400"},
      {host(" [::1"), "400"},
      {host(" ::1"), "400"},
      {host(" []"), "400"},
      {host(" [::g]"), "400"},
      {host(" [:::]"), "400"},
      {host(" [1.2.3.4]"), "400"},
      {host(" [::1]80"), "400"},
      {host(" [::1]:x"), "400"},
      {host(" http://a"), "400"},
  });
}

TEST_CASE("http1: a request line that is none is refused", "[http1]") {
  check_refused({
      {line("GET"), "400"},
      {line("GET /"), "400"},
      {line("GET / "), "400"},
      {line("GET /  HTTP/1.1"), "400"},
      {line("GET  / HTTP/1.1"), "400"},
      {line("GET\t/\tHTTP/1.1"), "400"},
      {line(" GET / HTTP/1.1"), "400"},
      {line("GET / HTTP/1.1 "), "400"},
      {line("GET / HTTP/1.1 x"), "400"},
      {line("GET / a HTTP/1.1"), "400"},
      {line("GET /\ta HTTP/1.1"), "400"},
      {line("G(T / HTTP/1.1"), "400"},
      {line("G\"T / HTTP/1.1"), "400"},
      {line("G\x01T / HTTP/1.1"), "400"},
      {line("G\0T / HTTP/1.1"s), "400"},
      {line("GET a HTTP/1.1"), "400"},
      {line("GET ?a HTTP/1.1"), "400"},
      {line("GET /#a HTTP/1.1"), "400"},
      {line("GET http://a/#b HTTP/1.1"), "400"},
      {line("GET /\x01 HTTP/1.1"), "400"},
      {line("GET /\x7f HTTP/1.1"), "400"},
      {line("GET /\0 HTTP/1.1"s), "400"},
      {line("GET /\xc3\xa9 HTTP/1.1"), "400"},
      {line("GET /\xff HTTP/1.1"), "400"},
      {line("GET * HTTP/1.1"), "400"},
      {line("POST * HTTP/1.1"), "400"},
      {line("GET ftp://a/ HTTP/1.1"), "400"},
      {line("GET javascript:a HTTP/1.1"), "400"},
      {line("GET http:// HTTP/1.1"), "400"},
      {line("GET http:///a HTTP/1.1"), "400"},
      {line("GET http:/a HTTP/1.1"), "400"},
      {line("GET http://user@a/ HTTP/1.1"), "400"},
      {line("GET http://a:b/ HTTP/1.1"), "400"},
      {line("GET a:443 HTTP/1.1"), "400"},
      {line("CONNECT a:443 HTTP/1.1"), "501"},
      {line("CONNECT / HTTP/1.1"), "400"},
      {line("CONNECT a HTTP/1.1"), "400"},
      {line("CONNECT http://a/ HTTP/1.1"), "400"},
      {line("GET / HTTP/1.2"), "505"},
      {line("GET / HTTP/0.9"), "505"},
      {line("GET / HTTP/2.0"), "505"},
      {line("GET / HTTP/3.0"), "505"},
      {line("GET / HTTP/9.9"), "505"},
      {line("GET / HTTP/1"), "400"},
      {line("GET / HTTP/1."), "400"},
      {line("GET / HTTP/.1"), "400"},
      {line("GET / HTTP/11"), "400"},
      {line("GET / HTTP/1.10"), "400"},
      {line("GET / HTTP/1.1.1"), "400"},
      {line("GET / HTTP/01.1"), "400"},
      {line("GET / HTTP/1,1"), "400"},
      {line("GET / http/1.1"), "400"},
      {line("GET / HTTPS/1.1"), "400"},
      {line("GET / HTTP 1.1"), "400"},
      {line("GET / HTTP/ 1.1"), "400"},
      {line("GET / HTTP/a.b"), "400"},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
      {"TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", "400"},
  });
}

TEST_CASE("http1: field lines that are none are refused", "[http1]") {
  check_refused({
      {get("A : b\r\n"), "400"},
      {get("A\t: b\r\n"), "400"},
      {get("A b: c\r\n"), "400"},
      {get(" A: b\r\n"), "400"},
      {get("\tA: b\r\n"), "400"},
      {get("A: b\r\n c\r\n"), "400"},
      {get("A: b\r\n\tc\r\n"), "400"},
      {get("A: b\r\n \r\n"), "400"},
      {get(": b\r\n"), "400"},
      {get("A\r\n"), "400"},
      {get("A;B: c\r\n"), "400"},
      {get("A(: c\r\n"), "400"},
      {get("A\"B: c\r\n"), "400"},
      {get("\xc3\xa9: c\r\n"), "400"},
      {get("A\x01: c\r\n"), "400"},
      {get("A\0: c\r\n"s), "400"},
      {get("A: b\0c\r\n"s), "400"},
      {get("A: b\x01"
           "c\r\n"),
       "400"},
      {get("A: b\x7f\r\n"), "400"},
      {get("A: b\x1b\r\n"), "400"},
      {get("A: b\rc\r\n"), "400"},
      {get("A: b\r\r\n"), "400"},
      {get("A: b\n"), "400"},
      {"GET / HTTP/1.1\r\n Host: a\r\n\r\n" + kNext, "400"},
      {"GET / HTTP/1.1\r\n\tA: b\r\nHost: a\r\n\r\n" + kNext, "400"},
      {get("Expect: 200-ok\r\n"), "417"},
      {get("Expect: 100-continue, other\r\n"), "417"},
      {get("Expect: 100-continues\r\n"), "417"},
  });
}

TEST_CASE("http1: a line that ends with LF alone is refused at once", "[http1]") {
  // Nobody waits for a CRLF that will not come.
  check_refused({
      {"GET / HTTP/1.1\nHost: a\n\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\n\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\r\n\n", "400"},
      {"GET / HTTP/1.1\r\nHost: a\r\nA: b\n\r\n", "400"},
      {"\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
      {"\r\n\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "400"},
      {"\n", "400"},
  });
}

TEST_CASE("http1: what is no request is refused", "[http1]") {
  check_refused({
      {"\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n" + kNext, "400"},
      {"\r\n\r\n\r\n\r\n", "400"},
      {"\r\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n" + kNext, "400"},
      {"GET /\r\n\r\n", "400"},
      {"hello\r\n\r\n", "400"},
      {"HTTP/1.1 200 OK\r\n\r\n", "400"},
      {"\0\0\0\0\r\n\r\n"s, "400"},
      {"{\"a\": 1}\r\n\r\n", "400"},
      {"SSH-2.0-x\r\n\r\n", "400"},
  });
}

TEST_CASE("http1: a TLS hello on a plain port is told that it is one", "[http1]") {
  for (const std::string& hello : {"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"s, "\x16\x03\x03\x00\x05\n\n\n\n"s}) {
    const std::string response = answer_to(hello);
    CHECK(status_of(response) == "400");
    CHECK(body_of(response).find("plain HTTP") != std::string::npos);
    CHECK(body_of(response).find("TLS") != std::string::npos);
  }
}

TEST_CASE("http1: a head that breaks off is told so where the client still listens", "[http1]") {
  std::string answer;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    co_await client.send("GET / HTTP/1.1\r\nHo");
    client.end();
    answer = co_await client.receive_all();
  };
  converse({}, script);
  CHECK(status_of(answer) == "400");
}

}  // namespace tlsward::test
