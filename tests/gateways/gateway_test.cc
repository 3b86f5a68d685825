#include "gateways/gateway.h"

#include <string>
#include <vector>

#include "tests/catch.h"

using namespace tlsward;
using namespace tlsward::gateways;

TEST_CASE("a gateway is chosen by id, with a version if wanted") {
  std::string error;
  const auto plain = parse_gateway_choice("krakend", error);
  REQUIRE(plain.has_value());
  CHECK(plain->gateway == find_gateway("krakend"));
  CHECK_FALSE(plain->version.has_value());
  CHECK(parse_gateway_choice("krakend@2.9", error)->version == ProductVersion{2, 9, 0});
  CHECK(parse_gateway_choice("tyk@5.8.14", error)->version == ProductVersion{5, 8, 14});
}

TEST_CASE("a choice that makes no sense says what would") {
  std::string error;
  CHECK_FALSE(parse_gateway_choice("kraken", error).has_value());
  CHECK(error == "unknown gateway 'kraken' (did you mean 'krakend'?); known are flex, krakend, tyk");
  for (const char* text : {"krakend@", "krakend@x", "krakend@2.x", "krakend@2.9.1.0", "krakend@-2", "krakend@0.0"}) {
    error.clear();
    CHECK_FALSE(parse_gateway_choice(text, error).has_value());
    CHECK(error.find("no version of KrakenD") != std::string::npos);
  }
}

TEST_CASE("versions are named without a patch of 0") {
  CHECK(name(ProductVersion{2, 13, 0}) == "2.13");
  CHECK(name(ProductVersion{2, 10, 2}) == "2.10.2");
}

TEST_CASE("placeholders of vendors' pages are recognised, values that resemble them are not") {
  for (const char* text :
       {"<cert-id>", "<cert-id1>", "<cn>", "<string> // REQUIRED", "<array> // OPTIONAL", "/path/to/cert.pem", "{NAME}",
        "{cert-id}", "<your host name>", "<hostname>:<port>", "<host>:6379"})
    CHECK(is_placeholder(text));
  for (const char* text :
       {"", "<", "<>", "a<b>", "<a", "</a>", "<a href='x'>", "<b>bold</b>", "/pathto/x", "{}", "{\"a\": 1}",
        "{{ env \"X\" }}", "${NAME}", "/srv/path/to/x", "/users/{id}", "<a>:", "<a>:b", "<a>:<b>c"})
    CHECK_FALSE(is_placeholder(text));
}

TEST_CASE("objects of a key table are found with their paths") {
  static constexpr Key kRoot[] = {{"tls", KeyType::Object, "tls"},
                                  {"list", KeyType::ObjectList, "tls"},
                                  {"map", KeyType::TextMap, "tls"},
                                  {"name", KeyType::Text}};
  static constexpr Key kTls[] = {{"min_version", KeyType::Text}};
  const std::vector<ObjectType> types = {{"root", false, kRoot, {}}, {"tls", true, kTls, {}}};
  const Node empty{.kind = NodeKind::Map, .where = {}};
  const std::vector<Node> items = {empty, Node{.kind = NodeKind::Text, .where = {}}, empty};
  const std::vector<Member> entries = {{"a", {}, empty}};
  const std::vector<Member> members = {{"tls", {}, empty},
                                       {"list", {}, Node{.kind = NodeKind::List, .where = {}, .items = items}},
                                       {"map", {}, Node{.kind = NodeKind::Map, .where = {}, .members = entries}},
                                       {"other", {}, empty},
                                       {"name", {}, empty}};
  Document document;
  document.root = Node{.kind = NodeKind::Map, .where = {}, .members = members};
  std::vector<KnownObject> objects;
  collect_objects(document, document.root, types[0], "", types, objects);
  std::string paths;
  for (const KnownObject& object : objects) paths += object.path + " ";
  CHECK(paths == " tls list[0] list[2] map.a ");
}
