// Facts of certificates against what their recipes say.
#include "pki/x509.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <string>
#include <vector>

#include "pki/openssl_ptr.h"
#include "pki/sha256.h"
#include "tests/catch.h"
#include "tests/pki/bundles.h"

namespace tlsward {
namespace {

using tests::certificate;
using tests::Files;
using tests::kNewYear;
using tls::KeyType;
using Names = std::vector<std::string>;

TEST_CASE("x509: a plain certificate has the facts of its recipe and nothing else") {
  const auto facts = certificate("cn=api.example.com");
  CHECK(facts.subject == "CN=api.example.com");
  CHECK(facts.issuer == "CN=api.example.com");
  CHECK(facts.common_name == "api.example.com");
  CHECK(facts.version == 3);
  CHECK(facts.not_before == kNewYear - std::chrono::days{30});
  CHECK(facts.not_after == kNewYear + std::chrono::days{335});
  CHECK(facts.key.type == KeyType::Ec);
  CHECK(facts.key.bits == 256);
  CHECK(facts.key.curve == "P-256");
  CHECK(facts.key.spki_sha256.size() == 64);
  CHECK_FALSE(facts.key.encrypted);
  CHECK(facts.signature_algorithm == "ecdsa-with-SHA256");
  CHECK(facts.signature_digest == "SHA256");
  CHECK_FALSE(facts.has_san);
  CHECK_FALSE(facts.has_eku);
  CHECK_FALSE(facts.has_key_usage);
  CHECK_FALSE(facts.has_basic_constraints);
  CHECK_FALSE(facts.is_ca);
  CHECK_FALSE(facts.path_length);
  CHECK_FALSE(facts.must_staple);
  CHECK(facts.ca_issuer_urls.empty());
  CHECK(facts.ocsp_urls.empty());
  CHECK(facts.self_issued);
  CHECK(facts.self_signed);
  CHECK(facts.subject_key_id.size() == 40);
  CHECK(facts.authority_key_id == facts.subject_key_id);
}

TEST_CASE("x509: the fingerprint is SHA-256 of the DER") {
  Files file;
  const std::string der = file("der", "der");
  const auto bundle = pki::read_bundle(tests::pem("CERTIFICATE", der));
  REQUIRE(bundle.certificates.size() == 1);
  CHECK(bundle.certificates[0].sha256 == pki::sha256_hex(der));
}

TEST_CASE("x509: alternative names come out by type") {
  const auto facts = certificate(
      "san=DNS:a.example,DNS:*.b.example,IP:10.0.0.1,IP:2001:db8::1,URI:spiffe://x/y,email:ops@example.com,RID:1.2.3");
  CHECK(facts.has_san);
  CHECK(facts.dns_names == Names{"a.example", "*.b.example"});
  CHECK(facts.ip_addresses == Names{"10.0.0.1", "2001:db8::1"});
  CHECK(facts.uris == Names{"spiffe://x/y"});
  CHECK(facts.emails == Names{"ops@example.com"});
  CHECK(facts.other_names == 1);
}

TEST_CASE("x509: usages come out by their names of RFC 5280") {
  const auto facts = certificate(
      "ku=digitalSignature,keyEncipherment,decipherOnly eku=serverAuth,clientAuth,anyExtendedKeyUsage,1.2.3.4");
  CHECK(facts.has_key_usage);
  CHECK(facts.key_usage == Names{"digitalSignature", "keyEncipherment", "decipherOnly"});
  CHECK(facts.has_eku);
  CHECK(facts.extended_key_usage == Names{"serverAuth", "clientAuth", "any", "1.2.3.4"});
}

TEST_CASE("x509: CA or not is read from basicConstraints") {
  const auto ca = certificate("ca");
  CHECK(ca.has_basic_constraints);
  CHECK(ca.is_ca);
  CHECK_FALSE(ca.path_length);
  CHECK(ca.key_usage == Names{"keyCertSign", "cRLSign"});
  CHECK(certificate("ca pathlen=0").path_length == 0);
  const auto leaf = certificate("no-ca");
  CHECK(leaf.has_basic_constraints);
  CHECK_FALSE(leaf.is_ca);
}

TEST_CASE("x509: openssl req -x509 without extensions makes a CA without any name or usage") {
  const auto facts = certificate("rsa:2048 cn=localhost openssl-req-default");
  CHECK(facts.is_ca);
  CHECK_FALSE(facts.has_san);
  CHECK_FALSE(facts.has_eku);
  CHECK_FALSE(facts.has_key_usage);
  CHECK(facts.key.type == KeyType::Rsa);
  CHECK(facts.key.bits == 2048);
  CHECK(facts.signature_algorithm == "sha256WithRSAEncryption");
}

TEST_CASE("x509: authority information and must-staple are read") {
  const auto facts = certificate("aia=http://ca.example/ca.cer ocsp=http://ocsp.example must-staple");
  CHECK(facts.ca_issuer_urls == Names{"http://ca.example/ca.cer"});
  CHECK(facts.ocsp_urls == Names{"http://ocsp.example"});
  CHECK(facts.must_staple);
}

TEST_CASE("x509: an issued certificate names its issuer and is not self-signed") {
  Files file;
  file("root", "ca cn=Root");
  const auto bundle = pki::read_bundle(file("leaf", "issuer=root with-root"));
  REQUIRE(bundle.certificates.size() == 2);
  const auto& leaf = bundle.certificates[0];
  CHECK(leaf.issuer == "CN=Root");
  CHECK_FALSE(leaf.self_issued);
  CHECK_FALSE(leaf.self_signed);
  CHECK(leaf.authority_key_id == bundle.certificates[1].subject_key_id);
}

TEST_CASE("x509: a certificate with the name of its issuer but another key is self-issued, not self-signed") {
  Files file;
  file("old", "ca cn=Root");
  const auto bundle = pki::read_bundle(file("new", "ca cn=Root issuer=old"));
  REQUIRE(bundle.certificates.size() == 1);
  CHECK(bundle.certificates[0].self_issued);
  CHECK_FALSE(bundle.certificates[0].self_signed);
}

TEST_CASE("x509: serial numbers keep their sign and their length") {
  CHECK(certificate("serial=01").serial == "01");
  CHECK(certificate("serial=01").serial_octets == 1);
  CHECK(certificate("serial=00").serial_octets == 1);
  CHECK(certificate("serial=00").serial == "00");
  CHECK(certificate("serial=-1").serial == "-01");
  CHECK(certificate("serial=-1").serial_octets == 1);
  CHECK(certificate("serial=ff").serial == "ff");
  CHECK(certificate("serial=ff").serial_octets == 2);
  CHECK(certificate("serial=7f00112233445566778899aabbccddeeff00112233").serial_octets == 21);
}

TEST_CASE("x509: version 1 has no extensions") {
  const auto facts = certificate("v1 san=DNS:a");
  CHECK(facts.version == 1);
  CHECK_FALSE(facts.has_san);
  CHECK(facts.subject_key_id.empty());
}

TEST_CASE("x509: weak digests are named") {
  CHECK(certificate("digest=sha1").signature_digest == "SHA1");
  CHECK(certificate("rsa:1024 digest=md5").signature_digest == "MD5");
  CHECK(certificate("rsa:1024 digest=md5").signature_algorithm == "md5WithRSAEncryption");
  CHECK(certificate("rsa:1024 digest=md5").self_signed);
}

TEST_CASE("x509: EdDSA certificates have no digest") {
  const auto facts = certificate("ed25519");
  CHECK(facts.key.type == KeyType::Ed25519);
  CHECK(facts.key.curve.empty());
  CHECK(facts.signature_algorithm == "ED25519");
  CHECK(facts.signature_digest.empty());
  CHECK(facts.self_signed);
}

TEST_CASE("x509: validity comes out to the second, also beyond 2050") {
  const auto facts = certificate("days=-3650..36500");
  CHECK(facts.not_before == kNewYear - std::chrono::days{3650});
  CHECK(facts.not_after == kNewYear + std::chrono::days{36500});
}

TEST_CASE("x509: a file without common name has none") {
  const auto facts = certificate("cn= san=DNS:a");
  CHECK(facts.subject.empty());
  CHECK(facts.common_name.empty());
}

/// A certificate of OpenSSL's own making, for what no recipe has.
template <class Change>
tls::Bundle changed(Change change) {
  const pki::KeyPtr key(EVP_EC_gen("P-256"));
  const pki::X509Ptr made(X509_new());
  X509_set_version(made.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
  ASN1_TIME_set(X509_getm_notBefore(made.get()), 0);
  ASN1_TIME_set(X509_getm_notAfter(made.get()), 1);
  X509_set_pubkey(made.get(), key.get());
  change(made.get());
  REQUIRE(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
  unsigned char* raw = nullptr;
  const int size = i2d_X509(made.get(), &raw);
  const pki::BytesPtr der(raw);
  return pki::read_bundle(
      tests::pem("CERTIFICATE", {reinterpret_cast<const char*>(der.get()), static_cast<std::size_t>(size)}));
}

void add_extension(X509* certificate, int nid, const char* value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
  REQUIRE(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

void add_raw_extension(X509* certificate, int nid, const std::string& bytes) {
  ASN1_OCTET_STRING* octets = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(octets, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  X509_EXTENSION* extension = X509_EXTENSION_create_by_NID(nullptr, nid, 0, octets);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
  ASN1_OCTET_STRING_free(octets);
}

TEST_CASE("x509: names keep their order; what could deceive is escaped") {
  const auto bundle = changed([](X509* made) {
    X509_NAME* name = X509_get_subject_name(made);
    const auto add = [&](const char* type, const std::string& value, int set) {
      X509_NAME_add_entry_by_txt(name, type, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.data()),
                                 static_cast<int>(value.size()), -1, set);
    };
    add("C", "DE", 0);
    add("O", "A, B + \"C\" <d>; \\", 0);
    add("OU", " #x ", 0);
    add("1.2.3.4", "own", 0);
    add("CN", "h\xC3\xB6st\x1b[31m", 0);
    add("UID", "\xE2\x80\xAEgnp", -1);
  });
  REQUIRE(bundle.certificates.size() == 1);
  CHECK(bundle.certificates[0].subject ==
        R"(C=DE, O=A\, B \+ \"C\" \<d\>\; \\, OU=\ #x\ , 1.2.3.4=own, CN=höst\1b[31m + UID=\e2\80\aegnp)");
  CHECK(bundle.certificates[0].common_name == "höst\\1b[31m");
}

TEST_CASE("x509: of several common names the last counts") {
  const auto bundle = changed([](X509* made) {
    for (const char* value : {"first", "last"}) {
      X509_NAME_add_entry_by_txt(X509_get_subject_name(made), "CN", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>(value), -1, -1, 0);
    }
  });
  CHECK(bundle.certificates.at(0).common_name == "last");
}

TEST_CASE("x509: host names with control characters are escaped") {
  using namespace std::string_literals;
  const auto bundle = changed(
      [](X509* made) { add_raw_extension(made, NID_subject_alt_name, "\x30\x08\x82\x06"s + "a\0.b\x1b\xe9"s); });
  REQUIRE(bundle.certificates.size() == 1);
  CHECK(bundle.certificates[0].dns_names == Names{"a\\00.b\\1b\\e9"});
}

TEST_CASE("x509: addresses of odd length stay visible and match no host") {
  using namespace std::string_literals;
  const auto bundle =
      changed([](X509* made) { add_raw_extension(made, NID_subject_alt_name, "\x30\x05\x87\x03\x0a\x00\x01"s); });
  REQUIRE(bundle.certificates.size() == 1);
  CHECK(bundle.certificates[0].ip_addresses == Names{"#0a0001"});
}

TEST_CASE("x509: an extension that cannot be read is there, but empty, and named") {
  const auto bundle = changed([](X509* made) { add_raw_extension(made, NID_subject_alt_name, "xx"); });
  REQUIRE(bundle.certificates.size() == 1);
  CHECK(bundle.certificates[0].has_san);
  CHECK(bundle.certificates[0].dns_names.empty());
  CHECK(bundle.certificates[0].signature_digest == "SHA256");
  CHECK(bundle.problems == std::vector<std::string>{"block 1 (CERTIFICATE): subjectAltName cannot be read"});
}

TEST_CASE("x509: an extension that stands there twice is named") {
  const auto bundle = changed([](X509* made) {
    add_extension(made, NID_ext_key_usage, "serverAuth");
    add_extension(made, NID_ext_key_usage, "clientAuth");
  });
  CHECK(bundle.problems == std::vector<std::string>{"block 1 (CERTIFICATE): extendedKeyUsage occurs twice"});
}

TEST_CASE("x509: a certificate whose dates are no dates is refused") {
  const auto bundle = changed([](X509* made) { ASN1_STRING_set(X509_getm_notAfter(made), "700230000000Z", -1); });
  CHECK(bundle.certificates.empty());
  CHECK(bundle.problems == std::vector<std::string>{"block 1 (CERTIFICATE): notAfter is no readable date"});
}

}  // namespace
}  // namespace tlsward
