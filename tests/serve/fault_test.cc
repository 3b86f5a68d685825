#include "serve/fault.h"

#include <fmt/format.h>

#include <chrono>
#include <set>

#include "pki/pem.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace tlsward {
namespace {

using serve::Fault;
using std::chrono::days;
using std::chrono::hours;

constexpr tls::Time kNow = std::chrono::sys_days(std::chrono::year(2031) / 5 / 17);
const std::vector<std::string> kNames = {"orders.test", "127.0.0.1"};

const pki::IssuedCertificate& authority() {
  static const pki::IssuedCertificate made = [] {
    pki::CertificatePlan plan;
    plan.common_name = "Known authority";
    plan.authority = true;
    plan.not_before = kNow - days(60);
    plan.not_after = kNow + days(60);
    return *pki::issue(plan, nullptr);
  }();
  return made;
}

/// A chain as a server sends it, and what OpenSSL says to it.
struct Served {
  explicit Served(Fault fault) {
    const auto made = serve::faulty_certificate(fault, kNames, authority(), kNow);
    if (!made) FAIL(made.error().message);
    const tls::Bundle bundle = pki::read_bundle(made->certificate + made->key);
    CHECK(bundle.problems.empty());
    chain = bundle.certificates;
    REQUIRE_FALSE(chain.empty());
    REQUIRE(bundle.private_keys.size() == 1);
    CHECK(bundle.private_keys.front().spki_sha256 == chain.front().key.spki_sha256);
    directory.write("sent.pem", made->certificate);
    directory.write("ca.pem", authority().certificate);
  }

  /// OpenSSL's reason with options of `openssl verify`; "" where all is well.
  std::string reason(const std::string& options = "-verify_hostname orders.test", tls::Time at = kNow) const {
    const auto run = tests::run_shell(
        fmt::format("openssl verify -purpose sslserver -attime {} -auth_level 2 -CAfile ca.pem -untrusted sent.pem {} "
                    "sent.pem 2>&1",
                    at.time_since_epoch().count(), options),
        directory.path());
    const std::string mark = "depth lookup: ";
    const std::size_t found = run.out.find(mark);
    if (found == std::string::npos) return run.exit_code == 0 ? "" : run.out;
    return run.out.substr(found + mark.size(), run.out.find('\n', found) - found - mark.size());
  }

  const tls::CertificateFacts& leaf() const { return chain.front(); }

  tests::TemporaryDirectory directory;
  std::vector<tls::CertificateFacts> chain;
};

/// Of what a leaf may have wrong, nothing but what is named.
void check_leaf(const tls::CertificateFacts& leaf, const std::set<std::string>& but) {
  const auto check = [&](const char* what, bool well) {
    INFO(what);
    CHECK(well == !but.contains(what));
  };
  check("dates", leaf.not_before <= kNow && leaf.not_after >= kNow + days(1));
  check("names", leaf.dns_names == std::vector<std::string>{"orders.test"} &&
                     leaf.ip_addresses == std::vector<std::string>{"127.0.0.1"});
  check("issuer", leaf.issuer == "CN=Known authority");
  check("key", tls::equivalent_strength(leaf.key) >= 112);
  check("digest", leaf.signature_digest == "SHA256");
  check("use", leaf.extended_key_usage == std::vector<std::string>{"serverAuth"} && !leaf.is_ca);
}

}  // namespace

TEST_CASE("fault: without one the certificate is as it should be") {
  const Served served(Fault::None);
  CHECK(served.reason().empty());
  CHECK(served.chain.size() == 1);
  check_leaf(served.leaf(), {});
}

TEST_CASE("fault: expired, and only that") {
  const Served served(Fault::Expired);
  CHECK(served.reason() == "certificate has expired");
  CHECK(served.reason("-verify_hostname orders.test", kNow - days(2)).empty());
  check_leaf(served.leaf(), {"dates"});
}

TEST_CASE("fault: not yet valid, and only that") {
  const Served served(Fault::NotYetValid);
  CHECK(served.reason() == "certificate is not yet valid");
  CHECK(served.reason("-verify_hostname orders.test", kNow + days(2)).empty());
  check_leaf(served.leaf(), {"dates"});
}

TEST_CASE("fault: another host's certificate, and only that") {
  const Served served(Fault::WrongHost);
  CHECK(served.reason() == "hostname mismatch");
  CHECK(served.reason("-verify_ip 127.0.0.1") == "IP address mismatch");
  CHECK(served.reason("").empty());
  check_leaf(served.leaf(), {"names"});
}

TEST_CASE("fault: signed by itself, and only that") {
  const Served served(Fault::SelfSigned);
  CHECK(served.reason() == "self-signed certificate");
  CHECK(served.leaf().self_signed);
  check_leaf(served.leaf(), {"issuer"});
}

TEST_CASE("fault: an authority that nobody knows, and only that") {
  const Served served(Fault::UntrustedRoot);
  CHECK(served.reason() == "unable to get local issuer certificate");
  CHECK_FALSE(served.leaf().self_issued);
  check_leaf(served.leaf(), {"issuer"});
}

TEST_CASE("fault: the intermediate is missing, and only that") {
  const Served served(Fault::IncompleteChain);
  CHECK(served.chain.size() == 1);
  CHECK(served.reason() == "unable to get local issuer certificate");
  check_leaf(served.leaf(), {"issuer"});
}

TEST_CASE("fault: the chain is sent the wrong way round, and can be verified by whoever sorts it") {
  const Served served(Fault::ReversedChain);
  REQUIRE(served.chain.size() == 3);
  CHECK(served.reason().empty());
  CHECK(served.chain[1].self_signed);
  CHECK(tls::names_issuer(served.chain[2], served.leaf()));
  CHECK(tls::names_issuer(served.chain[1], served.chain[2]));
  CHECK_FALSE(tls::names_issuer(served.chain[1], served.leaf()));
  check_leaf(served.leaf(), {"issuer"});
}

TEST_CASE("fault: a common name and no subjectAltName") {
  const Served served(Fault::NoSan);
  CHECK(served.reason("").empty());
  CHECK_FALSE(served.leaf().has_san);
  CHECK(served.leaf().common_name == "orders.test");
  check_leaf(served.leaf(), {"names"});
}

TEST_CASE("fault: a weak key, and only that") {
  const Served served(Fault::WeakKey);
  CHECK(served.reason() == "EE certificate key too weak");
  CHECK(served.reason("-verify_hostname orders.test -auth_level 0").empty());
  CHECK(served.leaf().key.bits == 1024);
  check_leaf(served.leaf(), {"key"});
}

TEST_CASE("fault: signed with SHA-1, and only that") {
  const Served served(Fault::Sha1);
  CHECK(served.reason() == "CA signature digest algorithm too weak");
  CHECK(served.reason("-verify_hostname orders.test -auth_level 0").empty());
  CHECK(served.leaf().signature_digest == "SHA1");
  check_leaf(served.leaf(), {"digest"});
}

TEST_CASE("fault: ten thousand names, the right one among them") {
  const Served served(Fault::ManySans);
  CHECK(served.reason().empty());
  CHECK(served.leaf().dns_names.size() == 10'001);
  check_leaf(served.leaf(), {"names"});
}

TEST_CASE("fault: a host name that is too long for a common name does no harm") {
  const std::string host = std::string(60, 'a') + "." + std::string(60, 'b') + ".test";
  const auto made = serve::faulty_certificate(Fault::Expired, {host}, authority(), kNow);
  REQUIRE(made);
  const tls::Bundle bundle = pki::read_bundle(made->certificate);
  CHECK(bundle.certificates.at(0).dns_names == std::vector<std::string>{host});
}

TEST_CASE("fault: every one has a name and a line of help, and is found by its name") {
  std::set<std::string_view> names;
  for (const serve::FaultFacts& one : serve::faults()) {
    INFO(one.name);
    CHECK(serve::parse_fault(one.name) == one.fault);
    CHECK_FALSE(one.help.empty());
    CHECK(one.help.find('\n') == std::string_view::npos);
    names.insert(one.name);
  }
  CHECK(names.size() == 17);
  CHECK_FALSE(serve::parse_fault("expird"));
  CHECK_FALSE(serve::parse_fault(""));
  CHECK_FALSE(serve::is_certificate_fault(Fault::None));
  CHECK(serve::is_certificate_fault(Fault::ManySans));
  CHECK_FALSE(serve::is_certificate_fault(Fault::StalledHandshake));
}

TEST_CASE("fault: faults of the configuration change listeners and nothing else") {
  tls::TlsContext context;
  context.role = tls::Role::Listener;
  context.versions.value = {tls::kTls12, tls::kTls13};
  context.client_auth.value = tls::ClientAuth::RequireAndVerify;
  serve::apply_fault(Fault::Tls12Only, context);
  CHECK(context.versions.value == std::vector<tls::Version>{tls::kTls12});
  serve::apply_fault(Fault::Tls13Only, context);
  CHECK(context.versions.value == std::vector<tls::Version>{tls::kTls13});
  serve::apply_fault(Fault::NoClientCertRequest, context);
  CHECK(context.client_auth.value == tls::ClientAuth::None);
  context.role = tls::Role::Upstream;
  serve::apply_fault(Fault::Tls12Only, context);
  CHECK(context.versions.value == std::vector<tls::Version>{tls::kTls13});
}

}  // namespace tlsward
