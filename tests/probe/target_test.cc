#include "probe/target.h"

#include <string>
#include <vector>

#include "tests/catch.h"

namespace tlsward::probe {
namespace {

Target read(std::string_view text) {
  const auto target = parse_target(text);
  INFO(text);
  if (!target) FAIL(target.error().message);
  return *target;
}

std::string error(std::string_view text) {
  const auto target = parse_target(text);
  INFO(text);
  REQUIRE_FALSE(target);
  return target.error().message;
}

TEST_CASE("targets: a name, with and without port") {
  CHECK(read("api.example") == Target{"api.example", "api.example", 443, false, {}});
  CHECK(read("api.example:8443") == Target{"api.example:8443", "api.example", 8443, true, {}});
  CHECK(parse_target("api.example", 8443)->port == 8443);
  CHECK(read("a_b.x-y.example:0443").port == 443);
}

TEST_CASE("targets: the host is in lower case and without the dot at its end, the text stays as given") {
  CHECK(read("API.Example.:1") == Target{"API.Example.:1", "api.example", 1, true, {}});
}

TEST_CASE("targets: IPv4 and IPv6 addresses in every form that people write") {
  CHECK(read("192.0.2.7:8443") == Target{"192.0.2.7:8443", "192.0.2.7", 8443, true, {}});
  CHECK(read("::1") == Target{"::1", "::1", 443, false, {}});
  CHECK(read("[::1]") == Target{"[::1]", "::1", 443, false, {}});
  CHECK(read("[::1]:65535") == Target{"[::1]:65535", "::1", 65535, true, {}});
  CHECK(read("2001:DB8:0::0001").host == "2001:db8::1");
  CHECK(read("[fe80::1%1]:443").host == "fe80::1%1");
}

TEST_CASE("targets: the scheme of a URL gives port and STARTTLS") {
  CHECK(read("https://api.example/v1/users") ==
        Target{"https://api.example/v1/users", "api.example", 443, false, net::StartTls::None});
  CHECK(read("HTTPS://api.example:8443").port == 8443);
  CHECK(read("smtp://mail.example") == Target{"smtp://mail.example", "mail.example", 25, false, net::StartTls::Smtp});
  CHECK(read("smtps://mail.example").port == 465);
  CHECK(read("imap://[2001:db8::1]/INBOX") ==
        Target{"imap://[2001:db8::1]/INBOX", "2001:db8::1", 143, false, net::StartTls::Imap});
  CHECK(read("postgresql://db.example:15432/x").starttls == net::StartTls::Postgres);
  CHECK(parse_target("tls://broker.example", 8883)->port == 8883);
}

TEST_CASE("targets: query and fragment of a URL are not kept, since they may hold secrets") {
  CHECK(read("https://api.example/v1?token=abc").text == "https://api.example/v1");
  CHECK(read("https://api.example#top").text == "https://api.example");
}

TEST_CASE("targets: user names and passwords are refused and not repeated") {
  for (const char* text : {"https://alice:hunter2@api.example/", "alice:hunter2@api.example", "hunter2@api example",
                           "foo://x:hunter2@api.example"}) {
    CHECK(error(text) ==
          "a target with '@' in it (not repeated here): user names and passwords have no place in a target");
  }
  CHECK(read("https://registry.example/@scope/package").host == "registry.example");
}

TEST_CASE("targets: ports are 1 to 65535") {
  CHECK(error("api.example:70000") == "'api.example:70000': port 70000 is out of range; 1 to 65535");
  CHECK(error("api.example:0") == "'api.example:0': port 0 is out of range; 1 to 65535");
  CHECK(error("api.example:") == "'api.example:': there is no port behind ':'; 1 to 65535");
  CHECK(error("api.example:https") == "'api.example:https': port 'https' is no number; 1 to 65535");
  CHECK(error("[::1]:-1") == "'[::1]:-1': port '-1' is no number; 1 to 65535");
  CHECK(error("a:99999999999999999999999999") ==
        "'a:99999999999999999999999999': port 99999999999999999999... is out of range; 1 to 65535");
}

TEST_CASE("targets: an empty target or host is an error that says what is accepted") {
  CHECK(error("") == "the target is empty; accepted are HOST, HOST:PORT, IPv4, [IPv6], [IPv6]:PORT and URLs");
  CHECK(error("?x") == error(""));
  CHECK(error(":443") ==
        "':443': there is no host name; accepted are HOST, HOST:PORT, IPv4, [IPv6], [IPv6]:PORT and URLs");
  CHECK(error("https:///path").find("there is no host name") != std::string::npos);
  CHECK(error("[]:443") == "'[]:443': between '[' and ']' stands an IPv6 address");
  CHECK(error(".") == "'.': there is no host name");
}

TEST_CASE("targets: blanks and control characters are errors, and are not printed raw") {
  CHECK(error("api example").starts_with("'api example': a blank is in it; accepted are HOST"));
  CHECK(error(" api.example").starts_with("' api.example': a blank is in it"));
  CHECK(error("api\x1b[31m.example").starts_with("'api\\x1b[31m.example': a control character is in it"));
  CHECK(error(std::string_view("1.2.3.4\0x", 9)).starts_with("'1.2.3.4\\x00x': a control character is in it"));
}

TEST_CASE("targets: a name has at most 253 characters, its parts at most 63") {
  const std::string part(63, 'a');
  const std::string longest = part + "." + part + "." + part + "." + std::string(61, 'b');
  REQUIRE(longest.size() == 253);
  CHECK(read(longest + ".").host == longest);
  CHECK(error(longest + "c").ends_with("...': the host name has 254 characters; at most 253"));
  CHECK(error(part + "a.example").ends_with(": a part of the name has 64 characters; at most 63"));
  CHECK(error("a..example") == "'a..example': in front of a dot there is nothing");
}

TEST_CASE("targets: characters that no host name has are named") {
  CHECK(error("*.example") == "'*.example': '*' cannot stand in a host name; letters, digits, '-', '_' and '.' can");
  CHECK(error("-v") == "'-v': a host name does not start with '-'");
  CHECK(error("m\u00fcnchen.example") ==
        "'m\u00fcnchen.example': the host name is not ASCII; write its A-label (xn--...)");
  CHECK(error("m\xfcnchen.example") ==
        "'m\\xfcnchen.example': the host name is not ASCII; write its A-label (xn--...)");
  CHECK(read("xn--mnchen-3ya.example").host == "xn--mnchen-3ya.example");
}

TEST_CASE("targets: what looks like an address and is none is no name either") {
  CHECK(error("300.1.2.3") == "'300.1.2.3': this is no IPv4 address; four numbers from 0 to 255");
  for (const char* text : {"127.1", "443", "010.0.0.1", "0x7f000001", "1.2.3.4.5", "[1.2.3.4]"})
    CHECK_FALSE(error(text).empty());
  CHECK(error("a:b:c") == "'a:b:c': this is no IPv6 address");
  CHECK(error("[::1") == "'[::1': there is no ']' behind the IPv6 address");
  CHECK(error("[::1]443") == "'[::1]443': behind ']' stands nothing, or ':' and a port");
  CHECK(error("fe80::1%no-such-interface").find("network interface") != std::string::npos);
}

TEST_CASE("targets: unknown schemes, plain http and paths without scheme are errors that say what to write") {
  CHECK(error("gopher://a").starts_with("'gopher://a': scheme 'gopher' is not known; known are https, wss, tls, smtp"));
  CHECK(error("http://api.example") == "'http://api.example': http is plain text; write https://, or HOST:PORT");
  CHECK(
      error("api.example/v1") ==
      "'api.example/v1': a path needs a scheme in front (https://HOST/...), and a block of addresses is ADDRESS/BITS");
  CHECK(error("://a").find("scheme '' is not known") != std::string::npos);
}

TEST_CASE("targets: a very long wrong target is cut in the message") {
  CHECK(error(std::string(100'000, '*')).size() < 300);
}

}  // namespace
}  // namespace tlsward::probe
