// What crypto/tls and BoringSSL answer to crafted hellos, by their sources.
#include "serve/tls/negotiation.h"

#include "tests/catch.h"
#include "tests/serve/hellos.h"

namespace tlsward {
namespace {

using tests::HelloPlan;
using tls::kP256;
using tls::kP384;
using tls::kP521;
using tls::kTls10;
using tls::kTls11;
using tls::kTls12;
using tls::kTls13;
using tls::kX25519;
using tls::kX25519MlKem768;

constexpr tls::CipherSuite kAes128{0x1301}, kAes256{0x1302}, kChacha{0x1303};
constexpr tls::CipherSuite kRsaAes128{0xc02f}, kRsaAes256{0xc030}, kRsaChacha{0xcca8};
constexpr tls::CipherSuite kEcdsaAes128{0xc02b}, kEcdsaAes256{0xc02c}, kEcdsaChacha{0xcca9};
constexpr tls::CipherSuite kRsaCbc{0xc013}, kStaticRsaGcm{0x009c}, kStaticRsaCbc{0x002f};
constexpr tls::CipherSuite kFallbackScsv{0x5600};

const tls::KeyFacts kRsaKey{tls::KeyType::Rsa, 2048, "", "", false};
const tls::KeyFacts kEcKey{tls::KeyType::Ec, 256, "P-256", "", false};

/// A listener as a gateway's reader would make it.
tls::TlsContext listener(std::string_view gateway, const std::string& version) {
  tls::TlsContext context;
  context.subject = "tls";
  context.gateway = gateway;
  context.gateway_version = version;
  context.versions.value = {kTls12, kTls13};
  context.ciphers.value = {
      {kTls12, {kEcdsaAes128, kRsaAes128, kEcdsaAes256, kRsaAes256, kEcdsaChacha, kRsaChacha, kRsaCbc, kStaticRsaGcm}},
      {kTls13, {kAes128, kAes256, kChacha}}};
  context.groups.value = {kP521, kP384, kP256};
  return context;
}

tls::TlsContext envoy() {
  tls::TlsContext context = listener("flex", "1.11");
  context.ciphers.value[kTls12] = {kEcdsaAes128, kEcdsaChacha, kRsaAes128, kRsaChacha, kEcdsaAes256, kRsaAes256};
  context.equal_preference = {{kEcdsaAes128, kEcdsaChacha}, {kRsaAes128, kRsaChacha}};
  context.groups.value = {kX25519, kP256};
  return context;
}

serve::Negotiated negotiate(const HelloPlan& plan, const tls::TlsContext& context, const tls::KeyFacts& key = kRsaKey) {
  return serve::negotiate(tests::make_hello(plan), context, serve::behaviour_of(context), key);
}

std::string choice(const HelloPlan& plan, const tls::TlsContext& context, const tls::KeyFacts& key = kRsaKey) {
  return tests::choice_text(negotiate(plan, context, key));
}

HelloPlan only_tls12(std::vector<tls::CipherSuite> suites) {
  HelloPlan plan;
  plan.versions = {kTls12};
  plan.suites = std::move(suites);
  return plan;
}

struct GroupCase {
  std::vector<tls::Group> server, groups, shares;
  std::string answer;
};

void check_groups(const std::string& version, const std::vector<GroupCase>& cases) {
  for (const GroupCase& one : cases) {
    tls::TlsContext context = listener("krakend", version);
    context.groups.value = one.server;
    HelloPlan plan;
    plan.groups = one.groups;
    plan.shares = one.shares;
    INFO(version << ": " << tests::plan_text(plan));
    CHECK(choice(plan, context) == "TLS 1.3, TLS_AES_128_GCM_SHA256, " + one.answer);
  }
}

}  // namespace

TEST_CASE("negotiation: Go takes its first group with a share, else its first with a retry") {
  check_groups("2.6", {
                          {{kP521, kP384, kP256}, {kP256, kP521}, {kP256, kP521}, "P-521"},
                          {{kP521, kP384, kP256}, {kP256, kP521}, {kP256}, "P-256"},
                          {{kP521, kP384, kP256}, {kX25519, kP256, kP521}, {kX25519}, "P-521 after a retry"},
                          {{kP521, kP384, kP256}, {kP256, kP384}, {}, "P-384 after a retry"},
                          {{kX25519MlKem768, kP256}, {kX25519MlKem768, kP256}, {kP256}, "P-256"},
                      });
}

TEST_CASE("negotiation: Go since 1.24 lets a hybrid group cost a round trip") {
  check_groups(
      "2.13",
      {
          {{kX25519MlKem768, kX25519, kP256}, {kX25519MlKem768, kX25519}, {kX25519}, "X25519MLKEM768 after a retry"},
          {{kX25519, kX25519MlKem768}, {kX25519, kX25519MlKem768}, {kX25519MlKem768, kX25519}, "X25519MLKEM768"},
          {{kP256, kP384, kP521}, {kP521, kP256}, {kP521}, "P-521"},
      });
}

TEST_CASE("negotiation: BoringSSL goes by its own order of groups, whatever shares there are") {
  HelloPlan plan;
  plan.groups = {kP256, kX25519};
  plan.shares = {kP256};
  CHECK(choice(plan, envoy()) == "TLS 1.3, TLS_AES_128_GCM_SHA256, X25519 after a retry");
  plan.shares = {kP256, kX25519};
  CHECK(choice(plan, envoy()) == "TLS 1.3, TLS_AES_128_GCM_SHA256, X25519");
  plan.groups = {kP521, kP384};
  plan.shares = {kP384};
  CHECK(choice(plan, envoy()) == "alert 40");
}

TEST_CASE("negotiation: before TLS 1.3 Go takes the client's first group, BoringSSL its own") {
  HelloPlan plan = only_tls12({kRsaAes128});
  plan.groups = {kP256, kX25519, kP521};
  tls::TlsContext go = listener("krakend", "2.13");
  go.groups.value = {kP521, kX25519MlKem768, kP256};
  CHECK(choice(plan, go) == "TLS 1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, P-256");
  CHECK(choice(plan, envoy()) == "TLS 1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, X25519");
  plan.groups = {kX25519MlKem768};  // is of TLS 1.3 alone
  CHECK(choice(plan, go) == "alert 40");
}

TEST_CASE("negotiation: in Go the client's first known suite tells whether it has AES in hardware") {
  const tls::TlsContext go = listener("krakend", "2.6");
  HelloPlan plan;
  plan.groups = plan.shares = {kP256};
  const auto suite_for = [&](std::vector<tls::CipherSuite> suites) {
    plan.suites = std::move(suites);
    return negotiate(plan, go).choice.value().suite;
  };
  CHECK(suite_for({kAes256, kAes128, kChacha}) == kAes128);
  CHECK(suite_for({kAes256, kChacha}) == kAes256);
  CHECK(suite_for({kChacha, kAes256, kAes128}) == kChacha);
  CHECK(suite_for({kRsaAes128, kChacha, kAes128}) == kAes128);
  CHECK(suite_for({{0x0a0a}, {0x1304}, kAes128, kChacha}) == kAes128);  // GREASE and CCM are not known to it
  CHECK(suite_for({kRsaCbc, kAes128, kChacha}) == kChacha);
  CHECK(suite_for({kStaticRsaGcm, kAes128, kChacha}) == kChacha);
  CHECK(suite_for({kStaticRsaGcm, kAes256, kAes128}) == kAes128);
}

TEST_CASE("negotiation: Go takes its own order of the suites of TLS 1.2, ChaCha20 first for clients without AES") {
  const tls::TlsContext go = listener("krakend", "2.6");
  const auto suite_for = [&](std::vector<tls::CipherSuite> suites, const tls::KeyFacts& key = kRsaKey) {
    return negotiate(only_tls12(std::move(suites)), go, key).choice.value().suite;
  };
  CHECK(suite_for({kRsaAes256, kRsaChacha, kRsaAes128}) == kRsaAes128);
  CHECK(suite_for({kRsaChacha, kRsaAes256, kRsaAes128}) == kRsaChacha);
  CHECK(suite_for({kRsaCbc, kRsaAes128, kRsaChacha}) == kRsaChacha);
  CHECK(suite_for({kEcdsaAes128, kRsaAes256}) == kRsaAes256);
  CHECK(suite_for({kRsaAes256, kEcdsaAes256}, kEcKey) == kEcdsaAes256);
  CHECK(suite_for({kStaticRsaGcm}) == kStaticRsaGcm);
}

TEST_CASE("negotiation: with BoringSSL the client decides inside a bracket and on all of TLS 1.3") {
  const auto suite_for = [&](std::vector<tls::CipherSuite> suites, const tls::KeyFacts& key = kRsaKey) {
    return negotiate(only_tls12(std::move(suites)), envoy(), key).choice.value().suite;
  };
  CHECK(suite_for({kRsaChacha, kRsaAes128}) == kRsaChacha);
  CHECK(suite_for({kRsaAes256, kRsaAes128, kRsaChacha}) == kRsaAes128);
  CHECK(suite_for({kRsaAes256, kRsaChacha}) == kRsaChacha);
  CHECK(suite_for({kRsaChacha, kEcdsaChacha, kEcdsaAes128}, kEcKey) == kEcdsaChacha);
  CHECK(suite_for({kEcdsaChacha, kRsaAes128, kRsaChacha}) == kRsaAes128);
  HelloPlan plan;
  for (const tls::CipherSuite first : {kAes128, kAes256, kChacha}) {
    plan.suites = {first, kChacha, kAes256, kAes128};
    CHECK(negotiate(plan, envoy()).choice.value().suite == first);
  }
}

TEST_CASE("negotiation: Go before 1.25 takes the first version of the client's list, others the highest") {
  HelloPlan plan;
  plan.versions = {kTls12, kTls13};
  plan.groups = plan.shares = {kP256};
  CHECK(negotiate(plan, listener("krakend", "2.10")).choice.value().version == kTls12);
  CHECK(negotiate(plan, listener("krakend", "2.13")).choice.value().version == kTls13);
  CHECK(negotiate(plan, envoy()).choice.value().version == kTls13);
}

TEST_CASE("negotiation: without the list of versions the old field is the highest") {
  tls::TlsContext old = listener("krakend", "2.6");
  old.versions.value = {kTls10, kTls11, kTls12};
  old.ciphers.value[kTls10] = old.ciphers.value[kTls11] = {kRsaCbc, kStaticRsaCbc};
  HelloPlan plan;
  plan.versions = {};
  plan.suites = {kRsaAes128, kStaticRsaCbc};
  plan.groups = {kP256};
  for (const tls::Version version : {kTls10, kTls11, kTls12}) {
    plan.legacy_version = version;
    CHECK(negotiate(plan, old).choice.value().version == version);
  }
  plan.legacy_version = kTls13;
  CHECK(negotiate(plan, old).choice.value().version == kTls12);
}

TEST_CASE("negotiation: no version in common is told as protocol_version") {
  tls::TlsContext go = listener("krakend", "2.6");
  go.versions.value = {kTls13};
  const serve::Negotiated refused = negotiate(only_tls12({kRsaAes128}), go);
  CHECK(tests::choice_text(refused) == "alert 70");
  CHECK(refused.refusal.value().why == "no version in common: the client offers TLS 1.2, and tls accepts TLS 1.3");
  CHECK(refused.refusal.value().own_words == "tls: client offered only unsupported versions");
  go.versions.value = {};
  CHECK(choice({}, go) == "alert 70");
}

TEST_CASE("negotiation: no suite and no group in common are told as handshake_failure") {
  const tls::TlsContext go = listener("krakend", "2.6");
  CHECK(choice(only_tls12({kEcdsaAes128}), go) == "alert 40");
  HelloPlan plan = only_tls12({kRsaAes128});
  plan.groups = {kX25519};
  const serve::Negotiated older = negotiate(plan, go);
  CHECK(tests::choice_text(older) == "alert 40");
  CHECK(older.refusal.value().why ==
        "no group in common: the client offers X25519, and tls accepts P-521, P-384, P-256");
  CHECK(older.refusal.value().own_words == "tls: no cipher suite supported by both client and server");
  plan.suites.push_back(kStaticRsaGcm);
  CHECK(choice(plan, go) == "TLS 1.2, TLS_RSA_WITH_AES_128_GCM_SHA256");
  HelloPlan newer;
  newer.groups = newer.shares = {kX25519};
  CHECK(negotiate(newer, go).refusal.value().own_words == "tls: no ECDHE curve supported by both client and server");
  CHECK(negotiate(newer, listener("krakend", "2.13")).refusal.value().own_words ==
        "tls: no key exchanges supported by both client and server");
}

TEST_CASE("negotiation: a fallback without need is refused, by Go only where a suite is found") {
  const tls::TlsContext go = listener("krakend", "2.6");
  HelloPlan plan = only_tls12({kRsaAes128, kFallbackScsv});
  plan.groups = {kP256};
  CHECK(choice(plan, go) == "alert 86");
  CHECK(choice(plan, envoy()) == "alert 86");
  plan.suites = {kFallbackScsv};
  CHECK(choice(plan, go) == "alert 40");
  CHECK(choice(plan, envoy()) == "alert 86");
  plan.versions = {kTls13};
  plan.shares = {kP256};
  plan.suites = {kAes128, kFallbackScsv};
  CHECK(choice(plan, go) == "TLS 1.3, TLS_AES_128_GCM_SHA256, P-256");
}

TEST_CASE("negotiation: ALPN goes by the server's order; strangers are refused by Go alone, but for http/1.1") {
  tls::TlsContext go = listener("krakend", "2.6");
  go.alpn.value = {"h2", "http/1.1"};
  tls::TlsContext flex = envoy();
  flex.alpn.value = {"h2", "http/1.1"};
  HelloPlan plan = only_tls12({kRsaAes128});
  plan.alpn = {"http/1.1", "h2"};
  CHECK(negotiate(plan, go).choice.value().alpn == "h2");
  plan.alpn = {"spdy/3", "http/1.1"};
  CHECK(negotiate(plan, go).choice.value().alpn == "http/1.1");
  plan.alpn = {"spdy/3"};
  CHECK(choice(plan, go) == "alert 120");
  CHECK(negotiate(plan, flex).choice.value().alpn.empty());
  go.alpn.value = {"h2"};
  plan.alpn = {"http/1.1"};
  CHECK(negotiate(plan, go).choice.value().alpn.empty());
  go.alpn.value = {};
  plan.alpn = {"spdy/3"};
  CHECK(negotiate(plan, go).choice.value().alpn.empty());
}

TEST_CASE("negotiation: extensions that TLS 1.3 cannot do without") {
  HelloPlan plan;
  plan.groups = plan.shares = {kP256, kX25519};
  plan.signatures = {};
  CHECK(choice(plan, listener("krakend", "2.6")) == "alert 109");
  CHECK(choice(plan, envoy()) == "alert 40");
  plan.key_share = false;
  CHECK(choice(plan, envoy()) == "alert 109");
}

TEST_CASE("negotiation: versions of Go behind the gateways decide") {
  CHECK(serve::behaviour_of(listener("krakend", "2.6")).go_minor == 20);
  CHECK_FALSE(serve::behaviour_of(listener("krakend", "2.6")).extended_master_secret);
  CHECK(serve::behaviour_of(listener("krakend", "2.10")).hybrid_first);
  CHECK(serve::behaviour_of(listener("krakend", "2.10")).sha1_signatures);
  CHECK_FALSE(serve::behaviour_of(listener("krakend", "2.13")).sha1_signatures);
  CHECK_FALSE(serve::behaviour_of(listener("tyk", "4.0")).precise_client_alerts);
  CHECK(serve::behaviour_of(listener("flex", "1.11")).library == serve::Library::BoringSsl);
}

}  // namespace tlsward
