#include "pki/name_attributes.h"

#include <openssl/pem.h>

#include <charconv>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/text.h"

namespace tlsward::pki {
namespace {

using BioPtr = OpenSslPtr<BIO, BIO_free_all>;

std::vector<std::uint64_t> numbers_of(const ASN1_OBJECT* object) {
  const std::string dotted = oid_text(object);
  std::vector<std::uint64_t> numbers;
  const char* at = dotted.data();
  const char* const end = at + dotted.size();
  while (at < end) {
    std::uint64_t number = 0;
    const auto [behind, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return {};
    numbers.push_back(number);
    at = behind + 1;
  }
  return numbers;
}

std::string value_of(const ASN1_STRING* string) {
  unsigned char* out = nullptr;
  const int length = ASN1_STRING_to_UTF8(&out, string);
  if (length < 0) return {};
  const BytesPtr bytes(out);
  return {reinterpret_cast<const char*>(bytes.get()), static_cast<std::size_t>(length)};
}

std::vector<NameAttribute> attributes_of(const X509_NAME* name) {
  std::vector<NameAttribute> attributes;
  for (int i = 0; i < X509_NAME_entry_count(name); ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
    attributes.push_back({numbers_of(X509_NAME_ENTRY_get_object(entry)), value_of(X509_NAME_ENTRY_get_data(entry))});
  }
  return attributes;
}

}  // namespace

Result<CertificateNames> read_names(std::string_view pem) {
  const BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const X509Ptr certificate(PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr));
  if (!certificate) return Error{"no certificate that OpenSSL can read (" + take_openssl_error() + ")"};
  CertificateNames names{attributes_of(X509_get_issuer_name(certificate.get())),
                         attributes_of(X509_get_subject_name(certificate.get()))};
  drop_openssl_errors();
  return names;
}

}  // namespace tlsward::pki
