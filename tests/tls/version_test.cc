#include "tls/version.h"

#include <vector>

#include "tests/catch.h"

namespace tls = tlsward::tls;
using tls::Version;

TEST_CASE("versions: the known ones are SSL 3.0 to TLS 1.3, ascending") {
  const auto known = tls::known_versions();
  CHECK(std::vector<Version>(known.begin(), known.end()) ==
        std::vector<Version>{{0x0300}, {0x0301}, {0x0302}, {0x0303}, {0x0304}});
}

TEST_CASE("versions: SSL 2.0 is known though it is not in the list") {
  CHECK(tls::is_known(tls::kSsl2));
  CHECK(tls::is_known(tls::kTls13));
  CHECK_FALSE(tls::is_known(Version{0x0305}));
  CHECK_FALSE(tls::is_known(Version{0x7F1C}));
}

TEST_CASE("versions: each is printed under its name, unknown numbers in hex") {
  CHECK(tls::name(tls::kSsl2) == "SSL 2.0");
  CHECK(tls::name(tls::kSsl3) == "SSL 3.0");
  CHECK(tls::name(tls::kTls10) == "TLS 1.0");
  CHECK(tls::name(tls::kTls13) == "TLS 1.3");
  CHECK(tls::name(Version{0x0305}) == "0x0305");
  CHECK(tls::name(Version{0x1A1A}) == "GREASE (0x1a1a)");
  CHECK(tls::short_name(tls::kTls12) == "1.2");
  CHECK(tls::short_name(tls::kSsl3) == "SSL 3.0");
  CHECK(tls::short_name(Version{0x0305}) == "0x0305");
}

TEST_CASE("versions: every usual spelling of TLS 1.2 is understood") {
  for (const auto* text : {"1.2", "TLS1.2", "TLSv1.2", "TLSv1_2", "TLS12", "tls12", "TLS 1.2", "771", "0x0303",
                           "tlsv1.2", "TLS_1_2", "TLS-1.2", " 1.2 ", "VersionTLS12", "tls.VersionTLS12", "0x303"}) {
    INFO(text);
    CHECK(tls::parse_version(text) == tls::kTls12);
  }
}

TEST_CASE("versions: the other versions are understood in their own spellings") {
  CHECK(tls::parse_version("SSL3.0") == tls::kSsl3);
  CHECK(tls::parse_version("SSLv3") == tls::kSsl3);
  CHECK(tls::parse_version("SSL 3.0") == tls::kSsl3);
  CHECK(tls::parse_version("ssl3") == tls::kSsl3);
  CHECK(tls::parse_version("VersionSSL30") == tls::kSsl3);
  CHECK(tls::parse_version("768") == tls::kSsl3);
  CHECK(tls::parse_version("SSLv2") == tls::kSsl2);
  CHECK(tls::parse_version("0x0002") == tls::kSsl2);
  CHECK(tls::parse_version("TLSv1") == tls::kTls10);
  CHECK(tls::parse_version("TLS10") == tls::kTls10);
  CHECK(tls::parse_version("1.0") == tls::kTls10);
  CHECK(tls::parse_version("1.1") == tls::kTls11);
  CHECK(tls::parse_version("770") == tls::kTls11);
  CHECK(tls::parse_version("TLS13") == tls::kTls13);
  CHECK(tls::parse_version("772") == tls::kTls13);
}

TEST_CASE("versions: an unknown wire number comes back as it is") {
  CHECK(tls::parse_version("773") == Version{0x0305});
  CHECK(tls::parse_version("0x7f1c") == Version{0x7F1C});
}

TEST_CASE("versions: what names no version is refused") {
  for (const auto* text : {"",        "1",    "2",     "12",    "3.0", "1.4", "TLS14",   "TLS1.20", "TLS",  "SSL1",
                           "SSLv1.2", "TLS3", "TLS20", "70000", "-1",  "0x",  "0x12345", "1.2.3",   "v1.2", "latest"}) {
    INFO(text);
    CHECK_FALSE(tls::parse_version(text));
  }
}
