#include "net/handshake_watcher.h"

#include <utility>

#include "tls/wire/extension.h"

namespace tlsward::net {

namespace extension = tls::wire::extension;
namespace handshake = tls::wire::handshake;
using tls::wire::Bytes;
using tls::wire::View;

void HandshakeWatcher::watch(SSL* ssl) {
  SSL_set_msg_callback(ssl, report);
  SSL_set_msg_callback_arg(ssl, this);
}

void HandshakeWatcher::report(int write, int, int type, const void* bytes, size_t size, SSL*, void* watcher) {
  constexpr std::size_t kHeader = 4;
  const View view(static_cast<const std::uint8_t*>(bytes), size);
  auto& self = *static_cast<HandshakeWatcher*>(watcher);
  if (write != 0) {
    self.has_begun_ = self.has_begun_ || type == SSL3_RT_HANDSHAKE;
    return;
  }
  if (type == SSL3_RT_ALERT) return self.alert(view);
  if (type == SSL3_RT_HANDSHAKE && size >= kHeader) self.message(view.front(), view.subspan(kHeader));
}

/// Keeps the first fatal one; of warnings the last, but not the close_notify that ends a finished connection.
void HandshakeWatcher::alert(View bytes) {
  constexpr std::uint8_t kCloseNotify = 0;
  heard_after_ = true;
  const std::optional<tls::wire::Alert> alert = tls::wire::parse_alert(bytes);
  if (!alert || (told_.alert && told_.alert->level == tls::wire::Alert::kFatal)) return;
  if (told_.finished && alert->description == kCloseNotify) return;
  told_.alert = alert;
}

void HandshakeWatcher::message(std::uint8_t type, View body) {
  switch (type) {
    case handshake::kServerHello:
      return hello(body);
    case handshake::kCertificate:
      return certificate(body);
    case handshake::kCertificateStatus:
      told_.ocsp_response = tls::wire::parse_certificate_status(body).value_or(Bytes{});
      return;
    case handshake::kServerKeyExchange:
      if (const auto exchange = tls::wire::parse_server_key_exchange(body, told_.suite, told_.version)) {
        told_.group = exchange->group;
        told_.signature = exchange->signature;
      }
      return;
    case handshake::kCertificateRequest:
      told_.certificate_requested = true;
      if (auto request = tls::wire::parse_certificate_request(body, told_.version)) {
        told_.authorities = std::move(request->authorities);
      }
      return;
    case handshake::kCertificateVerify:
      told_.signature = tls::SignatureScheme{tls::wire::Reader(body).u16()};
      return;
    case handshake::kNewSessionTicket:
      return ticket(body);
    default:
      return;
  }
}

void HandshakeWatcher::hello(View body) {
  const auto hello = tls::wire::parse_server_hello(body);
  if (!hello) return;
  told_.version = hello->version();
  told_.suite = hello->suite;
  told_.group = hello->group();
  told_.compression = hello->compression != 0;
  told_.secure_renegotiation = find(hello->extensions, extension::kRenegotiationInfo).has_value();
  told_.extended_master_secret = find(hello->extensions, extension::kExtendedMasterSecret).has_value();
  told_.encrypt_then_mac = find(hello->extensions, extension::kEncryptThenMac).has_value();
  if (const auto scts = find(hello->extensions, extension::kSignedCertificateTimestamp)) {
    told_.scts.assign(scts->begin(), scts->end());
  }
}

void HandshakeWatcher::certificate(View body) {
  const bool tls13 = tls::wire::encrypts_after_hello(told_.version);
  told_.chain = tls::wire::parse_certificate(body, tls13).value_or(std::vector<Bytes>{});
  const auto extensions = tls13 ? tls::wire::parse_leaf_extensions(body) : std::nullopt;
  if (!extensions) return;
  if (const auto status = find(*extensions, extension::kStatusRequest)) {
    told_.ocsp_response = tls::wire::parse_certificate_status(*status).value_or(Bytes{});
  }
  if (const auto scts = find(*extensions, extension::kSignedCertificateTimestamp)) {
    told_.scts.assign(scts->begin(), scts->end());
  }
}

/// RFC 5077, 3.3 and RFC 8446, 4.6.1: both begin with the lifetime.
void HandshakeWatcher::ticket(View body) {
  heard_after_ = told_.finished;
  tls::wire::Reader in(body);
  const std::uint32_t lifetime = in.u32();
  if (in.ok()) told_.ticket_lifetime = lifetime;
}

}  // namespace tlsward::net
