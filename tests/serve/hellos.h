// ClientHellos from plans, and what is answered to them, as texts that can be compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "serve/tls/negotiation.h"
#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/signature_scheme.h"
#include "tls/version.h"
#include "tls/wire/client_hello.h"

namespace tlsward::tests {

/// What a client offers. Empty: without the extension.
struct HelloPlan {
  std::vector<tls::Version> versions = {tls::kTls13, tls::kTls12};  // supported_versions
  tls::Version legacy_version = tls::kTls12;
  std::vector<tls::CipherSuite> suites = {{0x1301}, {0x1302}, {0x1303}, {0xc02f}, {0xc02b}};
  std::vector<tls::Group> groups = {tls::kX25519, tls::kP256, tls::kP384, tls::kP521};
  std::vector<tls::Group> shares = {tls::kX25519};
  bool key_share = true;  // false: without the extension, which may also be an empty list
  std::vector<std::string> alpn = {};
  std::vector<tls::SignatureScheme> signatures = {{0x0403}, {0x0804}, {0x0401}, {0x0805}, {0x0501}};
  std::string server_name = {};
};
tls::wire::ClientHello make_hello(const HelloPlan& plan);
/// All of the plan in one line, for INFO.
std::string plan_text(const HelloPlan& plan);

/// "TLS 1.2, TLS_…, P-256, h2", "TLS 1.3, TLS_…, X25519 after a retry", "alert 40". Of TLS 1.3 without the protocol of
/// ALPN, which is encrypted.
std::string choice_text(const serve::Negotiated& negotiated);
/// The same of the server that listens at 127.0.0.1:`port`; "closed" where it answers nothing.
std::string answer_text(std::uint16_t port, const tls::wire::ClientHello& hello);

}  // namespace tlsward::tests
