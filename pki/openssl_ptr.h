// Owning pointers for the OpenSSL objects that pki uses.
#pragma once

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/decoder.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace tlsward::pki {

/// Calls `release`, an OpenSSL function, as the deleter of a unique_ptr.
template <auto release>
struct OpenSslDeleter {
  template <class T>
  void operator()(T* object) const {
    release(object);
  }
};

template <class T, auto release>
using OpenSslPtr = std::unique_ptr<T, OpenSslDeleter<release>>;

using BasicConstraintsPtr = OpenSslPtr<BASIC_CONSTRAINTS, BASIC_CONSTRAINTS_free>;
using BitStringPtr = OpenSslPtr<ASN1_BIT_STRING, ASN1_BIT_STRING_free>;
using DecoderPtr = OpenSslPtr<OSSL_DECODER_CTX, OSSL_DECODER_CTX_free>;
using GroupPtr = OpenSslPtr<EC_GROUP, EC_GROUP_free>;
using KeyPtr = OpenSslPtr<EVP_PKEY, EVP_PKEY_free>;
using AccessPtr = OpenSslPtr<AUTHORITY_INFO_ACCESS, AUTHORITY_INFO_ACCESS_free>;
using AuthorityKeyIdPtr = OpenSslPtr<AUTHORITY_KEYID, AUTHORITY_KEYID_free>;
using ExtendedKeyUsagePtr = OpenSslPtr<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free>;
using GeneralNamesPtr = OpenSslPtr<GENERAL_NAMES, GENERAL_NAMES_free>;
using ObjectPtr = OpenSslPtr<ASN1_OBJECT, ASN1_OBJECT_free>;
using OctetStringPtr = OpenSslPtr<ASN1_OCTET_STRING, ASN1_OCTET_STRING_free>;
using SignaturePtr = OpenSslPtr<X509_SIG, X509_SIG_free>;
using TlsFeaturePtr = OpenSslPtr<TLS_FEATURE, TLS_FEATURE_free>;
using PublicKeyPtr = OpenSslPtr<X509_PUBKEY, X509_PUBKEY_free>;
using StorePtr = OpenSslPtr<X509_STORE, X509_STORE_free>;
using StoreContextPtr = OpenSslPtr<X509_STORE_CTX, X509_STORE_CTX_free>;
using X509Ptr = OpenSslPtr<X509, X509_free>;

/// Deleter for memory that OpenSSL allocated (i2d_… with a null pointer); OPENSSL_free is a macro.
struct OpenSslFree {
  void operator()(void* memory) const { OPENSSL_free(memory); }
};
using BytesPtr = std::unique_ptr<unsigned char, OpenSslFree>;

/// Frees a list of certificates that it does not own; sk_X509_free is a macro.
struct BorrowedCertificatesFree {
  void operator()(STACK_OF(X509) * list) const { sk_X509_free(list); }
};
using BorrowedCertificatesPtr = std::unique_ptr<STACK_OF(X509), BorrowedCertificatesFree>;
/// Frees a list with its certificates.
struct OwnedCertificatesFree {
  void operator()(STACK_OF(X509) * list) const { sk_X509_pop_free(list, X509_free); }
};
using OwnedCertificatesPtr = std::unique_ptr<STACK_OF(X509), OwnedCertificatesFree>;

}  // namespace tlsward::pki
