#include "core/userinfo.h"

#include "tests/catch.h"

using tlsward::address_without_userinfo;
using tlsward::without_userinfo;

TEST_CASE("userinfo: what stands before the host is left out") {
  CHECK(without_userinfo("'https://me:pw@a.example:443/x' has a path") ==
        "'https://\u2026@a.example:443/x' has a path");
  CHECK(without_userinfo("http://token@a and redis://:pw@b") == "http://\u2026@a and redis://\u2026@b");
  CHECK(without_userinfo("'me:pw@a.example' is never used") == "'\u2026@a.example' is never used");
  CHECK(without_userinfo("me:p@w@a") == "\u2026@a");
  CHECK(without_userinfo("me:pw@${HOST}") == "\u2026@${HOST}");
  CHECK(without_userinfo("'http://a.example/x?access_token=s3cret=&x=1' has a path") ==
        "'http://a.example/x?access_token=\u2026&x=1' has a path");
  CHECK(without_userinfo("a?b=c&X-Api-Key=s3cret#top?") == "a?b=c&X-Api-Key=\u2026#top?");
  CHECK(without_userinfo("a?page=2&token=${TOKEN}&token= why? secret = x") ==
        "a?page=2&token=${TOKEN}&token= why? secret = x");
  CHECK(address_without_userinfo("https://me:pw@a.example/?token=s3cret") == "https://a.example/?token=\u2026");
  CHECK(address_without_userinfo("https://me:pw@a.example:443") == "https://a.example:443");
  CHECK(address_without_userinfo("listener :443 for me:pw@a") == "listener :443 for a");
}

TEST_CASE("userinfo: nothing else is touched") {
  for (const char* text :
       {"krakend@2.13", "tyk.conf:3:4: tyk@5.8", "a@b.example", "mailto:me@b.example", "email:me@b.example",
        "https://a.example/x:y@z", "https://a.example/@", "@", "a:@", ":@b", "a:b@", "", "the list is a:b@ or c"}) {
    CHECK(without_userinfo(text) == text);
    CHECK(address_without_userinfo(text) == text);
  }
}
