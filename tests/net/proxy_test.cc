// Proxies as users write them.
#include <optional>
#include <string>
#include <vector>

#include "net/connect.h"
#include "tests/catch.h"

namespace tlsward::net {
namespace {

Proxy parsed(const std::string& text) {
  const auto proxy = parse_proxy(text);
  INFO(text << ": " << (proxy ? "" : proxy.error().message));
  REQUIRE(proxy);
  return *proxy;
}

std::string problem_of(const std::string& text) {
  const auto proxy = parse_proxy(text);
  return proxy ? "none" : proxy.error().message;
}

}  // namespace

TEST_CASE("proxy: an HTTP proxy with all its parts") {
  const Proxy proxy = parsed("http://anna:secret@proxy.example:3128/");
  CHECK(proxy.kind == ProxyKind::HttpConnect);
  CHECK(proxy.host == "proxy.example");
  CHECK(proxy.port == 3128);
  CHECK(proxy.user == "anna");
  CHECK(proxy.password == "secret");
  CHECK(proxy.addresses.empty());
}

TEST_CASE("proxy: a SOCKS5 proxy, under both of its names") {
  for (const char* text : {"socks5://[::1]:1081", "socks5h://[::1]:1081", "SOCKS5://[::1]:1081"}) {
    const Proxy proxy = parsed(text);
    CHECK(proxy.kind == ProxyKind::Socks5);
    CHECK(proxy.host == "::1");
    CHECK(proxy.port == 1081);
    CHECK(proxy.user.empty());
  }
}

TEST_CASE("proxy: host and port alone are an HTTP proxy") {
  const Proxy proxy = parsed("127.0.0.1:3128");
  CHECK(proxy.kind == ProxyKind::HttpConnect);
  CHECK(proxy.host == "127.0.0.1");
  CHECK(proxy.port == 3128);
}

TEST_CASE("proxy: a scheme has its own port") {
  CHECK(parsed("http://proxy").port == 80);
  CHECK(parsed("socks5://proxy").port == 1080);
}

TEST_CASE("proxy: user name and password may have any character, with % where it must be") {
  const Proxy proxy = parsed("http://an%40na:p%3a:@%2f@proxy:1");
  CHECK(proxy.user == "an@na");
  CHECK(proxy.password == "p::@/");
}

TEST_CASE("proxy: a user name needs no password") {
  const Proxy proxy = parsed("http://anna@proxy:1");
  CHECK(proxy.user == "anna");
  CHECK(proxy.password.empty());
}

TEST_CASE("proxy: says what is wrong") {
  CHECK(problem_of("") == "the proxy's address names no host, as in http://proxy.example:3128");
  CHECK(problem_of("http://") == "the proxy's address names no host, as in http://proxy.example:3128");
  CHECK(problem_of("http://pro xy:1") == "the proxy's address names no host, as in http://proxy.example:3128");
  CHECK(problem_of("proxy") == "the proxy proxy has no port, as in proxy:3128");
  CHECK(problem_of("https://proxy:1") ==
        "proxies of the kind https:// are not known; http://, socks5:// and socks5h:// are");
  CHECK(problem_of("http://[::1:3128") == "what stands in [ ] in the proxy's address is not an IPv6 address");
  CHECK(problem_of("http://[127.0.0.1]:1") == "what stands in [ ] in the proxy's address is not an IPv6 address");
  CHECK(problem_of("http://proxy:1/path") == "a proxy's address ends with its port: it has no path");
  CHECK(problem_of("http://a:b%4@proxy:1") ==
        "a % in the proxy's user name or password is not followed by two hex digits");
  CHECK(problem_of("http://a%3ab:c@proxy:1") ==
        "the proxy's user name has a colon in it, which HTTP's Basic scheme cannot say");
  CHECK(problem_of("socks5://a:" + std::string(256, 'x') + "@proxy:1") ==
        "the proxy's user name or password is longer than 255 bytes, which SOCKS5 cannot say");
  for (const char* port : {"0", "65536", "-1", "80x", "", " 80"})
    CHECK(problem_of(std::string("http://proxy:") + port) == "the port of the proxy is not a number from 1 to 65535");
}

TEST_CASE("proxy: no message has the password in it, wherever it stands") {
  for (const char* text :
       {"http://anna:hunter2@proxy:0", "http://anna:hunter2", "anna:hunter2", "ftp://anna:hunter2@proxy",
        "http://anna:hunter2%@proxy:1", "anna:hunter2://proxy:1", "http://anna:hunter2@",
        "http://anna:hunter2@proxy:1/x", "http://anna:hunter2@[::1", "anna:hunter2@proxy"}) {
    INFO(text);
    CHECK(problem_of(text).find("hunter2") == std::string::npos);
    CHECK(problem_of(text) != "none");
  }
}

}  // namespace tlsward::net
