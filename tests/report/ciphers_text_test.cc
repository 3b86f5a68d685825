#include "report/ciphers_text.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string>

#include "tests/catch.h"

namespace report = tlsward::report;

namespace {

template <class Write>
std::string written(Write write) {
  std::FILE* file = std::tmpfile();
  REQUIRE(file != nullptr);
  write(file);
  std::string text(static_cast<std::size_t>(std::ftell(file)), '\0');
  std::rewind(file);
  REQUIRE(std::fread(text.data(), 1, text.size(), file) == text.size());
  std::fclose(file);
  return text;
}

std::string text(std::string_view pattern) {
  return written([&](std::FILE* out) { report::write_ciphers_text(report::select_ciphers(pattern), out); });
}

nlohmann::ordered_json json(std::string_view pattern) {
  return nlohmann::ordered_json::parse(
      written([&](std::FILE* out) { report::write_ciphers_json(report::select_ciphers(pattern), out); }));
}

std::vector<int> codes(std::string_view pattern) {
  std::vector<int> result;
  for (const auto* row : report::select_ciphers(pattern).rows) result.push_back(row->suite.code);
  return result;
}

}  // namespace

TEST_CASE("ciphers: an exact spelling selects one suite") {
  for (const auto* pattern :
       {"49199", "0xC02F", "C02F", "ECDHE-RSA-AES128-GCM-SHA256", "tls_ecdhe_rsa_aes_128_gcm_sha256"}) {
    INFO(pattern);
    const auto selection = report::select_ciphers(pattern);
    CHECK(selection.exact);
    REQUIRE(selection.rows.size() == 1);
    CHECK(selection.rows[0]->suite.code == 0xC02F);
  }
}

TEST_CASE("ciphers: part of a name selects every suite that has it in any of its names") {
  CHECK(codes("ecdhe-ecdsa-aes128-gcm") == std::vector<int>{0xC02B});
  CHECK(codes("arcfour_128_md5") == std::vector<int>{0x0004, 0x0018});
  CHECK(codes("SCSV") == std::vector<int>{0x00FF, 0x5600});
  CHECK(codes("aegis") == std::vector<int>{0x1306, 0x1307});
  CHECK_FALSE(report::select_ciphers("aegis").exact);
  CHECK_FALSE(report::select_ciphers("SM4_GCM").exact);
}

TEST_CASE("ciphers: with * or ? the pattern is a glob for a whole name") {
  CHECK(codes("TLS_AES_*") == std::vector<int>{0x0070, 0x0071, 0x1301, 0x1302, 0x1304, 0x1305});
  CHECK(codes("tls_aes_???_gcm_sha???") == std::vector<int>{0x1301, 0x1302});
  CHECK(codes("ECDHE-*-CHACHA20-POLY1305") == std::vector<int>{0xCCA8, 0xCCA9, 0xCCAC});
  CHECK(codes("*_SM3") == std::vector<int>{0x00C6, 0x00C7});
  CHECK(codes("AES_*").empty());
  CHECK(codes("*").size() == 356);
  CHECK(codes("**?*").size() == 356);
}

TEST_CASE("ciphers: no pattern selects all, a pattern that fits none selects none") {
  CHECK(codes("").size() == 356);
  CHECK(codes("TLS_ROT13").empty());
  CHECK(codes("0x13FF").empty());
  CHECK(text("TLS_ROT13").empty());
}

TEST_CASE("ciphers: one suite is printed as all its spellings") {
  CHECK(text("49199") ==
        "IANA: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n"
        "OpenSSL: ECDHE-RSA-AES128-GCM-SHA256\n"
        "Go: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256\n"
        "GnuTLS: TLS_ECDHE_RSA_AES_128_GCM_SHA256\n"
        "KrakenD: 49199\n"
        "hex: 0xC02F\n"
        "bytes: 0xC0,0x2F\n"
        "versions: 1.2\n"
        "key exchange: ECDHE\n"
        "authentication: RSA\n"
        "encryption: AES_128_GCM (128 bits)\n"
        "mode: GCM\n"
        "MAC: AEAD\n"
        "flags: recommended\n");
}

TEST_CASE("ciphers: a signal is printed without the properties of a suite") {
  CHECK(text("TLS_FALLBACK_SCSV") ==
        "IANA: TLS_FALLBACK_SCSV\n"
        "OpenSSL: TLS_FALLBACK_SCSV\n"
        "Go: TLS_FALLBACK_SCSV\n"
        "GnuTLS: -\n"
        "KrakenD: 22016\n"
        "hex: 0x5600\n"
        "bytes: 0x56,0x00\n"
        "versions: -\n"
        "flags: signalling\n");
}

TEST_CASE("ciphers: several suites are printed as a table with aligned columns") {
  CHECK(text("arcfour_128_md5") ==
        "CODE    DECIMAL  IANA                          VERSIONS  BITS  KX       AUTH  ENC      MAC  FLAGS"
        "                   OPENSSL      GO  GNUTLS\n"
        "0x0004  4        TLS_RSA_WITH_RC4_128_MD5      SSL3-1.2  128   RSA      RSA   RC4_128  MD5  "
        "broken:RC4,no-fs,no-h2"
        "  RC4-MD5      -   TLS_RSA_ARCFOUR_128_MD5\n"
        "0x0018  24       TLS_DH_anon_WITH_RC4_128_MD5  SSL3-1.2  128   DH_anon  none  RC4_128  MD5  "
        "broken:anonymous,no-h2"
        "  ADH-RC4-MD5  -   TLS_DH_ANON_ARCFOUR_128_MD5\n");
}

TEST_CASE("ciphers: the whole table has one line per suite and a heading") {
  const auto table = text("");
  CHECK(std::count(table.begin(), table.end(), '\n') == 357);
}

TEST_CASE("ciphers: JSON has the schema and every property") {
  const auto document = json("TLS_RSA_WITH_AES_128_CBC_SHA");
  const auto expected = nlohmann::ordered_json::parse(R"({
    "schema": "tlsward-ciphers/1",
    "ciphers": [{
      "code": 47, "hex": "0x002F", "iana": "TLS_RSA_WITH_AES_128_CBC_SHA", "openssl": "AES128-SHA",
      "go": "TLS_RSA_WITH_AES_128_CBC_SHA", "gnutls": "TLS_RSA_AES_128_CBC_SHA1", "signalling": false,
      "versions": ["SSL 3.0", "TLS 1.0", "TLS 1.1", "TLS 1.2"],
      "key_exchange": "RSA", "authentication": "RSA", "encryption": "AES_128_CBC", "mode": "CBC", "mac": "SHA",
      "bits": 128, "aead": false, "forward_secrecy": false, "http2_prohibited": true, "iana_recommended": false,
      "broken": null, "weak": ["CBC", "no forward secrecy"]
    }]
  })");
  CHECK(document == expected);
  CHECK(document.dump() == expected.dump());
}

TEST_CASE("ciphers: JSON has null for names that a program lacks and for properties of a signal") {
  const auto signal = json("TLS_EMPTY_RENEGOTIATION_INFO_SCSV").at("ciphers").at(0);
  CHECK(signal.at("gnutls").is_null());
  CHECK(signal.at("key_exchange").is_null());
  CHECK(signal.at("signalling") == true);
  CHECK(signal.at("versions").empty());
  CHECK(json("RC4-SHA").at("ciphers").at(0).at("broken") == "RC4");
}

TEST_CASE("ciphers: JSON is one document with an empty list where nothing fits") {
  CHECK(json("TLS_ROT13").dump() == R"({"schema":"tlsward-ciphers/1","ciphers":[]})");
  CHECK(json("").at("ciphers").size() == 356);
}
