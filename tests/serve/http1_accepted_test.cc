// Requests that look odd and are right, and how they are understood.
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/serve/http1_conversation.h"

namespace tlsward::test {
namespace {

struct Accepted {
  std::string request;
  std::string reflected;
};

void check_accepted(const std::vector<Accepted>& table) {
  for (const Accepted& row : table) {
    CAPTURE(row.request);
    const std::string response = answer_to(row.request);
    CHECK(status_of(response) == "200");
    CHECK(body_of(response) == row.reflected);
  }
}

/// The last request of its connection.
std::string request(const std::string& line, const std::string& fields = "Host: a\r\n", const std::string& body = "") {
  return line + "\r\n" + fields + "Connection: close\r\n\r\n" + body;
}
std::string chunks(const std::string& body) {
  return request("POST / HTTP/1.1", "Host: a\r\nTransfer-Encoding: chunked\r\n", body);
}

}  // namespace

TEST_CASE("http1: the forms of a request target", "[http1]") {
  check_accepted({
      {request("GET / HTTP/1.1"), "GET http a / []\n"},
      {request("GET /a/b?c=d&e HTTP/1.1"), "GET http a /a/b?c=d&e []\n"},
      {request("GET //a HTTP/1.1"), "GET http a //a []\n"},
      {request("GET /%00%0d%0a HTTP/1.1"), "GET http a /%00%0d%0a []\n"},
      {request("GET /{a}|b HTTP/1.1"), "GET http a /{a}|b []\n"},
      {request("OPTIONS * HTTP/1.1"), "OPTIONS http a * []\n"},
      {request("GET http://b/c HTTP/1.1"), "GET http b /c []\n"},
      {request("GET http://b:81 HTTP/1.1"), "GET http b:81 / []\n"},
      {request("GET HTTP://b?c HTTP/1.1"), "GET http b /?c []\n"},
      {request("OPTIONS http://b HTTP/1.1"), "OPTIONS http b * []\n"},
      // What the connection is does not depend on what the client says.
      {request("GET https://b/c HTTP/1.1"), "GET http b /c []\n"},
      {request("get / HTTP/1.1"), "get http a / []\n"},
      {request("M-SEARCH / HTTP/1.1"), "M-SEARCH http a / []\n"},
      {"\r\n" + request("GET / HTTP/1.1"), "GET http a / []\n"},
  });
}

TEST_CASE("http1: hosts", "[http1]") {
  for (const std::string host : {"a", "a.b-c.d_e", "A.B.", "a:80", "a:", "a:65535", "127.0.0.1", "127.0.0.1:8080",
                                 "[::1]", "[::1]:443", "[2001:db8::1.2.3.4]", "a%20b", "xn--bcher-kva.example"}) {
    check_accepted({{request("GET / HTTP/1.1", "Host: " + host + "\r\n"), "GET http " + host + " / []\n"}});
  }
  check_accepted({{request("GET / HTTP/1.0", ""), "GET http  / []\n"},
                  {request("GET / HTTP/1.0", "Host: a\r\n"), "GET http a / []\n"},
                  {request("GET / HTTP/1.1", "hOsT:\t a \t\r\n"), "GET http a / []\n"}});
}

TEST_CASE("http1: bodies", "[http1]") {
  check_accepted({
      {request("POST / HTTP/1.1", "Host: a\r\nContent-Length: 5\r\n", "hello"), "POST http a / [hello]\n"},
      {request("POST / HTTP/1.1", "Host: a\r\nContent-Length: 0\r\n"), "POST http a / []\n"},
      {request("POST / HTTP/1.1", "Host: a\r\nContent-Length: 0005\r\n", "hello"), "POST http a / [hello]\n"},
      {request("POST / HTTP/1.0", "Content-Length: 5\r\n", "hello"), "POST http  / [hello]\n"},
      {request("GET / HTTP/1.1", "Host: a\r\nContent-Length: 5\r\n", "hello"), "GET http a / [hello]\n"},
      {request("POST / HTTP/1.1"), "POST http a / []\n"},
      {chunks("0\r\n\r\n"), "POST http a / []\n"},
      {chunks("000\r\n\r\n"), "POST http a / []\n"},
      {chunks("5\r\nhello\r\n0\r\n\r\n"), "POST http a / [hello]\n"},
      {chunks("00000005\r\nhello\r\n0\r\n\r\n"), "POST http a / [hello]\n"},
      {chunks("a\r\nhelloworld\r\nA\r\nhelloworld\r\n0\r\n\r\n"), "POST http a / [helloworldhelloworld]\n"},
      {chunks("5;a=b;c;d=\"e\\\"\xc3\xa9;\"\r\nhello\r\n0;f=\"\"\r\n\r\n"), "POST http a / [hello]\n"},
      {chunks("7\r\n\r\n\r\n0\r\n\r\n0\r\n\r\n"), "POST http a / [\r\n\r\n0\r\n]\n"},
      {request("POST / HTTP/1.1", "Host: a\r\nTransfer-Encoding:\tCHUNKED \r\n", "1\r\nx\r\n0\r\n\r\n"),
       "POST http a / [x]\n"},
  });
}

TEST_CASE("http1: trailers are given, and never change what was decided without them", "[http1]") {
  check_accepted({
      {chunks("1\r\nx\r\n0\r\nA: b\r\nC:\r\n\r\n"), "POST http a / [x]\nA=b\nC=\n"},
      {chunks("1\r\nx\r\n0\r\nA: b\r\nHost: c\r\nAuthorization: d\r\n\r\n"), "POST http a / [x]\nA=b\n"},
  });
  for (const std::string framing : {"Content-Length: 9", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip"})
    CHECK(status_of(answer_to(chunks("1\r\nx\r\n0\r\n" + framing + "\r\n\r\n"))) == "400");
}

TEST_CASE("http1: a request that comes byte by byte is the same", "[http1]") {
  const std::string requests =
      "\r\nPOST /one HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "5;e=\"f\"\r\nhello\r\n2\r\n\r\n\r\n0\r\nA: b\r\n\r\n" +
      request("POST /two HTTP/1.1", "Host: a\r\nContent-Length: 3\r\n", "xyz");
  std::string answers;
  const Http1Script script = [&](RawPeer& client, serve::ServerConnection&) -> Task<void> {
    co_await client.send_byte_by_byte(requests);
    answers = co_await client.receive_all();
    client.close();
  };
  converse({}, script);
  CHECK(answers == answer_to(requests));
  CHECK(answers.find("POST http a /one [hello\r\n]\nA=b\n") != std::string::npos);
  CHECK(answers.find("POST http a /two [xyz]\n") != std::string::npos);
}

TEST_CASE("http1: requests that come together are answered one after the other", "[http1]") {
  std::string requests;
  for (int i = 0; i < 300; ++i) {
    const std::string number = std::to_string(i);
    requests += "POST /" + number + " HTTP/1.1\r\nHost: a\r\nX: " + std::string(100, 'x') +
                "\r\nContent-Length: " + std::to_string(number.size()) + "\r\n\r\n" + number;
  }
  const std::string answers = answer_to(requests + request("GET /end HTTP/1.1"));
  std::size_t at = 0;
  for (int i = 0; i < 300 && at != std::string::npos; ++i) {
    const std::string number = std::to_string(i);
    at = answers.find("POST http a /" + number + " [" + number + "]\n", at);
  }
  REQUIRE(at != std::string::npos);
  CHECK(answers.find("GET http a /end []\n", at) != std::string::npos);
}

TEST_CASE("http1: what is asked with Upgrade", "[http1]") {
  const serve::ExchangeHandler tell = [](serve::ServerExchange& exchange) -> Task<void> {
    serve::ResponseHead head;
    head.content_length = 0;
    head.fields.push_back({"Asked", exchange.request().upgrade});
    return answer_with(head)(exchange);
  };
  struct Row {
    std::string fields, asked;
  };
  const std::vector<Row> table = {
      {"Connection: Upgrade\r\nUpgrade: websocket\r\n", "websocket"},
      {"Connection: keep-alive, upgrade\r\nUpgrade: WebSocket\r\n", "WebSocket"},
      {"Upgrade: websocket\r\n", ""},
      {"Connection: upgrade\r\n", ""},
      {"Connection: upgrade\r\nUpgrade: h2c\r\n", ""},
      {"Connection: upgrade\r\nUpgrade: a, b\r\n", ""},
      {"Connection: upgrade\r\nUpgrade: websocket\r\nContent-Length: 1\r\n", ""},
  };
  for (const Row& row : table) {
    CAPTURE(row.fields);
    const std::string response =
        answer_to("GET / HTTP/1.1\r\nHost: a\r\n" + row.fields + "Connection: close\r\n\r\nx", {tell, {}});
    CHECK(response.find("\r\nAsked: " + row.asked + "\r\n") != std::string::npos);
  }
}

}  // namespace tlsward::test
