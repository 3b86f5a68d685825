// OpenSSL works on two buffers in memory, so that sockets, deadlines and interrupts stay the business of Stream. What a
// handshake tells is read from its messages (handshake_watcher.h) rather than asked of OpenSSL, which forgets it when
// the handshake fails.
#include "net/tls_engine.h"

#include <openssl/err.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "net/ssl_settings.h"
#include "net/tls_session.h"
#include "pki/openssl_error.h"
#include "tls/wire/extension.h"
#include "tls/wire/flight.h"

namespace tlsward::net {
namespace {

constexpr std::size_t kMaxReply = 4096;
/// Diffie-Hellman in 10,000 bits, the most that OpenSSL takes, keeps it busy for a second; with 4,096 bits for 0.1 s.
/// The groups of RFC 3526 and RFC 7919 have names and are computed with short exponents, so they may be longer.
constexpr int kMaxUnnamedDhBits = 4096;
/// Strong suites first, then those without authentication, then those without encryption.
constexpr char kAllCiphers[] = "ALL:+aNULL:eNULL";
constexpr char kAllTls13Suites[] =
    "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:"
    "TLS_AES_128_CCM_8_SHA256";

/// Certificates are verified elsewhere, and no time is spent on them here.
int accept_certificate(X509_STORE_CTX*, void*) {
  return 1;
}

/// An empty extension in the ClientHello. A server may ask for it in its turn (RFC 8446, 4.2); it gets none.
int add_sct_request(SSL*, unsigned, unsigned context, const unsigned char**, size_t*, X509*, size_t, int*, void*) {
  return (context & SSL_EXT_CLIENT_HELLO) != 0 ? 1 : 0;
}

void ask_for_scts(SSL_CTX* context) {
  constexpr unsigned kWhere = SSL_EXT_CLIENT_HELLO | SSL_EXT_TLS1_2_SERVER_HELLO | SSL_EXT_TLS1_3_CERTIFICATE |
                              SSL_EXT_TLS1_3_CERTIFICATE_REQUEST;
  SSL_CTX_add_custom_ext(context, tls::wire::extension::kSignedCertificateTimestamp, kWhere, add_sct_request, nullptr,
                         nullptr, nullptr, nullptr);
}

}  // namespace

SslContextPtr TlsEngine::make_context() {
  SslContextPtr context(SSL_CTX_new(TLS_client_method()));
  if (!context) return nullptr;
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_security_callback(context.get(), allow);
  SSL_CTX_set_options(context.get(), SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_NO_RENEGOTIATION);
  SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_cipher_list(context.get(), kAllCiphers);
  SSL_CTX_set_ciphersuites(context.get(), kAllTls13Suites);
  SSL_CTX_set_max_cert_list(context.get(), static_cast<long>(tls::wire::FlightLimits{}.message_bytes));
  SSL_CTX_set_cert_verify_callback(context.get(), accept_certificate, nullptr);
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_sess_set_new_cb(context.get(), keep_session);
  ask_for_scts(context.get());
  pki::drop_openssl_errors();
  return context;
}

TlsEngine::TlsEngine(const HandshakeOptions& options) : early_data_(options.early_data) {
  // Making a context takes longer than a handshake without its cryptography, so each thread has one for all.
  static thread_local const SslContextPtr context = make_context();
  pki::drop_openssl_errors();
  if (context) ssl_.reset(SSL_new(context.get()));
  const Result<Nothing> applied = ssl_ ? apply(options, ssl_.get()) : Error{"OpenSSL has no connection to give"};
  if (!applied) {
    told_.not_possible = true;
    told_.problem = applied.error().message;
    ssl_.reset();
    return;
  }
  SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
  SSL_set_connect_state(ssl_.get());
  SSL_set_app_data(ssl_.get(), this);
  watcher_.watch(ssl_.get());
}

TlsEngine::Step TlsEngine::shake_hands() {
  if (!ssl_) return Step::Failed;
  pki::drop_openssl_errors();
  if (!send_early_data(early_data_)) return Step::Failed;
  const Step step = judge(SSL_do_handshake(ssl_.get()));
  if (step == Step::Done) note_finished();
  return step;
}

TlsEngine::Step TlsEngine::listen() {
  pki::drop_openssl_errors();
  std::array<char, kMaxReply> buffer{};
  while (told_.first_reply.size() < kMaxReply) {
    const int got = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(kMaxReply - told_.first_reply.size()));
    if (got > 0) {
      told_.first_reply.append(buffer.data(), static_cast<std::size_t>(got));
      continue;
    }
    if (!told_.first_reply.empty()) break;
    if (SSL_get_error(ssl_.get(), got) != SSL_ERROR_ZERO_RETURN) return judge(got);
    told_.problem = "closed after the handshake";
    return Step::Failed;
  }
  pki::drop_openssl_errors();
  return Step::Done;
}

bool TlsEngine::say(const std::string& text) {
  pki::drop_openssl_errors();
  return SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size())) > 0;
}

void TlsEngine::say_goodbye() {
  // Otherwise OpenSSL takes the connection for broken, and its session for one that must not be resumed.
  SSL_shutdown(ssl_.get());
  pki::drop_openssl_errors();
}

tls::wire::Bytes TlsEngine::take_output() {
  // Where no ClientHello could be written OpenSSL has an alert to send.
  if (!ssl_ || told_.not_possible) return {};
  BIO* out = SSL_get_wbio(ssl_.get());
  tls::wire::Bytes bytes(BIO_ctrl_pending(out));
  if (!bytes.empty()) BIO_read(out, bytes.data(), static_cast<int>(bytes.size()));
  return bytes;
}

void TlsEngine::give_input(tls::wire::View bytes) {
  BIO_write(SSL_get_rbio(ssl_.get()), bytes.data(), static_cast<int>(bytes.size()));
  input_size_ += bytes.size();
}

/// Goes first, and only where the session allows it; what is too much for the session is left out.
bool TlsEngine::send_early_data(const tls::wire::Bytes& data) {
  const SSL_SESSION* session = SSL_get0_session(ssl_.get());
  const std::size_t allowed = session != nullptr ? SSL_SESSION_get_max_early_data(session) : 0;
  const std::size_t size = std::min(data.size(), allowed);
  if (watcher_.has_begun() || size == 0) return true;
  std::size_t written = 0;
  const int returned = SSL_write_early_data(ssl_.get(), data.data(), size, &written);
  early_data_.clear();
  return returned == 1 || judge(returned) == Step::Input;
}

TlsEngine::Step TlsEngine::judge(int returned) {
  if (returned == 1) return Step::Done;
  switch (SSL_get_error(ssl_.get(), returned)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE:
      return Step::Input;
    default:
      note_failure();
      return Step::Failed;
  }
}

void TlsEngine::note_failure() {
  told_.not_possible = !watcher_.has_begun();
  const std::string reason = pki::take_openssl_error();
  if (!refused_.empty()) {
    told_.problem = refused_;
    return;
  }
  told_.problem = told_.alert ? "alert " + tls::wire::name(*told_.alert) : reason;
}

void TlsEngine::note_finished() {
  told_.finished = true;
  const unsigned char* alpn = nullptr;
  unsigned size = 0;
  SSL_get0_alpn_selected(ssl_.get(), &alpn, &size);
  told_.alpn.assign(reinterpret_cast<const char*>(alpn), size);
  told_.resumed = SSL_session_reused(ssl_.get()) == 1;
  told_.early_data_accepted = SSL_get_early_data_status(ssl_.get()) == SSL_EARLY_DATA_ACCEPTED;
  // TLS 1.3 gives its tickets later, to keep_session.
  if (told_.version < tls::kTls13) note_session(SslSessionPtr(SSL_get1_session(ssl_.get())));
}

void TlsEngine::note_session(SslSessionPtr session) {
  if (!session || SSL_SESSION_is_resumable(session.get()) != 1) return;
  told_.session_is_ticket = SSL_SESSION_has_ticket(session.get()) == 1;
  told_.max_early_data = SSL_SESSION_get_max_early_data(session.get());
  told_.session = std::make_shared<const TlsSession>(std::move(session));
}

/// OpenSSL's callback: returning 1 keeps `session`.
int TlsEngine::keep_session(SSL* ssl, SSL_SESSION* session) {
  auto& engine = *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
  if (SSL_version(ssl) < TLS1_3_VERSION) return 0;
  engine.note_session(SslSessionPtr(session));
  return 1;
}

/// OpenSSL's question whether something is secure enough. All is, this is a scanner; but some things take too long.
int TlsEngine::allow(const SSL* ssl, const SSL_CTX*, int what, int, int, void* object, void*) {
  if (what != SSL_SECOP_TMP_DH || object == nullptr || ssl == nullptr) return 1;
  const auto* key = static_cast<const EVP_PKEY*>(object);
  std::array<char, 64> name{};
  const bool named = EVP_PKEY_get_group_name(key, name.data(), name.size(), nullptr) == 1;
  const int bits = EVP_PKEY_get_bits(key);
  if (named || bits <= kMaxUnnamedDhBits) return 1;
  auto& engine = *static_cast<TlsEngine*>(SSL_get_app_data(ssl));
  engine.refused_ = fmt::format("{}-bit Diffie-Hellman without a name takes too long; at most {} bits are computed",
                                bits, kMaxUnnamedDhBits);
  return 0;
}

bool openssl_has(tls::Version version) {
  const SslContextPtr context(SSL_CTX_new(TLS_client_method()));
  const bool has = context && version >= tls::kSsl3 && version <= tls::kTls13 &&
                   SSL_CTX_set_min_proto_version(context.get(), version.number) == 1 &&
                   SSL_CTX_set_max_proto_version(context.get(), version.number) == 1;
  pki::drop_openssl_errors();
  return has;
}

}  // namespace tlsward::net
