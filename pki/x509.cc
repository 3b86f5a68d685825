#include "pki/x509.h"

#include <openssl/objects.h>

#include "pki/extensions.h"
#include "pki/key.h"
#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/sha256.h"
#include "pki/text.h"
#include "pki/time.h"
#include "pki/x509_object.h"

namespace tlsward::pki {
namespace {

/// Octets of the INTEGER as they stand in the certificate, the sign's leading zero included (RFC 5280, 4.1.2.2 allows
/// 20).
int content_octets(const ASN1_INTEGER* number) {
  unsigned char* raw = nullptr;
  const int size = i2d_ASN1_INTEGER(number, &raw);
  const BytesPtr der(raw);
  const unsigned char* at = der.get();
  long length = 0;
  int tag = 0;
  int type = 0;
  if (size <= 0 || (ASN1_get_object(&at, &length, &tag, &type, size) & 0x80) != 0) return 0;
  return static_cast<int>(length);
}

void add_serial(const X509* certificate, tls::CertificateFacts& facts) {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(certificate);
  facts.serial = hex(serial);
  if (ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER) facts.serial.insert(0, "-");
  facts.serial_octets = content_octets(serial);
}

std::string algorithm_text(const X509* certificate) {
  const X509_ALGOR* algorithm = nullptr;
  X509_get0_signature(nullptr, &algorithm, certificate);
  const ASN1_OBJECT* object = nullptr;
  X509_ALGOR_get0(&object, nullptr, nullptr, algorithm);
  const int nid = OBJ_obj2nid(object);
  return nid == NID_undef ? oid_text(object) : OBJ_nid2ln(nid);
}

std::string digest_text(X509* certificate) {
  int digest = NID_undef;
  // The first call also reads the parameters of RSA-PSS, but gives up on certificates with a broken extension.
  if (X509_get_signature_info(certificate, &digest, nullptr, nullptr, nullptr) != 1) {
    OBJ_find_sigid_algs(X509_get_signature_nid(certificate), &digest, nullptr);
  }
  drop_openssl_errors();
  return digest == NID_undef ? std::string() : OBJ_nid2sn(digest);
}

void add_signature(X509* certificate, tls::CertificateFacts& facts) {
  facts.signature_algorithm = algorithm_text(certificate);
  facts.signature_digest = digest_text(certificate);
  facts.self_issued = X509_NAME_cmp(X509_get_subject_name(certificate), X509_get_issuer_name(certificate)) == 0;
}

/// `facts` has names and key identifiers.
bool is_self_signed(X509* certificate, const tls::CertificateFacts& facts, SignatureBudget& budget) {
  EVP_PKEY* own_key = X509_get0_pubkey(certificate);
  if (!facts.self_issued || own_key == nullptr) {
    drop_openssl_errors();
    return false;
  }
  if (!budget.spend(own_key)) return names_issuer(facts, facts);
  const bool verified = X509_verify(certificate, own_key) == 1;
  drop_openssl_errors();
  return verified;
}

}  // namespace

Result<DecodedCertificate> decode_certificate(std::span<const unsigned char> der) {
  const unsigned char* at = der.data();
  X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  if (!x509) return Error{"no certificate that OpenSSL can read (" + take_openssl_error() + ")"};
  drop_openssl_errors();
  return DecodedCertificate{std::move(x509), static_cast<std::size_t>(at - der.data())};
}

Result<ReadCertificate> read_certificate(const DecodedCertificate& decoded, std::span<const unsigned char> der,
                                         SignatureBudget& budget) {
  X509* certificate = decoded.x509.get();
  const auto not_before = to_time(X509_get0_notBefore(certificate));
  const auto not_after = to_time(X509_get0_notAfter(certificate));
  if (!not_before) return Error{"notBefore is " + not_before.error().message};
  if (!not_after) return Error{"notAfter is " + not_after.error().message};

  ReadCertificate read;
  tls::CertificateFacts& facts = read.facts;
  facts.subject = name_text(X509_get_subject_name(certificate));
  facts.issuer = name_text(X509_get_issuer_name(certificate));
  facts.common_name = common_name(X509_get_subject_name(certificate));
  add_serial(certificate, facts);
  facts.version = static_cast<int>(X509_get_version(certificate) + 1);
  facts.not_before = *not_before;
  facts.not_after = *not_after;
  facts.key = key_facts(X509_get_X509_PUBKEY(certificate));
  add_signature(certificate, facts);
  add_extensions(certificate, facts, read.doubts);
  facts.self_signed = is_self_signed(certificate, facts, budget);
  facts.sha256 = sha256_hex({reinterpret_cast<const char*>(der.data()), decoded.size});
  const std::size_t behind = der.size() - decoded.size;
  if (behind != 0) read.doubts.push_back(std::to_string(behind) + " bytes follow the certificate");
  return read;
}

Result<ReadCertificate> read_certificate(std::span<const unsigned char> der, SignatureBudget& budget) {
  const Result<DecodedCertificate> certificate = decode_certificate(der);
  if (!certificate) return certificate.error();
  return read_certificate(*certificate, der, budget);
}

Result<ReadCertificate> read_certificate(std::span<const unsigned char> der) {
  SignatureBudget budget;
  return read_certificate(der, budget);
}

}  // namespace tlsward::pki
