#include "report/cite.h"

#include "tests/catch.h"

using namespace tlsward;

TEST_CASE("cite: the source is about the gateway of the file, where there is a choice") {
  lint::Rule rule{};
  CHECK(report::nearest_cite(rule, "tyk") == nullptr);
  rule.cites = {{"KrakenD, TLS settings", "", "https://a.example"},
                {"RFC 8446", "4", "https://b.example"},
                {"Tyk, mutual TLS", "", "https://c.example"}};
  CHECK(report::nearest_cite(rule, "krakend")->title == "KrakenD, TLS settings");
  CHECK(report::nearest_cite(rule, "tyk")->title == "Tyk, mutual TLS");
  CHECK(report::nearest_cite(rule, "flex")->title == "RFC 8446");
  CHECK(report::nearest_cite(rule, "")->title == "KrakenD, TLS settings");
  std::swap(rule.cites[0], rule.cites[1]);
  CHECK(report::nearest_cite(rule, "tyk")->title == "RFC 8446");
  rule.cites = {{"Lura, TLS of the server", "", "https://d.example"}};
  CHECK(report::nearest_cite(rule, "tyk")->title == "Lura, TLS of the server");
}
