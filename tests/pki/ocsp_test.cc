// Stapled OCSP responses, and timestamps of certificate transparency, made with OpenSSL's own responder functions.
#include <openssl/ocsp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <chrono>
#include <random>

#include "pki/openssl_ptr.h"
#include "pki/verify.h"
#include "tests/pki/chains.h"

namespace tlsward {
namespace {

using pki::DerBytes;
using pki::OcspFacts;
using Status = OcspFacts::Status;
using tests::kNewYear;

using BasicPtr = pki::OpenSslPtr<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using BioPtr = pki::OpenSslPtr<BIO, BIO_free_all>;
using IdPtr = pki::OpenSslPtr<OCSP_CERTID, OCSP_CERTID_free>;
using ResponsePtr = pki::OpenSslPtr<OCSP_RESPONSE, OCSP_RESPONSE_free>;
using TimePtr = pki::OpenSslPtr<ASN1_TIME, ASN1_TIME_free>;
using ExtensionPtr = pki::OpenSslPtr<X509_EXTENSION, X509_EXTENSION_free>;

/// A certificate with its key.
struct Signer {
  pki::X509Ptr x509;
  pki::KeyPtr key;
  DerBytes der;
};

template <class T>
DerBytes der_of(int (*encode)(const T*, unsigned char**), const T* object) {
  unsigned char* out = nullptr;
  const int size = encode(object, &out);
  const pki::BytesPtr bytes(out);
  REQUIRE(size > 0);
  return {bytes.get(), bytes.get() + size};
}

Signer read_signer(const std::string& text) {
  const BioPtr in(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  Signer signer;
  signer.x509.reset(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  signer.key.reset(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  REQUIRE(signer.x509);
  REQUIRE(signer.key);
  signer.der = der_of(i2d_X509, signer.x509.get());
  return signer;
}

TimePtr days_from_new_year(int days) {
  return TimePtr(ASN1_TIME_adj(nullptr, kNewYear.time_since_epoch().count(), days, 0));
}

/// What a responder says.
struct Answer {
  int status = V_OCSP_CERTSTATUS_GOOD;
  int reason = OCSP_REVOKED_STATUS_NOSTATUS;
  int this_update = -1, next_update = 6;  // days from the new year
  bool without_end = false;
  const EVP_MD* id_digest = EVP_sha1();
  DerBytes scts{};  // a list for the extension of RFC 6962
};

/// The response of `signer` about `leaf`, which `issuer` issued.
DerBytes respond(const Signer& leaf, const Signer& issuer, const Signer& signer, const Answer& answer = {}) {
  const BasicPtr basic(OCSP_BASICRESP_new());
  const IdPtr id(OCSP_cert_to_id(answer.id_digest, leaf.x509.get(), issuer.x509.get()));
  const TimePtr revoked = days_from_new_year(-3), from = days_from_new_year(answer.this_update),
                until = days_from_new_year(answer.next_update);
  OCSP_SINGLERESP* single = OCSP_basic_add1_status(basic.get(), id.get(), answer.status, answer.reason,
                                                   answer.status == V_OCSP_CERTSTATUS_REVOKED ? revoked.get() : nullptr,
                                                   from.get(), answer.without_end ? nullptr : until.get());
  REQUIRE(single != nullptr);
  if (!answer.scts.empty()) {
    const pki::OctetStringPtr inner(ASN1_OCTET_STRING_new());
    REQUIRE(ASN1_OCTET_STRING_set(inner.get(), answer.scts.data(), static_cast<int>(answer.scts.size())) == 1);
    const DerBytes wrapped = der_of(i2d_ASN1_OCTET_STRING, static_cast<const ASN1_OCTET_STRING*>(inner.get()));
    const pki::OctetStringPtr outer(ASN1_OCTET_STRING_new());
    REQUIRE(ASN1_OCTET_STRING_set(outer.get(), wrapped.data(), static_cast<int>(wrapped.size())) == 1);
    const ExtensionPtr extension(X509_EXTENSION_create_by_NID(nullptr, NID_ct_cert_scts, 0, outer.get()));
    REQUIRE(OCSP_SINGLERESP_add_ext(single, extension.get(), -1) == 1);
  }
  REQUIRE(OCSP_basic_sign(basic.get(), signer.x509.get(), signer.key.get(), EVP_sha256(), nullptr, 0) == 1);
  const ResponsePtr response(OCSP_response_create(OCSP_RESPONSE_STATUS_SUCCESSFUL, basic.get()));
  return der_of(i2d_OCSP_RESPONSE, static_cast<const OCSP_RESPONSE*>(response.get()));
}

/// A CA, its responder, a leaf and a stranger.
struct Place {
  tests::Files file;
  Signer root = read_signer(file("root", "cn=Root ca with-key"));
  Signer ca = read_signer(file("ca", "cn=CA ca issuer=root with-key"));
  Signer leaf = read_signer(file("leaf", "cn=leaf issuer=ca with-key"));
  Signer other = read_signer(file("other", "cn=other issuer=ca with-key"));
  Signer responder = read_signer(file("ocsp", "cn=Responder issuer=ca eku=OCSPSigning with-key"));

  OcspFacts read(const DerBytes& response) const { return pki::read_ocsp(response, {leaf.der, ca.der}, kNewYear); }
};

TEST_CASE("ocsp: a good answer of the issuer says until when") {
  const Place place;
  const OcspFacts facts = place.read(respond(place.leaf, place.ca, place.ca));
  CHECK(facts.status == Status::Good);
  CHECK(facts.words == "good, until 2026-01-07");
  CHECK(facts.scts == 0);
}

TEST_CASE("ocsp: a responder that the issuer named may answer, others may not") {
  const Place place;
  CHECK(place.read(respond(place.leaf, place.ca, place.responder)).status == Status::Good);
  const OcspFacts facts = place.read(respond(place.leaf, place.ca, place.other));
  CHECK(facts.status == Status::BadSignature);
  CHECK(facts.words == "signature is not by 'CN=CA', nor by a responder that it named");
  CHECK(place.read(respond(place.leaf, place.ca, place.root)).status == Status::BadSignature);
}

TEST_CASE("ocsp: the certificate may be named by SHA-1 or by SHA-256") {
  const Place place;
  CHECK(place.read(respond(place.leaf, place.ca, place.ca, {.id_digest = EVP_sha256()})).status == Status::Good);
}

TEST_CASE("ocsp: a revocation counts with its day and reason, whatever its age") {
  const Place place;
  Answer answer{.status = V_OCSP_CERTSTATUS_REVOKED};
  CHECK(place.read(respond(place.leaf, place.ca, place.ca, answer)).words == "revoked on 2025-12-29");
  answer.reason = OCSP_REVOKED_STATUS_KEYCOMPROMISE;
  answer.this_update = -20;
  answer.next_update = -10;
  const OcspFacts facts = place.read(respond(place.leaf, place.ca, place.ca, answer));
  CHECK(facts.status == Status::Revoked);
  CHECK(facts.words == "revoked on 2025-12-29 (keyCompromise)");
}

TEST_CASE("ocsp: answers of the past and of the future are stale") {
  const Place place;
  const OcspFacts past = place.read(respond(place.leaf, place.ca, place.ca, {.this_update = -20, .next_update = -10}));
  CHECK(past.status == Status::Stale);
  CHECK(past.words == "good, out of date since 2025-12-22");
  const OcspFacts future = place.read(respond(place.leaf, place.ca, place.ca, {.this_update = 2, .next_update = 9}));
  CHECK(future.status == Status::Stale);
  CHECK(future.words == "good, not valid before 2026-01-03");
}

TEST_CASE("ocsp: unknown to the responder is not good") {
  const Place place;
  const OcspFacts facts =
      place.read(respond(place.leaf, place.ca, place.ca, {.status = V_OCSP_CERTSTATUS_UNKNOWN, .without_end = true}));
  CHECK(facts.status == Status::Unknown);
  CHECK(facts.words == "unknown to the responder, without an end");
}

TEST_CASE("ocsp: an answer about another certificate is not for this one") {
  const Place place;
  const OcspFacts facts = place.read(respond(place.other, place.ca, place.ca));
  CHECK(facts.status == Status::NotForThisCertificate);
  CHECK(facts.words == "not about 'CN=leaf'");
}

TEST_CASE("ocsp: without the issuer nobody can check the signature") {
  const Place place;
  const OcspFacts facts = pki::read_ocsp(respond(place.leaf, place.ca, place.ca), {place.leaf.der}, kNewYear);
  CHECK(facts.status == Status::BadSignature);
  CHECK(facts.words == "signature cannot be checked: issuer 'CN=CA' was not sent");
  CHECK(pki::read_ocsp(respond(place.leaf, place.ca, place.ca), {}, kNewYear).status == Status::NotForThisCertificate);
}

TEST_CASE("ocsp: garbage and refusals of the responder are malformed") {
  const Place place;
  CHECK(place.read({}).status == Status::Malformed);
  CHECK(place.read({0x30, 0x82, 0xff, 0xff}).status == Status::Malformed);
  CHECK(place.read(DerBytes(65'537, 0x30)).words == "65537 bytes; at most 65536 are read");
  const OcspFacts later = place.read({0x30, 0x03, 0x0a, 0x01, 0x03});
  CHECK(later.status == Status::Malformed);
  CHECK(later.words == "the responder answered 'trylater'");
}

TEST_CASE("ocsp: mutated responses are read without harm") {
  const Place place;
  const DerBytes good = respond(place.leaf, place.ca, place.responder);
  std::mt19937 random(20260101);
  int still_good = 0;
  for (int i = 0; i < 300; ++i) {
    DerBytes mutant = good;
    mutant[random() % mutant.size()] ^= static_cast<std::uint8_t>(1 + random() % 255);
    if (place.read(mutant).status == Status::Good) ++still_good;
  }
  // Nearly every byte is signed, or part of the signature, or of the certificate of who signed.
  CHECK(still_good < 15);
}

TEST_CASE("sct: timestamps in a list are counted, and a malformed list has none") {
  CHECK(pki::count_scts({0x00, 0x03, 0x00, 0x01, 0xaa}) == 1);
  CHECK(pki::count_scts({0x00, 0x07, 0x00, 0x01, 0xaa, 0x00, 0x02, 0xbb, 0xbb}) == 2);
  CHECK(pki::count_scts({0x00, 0x00}) == 0);
  CHECK(pki::count_scts({}) == 0);
  CHECK(pki::count_scts({0x00, 0x03, 0x00, 0x02, 0xaa}) == 0);
  CHECK(pki::count_scts({0x00, 0x03, 0x00, 0x01, 0xaa, 0x00}) == 0);
  CHECK(pki::count_scts({0x00, 0x05, 0x00, 0x01, 0xaa, 0x00, 0x00}) == 0);
}

TEST_CASE("sct: timestamps in an OCSP response are counted") {
  const Place place;
  const Answer answer{.scts = {0x00, 0x07, 0x00, 0x01, 0xaa, 0x00, 0x02, 0xbb, 0xbb}};
  CHECK(place.read(respond(place.leaf, place.ca, place.ca, answer)).scts == 2);
}

/// The leaf with one more extension, signed anew.
DerBytes with_extension(const Place& place, int nid, const std::string& value) {
  const pki::X509Ptr copy(X509_dup(place.leaf.x509.get()));
  X509V3_CTX context;
  X509V3_set_ctx(&context, place.ca.x509.get(), copy.get(), nullptr, nullptr, 0);
  X509V3_set_ctx_nodb(&context);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  REQUIRE(extension);
  REQUIRE(X509_add_ext(copy.get(), extension.get(), -1) == 1);
  REQUIRE(X509_sign(copy.get(), place.ca.key.get(), EVP_sha256()) > 0);
  return der_of(i2d_X509, static_cast<const X509*>(copy.get()));
}

TEST_CASE("sct: timestamps embedded in a certificate are counted") {
  const Place place;
  CHECK(pki::count_embedded_scts(place.leaf.der) == 0);
  CHECK(pki::count_embedded_scts({0x30, 0x00}) == 0);
  CHECK(pki::count_embedded_scts(with_extension(place, NID_ct_precert_scts, "DER:04:05:00:03:00:01:AA")) == 1);
}

TEST_CASE("ev: the policy of extended validation is recognised among others") {
  // 1.2.3.4 and 2.23.140.1.1; then 2.23.140.1.2.1, which stands for domain validation.
  const Place place;
  CHECK(pki::is_extended_validation(
      with_extension(place, NID_certificate_policies, "DER:30:10:30:05:06:03:2A:03:04:30:07:06:05:67:81:0C:01:01")));
  CHECK_FALSE(pki::is_extended_validation(
      with_extension(place, NID_certificate_policies, "DER:30:0A:30:08:06:06:67:81:0C:01:02:01")));
  CHECK_FALSE(pki::is_extended_validation(place.leaf.der));
  CHECK_FALSE(pki::is_extended_validation({0x30, 0x00}));
}

}  // namespace
}  // namespace tlsward
