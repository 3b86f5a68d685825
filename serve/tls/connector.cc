#include "serve/tls/connector.h"

#include <fmt/format.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>

#include "gateways/gateway.h"
#include "gateways/material.h"
#include "net/failure.h"
#include "net/openssl_names.h"
#include "pki/key.h"
#include "pki/openssl_error.h"
#include "serve/tls/openssl_lacks.h"

namespace tlsward::serve {
namespace {

/// As crypto/tls and BoringSSL: no signature by SHA-1 or MD5 in a chain that is verified.
constexpr int kAuthLevel = 1;

std::string common_name(X509* certificate) {
  char text[256] = {};
  const int size = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, text, sizeof text);
  return size > 0 ? std::string(text, static_cast<std::size_t>(size)) : std::string();
}

/// Lists of OpenSSL's names, joined by colons.
struct SuiteLists {
  std::string tls13, older;
};

SuiteLists suite_lists(const tls::TlsContext& context, SSL_CTX* ssl) {
  SuiteLists lists;
  const net::SslPtr finder(SSL_new(ssl));
  std::vector<tls::CipherSuite> seen;
  for (const auto& [version, suites] : context.ciphers.value) {
    for (const tls::CipherSuite suite : suites) {
      if (std::find(seen.begin(), seen.end(), suite) != seen.end()) continue;
      seen.push_back(suite);
      const unsigned char code[2] = {static_cast<unsigned char>(suite.code >> 8),
                                     static_cast<unsigned char>(suite.code)};
      const SSL_CIPHER* cipher = SSL_CIPHER_find(finder.get(), code);
      if (cipher == nullptr) continue;
      std::string& list = tls::is_tls13(suite) ? lists.tls13 : lists.older;
      list += list.empty() ? "" : ":";
      list += SSL_CIPHER_get_name(cipher);
    }
  }
  return lists;
}

std::vector<unsigned char> alpn_bytes(const std::vector<std::string>& protocols) {
  std::vector<unsigned char> bytes;
  for (const std::string& protocol : protocols) {
    bytes.push_back(static_cast<unsigned char>(protocol.size()));
    bytes.insert(bytes.end(), protocol.begin(), protocol.end());
  }
  return bytes;
}

class OpenSslConnector final : public Connector {
 public:
  OpenSslConnector(const tls::TlsContext& context, std::shared_ptr<const Credentials> credentials)
      : has_groups_(!context.groups.value.empty()),
        context_(reduce_to_openssl(context, deviations_)),
        credentials_(std::move(credentials)) {
    for (const tls::Material& material : context.material) {
      if (material.use != tls::MaterialUse::Pin) continue;
      for (const tls::KeyFacts& key : material.bundle.public_keys) pins_.push_back(key.spki_sha256);
      for (const tls::CertificateFacts& certificate : material.bundle.certificates)
        pins_.push_back(certificate.key.spki_sha256);
    }
  }

  Result<Nothing> prepare() {
    ssl_.reset(SSL_CTX_new(TLS_client_method()));
    if (!ssl_) return Error{pki::take_openssl_error()};
    SSL_CTX_set_security_level(ssl_.get(), 0);
    SSL_CTX_set_options(ssl_.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_ENCRYPT_THEN_MAC);
    SSL_CTX_set_session_cache_mode(ssl_.get(), SSL_SESS_CACHE_OFF);
    if (auto set = set_versions_and_suites(); !set) return set;
    if (auto set = set_groups_and_alpn(); !set) return set;
    if (auto set = set_identity(); !set) return set;
    return set_trust();
  }

  Result<net::SslPtr> connect(const std::string& host) const override {
    net::SslPtr ssl(SSL_new(ssl_.get()));
    if (!ssl) return Error{pki::take_openssl_error()};
    SSL_set_connect_state(ssl.get());
    SSL_set_app_data(ssl.get(), const_cast<OpenSslConnector*>(this));
    const bool address = gateways::is_ip_literal(host);
    X509_VERIFY_PARAM* parameters = SSL_get0_param(ssl.get());
    X509_VERIFY_PARAM_set_auth_level(parameters, kAuthLevel);
    if (!address) SSL_set_tlsext_host_name(ssl.get(), host.c_str());
    if (context_.verify_peer.value == tls::VerifyPeer::NameOnly)
      X509_VERIFY_PARAM_set1_host(parameters, host.c_str(), 0);
    if (context_.verify_peer.value != tls::VerifyPeer::Full) return ssl;
    X509_VERIFY_PARAM_set_hostflags(parameters,
                                    X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    const int set = address ? X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str())
                            : X509_VERIFY_PARAM_set1_host(parameters, host.data(), host.size());
    if (set != 1) return Error{fmt::format("'{}' is no host that a certificate can name", host)};
    return ssl;
  }

  const std::vector<Deviation>& deviations() const override { return deviations_; }

 private:
  Result<Nothing> set_versions_and_suites() {
    const std::vector<tls::Version> versions = tls::negotiable_versions(context_);
    if (versions.empty()) return Error{"no version is left that could be offered"};
    const SuiteLists lists = suite_lists(context_, ssl_.get());
    const bool set = SSL_CTX_set_min_proto_version(ssl_.get(), versions.front().number) == 1 &&
                     SSL_CTX_set_max_proto_version(ssl_.get(), versions.back().number) == 1 &&
                     SSL_CTX_set_ciphersuites(ssl_.get(), lists.tls13.c_str()) == 1 &&
                     (lists.older.empty() || SSL_CTX_set_cipher_list(ssl_.get(), lists.older.c_str()) == 1);
    if (!set) return Error{pki::take_openssl_error()};
    return Nothing{};
  }

  Result<Nothing> set_groups_and_alpn() {
    std::vector<int> nids;
    for (const tls::Group group : context_.groups.value) nids.push_back(net::group_nid(group));
    if (nids.empty() && has_groups_) return Error{"no group is left that could be offered"};
    if (!nids.empty() && SSL_CTX_set1_groups(ssl_.get(), nids.data(), static_cast<int>(nids.size())) != 1)
      return Error{pki::take_openssl_error()};
    if (!context_.alpn.known() || context_.alpn.value.empty()) return Nothing{};
    const std::vector<unsigned char> alpn = alpn_bytes(context_.alpn.value);
    if (SSL_CTX_set_alpn_protos(ssl_.get(), alpn.data(), static_cast<unsigned>(alpn.size())) != 0)
      return Error{"a protocol of ALPN is longer than 255 bytes"};
    return Nothing{};
  }

  Result<Nothing> set_identity() {
    if (credentials_->identities.empty()) return Nothing{};
    const Credential& credential = *credentials_->identities.front();
    SSL_CTX_set_mode(ssl_.get(), SSL_MODE_NO_AUTO_CHAIN);  // as the gateways' libraries
    bool set = SSL_CTX_use_certificate(ssl_.get(), credential.leaf.get()) == 1 &&
               SSL_CTX_use_PrivateKey(ssl_.get(), credential.key.get()) == 1;
    for (const auto& certificate : credential.chain)
      set = set && SSL_CTX_add1_chain_cert(ssl_.get(), certificate.get()) == 1;
    if (!set) return Error{fmt::format("{}: OpenSSL refuses it: {}", credential.origin, pki::take_openssl_error())};
    return Nothing{};
  }

  Result<Nothing> set_trust() {
    X509_STORE* store = SSL_CTX_get_cert_store(ssl_.get());
    for (const Anchor& anchor : credentials_->anchors) {
      if (X509_STORE_add_cert(store, anchor.certificate.get()) != 1) return Error{pki::take_openssl_error()};
    }
    if (credentials_->system_anchors) X509_STORE_set_default_paths(store);
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    SSL_CTX_set_verify(ssl_.get(), SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_cert_verify_callback(ssl_.get(), judge, this);
    pki::drop_openssl_errors();
    return Nothing{};
  }

  static int judge(X509_STORE_CTX* store, void* argument) {
    return static_cast<const OpenSslConnector*>(argument)->judge_chain(store);
  }

  int judge_chain(X509_STORE_CTX* store) const {
    X509* leaf = X509_STORE_CTX_get0_cert(store);
    switch (context_.verify_peer.value) {
      case tls::VerifyPeer::Full:
      case tls::VerifyPeer::ChainOnly:
        return X509_verify_cert(store) == 1 ? 1 : 0;
      case tls::VerifyPeer::NameOnly:
        return accept(store, names_host(store, leaf), X509_V_ERR_HOSTNAME_MISMATCH);
      case tls::VerifyPeer::PinOnly:
        return accept(store, is_pinned(leaf), X509_V_ERR_CERT_REJECTED);
      default:
        return accept(store, true, X509_V_OK);
    }
  }

  static int accept(X509_STORE_CTX* store, bool accepted, int error) {
    X509_STORE_CTX_set_error(store, accepted ? X509_V_OK : error);
    return accepted ? 1 : 0;
  }

  /// Tyk's ssl_force_common_name_check: the common name, letter for letter.
  static bool names_host(X509_STORE_CTX* store, X509* leaf) {
    const char* host = X509_VERIFY_PARAM_get0_host(X509_STORE_CTX_get0_param(store), 0);
    return host != nullptr && common_name(leaf) == host;
  }

  bool is_pinned(X509* leaf) const {
    const std::string key = pki::key_facts(X509_get_X509_PUBKEY(leaf)).spki_sha256;
    return std::find(pins_.begin(), pins_.end(), key) != pins_.end();
  }

  std::vector<Deviation> deviations_;
  bool has_groups_;  // as the context says, before what OpenSSL lacks is taken out
  tls::TlsContext context_;
  std::shared_ptr<const Credentials> credentials_;
  std::vector<std::string> pins_;  // SHA-256 of public keys
  net::SslContextPtr ssl_;
};

}  // namespace

Result<std::shared_ptr<const Connector>> Connector::make(const tls::TlsContext& context,
                                                         std::shared_ptr<const Credentials> credentials) {
  auto connector = std::make_shared<OpenSslConnector>(context, std::move(credentials));
  if (auto prepared = connector->prepare(); !prepared) return prepared.error();
  return std::shared_ptr<const Connector>(std::move(connector));
}

std::string explain_upstream(SSL* tls, const std::string& failure, const tls::TlsContext& context) {
  const gateways::Gateway* gateway = gateways::find_gateway(context.gateway);
  const gateways::SettingNames names = gateway ? gateway->upstream_names : gateways::SettingNames{};
  const long verified = tls != nullptr ? SSL_get_verify_result(tls) : X509_V_OK;
  if (verified != X509_V_OK) {
    const std::string why = X509_verify_cert_error_string(verified);
    const bool mismatch = verified == X509_V_ERR_HOSTNAME_MISMATCH || verified == X509_V_ERR_IP_ADDRESS_MISMATCH;
    if (mismatch) return fmt::format("the certificate does not name the host in its subjectAltName: {}", why);
    if (names.trust.empty()) return fmt::format("the certificate is not trusted: {}", why);
    return fmt::format("the certificate is not trusted: {}; {} ({}) has to hold its issuer", why, names.trust,
                       context.subject);
  }
  if (failure.find("certificate required") != std::string::npos ||
      failure.find("bad certificate") != std::string::npos || failure.find("unknown ca") != std::string::npos)
    return fmt::format("the upstream refuses the gateway's client certificate, or the lack of one: {}; see {} ({})",
                       failure, names.certificate, context.subject);
  if (failure.find("version") != std::string::npos)
    return fmt::format("no version in common: {}; {} ({}) allows {}", failure, names.versions, context.subject,
                       tls::names(context.versions.value));
  return fmt::format("the TLS handshake failed: {}", failure);
}

}  // namespace tlsward::serve
