// What a scan tells of a modern endpoint that is well set up, for tests that then change one thing.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "probe/result.h"

namespace tlsward::tests {

inline const probe::Told kYes{probe::Verdict::Accepted, "seen"};
inline const probe::Told kNo{probe::Verdict::Refused, "alert"};
inline const probe::Told kUnknown{probe::Verdict::Unknown, "no answer in 1.5 s"};

/// 2026-01-01T10:00:00Z.
inline constexpr std::chrono::sys_time<std::chrono::milliseconds> kProbed{std::chrono::milliseconds{1'767'261'600'000}};

inline probe::Enumeration<probe::SeenSuite> suites(std::vector<std::uint16_t> codes) {
  probe::Enumeration<probe::SeenSuite> list;
  for (const std::uint16_t code : codes) list.accepted.push_back({tls::CipherSuite{code}, tls::kX25519, 0, false});
  list.order = probe::Order::Server;
  list.complete = true;
  return list;
}

inline probe::Enumeration<tls::Group> groups(std::vector<tls::Group> accepted) {
  return {std::move(accepted), probe::Order::Server, "asked in two orders", true, ""};
}

/// A chain that a client with the right anchors believes.
inline probe::SeenChain chain(std::string asked_for, std::vector<tls::CertificateFacts> certificates) {
  probe::SeenChain result;
  result.asked_for = std::move(asked_for);
  result.versions = {tls::kTls12, tls::kTls13};
  result.certificates = std::move(certificates);
  for (const tls::CertificateFacts& certificate : result.certificates)
    result.der.emplace_back(certificate.sha256.begin(), certificate.sha256.end());
  result.trusted = result.host_matches = result.ordered = result.complete = result.dates = kYes;
  result.ocsp_stapled = kNo;
  return result;
}

/// api.example:443 at 192.0.2.7: TLS 1.2 and 1.3, AEAD suites with forward secrecy, X25519, HTTP/2.
inline probe::HostResult healthy_endpoint(std::vector<tls::CertificateFacts> certificates) {
  probe::HostResult result;
  result.target = result.host = result.sni = "api.example";
  result.port = 443;
  result.address = "192.0.2.7";
  result.started = kProbed;
  result.milliseconds = 214;
  result.versions = {{tls::kSsl2, kNo},  {tls::kSsl3, kNo},   {tls::kTls10, kNo},
                     {tls::kTls11, kNo}, {tls::kTls12, kYes}, {tls::kTls13, kYes}};
  result.suites = {{tls::kTls12, suites({0xC02F, 0xC030, 0xCCA8})}, {tls::kTls13, suites({0x1301, 0x1302, 0x1303})}};
  result.groups = {{tls::kTls12, groups({tls::kX25519, tls::kP256})},
                   {tls::kTls13, groups({tls::kX25519MlKem768, tls::kX25519, tls::kP256})}};
  result.signatures = {{tls::kTls12, {{{0x0401}, {0x0804}}, probe::Order::Client, "", true, ""}},
                       {tls::kTls13, {{{0x0804}}, probe::Order::Client, "", true, ""}}};
  result.alpn = {{"h2", "http/1.1"}, probe::Order::Server, "", true, ""};
  result.questions = {{probe::Question::ClientCertificateRequested, kNo},
                      {probe::Question::ClientCertificateRequired, kNo},
                      {probe::Question::Compression, kNo},
                      {probe::Question::SecureRenegotiation, kYes}};
  result.chains = {chain("RSA", std::move(certificates))};
  return result;
}

}  // namespace tlsward::tests
