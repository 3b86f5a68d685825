// A host whose scan went well, as the tests of merge, diff and resume change it.
#pragma once

#include <chrono>
#include <string>

#include "probe/result.h"

namespace tlsward::probe::testing {

inline constexpr std::chrono::sys_time<std::chrono::milliseconds> kNoon{std::chrono::milliseconds{1'767'268'800'000}};

/// TLS 1.2 and 1.3 with two suites each, one RSA certificate with 60 days left; complete and settled.
inline HostResult sound_host(std::string host = "api.example", std::string address = "192.0.2.7") {
  HostResult result;
  result.target = host;
  result.host = host;
  result.port = 443;
  result.address = std::move(address);
  result.sni = std::move(host);
  result.started = kNoon;
  const Told refused{Verdict::Refused, "alert protocol_version"}, accepted{Verdict::Accepted, "ServerHello"};
  result.versions = {{tls::kSsl3, refused},
                     {tls::kTls10, refused},
                     {tls::kTls11, refused},
                     {tls::kTls12, accepted},
                     {tls::kTls13, accepted}};
  Enumeration<SeenSuite> tls12, tls13;
  tls12.accepted = {{{0xc02f}, tls::kX25519, 0, false}, {{0xc030}, tls::kX25519, 0, false}};
  tls13.accepted = {{{0x1301}, tls::kX25519, 0, false}, {{0x1302}, tls::kX25519, 0, false}};
  tls12.order = tls13.order = Order::Server;
  tls12.complete = tls13.complete = true;
  result.suites = {{tls::kTls12, tls12}, {tls::kTls13, tls13}};
  result.groups[tls::kTls13] = {{tls::kX25519, tls::kP256}, Order::Server, "asked in two orders", true, ""};
  result.alpn = {{"h2", "http/1.1"}, Order::Server, "", true, ""};
  result.questions = {
      {Question::SecureRenegotiation, accepted}, {Question::Compression, refused}, {Question::Heartbeat, refused}};
  SeenChain chain;
  chain.asked_for = "RSA";
  chain.trusted = chain.host_matches = chain.ordered = chain.complete = chain.dates = accepted;
  chain.days_left = 60;
  tls::CertificateFacts leaf;
  leaf.issuer = "CN=Example CA";
  leaf.key = {tls::KeyType::Rsa, 2048, "", "aaaaaaaaaaaa", false};
  leaf.sha256 = "1111";
  chain.certificates = {leaf};
  result.chains = {chain};
  return result;
}

/// The same host where it could not be scanned.
inline HostResult troubled_host(Trouble::Kind kind, std::string message = "", std::string host = "api.example",
                                std::string address = "192.0.2.7") {
  HostResult result;
  result.target = host;
  result.host = host;
  result.port = 443;
  result.address = std::move(address);
  result.sni = std::move(host);
  result.started = kNoon;
  result.trouble = {kind, std::move(message)};
  return result;
}

}  // namespace tlsward::probe::testing
