// OpenSSL is given no choice: for each hello what the gateway's library would choose is computed (negotiation.h), and
// the connection is narrowed to just that before OpenSSL reads on.
#include "serve/tls/acceptor.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "net/failure.h"
#include "net/openssl_names.h"
#include "pki/openssl_error.h"
#include "pki/x509.h"
#include "serve/tls/client_offer.h"
#include "serve/tls/openssl_lacks.h"
#include "serve/tls/server_context.h"
#include "serve/tls/server_names.h"

namespace tlsward::serve {
namespace {

HandshakeFacts& facts_of(const SSL* ssl) {
  return *static_cast<HandshakeFacts*>(SSL_get_app_data(ssl));
}

tls::wire::ClientHello read_hello(SSL* ssl) {
  tls::wire::ClientHello hello;
  hello.legacy_version = {static_cast<std::uint16_t>(SSL_client_hello_get0_legacy_version(ssl))};
  const unsigned char* bytes = nullptr;
  std::size_t size = SSL_client_hello_get0_random(ssl, &bytes);
  std::memcpy(hello.random.data(), bytes, std::min(size, hello.random.size()));
  size = SSL_client_hello_get0_ciphers(ssl, &bytes);
  for (std::size_t i = 0; i + 1 < size; i += 2)
    hello.suites.push_back({static_cast<std::uint16_t>(bytes[i] << 8 | bytes[i + 1])});
  int* types = nullptr;
  std::size_t count = 0;
  if (SSL_client_hello_get1_extensions_present(ssl, &types, &count) != 1) return hello;
  for (std::size_t i = 0; i < count; ++i) {
    if (SSL_client_hello_get0_ext(ssl, static_cast<unsigned>(types[i]), &bytes, &size) != 1) continue;
    hello.extensions.push_back({static_cast<std::uint16_t>(types[i]), {bytes, bytes + size}});
  }
  OPENSSL_free(types);
  return hello;
}

/// False where OpenSSL does not take it.
bool narrow(SSL* ssl, const Choice& choice) {
  const std::array<unsigned char, 2> code = {static_cast<unsigned char>(choice.suite.code >> 8),
                                             static_cast<unsigned char>(choice.suite.code)};
  const SSL_CIPHER* cipher = SSL_CIPHER_find(ssl, code.data());
  if (cipher == nullptr) return false;
  const char* name = SSL_CIPHER_get_name(cipher);
  const bool tls13 = choice.version == tls::kTls13;
  if ((tls13 ? SSL_set_ciphersuites(ssl, name) : SSL_set_cipher_list(ssl, name)) != 1) return false;
  if (!choice.group) return true;
  const int nid = net::group_nid(*choice.group);
  return nid != 0 && SSL_set1_groups(ssl, &nid, 1) == 1;
}

int select_alpn(SSL* ssl, const unsigned char** out, unsigned char* size, const unsigned char* offered, unsigned length,
                void*) {
  const std::string& chosen = facts_of(ssl).alpn;
  for (unsigned at = 0; at < length; at += offered[at] + 1u) {
    if (std::string_view(reinterpret_cast<const char*>(offered) + at + 1, offered[at]) != chosen) continue;
    *out = offered + at + 1;
    *size = offered[at];
    return SSL_TLSEXT_ERR_OK;
  }
  return SSL_TLSEXT_ERR_NOACK;
}

void note_alert(const SSL* ssl, int where, int value) {
  if ((where & SSL_CB_ALERT) == 0) return;
  const tls::wire::Alert alert{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
  if (alert.description == SSL3_AD_CLOSE_NOTIFY) return;
  HandshakeFacts& facts = facts_of(ssl);
  ((where & SSL_CB_WRITE) != 0 ? facts.alert_sent : facts.alert_received) = alert;
}

class OpenSslAcceptor final : public Acceptor {
 public:
  OpenSslAcceptor(std::vector<AcceptorContext> contexts, std::shared_ptr<const TicketKeys> tickets)
      : tickets_(std::move(tickets)) {
    for (AcceptorContext& context : contexts) {
      auto served = std::make_unique<ServedContext>();
      served->names = std::move(context.names);
      served->behaviour = behaviour_of(context.context);
      served->context = reduce_to_openssl(context.context, deviations_);
      served->credentials = std::move(context.credentials);
      contexts_.push_back(std::move(served));
    }
  }

  Result<net::Nothing> prepare() {
    for (const auto& served : contexts_) {
      if (served->credentials->identities.empty())
        return Error{fmt::format("{} has no certificate to show", served->context.subject)};
      for (const auto& credential : served->credentials->identities) {
        auto ssl = make_server_context(*served, *credential, *tickets_);
        if (!ssl) return Error{fmt::format("{}: {}", served->context.subject, ssl.error().message)};
        SSL_CTX_set_client_hello_cb(ssl->get(), on_hello, this);
        SSL_CTX_set_alpn_select_cb(ssl->get(), select_alpn, nullptr);
        SSL_CTX_set_info_callback(ssl->get(), note_alert);
        served->identities.push_back({std::move(*ssl), facts_of_leaf(*credential)});
      }
    }
    return net::Nothing{};
  }

  Result<net::SslPtr> accept(HandshakeFacts& facts) const override {
    net::SslPtr ssl(SSL_new(contexts_.front()->identities.front().ssl.get()));
    if (!ssl) return Error{pki::take_openssl_error()};
    SSL_set_app_data(ssl.get(), &facts);
    SSL_set_accept_state(ssl.get());
    return ssl;
  }

  const std::vector<Deviation>& deviations() const override { return deviations_; }

 private:
  static tls::CertificateFacts facts_of_leaf(const Credential& credential) {
    unsigned char* der = nullptr;
    const int size = i2d_X509(credential.leaf.get(), &der);
    const pki::BytesPtr owner(der);
    if (size <= 0) return {};
    auto read = pki::read_certificate({der, static_cast<std::size_t>(size)});
    return read ? read->facts : tls::CertificateFacts{};
  }

  static int on_hello(SSL* ssl, int* alert, void* argument) {
    return static_cast<const OpenSslAcceptor*>(argument)->answer(ssl, alert);
  }

  int answer(SSL* ssl, int* alert) const {
    HandshakeFacts& facts = facts_of(ssl);
    facts.offer = read_hello(ssl);
    const ClientOffer offer = read_offer(*facts.offer);
    facts.server_name = offer.server_name;
    const ServedContext& served = choose_context(offer.server_name);
    facts.context = served.context.subject;
    const ServedIdentity& identity = choose_identity(served, offer);
    const Negotiated negotiated = negotiate(*facts.offer, served.context, served.behaviour, identity.certificate.key);
    if (negotiated.refusal) return refuse(*negotiated.refusal, facts, alert);
    if (SSL_get_SSL_CTX(ssl) != identity.ssl.get()) SSL_set_SSL_CTX(ssl, identity.ssl.get());
    adopt_context(served, ssl);
    facts.alpn = negotiated.choice->alpn;
    facts.group = negotiated.choice->group;
    if (narrow(ssl, *negotiated.choice)) return SSL_CLIENT_HELLO_SUCCESS;
    *alert = SSL_AD_INTERNAL_ERROR;
    facts.refusal = fmt::format("OpenSSL cannot use {}", tls::name(negotiated.choice->suite));
    return SSL_CLIENT_HELLO_ERROR;
  }

  static int refuse(const Refusal& refusal, HandshakeFacts& facts, int* alert) {
    *alert = refusal.alert.description;
    facts.refusal = refusal.why;
    facts.own_words = refusal.own_words;
    return SSL_CLIENT_HELLO_ERROR;
  }

  const ServedContext& choose_context(const std::string& name) const {
    const ServedContext* fallback = nullptr;
    const ServedContext* best = nullptr;
    NameFit best_fit = NameFit::None;
    for (const auto& served : contexts_) {
      if (served->names.empty() && fallback == nullptr) fallback = served.get();
      const NameFit fit = fit_of(served->names, name);
      if (fit <= best_fit) continue;
      best_fit = fit;
      best = served.get();
    }
    if (best != nullptr) return *best;
    return fallback != nullptr ? *fallback : *contexts_.front();
  }

  /// As crypto/tls: the first certificate that names the host, else the first.
  static const ServedIdentity& choose_identity(const ServedContext& served, const ClientOffer& offer) {
    for (const ServedIdentity& identity : served.identities) {
      if (served.identities.size() > 1 && fit_of(identity.certificate.dns_names, offer.server_name) != NameFit::None)
        return identity;
    }
    return served.identities.front();
  }

  std::shared_ptr<const TicketKeys> tickets_;
  std::vector<std::unique_ptr<ServedContext>> contexts_;
  std::vector<Deviation> deviations_;
};

void note_client_certificate(SSL* tls, HandshakeFacts& facts) {
  X509* leaf = SSL_get0_peer_certificate(tls);
  if (leaf == nullptr || facts.client_certificate) return;
  unsigned char* der = nullptr;
  const int size = i2d_X509(leaf, &der);
  const pki::BytesPtr owner(der);
  if (size <= 0) return;
  facts.client_chain = {{der, der + size}};
  if (auto read = pki::read_certificate(facts.client_chain.front())) facts.client_certificate = read->facts;
}

}  // namespace

Result<std::shared_ptr<const Acceptor>> Acceptor::make(std::vector<AcceptorContext> contexts,
                                                       std::shared_ptr<const TicketKeys> tickets) {
  auto acceptor = std::make_shared<OpenSslAcceptor>(std::move(contexts), std::move(tickets));
  if (auto prepared = acceptor->prepare(); !prepared) return prepared.error();
  return std::shared_ptr<const Acceptor>(std::move(acceptor));
}

void note_end(SSL* tls, const std::string& failure, HandshakeFacts& facts) {
  facts.problem = failure;
  facts.finished = failure.empty();
  if (!facts.finished) return;
  facts.version = {static_cast<std::uint16_t>(SSL_version(tls))};
  if (const SSL_CIPHER* cipher = SSL_get_current_cipher(tls)) facts.suite = {SSL_CIPHER_get_protocol_id(cipher)};
  facts.resumed = SSL_session_reused(tls) == 1;
  if (facts.resumed && facts.version != tls::kTls13) facts.group.reset();
  note_client_certificate(tls, facts);
}

}  // namespace tlsward::serve
