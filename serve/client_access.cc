#include "serve/client_access.h"

#include <fmt/format.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "pki/openssl_error.h"
#include "pki/x509.h"

namespace tlsward::serve {
namespace {

using CertificatePtr = pki::OpenSslPtr<X509, X509_free>;

/// As Tyk's template of errors writes it.
Answer tyk_error(int status, std::string_view message) {
  return {status,
          {{"Content-Type", "application/json"}, {"X-Generator", "tyk.io"}},
          fmt::format("{{\n    \"error\": \"{}\"\n}}", message)};
}

std::optional<tls::CertificateFacts> facts_of(X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509(certificate, &der);
  const pki::BytesPtr owner(der);
  if (size <= 0) return {};
  auto read = pki::read_certificate({der, static_cast<std::size_t>(size)});
  if (!read) return {};
  return read->facts;
}

/// One entry of the list. Of a chain Tyk keeps the first certificate, and the fingerprint of the last.
struct Entry {
  X509* first = nullptr;
  X509* last = nullptr;
};

std::vector<Entry> entries_of(const gateways::ServiceRoute& route, const Credentials& credentials) {
  std::vector<Entry> entries;
  for (const std::size_t material : route.allow_list) {
    Entry entry;
    for (const Anchor& anchor : credentials.anchors) {
      if (anchor.material != material) continue;
      if (entry.first == nullptr) entry.first = anchor.certificate.get();
      entry.last = anchor.certificate.get();
    }
    if (entry.first != nullptr) entries.push_back(entry);
  }
  return entries;
}

/// Go's Verify with the default usage: serverAuth, or none named.
bool is_issued_by(X509* certificate, X509* authority, tls::Time at) {
  if (X509_check_ca(authority) == 0 || X509_check_issued(authority, certificate) != X509_V_OK) return false;
  const bool signed_by_it = X509_verify(certificate, X509_get0_pubkey(authority)) == 1;
  pki::drop_openssl_errors();
  const auto facts = facts_of(certificate);
  if (!signed_by_it || !facts || at < facts->not_before || at > facts->not_after) return false;
  const auto& usages = facts->extended_key_usage;
  return !facts->has_eku || std::any_of(usages.begin(), usages.end(), [](const std::string& usage) {
    return usage == "serverAuth" || usage == "any";
  });
}

CertificatePtr decode(const tls::wire::Bytes& der) {
  const unsigned char* at = der.data();
  CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
  pki::drop_openssl_errors();
  return certificate;
}

/// Nullopt: let in. Else why not.
std::optional<std::string> check(const std::vector<Entry>& entries, const HandshakeFacts& tls, tls::Time at) {
  for (const tls::wire::Bytes& der : tls.client_chain) {
    const CertificatePtr sent = decode(der);
    if (!sent) continue;
    for (const Entry& entry : entries) {
      if (is_issued_by(sent.get(), entry.first, at)) return {};
      if (X509_cmp(sent.get(), entry.last) != 0) continue;
      const auto facts = facts_of(entry.first);
      if (facts && at > facts->not_after) return "Certificate has expired";
      return {};
    }
  }
  return fmt::format("Certificate with SHA256 {} not allowed", tls.client_certificate->sha256);
}

}  // namespace

std::optional<Answer> refuse_client(const gateways::ServiceRoute& route, const Credentials* credentials,
                                    const HandshakeFacts* tls, tls::Time at) {
  const bool listed = route.demand == gateways::CertificateDemand::AllowList;
  if (!listed && !route.certificate_is_identity) return {};
  if (tls == nullptr || credentials == nullptr) return tyk_error(403, "TLS not enabled");
  if (!tls->client_certificate)
    return listed ? tyk_error(403, "Client TLS certificate is required")
                  : tyk_error(401, "Client TLS certificate is required");
  if (!listed) return {};
  const auto refused = check(entries_of(route, *credentials), *tls, at);
  if (!refused) return {};
  return tyk_error(403, *refused);
}

}  // namespace tlsward::serve
