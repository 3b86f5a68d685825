#include "serve/tls/server_context.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <string>

#include "pki/openssl_error.h"
#include "serve/tls/client_verification.h"

namespace tlsward::serve {
namespace {

/// Signature schemes in the order of crypto/tls (supportedSignatureAlgorithms), for what the server signs with and for
/// what it asks of clients.
constexpr char kGoSignatures[] =
    "rsa_pss_rsae_sha256:ECDSA+SHA256:ed25519:rsa_pss_rsae_sha384:rsa_pss_rsae_sha512:RSA+SHA256:RSA+SHA384:RSA+SHA512:"
    "ECDSA+SHA384:ECDSA+SHA512:RSA+SHA1:ECDSA+SHA1";
/// BoringSSL's, kVerifySignatureAlgorithms and kSignSignatureAlgorithms.
constexpr char kBoringSslSignatures[] =
    "ECDSA+SHA256:rsa_pss_rsae_sha256:RSA+SHA256:ECDSA+SHA384:rsa_pss_rsae_sha384:RSA+SHA384:rsa_pss_rsae_sha512:"
    "RSA+SHA512:RSA+SHA1";
constexpr char kAllSuites[] = "ALL:eNULL:!PSK:@SECLEVEL=0";
constexpr char kAllTls13Suites[] = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
/// A ticket of crypto/tls (maxSessionTicketLifetime).
constexpr long kGoTicketLifetime = 7 * 24 * 3600;

std::uint64_t options_of(const ServedContext& served) {
  std::uint64_t options = SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_ENCRYPT_THEN_MAC |
                          SSL_OP_SINGLE_ECDH_USE | SSL_OP_SINGLE_DH_USE;
  if (!served.behaviour.extended_master_secret) options |= SSL_OP_NO_EXTENDED_MASTER_SECRET;
  // Of signatures BoringSSL follows its own order, Go the client's.
  if (served.behaviour.library == Library::BoringSsl) options |= SSL_OP_CIPHER_SERVER_PREFERENCE;
  return options;
}

bool set_certificate(const Credential& credential, SSL_CTX* context) {
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

void set_resumption(const ServedContext& served, const TicketKeys& tickets, SSL_CTX* context) {
  // Neither crypto/tls nor Envoy keeps sessions; both hand out tickets.
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, served.behaviour.tickets);
  SSL_CTX_set_timeout(context, served.behaviour.ticket_lifetime > 0
                                   ? static_cast<long>(served.behaviour.ticket_lifetime)
                                   : kGoTicketLifetime);
  const std::string& subject = served.context.subject;
  const auto size = std::min<std::size_t>(subject.size(), SSL_MAX_SID_CTX_LENGTH);
  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>(subject.data()),
                                 static_cast<unsigned>(size));
  tickets.apply(context);
}

}  // namespace

Result<net::SslContextPtr> make_server_context(const ServedContext& served, const Credential& credential,
                                               const TicketKeys& tickets) {
  net::SslContextPtr context(SSL_CTX_new(TLS_server_method()));
  if (!context) return Error{pki::take_openssl_error()};
  SSL_CTX_set_security_level(context.get(), 0);
  const char* signatures = served.behaviour.library == Library::Go ? kGoSignatures : kBoringSslSignatures;
  const bool set = SSL_CTX_set_cipher_list(context.get(), kAllSuites) == 1 &&
                   SSL_CTX_set_ciphersuites(context.get(), kAllTls13Suites) == 1 &&
                   SSL_CTX_set1_sigalgs_list(context.get(), signatures) == 1 &&
                   SSL_CTX_set1_client_sigalgs_list(context.get(), signatures) == 1 &&
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
