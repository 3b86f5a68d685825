#include "serve/tls/server_context.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <string>

#include "pki/openssl_error.h"
#include "serve/tls/client_verification.h"

namespace tlsward::serve {
namespace {

/// Signature schemes in the order of crypto/tls (defaultSupportedSignatureAlgorithms), for what the server signs with
/// and for what it asks of clients.
constexpr char kGoSignatures[] =
    "rsa_pss_rsae_sha256:ECDSA+SHA256:ed25519:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:RSA+SHA256:RSA+SHA384:RSA+SHA512:"
    "ECDSA+SHA384:ECDSA+SHA512";
constexpr char kGoSha1Signatures[] = ":RSA+SHA1:ECDSA+SHA1";
/// BoringSSL's, kVerifySignatureAlgorithms and kSignSignatureAlgorithms.
constexpr char kBoringSslSignatures[] =
    "ECDSA+SHA256:rsa_pss_rsae_sha256:RSA+SHA256:ECDSA+SHA384:rsa_pss_rsae_sha384:RSA+SHA384:rsa_pss_rsae_sha512:"
    "RSA+SHA512:RSA+SHA1";
constexpr char kAllSuites[] = "ALL:eNULL:!PSK:@SECLEVEL=0";
constexpr char kAllTls13Suites[] = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
/// A ticket of crypto/tls (maxSessionTicketLifetime).
constexpr long kGoTicketLifetime = 7 * 24 * 3600;

std::string signatures_of(const LibraryBehaviour& behaviour) {
  if (behaviour.library == Library::BoringSsl) return kBoringSslSignatures;
  return std::string(kGoSignatures) + (behaviour.sha1_signatures ? kGoSha1Signatures : "");
}

std::uint64_t options_of(const ServedContext& served) {
  std::uint64_t options = SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_ENCRYPT_THEN_MAC |
                          SSL_OP_SINGLE_ECDH_USE | SSL_OP_SINGLE_DH_USE;
  if (!served.behaviour.extended_master_secret) options |= SSL_OP_NO_EXTENDED_MASTER_SECRET;
  // Of signatures BoringSSL follows its own order, Go the client's.
  if (served.behaviour.library == Library::BoringSsl) options |= SSL_OP_CIPHER_SERVER_PREFERENCE;
  return options;
}

bool set_certificate(const Credential& credential, SSL_CTX* context) {
  // Neither crypto/tls nor BoringSSL looks among the anchors for what is missing in a chain.
  SSL_CTX_set_mode(context, SSL_MODE_NO_AUTO_CHAIN);
  if (SSL_CTX_use_certificate(context, credential.leaf.get()) != 1) return false;
  if (SSL_CTX_use_PrivateKey(context, credential.key.get()) != 1) return false;
  for (const auto& certificate : credential.chain) {
    if (SSL_CTX_add1_chain_cert(context, certificate.get()) != 1) return false;
  }
  return true;
}

bool set_versions(const tls::TlsContext& context, SSL_CTX* ssl) {
  const auto& versions = context.versions.value;
  if (versions.empty()) return true;  // each hello is refused before OpenSSL would ask
  return SSL_CTX_set_min_proto_version(ssl, versions.front().number) == 1 &&
         SSL_CTX_set_max_proto_version(ssl, versions.back().number) == 1;
}

/// A session is of use only where the same context answers, and believes the same clients: tickets outlive a reload of
/// the configuration. SHA-256 of all that.
std::array<unsigned char, SSL_MAX_SID_CTX_LENGTH> session_scope(const ServedContext& served) {
  std::string text = fmt::format("{}\n{}\n{}\n", served.context.subject, name(served.context.client_auth.value),
                                 served.credentials->system_anchors);
  for (const Anchor& anchor : served.credentials->anchors) {
    std::array<unsigned char, 32> digest{};
    X509_digest(anchor.certificate.get(), EVP_sha256(), digest.data(), nullptr);
    text.append(digest.begin(), digest.end());
  }
  std::array<unsigned char, SSL_MAX_SID_CTX_LENGTH> scope{};
  EVP_Digest(text.data(), text.size(), scope.data(), nullptr, EVP_sha256(), nullptr);
  return scope;
}

void set_resumption(const ServedContext& served, const TicketKeys& tickets, SSL_CTX* context) {
  // Neither crypto/tls nor Envoy keeps sessions; both hand out tickets.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, served.behaviour.tickets);
  SSL_CTX_set_timeout(context, served.behaviour.ticket_lifetime > 0
                                   ? static_cast<long>(served.behaviour.ticket_lifetime)
                                   : kGoTicketLifetime);
  const auto scope = session_scope(served);
  SSL_CTX_set_session_id_context(context, scope.data(), static_cast<unsigned>(scope.size()));
  tickets.apply(context);
}

}  // namespace

bool ServedContext::verifies_clients() const {
  return context.client_auth.value == tls::ClientAuth::VerifyIfGiven ||
         context.client_auth.value == tls::ClientAuth::RequireAndVerify;
}

const ServedContext& served_by(const SSL* ssl) {
  return *static_cast<const ServedContext*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(ssl)));
}

Result<net::SslContextPtr> make_server_context(const ServedContext& served, const Credential& credential,
                                               const TicketKeys& tickets) {
  net::SslContextPtr context(SSL_CTX_new(TLS_server_method()));
  if (!context) return Error{pki::take_openssl_error()};
  SSL_CTX_set_app_data(context.get(), const_cast<ServedContext*>(&served));
  SSL_CTX_set_security_level(context.get(), 0);
  const std::string signatures = signatures_of(served.behaviour);
  const bool set = SSL_CTX_set_cipher_list(context.get(), kAllSuites) == 1 &&
                   SSL_CTX_set_ciphersuites(context.get(), kAllTls13Suites) == 1 &&
                   SSL_CTX_set1_sigalgs_list(context.get(), signatures.c_str()) == 1 &&
                   SSL_CTX_set1_client_sigalgs_list(context.get(), signatures.c_str()) == 1 &&
                   set_versions(served.context, context.get());
  if (!set) return Error{pki::take_openssl_error()};
  if (!set_certificate(credential, context.get()))
    return Error{fmt::format("{}: OpenSSL refuses the certificate: {}", credential.origin, pki::take_openssl_error())};
  SSL_CTX_set_options(context.get(), options_of(served));
  SSL_CTX_set_dh_auto(context.get(), 1);
  set_resumption(served, tickets, context.get());
  if (auto verification = set_client_verification(served, context.get()); !verification) return verification.error();
  return context;
}

void adopt_context(const ServedContext& served, SSL* ssl) {
  SSL_clear_options(ssl, SSL_OP_NO_EXTENDED_MASTER_SECRET | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_set_options(ssl, options_of(served));
  SSL_set_verify(ssl, verify_mode(served.context.client_auth.value), nullptr);
  SSL_set_num_tickets(ssl, served.behaviour.tickets);
  const auto& versions = served.context.versions.value;
  if (versions.empty()) return;
  SSL_set_min_proto_version(ssl, versions.front().number);
  SSL_set_max_proto_version(ssl, versions.back().number);
}

}  // namespace tlsward::serve
