// Tyk: API definitions to routes, by domain and listen path.
#include "tests/catch.h"
#include "tests/gateways/served.h"
#include "tests/process.h"

namespace {

using namespace tlsward;
using gateways::CertificateDemand;

ServedFile conf(const std::string& rest = "") {
  return {"tyk.conf", R"({"listen_port": 8443, "secret": "s", "enable_custom_domains": true, "http_server_options":
      {"use_ssl": true, "ssl_certificates": ["gateway.pem"]})" +
                          rest + "}"};
}

/// A classic definition; `proxy` and `rest` are further members.
ServedFile api(const std::string& id, const std::string& listen_path, const std::string& target,
               const std::string& rest = "", const std::string& proxy = "") {
  return {id + ".json",
          fmt::format(R"({{"api_id": "{}", "name": "{}", "use_keyless": true{}, "proxy": {{"listen_path": "{}",
                          "target_url": "{}"{}}}}})",
                      id, id, rest, listen_path, target, proxy)};
}

const std::string kStrip = R"(, "strip_listen_path": true)";

Served tyk(std::vector<ServedFile> files) {
  if (files.empty() || files.front().path != "tyk.conf") files.insert(files.begin(), conf());
  return Served("tyk@5.14", files);
}

}  // namespace

TEST_CASE("service: Tyk's listen paths, the longest first") {
  const Served served = tyk({api("root", "/", "http://root.example"), api("a", "/a", "http://a.example", "", kStrip),
                             api("ab", "/ab/", "https://ab.example:8443/base/", "", kStrip),
                             api("keep", "/keep/", "http://keep.example/v1?key=1")});
  CHECK(served.go("/x/y?q") == "http://root.example /x/y?q");
  CHECK(served.go("/") == "http://root.example /");
  CHECK(served.go("/a") == "http://a.example /");
  CHECK(served.go("/a/b") == "http://a.example /b");
  CHECK(served.go("/apple") == "http://a.example /pple");  // a prefix, not a segment
  CHECK(served.go("/ab/c//d") == "301 /ab/c/d");
  CHECK(served.go("/ab/c/d") == "https://ab.example:8443 /base/c/d");
  CHECK(served.go("/ab/") == "https://ab.example:8443 /base");
  CHECK(served.go("/keep/x?a=1", "DELETE") == "http://keep.example /v1/keep/x?key=1&a=1");
  CHECK(served.go("/keep/x") == "http://keep.example /v1/keep/x?key=1");
  CHECK(served.go("/ab/ab/x") == "https://ab.example:8443 /base/ab/x");  // cut once
}

TEST_CASE("service: what is left of a path behind Tyk's listen path is not allowed to climb") {
  const Served served = tyk({api("x", "/a", "http://a.example/base", "", kStrip)});
  CHECK(served.go("/a../secret") == "404");
  CHECK(served.go("/a%2e%2e/secret") == "404");
  CHECK(served.go("/a./secret") == "404");
  CHECK(served.go("/a.../x") == "http://a.example /base/.../x");
}

TEST_CASE("service: an API of Tyk is reached by its id as well") {
  const Served served = tyk({api("orders", "/o/", "http://a.example", "", kStrip)});
  CHECK(served.go("/orders/x") == "http://a.example /orders/x");
  CHECK(served.go("/o/x") == "http://a.example /x");
}

TEST_CASE("service: with strict routes Tyk's listen paths end with their segment") {
  const Served served = tyk({{"tyk.conf", R"({"listen_port": 8080, "secret": "s",
                                              "http_server_options": {"enable_strict_routes": true}})"},
                             api("root", "/", "http://root.example"),
                             api("a", "/app", "http://a.example")});
  CHECK(served.go("/app") == "http://a.example /app");
  CHECK(served.go("/app/x") == "http://a.example /app/x");
  CHECK(served.go("/apple") == "404");
  CHECK(served.go("/other") == "http://root.example /other");
}

TEST_CASE("service: Tyk's listen path with variables") {
  const Served served =
      tyk({api("v", "/{version:v[0-9]+}/{name}/", "http://v.example/base", "", kStrip),
           api("kept", "/k/{id}/", "http://kept.example"), api("bad", "/x/{id:(a|b)}/", "http://bad.example"),
           api("open", "/y/{id", "http://bad.example")});
  CHECK(served.go("/v12/orders/1/2?q") == "http://v.example /base/1/2?q");
  CHECK(served.go("/v12/orders/a%20b") == "http://v.example /base/a%20b");
  CHECK(served.go("/vx/orders/1") == "404");
  CHECK(served.go("/k/7/x%20y") == "http://kept.example /k/7/x%20y");
  CHECK(served.has_note("api bad: its listen path /x/{id:(a|b)}/ is no template that Tyk takes, so it is left aside"));
  CHECK(served.has_note("api open: its listen path /y/{id is no template that Tyk takes, so it is left aside"));
}

TEST_CASE("service: Tyk cleans a path before it asks any API") {
  const Served served =
      tyk({api("a", "/a/", "http://a.example/base", "", kStrip), api("b", "/b/", "http://b.example")});
  CHECK(served.go("/a/../b/x?q=1") == "301 /b/x?q=1");
  CHECK(served.go("/a/%2e%2e/b/x") == "301 /b/x");
  CHECK(served.go("/a/..%2fb/x") == "301 /b/x");
  CHECK(served.go("/a/../../..") == "301 /");
  CHECK(served.go("//b/") == "301 /b/");
  CHECK(served.go("/a/.") == "301 /a");
  CHECK(served.go("/a/x%2Fy") == "http://a.example /base/x%2Fy");  // an encoded slash goes on as it is
  CHECK(served.go("/%61/x%20y") == "http://a.example /base/x%20y");
  CHECK(served.go("/a/%zz") == "400");
  CHECK(served.go("/a/%252e%252e/x") == "http://a.example /base/%252e%252e/x");
}

TEST_CASE("service: Tyk's domains count where custom domains are on") {
  const std::vector<ServedFile> apis = {
      api("one", "/", "http://one.example", R"(, "domain": "one.example.com")"), api("any", "/", "http://any.example"),
      api("sub", "/", "http://sub.example", R"(, "domain": "{tenant:[a-z]+}.tenants.example")"),
      api("off", "/off/", "http://off.example", R"(, "domain": "one.example.com", "domain_disabled": true)")};
  const Served served = tyk(apis);
  CHECK(served.go("/x", "GET", "one.example.com") == "http://one.example /x");
  CHECK(served.go("/x", "GET", "ONE.example.com:8443") == "http://one.example /x");
  CHECK(served.go("/x", "GET", "two.example.com") == "http://any.example /x");
  CHECK(served.go("/x", "GET", "acme.tenants.example") == "http://sub.example /x");
  CHECK(served.go("/x", "GET", "ACME.tenants.example:1") == "http://sub.example /x");
  CHECK(served.go("/x", "GET", "a.b.tenants.example") == "http://any.example /x");
  CHECK(served.go("/off/x", "GET", "elsewhere.example") == "http://off.example /off/x");

  std::vector<ServedFile> without = {{"tyk.conf", R"({"listen_port": 8080, "secret": "s", "hostname": "gw.example"})"}};
  without.push_back(apis[0]);
  const Served off = tyk(without);
  CHECK(off.go("/x", "GET", "gw.example") == "http://one.example /x");
  CHECK(off.go("/x", "GET", "one.example.com") == "404");
  CHECK(off.has_note("api one: enable_custom_domains is off, so its domain does not count"));
}

TEST_CASE("service: Tyk's ports, their names, and their own 404") {
  const Served served =
      tyk({conf(R"(, "control_api_port": 9443, "listen_address": "10.0.0.1")"), api("a", "/a/", "http://a.example"),
           api("b", "/b/", "http://b.example", R"(, "listen_port": 9000, "domain": "b.example.com",
                                 "certificates": ["b.pem"])")});
  REQUIRE(served.service.ports.size() == 3);
  std::map<std::uint16_t, std::size_t> index;
  for (std::size_t i = 0; i < served.service.ports.size(); ++i) index[served.service.ports[i].port] = i;
  REQUIRE(index.size() == 3);
  const auto& own = served.service.ports[index.at(8443)];
  CHECK(own.address == "10.0.0.1");
  CHECK_FALSE(own.control_api);
  CHECK(served.service.ports[index.at(9443)].control_api);
  const auto& other = served.service.ports[index.at(9000)];
  REQUIRE(other.contexts.size() == 2);
  CHECK(other.contexts[0].names.empty());
  CHECK(other.contexts[1].names == std::vector<std::string>{"b.example.com"});
  CHECK(served.contexts()[other.contexts[1].context].subject == "listener :9000 for b.example.com");

  CHECK(served.go("/a/x", "GET", "h", {}, index.at(8443)) == "http://a.example /a/x");
  CHECK(served.go("/a/x", "GET", "b.example.com", {}, index.at(9000)) == "404");
  CHECK(served.go("/b/x", "GET", "b.example.com", {}, index.at(9000)) == "http://b.example /b/x");
  CHECK(served.go("/hello", "GET", "h", {}, index.at(8443)) == "=200");
  CHECK(served.go("/hello", "GET", "h", {}, index.at(9443)) == "=200");
  CHECK(served.go("/hello", "GET", "h", {}, index.at(9000)) == "404");
  CHECK(served.find("/x", "GET", index.at(9443)).answer->body == "Not Found");
  CHECK(served.find("/x", "GET", index.at(9000)).answer->body == "404 page not found\n");
}

TEST_CASE("service: APIs of Tyk with one domain and listen path get their ids behind it") {
  const Served served = tyk({api("one", "/same/", "http://one.example"), api("two", "/same/", "http://two.example")});
  CHECK(served.go("/same/-one/x") == "http://one.example /same/-one/x");
  CHECK(served.go("/same/-two/x") == "http://two.example /same/-two/x");
  CHECK(served.go("/same/x") == "404");
  CHECK(served.has_note("api one: another API has its listen path, so Tyk changes it to /same/-one"));
}

TEST_CASE("service: the upstream context of a Tyk API is that of its host") {
  const Served served = tyk({conf(R"(, "security": {"certificates": {"upstream": {"*.example": "star.pem",
                                       "other.example:8443": "port.pem"}}})"),
                             api("a", "/a/", "https://a.example/x"), api("b", "/b/", "https://other.example:8443"),
                             api("c", "/c/", "https://c.elsewhere"), api("d", "/d/", "http://a.example")});
  const auto certificate = [&](const std::string& name) -> std::string {
    const std::size_t index = served.route(name).upstream_context;
    if (index == gateways::kNoIndex) return "plain";
    const tls::TlsContext& context = served.contexts()[index];
    CHECK(context.role == tls::Role::Upstream);
    return context.identities.empty() ? "none" : context.material[context.identities[0].certificate].written;
  };
  CHECK(certificate("api a") == "star.pem");
  CHECK(certificate("api b") == "port.pem");
  CHECK(certificate("api c") == "none");
  CHECK(certificate("api d") == "plain");
}

TEST_CASE("service: two Tyk APIs of one name keep their own upstreams and allow-lists") {
  const auto twin = [](const std::string& id, const std::string& certificate) {
    return ServedFile{
        id + ".json",
        fmt::format(R"({{"api_id": "{0}", "name": "twin", "use_keyless": true, "use_mutual_tls_auth": true,
                                      "client_certificates": ["{1}"], "upstream_certificates": {{"*": "{1}"}},
                                      "proxy": {{"listen_path": "/{0}/", "target_url": "https://up.example"}}}})",
                    id, certificate)};
  };
  const Served served = tyk({twin("x", "x.pem"), twin("y", "y.pem")});
  for (const std::string id : {"x", "y"}) {
    const gateways::RouteMatch match = served.find("/" + id + "/");
    REQUIRE(match.route != gateways::kNoIndex);
    const gateways::ServiceRoute& route = served.service.routes[match.route];
    const tls::TlsContext& upstream = served.contexts()[route.upstream_context];
    CHECK(upstream.material[upstream.identities[0].certificate].written == id + ".pem");
    CHECK(route.demand == CertificateDemand::AllowList);
    REQUIRE(route.allow_list.size() == 1);
    CHECK(served.contexts()[route.allow_list_context].material[route.allow_list[0]].written == id + ".pem");
  }
}

TEST_CASE("service: a Tyk API asks for its own allow-list and the one of the gateway, whatever the handshake was for") {
  const Served served =
      tyk({conf(R"(, "security": {"certificates": {"apis": ["all.pem"]}})"),
           api("a", "/a/", "http://a.example", R"(, "domain": "a.example.com", "use_mutual_tls_auth": true,
               "client_certificates": ["a.pem"])"),
           api("b", "/b/", "http://b.example", R"(, "domain": "b.example.com", "use_mutual_tls_auth": true,
               "client_certificates": ["b.pem"])"),
           api("open", "/open/", "http://c.example")});
  for (const std::string id : {"a", "b"}) {
    const gateways::ServiceRoute& route = served.route("api " + id);
    REQUIRE(route.allow_list.size() == 2);
    const tls::TlsContext& context = served.contexts()[route.allow_list_context];
    CHECK(context.subject == "listener :8443 for " + id + ".example.com");
    CHECK(context.material[route.allow_list[0]].written == id + ".pem");
    CHECK(context.material[route.allow_list[1]].written == "all.pem");
  }
  CHECK(served.route("api open").demand == CertificateDemand::None);

  const Served nobody = tyk({api("a", "/a/", "http://a.example", R"(, "use_mutual_tls_auth": true)")});
  CHECK(nobody.has_note("api a: its allow-list is empty, so it refuses every client"));
  CHECK(nobody.route("api a").demand == CertificateDemand::AllowList);
}

TEST_CASE("service: certificates as identities, and credentials that are cut, where Tyk checks keys at all") {
  const auto keyed = [](const std::string& rest) {
    return ServedFile{"k.json", R"({"api_id": "k", "name": "k", "strip_auth_data": true)" + rest +
                                    R"(, "proxy": {"listen_path": "/k/", "target_url": "http://k.example"}})"};
  };
  const Served identity = tyk({keyed(R"(, "use_standard_auth": true, "auth": {"use_certificate": true})")});
  CHECK(identity.route("api k").certificate_is_identity);
  CHECK(identity.route("api k").strip_auth_data);
  CHECK(identity.has_note(
      "api k: keys of clients are not at hand, so any certificate that the handshake let in is an identity"));
  const Served token = tyk({keyed("")});
  CHECK_FALSE(token.route("api k").certificate_is_identity);
  CHECK(token.has_note("api k: it is not keyless, but keys and tokens of clients are not checked"));
  const Served keyless = tyk({keyed(R"(, "use_keyless": true, "auth": {"use_certificate": true})")});
  CHECK_FALSE(keyless.route("api k").certificate_is_identity);
  CHECK_FALSE(keyless.route("api k").strip_auth_data);
}

TEST_CASE("service: an OAS definition of Tyk routes as a classic one") {
  const ServedFile oas{"oas.json", R"({"openapi": "3.0.3", "info": {"title": "o", "version": "1"}, "paths": {},
    "x-tyk-api-gateway": {
      "info": {"id": "o1", "name": "o", "state": {"active": true}},
      "server": {"listenPath": {"value": "/o/", "strip": true}, "customDomain": {"enabled": true, "name": "o.example.com"},
                 "clientCertificates": {"enabled": true, "allowlist": ["o.pem"]}, "ipAccessControl": {"enabled": false}},
      "upstream": {"url": "https://unused.example", "preserveHostHeader": {"enabled": true}, "rateLimit": {"enabled": true},
                   "loadBalancing": {"enabled": true, "targets": [{"url": "https://lb1.example/x"}, {"url": "https://lb2.example"}]}},
      "middleware": {"global": {"cors": {"enabled": true}, "cache": {"enabled": false}},
                     "operations": {"getA": {"mockResponse": {"enabled": true}}}}}})"};
  const Served served = tyk({oas});
  CHECK(served.go("/o/a", "GET", "o.example.com") == "https://lb1.example /x/a");
  CHECK(served.go("/o/a", "GET", "p.example.com") == "404");
  const gateways::ServiceRoute& route = served.service.routes[1];
  CHECK(route.pattern == "/o/");
  CHECK(route.preserve_host);
  CHECK(route.demand == CertificateDemand::AllowList);
  CHECK(served.contexts()[route.upstream_context].hosts == std::vector<std::string>{"lb1.example"});
  CHECK(served.has_note("api o: of its 2 targets the first is called"));
  CHECK(served.has_note("api o: upstream.rateLimit is left aside"));
  CHECK(served.has_note("api o: middleware.global.cors is left aside"));
  CHECK(served.has_note("api o: middleware.operations.*.mockResponse is left aside"));
  CHECK(served.notes().find("cache") == std::string::npos);
  CHECK(served.notes().find("ipAccessControl") == std::string::npos);
}

TEST_CASE("service: what of Tyk's files is not served is said") {
  const Served served = tyk(
      {conf(R"(, "max_conn_time": 5)"), api("idle", "/1/", "http://a.example", R"(, "active": false)"),
       api("inner", "/2/", "http://a.example", R"(, "internal": true)"),
       api("tcp", "/3/", "http://a.example", R"(, "protocol": "tcp")"), api("loop", "/4/", "tyk://other"),
       api("ref", "/5/", "env://TARGET"), api("path", "no-slash", "http://a.example"),
       api("cors", "/6/", "http://a.example", R"(, "CORS": {"enable": true}, "global_rate_limit": {"rate": 0, "per": 0},
           "version_data": {"not_versioned": true, "versions": {"Default": {"extended_paths": {"white_list": [{"path": "/a"}], "ignored": []}}}})"),
       api("versions", "/7/", "http://a.example",
           R"(, "version_data": {"not_versioned": false, "versions": {"v1": {"name": "v1"}}})"),
       api("empty", "/8/", "https://")});
  CHECK(served.has_note("api idle: it is not active, so it is left aside"));
  CHECK(served.has_note("api inner: it is internal: other APIs alone call it, so it is left aside"));
  CHECK(served.has_note("api tcp: its protocol is tcp, not HTTP, so it is left aside"));
  CHECK(
      served.has_note("api loop: proxy.target_url is tyk://other, neither http:// nor https://, so it is left aside"));
  CHECK(served.has_note("api path: Tyk does not take no-slash for a listen path, so it is left aside"));
  CHECK(served.has_note("api cors: CORS is left aside"));
  CHECK(served.has_note("api cors: extended_paths.white_list is left aside"));
  CHECK(served.has_note("api versions: version_data is left aside: all versions are served as one"));
  CHECK(served.has_note("tyk.conf: max_conn_time is left aside"));
  CHECK(served.has_note("api ref: proxy.target_url is env://TARGET, which is not known, so it is left aside"));
  CHECK(served.has_note("api empty: proxy.target_url names no host, so it is left aside"));
  CHECK(served.notes().find("global_rate_limit") == std::string::npos);
  CHECK(served.go("/5/x") == "404");
}

TEST_CASE("service: without a port that is known Tyk serves nothing, and says why") {
  CHECK(Served("tyk@5.14", {api("a", "/a/", "http://a.example", R"(, "use_mutual_tls_auth": true)")}).service.problem ==
        "tyk.conf is not in the input: name it beside the API definitions");
  const Served reference("tyk@5.14", {{"tyk.conf", R"({"listen_port": "env://PORT", "secret": "s"})"}});
  CHECK(reference.service.problem == "listen_port is env://PORT, which is not known");
}

TEST_CASE("service: the example of Tyk") {
  const Served served("tyk", {{"tyk.conf", tests::read_file("testdata/examples/tyk/tyk.conf")},
                              {"billing.json", tests::read_file("testdata/examples/tyk/billing.json")}});
  REQUIRE(served.service.problem.empty());
  CHECK(served.service.ports[0].port == 8443);
  CHECK(served.service.ports[0].control_api);
  CHECK(served.go("/invoices/7?x=1", "GET", "billing.example.com") ==
        "https://ledger.internal.example /invoices/7?x=1");
  CHECK(served.go("/invoices/7", "GET", "other.example.com") == "404");
  CHECK(served.route("api Billing").demand == CertificateDemand::AllowList);
}
