#include "tls/authority.h"

#include "tests/catch.h"

using tlsward::tls::authority;

TEST_CASE("authority: host and port, however an endpoint is written") {
  CHECK(authority("https://API.example/v1?q#f") == "api.example:443");
  CHECK(authority("api.example:8443") == "api.example:8443");
  CHECK(authority("api.example") == "api.example:443");
  CHECK(authority("https://[2001:DB8::1]") == "[2001:db8::1]:443");
  CHECK(authority("[::1]:8443") == "[::1]:8443");
}

TEST_CASE("authority: text that names no single host has none") {
  CHECK(authority("").empty());
  CHECK(authority("https://").empty());
  CHECK(authority(":8443").empty());
  CHECK(authority("http://a.example and 2 others").empty());
}
