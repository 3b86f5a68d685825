#include "pki/extensions.h"

#include <arpa/inet.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <array>
#include <limits>
#include <string_view>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/text.h"

namespace tlsward::pki {
namespace {

/// RFC 6066, 8: status_request.
constexpr long kStatusRequest = 5;

/// RFC 5280, 4.2.1.3: names in the order of the bits.
constexpr std::array<std::string_view, 9> kKeyUsages = {"digitalSignature", "nonRepudiation", "keyEncipherment",
                                                        "dataEncipherment", "keyAgreement",   "keyCertSign",
                                                        "cRLSign",          "encipherOnly",   "decipherOnly"};

bool has(const X509* certificate, int nid) {
  return X509_get_ext_by_NID(certificate, nid, -1) >= 0;
}

/// The extension `nid`, or null where there is none that can be read.
template <class Pointer>
Pointer extension(const X509* certificate, int nid, std::vector<std::string>& doubts) {
  constexpr int kAbsent = -1;
  constexpr int kTwice = -2;
  int critical = kAbsent;
  Pointer value(static_cast<typename Pointer::pointer>(X509_get_ext_d2i(certificate, nid, &critical, nullptr)));
  if (!value && critical != kAbsent) {
    doubts.push_back(std::string(OBJ_nid2sn(nid)) + (critical == kTwice ? " occurs twice" : " cannot be read"));
  }
  drop_openssl_errors();
  return value;
}

std::string address_text(const ASN1_OCTET_STRING* octets) {
  constexpr int kIpv4Octets = 4;
  constexpr int kIpv6Octets = 16;
  const int length = ASN1_STRING_length(octets);
  // Anything else is a range or a mistake, which no host matches.
  if (length != kIpv4Octets && length != kIpv6Octets) return "#" + hex(octets);
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(length == kIpv4Octets ? AF_INET : AF_INET6, ASN1_STRING_get0_data(octets), text.data(),
            static_cast<socklen_t>(text.size()));
  return text.data();
}

void add_alternative_names(const X509* certificate, tls::CertificateFacts& facts, std::vector<std::string>& doubts) {
  facts.has_san = has(certificate, NID_subject_alt_name);
  const auto names = extension<GeneralNamesPtr>(certificate, NID_subject_alt_name, doubts);
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    switch (name->type) {
      case GEN_DNS:
        facts.dns_names.push_back(ascii_text(name->d.dNSName));
        break;
      case GEN_IPADD:
        facts.ip_addresses.push_back(address_text(name->d.iPAddress));
        break;
      case GEN_EMAIL:
        facts.emails.push_back(ascii_text(name->d.rfc822Name));
        break;
      case GEN_URI:
        facts.uris.push_back(ascii_text(name->d.uniformResourceIdentifier));
        break;
      default:
        ++facts.other_names;
    }
  }
}

std::string purpose_text(const ASN1_OBJECT* purpose) {
  switch (const int nid = OBJ_obj2nid(purpose)) {
    case NID_anyExtendedKeyUsage:
      return "any";
    case NID_server_auth:
    case NID_client_auth:
    case NID_code_sign:
    case NID_email_protect:
    case NID_time_stamp:
    case NID_OCSP_sign:
      return OBJ_nid2sn(nid);
    default:
      return oid_text(purpose);
  }
}

void add_usages(const X509* certificate, tls::CertificateFacts& facts, std::vector<std::string>& doubts) {
  facts.has_eku = has(certificate, NID_ext_key_usage);
  const auto purposes = extension<ExtendedKeyUsagePtr>(certificate, NID_ext_key_usage, doubts);
  for (int i = 0; purposes && i < sk_ASN1_OBJECT_num(purposes.get()); ++i) {
    facts.extended_key_usage.push_back(purpose_text(sk_ASN1_OBJECT_value(purposes.get(), i)));
  }
  facts.has_key_usage = has(certificate, NID_key_usage);
  const auto bits = extension<BitStringPtr>(certificate, NID_key_usage, doubts);
  for (std::size_t i = 0; bits && i < kKeyUsages.size(); ++i) {
    if (ASN1_BIT_STRING_get_bit(bits.get(), static_cast<int>(i)) == 1) facts.key_usage.emplace_back(kKeyUsages[i]);
  }
}

void add_basic_constraints(const X509* certificate, tls::CertificateFacts& facts, std::vector<std::string>& doubts) {
  facts.has_basic_constraints = has(certificate, NID_basic_constraints);
  const auto constraints = extension<BasicConstraintsPtr>(certificate, NID_basic_constraints, doubts);
  if (!constraints) return;
  facts.is_ca = constraints->ca != 0;
  if (constraints->pathlen == nullptr) return;
  const long length = ASN1_INTEGER_get(constraints->pathlen);
  drop_openssl_errors();
  if (length < 0 || length > std::numeric_limits<int>::max()) {
    doubts.emplace_back("path length in basicConstraints is no count");
    return;
  }
  facts.path_length = static_cast<int>(length);
}

void add_access(const X509* certificate, tls::CertificateFacts& facts, std::vector<std::string>& doubts) {
  const auto access = extension<AccessPtr>(certificate, NID_info_access, doubts);
  for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
    const ACCESS_DESCRIPTION* item = sk_ACCESS_DESCRIPTION_value(access.get(), i);
    if (item->location->type != GEN_URI) continue;
    const std::string url = ascii_text(item->location->d.uniformResourceIdentifier);
    const int method = OBJ_obj2nid(item->method);
    if (method == NID_ad_ca_issuers) facts.ca_issuer_urls.push_back(url);
    if (method == NID_ad_OCSP) facts.ocsp_urls.push_back(url);
  }
}

void add_must_staple(const X509* certificate, tls::CertificateFacts& facts, std::vector<std::string>& doubts) {
  const auto features = extension<TlsFeaturePtr>(certificate, NID_tlsfeature, doubts);
  for (int i = 0; features && i < sk_ASN1_INTEGER_num(features.get()); ++i) {
    if (ASN1_INTEGER_get(sk_ASN1_INTEGER_value(features.get(), i)) == kStatusRequest) facts.must_staple = true;
  }
  drop_openssl_errors();
}

void add_key_ids(const X509* certificate, tls::CertificateFacts& facts, std::vector<std::string>& doubts) {
  const auto own = extension<OctetStringPtr>(certificate, NID_subject_key_identifier, doubts);
  facts.subject_key_id = hex(own.get());
  const auto issuer = extension<AuthorityKeyIdPtr>(certificate, NID_authority_key_identifier, doubts);
  if (issuer) facts.authority_key_id = hex(issuer->keyid);
}

}  // namespace

void add_extensions(const X509* certificate, tls::CertificateFacts& facts, std::vector<std::string>& doubts) {
  add_alternative_names(certificate, facts, doubts);
  add_usages(certificate, facts, doubts);
  add_basic_constraints(certificate, facts, doubts);
  add_access(certificate, facts, doubts);
  add_must_staple(certificate, facts, doubts);
  add_key_ids(certificate, facts, doubts);
}

}  // namespace tlsward::pki
