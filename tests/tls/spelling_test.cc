#include "tls/spelling.h"

#include "tests/catch.h"

namespace tls = tlsward::tls;

TEST_CASE("spelling: folding drops case and separators and nothing else") {
  CHECK(tls::fold("P-256") == "p256");
  CHECK(tls::fold("TLS_AES 128-GCM+sha256") == "tlsaes128gcmsha256");
  CHECK(tls::fold("1.2") == "1.2");
  CHECK(tls::fold("").empty());
  CHECK(tls::folds_to("NIST P-256", "nistp256"));
  CHECK(tls::folds_to("P-256_", "p256"));
  CHECK_FALSE(tls::folds_to("P-256", "p25"));
  CHECK_FALSE(tls::folds_to("P-25", "p256"));
}

TEST_CASE("spelling: numbers are decimal or hex with 0x, up to 65535") {
  CHECK(tls::parse_number("0") == 0);
  CHECK(tls::parse_number("49199") == 49199);
  CHECK(tls::parse_number(" 65535 ") == 65535);
  CHECK(tls::parse_number("0xC02F") == 0xC02F);
  CHECK(tls::parse_number("0XfF") == 0xFF);
  for (const auto* text : {"", "65536", "-1", "+1", "1.0", "007", "0x", "0x10000", "C02F", "0xG", "4 9"}) {
    INFO(text);
    CHECK_FALSE(tls::parse_number(text));
  }
}

TEST_CASE("spelling: exactly sixteen values are GREASE") {
  int count = 0;
  for (int code = 0; code <= 0xFFFF; ++code) count += tls::is_grease(static_cast<std::uint16_t>(code)) ? 1 : 0;
  CHECK(count == 16);
  CHECK(tls::is_grease(0x0A0A));
  CHECK(tls::is_grease(0xFAFA));
  CHECK_FALSE(tls::is_grease(0x0A1A));
  CHECK_FALSE(tls::is_grease(0x0B0B));
}

TEST_CASE("spelling: numbers without a name are printed in hex") {
  CHECK(tls::unknown_name(0x13FF) == "0x13ff");
  CHECK(tls::unknown_name(0) == "0x0000");
  CHECK(tls::unknown_name(0x2A2A) == "GREASE (0x2a2a)");
}
