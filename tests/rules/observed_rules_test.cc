// What the rules say of live endpoints: a healthy one with one thing changed gives exactly the rules that are about it.
#include <algorithm>

#include "tests/rules/observed_endpoint.h"

namespace {

using namespace tlsward;
using namespace tlsward::tests;

/// A finding about an endpoint reads as one: nothing in it speaks of a file or its keys.
void check_wording(const Finding& finding) {
  INFO(finding.message);
  CHECK(std::holds_alternative<Endpoint>(finding.place));
  CHECK_FALSE(finding.fix.has_value());
  CHECK(finding.related.empty());
  CHECK(finding.confidence == Confidence::High);
  CHECK_FALSE(finding.message.ends_with('.'));
  for (const char* word : {"  ", " file", "listed", "''", "enabled", " ,", "because  has", "min_version"})
    CHECK(finding.message.find(word) == std::string::npos);
  const lint::Rule* rule = rules::find(finding.rule);
  REQUIRE(rule);
  CHECK((finding.severity == rule->severity ||
         std::find(rule->also.begin(), rule->also.end(), finding.severity) != rule->also.end()));
}

struct Case {
  const char* what;
  Change change;
  Strings rules;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> kCases = {
      {"a healthy modern endpoint", [](HostResult&, Chains&) {}, {}},

      // Versions.
      {"TLS 1.0 and 1.1 with a sound suite",
       [](HostResult& r, Chains&) {
         accept(r, tls::kTls10, {});
         accept(r, tls::kTls11, {});
       },
       {"tls/obsolete-version"}},
      {"SSL 3.0", [](HostResult& r, Chains&) { accept(r, tls::kSsl3, {}); }, {"tls/ssl3-version"}},
      {"SSL 2.0", [](HostResult& r, Chains&) { r.versions[tls::kSsl2] = kYes; }, {"tls/ssl3-version"}},
      {"SSL 3.0 and TLS 1.0 are two findings",
       [](HostResult& r, Chains&) {
         accept(r, tls::kSsl3, {});
         accept(r, tls::kTls10, {});
       },
       {"tls/obsolete-version", "tls/ssl3-version"}},
      {"no TLS 1.3",
       [](HostResult& r, Chains&) {
         r.versions[tls::kTls13] = kNo;
         r.suites.erase(tls::kTls13);
       },
       {"tls/tls13-disabled"}},
      {"TLS 1.3 that could not be told",
       [](HostResult& r, Chains&) {
         r.versions[tls::kTls13] = kUnknown;
         r.suites.erase(tls::kTls13);
       },
       {}},
      {"TLS 1.0 that was seen counts, whatever is not known of others",
       [](HostResult& r, Chains&) {
         accept(r, tls::kTls10, {});
         r.versions[tls::kSsl3] = kUnknown;
       },
       {"tls/obsolete-version"}},
      {"TLS 1.0 that could not be told", [](HostResult& r, Chains&) { r.versions[tls::kTls10] = kUnknown; }, {}},

      // Suites.
      {"CBC and no forward secrecy",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC02F, 0xC013, 0x002F, 0x009C});
       },
       {"tls/weak-cipher"}},
      {"RC4 and 3DES",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC02F, 0x0005, 0x000A});
       },
       {"tls/broken-cipher"}},
      {"broken and weak suites are two findings",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC02F, 0x0005, 0xC013});
       },
       {"tls/broken-cipher", "tls/weak-cipher"}},
      {"a suite with a static pre-shared key",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC02F, 0x008C});
       },
       {"tls/weak-cipher"}},
      {"a broken suite that was seen counts, although the list has a gap",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC02F, 0x0005});
         r.suites[tls::kTls12].complete = false;
       },
       {"tls/broken-cipher"}},
      {"a suite that nobody knows",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC02F, 0xFFEE});
       },
       {}},

      // HTTP/2.
      {"h2 with suites that it prohibits alone",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC013, 0xC014});
       },
       {"tls/h2-prohibited-ciphers", "tls/weak-cipher"}},
      {"h2 without the suite that it makes mandatory",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC030, 0xCCA8});
       },
       {"tls/missing-h2-cipher"}},
      {"the same without h2",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC030, 0xCCA8});
         r.alpn.accepted = {"http/1.1"};
       },
       {}},
      {"the same with suites that could not be told",
       [](HostResult& r, Chains&) {
         r.suites[tls::kTls12] = suites({0xC030, 0xCCA8});
         r.suites[tls::kTls12].complete = false;
       },
       {}},
      {"h2 with nothing but TLS 1.1",
       [](HostResult& r, Chains&) { only(r, tls::kTls11, {0xC013}); },
       {"tls/h2-below-tls12", "tls/obsolete-version", "tls/tls13-disabled", "tls/weak-cipher"}},
      {"HTTP/1.1 preferred to h2",
       [](HostResult& r, Chains&) {
         r.alpn.accepted = {"http/1.1", "h2"};
       },
       {}},
      {"a protocol that no gateway speaks",
       [](HostResult& r, Chains&) {
         r.alpn.accepted = {"h2", "imap"};
       },
       {}},

      // Groups.
      {"no X25519",
       [](HostResult& r, Chains&) {
         r.groups = {{tls::kTls12, groups({tls::kP256})}, {tls::kTls13, groups({tls::kP256, tls::kP384})}};
       },
       {"tls/missing-x25519"}},
      {"X25519 that could not be told",
       [](HostResult& r, Chains&) {
         r.groups = {{tls::kTls12, groups({tls::kP256})}, {tls::kTls13, groups({tls::kP256})}};
         r.groups[tls::kTls13].complete = false;
       },
       {}},

      // Clients.
      {"a client certificate is required",
       [](HostResult& r, Chains&) {
         r.questions[probe::Question::ClientCertificateRequested] = kYes;
         r.questions[probe::Question::ClientCertificateRequired] = kYes;
       },
       {}},

      // Certificates.
      {"self-signed",
       [](HostResult& r, Chains& c) {
         show_untrusted(r, c("cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature"));
       },
       {"cert/self-signed-leaf"}},
      {"what openssl req makes",
       [](HostResult& r, Chains& c) { show_untrusted(r, c("cn=api.example openssl-req-default")); },
       {"cert/ca-as-leaf", "cert/missing-san", "cert/self-signed-leaf"}},
      {"a missing intermediate",
       [](HostResult& r, Chains& c) { show_untrusted(r, c(fmt::format("{} aia=http://ca.example/ca.der", kLeaf))); },
       {"cert/incomplete-chain"}},
      {"a leaf whose issuer may be a private root",
       [](HostResult& r, Chains& c) { show_untrusted(r, c(kLeaf)); },
       {"cert/incomplete-chain"}},
      {"a leaf whose issuer is trusted", [](HostResult& r, Chains& c) { show(r, c(kLeaf)); }, {}},
      {"a leaf that expired, whose issuer is known",
       [](HostResult& r, Chains& c) {
         show_untrusted(r, c(fmt::format("{} days=-90..-1", kLeaf)));
         r.chains[0].complete = kYes;
       },
       {"cert/expired-certificate"}},
      {"the wrong order",
       [](HostResult& r, Chains& c) { show(r, c(fmt::format("{} chain-reversed", kLeaf))); },
       {"cert/misordered-chain"}},
      {"the root is sent",
       [](HostResult& r, Chains& c) { show(r, c(fmt::format("{} with-root", kLeaf))); },
       {"cert/root-in-chain"}},
      {"the same certificate twice",
       [](HostResult& r, Chains& c) {
         auto certificates = c.leaf();
         certificates.push_back(certificates.back());
         show(r, std::move(certificates));
       },
       {"cert/duplicate-certificate"}},
      {"expired", [](HostResult& r, Chains& c) { show(r, c.leaf("days=-90..-1")); }, {"cert/expired-certificate"}},
      {"not yet valid", [](HostResult& r, Chains& c) { show(r, c.leaf("days=2..90")); }, {"cert/not-yet-valid"}},
      {"nine days left", [](HostResult& r, Chains& c) { show(r, c.leaf("days=-80..9")); }, {"cert/expiring-soon"}},
      {"ten years", [](HostResult& r, Chains& c) { show(r, c.leaf("days=-1..3650")); }, {"cert/long-validity"}},
      {"a year from a private CA", [](HostResult& r, Chains& c) { show(r, c.leaf("days=-1..397")); }, {}},
      {"a year from a public CA, while that was allowed",
       [](HostResult& r, Chains& c) {
         show(r, c.leaf("days=-1..396"));
         r.chains[0].scts_in_certificate = 2;
       },
       {}},
      // The second at the end counts too: Baseline Requirements, 6.3.2.
      {"398 days and a second from a public CA",
       [](HostResult& r, Chains& c) {
         show(r, c.leaf("days=-1..397"));
         r.chains[0].scts_in_certificate = 2;
       },
       {"cert/long-validity"}},
      {"longer than a public CA may",
       [](HostResult& r, Chains& c) {
         show(r, c.leaf("days=-1..500"));
         r.chains[0].scts_in_certificate = 2;
       },
       {"cert/long-validity"}},
      {"another host", [](HostResult& r, Chains&) { r.chains[0].host_matches = kNo; }, {"cert/uncovered-host"}},
      {"an address that no certificate names",
       [](HostResult& r, Chains&) {
         r.host = "192.0.2.7";
         r.sni.clear();
         r.chains[0].host_matches = kNo;
       },
       {}},
      {"a common name alone, which fits no host",
       [](HostResult& r, Chains& c) {
         show(r, c("cn=api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca chain"));
         r.chains[0].host_matches = kNo;
       },
       {"cert/missing-san"}},
      {"a common name beside the names",
       [](HostResult& r, Chains& c) {
         show(r, c("cn=www.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca chain"));
       },
       {"cert/cn-outside-san"}},
      {"a star that covers nothing",
       [](HostResult& r, Chains& c) {
         show(r, c("cn=api.example san=DNS:api.example,DNS:api.*.example no-ca eku=serverAuth ku=digitalSignature "
                   "issuer=ca chain"));
       },
       {"cert/unusable-wildcard"}},
      {"RSA 1024", [](HostResult& r, Chains& c) { show(r, c.leaf("rsa:1024")); }, {"cert/short-key"}},
      {"RSA 8200", [](HostResult& r, Chains& c) { show(r, c.leaf("rsa:8200")); }, {"cert/oversized-rsa-key"}},
      {"SHA-1", [](HostResult& r, Chains& c) { show(r, c.leaf("digest=sha1")); }, {"cert/weak-signature"}},
      {"a negative serial number",
       [](HostResult& r, Chains& c) { show(r, c.leaf("serial=-1")); },
       {"cert/malformed-serial"}},
      {"a client certificate",
       [](HostResult& r, Chains& c) {
         show(r, c("cn=api.example san=DNS:api.example no-ca eku=clientAuth ku=digitalSignature issuer=ca chain"));
       },
       {"cert/missing-server-eku"}},
      {"a key usage without signatures",
       [](HostResult& r, Chains& c) {
         show(r, c("cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=keyAgreement issuer=ca chain"));
       },
       {"cert/wrong-key-usage"}},
      {"RSA key exchange with a key that is for signatures alone",
       [](HostResult& r, Chains& c) {
         show(r, c.leaf("rsa:2048"));
         r.suites[tls::kTls12] = suites({0xC02F, 0x009C});
       },
       {"cert/wrong-key-usage", "tls/weak-cipher"}},
      {"X.509 version 1",
       [](HostResult& r, Chains& c) { show(r, c("cn=api.example v1 issuer=ca chain")); },
       {"cert/missing-san", "cert/x509-v1"}},
      {"must-staple without an answer",
       [](HostResult& r, Chains& c) { show(r, c.leaf("must-staple")); },
       {"cert/unstapled-must-staple"}},
      {"must-staple with an answer",
       [](HostResult& r, Chains& c) {
         show(r, c.leaf("must-staple"));
         r.chains[0].ocsp_stapled = kYes;
       },
       {}},
      {"must-staple where stapling could not be told",
       [](HostResult& r, Chains& c) {
         show(r, c.leaf("must-staple"));
         r.chains[0].ocsp_stapled = kUnknown;
       },
       {}},
      {"keys that some gateways cannot load", [](HostResult& r, Chains& c) { show(r, c.leaf("ed25519")); }, {}},
      {"a certificate that cannot be read",
       [](HostResult& r, Chains& c) {
         auto certificates = c.leaf();
         certificates[1] = {};
         certificates[1].sha256 = "ab";
         show_untrusted(r, std::move(certificates));
       },
       {"cert/undecodable-pem"}},
      {"no chain could be read", [](HostResult& r, Chains&) { r.chains.clear(); }, {}},
      {"a second chain with faults of its own",
       [](HostResult& r, Chains& c) {
         r.chains.push_back(chain("ECDSA", c.leaf("days=-90..-1")));
         r.chains.push_back(chain("EdDSA", c.leaf("days=2..90")));
       },
       {"cert/expired-certificate", "cert/not-yet-valid"}},
  };
  return kCases;
}

}  // namespace

TEST_CASE("observed rules: one thing changed at a healthy endpoint gives exactly the rules about it", "[rules]") {
  Chains chains;
  for (const Case& one : cases()) {
    HostResult result = healthy(chains);
    one.change(result, chains);
    const auto found = judge(result);
    INFO(one.what << "\n" << text(found));
    CHECK(rules_of(found) == one.rules);
    for (const Finding& finding : found) check_wording(finding);
  }
}

TEST_CASE("observed rules: a port without TLS and one of which nothing is known say nothing", "[rules]") {
  HostResult result;
  result.host = "api.example";
  result.port = 80;
  result.trouble = {probe::Trouble::Kind::NotTls, "plain HTTP"};
  CHECK(judge(result).empty());
  for (const tls::Version version : tls::known_versions()) result.versions[version] = kUnknown;
  CHECK(judge(result).empty());
}
