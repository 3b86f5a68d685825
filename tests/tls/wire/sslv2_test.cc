#include "tls/wire/sslv2.h"

#include "tests/catch.h"
#include "tests/tls/wire/messages.h"

namespace tlsward::tests::wire {
namespace {

using namespace tls::wire;

/// SERVER-HELLO: no hit, X.509, version 2, certificate 3000, two ciphers, connection id of 4 bytes.
Bytes server_hello_record() {
  return hex("8017 04 00 01 0002 0002 0006 0004 3000 010080 0700c0 c0ffee00");
}

TEST_CASE("wire SSL 2.0: the hello offers all eight kinds") {
  CHECK(write_sslv2_client_hello(Bytes(16, 0x5C)) == hex("8031 01 0002 0018 0000 0010"
                                                         "010080 020080 030080 040080 050080 060040 0700c0 080080") +
                                                         Bytes(16, 0x5C));
}

TEST_CASE("wire SSL 2.0: ciphers have names and strengths") {
  REQUIRE(sslv2_ciphers().size() == 8);
  CHECK(name(Sslv2Cipher{0x010080}) == "SSL_CK_RC4_128_WITH_MD5");
  CHECK(openssl_name(Sslv2Cipher{0x010080}) == "RC4-MD5");
  CHECK(bits(Sslv2Cipher{0x010080}) == 128);
  CHECK(bits(Sslv2Cipher{0x040080}) == 40);
  CHECK(bits(Sslv2Cipher{0x060040}) == 56);
  CHECK(bits(Sslv2Cipher{0x0700C0}) == 112);
  CHECK(name(Sslv2Cipher{0x0A0080}) == "0x0a0080");
  CHECK(openssl_name(Sslv2Cipher{0x0A0080}).empty());
  CHECK(bits(Sslv2Cipher{0x0A0080}) == 0);
}

TEST_CASE("wire SSL 2.0: a SERVER-HELLO is read") {
  const auto answer = parse_sslv2_answer(server_hello_record() + hex("ffff"));
  CHECK(answer.state == Sslv2State::Hello);
  REQUIRE(answer.hello);
  CHECK_FALSE(answer.hello->session_hit);
  CHECK(answer.hello->version == 2);
  CHECK(answer.hello->certificate == hex("3000"));
  CHECK(answer.hello->ciphers == std::vector<Sslv2Cipher>{{0x010080}, {0x0700C0}});
}

TEST_CASE("wire SSL 2.0: a hello without ciphers in common is still a hello") {
  const auto answer = parse_sslv2_answer(hex("800b 04 00 01 0002 0000 0000 0000"));
  REQUIRE(answer.hello);
  CHECK(answer.hello->ciphers.empty());
  CHECK(answer.hello->certificate.empty());
}

TEST_CASE("wire SSL 2.0: an ERROR says why") {
  const auto answer = parse_sslv2_answer(hex("8003 00 0001"));
  CHECK(answer.state == Sslv2State::Error);
  CHECK(answer.error == 1);
  CHECK_FALSE(answer.hello);
}

TEST_CASE("wire SSL 2.0: part of an answer asks for more") {
  const Bytes hello = server_hello_record();
  for (std::size_t size = 0; size < hello.size(); ++size) {
    INFO(size);
    CHECK(parse_sslv2_answer(View(hello).first(size)).state == Sslv2State::More);
  }
}

TEST_CASE("wire SSL 2.0: a message cut short inside its record is not SSL 2.0") {
  const Bytes hello = server_hello_record();
  for (std::size_t size = 0; size + 2 < hello.size(); ++size) {
    Bytes cut = hello;
    cut.resize(size + 2);
    cut[1] = static_cast<std::uint8_t>(size);
    INFO(size);
    CHECK(parse_sslv2_answer(cut).state == Sslv2State::NotSslv2);
  }
}

TEST_CASE("wire SSL 2.0: TLS alerts, text and odd messages are not SSL 2.0") {
  for (const char* text : {"15 0301 0002 0228", "16", "48545450", "8003 01 0000", "8000", "8002 00 00",
                           "8004 00 0001 00", "800d 04 00 01 0002 0000 0002 0000 0100", "0003 00 0001"}) {
    INFO(text);
    CHECK(parse_sslv2_answer(hex(text)).state == Sslv2State::NotSslv2);
  }
}

}  // namespace
}  // namespace tlsward::tests::wire
