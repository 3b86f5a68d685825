// A result that uses everything that a result can hold.
#pragma once

#include <chrono>
#include <string>

#include "probe/result.h"

namespace tlsward::report::testing {

inline tls::CertificateFacts full_certificate() {
  tls::CertificateFacts facts;
  facts.subject = "C=US, O=Org, CN=api.example";
  facts.issuer = "CN=CA \u00fc";
  facts.common_name = "api.example";
  facts.serial = "-0a";
  facts.serial_octets = 9;
  facts.version = 1;
  facts.not_before = tls::Time{std::chrono::seconds{-1}};
  facts.not_after = tls::Time{std::chrono::seconds{253'402'300'799}};  // 9999-12-31T23:59:59Z
  facts.key = {tls::KeyType::Ec, 384, "P-384", "aa", false};
  facts.signature_algorithm = "ecdsa-with-SHA384";
  facts.signature_digest = "SHA384";
  facts.has_san = true;
  facts.dns_names = {"api.example", "*.api.example"};
  facts.ip_addresses = {"192.0.2.7"};
  facts.emails = {"a@b.example"};
  facts.uris = {"urn:x"};
  facts.other_names = 2;
  facts.has_eku = true;
  facts.extended_key_usage = {"serverAuth"};
  facts.has_key_usage = true;
  facts.key_usage = {};
  facts.has_basic_constraints = true;
  facts.is_ca = true;
  facts.path_length = 0;
  facts.ca_issuer_urls = {"http://ca.example"};
  facts.ocsp_urls = {"http://ocsp.example"};
  facts.must_staple = true;
  facts.self_issued = true;
  facts.self_signed = true;
  facts.subject_key_id = "01";
  facts.authority_key_id = "02";
  facts.sha256 = "bb";
  return facts;
}

inline probe::SeenChain full_chain() {
  probe::SeenChain chain;
  chain.asked_for = "ECDSA";
  chain.versions = {tls::kTls12, tls::Version{0x7f1c}};
  chain.der = {{0, 1, 2, 255}, {}};
  tls::CertificateFacts unreadable;
  unreadable.version = 3;
  unreadable.sha256 = "cc";
  chain.certificates = {full_certificate(), unreadable};
  chain.trusted = {probe::Verdict::Refused, "self-signed certificate"};
  chain.host_matches = {probe::Verdict::Accepted, "*.api.example"};
  chain.ordered = {probe::Verdict::Accepted, "2 certificates"};
  chain.complete = {probe::Verdict::Unknown, "no trust anchors"};
  chain.extra_anchor = true;
  chain.dates = {probe::Verdict::Accepted, "until 9999"};
  chain.days_left = -3;
  chain.validity_days = 398;
  chain.common_name_only = chain.wildcard = chain.self_signed = chain.extended_validation = true;
  chain.ocsp_stapled = {probe::Verdict::Accepted, "good"};
  chain.scts_in_certificate = 1;
  chain.scts_in_extension = 2;
  chain.scts_in_ocsp = 3;
  chain.tyk_id = "dd";
  return chain;
}

/// A result with another value than the default in every field.
inline probe::HostResult full_result() {
  probe::HostResult result;
  result.target = "https://api.example/v1";
  result.host = "api.example";
  result.port = 8443;
  result.address = "2001:db8::1";
  result.sni = "sni.example";
  result.starttls = "smtp";
  result.started = std::chrono::sys_time<std::chrono::milliseconds>{std::chrono::milliseconds{1'767'323'045'678}};
  result.milliseconds = 214;
  result.connections = 47;
  result.trouble = {probe::Trouble::Kind::NotTls, "plain HTTP: \"400\""};
  result.service = {"SMTP", net::StartTls::Smtp, "220 mail.example"};
  result.notes = {"needs SNI", ""};
  result.needs_sni = result.rate_limited = result.serial = true;
  const probe::Told yes{probe::Verdict::Accepted, "ServerHello"}, no{probe::Verdict::Refused, "alert \"x\""},
      what{probe::Verdict::Unknown, ""};
  result.versions = {{tls::kSsl2, no}, {tls::kTls12, yes}, {tls::kTls13, what}, {tls::Version{0x7f1c}, yes}};
  result.sslv2_ciphers = {{0x010080}, {0x999999}};
  probe::Enumeration<probe::SeenSuite> suites{{{{0xc02f}, tls::kX25519, 0, false},
                                               {{0x009e}, {}, 2048, false},
                                               {{0x1301}, tls::Group{0}, 0, true},
                                               {{0xfefe}, {}, 0, false}},
                                              probe::Order::Server,
                                              "asked in two orders",
                                              true,
                                              ""};
  result.suites = {{tls::kTls12, suites}, {tls::kSsl3, {{}, probe::Order::Unknown, "", false, "rate-limited"}}};
  result.groups = {{tls::kTls13, {{tls::kX25519MlKem768, {0x11ff}}, probe::Order::Client, "y", true, ""}}};
  result.signatures = {{tls::kTls12, {{{0x0804}, {0x08ff}}, probe::Order::Unknown, "", true, ""}}};
  result.primes = {{2048, "ffdhe2048", true, true, "ee"}};
  result.alpn = {{"h2", "\u00fc"}, probe::Order::Server, "z", true, ""};
  result.npn = {"spdy/3"};
  for (const probe::QuestionFacts& row : probe::questions())
    result.questions[row.question] = {probe::Verdict::Accepted, std::string(row.id)};
  result.heartbleed = {{tls::kTls10, no}, {tls::kTls12, yes}};
  result.chains = {full_chain(), probe::SeenChain{}};
  result.no_chain = "this OpenSSL cannot";
  result.client_cas = {"CN=Clients"};
  result.ticket_lifetime_seconds = 0;
  result.max_early_data_bytes = 4'294'967'295;
  result.clock_skew_seconds = -7;
  Finding finding;
  finding.rule = "tls/weak-cipher";
  finding.severity = Severity::Error;
  finding.confidence = Confidence::Low;
  finding.place = Endpoint{"api.example:8443", "2001:db8::1", "2026-01-02T03:04:05Z", 214, "certificate chain (RSA)"};
  finding.subject = "api.example:8443";
  finding.message = "accepts TLS_RSA_WITH_RC4_128_SHA";
  finding.notes = {"seen: ServerHello"};
  result.findings = {finding};
  return result;
}

}  // namespace tlsward::report::testing
