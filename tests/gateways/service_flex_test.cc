// Flex Gateway: ApiInstances, services and policies to ports and routes.
#include "tests/catch.h"
#include "tests/gateways/served.h"
#include "tests/process.h"

namespace {

using namespace tlsward;

std::string resource(const std::string& kind, const std::string& name, const std::string& spec) {
  return fmt::format("---\napiVersion: gateway.mulesoft.com/v1alpha1\nkind: {}\nmetadata: {{name: {}}}\nspec:\n{}\n",
                     kind, name, spec);
}

Served flex(const std::string& text) {
  return Served("flex", {{"gateway.yaml", text}});
}

std::string instance(const std::string& name, const std::string& address, const std::string& services = "") {
  return resource("ApiInstance", name,
                  "  address: " + address + (services.empty() ? "" : "\n  services:\n" + services));
}
std::string service_of(const std::string& name, const std::string& address) {
  return resource("Service", name, "  address: " + address);
}
std::string tls_policy(const std::string& name, const std::string& target) {
  return resource(
      "PolicyBinding", name,
      fmt::format("  targetRef: {{kind: ApiInstance, name: {}}}\n  policyRef: {{name: tls, namespace: default}}\n"
                  "  config: {{certificate: {{key: $KEY, crt: $CRT}}}}",
                  target));
}

}  // namespace

TEST_CASE("service: Flex takes a path below the address of an instance, and cuts it off") {
  const Served served =
      flex(instance("orders", "http://0.0.0.0:8081/orders/", "    up:\n      address: https://up.example:8443/base/") +
           instance("deep", "http://0.0.0.0:8081/orders/deep", "    d: {address: 'http://deep.example'}") +
           instance("root", "http://0.0.0.0:9090", "    r: {address: 'http://[::1]:80'}"));
  REQUIRE(served.service.problem.empty());
  REQUIRE(served.service.ports.size() == 2);
  CHECK(served.service.ports[0].port == 8081);
  CHECK(served.service.ports[1].port == 9090);
  CHECK_FALSE(served.contexts()[served.service.ports[0].contexts[0].context].enabled);
  CHECK(served.go("/orders/1/2?q=1") == "https://up.example:8443 /base/1/2?q=1");
  CHECK(served.go("/orders") == "https://up.example:8443 /base/");
  CHECK(served.go("/orders/") == "https://up.example:8443 /base/");
  CHECK(served.go("/orders2") == "404");
  CHECK(served.go("/orders/deep/x") == "http://deep.example /x");
  CHECK(served.go("/other") == "404");
  CHECK(served.go("/any", "GET", "h", {}, 1) == "http://[::1]:80 /any");
  CHECK(served.find("/other").answer->body.empty());
}

TEST_CASE("service: no path of a client climbs above Flex's destination path") {
  const Served served = flex(instance("a", "http://0.0.0.0:8081/a",
                                      "    up:\n      address: http://up.example/base\n      routes:\n"
                                      "      - rules:\n        - path: /x(.)/y(.)(/.*)\n        - path: (/.*)\n"));
  CHECK(served.go("/a/b%2fc") == "http://up.example /base/b%2fc");
  CHECK(served.go("/a/b%zz") == "http://up.example /base/b%zz");
  CHECK(served.go("/a/../secret") == "404");
  CHECK(served.go("/a/%2e%2E/secret") == "404");
  CHECK(served.go("/a/b%2f..%2f..%2fsecret") == "404");
  CHECK(served.go("/a/..") == "404");
  CHECK(served.go("/a/x1/y2/z") == "http://up.example /base/12/z");
  CHECK(served.go("/a/x./y./secret") == "404");  // the groups would come together as ".."
}

TEST_CASE("service: rules of Flex's routes") {
  const Served served = flex(instance("shop", "http://0.0.0.0:8081/shop", R"(    products:
      address: https://products.example
      routes:
      - rules:
        - path: /products(/.*)
          methods: GET|HEAD
        - path: /featured(/.*)
          host: (eu|us)\.example
        config: {destinationPath: /api/}
    users:
      address: http://users.example
      routes:
      - rules:
        - path: /users/.*
          headers: {x-version: "v[0-9]+", x-any: ""}
        - methods: DELETE
    rest: {address: 'http://rest.example'})"));
  CHECK(served.go("/shop/products/1?q") == "https://products.example /api/1?q");
  CHECK(served.go("/shop/products/1", "HEAD") == "https://products.example /api/1");
  CHECK(served.go("/shop/products/1", "POST") == "http://rest.example /products/1");
  CHECK(served.go("/shop/featured/1", "PUT", "EU.example:8081") == "https://products.example /api/1");
  CHECK(served.go("/shop/featured/1", "PUT", "eu.example.com") == "http://rest.example /featured/1");
  CHECK(served.go("/shop/users/1", "GET", "h", {{"x-version", "v7"}, {"x-any", "thing"}}) ==
        "http://users.example /users/1");
  CHECK(served.go("/shop/users/1", "GET", "h", {{"x-version", "7"}, {"x-any", "thing"}}) ==
        "http://rest.example /users/1");
  CHECK(served.go("/shop/users/1", "GET", "h", {{"x-version", "v7"}}) == "http://rest.example /users/1");
  CHECK(served.go("/shop/users/1", "DELETE") == "http://users.example /users/1");
  CHECK(served.go("/products/1") == "404");
}

TEST_CASE("service: Flex's route policies lead to services, by name and namespace") {
  const auto policy = [](const std::string& name, const std::string& which, const std::string& config,
                         const std::string& rest) {
    return resource(
        "PolicyBinding", name,
        fmt::format("  targetRef: {{name: web}}\n  policyRef: {{name: {}, namespace: default}}\n  config: {}\n{}",
                    which, config, rest));
  };
  const Served served = flex(instance("web", "http://0.0.0.0:8081") + service_of("one", "http://one.example") +
                             service_of("two", "https://two.example:8443") +
                             policy("last", "route", "{destinationRef: {name: one}}", "  order: 3") +
                             policy("first", "route-weighted",
                                    "{routes: [{weight: 60, destinationPath: /v2, destinationRef: {name: two}}, "
                                    "{weight: 40, destinationRef: {name: one}}]}",
                                    "  order: 1\n  rules: [{path: /api(/.*)}]") +
                             policy("lost", "route", "{destinationRef: {name: three}}", "  order: 2") +
                             policy("limit", "rate-limiting", "{}", ""));
  CHECK(served.go("/api/x") == "https://two.example:8443 /v2/x");
  CHECK(served.go("/x") == "http://one.example /x");
  CHECK(served.has_note("PolicyBinding/first: of its 2 destinations the first is called"));
  CHECK(served.has_note("PolicyBinding/lost: its destination is not known or not in the input, so it is left aside"));
  CHECK(served.has_note("PolicyBinding/limit: the policy rate-limiting is left aside"));
}

TEST_CASE("service: a Flex instance without any route calls the only service") {
  const Served only = flex(instance("web", "http://0.0.0.0:8081") + service_of("one", "http://one.example/x"));
  CHECK(only.go("/a") == "http://one.example /x/a");
  CHECK(only.has_note("ApiInstance/web: no route leads from it; requests go to the only service, Service/one"));
  const Served two = flex(instance("web", "http://0.0.0.0:8081") + service_of("one", "http://one.example") +
                          service_of("two", "http://two.example"));
  CHECK(two.go("/a") == "404");
  CHECK(two.has_note("ApiInstance/web: no route leads to any of the services, so it answers 404"));
  const Served none = flex(instance("web", "http://0.0.0.0:8081"));
  CHECK(none.has_note("ApiInstance/web: it has no service to send requests to, so it answers 404"));
}

TEST_CASE("service: instances of Flex share a port with the context of its tls policy") {
  const Served served =
      flex(instance("a", "https://0.0.0.0:8443/a", "    a: {address: 'http://a.example'}") +
           instance("b", "https://0.0.0.0:8443/b", "    b: {address: 'http://b.example'}") +
           instance("c", "https://0.0.0.0:9443", "    c: {address: 'http://c.example'}") + tls_policy("inbound", "a"));
  REQUIRE(served.service.ports.size() == 1);
  CHECK(served.service.ports[0].port == 8443);
  REQUIRE(served.service.ports[0].contexts.size() == 1);
  const tls::TlsContext& context = served.contexts()[served.service.ports[0].contexts[0].context];
  CHECK(context.subject == "PolicyBinding/inbound");
  CHECK(context.role == tls::Role::Listener);
  CHECK(served.go("/b/x") == "http://b.example /x");
  CHECK(served.has_note(
      "port 9443 is https, and no tls policy with its certificate is in the input, so it is left aside"));
}

TEST_CASE("service: one tls policy on two ports of Flex is two contexts, each with its port") {
  const Served served = flex(instance("a", "https://0.0.0.0:8443", "    a: {address: 'http://a.example'}") +
                             instance("b", "https://0.0.0.0:9443", "    b: {address: 'http://b.example'}") +
                             resource("PolicyBinding", "both",
                                      "  targetRef: {kind: Selector, selector: {kind: ApiInstance}}\n"
                                      "  policyRef: {name: tls}\n  config: {certificate: {key: $KEY, crt: $CRT}}"));
  REQUIRE(served.service.ports.size() == 2);
  CHECK(served.contexts()[served.service.ports[0].contexts[0].context].endpoint.ends_with(":8443"));
  CHECK(served.contexts()[served.service.ports[1].contexts[0].context].endpoint.ends_with(":9443"));
}

TEST_CASE("service: the outbound context of a Flex route is that of its service") {
  const auto outbound = [](const std::string& name, const std::string& target) {
    return resource("PolicyBinding", name,
                    fmt::format("  targetRef: {{kind: Service, name: {}}}\n  policyRef: {{name: tls-outbound}}\n"
                                "  config: {{skipValidation: true}}",
                                target));
  };
  const auto route = [](const std::string& name, const std::string& path) {
    return resource("PolicyBinding", "to-" + name,
                    fmt::format("  targetRef: {{name: web}}\n  policyRef: {{name: route}}\n"
                                "  config: {{destinationRef: {{name: {}}}}}\n  rules: [{{path: {}}}]",
                                name, path));
  };
  const Served served =
      flex(instance("web", "http://0.0.0.0:8081") + service_of("one", "https://one.example") +
           service_of("two", "https://two.example") + service_of("plain", "http://three.example") +
           outbound("tls-one", "one") + route("one", "/1(.*)") + route("two", "/2(.*)") + route("plain", "/3(.*)"));
  const auto subject = [&](const std::string& name) {
    const std::size_t context = served.route("ApiInstance/web " + name).upstream_context;
    return context == gateways::kNoIndex ? std::string("none") : served.contexts()[context].subject;
  };
  CHECK(subject("one") == "PolicyBinding/tls-one");
  CHECK(subject("two") == "Service/two");  // the built-in one
  CHECK(subject("plain") == "none");
}

TEST_CASE("service: what of Flex's resources is not known or not done is said") {
  const Served served = flex(instance("web", "http://0.0.0.0:8081", R"(    ref: {address: $UP}
    other: {address: 'h2://up.example'}
    up:
      address: http://up.example
      weight: 5
      routes:
      - rules:
        - {path: $PATH}
        - {path: /ok, color: red}
      - config: {destinationPath: $BASE}
        rules: [{path: /never}])") +
                             instance("lost", "$ADDRESS") + resource("Configuration", "logs", "  logging: {}") +
                             resource("Extension", "mine", "  extends: []") +
                             resource("PolicyBinding", "p", "  targetRef: {name: web}\n  policyRef: {name: cors}"));
  INFO(served.notes());
  CHECK(served.has_note("ApiInstance/web services.ref: its address is $UP, which is not known, so it is left aside"));
  CHECK(
      served.has_note("ApiInstance/web services.other: its address h2://up.example is neither http:// nor https://, so "
                      "it is left aside"));
  CHECK(served.has_note("ApiInstance/web services.up: weight is left aside"));
  CHECK(served.has_note(
      "ApiInstance/web services.up.routes[0].rules[0].path is $PATH, which is not known, so the rule is left aside"));
  CHECK(served.has_note("ApiInstance/web services.up.routes[0].rules[1]: color is left aside"));
  CHECK(
      served.has_note("ApiInstance/web services.up.routes[1].config.destinationPath is $BASE, which is not known, so "
                      "the route is left aside"));
  CHECK(served.has_note("ApiInstance/lost: its address is $ADDRESS, which is not known, so it is left aside"));
  CHECK(served.has_note("Configuration/logs, Extension/mine: it is left aside"));
  CHECK(served.has_note("PolicyBinding/p: the policy cors is left aside"));
  CHECK(served.go("/ok") == "http://up.example /ok");
  CHECK(served.go("/never") == "404");
  CHECK(served.go("/x") == "404");
}

TEST_CASE("service: why Flex has nothing to serve") {
  CHECK(flex(service_of("a", "http://a.example")).service.problem == "there is no ApiInstance, so nothing listens");
  CHECK(flex(instance("a", "https://0.0.0.0:8443", "    a: {address: 'http://a.example'}")).service.problem ==
        "port 8443 is https, and no tls policy with its certificate is in the input");
  CHECK(flex(instance("a", "$A")).service.problem == "no ApiInstance has an address that is known");
  CHECK(Served("flex", {{"gateway.yaml", tests::read_file("testdata/examples/flex/gateway.yaml")}}).service.problem ==
        "there is no ApiInstance, so nothing listens");
}

TEST_CASE("service: resources of Flex in a List are served as well") {
  const Served served = flex(R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: List
items:
- apiVersion: gateway.mulesoft.com/v1alpha1
  kind: ApiInstance
  metadata: {name: web}
  spec:
    address: http://0.0.0.0:8081/web
    services:
      up:
        address: http://up.example
        routes:
        - rules: [{path: '/a(/.*)'}]
)");
  CHECK(served.go("/web/a/b") == "http://up.example /b");
}
