// What is said to proxies, and what they may answer.
#include <array>
#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "net/connect.h"
#include "tests/catch.h"
#include "tests/net/peer.h"

namespace tlsward::net {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;
using test::await;
using test::PeerSocket;
using test::Server;
using test::shortly;
using test::soon;
using Kind = Failure::Kind;

Destination through(ProxyKind kind, const Address& proxy, std::string host = "api.example") {
  Destination destination;
  destination.host = std::move(host);
  destination.port = 443;
  destination.proxy = Proxy{kind, "127.0.0.1", proxy.port, "", "", {proxy}};
  return destination;
}

/// "kind: message" with the kind's number, or what the target behind the proxy says first.
struct Seen {
  bool connected = false;
  Kind kind = Kind::Local;
  std::string message;
  std::string first_bytes;
};

Task<Seen> try_out(Loop& loop, Destination destination, Deadline deadline) {
  auto stream = co_await connect(loop, std::move(destination), deadline);
  if (!stream) co_return Seen{false, stream.error().kind, stream.error().message, ""};
  Seen seen;
  seen.connected = true;
  std::array<std::uint8_t, 64> buffer{};
  for (;;) {
    const auto got = co_await stream->read_some(buffer, deadline);
    if (!got || *got == 0) co_return seen;
    seen.first_bytes.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*got));
  }
}

Seen seen(Destination destination, Deadline deadline = soon()) {
  Loop loop;
  return await(loop, try_out(loop, std::move(destination), deadline));
}

/// What we see of an HTTP proxy that answers so.
Seen http_answers(std::string_view answer) {
  Server proxy([&](PeerSocket& peer) {
    peer.receive_until("\r\n\r\n");
    peer.send(answer);
  });
  return seen(through(ProxyKind::HttpConnect, proxy.address()));
}

/// What we see of a SOCKS5 proxy that wants no login and answers the request so.
Seen socks_answers(std::string_view answer) {
  Server proxy([&](PeerSocket& peer) {
    peer.receive(3);
    peer.send("\5\0"s);
    peer.receive(5 + "api.example"s.size() + 2);
    peer.send(answer);
  });
  return seen(through(ProxyKind::Socks5, proxy.address()));
}

const std::string kSocksSuccess = "\5\0\0\1\x7f\0\0\1\x01\xbb"s;

}  // namespace

TEST_CASE("http proxy: is asked to connect, and what the target says comes through") {
  std::string request;
  Server proxy([&](PeerSocket& peer) {
    request = peer.receive_until("\r\n\r\n");
    peer.send("HTTP/1.1 200 Connection established\r\nVia: x\r\n\r\n220 mail.example");
  });
  const Seen result = seen(through(ProxyKind::HttpConnect, proxy.address()));
  proxy.stop();
  CHECK(result.connected);
  CHECK(result.first_bytes == "220 mail.example");
  CHECK(request == "CONNECT api.example:443 HTTP/1.1\r\nHost: api.example:443\r\n\r\n");
}

TEST_CASE("http proxy: is told user name and password, and an address where there is one") {
  std::string request;
  Server proxy([&](PeerSocket& peer) {
    request = peer.receive_until("\r\n\r\n");
    peer.send("HTTP/1.0 200 OK\n\n");
  });
  Destination destination = through(ProxyKind::HttpConnect, proxy.address());
  destination.proxy->user = "Aladdin";
  destination.proxy->password = "open sesame";
  destination.addresses = {*parse_ip("2001:db8::7", 8443)};
  CHECK(seen(destination).connected);
  proxy.stop();
  // The example of RFC 7617, 2.
  CHECK(request ==
        "CONNECT [2001:db8::7]:8443 HTTP/1.1\r\nHost: [2001:db8::7]:8443\r\n"
        "Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n");
}

TEST_CASE("http proxy: an answer may come byte by byte") {
  Server proxy([&](PeerSocket& peer) {
    peer.receive_until("\r\n\r\n");
    peer.send_byte_by_byte("HTTP/1.1 200 OK\r\nA: b\r\n\r\nxyz");
  });
  const Seen result = seen(through(ProxyKind::HttpConnect, proxy.address()));
  CHECK(result.connected);
  CHECK(result.first_bytes == "xyz");
}

TEST_CASE("http proxy: an interim answer is not the answer") {
  CHECK(http_answers("HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx").first_bytes == "x");
  const Seen refused = http_answers("HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 503 Busy\r\n\r\n");
  CHECK(refused.message == "proxy answered 503 Busy");
}

TEST_CASE("http proxy: a no is told in the proxy's words") {
  const Seen result = http_answers("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
  CHECK_FALSE(result.connected);
  CHECK(result.kind == Kind::Protocol);
  CHECK(result.message == "proxy answered 407 Proxy Authentication Required");
  CHECK(http_answers("HTTP/1.1 403\r\n\r\n").message == "proxy answered 403");
  CHECK(http_answers("HTTP/1.1 302 Found\r\n\r\n").message == "proxy answered 302 Found");
}

TEST_CASE("http proxy: a proxy's words are shown harmless and short") {
  const Seen result = http_answers("HTTP/1.1 500 \x1b[31m" + std::string(200, 'x') + "\r\n\r\n");
  CHECK(result.message == "proxy answered 500 ?[31m" + std::string(71, 'x') + "...");
}

TEST_CASE("http proxy: something else than HTTP is told from its first bytes") {
  const Seen ssh = http_answers("SSH-2.0-OpenSSH_9.2\r\n");
  CHECK(ssh.kind == Kind::Protocol);
  CHECK(ssh.message == "proxy answered no HTTP: \"SSH-2.0-OpenSSH_9.2\"");
  CHECK(http_answers("HTTP/1.1 twenty\r\n\r\n").message == "proxy answered no HTTP status: \"HTTP/1.1 twenty\"");
  CHECK(http_answers("HTTP/1.1\r\n\r\n").message == "proxy answered no HTTP status: \"HTTP/1.1\"");
  CHECK(http_answers("HTTP/1.1 2000 OK\r\n\r\n").message == "proxy answered no HTTP status: \"HTTP/1.1 2000 OK\"");
}

TEST_CASE("http proxy: an endless answer is given up after 16 KiB") {
  const Seen result = http_answers("HTTP/1.1 200 OK\r\nX: " + std::string(1'000'000, 'x'));
  CHECK(result.kind == Kind::Protocol);
  CHECK(result.message == "proxy's answer is longer than 16384 bytes");
  std::string interim;
  for (int i = 0; i < 2000; ++i) interim += "HTTP/1.1 100 Continue\r\n\r\n";
  CHECK(http_answers(interim).message == "proxy's answer is longer than 16384 bytes");
}

TEST_CASE("http proxy: a close in the middle of the answer") {
  const Seen result = http_answers("HTTP/1.1 200 OK\r\nA: b");
  CHECK(result.kind == Kind::Closed);
  CHECK(result.message == "proxy closed the connection before it had answered");
}

TEST_CASE("http proxy: a name with a line break in it is never sent") {
  Server proxy([](PeerSocket& peer) { peer.receive_end(); });
  for (const char* host : {"a\r\nEvil: yes", "a b", ""}) {
    const Seen result = seen(through(ProxyKind::HttpConnect, proxy.address(), host));
    CHECK(result.kind == Kind::Unresolved);
    CHECK(result.message == "the host name is empty or has a blank or control character in it");
  }
}

TEST_CASE("proxy: one that is silent costs no more than the deadline") {
  for (const ProxyKind kind : {ProxyKind::HttpConnect, ProxyKind::Socks5}) {
    Server proxy([](PeerSocket& peer) { peer.receive_until("the end"); });
    const Seen result = seen(through(kind, proxy.address()), shortly());
    CHECK(result.kind == Kind::TimedOut);
    CHECK(result.message == "proxy: timed out");
  }
}

TEST_CASE("proxy: one that refuses is named as the one that refused") {
  const test::RefusingPort port;
  const Seen result = seen(through(ProxyKind::HttpConnect, port.address()));
  CHECK(result.kind == Kind::Refused);
  CHECK(result.message == "proxy: connection refused");
}

TEST_CASE("proxy: one without addresses is resolved") {
  Server proxy([](PeerSocket& peer) {
    peer.receive_until("\r\n\r\n");
    peer.send("HTTP/1.1 200 OK\r\n\r\n");
  });
  Destination destination = through(ProxyKind::HttpConnect, proxy.address());
  destination.proxy->addresses.clear();
  CHECK(seen(destination).connected);
}

TEST_CASE("socks proxy: is asked to connect to a name, and what the target says comes through") {
  std::string greeting, request;
  Server proxy([&](PeerSocket& peer) {
    greeting = peer.receive(3);
    peer.send("\5\0"s);
    request = peer.receive(18);
    peer.send(kSocksSuccess + "220 mail.example");
  });
  const Seen result = seen(through(ProxyKind::Socks5, proxy.address()));
  proxy.stop();
  CHECK(result.connected);
  CHECK(result.first_bytes == "220 mail.example");
  CHECK(greeting == "\5\1\0"s);
  CHECK(request == "\5\1\0\3\xb"s + "api.example" + "\x01\xbb");
}

TEST_CASE("socks proxy: is asked to connect to an address") {
  std::string v4, v6;
  Server proxy([&](PeerSocket& peer) {
    peer.receive(3);
    peer.send("\5\0"s);
    const std::string head = peer.receive(4);
    (head[3] == 1 ? v4 : v6) = head + peer.receive(head[3] == 1 ? 6 : 18);
    peer.send(kSocksSuccess);
  });
  CHECK(seen(through(ProxyKind::Socks5, proxy.address(), "192.0.2.7")).connected);
  Destination destination = through(ProxyKind::Socks5, proxy.address());
  destination.addresses = {*parse_ip("2001:db8::7", 8443)};
  CHECK(seen(destination).connected);
  proxy.stop();
  CHECK(v4 == "\5\1\0\1\xc0\0\2\7\x01\xbb"s);
  CHECK(v6 == "\5\1\0\4\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\7\x20\xfb"s);
}

TEST_CASE("socks proxy: is told user name and password where it wants them") {
  std::string greeting, login;
  Server proxy([&](PeerSocket& peer) {
    greeting = peer.receive(4);
    peer.send("\5\2"s);
    login = peer.receive(13);
    peer.send("\1\0"s);
    peer.receive(18);
    peer.send(kSocksSuccess);
  });
  Destination destination = through(ProxyKind::Socks5, proxy.address());
  destination.proxy->user = "anna";
  destination.proxy->password = "secret";
  CHECK(seen(destination).connected);
  proxy.stop();
  CHECK(greeting == "\5\2\0\2"s);
  CHECK(login == "\1\4anna\6secret"s);
}

TEST_CASE("socks proxy: a login that it does not accept") {
  const auto with_login = [](std::string_view method, std::string_view status, std::string user) {
    Server proxy([&](PeerSocket& peer) {
      peer.receive(user.empty() ? 3 : 4);
      peer.send(method);
      if (status.empty()) return;
      peer.receive(3 + user.size() + 6);
      peer.send(status);
    });
    Destination destination = through(ProxyKind::Socks5, proxy.address());
    destination.proxy->user = user;
    destination.proxy->password = "secret";
    const Seen result = seen(destination);
    CHECK(result.kind == Kind::Protocol);
    return result.message;
  };
  CHECK(with_login("\5\2"s, "\1\1"s, "anna") == "proxy refused the user name or the password");
  CHECK(with_login("\5\xff"s, "", "anna") == "proxy accepts neither a user name with password nor no login");
  CHECK(with_login("\5\xff"s, "", "") == "proxy wants a login, and none was given");
  CHECK(with_login("\5\2"s, "", "") == "proxy chose the login method 2, which was not offered");
  CHECK(with_login("\5\1"s, "", "anna") == "proxy chose the login method 1, which was not offered");
  CHECK(with_login("\5\2"s, "\5\0"s, "anna") == "proxy answered no SOCKS5: it starts with 0x05 0x00");
}

TEST_CASE("socks proxy: its reasons for a no") {
  const auto reply = [](char code) { return socks_answers("\5"s + code + "\0\1\0\0\0\0\0\0"s); };
  CHECK(reply(1).message == "proxy answered: general failure");
  CHECK(reply(1).kind == Kind::Protocol);
  CHECK(reply(2).message == "proxy answered: not allowed by its rules");
  CHECK(reply(3).kind == Kind::Unreachable);
  CHECK(reply(4).kind == Kind::Unreachable);
  CHECK(reply(4).message == "proxy answered: host unreachable");
  CHECK(reply(5).kind == Kind::Refused);
  CHECK(reply(5).message == "proxy answered: connection refused");
  CHECK(reply(6).kind == Kind::Unreachable);
  CHECK(reply(7).message == "proxy answered: command not supported");
  CHECK(reply(8).message == "proxy answered: address type not supported");
  CHECK(reply(99).message == "proxy answered: failure 99");
}

TEST_CASE("socks proxy: an answer may come byte by byte, with an address of each type") {
  for (const std::string& address :
       {"\1\x7f\0\0\1"s, "\4"s + std::string(16, '\0'), "\3\5local"s, "\3\0"s, "\3\xff"s + std::string(255, 'x')}) {
    Server proxy([&](PeerSocket& peer) {
      peer.receive(3);
      peer.send_byte_by_byte("\5\0"s);
      peer.receive(18);
      peer.send_byte_by_byte("\5\0\0"s + address + "\0\1"s + "target");
    });
    const Seen result = seen(through(ProxyKind::Socks5, proxy.address()));
    CHECK(result.connected);
    CHECK(result.first_bytes == "target");
  }
}

TEST_CASE("socks proxy: garbage") {
  CHECK(socks_answers("\4\0\0\1\0\0\0\0\0\0"s).message == "proxy answered no SOCKS5: it starts with 0x04 0x00");
  CHECK(socks_answers("\5\0\0\2\0\0\0\0\0\0"s).message == "proxy answered with an address of the unknown type 2");
  Server http([](PeerSocket& peer) { peer.send("HTTP/1.1 400 Bad Request\r\n\r\n"); });
  const Seen result = seen(through(ProxyKind::Socks5, http.address()));
  CHECK(result.kind == Kind::Protocol);
  CHECK(result.message == "proxy answered no SOCKS5: it starts with 0x48 0x54");
}

TEST_CASE("socks proxy: a close in the middle of the answer") {
  const Seen result = socks_answers("\5\0\0\1\x7f"s);
  CHECK(result.kind == Kind::Closed);
  CHECK(result.message == "proxy closed the connection before it had answered");
}

TEST_CASE("socks proxy: a name that is too long for it") {
  Server proxy([](PeerSocket& peer) {
    peer.receive(3);
    peer.send("\5\0"s);
    peer.receive_end();
  });
  const Seen result = seen(through(ProxyKind::Socks5, proxy.address(), std::string(256, 'a')));
  CHECK(result.kind == Kind::Protocol);
  CHECK(result.message == "a host name of 256 bytes is too long for SOCKS5, which takes 255");
}

}  // namespace tlsward::net
