#include "pki/issue.h"

#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>
#include <utility>

#include <fmt/format.h>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"

namespace tlsward::pki {
namespace {

using BioPtr = OpenSslPtr<BIO, BIO_free_all>;
using ExtensionPtr = OpenSslPtr<X509_EXTENSION, X509_EXTENSION_free>;

constexpr std::size_t kSerialBytes = 16;

KeyPtr make_key(int rsa_bits) {
  if (rsa_bits == 0) return KeyPtr(EVP_EC_gen("P-256"));
  return KeyPtr(EVP_RSA_gen(static_cast<unsigned>(rsa_bits)));
}

bool set_serial(X509* certificate) {
  std::array<unsigned char, kSerialBytes> bytes{};
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) return false;
  bytes[0] = static_cast<unsigned char>((bytes[0] & 0x7f) | 0x40);  // positive, and of full length
  const OpenSslPtr<BIGNUM, BN_free> number(BN_bin2bn(bytes.data(), bytes.size(), nullptr));
  return number && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_dates(X509* certificate, const CertificatePlan& plan) {
  const auto set = [](ASN1_TIME* time, tls::Time at) {
    return ASN1_TIME_set(time, static_cast<time_t>(at.time_since_epoch().count())) != nullptr;
  };
  return set(X509_getm_notBefore(certificate), plan.not_before) && set(X509_getm_notAfter(certificate), plan.not_after);
}

bool set_subject(X509* certificate, const std::string& common_name) {
  return X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(common_name.data()),
                                    static_cast<int>(common_name.size()), -1, 0) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context{};
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

GENERAL_NAME* dns_name(const std::string& host) {
  GENERAL_NAME* name = GENERAL_NAME_new();
  ASN1_IA5STRING* text = ASN1_IA5STRING_new();
  ASN1_STRING_set(text, host.data(), static_cast<int>(host.size()));
  GENERAL_NAME_set0_value(name, GEN_DNS, text);
  return name;
}

/// Null where `address` is none.
GENERAL_NAME* ip_address(const std::string& address) {
  ASN1_OCTET_STRING* bytes = a2i_IPADDRESS(address.c_str());
  if (bytes == nullptr) return nullptr;
  GENERAL_NAME* name = GENERAL_NAME_new();
  GENERAL_NAME_set0_value(name, GEN_IPADD, bytes);
  return name;
}

/// Written as structures: in OpenSSL's configuration strings, a comma in a name would begin another one.
bool add_alternative_names(X509* certificate, const CertificatePlan& plan) {
  const GeneralNamesPtr names(GENERAL_NAMES_new());
  for (const std::string& host : plan.dns_names) sk_GENERAL_NAME_push(names.get(), dns_name(host));
  for (const std::string& address : plan.ip_addresses) {
    GENERAL_NAME* name = ip_address(address);
    if (name == nullptr) return false;
    sk_GENERAL_NAME_push(names.get(), name);
  }
  return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), 0, X509V3_ADD_DEFAULT) == 1;
}

std::string extended_usage(const CertificatePlan& plan) {
  if (plan.server_auth && plan.client_auth) return "serverAuth,clientAuth";
  if (plan.server_auth) return "serverAuth";
  return plan.client_auth ? "clientAuth" : "";
}

bool add_extensions(X509* certificate, X509* issuer, const CertificatePlan& plan) {
  const bool named = !plan.dns_names.empty() || !plan.ip_addresses.empty();
  const std::string usage = extended_usage(plan);
  const bool rsa = plan.rsa_bits != 0;
  bool added = add_extension(certificate, issuer, NID_basic_constraints,
                             plan.authority ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
               add_extension(certificate, issuer, NID_key_usage,
                             plan.authority ? "critical,keyCertSign,cRLSign"
                             : rsa          ? "critical,digitalSignature,keyEncipherment"
                                            : "critical,digitalSignature") &&
               add_extension(certificate, issuer, NID_subject_key_identifier, "hash") &&
               add_extension(certificate, issuer, NID_authority_key_identifier, "keyid");
  if (added && !usage.empty()) added = add_extension(certificate, issuer, NID_ext_key_usage, usage);
  if (added && named) added = add_alternative_names(certificate, plan);
  return added;
}

std::string text_of(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<std::size_t>(size));
  OPENSSL_cleanse(data, static_cast<std::size_t>(size));
  return text;
}

X509Ptr read_certificate_pem(const std::string& pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return X509Ptr(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
}

KeyPtr read_key_pem(const std::string& pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  return KeyPtr(PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr));
}

Result<IssuedCertificate> write(X509* certificate, EVP_PKEY* key) {
  const BioPtr certificate_out(BIO_new(BIO_s_mem())), key_out(BIO_new(BIO_s_mem()));
  if (PEM_write_bio_X509(certificate_out.get(), certificate) != 1 ||
      PEM_write_bio_PKCS8PrivateKey(key_out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
    return Error{take_openssl_error()};
  return IssuedCertificate{text_of(certificate_out.get()), text_of(key_out.get())};
}

}  // namespace

Result<IssuedCertificate> issue(const CertificatePlan& plan, const IssuedCertificate* issuer) {
  const KeyPtr key = make_key(plan.rsa_bits);
  const X509Ptr certificate(X509_new());
  const X509Ptr issuer_certificate = issuer ? read_certificate_pem(issuer->certificate) : X509Ptr();
  const KeyPtr issuer_key = issuer ? read_key_pem(issuer->key) : KeyPtr();
  if (!key || !certificate || (issuer && (!issuer_certificate || !issuer_key))) return Error{take_openssl_error()};
  X509* signer = issuer ? issuer_certificate.get() : certificate.get();
  EVP_PKEY* signing_key = issuer ? issuer_key.get() : key.get();
  const EVP_MD* digest = EVP_get_digestbyname(std::string(plan.digest).c_str());
  const bool made =
      digest != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1 && set_serial(certificate.get()) &&
      set_dates(certificate.get(), plan) && set_subject(certificate.get(), plan.common_name) &&
      X509_set_issuer_name(certificate.get(), X509_get_subject_name(signer)) == 1 &&
      X509_set_pubkey(certificate.get(), key.get()) == 1 && add_extensions(certificate.get(), signer, plan) &&
      X509_sign(certificate.get(), signing_key, digest) > 0;
  if (!made) return Error{take_openssl_error()};
  return write(certificate.get(), key.get());
}

void wipe(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

}  // namespace tlsward::pki
