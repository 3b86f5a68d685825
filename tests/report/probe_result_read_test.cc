// A result goes through its JSON and comes back the same, field by field.
#include "report/probe_result_read.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "report/probe_json.h"
#include "tests/catch.h"
#include "tests/report/full_result.h"

namespace tlsward::report {
namespace {

using probe::HostResult;
using probe::Verdict;
using testing::full_result;

// Structured bindings name every member: a member that is added to one of these types stops the compiler here, and then
// has to be written, read and compared.

bool same(const auto& a, const auto& b) {
  return a == b;
}

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b);
template <class Key, class T>
bool same(const std::map<Key, T>& a, const std::map<Key, T>& b);

bool same(const probe::SeenSuite& a, const probe::SeenSuite& b) {
  const auto& [suite, group, dh_bits, retry_only] = a;
  return std::tie(suite, group, dh_bits, retry_only) == std::tie(b.suite, b.group, b.dh_bits, b.retry_only);
}

bool same(const probe::SeenPrime& a, const probe::SeenPrime& b) {
  const auto& [bits, name, shared, safe, sha256] = a;
  return std::tie(bits, name, shared, safe, sha256) == std::tie(b.bits, b.name, b.shared, b.safe, b.sha256);
}

bool same(const probe::Trouble& a, const probe::Trouble& b) {
  const auto& [kind, message] = a;
  return std::tie(kind, message) == std::tie(b.kind, b.message);
}

bool same(const net::Service& a, const net::Service& b) {
  const auto& [name, starttls, banner] = a;
  return std::tie(name, starttls, banner) == std::tie(b.name, b.starttls, b.banner);
}

template <class T>
bool same(const probe::Enumeration<T>& a, const probe::Enumeration<T>& b) {
  const auto& [accepted, order, order_evidence, complete, gap] = a;
  return same(accepted, b.accepted) &&
         std::tie(order, order_evidence, complete, gap) == std::tie(b.order, b.order_evidence, b.complete, b.gap);
}

bool same(const tls::CertificateFacts& a, const tls::CertificateFacts& b) {
  const auto& [subject, issuer, common_name, serial, serial_octets, version, not_before, not_after, key, algorithm,
               digest, has_san, dns, ip, emails, uris, other_names, has_eku, eku, has_ku, ku, has_basic, is_ca, path,
               ca_issuers, ocsp, must_staple, self_issued, self_signed, subject_id, authority_id, sha256] = a;
  return std::tie(subject, issuer, common_name, serial, serial_octets, version, not_before, not_after, key, algorithm,
                  digest, has_san, dns, ip, emails, uris, other_names, has_eku, eku, has_ku, ku, has_basic, is_ca, path,
                  ca_issuers, ocsp, must_staple, self_issued, self_signed, subject_id, authority_id, sha256) ==
         std::tie(b.subject, b.issuer, b.common_name, b.serial, b.serial_octets, b.version, b.not_before, b.not_after,
                  b.key, b.signature_algorithm, b.signature_digest, b.has_san, b.dns_names, b.ip_addresses, b.emails,
                  b.uris, b.other_names, b.has_eku, b.extended_key_usage, b.has_key_usage, b.key_usage,
                  b.has_basic_constraints, b.is_ca, b.path_length, b.ca_issuer_urls, b.ocsp_urls, b.must_staple,
                  b.self_issued, b.self_signed, b.subject_key_id, b.authority_key_id, b.sha256);
}

bool same(const probe::SeenChain& a, const probe::SeenChain& b) {
  const auto& [asked_for, versions, der, certificates, trusted, host_matches, ordered, complete, extra_anchor, dates,
               days_left, validity_days, common_name_only, wildcard, self_signed, ev, ocsp, in_certificate,
               in_extension, in_ocsp, tyk_id] = a;
  return same(certificates, b.certificates) &&
         std::tie(asked_for, versions, der, trusted, host_matches, ordered, complete, extra_anchor, dates, days_left,
                  validity_days, common_name_only, wildcard, self_signed, ev, ocsp, in_certificate, in_extension,
                  in_ocsp, tyk_id) == std::tie(b.asked_for, b.versions, b.der, b.trusted, b.host_matches, b.ordered,
                                               b.complete, b.extra_anchor, b.dates, b.days_left, b.validity_days,
                                               b.common_name_only, b.wildcard, b.self_signed, b.extended_validation,
                                               b.ocsp_stapled, b.scts_in_certificate, b.scts_in_extension,
                                               b.scts_in_ocsp, b.tyk_id);
}

/// Label, related places, fix, suppression and baseline belong to lint, and are not there where a host was probed.
bool same(const Finding& a, const Finding& b) {
  const auto& [rule, severity, confidence, place, label, subject, value, message, related, notes, fix, suppressed,
               baseline] = a;
  return label.empty() && related.empty() && !fix && !suppressed && !baseline &&
         std::get<Endpoint>(place) == std::get<Endpoint>(b.place) &&
         std::tie(rule, severity, confidence, subject, value, message, notes) ==
             std::tie(b.rule, b.severity, b.confidence, b.subject, b.value, b.message, b.notes);
}

template <class T>
bool same(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const T& x, const T& y) { return same(x, y); });
}

template <class Key, class T>
bool same(const std::map<Key, T>& a, const std::map<Key, T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const auto& x, const auto& y) { return x.first == y.first && same(x.second, y.second); });
}

void check_same(const HostResult& a, const HostResult& b) {
  const auto& [target, host, port, address, sni, starttls, started, milliseconds, connections, trouble, service, notes,
               needs_sni, rate_limited, serial, versions, sslv2, suites, groups, signatures, primes, alpn, npn,
               questions, heartbleed, chains, no_chain, client_cas, ticket_lifetime, early_data, skew, findings] = a;
  CHECK(target == b.target);
  CHECK(host == b.host);
  CHECK(port == b.port);
  CHECK(address == b.address);
  CHECK(sni == b.sni);
  CHECK(starttls == b.starttls);
  CHECK(started == b.started);
  CHECK(milliseconds == b.milliseconds);
  CHECK(connections == b.connections);
  CHECK(same(trouble, b.trouble));
  CHECK(same(service, b.service));
  CHECK(notes == b.notes);
  CHECK(needs_sni == b.needs_sni);
  CHECK(rate_limited == b.rate_limited);
  CHECK(serial == b.serial);
  CHECK(versions == b.versions);
  CHECK(sslv2 == b.sslv2_ciphers);
  CHECK(same(suites, b.suites));
  CHECK(same(groups, b.groups));
  CHECK(same(signatures, b.signatures));
  CHECK(same(primes, b.primes));
  CHECK(same(alpn, b.alpn));
  CHECK(npn == b.npn);
  CHECK(questions == b.questions);
  CHECK(heartbleed == b.heartbleed);
  CHECK(same(chains, b.chains));
  CHECK(no_chain == b.no_chain);
  CHECK(client_cas == b.client_cas);
  CHECK(ticket_lifetime == b.ticket_lifetime_seconds);
  CHECK(early_data == b.max_early_data_bytes);
  CHECK(skew == b.clock_skew_seconds);
  CHECK(same(findings, b.findings));
}

std::string text_of(const HostResult& result) {
  return probe_result_json(result, {}).dump();
}

HostResult read(const std::string& text, RuleIds& rules) {
  const auto result = read_probe_result(text, rules);
  if (!result) FAIL(result.error().message);
  return *result;
}

std::string error(const std::string& text) {
  RuleIds rules;
  const auto result = read_probe_result(text, rules);
  INFO(text);
  REQUIRE_FALSE(result);
  return result.error().message;
}

/// The least that is a result, with `more` fields.
std::string least(const std::string& more) {
  return R"({"host": "a", "port": 1)" + (more.empty() ? "" : ", " + more) + "}";
}

TEST_CASE("probe JSON: a result with every field set comes back the same") {
  RuleIds rules;
  check_same(full_result(), read(text_of(full_result()), rules));
}

TEST_CASE("probe JSON: a result with as little as possible comes back the same") {
  RuleIds rules;
  HostResult result;
  result.host = "a";
  result.port = 1;
  check_same(result, read(text_of(result), rules));
}

TEST_CASE("probe JSON: every kind of trouble, order, verdict, severity and key comes back") {
  RuleIds rules;
  HostResult result = full_result();
  for (int kind = 0; kind <= static_cast<int>(probe::Trouble::Kind::Local); ++kind) {
    result.trouble.kind = static_cast<probe::Trouble::Kind>(kind);
    result.suites[tls::kTls12].order = static_cast<probe::Order>(kind % 3);
    result.versions[tls::kTls12].verdict = static_cast<Verdict>(kind % 3);
    result.findings[0].severity = static_cast<Severity>(kind % 3);
    result.findings[0].confidence = static_cast<Confidence>(kind % 3);
    result.chains[0].certificates[0].key.type = static_cast<tls::KeyType>(kind % 8);
    check_same(result, read(text_of(result), rules));
  }
}

TEST_CASE("probe JSON: rule ids of findings live as long as their owner, not the text") {
  RuleIds rules;
  std::string text = text_of(full_result());
  const HostResult result = read(text, rules);
  text.assign(text.size(), 'x');
  CHECK(result.findings.at(0).rule == "tls/weak-cipher");
}

TEST_CASE("probe JSON: missing fields are empty, unknown ones and computed ones are ignored") {
  RuleIds rules;
  const HostResult result = read(least(R"("complete": true, "tls": "whatever", "of a later version": [{}], "sni": null,
               "verdicts": {"of a later version": 5, "versions": {"DTLS 1.2": {"verdict": "accepted"}}},
               "chains": [{"certificates": [{"key": null}]}])"),
                                 rules);
  CHECK(result.versions.empty());
  CHECK(result.questions.empty());
  CHECK(result.chains.at(0).certificates.at(0).key.type == tls::KeyType::Unknown);
  CHECK_FALSE(result.is_complete());
}

TEST_CASE("probe JSON: a result needs a host and a port") {
  CHECK(error("{}") == "field 'host': there is none");
  CHECK(error(R"({"host": "a"})") == "field 'port': there is none; 1 to 65535");
  CHECK(error(R"({"host": "a", "port": 0})") == "field 'port': there is none; 1 to 65535");
}

TEST_CASE("probe JSON: a field of the wrong type is named") {
  CHECK(error(R"({"host": "a", "port": "443"})") == "field 'port': this is no whole number");
  CHECK(error(R"({"host": "a", "port": 1.5})") == "field 'port': this is no whole number");
  CHECK(error(R"({"host": 5, "port": 1})") == "field 'host': this is no text");
  CHECK(error(least(R"("needs_sni": 1)")) == "field 'needs_sni': this is neither true nor false");
  CHECK(error(least(R"("verdicts": [])")) == "field 'verdicts': this is no object");
  CHECK(error(least(R"("chains": {})")) == "field 'chains': this is no list");
  CHECK(error(least(R"("chains": [5])")) == "field 'asked_for': it belongs in an object, and there is none");
  CHECK(error(least(R"("notes": [5])")) == "field 'notes': this is no list of texts");
  CHECK(error(least(R"("alpn": {"accepted": [5]})")) == "field 'accepted': this is no list of texts");
  CHECK(error(least(R"("suites": {"1.2": 5})")) == "field 'accepted': it belongs in an object, and there is none");
}

TEST_CASE("probe JSON: numbers out of range are named with their range") {
  CHECK(error(R"({"host": "a", "port": 70000})") == "field 'port': 70000 is out of range; 0 to 65535");
  CHECK(error(R"({"host": "a", "port": -1})") == "field 'port': -1 is out of range; 0 to 65535");
  CHECK(error(least(R"("milliseconds": 18446744073709551615)")).find("18446744073709551615 is out of range") !=
        std::string::npos);
  CHECK(error(least(R"("milliseconds": 1e999)")) == "a number in it is too large");
}

TEST_CASE("probe JSON: words that nobody knows are named, and never printed raw") {
  CHECK(error(least(R"("verdicts": {"versions": {"1.2": {"verdict": "maybe"}}})")) ==
        "field 'verdict': 'maybe' is not a word that is known here");
  CHECK(error(least(R"("trouble": {"kind": "\u001b[31m"})")) ==
        "field 'kind': '\\x1b[31m' is not a word that is known here");
  CHECK(error(least(R"("started": "yesterday")")) == "field 'started': 'yesterday' is no time (RFC 3339)");
  CHECK(error(least(R"("chains": [{"certificates": [{"pem": "*"}]}])")) == "field 'pem': this is no base64");
}

TEST_CASE("probe JSON: text that is no JSON is an error with its byte") {
  CHECK(error("{\"host\": nope}") == "no valid JSON at byte 11");
  CHECK(error("[1, 2]") == "field 'target': it belongs in an object, and there is none");
  CHECK(error(least("\"sni\": \"\xff\"")).starts_with("no valid JSON at byte "));
}

TEST_CASE("probe JSON: lists have bounds, so that comparing them has") {
  std::string suites;
  for (int i = 0; i < 4097; ++i) suites += fmt::format("{}{{\"code\": {}}}", i == 0 ? "" : ",", i);
  CHECK(error(least(R"("suites": {"1.2": {"accepted": [)" + suites + "]}}")) ==
        "field 'accepted': 4097 entries; at most 4096");
  std::string chains = "{}";
  for (int i = 0; i < 64; ++i) chains += ",{}";
  CHECK(error(least("\"chains\": [" + chains + "]")) == "field 'chains': 65 entries; at most 64");
}

TEST_CASE("probe JSON: rule ids have bounds in length and number") {
  RuleIds rules;
  CHECK(rules.keep(std::string(100, 'r')));
  CHECK_FALSE(rules.keep(std::string(101, 'r')));
  for (int i = 0; i < 9999; ++i) CHECK(rules.keep(fmt::format("rule/{}", i)));
  CHECK_FALSE(rules.keep("one/too-many"));
  CHECK(rules.keep("rule/0"));
}

}  // namespace
}  // namespace tlsward::report
