#include "serve/tls/client_verification.h"

#include <fmt/format.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "pki/openssl_error.h"
#include "pki/x509.h"
#include "serve/tls/extended_key_usage.h"
#include "serve/tls/handshake_facts.h"

namespace tlsward::serve {
namespace {

/// Where Debian keeps the system's anchors in one file; their names are announced.
constexpr char kSystemAnchors[] = "/etc/ssl/certs/ca-certificates.crt";

/// As crypto/x509: no signature by SHA-1 or MD5 in a chain that is verified.
constexpr int kGoAuthLevel = 1;

/// An error that OpenSSL makes the alert of which the gateway's library would send. BoringSSL's table is OpenSSL's.
int error_for_alert(int error, const LibraryBehaviour& behaviour) {
  if (behaviour.library == Library::BoringSsl) return error;
  if (!behaviour.precise_client_alerts) return X509_V_ERR_CERT_REJECTED;
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return X509_V_ERR_CERT_HAS_EXPIRED;
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY;
    default:
      return X509_V_ERR_CERT_REJECTED;
  }
}

std::vector<unsigned char> der_of(X509* certificate) {
  std::vector<unsigned char> der;
  const int size = i2d_X509(certificate, nullptr);
  if (size <= 0) return der;
  der.resize(static_cast<std::size_t>(size));
  unsigned char* end = der.data();
  i2d_X509(certificate, &end);
  return der;
}

void note_chain(X509_STORE_CTX* store, HandshakeFacts& facts) {
  const STACK_OF(X509)* sent = X509_STORE_CTX_get0_untrusted(store);
  facts.client_chain.clear();
  for (int i = 0; i < sk_X509_num(sent); ++i) facts.client_chain.push_back(der_of(sk_X509_value(sent, i)));
  if (facts.client_chain.empty()) return;
  if (auto read = pki::read_certificate(facts.client_chain.front())) facts.client_certificate = read->facts;
}

/// X509_V_OK, or what is wrong with the chain.
int verify(X509_STORE_CTX* store, const LibraryBehaviour& behaviour) {
  const bool go = behaviour.library == Library::Go;
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(store);
  if (go) X509_VERIFY_PARAM_set_auth_level(parameters, kGoAuthLevel);
  if (go) X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY);
  if (X509_verify_cert(store) != 1) return X509_STORE_CTX_get_error(store);
  const bool allowed = !go || allows_usage(X509_STORE_CTX_get0_chain(store), NID_client_auth);
  return allowed ? X509_V_OK : X509_V_ERR_INVALID_PURPOSE;
}

int judge(X509_STORE_CTX* store, void* argument) {
  const auto& served = *static_cast<const ServedContext*>(argument);
  const auto* ssl = static_cast<const SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto& facts = *static_cast<HandshakeFacts*>(SSL_get_app_data(ssl));
  note_chain(store, facts);
  if (!served.verifies_clients()) {
    X509_STORE_CTX_set_error(store, X509_V_OK);
    return 1;
  }
  const int error = verify(store, served.behaviour);
  pki::drop_openssl_errors();
  facts.client_verified = error == X509_V_OK;
  if (error == X509_V_OK) return 1;
  facts.client_problem = X509_verify_cert_error_string(error);
  X509_STORE_CTX_set_error(store, error_for_alert(error, served.behaviour));
  return 0;
}

void announce(const ServedContext& served, SSL_CTX* context) {
  if (!served.context.announces_authorities) return;
  STACK_OF(X509_NAME)* names =
      served.credentials->system_anchors ? SSL_load_client_CA_file(kSystemAnchors) : sk_X509_NAME_new_null();
  if (names == nullptr) names = sk_X509_NAME_new_null();
  for (const Anchor& anchor : served.credentials->anchors)
    sk_X509_NAME_push(names, X509_NAME_dup(X509_get_subject_name(anchor.certificate.get())));
  SSL_CTX_set_client_CA_list(context, names);
  pki::drop_openssl_errors();
}

}  // namespace

int verify_mode(tls::ClientAuth mode) {
  switch (mode) {
    case tls::ClientAuth::None:
      return SSL_VERIFY_NONE;
    case tls::ClientAuth::Request:
    case tls::ClientAuth::VerifyIfGiven:
      return SSL_VERIFY_PEER;
    default:
      return SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT;
  }
}

Result<Nothing> set_client_verification(const ServedContext& served, SSL_CTX* context) {
  SSL_CTX_set_verify(context, verify_mode(served.context.client_auth.value), nullptr);
  if (served.context.client_auth.value == tls::ClientAuth::None) return Nothing{};
  X509_STORE* store = SSL_CTX_get_cert_store(context);
  for (const Anchor& anchor : served.credentials->anchors) {
    if (X509_STORE_add_cert(store, anchor.certificate.get()) != 1) return Error{pki::take_openssl_error()};
  }
  if (served.credentials->system_anchors) X509_STORE_set_default_paths(store);
  // Whatever stands in a pool is an anchor, as Go and BoringSSL take it.
  X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
  announce(served, context);
  SSL_CTX_set_cert_verify_callback(context, judge, const_cast<ServedContext*>(&served));
  return Nothing{};
}

}  // namespace tlsward::serve
