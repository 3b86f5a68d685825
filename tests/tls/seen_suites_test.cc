#include "tls/seen_suites.h"

#include "tests/catch.h"

using namespace tlsward;

namespace {

using Strings = std::vector<std::string>;
using Suites = std::vector<tls::CipherSuite>;

constexpr tls::CipherSuite kRc4{0x0005};
constexpr tls::CipherSuite kTripleDes{0x000A};
constexpr tls::CipherSuite kCbc{0x002F};
constexpr tls::CipherSuite kGcm{0xC02F};

}  // namespace

TEST_CASE("seen suites: each once, those of the newest version first") {
  tls::TlsContext context;
  context.ciphers.value = {{tls::kTls10, {kCbc, kRc4}}, {tls::kTls12, {kGcm, kCbc}}};
  CHECK(tls::seen_suites(context) == Suites{kGcm, kCbc, kRc4});
  CHECK(tls::seen_suites({}).empty());
}

TEST_CASE("seen suites: one objection is one sentence") {
  tls::TlsContext context;
  context.endpoint = "api.example:443";
  CHECK(tls::describe(context, "broken", {{kRc4, "RC4"}}) ==
        "api.example:443 offers TLS_RSA_WITH_RC4_128_SHA, which is broken (RC4)");
  CHECK(tls::list_by_reason({{kRc4, "RC4"}}).empty());
}

TEST_CASE("seen suites: several objections are counted and listed by reason") {
  tls::TlsContext context;
  context.endpoint = "api.example:443";
  const std::vector<tls::Objection> objections = {{kRc4, "RC4"}, {kTripleDes, "3DES"}, {{0x0004}, "RC4"}};
  CHECK(tls::describe(context, "broken", objections) ==
        "api.example:443 offers 3 broken cipher suites, the first is TLS_RSA_WITH_RC4_128_SHA (RC4)");
  CHECK(tls::list_by_reason(objections) ==
        Strings{"RC4: TLS_RSA_WITH_RC4_128_SHA, TLS_RSA_WITH_RC4_128_MD5", "3DES: TLS_RSA_WITH_3DES_EDE_CBC_SHA"});
}
