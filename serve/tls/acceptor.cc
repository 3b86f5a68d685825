// OpenSSL is given no choice: for each hello what the gateway's library would choose is computed (negotiation.h), and
// the connection is narrowed to just that before OpenSSL reads on.
#include "serve/tls/acceptor.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <array>
#include <utility>

#include "net/failure.h"
#include "net/openssl_names.h"
#include "pki/openssl_error.h"
#include "pki/x509.h"
#include "serve/tls/client_offer.h"
#include "serve/tls/identity_choice.h"
#include "serve/tls/openssl_lacks.h"
#include "serve/tls/received_hello.h"
#include "serve/tls/server_context.h"
#include "serve/tls/server_names.h"

namespace tlsward::serve {
namespace {

HandshakeFacts& facts_of(const SSL* ssl) {
  return *static_cast<HandshakeFacts*>(SSL_get_app_data(ssl));
}

/// OpenSSL takes the highest version of both; crypto/tls may take a lower one.
void narrow_version(SSL* ssl, const Choice& choice, const ClientOffer& offer, const tls::TlsContext& context) {
  const bool higher = std::any_of(offer.versions.begin(), offer.versions.end(), [&](tls::Version version) {
    return version > choice.version && tls::enables(context, version);
  });
  // Only then: a lower maximum takes the mark of a downgrade out of the ServerHello (RFC 8446, 4.1.3).
  if (higher) SSL_set_max_proto_version(ssl, choice.version.number);
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

  Result<Nothing> prepare() {
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
    return Nothing{};
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
    const tls::wire::ClientHello hello = received_hello(ssl);
    const ClientOffer offer = read_offer(hello);
    if (!facts.offer) facts.offer = hello;  // what comes after a HelloRetryRequest offers less
    facts.server_name = offer.server_name;
    const ServedContext& served = choose_context(offer.server_name);
    facts.context = served.context.subject;
    if (SSL_client_hello_isv2(ssl) == 1 && served.behaviour.library == Library::Go)
      return refuse(hello_of_ssl2(), facts, alert);
    const ServedIdentity& identity = identity_for(served, hello, offer);
    const Negotiated negotiated = negotiate(hello, served.context, served.behaviour, identity.certificate.key);
    if (negotiated.refusal) return refuse(*negotiated.refusal, facts, alert);
    if (SSL_get_SSL_CTX(ssl) != identity.ssl.get()) SSL_set_SSL_CTX(ssl, identity.ssl.get());
    adopt_context(served, ssl);
    narrow_version(ssl, *negotiated.choice, offer, served.context);
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

  static Refusal hello_of_ssl2() {
    return {{tls::wire::Alert::kFatal, SSL_AD_PROTOCOL_VERSION},
            "the client's hello has the shape of SSL 2.0",
            "tls: unsupported SSLv2 handshake received"};
  }

  static const ServedIdentity& identity_for(const ServedContext& served, const tls::wire::ClientHello& hello,
                                            const ClientOffer& offer) {
    std::vector<const tls::CertificateFacts*> certificates;
    for (const ServedIdentity& identity : served.identities) certificates.push_back(&identity.certificate);
    return served.identities[choose_identity(certificates, hello, offer, served.context, served.behaviour)];
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
  if (facts.resumed && facts.client_certificate && served_by(tls).verifies_clients())
    facts.client_verified = SSL_get_verify_result(tls) == X509_V_OK;
}

}  // namespace tlsward::serve
