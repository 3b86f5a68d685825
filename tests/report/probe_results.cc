// Literal results: nothing here is computed but the facts of the certificates, which are read from their bytes.
#include "tests/report/probe_results.h"

#include <array>
#include <stdexcept>
#include <string>
#include <string_view>

#include "pki/base64.h"
#include "pki/x509.h"
#include "probe/observed_context.h"

namespace tlsward::tests {
namespace {

using probe::Question;
using probe::Told;
using probe::Verdict;

// CN=api.example, valid from June to August 2026, for a P-256 key.
constexpr std::string_view kLeaf =
    "MIIB7TCCAZKgAwIBAgIGChssPU5hMAoGCCqGSM49BAMCMC8xGzAZBgNVBAMMEkV4YW1wbGUgSXNzdWluZyBDQTEQMA4GA1UECgwHRXhhbXBs"
    "ZTAeFw0yNjA2MDEwMDAwMDBaFw0yNjA5MDEwMDAwMDBaMCgxFDASBgNVBAMMC2FwaS5leGFtcGxlMRAwDgYDVQQKDAdFeGFtcGxlMFkwEwYH"
    "KoZIzj0CAQYIKoZIzj0DAQcDQgAEyPZnvYZNqML6uvgKrY7uuKzEZEEw8bEcamzUapsXV0F6PbUsJ5SJZvFufj5bv1PI0IWjTpjKO2T49TVq"
    "HY5DwaOBoDCBnTAJBgNVHRMEAjAAMA4GA1UdDwEB/wQEAwIHgDATBgNVHSUEDDAKBggrBgEFBQcDATArBgNVHREEJDAiggthcGkuZXhhbXBs"
    "ZYINKi5hcGkuZXhhbXBsZYcEwAACCjAdBgNVHQ4EFgQUAezoLStGmx79lLpaWA462vI1El8wHwYDVR0jBBgwFoAU/W8Clqig6qRFptoMppwK"
    "/bVSGq4wCgYIKoZIzj0EAwIDSQAwRgIhAI6CercIoI30njzqP+tU6eaB2ErRuIiL2DFsv3vt84AmAiEA52yqJOkmGh4mp1C+wcd4Nwal9IEX"
    "pkq0z/cRt9a3uAM=";
constexpr std::string_view kIssuer =
    "MIIBsjCCAVigAwIBAgIGChssPU5gMAoGCCqGSM49BAMCMCkxFTATBgNVBAMMDEV4YW1wbGUgUm9vdDEQMA4GA1UECgwHRXhhbXBsZTAeFw0y"
    "NjAxMDEwMDAwMDBaFw0zMTAxMDEwMDAwMDBaMC8xGzAZBgNVBAMMEkV4YW1wbGUgSXNzdWluZyBDQTEQMA4GA1UECgwHRXhhbXBsZTBZMBMG"
    "ByqGSM49AgEGCCqGSM49AwEHA0IABPtZ9M/k5ZHe1ZFqzNrJoySGIew69e9FioT1SyMURBY70OcnJwGsUv/O5B+fYlllPOb5f1Cbq8scPz2w"
    "bIqEx2qjZjBkMBIGA1UdEwEB/wQIMAYBAf8CAQAwDgYDVR0PAQH/BAQDAgEGMB0GA1UdDgQWBBT9bwKWqKDqpEWm2gymnAr9tVIarjAfBgNV"
    "HSMEGDAWgBQGt/OvraKhXQG4SisdDbCSQ4hVejAKBggqhkjOPQQDAgNIADBFAiBOUGVGWFk6kW4fbXpbbJfrOGfFDypGNaOnTPWRoMacfQIh"
    "AJrtOx7UjqrbrMMb67sEglLdxOVUzl40BSp0OwpkhPup";
// Self-signed with SHA-1 for a 1024-bit RSA key, ended in 2020, with an escape sequence and markup in its name.
constexpr std::string_view kWeak =
    "MIIB5DCCAU0CBgobLD1OYjANBgkqhkiG9w0BAQUFADA4MR4wHAYDVQQDDBVvbGQbWzMxbTxzY3JpcHQ+XV0+fGAxFjAUBgNVBAoMDUxlZ2Fj"
    "eSwgIkluYyIwHhcNMTUwMTAxMDAwMDAwWhcNMjAwMTAxMDAwMDAwWjA4MR4wHAYDVQQDDBVvbGQbWzMxbTxzY3JpcHQ+XV0+fGAxFjAUBgNV"
    "BAoMDUxlZ2FjeSwgIkluYyIwgZ8wDQYJKoZIhvcNAQEBBQADgY0AMIGJAoGBAK845b2DOPIs7XnPAJQykbvIwdr9O9h73L//MrSF6pFPkTwr"
    "LazgGQtDGM7K/Ez1x1lsizIuz763Ist35qhKxj+VVn4nAsBFOIzKsph4nSAHtX3/FtaLxl1FWheb+dpiUijyCDdqAQOAVA1Fn66VHjpNGWwE"
    "BgHahn36bSz6PvwdAgMBAAEwDQYJKoZIhvcNAQEFBQADgYEAhkVcvb6fqTn7r/dSc8Yl3a0vmH6C38Kyetap1zsINNrvTZ+SkY8EM1lnUQem"
    "h83miFWprBoA0EapFcT/DS4gYsU52DUmQtnNi8SfqJwEQEKpo0rg35TUi2dSbNe6Bp65BxXUvL/Gvvy3fCGHgofRAYqAT3rSod8vXkuSYN/V"
    "2cA=";

tls::wire::Bytes der(std::string_view base64) {
  const auto bytes = pki::decode_base64(base64, 1);
  if (!bytes) throw std::runtime_error(bytes.error().message);
  return {bytes->span().begin(), bytes->span().end()};
}

void add_certificate(probe::SeenChain& chain, std::string_view base64) {
  chain.der.push_back(der(base64));
  const auto read = pki::read_certificate(chain.der.back());
  if (!read) throw std::runtime_error(read.error().message);
  chain.certificates.push_back(read->facts);
}

std::chrono::sys_time<std::chrono::milliseconds> at(int milliseconds) {
  using namespace std::chrono;
  return sys_days{July / 1 / 2026} + hours(12) + std::chrono::milliseconds(milliseconds);
}

Told yes(std::string evidence = {}) {
  return {Verdict::Accepted, std::move(evidence)};
}
Told no(std::string evidence = {}) {
  return {Verdict::Refused, std::move(evidence)};
}
Told unknown(std::string evidence = {}) {
  return {Verdict::Unknown, std::move(evidence)};
}

Finding finding(const probe::HostResult& host, std::string_view rule, Severity severity, std::string message) {
  Finding result;
  result.rule = rule;
  result.severity = severity;
  result.place = probe::observed_place(host);
  result.subject = probe::endpoint_text(host);
  result.message = std::move(message);
  return result;
}

probe::SeenSuite seen(std::uint16_t code, std::optional<tls::Group> group = {}, int dh_bits = 0) {
  return {tls::CipherSuite{code}, group, dh_bits, false};
}

probe::HostResult good() {
  probe::HostResult result;
  result.target = "api.example:8443";
  result.host = "api.example";
  result.port = 8443;
  result.address = "192.0.2.10";
  result.sni = "api.example";
  result.started = at(5);
  result.milliseconds = 412;
  result.connections = 41;
  result.versions = {{tls::kSsl2, no("closed without an answer")}, {tls::kSsl3, no("alert protocol_version")},
                     {tls::kTls10, no("alert protocol_version")},  {tls::kTls11, no("alert protocol_version")},
                     {tls::kTls12, yes("ServerHello, 0xc02b")},    {tls::kTls13, yes("ServerHello, 0x1301")}};
  result.suites[tls::kTls12] = {{seen(0xc02b, tls::kX25519), seen(0xcca9, tls::kX25519), seen(0x009e, {}, 2048)},
                                probe::Order::Server,
                                "asked in two orders, 0xc02b both times",
                                true,
                                {}};
  result.suites[tls::kTls13] = {
      {seen(0x1301, tls::kX25519MlKem768), seen(0x1302, tls::kP256), seen(0x1303, tls::Group{256})},
      probe::Order::Client,
      "the first of the list each time",
      true,
      {}};
  result.groups[tls::kTls12] = {{tls::kX25519, tls::kP256}, probe::Order::Server, "asked in two orders", true, {}};
  result.groups[tls::kTls13] = {{tls::kX25519MlKem768, tls::kX25519, tls::kP256, tls::Group{256}},
                                probe::Order::Server,
                                "HelloRetryRequest",
                                true,
                                {}};
  result.signatures[tls::kTls12] = {{tls::SignatureScheme{0x0203}, tls::SignatureScheme{0x0403}}, {}, {}, true, {}};
  result.signatures[tls::kTls13] = {{tls::SignatureScheme{0x0403}}, {}, {}, true, {}};
  result.primes = {{2048, "ffdhe2048", true, true, "0a1b2c3d"}};
  result.alpn = {{"h2", "http/1.1"}, probe::Order::Server, "h2 both times", true, {}};
  result.questions = {{Question::FallbackScsv, yes("alert inappropriate_fallback")},
                      {Question::SecureRenegotiation, yes("renegotiation_info in the ServerHello")},
                      {Question::Compression, no("null chosen")},
                      {Question::Heartbeat, no("no extension in the ServerHello")},
                      {Question::Heartbleed, no("no heartbeat extension")},
                      {Question::ExtendedMasterSecret, yes("extension in the ServerHello")},
                      {Question::EarlyData, yes("max_early_data_size in a ticket")},
                      {Question::ClientCertificateRequested, no("no CertificateRequest")},
                      {Question::PostQuantumGroups, yes("X25519MLKEM768")}};
  result.heartbleed = {{tls::kTls12, no("no heartbeat extension")}, {tls::kTls13, no("no heartbeat extension")}};
  result.ticket_lifetime_seconds = 7200;
  result.max_early_data_bytes = 16384;
  result.clock_skew_seconds = -2;

  probe::SeenChain chain;
  chain.asked_for = "ECDSA";
  chain.versions = {tls::kTls12, tls::kTls13};
  add_certificate(chain, kLeaf);
  add_certificate(chain, kIssuer);
  chain.trusted = yes("3 certificates to CN=Example Root");
  chain.host_matches = yes("DNS:api.example");
  chain.ordered = yes();
  chain.complete = yes();
  chain.dates = yes("until 2026-09-01");
  chain.days_left = 61;
  chain.validity_days = 92;
  chain.wildcard = true;
  chain.ocsp_stapled = yes("good, until 2026-07-08");
  chain.scts_in_certificate = 2;
  chain.scts_in_extension = 1;
  chain.tyk_id = chain.certificates.front().sha256;
  result.chains = {chain};
  return result;
}

probe::HostResult weak() {
  probe::HostResult result;
  result.target = "https://[2001:db8::1]";
  result.host = "2001:db8::1";
  result.port = 443;
  result.address = "2001:db8::1";
  result.starttls = "smtp";
  result.started = at(1250);
  result.milliseconds = 2000;
  result.connections = 1;
  result.notes = {"one connection at a time"};
  result.serial = true;
  result.versions = {{tls::kSsl2, yes("SERVER-HELLO")},
                     {tls::kSsl3, yes("ServerHello, 0x0005")},
                     {tls::kTls10, yes("ServerHello, 0x0005")},
                     {tls::kTls11, no("ServerHello, TLS 1.0")},
                     {tls::kTls12, no("ServerHello, TLS 1.0")},
                     {tls::kTls13, no("ServerHello, TLS 1.0")},
                     {tls::Version{0x7f1c}, yes("HelloRetryRequest")}};
  result.sslv2_ciphers = {{0x010080}, {0x020080}, {0x060040}};
  result.suites[tls::kSsl3] = {{seen(0x0005)}, probe::Order::Server, "one suite", true, {}};
  result.suites[tls::kTls10] = {{seen(0x0005), seen(0x000a), seen(0x0033, {}, 1024), seen(0x0014, {}, 512),
                                 seen(0x0002), seen(0xc016, tls::kP256), seen(0x4a4b)},
                                probe::Order::Server,
                                "asked in two orders",
                                true,
                                {}};
  result.groups[tls::kTls10] = {{tls::kP256, tls::Group{0x4242}}, probe::Order::Client, {}, true, {}};
  result.primes = {{1024, "Apache 2.2 1024", true, true, "1111aaaa"}, {512, "", false, false, "2222bbbb"}};
  result.npn = {"spdy/3", "=cmd|' /C calc'!A0"};
  result.alpn.complete = true;
  result.questions = {{Question::FallbackScsv, no("ServerHello, TLS 1.0")},
                      {Question::SecureRenegotiation, no("no renegotiation_info")},
                      {Question::Compression, yes("DEFLATE chosen")},
                      {Question::Heartbeat, yes("extension in the ServerHello")},
                      {Question::Heartbleed, yes("16381 bytes came back")},
                      {Question::ClientCertificateRequested, yes("CertificateRequest")},
                      {Question::ClientCertificateRequired, unknown("no answer in 1.5 s, twice")},
                      {Question::PostQuantumGroups, no()}};
  result.heartbleed = {{tls::kTls10, yes("16381 bytes came back")}, {tls::kSsl3, unknown("reset")}};
  result.client_cas = {"O=Legacy, CN=Clients \x1b[2J", "-CN=@all"};

  probe::SeenChain chain;
  chain.asked_for = "RSA";
  chain.versions = {tls::kTls10};
  add_certificate(chain, kWeak);
  chain.trusted = no("self-signed certificate");
  chain.host_matches = no("the certificate has no name that could match");
  chain.ordered = yes();
  chain.complete = unknown("no trust anchors");
  chain.dates = no("ended on 2020-01-01");
  chain.days_left = -2373;
  chain.validity_days = 1826;
  chain.common_name_only = chain.self_signed = true;
  chain.ocsp_stapled = no();
  chain.tyk_id = chain.certificates.front().sha256;
  result.chains = {chain};

  result.findings.push_back(finding(result, "test/expired", Severity::Error,
                                    "certificate \"old\x1b[31m<script>]]>|`\" ended on 2020-01-01, 2373 days ago"));
  std::get<Endpoint>(result.findings.back().place).part = "certificate chain (RSA)";
  result.findings.push_back(finding(result, "test/obsolete-version", Severity::Warning,
                                    "accepts SSL 2.0, SSL 3.0 and TLS 1.0; the floor is TLS 1.2"));
  result.findings.back().notes = {"100% of clients, all of them: speak more"};
  result.findings.push_back(finding(result, "test/unknown-rule", Severity::Info, "0x4a4b is no suite that IANA lists"));
  result.findings.back().confidence = Confidence::Medium;
  return result;
}

probe::HostResult not_tls() {
  probe::HostResult result;
  result.target = "shell.example:22";
  result.host = "shell.example";
  result.port = 22;
  result.address = "192.0.2.22";
  result.sni = "shell.example";
  result.started = at(30);
  result.milliseconds = 12;
  result.connections = 2;
  result.trouble = {probe::Trouble::Kind::NotTls, "not TLS: SSH"};
  result.service = {"SSH", net::StartTls::None, "SSH-2.0-OpenSSH_9.2"};
  return result;
}

probe::HostResult rate_limited() {
  probe::HostResult result;
  result.target = "slow.example";
  result.host = "slow.example";
  result.port = 443;
  result.address = "192.0.2.30";
  result.sni = "slow.example";
  result.started = at(40);
  result.milliseconds = 10000;
  result.connections = 50;
  result.notes = {"rate-limited to about 5 connections a second", "needs SNI"};
  result.needs_sni = result.rate_limited = true;
  result.versions = {{tls::kSsl3, unknown("no answer in 1.5 s, twice")},
                     {tls::kTls12, yes("ServerHello, 0xc02f")},
                     {tls::kTls13, unknown("reset, 3 times")}};
  result.suites[tls::kTls12] = {{seen(0xc02f, tls::kX25519)},
                                probe::Order::Unknown,
                                {},
                                false,
                                "2 of 4 chunks were not answered before the deadline"};
  result.suites[tls::kTls12].accepted.front().retry_only = false;
  result.suites[tls::kTls13] = {{seen(0x1301)}, probe::Order::Unknown, {}, false, {}};
  result.suites[tls::kTls13].accepted.front().retry_only = true;
  result.groups[tls::kTls12] = {{}, probe::Order::Unknown, {}, false, "not asked before the deadline"};
  result.alpn.gap = "no answer";
  result.questions = {{Question::FallbackScsv, unknown("reset")}, {Question::Compression, no("null chosen")}};
  result.no_chain = "the connections were reset before the Certificate message";
  result.findings.push_back(finding(result, "test/obsolete-version", Severity::Warning, "TLS 1.3 could not be seen"));
  return result;
}

probe::HostResult interrupted() {
  probe::HostResult result;
  result.target = "192.0.2.40";
  result.host = "192.0.2.40";
  result.port = 443;
  result.address = "192.0.2.40";
  result.started = at(50);
  result.milliseconds = 99;
  result.connections = 6;
  result.trouble = {probe::Trouble::Kind::Interrupted, "interrupted after 99 ms"};
  result.versions = {{tls::kTls12, yes("ServerHello, 0xc02f")}, {tls::kTls13, unknown("interrupted")}};
  result.suites[tls::kTls12] = {{seen(0xc02f, tls::kP256)}, probe::Order::Unknown, {}, false, "interrupted"};
  return result;
}

probe::HostResult unresolved() {
  probe::HostResult result;
  result.target = "no\x07such.example";
  result.host = "no\x07such.example";
  result.port = 443;
  result.started = at(60);
  result.trouble = {probe::Trouble::Kind::Unresolved, "no such name"};
  return result;
}

const lint::Rule& expired() {
  static const lint::Rule kRule{.id = "test/expired",
                                .summary = "a certificate has ended",
                                .why = "No client that checks dates connects.",
                                .cites = {{"RFC 5280", "4.1.2.5", "https://www.rfc-editor.org/rfc/rfc5280"}},
                                .severity = Severity::Error,
                                .bad = {},
                                .good = {},
                                .check = {}};
  return kRule;
}

const lint::Rule& obsolete_version() {
  static const lint::Rule kRule{.id = "test/obsolete-version",
                                .summary = "minimum TLS version is below 1.2",
                                .why = "Older versions have known weaknesses.",
                                .cites = {{"RFC 8996", "4, 5", "https://www.rfc-editor.org/rfc/rfc8996"}},
                                .severity = Severity::Warning,
                                .fix = "unsafe: raise the minimum",
                                .bad = {},
                                .good = {},
                                .check = {}};
  return kRule;
}

}  // namespace

std::vector<probe::HostResult> fixed_probe_results() {
  return {good(), weak(), not_tls(), rate_limited(), interrupted(), unresolved()};
}

std::span<const lint::Rule* const> fixed_probe_rules() {
  static const std::array<const lint::Rule*, 2> kRules = {&expired(), &obsolete_version()};
  return kRules;
}

}  // namespace tlsward::tests
