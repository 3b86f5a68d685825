#include "probe/diff.h"

#include <chrono>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/catch.h"
#include "tests/probe/change_line.h"
#include "tests/probe/sound_host.h"

namespace tlsward::probe {
namespace {

using testing::line;
using testing::sound_host;
using Lines = std::vector<std::string>;
using Edit = std::function<void(HostResult&)>;

/// What changed when `before` and `after` were done to the same sound host.
Lines changes(const Edit& before, const Edit& after) {
  HostResult old = sound_host(), now = sound_host();
  before(old);
  after(now);
  Lines lines;
  for (const Change& change : changes_between(old, now)) lines.push_back(line(change));
  return lines;
}

Lines changes(const Edit& after) {
  return changes([](HostResult&) {}, after);
}

Edit version(tls::Version version, Verdict verdict, std::string evidence = "") {
  return [=](HostResult& host) { host.versions[version] = {verdict, evidence}; };
}

Edit add_suite(tls::Version version, std::uint16_t code) {
  return [=](HostResult& host) { host.suites[version].accepted.push_back({{code}, {}, 0, false}); };
}

TEST_CASE("diff: two equal results have no changes") {
  CHECK(changes([](HostResult&) {}).empty());
  CHECK(changes([](HostResult& host) {
          host.milliseconds = 4711;
          host.started += std::chrono::hours(24);
          host.chains[0].days_left = 31;
          host.versions[tls::kTls12].evidence = "other words";
        }).empty());
}

TEST_CASE("diff: a version below TLS 1.2 is worse when it comes and better when it goes") {
  CHECK(changes(version(tls::kTls10, Verdict::Accepted)) ==
        Lines{"worse TLS 1.0: refused -> accepted (below TLS 1.2)"});
  CHECK(changes(version(tls::kSsl3, Verdict::Accepted), version(tls::kSsl3, Verdict::Refused)) ==
        Lines{"better SSL 3.0: accepted -> refused (below TLS 1.2)"});
}

TEST_CASE("diff: TLS 1.3 is better when it comes and worse when it goes") {
  CHECK(changes(version(tls::kTls13, Verdict::Refused)) == Lines{"worse TLS 1.3: accepted -> refused"});
  CHECK(changes(version(tls::kTls13, Verdict::Refused), [](HostResult&) {}) ==
        Lines{"better TLS 1.3: refused -> accepted"});
}

TEST_CASE("diff: TLS 1.2 beside TLS 1.3 is neither, without it everything") {
  CHECK(changes(version(tls::kTls12, Verdict::Refused)) == Lines{"neutral TLS 1.2: accepted -> refused"});
  const Edit without13 = version(tls::kTls13, Verdict::Refused);
  CHECK(changes(without13, [&](HostResult& host) {
          without13(host);
          host.versions[tls::kTls12] = {Verdict::Refused, ""};
        }) == Lines{"worse TLS 1.2: accepted -> refused (nothing from TLS 1.2 on is left)"});
}

TEST_CASE("diff: what one scan could not tell is unknown, in either direction") {
  CHECK(changes(version(tls::kTls10, Verdict::Unknown, "no answer in 3 s")) ==
        Lines{"unknown TLS 1.0: refused -> unknown (no answer in 3 s)"});
  CHECK(changes(version(tls::kTls10, Verdict::Unknown), version(tls::kTls10, Verdict::Accepted)) ==
        Lines{"unknown TLS 1.0: unknown -> accepted"});
  CHECK(changes(version(tls::kTls10, Verdict::Unknown), version(tls::kTls10, Verdict::Unknown)).empty());
}

TEST_CASE("diff: a version without a name is reported where it is seen") {
  CHECK(changes(version(tls::Version{0x7f1c}, Verdict::Accepted)) ==
        Lines{"unknown 0x7f1c: unknown (not asked) -> accepted"});
}

TEST_CASE("diff: a broken or weak suite is worse when it comes and better when it goes") {
  CHECK(changes(add_suite(tls::kTls12, 0x000a)) ==
        Lines{"worse TLS 1.2 TLS_RSA_WITH_3DES_EDE_CBC_SHA: refused -> accepted (broken: 3DES)"});
  CHECK(changes(add_suite(tls::kTls12, 0x002f)) ==
        Lines{"worse TLS 1.2 TLS_RSA_WITH_AES_128_CBC_SHA: refused -> accepted (weak: CBC, no forward secrecy)"});
  CHECK(changes(add_suite(tls::kTls12, 0x002f), [](HostResult&) {}) ==
        Lines{"better TLS 1.2 TLS_RSA_WITH_AES_128_CBC_SHA: accepted -> refused (weak: CBC, no forward secrecy)"});
}

TEST_CASE("diff: a sound suite is neutral, unless it was the last one") {
  CHECK(changes(add_suite(tls::kTls12, 0xcca8)) ==
        Lines{"neutral TLS 1.2 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256: refused -> accepted"});
  CHECK(changes([](HostResult& host) { host.suites[tls::kTls12].accepted.pop_back(); }) ==
        Lines{"neutral TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: accepted -> refused"});
  CHECK(changes(add_suite(tls::kTls12, 0x002f),
                [](HostResult& host) {
                  host.suites[tls::kTls12].accepted = {{{0x002f}, {}, 0, false}};
                }) ==
        Lines{"worse TLS 1.2 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: accepted -> refused (no suite without a flaw "
              "is left)",
              "worse TLS 1.2 TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384: accepted -> refused (no suite without a flaw "
              "is left)"});
}

TEST_CASE("diff: a suite that nobody knows cannot be judged") {
  CHECK(changes(add_suite(tls::kTls12, 0x00fe)) ==
        Lines{"unknown TLS 1.2 0x00fe: refused -> accepted (nothing is known of this suite)"});
}

TEST_CASE("diff: where a list has a gap, a suite on one side only is no gain and no loss") {
  const Edit gap = [](HostResult& host) {
    host.suites[tls::kTls12].accepted.pop_back();
    host.suites[tls::kTls12].complete = false;
    host.suites[tls::kTls12].gap = "rate-limited";
  };
  CHECK(changes(gap) ==
        Lines{"unknown TLS 1.2 suites: 2 -> 1 and a gap (rate-limited) (a list with a gap cannot be compared)"});
  CHECK(changes(gap, [](HostResult&) {}) ==
        Lines{"unknown TLS 1.2 suites: 1 and a gap (rate-limited) -> 2 (a list with a gap cannot be compared)"});
  CHECK(changes(gap, gap).empty());
}

TEST_CASE("diff: a suite that came against a complete list is a gain even where the new list has a gap") {
  CHECK(changes([](HostResult& host) {
          add_suite(tls::kTls12, 0x0005)(host);
          host.suites[tls::kTls12].complete = false;
        }) == Lines{"worse TLS 1.2 TLS_RSA_WITH_RC4_128_SHA: refused -> accepted (broken: RC4)",
                    "unknown TLS 1.2 suites: 2 -> 3 and a gap (a list with a gap cannot be compared)"});
}

TEST_CASE("diff: a suite that was only seen in a HelloRetryRequest is neither there nor gone") {
  CHECK(changes([](HostResult& host) { host.suites[tls::kTls13].accepted[1].retry_only = true; }) ==
        Lines{"unknown TLS 1.3 suites: 2 -> 1 (a list with a gap cannot be compared)"});
}

TEST_CASE("diff: of a new version only the flawed suites are told, of an obsolete or a lost one none") {
  const Edit only13 = [](HostResult& host) {
    host.versions[tls::kTls12] = {Verdict::Refused, ""};
    host.suites.erase(tls::kTls12);
  };
  CHECK(changes(only13, add_suite(tls::kTls12, 0xc013)) ==
        Lines{"neutral TLS 1.2: refused -> accepted",
              "worse TLS 1.2 TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA: refused -> accepted (weak: CBC)"});
  CHECK(changes(add_suite(tls::kTls12, 0xc013), only13) == Lines{"neutral TLS 1.2: accepted -> refused"});
  CHECK(changes([](HostResult& host) {
          version(tls::kTls10, Verdict::Accepted)(host);
          add_suite(tls::kTls10, 0xc013)(host);
        }) == Lines{"worse TLS 1.0: refused -> accepted (below TLS 1.2)"});
}

TEST_CASE("diff: the server's order of suites") {
  const Edit weak_last = add_suite(tls::kTls12, 0xc013);
  const Edit weak_first = [](HostResult& host) {
    auto& suites = host.suites[tls::kTls12].accepted;
    suites.insert(suites.begin(), {{0xc013}, {}, 0, false});
  };
  CHECK(changes(weak_last, weak_first) ==
        Lines{"worse TLS 1.2 suites, order: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 first -> "
              "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA first (a suite with a flaw stands in front of one without)"});
  CHECK(changes(weak_first, weak_last).at(0).starts_with("better TLS 1.2 suites, order: "));
  CHECK(changes([](HostResult& host) {
          std::swap(host.suites[tls::kTls12].accepted[0], host.suites[tls::kTls12].accepted[1]);
        })
            .at(0)
            .starts_with("neutral TLS 1.2 suites, order: TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 first -> "));
  CHECK(changes([](HostResult& host) { host.suites[tls::kTls12].order = Order::Client; }) ==
        Lines{"neutral TLS 1.2 suites, order: server -> client"});
  CHECK(changes([](HostResult& host) { host.suites[tls::kTls12].order = Order::Unknown; }) ==
        Lines{"unknown TLS 1.2 suites, order: server -> unknown"});
}

TEST_CASE("diff: the order of a list with one suite is nothing to compare") {
  const Edit one = [](HostResult& host) { host.suites[tls::kTls12].accepted.pop_back(); };
  CHECK(changes(one, [&](HostResult& host) {
          one(host);
          host.suites[tls::kTls12].order = Order::Unknown;
        }).empty());
}

TEST_CASE("diff: post-quantum groups are better, weak ones worse, others neither") {
  const auto add = [](std::uint16_t code) {
    return [=](HostResult& host) { host.groups[tls::kTls13].accepted.push_back({code}); };
  };
  CHECK(changes(add(4588)) == Lines{"better TLS 1.3 X25519MLKEM768: refused -> accepted (post-quantum)"});
  CHECK(changes(add(4588), [](HostResult&) {}) ==
        Lines{"worse TLS 1.3 X25519MLKEM768: accepted -> refused (post-quantum)"});
  CHECK(changes(add(24)) == Lines{"neutral TLS 1.3 P-384: refused -> accepted"});
  CHECK(changes(add(16)).at(0).starts_with("worse TLS 1.3 secp160r1: refused -> accepted (only "));
  CHECK(changes([](HostResult& host) {
          std::swap(host.groups[tls::kTls13].accepted[0], host.groups[tls::kTls13].accepted[1]);
        }) == Lines{"neutral TLS 1.3 groups, order: X25519 first -> P-256 first"});
}

TEST_CASE("diff: signatures with SHA-1 are worse, where both scans asked for signatures") {
  const Edit asked = [](HostResult& host) {
    host.signatures[tls::kTls12] = {{{0x0401}}, Order::Unknown, "", true, ""};
  };
  CHECK(changes(asked).empty());
  CHECK(changes(asked, [&](HostResult& host) {
          asked(host);
          host.signatures[tls::kTls12].accepted.push_back({0x0201});
        }) == Lines{"worse TLS 1.2 rsa_pkcs1_sha1: refused -> accepted (signs with SHA1)"});
}

TEST_CASE("diff: a shorter Diffie-Hellman prime is worse") {
  const auto prime = [](int bits) {
    return [=](HostResult& host) { host.primes = {{4096, "", false, true, ""}, {bits, "", false, true, ""}}; };
  };
  CHECK(changes(prime(2048), prime(1024)) == Lines{"worse shortest Diffie-Hellman prime: 2048 bits -> 1024 bits"});
  CHECK(changes(prime(1024), prime(3072)) == Lines{"better shortest Diffie-Hellman prime: 1024 bits -> 3072 bits"});
}

TEST_CASE("diff: protocols of ALPN are neither good nor bad") {
  CHECK(changes([](HostResult& host) { host.alpn.accepted.pop_back(); }) ==
        Lines{"neutral ALPN http/1.1: accepted -> refused"});
}

TEST_CASE("diff: another certificate is neutral, a weaker key is worse") {
  const auto renew = [](tls::KeyFacts key) {
    return [=](HostResult& host) {
      tls::CertificateFacts& leaf = host.chains[0].certificates[0];
      leaf.sha256 = "2222";
      leaf.key = key;
      leaf.not_after = tls::Time{std::chrono::seconds{1'775'000'000}};
    };
  };
  CHECK(changes(renew({tls::KeyType::Rsa, 2048, "", "aaaaaaaaaaaa", false})) ==
        Lines{"neutral RSA certificate, validity: 1970-01-01 to 1970-01-01 -> 1970-01-01 to 2026-03-31 (another "
              "certificate)"});
  CHECK(changes(renew({tls::KeyType::Rsa, 2048, "", "bbbbbbbbbbbb", false})).at(1) ==
        "neutral RSA certificate, key: RSA 2048 bits, aaaaaaaa -> RSA 2048 bits, bbbbbbbb");
  CHECK(changes(renew({tls::KeyType::Rsa, 1024, "", "bbbbbbbbbbbb", false})).at(1) ==
        "worse RSA certificate, key: RSA 2048 bits, aaaaaaaa -> RSA 1024 bits, bbbbbbbb");
  CHECK(changes(renew({tls::KeyType::Ec, 256, "P-256", "bbbbbbbbbbbb", false})).at(1) ==
        "better RSA certificate, key: RSA 2048 bits, aaaaaaaa -> EC P-256, bbbbbbbb");
}

TEST_CASE("diff: a new issuer is neutral") {
  CHECK(changes([](HostResult& host) {
          host.chains[0].certificates[0].sha256 = "2222";
          host.chains[0].certificates[0].issuer = "CN=Other CA";
        }).at(1) == "neutral RSA certificate, issuer: CN=Example CA -> CN=Other CA");
}

TEST_CASE("diff: the days left count by class") {
  const auto left = [](long days) { return [=](HostResult& host) { host.chains[0].days_left = days; }; };
  CHECK(changes(left(90), left(30)).empty());
  CHECK(changes(left(30), left(29)) ==
        Lines{"worse RSA certificate, time left: 30 days or more -> less than 30 days (29 days)"});
  CHECK(changes(left(7), left(6)) ==
        Lines{"worse RSA certificate, time left: less than 30 days -> less than 7 days (6 days)"});
  CHECK(changes(left(0), left(-1)) == Lines{"worse RSA certificate, time left: less than 7 days -> ended"});
  CHECK(changes(left(-1), left(89)) == Lines{"better RSA certificate, time left: ended -> 30 days or more (89 days)"});
}

TEST_CASE("diff: verdicts on a certificate") {
  CHECK(changes([](HostResult& host) {
          host.chains[0].trusted = {Verdict::Refused, "self-signed certificate"};
        }) == Lines{"worse RSA certificate, trusted: accepted -> refused (self-signed certificate)"});
  CHECK(changes([](HostResult& host) {
          host.chains[0].host_matches = {Verdict::Unknown, "no name asked"};
        }) == Lines{"unknown RSA certificate, host name: accepted -> unknown (no name asked)"});
}

TEST_CASE("diff: an end that came says it once") {
  CHECK(changes([](HostResult& host) {
          host.chains[0].days_left = -2;
          host.chains[0].dates = {Verdict::Refused, "ended"};
        }) == Lines{"worse RSA certificate, time left: 30 days or more -> ended"});
}

TEST_CASE("diff: a certificate of another kind is neutral, one that could not be read is unknown") {
  const Edit ecdsa = [](HostResult& host) {
    host.chains.push_back(host.chains[0]);
    host.chains[1].asked_for = "ECDSA";
  };
  CHECK(changes(ecdsa) == Lines{"neutral ECDSA certificate: not seen -> seen"});
  CHECK(changes(ecdsa, [](HostResult&) {}) == Lines{"neutral ECDSA certificate: seen -> not seen"});
  CHECK(changes([](HostResult& host) {
          host.chains.clear();
          host.no_chain = "no handshake with X25519MLKEM768";
        }) == Lines{"unknown RSA certificate: seen -> not seen (no handshake with X25519MLKEM768)"});
}

TEST_CASE("diff: of several chains of one kind those with the same certificate are compared") {
  const Edit two = [](HostResult& host) {
    host.chains.push_back(host.chains[0]);
    host.chains[1].certificates[0].sha256 = "2222";
  };
  CHECK(changes(two, [&](HostResult& host) {
          two(host);
          std::swap(host.chains[0], host.chains[1]);
        }).empty());
}

TEST_CASE("diff: questions, by what is wanted of them") {
  const auto answer = [](Question question, Verdict verdict) {
    return [=](HostResult& host) { host.questions[question] = {verdict, ""}; };
  };
  CHECK(changes(answer(Question::SecureRenegotiation, Verdict::Refused)) ==
        Lines{"worse secure renegotiation: accepted -> refused"});
  CHECK(changes(answer(Question::SecureRenegotiation, Verdict::Unknown)) ==
        Lines{"unknown secure renegotiation: accepted -> unknown"});
  CHECK(changes(answer(Question::Compression, Verdict::Accepted)) ==
        Lines{"worse TLS compression: refused -> accepted"});
  CHECK(changes(answer(Question::Compression, Verdict::Accepted), [](HostResult&) {}) ==
        Lines{"better TLS compression: accepted -> refused"});
  CHECK(changes(answer(Question::Heartbeat, Verdict::Accepted)) ==
        Lines{"neutral heartbeat extension: refused -> accepted"});
  CHECK(changes(answer(Question::EarlyData, Verdict::Accepted)).empty());
}

TEST_CASE("diff: no fallback signal where there is nothing to fall back to is no gap") {
  const auto fallback = [](Verdict verdict) {
    return [=](HostResult& host) { host.questions[Question::FallbackScsv] = {verdict, ""}; };
  };
  CHECK(changes(fallback(Verdict::Accepted), fallback(Verdict::Unknown)) ==
        Lines{"unknown TLS Fallback SCSV: accepted -> unknown"});
  CHECK(changes(fallback(Verdict::Accepted), [&](HostResult& host) {
          fallback(Verdict::Unknown)(host);
          host.versions[tls::kTls12] = {Verdict::Refused, ""};
        }) == Lines{"neutral TLS 1.2: accepted -> refused"});
}

Finding finding(std::string_view rule, Severity severity, std::string message = "") {
  Finding result;
  result.rule = rule;
  result.severity = severity;
  result.subject = "api.example:443";
  result.message = std::move(message);
  return result;
}

TEST_CASE("diff: findings that come are worse, that go are better, remarks are neutral") {
  const auto found = [](Severity severity) {
    return [=](HostResult& host) { host.findings = {finding("tls/weak-cipher", severity)}; };
  };
  const Edit nothing = [](HostResult&) {};
  CHECK(changes(nothing, found(Severity::Warning)) == Lines{"worse tls/weak-cipher: not found -> warning"});
  CHECK(changes(found(Severity::Warning), nothing) == Lines{"better tls/weak-cipher: warning -> not found"});
  CHECK(changes(found(Severity::Warning), found(Severity::Error)) == Lines{"worse tls/weak-cipher: warning -> error"});
  CHECK(changes(nothing, found(Severity::Info)) == Lines{"neutral tls/weak-cipher: not found -> info"});
}

TEST_CASE("diff: a finding whose message counts days is the same finding the next day") {
  CHECK(changes([](HostResult& host) { host.findings = {finding("cert/expiring-soon", Severity::Warning, "20 days")}; },
                [](HostResult& host) { host.findings = {finding("cert/expiring-soon", Severity::Warning, "19 days")}; })
            .empty());
}

TEST_CASE("diff: findings of two chains are two findings") {
  const auto about = [](std::string part) {
    Finding result = finding("cert/expired", Severity::Error);
    result.place = Endpoint{"api.example:443", "192.0.2.7", "", 0, std::move(part)};
    return result;
  };
  const Finding rsa = about("certificate chain (RSA)"), ecdsa = about("certificate chain (ECDSA)");
  CHECK(changes([&](HostResult& host) { host.findings = {rsa}; }, [&](HostResult& host) { host.findings = {ecdsa}; }) ==
        Lines{"worse cert/expired, certificate chain (ECDSA): not found -> error",
              "better cert/expired, certificate chain (RSA): error -> not found"});
}

TEST_CASE("diff: a finding that is missing from a scan with a gap is not known to be gone") {
  CHECK(changes([](HostResult& host) { host.findings = {finding("tls/weak-cipher", Severity::Warning)}; },
                [](HostResult& host) { host.groups[tls::kTls13].complete = false; })
            .back() == "unknown tls/weak-cipher: warning -> not found");
}

}  // namespace
}  // namespace tlsward::probe
