// Certificate, CertificateStatus, CertificateRequest and alerts.
#include "tests/catch.h"
#include "tests/tls/wire/messages.h"
#include "tls/wire/handshake.h"

namespace tlsward::tests::wire {
namespace {

using namespace tls::wire;
using Schemes = std::vector<tls::SignatureScheme>;

/// No proper prefix of `body` is well-formed, nor `body` with a byte behind it.
template <class Parse>
void check_exact(const Bytes& body, Parse parse) {
  CHECK(parse(View(body)));
  for (std::size_t size = 0; size < body.size(); ++size) {
    INFO(size);
    CHECK_FALSE(parse(View(body).first(size)));
  }
  CHECK_FALSE(parse(View(body + hex("00"))));
}

TEST_CASE("wire certificate: the chain comes as it was sent") {
  const Bytes body = hex("00000d 000003 300100 000004 30020500");
  CHECK(parse_certificate(body) == std::vector<Bytes>{hex("300100"), hex("30020500")});
  check_exact(body, [](View view) { return parse_certificate(view); });
}

TEST_CASE("wire certificate: a chain may be empty, a certificate may not") {
  CHECK(parse_certificate(hex("000000")) == std::vector<Bytes>{});
  CHECK_FALSE(parse_certificate(hex("000003 000000")));
}

TEST_CASE("wire certificate: TLS 1.3 puts a context in front and extensions behind each certificate") {
  const Bytes body = hex("02 abcd 000016 000003 300100 0007 0012 0003 aabbcc 000002 3000 0000");
  CHECK(parse_certificate(body, true) == std::vector<Bytes>{hex("300100"), hex("3000")});
  check_exact(body, [](View view) { return parse_certificate(view, true); });
}

TEST_CASE("wire certificate: the extensions of the leaf are read apart") {
  const Bytes body = hex("00 000016 000003 300100 0007 0012 0003 aabbcc 000002 3000 0000");
  CHECK(parse_leaf_extensions(body) == std::vector<Extension>{{18, hex("aabbcc")}});
  CHECK(parse_leaf_extensions(hex("00 000000")) == std::vector<Extension>{});
  CHECK_FALSE(parse_leaf_extensions(hex("00 000005 000003 3001")));
  CHECK_FALSE(parse_leaf_extensions(hex("00 000009 000003 300100 0001 00")));
  check_exact(body, [](View view) { return parse_leaf_extensions(view); });
}

TEST_CASE("wire certificate status: an OCSP response") {
  CHECK(parse_certificate_status(hex("01 000005 30030a0100")) == hex("30030a0100"));
  CHECK_FALSE(parse_certificate_status(hex("02 000005 30030a0100")));
  CHECK_FALSE(parse_certificate_status(hex("01 000000")));
  check_exact(hex("01 000005 30030a0100"), [](View view) { return parse_certificate_status(view); });
}

TEST_CASE("wire certificate request: TLS 1.2 lists signatures, older versions do not") {
  const auto modern = parse_certificate_request(hex("02 0140 0004 0804 0403 0004 0002 3000"), tls::kTls12);
  REQUIRE(modern);
  CHECK(modern->certificate_types == hex("0140"));
  CHECK(modern->signatures == Schemes{{0x0804}, {0x0403}});
  CHECK(modern->authorities == std::vector<Bytes>{hex("3000")});

  for (const tls::Version version : {tls::kSsl3, tls::kTls10, tls::kTls11}) {
    const auto old = parse_certificate_request(hex("02 0102 0004 0002 3000"), version);
    REQUIRE(old);
    CHECK(old->certificate_types == hex("0102"));
    CHECK(old->signatures.empty());
    CHECK(old->authorities == std::vector<Bytes>{hex("3000")});
  }
}

TEST_CASE("wire certificate request: TLS 1.3 has extensions") {
  const auto request =
      parse_certificate_request(hex("02 abcd 0014 000d 0006 0004 0804 0807 002f 0006 0004 0002 3000"), tls::kTls13);
  REQUIRE(request);
  CHECK(request->certificate_types.empty());
  CHECK(request->signatures == Schemes{{0x0804}, {0x0807}});
  CHECK(request->authorities == std::vector<Bytes>{hex("3000")});
  CHECK_FALSE(parse_certificate_request(hex("00 0006 000d 0002 0001"), tls::kTls13));
  CHECK_FALSE(parse_certificate_request(hex("00 0006 002f 0002 0001"), tls::kTls13));
}

TEST_CASE("wire certificate request: an empty list is read as such, an empty name is malformed") {
  CHECK(parse_certificate_request(hex("00 0000 0000"), tls::kTls12));
  CHECK_FALSE(parse_certificate_request(hex("00 0000 0002 0000"), tls::kTls12));
  CHECK_FALSE(parse_certificate_request(hex("00 0003 080404 0000"), tls::kTls12));
}

TEST_CASE("wire certificate request: every truncation is malformed") {
  check_exact(hex("02 0140 0004 0804 0403 0004 0002 3000"),
              [](View view) { return parse_certificate_request(view, tls::kTls12); });
  check_exact(hex("02 0140 0004 0002 3000"), [](View view) { return parse_certificate_request(view, tls::kTls10); });
  check_exact(hex("00 0014 000d 0006 0004 0804 0807 002f 0006 0004 0002 3000"),
              [](View view) { return parse_certificate_request(view, tls::kTls13); });
}

TEST_CASE("wire alert: level and description") {
  CHECK(parse_alert(hex("0228")) == Alert{2, 40});
  CHECK(parse_alert(hex("0100")) == Alert{1, 0});
  for (const char* text : {"", "02", "022800", "0028", "0328"}) CHECK_FALSE(parse_alert(hex(text)));
}

TEST_CASE("wire alert: names are those of IANA") {
  CHECK(name(Alert{2, 40}) == "handshake_failure");
  CHECK(name(Alert{2, 70}) == "protocol_version");
  CHECK(name(Alert{2, 86}) == "inappropriate_fallback");
  CHECK(name(Alert{1, 112}) == "unrecognized_name");
  CHECK(name(Alert{2, 116}) == "certificate_required");
  CHECK(name(Alert{2, 120}) == "no_application_protocol");
  CHECK(name(Alert{2, 200}) == "alert 200");
}

}  // namespace
}  // namespace tlsward::tests::wire
