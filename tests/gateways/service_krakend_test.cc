// KrakenD: endpoints to routes, what of a request goes on, and what its router says by itself.
#include "tests/catch.h"
#include "tests/gateways/served.h"
#include "tests/process.h"

namespace {

using namespace tlsward;

Served krakend(const std::string& endpoints, const std::string& rest = "") {
  return Served("krakend@2.9", {{"krakend.json", fmt::format(R"({{"version": 3, "host": ["https://api.example:8443"]{},
                                                  "endpoints": [{}]}})",
                                                             rest, endpoints)}});
}

std::string endpoint(const std::string& path, const std::string& url_pattern, const std::string& rest = "",
                     const std::string& backend = "") {
  return fmt::format(R"({{"endpoint": "{}", "backend": [{{"url_pattern": "{}"{}}}]{}}})", path, url_pattern, backend,
                     rest);
}

struct Case {
  std::string target, gives;
  std::string method = "GET";
};

void check(const Served& served, const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    INFO(one.method << " " << one.target);
    CHECK(served.go(one.target, one.method) == one.gives);
  }
}

const std::string kUp = "https://api.example:8443 ";

}  // namespace

TEST_CASE("service: KrakenD's port, its listener, and the context of its backends") {
  const Served plain = krakend(endpoint("/a", "/b"));
  REQUIRE(plain.service.problem.empty());
  REQUIRE(plain.service.ports.size() == 1);
  CHECK(plain.service.ports[0].port == 8080);
  REQUIRE(plain.service.ports[0].contexts.size() == 1);
  CHECK_FALSE(plain.contexts()[plain.service.ports[0].contexts[0].context].enabled);
  const std::size_t upstream = plain.route("GET /a").upstream_context;
  REQUIRE(upstream != gateways::kNoIndex);
  CHECK(plain.contexts()[upstream].subject == "client_tls");

  const Served secure = krakend(endpoint("/a", "/b", "", R"(, "host": ["http://plain.example"])"),
                                R"(, "port": 9443, "listen_ip": "10.0.0.1",
                                   "tls": {"keys": [{"public_key": "a.pem", "private_key": "a.key"}]})");
  CHECK(secure.service.ports[0].port == 9443);
  CHECK(secure.service.ports[0].address == "10.0.0.1");
  CHECK(secure.contexts()[secure.service.ports[0].contexts[0].context].enabled);
  CHECK(secure.route("GET /a").upstream_context == gateways::kNoIndex);
  CHECK(secure.go("/a") == "http://plain.example /b");
}

TEST_CASE("service: before 2.5 KrakenD listens on every address") {
  const Served served("krakend@2.4", {{"krakend.json", R"({"version": 3, "listen_ip": "10.0.0.1", "endpoints": []})"}});
  CHECK(served.service.ports[0].address.empty());
  CHECK(served.service.notes.front() == "listen_ip exists since KrakenD 2.5; before, every address is listened on");
}

TEST_CASE("service: KrakenD's own client_tls of a backend is the one that its route uses") {
  const Served served =
      krakend(endpoint("/a", "/b", "", R"(, "extra_config": {"backend/http/client": {"client_tls": {}}})"));
  const std::size_t context = served.route("GET /a").upstream_context;
  REQUIRE(context != gateways::kNoIndex);
  CHECK(served.contexts()[context].subject == "GET /a backend[0] backend/http/client");
}

TEST_CASE("service: paths of KrakenD's endpoints") {
  const Served served =
      krakend(endpoint("/orders/{id}", "/v1/{id}/full") + "," + endpoint("/orders/new", "/fresh?kind=new") + "," +
              endpoint("/", "/home") + "," + endpoint("/a/{x}/b/{y}", "/{y}/{x}/{y}") + "," +
              endpoint("/files/*", "/static") + "," + endpoint("/files/readme", "/readme.txt"));
  check(served, {
                    {"/orders/17", kUp + "/v1/17/full"},
                    {"/orders/new", kUp + "/fresh?kind=new"},  // literal before parameter, whatever the order
                    {"/", kUp + "/home"},
                    {"/a/1/b/2", kUp + "/2/1/2"},
                    {"/files/a/b.txt", kUp + "/static/a/b.txt"},
                    {"/files/readme", kUp + "/readme.txt"},
                    {"/files/", kUp + "/static/"},
                    {"/orders", "404"},
                    {"/orders/1/2", "404"},
                    {"/nothing", "404"},
                    {"*", "404"},
                });
}

TEST_CASE("service: KrakenD decodes paths once, and takes no parameter that is encoded twice") {
  const Served served = krakend(endpoint("/users/{id}", "/u/{id}") + "," + endpoint("/a/{x}/{y}", "/{x}-{y}"));
  check(served, {
                    {"/us%65rs/7", kUp + "/u/7"},
                    {"/users/a%20b", kUp + "/u/a%20b"},
                    {"/users/%C3%A9", kUp + "/u/%C3%A9"},
                    {"/a/1%2F2", kUp + "/1-2"},  // an encoded slash is a slash
                    {"/users/a%2Fb", "404"},
                    {"/users/a%252Fb", "400"},
                    {"/users/a%3Fb", "400"},
                    {"/users/a%23b", "400"},
                    {"/users/100%", "400"},
                    {"/users/%zz", "400"},
                    {"/users/a%0d%0ab", kUp + "/u/a%0D%0Ab"},
                    {"/users/a&b=c", kUp + "/u/a&b=c"},
                });
}

TEST_CASE("service: no path of a client climbs above KrakenD's url_pattern") {
  const Served served = krakend(endpoint("/users/{id}", "/u/{id}") + "," + endpoint("/files/*", "/static"));
  check(served, {
                    {"/users/..", "404"},
                    {"/users/%2e%2e", "404"},
                    {"/users/.", "404"},
                    {"/files/../secret", "404"},
                    {"/files/%2e%2e/%2e%2e/secret", "404"},
                    {"/files/..%2f..%2fsecret", "404"},
                    {"/files/a/../../users/7", "301 /users/7"},
                    {"/files/a/%2e./b", "301 /files/b"},
                });
}

TEST_CASE("service: KrakenD redirects to the path that it thinks was meant") {
  const std::string endpoints = endpoint("/Orders/{id}", "/o/{id}") + "," + endpoint("/slash/", "/s") + "," +
                                R"({"endpoint": "/post", "method": "POST", "backend": [{"url_pattern": "/p"}]})";
  const Served served = krakend(endpoints);
  check(served, {
                    {"/orders/Ab", "301 /Orders/Ab"},
                    {"/Orders/Ab/?q=1", "301 /Orders/Ab?q=1"},
                    {"/slash", "301 /slash/"},
                    {"//slash/", "301 /slash/"},
                    {"/post/", "307 /post", "POST"},
                    {"/post/", "404"},
                    {"//evil.example/", "404"},
                });
  const gateways::RouteMatch page = served.find("/slash?\"><script>");
  REQUIRE(page.answer);
  CHECK(page.answer->content_type == "text/html; charset=utf-8");
  CHECK(page.answer->body == "<a href=\"/slash/?&#34;&gt;&lt;script&gt;\">Moved Permanently</a>.\n\n");

  const Served off = krakend(endpoints, R"(, "extra_config": {"router": {"disable_redirect_trailing_slash": true,
                                             "disable_redirect_fixed_path": true}})");
  check(off, {{"/slash", "404"}, {"/orders/Ab", "404"}, {"//slash/", "404"}});
}

TEST_CASE("service: KrakenD tells a wrong method from a wrong path") {
  const std::string endpoints =
      endpoint("/a/{id}", "/a/{id}") + R"(, {"endpoint": "/a/{x}", "method": "put", "backend": [{"url_pattern": "/b"}]},
      {"endpoint": "/c", "method": "OPTIONS", "backend": [{"url_pattern": "/b"}]})";
  const Served served = krakend(endpoints);
  check(served, {{"/a/1", kUp + "/b", "PUT"},
                 {"/a/1", "405 GET, PUT", "POST"},
                 {"/a/1", "405 GET, PUT", "HEAD"},
                 {"/b", "404", "POST"}});
  CHECK(served.has_note("OPTIONS /c: KrakenD takes GET, POST, PUT, PATCH and DELETE alone, so it is left aside"));
  const gateways::RouteMatch wrong = served.find("/a/1", "POST");
  CHECK(wrong.answer->body == "405 method not allowed");
  const gateways::RouteMatch nobody = served.find("/b");
  CHECK(nobody.answer->body == "404 page not found");
  CHECK(nobody.answer->content_type == "text/plain");
  CHECK(nobody.answer->fields.front().second == "Version 2.9");

  const Served off = krakend(endpoints, R"(, "extra_config": {"router": {"disable_handle_method_not_allowed": true,
                              "hide_version_header": true}})");
  CHECK(off.go("/a/1", "POST") == "404");
  CHECK(off.find("/b").answer->fields.front().second == "Version undefined");
}

TEST_CASE("service: what KrakenD's router answers by itself") {
  const Served served = krakend(endpoint("/a", "/b"));
  check(served, {{"/__health", "=200"}, {"/__health", "405 GET", "POST"}, {"/__debug/x", "404"}});
  const Served options = krakend(endpoint("/a/{id}", "/b"), R"(, "debug_endpoint": true, "extra_config": {"router": {
      "auto_options": true, "health_path": "/alive", "max_payload": 5}})");
  check(options,
        {{"/alive", "=200"}, {"/__health", "404"}, {"/__debug/x", "=200", "POST"}, {"/a/1", "=200", "OPTIONS"}});
  CHECK(options.route("OPTIONS /a/{id}").answer->fields.front().second == "GET");
  CHECK(options.has_note("extra_config.router: max_payload is left aside"));
  CHECK(krakend(endpoint("/a", "/b"), R"(, "extra_config": {"router": {"disable_health": true}})").go("/__health") ==
        "404");
}

TEST_CASE("service: KrakenD passes on what an endpoint lists, and no more") {
  const Served served =
      krakend(endpoint("/none", "/n") + "," + endpoint("/some", "/s?fixed=1", R"(, "input_query_strings": ["a", "b c"],
                                         "input_headers": ["Authorization"])") +
              "," + endpoint("/all", "/l", R"(, "input_query_strings": ["*"], "input_headers": ["*"])") + "," +
              endpoint("/less", "/m", R"(, "input_query_strings": ["*"], "input_headers": ["X-A", "X-B"])",
                       R"(, "input_query_strings": ["q"], "input_headers": ["X-B"])"));
  check(served, {
                    {"/none?a=1", kUp + "/n"},
                    {"/some?a=1&c=2&a=3&%61=4&b+c=5", kUp + "/s?fixed=1&a=1&a=3&%61=4&b+c=5"},
                    {"/some?a;b=1&%zz=1", kUp + "/s?fixed=1"},
                    {"/all?a=1&c=2", kUp + "/l?a=1&c=2"},
                    {"/less?q=1&c=2", kUp + "/m?q=1"},
                });
  CHECK(served.route("GET /none").header_names.empty());
  CHECK_FALSE(served.route("GET /none").forward_all_headers);
  CHECK(served.route("GET /some").header_names == std::vector<std::string>{"Authorization"});
  CHECK(served.route("GET /all").forward_all_headers);
  CHECK(served.route("GET /less").header_names == std::vector<std::string>{"X-B"});
}

TEST_CASE("service: KrakenD's first backend and its first host are called, and the others are named once") {
  const Served served = krakend(R"({"endpoint": "/a", "backend": [
        {"url_pattern": "/1", "method": "post", "host": ["one.example", "two.example"]}, {"url_pattern": "/2"}]},
      {"endpoint": "/b", "method": "POST", "backend": [{"url_pattern": "/1"}, {"url_pattern": "/2"}]},
      {"endpoint": "/c", "backend": [{"url_pattern": "/1"}, {"url_pattern": "/2"}, {"url_pattern": "/3"}]})");
  CHECK(served.go("/a") == "http://one.example /1");
  CHECK(served.route("GET /a").method == "POST");
  CHECK(served.has_note("GET /a: the first of its 2 backends answers, the others are ignored"));
  CHECK(served.has_note("GET /c: the first of its 3 backends answers, the others are ignored"));
  CHECK(served.has_note("GET /a: of its 2 hosts the first is called"));
  CHECK(served.has_note(
      "POST /b: KrakenD ignores an endpoint of this method with several backends, so it is left aside"));
  CHECK(served.go("/b", "POST") == "404");
}

TEST_CASE("service: what KrakenD cannot know is named with its place, and never guessed") {
  const Served served =
      krakend(endpoint("/a", "/b", "", R"(, "host": ["{{ .up }}"])") + "," + endpoint("/b", "/{JWT.sub}") + "," +
              endpoint("/c", "/c", "", R"(, "sd": "dns")") + "," + endpoint("{{ .path }}", "/c") + "," +
              endpoint("/d/{id}.json", "/c") + "," + endpoint("/ok", "/ok") + "," + endpoint("/ok", "/again") + "," +
              endpoint("/q", "/q", "", R"(, "extra_config": {"backend/amqp/producer": {}})"));
  CHECK(served.has_note(
      R"(GET /a: endpoints[0].backend[0].host[0] is {{ .up }}, which is not known, so it is left aside)"));
  CHECK(served.has_note(
      "GET /b: url_pattern wants {JWT.sub}, which is no parameter of the endpoint, so it is left aside"));
  CHECK(served.has_note("GET /c: its hosts come from service discovery (dns), so it is left aside"));
  CHECK(served.has_note("endpoints[3]: endpoint is {{ .path }}, which is not known, so it is left aside"));
  CHECK(served.has_note("GET /d/{id}.json: a parameter is only part of a segment, so it is left aside"));
  CHECK(served.has_note(
      "GET /ok: another endpoint has its method and path; KrakenD does not start, so it is left aside"));
  CHECK(served.has_note("GET /q: its backend is not HTTP, so it is left aside"));
  CHECK(served.go("/ok") == kUp + "/ok");
  CHECK(served.go("/a") == "404");

  const Served port = krakend(endpoint("/a", "/b"), R"(, "port": "{{ .port }}")");
  CHECK(port.service.problem == R"(port is {{ .port }}, which is no port number that is known)");
  CHECK(krakend(endpoint("/a", "/b"), R"(, "port": 70000)").service.problem ==
        "port is 70000, which is no port number that is known");
  CHECK(krakend("").has_note("there are no endpoints that are known, so every path is answered with 404"));
}

TEST_CASE("service: what KrakenD does beyond passing messages on is said once for all endpoints") {
  std::string endpoints;
  for (const char* name : {"a", "b", "c", "d", "e"})
    endpoints += (endpoints.empty() ? "" : ",") +
                 endpoint(std::string("/") + name, "/x", R"(, "timeout": "3s", "@comment": "x", "concurrent_calls": 0)",
                          R"(, "group": "g", "deny": [])");
  const Served served = krakend(endpoints, R"(, "timeout": "2s", "cache_ttl": "", "extra_config": {
      "security/cors": {"allow_origins": ["*"]}, "telemetry/logging": {"level": "DEBUG"}})");
  CHECK(served.has_note("left aside at the root: timeout, extra_config.security/cors, extra_config.telemetry/logging"));
  CHECK(served.has_note("GET /a, GET /b, GET /c and 2 more: timeout is left aside"));
  CHECK(served.has_note("GET /a, GET /b, GET /c and 2 more: backend.group is left aside"));
  CHECK(
      served.has_note("GET /a, GET /b, GET /c and 2 more: the answer goes on as the backend gives it; KrakenD "
                      "decodes it and encodes it anew"));
  INFO(served.notes());
  CHECK(served.service.notes.size() == 4);
}

TEST_CASE("service: the example of KrakenD") {
  const Served served("krakend", {{"krakend.json", tests::read_file("testdata/examples/krakend/krakend.json")}});
  REQUIRE(served.service.problem.empty());
  CHECK(served.service.ports[0].port == 8443);
  CHECK(served.go("/orders/4711?x=1") == "https://orders.internal.example:8443 /v1/orders/4711");
}
