// Server chains against trust anchors: the verdict, its reason, and the shape of what was sent.
#include "pki/verify.h"

#include <cstdlib>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "pki/openssl_ptr.h"
#include "tests/pki/chains.h"
#include "tests/pki/hostile.h"

namespace tlsward {
namespace {

using pki::DerBytes;
using pki::Trust;
using pki::TrustAnchors;
using pki::Verification;
using pki::verify_chain;
using tests::Chains;
using tests::kNewYear;
using Names = std::vector<std::string>;

/// A root, an intermediate and a leaf.
struct Usual {
  Chains make;
  DerBytes root = make("root", "cn=Root ca");
  DerBytes intermediate = make("int", "cn=Int ca issuer=root");
  DerBytes leaf = make("leaf", "cn=leaf issuer=int eku=serverAuth san=DNS:leaf");
  TrustAnchors anchors = make.anchors({root});

  Verification verify(const std::vector<DerBytes>& chain) const { return verify_chain(chain, anchors, kNewYear); }
};

TEST_CASE("verify: a chain that leads to an anchor is trusted and gives its path") {
  const Usual usual;
  const Verification result = usual.verify({usual.leaf, usual.intermediate});
  CHECK(result.trust == Trust::Trusted);
  CHECK(result.reason.empty());
  CHECK(result.path == Names{"CN=leaf", "CN=Int", "CN=Root"});
  CHECK(result.ordered);
  CHECK_FALSE(result.missing_intermediate);
  CHECK_FALSE(result.extra_anchor);
}

TEST_CASE("verify: a root that is sent along does no harm but is noticed") {
  const Usual usual;
  const Verification result = usual.verify({usual.leaf, usual.intermediate, usual.root});
  CHECK(result.trust == Trust::Trusted);
  CHECK(result.ordered);
  CHECK(result.extra_anchor);
}

TEST_CASE("verify: certificates in the wrong order are trusted but not ordered") {
  Usual usual;
  const DerBytes lower = usual.make("lower", "cn=Lower ca issuer=int");
  const DerBytes leaf = usual.make("low", "cn=low issuer=lower");
  CHECK(usual.verify({leaf, lower, usual.intermediate}).ordered);
  const Verification result = usual.verify({leaf, usual.intermediate, lower});
  CHECK(result.trust == Trust::Trusted);
  CHECK_FALSE(result.ordered);
  CHECK_FALSE(result.missing_intermediate);
}

TEST_CASE("verify: an unrelated certificate in between is not ordered") {
  Usual usual;
  const DerBytes other = usual.make("other", "cn=Other ca issuer=root");
  const Verification result = usual.verify({usual.leaf, other, usual.intermediate});
  CHECK(result.trust == Trust::Trusted);
  CHECK_FALSE(result.ordered);
}

TEST_CASE("verify: without its intermediate a chain is untrusted, and that is what is missing") {
  const Usual usual;
  const Verification result = usual.verify({usual.leaf});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason == "issuer 'CN=Int' is not known");
  CHECK(result.missing_intermediate);
  CHECK(result.path.empty());
}

TEST_CASE("verify: a complete chain to somebody else's root is untrusted") {
  Usual usual;
  usual.make("root2", "cn=Private ca");
  const DerBytes leaf = usual.make("leaf2", "cn=leaf issuer=root2");
  const Verification result = usual.verify({leaf});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason == "issuer 'CN=Private' is not known");
  CHECK(result.missing_intermediate);
}

TEST_CASE("verify: a chain with an unknown root sent along lacks nothing but trust") {
  Usual usual;
  const DerBytes root = usual.make("root2", "cn=Private ca");
  const DerBytes leaf = usual.make("leaf2", "cn=leaf issuer=root2");
  const Verification result = usual.verify({leaf, root});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason == "self-signed root 'CN=Private' is not known");
  CHECK_FALSE(result.missing_intermediate);
  CHECK(result.extra_anchor);
}

TEST_CASE("verify: a self-signed certificate is untrusted, unless it is the anchor itself") {
  Usual usual;
  const DerBytes lonely = usual.make("lonely", "cn=lonely");
  const Verification result = usual.verify({lonely});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason == "self-signed certificate");
  CHECK_FALSE(result.missing_intermediate);
  CHECK_FALSE(result.extra_anchor);
  CHECK(verify_chain({lonely}, usual.make.anchors({lonely}), kNewYear).trust == Trust::Trusted);
}

TEST_CASE("verify: an intermediate certificate serves as an anchor") {
  Usual usual;
  const Verification result = verify_chain({usual.leaf}, usual.make.anchors({usual.intermediate}), kNewYear);
  CHECK(result.trust == Trust::Trusted);
  CHECK(result.path == Names{"CN=leaf", "CN=Int"});
}

TEST_CASE("verify: dates are judged at the given time, and name the certificate that is not the leaf") {
  Usual usual;
  const DerBytes expired = usual.make("expired", "cn=old issuer=int days=-60..-2");
  CHECK(usual.verify({expired, usual.intermediate}).reason == "expired on 2025-12-30");
  const DerBytes early = usual.make("early", "cn=new issuer=int days=10..60");
  CHECK(usual.verify({early, usual.intermediate}).reason == "not valid before 2026-01-11");
  CHECK(verify_chain({early, usual.intermediate}, usual.anchors, kNewYear + std::chrono::days{11}).trust ==
        Trust::Trusted);

  const DerBytes old_int = usual.make("oldint", "cn=Old-Int ca issuer=root days=-60..-2");
  const DerBytes below = usual.make("below", "cn=below issuer=oldint");
  const Verification result = usual.verify({below, old_int});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason == "'CN=Old-Int' expired on 2025-12-30");
  CHECK(result.path == Names{"CN=below", "CN=Old-Int", "CN=Root"});
}

TEST_CASE("verify: an expired chain to nobody is called unknown, not expired") {
  Usual usual;
  const DerBytes leaf = usual.make("old", "cn=old days=-60..-2");
  CHECK(usual.verify({leaf}).reason == "self-signed certificate");
}

TEST_CASE("verify: of two intermediates of the same name and key the valid one is taken") {
  Usual usual;
  const DerBytes old_twin = usual.make("twin", "cn=Int ca issuer=root key-of=int days=-60..-2 serial=17");
  CHECK(usual.verify({usual.leaf, old_twin, usual.intermediate}).trust == Trust::Trusted);
}

TEST_CASE("verify: weak keys are named with their size") {
  Usual usual;
  const DerBytes leaf = usual.make("weak", "cn=weak issuer=int rsa:1024");
  const Verification result = usual.verify({leaf, usual.intermediate});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason == "1024-bit RSA key");
  CHECK(result.path.size() == 3);

  const DerBytes weak_int = usual.make("weakint", "cn=Weak ca rsa:1024 issuer=root");
  const DerBytes below = usual.make("below", "cn=below issuer=weakint");
  CHECK(usual.verify({below, weak_int}).reason == "'CN=Weak' has a weak key: 1024-bit RSA key");
}

TEST_CASE("verify: RSA of 2,048 bits and P-224 are strong enough") {
  Usual usual;
  CHECK(usual.verify({usual.make("a", "cn=a issuer=int rsa:2048"), usual.intermediate}).trust == Trust::Trusted);
  CHECK(usual.verify({usual.make("b", "cn=b issuer=int ec:p224"), usual.intermediate}).trust == Trust::Trusted);
  CHECK(usual.verify({usual.make("c", "cn=c issuer=int ed25519"), usual.intermediate}).trust == Trust::Trusted);
}

TEST_CASE("verify: broken hashes are named, but for an anchor's own signature") {
  Usual usual;
  CHECK(usual.verify({usual.make("a", "cn=a issuer=int digest=sha1"), usual.intermediate}).reason ==
        "signed with SHA-1");
  const DerBytes sha1_int = usual.make("sha1", "cn=Sha ca issuer=root digest=sha1");
  CHECK(usual.verify({usual.make("b", "cn=b issuer=sha1"), sha1_int}).reason == "'CN=Sha' is signed with SHA-1");
  const DerBytes md5_root = usual.make("md5", "cn=Md5 ca rsa:2048 digest=md5");
  const DerBytes leaf = usual.make("c", "cn=c issuer=md5");
  CHECK(verify_chain({leaf}, usual.make.anchors({md5_root}), kNewYear).trust == Trust::Trusted);
}

TEST_CASE("verify: certificates that are not for TLS servers say what they are for") {
  Usual usual;
  const DerBytes client = usual.make("client", "cn=client issuer=int eku=clientAuth,emailProtection");
  const Verification result = usual.verify({client, usual.intermediate});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason == "'CN=client' is not for TLS servers: its extended key usage is clientAuth, emailProtection");
  const DerBytes signer = usual.make("signer", "cn=signer issuer=int ku=keyCertSign");
  CHECK(usual.verify({signer, usual.intermediate}).reason ==
        "'CN=signer' is not for TLS servers: its key usage is keyCertSign");
}

TEST_CASE("verify: who is no CA issues nothing") {
  Usual usual;
  const DerBytes no_ca = usual.make("noca", "cn=Shop no-ca issuer=root");
  CHECK(usual.verify({usual.make("a", "cn=a issuer=noca"), no_ca}).reason ==
        "'CN=Shop' issued another certificate but is no CA (basicConstraints)");
  const DerBytes v1 = usual.make("v1", "cn=Ancient v1 issuer=root");
  CHECK(usual.verify({usual.make("b", "cn=b issuer=v1"), v1}).reason ==
        "'CN=Ancient' issued another certificate but is no CA: X.509 version 1 cannot say that it is one");
  const DerBytes usage = usual.make("usage", "cn=Usage ca ku=digitalSignature issuer=root");
  CHECK(usual.verify({usual.make("c", "cn=c issuer=usage"), usage}).reason ==
        "'CN=Usage' issued another certificate but may not: its key usage is digitalSignature");
}

TEST_CASE("verify: a leaf of version 1 is trusted by who issued it") {
  Usual usual;
  CHECK(usual.verify({usual.make("v1", "cn=v1 v1 issuer=int"), usual.intermediate}).trust == Trust::Trusted);
}

TEST_CASE("verify: a path length is kept") {
  Usual usual;
  const DerBytes shallow = usual.make("shallow", "cn=Shallow ca pathlen=0 issuer=root");
  const DerBytes deep = usual.make("deep", "cn=Deep ca issuer=shallow");
  const DerBytes leaf = usual.make("bottom", "cn=bottom issuer=deep");
  CHECK(usual.verify({leaf, deep, shallow}).reason == "more CAs follow 'CN=Shallow' than its path length of 0 allows");
}

TEST_CASE("verify: an issuer of the same name with another key did not sign") {
  Usual usual;
  usual.make("false", "cn=Root v1");
  const DerBytes forged = usual.make("forged", "cn=forged issuer=false");
  const Verification result = usual.verify({forged});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason == "signature of 'CN=forged' was not made by 'CN=Root'");
}

TEST_CASE("verify: an issuer whose key is beyond the bounds is named, and its signature not checked") {
  const Usual usual;
  const std::string ordinary(usual.intermediate.begin(), usual.intermediate.end());
  const std::string dear = tests::with_key(ordinary, tests::rsa_key(16'392, 17).get());
  const Verification result = usual.verify({usual.leaf, {dear.begin(), dear.end()}});
  CHECK(result.trust == Trust::Untrusted);
  CHECK(result.reason ==
        "16392-bit RSA key of 'CN=Int' is out of bounds: signatures are checked up to 16384 bits, with exponents of up "
        "to 64");
}

TEST_CASE("verify: without anchors nothing is known but the shape") {
  const Usual usual;
  const Verification result =
      verify_chain({usual.leaf, usual.root, usual.intermediate}, TrustAnchors::none(), kNewYear);
  CHECK(result.trust == Trust::Unknown);
  CHECK(result.reason == "no trust anchors");
  CHECK_FALSE(result.ordered);
  CHECK(result.extra_anchor);
  CHECK_FALSE(result.missing_intermediate);
}

TEST_CASE("verify: no certificate, or one that cannot be read, is untrusted") {
  const Usual usual;
  CHECK(usual.verify({}).reason == "no certificate was sent");
  const Verification garbage = usual.verify({{0x30, 0x03, 0x02, 0x01, 0x01}, usual.intermediate});
  CHECK(garbage.trust == Trust::Untrusted);
  CHECK(garbage.reason.starts_with("no certificate that OpenSSL can read"));
  CHECK(usual.verify({DerBytes(65'537, 0x30)}).reason == "certificate of 65537 bytes; at most 65536 are read");
}

TEST_CASE("verify: what cannot be read behind the leaf is passed over and leaves the chain out of order") {
  const Usual usual;
  const Verification result = usual.verify({usual.leaf, {0x30, 0x00}, usual.intermediate});
  CHECK(result.trust == Trust::Trusted);
  CHECK_FALSE(result.ordered);
}

TEST_CASE("verify: certificates behind the 32nd are not looked at") {
  const Usual usual;
  std::vector<DerBytes> chain(33, usual.leaf);
  chain[31] = usual.intermediate;
  CHECK(usual.verify(chain).trust == Trust::Trusted);
  std::swap(chain[31], chain[32]);
  CHECK(usual.verify(chain).trust == Trust::Untrusted);
}

TEST_CASE("verify: files of anchors that are of no use are refused with the reason") {
  const tests::TemporaryDirectory directory;
  directory.write("empty.pem", "");
  directory.write("key.pem", tests::Files()("key-only"));
  directory.write("garbage.pem", tests::pem("CERTIFICATE", "garbage"));
  directory.write("half.pem", tests::Files()("half"));
  const auto error = [&](const std::string& name) {
    const auto anchors = TrustAnchors::from_file(directory.path() + "/" + name);
    REQUIRE_FALSE(anchors);
    return anchors.error().message.substr(directory.path().size() + 1);
  };
  CHECK(error("absent.pem") == "absent.pem: cannot be opened");
  CHECK(error("empty.pem") == "empty.pem: no certificate in PEM (BEGIN CERTIFICATE) in it");
  CHECK(error("key.pem") == "key.pem: no certificate in PEM (BEGIN CERTIFICATE) in it");
  CHECK(error("half.pem").starts_with("half.pem: certificate in line 1: "));
  CHECK(error("garbage.pem") == "garbage.pem: certificate in line 1: no certificate");
  CHECK(error("") == ": cannot be read");
}

/// Sets an environment variable for as long as it lives.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    setenv(name, value.c_str(), 1);
  }
  ~Environment() { before_ ? setenv(name_, before_->c_str(), 1) : unsetenv(name_); }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> before_;
};

/// What OpenSSL names files of certificates by.
unsigned long subject_hash(const DerBytes& certificate) {
  const unsigned char* at = certificate.data();
  const pki::X509Ptr x509(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  REQUIRE(x509);
  return X509_subject_name_hash(x509.get());
}

TEST_CASE("verify: the system store looks for a root by the hash of its name when it is needed") {
  Usual usual;
  const tests::TemporaryDirectory directory;
  const Environment where("SSL_CERT_DIR", directory.path());
  const TrustAnchors system = TrustAnchors::system();
  CHECK(system.description() == "the system store");
  CHECK_FALSE(system.empty());
  CHECK(verify_chain({usual.leaf, usual.intermediate}, system, kNewYear).trust == Trust::Untrusted);

  directory.write(fmt::format("{:08x}.0", subject_hash(usual.root)), tests::pem_text(usual.root));
  CHECK(verify_chain({usual.leaf, usual.intermediate}, system, kNewYear).trust == Trust::Trusted);
}

TEST_CASE("verify: SSL_CERT_FILE adds to the system store") {
  Usual usual;
  const tests::TemporaryDirectory directory;
  directory.write("roots.pem", tests::pem_text(usual.root));
  const Environment where("SSL_CERT_FILE", directory.path() + "/roots.pem");
  const TrustAnchors system = TrustAnchors::system();
  CHECK(verify_chain({usual.leaf, usual.intermediate}, system, kNewYear).trust == Trust::Trusted);
}

TEST_CASE("verify: threads share one set of anchors") {
  const Usual usual;
  std::vector<int> trusted(4, 0);
  std::vector<std::thread> threads;
  for (int& count : trusted) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        if (usual.verify({usual.leaf, usual.intermediate}).trust == Trust::Trusted) ++count;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(trusted == std::vector<int>(4, 50));
}

TEST_CASE("verify: a name in DER is written as in facts") {
  const DerBytes name = {0x30, 0x0f, 0x31, 0x0d, 0x30, 0x0b, 0x06, 0x03, 0x55,
                         0x04, 0x03, 0x0c, 0x04, 'R',  'o',  'o',  't'};
  CHECK(pki::distinguished_name(name) == "CN=Root");
  CHECK(pki::distinguished_name({0x30, 0x00}).empty());
  CHECK(pki::distinguished_name({0x04, 0x00}) == "unreadable name");
  CHECK(pki::distinguished_name({0x30, 0x00, 0x00}) == "unreadable name");
  CHECK(pki::distinguished_name({}) == "unreadable name");
}

}  // namespace
}  // namespace tlsward
