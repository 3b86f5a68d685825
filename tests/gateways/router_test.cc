// Paths as routers look at them, and routes that no gateway's files make.
#include "gateways/router.h"

#include <random>
#include <string>
#include <string_view>

#include "gateways/router_path.h"
#include "tests/catch.h"

namespace {

using namespace tlsward;
using namespace tlsward::gateways;

Service one_port() {
  Service service;
  service.ports.push_back({8080, "", {}, false, {}});
  service.not_found = {404, "", "nobody", {}};
  return service;
}

ServiceRoute prefix(const std::string& pattern) {
  ServiceRoute route;
  route.port = 0;
  route.pattern = pattern;
  return route;
}

Router made(const Service& service) {
  auto router = Router::make(service);
  REQUIRE(router);
  return std::move(*router);
}

}  // namespace

TEST_CASE("router: paths are decoded, cleaned and encoded") {
  bool broken = false;
  CHECK(percent_decode("/a%2Fb%2e%zz%", &broken) == "/a/b.%zz%");
  CHECK(broken);
  CHECK(clean_path("/a/./b//../c/") == "/a/c/");
  CHECK(clean_path("/../../a") == "/a");
  CHECK(clean_path("/..") == "/");
  CHECK(clean_path("/a/..") == "/");
  CHECK(clean_path("/") == "/");
  CHECK(toggle_slash("/a") == "/a/");
  CHECK(toggle_slash("/a/") == "/a");
  CHECK(toggle_slash("/") == "//");
  CHECK(escape_path("/a b%?#\"<\x7f\n/\xc3\xa9&=+") == "/a%20b%25%3F%23%22%3C%7F%0A/%C3%A9&=+");
  CHECK(segments_of("/a//b/").size() == 4);
  CHECK(segments_of("/").size() == 1);
}

TEST_CASE("router: a request target is taken apart") {
  const TargetParts parts = read_target("/a%2f..%2fb?x=/../&y?z");
  CHECK(parts.path == "/a%2f..%2fb");
  CHECK(parts.query == "x=/../&y?z");
  CHECK(parts.has_dots);
  CHECK_FALSE(parts.broken);
  CHECK_FALSE(read_target("/a..b/...?x=/../").has_dots);
  CHECK(read_target("/a/%2E").has_dots);
  CHECK(read_target("/%").broken);
}

TEST_CASE("router: parameters are kept by their decoded names") {
  CHECK(keep_parameters("a=1&&b=2&a", {"a"}) == "a=1&a");
  CHECK(keep_parameters("%61=1&A=2", {"a"}) == "%61=1");
  CHECK(keep_parameters("a;b=1", {"a"}).empty());
  CHECK(keep_parameters("", {"a"}).empty());
}

TEST_CASE("router: hosts count without port and case, and a wildcard stands for one label") {
  Service service = one_port();
  ServiceRoute route = prefix("/");
  route.hosts = {"*.example.com", "[::1]", "Plain.example:8443"};
  route.upstream = "http://up";
  service.routes.push_back(route);
  const Router router = made(service);
  const auto fits = [&](std::string_view host) { return router.find(0, host, "GET", "/").route == 0; };
  CHECK(fits("a.example.com"));
  CHECK(fits("A.EXAMPLE.com:443"));
  CHECK_FALSE(fits("a.b.example.com"));
  CHECK_FALSE(fits("example.com"));
  CHECK_FALSE(fits(".example.com"));
  CHECK(fits("[::1]:8080"));
  CHECK(fits("plain.example"));
  CHECK_FALSE(fits(""));
}

TEST_CASE("router: a route of no port, and a port of no route") {
  Service service = one_port();
  ServiceRoute lost = prefix("/");
  lost.port = kNoIndex;
  service.routes.push_back(lost);
  const Router router = made(service);
  CHECK(router.find(0, "h", "GET", "/").answer->body == "nobody");
  CHECK(router.find(7, "h", "GET", "/").answer->body == "nobody");
  CHECK(router.find(0, "h", "GET", "").answer->status == 404);
  CHECK(router.find(0, "h", "OPTIONS", "*").answer->status == 404);
  CHECK(router.find(0, "h", "GET", "http://h/").answer->status == 404);
}

TEST_CASE("router: a regular expression that RE2 does not take is named") {
  Service service = one_port();
  ServiceRoute route = prefix("");
  route.name = "api a";
  route.kind = PatternKind::Regex;
  route.pattern = "/a(";
  service.routes.push_back(route);
  const auto bad = Router::make(service);
  REQUIRE_FALSE(bad);
  CHECK(bad.error().message.starts_with("api a: '/a(' is no regular expression: "));
  service.routes[0].kind = PatternKind::Prefix;
  service.routes[0].conditions.headers = {{"x", "(?!a)"}};
  CHECK_FALSE(Router::make(service));
}

TEST_CASE("router: holes of a rewritten path") {
  Service service = one_port();
  ServiceRoute route = prefix("/{a}/{b-c}");
  route.kind = PatternKind::Template;
  route.rewrite = true;
  route.base_path = "/{b-c}/{a}/{unknown}/{open";
  service.routes.push_back(route);
  ServiceRoute groups = prefix("/x/(\\d+)/(y)?(.*)");
  groups.kind = PatternKind::Regex;
  groups.rewrite = true;
  groups.base_path = "{3}-{1}-{2}";
  service.routes.push_back(groups);
  const Router router = made(service);
  CHECK(router.find(0, "h", "GET", "/1/2").target == "/2/1/%7Bunknown%7D/{open");
  CHECK(router.find(0, "h", "GET", "/1//").route == kNoIndex);
  CHECK(router.find(0, "h", "GET", "/x/12/rest").target == "/rest-12-");
}

TEST_CASE("router: whatever a client asks for, the upstream is asked for something below the base path") {
  constexpr std::string_view kPieces[] = {"/", "/",   "..", ".",  "%2e", "%2E", "%2f", "a",
                                          "b", "%25", "%",  "//", "?",   "%5c", "%00"};
  std::mt19937 random(20261126);
  for (const bool decoded : {true, false}) {
    Service service = one_port();
    service.paths.decoded = decoded;
    service.paths.redirect_slash = service.paths.redirect_fixed = decoded;
    const auto add = [&](ServiceRoute route) {
      route.base_path = "/base" + route.base_path;
      service.routes.push_back(std::move(route));
    };
    ServiceRoute parameter = prefix("/a/{x}");
    parameter.kind = PatternKind::Template;
    parameter.rewrite = true;
    parameter.base_path = "/{x}/end";
    add(parameter);
    ServiceRoute rest = prefix("/b/*");
    rest.kind = PatternKind::Template;
    rest.rewrite = true;
    rest.base_path = "/{*}";
    add(rest);
    ServiceRoute stripped = prefix("/a/a");
    stripped.strip_prefix = stripped.one_slash = true;
    add(stripped);
    ServiceRoute groups = prefix("/a/b(.*)/(.*)");
    groups.kind = PatternKind::Regex;
    groups.strip_prefix = true;
    add(groups);
    ServiceRoute below = prefix("/");
    below.path_prefix = "/a";
    add(below);
    add(prefix("/"));
    const Router router = made(service);
    std::size_t routed = 0;
    for (int round = 0; round < 20000; ++round) {
      std::string target = "/";
      for (std::size_t left = random() % 9; left > 0; --left) target += kPieces[random() % std::size(kPieces)];
      const RouteMatch match = router.find(0, "h", "GET", target);
      INFO(target << " becomes " << match.target);
      if (match.route == kNoIndex) {
        REQUIRE(match.answer);
        continue;
      }
      ++routed;
      REQUIRE(match.target.starts_with("/base"));
      REQUIRE_FALSE(read_target(match.target).has_dots);
    }
    CHECK(routed > 1000);
  }
}
