#include "tls/certificate.h"

#include "tests/catch.h"

namespace tls = tlsward::tls;
using tls::CertificateFacts;
using tls::KeyFacts;
using tls::KeyType;

namespace {

int strength(KeyType type, int bits) {
  return tls::equivalent_strength(KeyFacts{type, bits, "", "", false});
}

CertificateFacts certificate(std::string subject, std::string issuer, std::string subject_key,
                             std::string authority_key) {
  CertificateFacts facts;
  facts.subject = std::move(subject);
  facts.issuer = std::move(issuer);
  facts.subject_key_id = std::move(subject_key);
  facts.authority_key_id = std::move(authority_key);
  return facts;
}

}  // namespace

TEST_CASE("keys: types and encodings have the names that people use") {
  CHECK(tls::name(KeyType::Rsa) == "RSA");
  CHECK(tls::name(KeyType::RsaPss) == "RSA-PSS");
  CHECK(tls::name(KeyType::Ec) == "EC");
  CHECK(tls::name(KeyType::Ed25519) == "Ed25519");
  CHECK(tls::name(KeyType::Unknown) == "unknown");
  CHECK(tls::name(tls::Encoding::Pem) == "PEM");
  CHECK(tls::name(tls::Encoding::Pkcs12) == "PKCS#12");
  CHECK(tls::name(tls::Encoding::JavaKeyStore) == "Java key store");
}

TEST_CASE("keys: strengths are those of NIST SP 800-57, sizes in between count as the lower row") {
  CHECK(strength(KeyType::Rsa, 512) == 0);
  CHECK(strength(KeyType::Rsa, 1024) == 80);
  CHECK(strength(KeyType::Rsa, 2047) == 80);
  CHECK(strength(KeyType::Rsa, 2048) == 112);
  CHECK(strength(KeyType::RsaPss, 3072) == 128);
  CHECK(strength(KeyType::Rsa, 4096) == 128);
  CHECK(strength(KeyType::Rsa, 7680) == 192);
  CHECK(strength(KeyType::Rsa, 16384) == 256);
  CHECK(strength(KeyType::Dsa, 2048) == 112);
  CHECK(strength(KeyType::Ec, 192) == 80);
  CHECK(strength(KeyType::Ec, 224) == 112);
  CHECK(strength(KeyType::Ec, 256) == 128);
  CHECK(strength(KeyType::Ec, 384) == 192);
  CHECK(strength(KeyType::Ec, 521) == 256);
  CHECK(strength(KeyType::Ed25519, 255) == 128);
  CHECK(strength(KeyType::Ed448, 448) == 224);
  CHECK(strength(KeyType::Unknown, 4096) == 0);
}

TEST_CASE("certificates: the issuer is the one whose name and key identifier fit") {
  const auto leaf = certificate("CN=leaf", "CN=ca", "01", "aa");
  CHECK(tls::names_issuer(certificate("CN=ca", "CN=root", "aa", "bb"), leaf));
  CHECK_FALSE(tls::names_issuer(certificate("CN=other", "CN=root", "aa", "bb"), leaf));
  CHECK_FALSE(tls::names_issuer(certificate("CN=ca", "CN=root", "cc", "bb"), leaf));
}

TEST_CASE("certificates: without a key identifier on either side the name decides") {
  CHECK(tls::names_issuer(certificate("CN=ca", "CN=root", "", ""), certificate("CN=leaf", "CN=ca", "01", "aa")));
  CHECK(tls::names_issuer(certificate("CN=ca", "CN=root", "aa", ""), certificate("CN=leaf", "CN=ca", "01", "")));
  CHECK_FALSE(tls::names_issuer(certificate("", "", "", ""), certificate("", "", "", "")));
}
