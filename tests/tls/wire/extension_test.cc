#include "tls/wire/extension.h"

#include "tests/catch.h"
#include "tests/tls/wire/messages.h"

namespace tlsward::tests::wire {
namespace {

using namespace tls::wire;
using tls::Group;
using tls::SignatureScheme;

TEST_CASE("wire extension: a server name has no trailing dot") {
  const Extension expected{0, hex("0009 00 0006 612e746573 74")};
  CHECK(server_name("a.test") == expected);
  CHECK(server_name("a.test.") == expected);
}

TEST_CASE("wire extension: the client's bodies are those of the standards") {
  CHECK(supported_groups({tls::kX25519, tls::kP256}) == Extension{10, hex("0004 001d 0017")});
  CHECK(ec_point_formats() == Extension{11, hex("01 00")});
  CHECK(signature_algorithms({{0x0804}, {0x0403}}) == Extension{13, hex("0004 0804 0403")});
  CHECK(alpn({"h2", "http/1.1"}) == Extension{16, hex("000c 02 6832 08 687474702f312e31")});
  CHECK(supported_versions({tls::kTls13, tls::kTls12}) == Extension{43, hex("04 0304 0303")});
  CHECK(key_share({{tls::kX25519, hex("0102")}}) == Extension{51, hex("0006 001d 0002 0102")});
  CHECK(key_share({}) == Extension{51, hex("0000")});
  CHECK(psk_key_exchange_modes() == Extension{45, hex("01 01")});
  CHECK(status_request() == Extension{5, hex("01 0000 0000")});
  CHECK(renegotiation_info() == Extension{0xFF01, hex("00")});
  CHECK(heartbeat() == Extension{15, hex("01")});
  CHECK(compress_certificate({1, 2, 3}) == Extension{27, hex("06 0001 0002 0003")});
  CHECK(record_size_limit(16385) == Extension{28, hex("4001")});
  CHECK(cookie(hex("0a0b")) == Extension{44, hex("0002 0a0b")});
  CHECK(empty_extension(extension::kEncryptThenMac) == Extension{22, {}});
}

TEST_CASE("wire extension: padding fills a hello up to the wanted size, header included") {
  CHECK(padding(300, 512).body.size() == 208);
  CHECK(padding(508, 512).body.empty());
  CHECK(padding(509, 512).body.empty());
  CHECK(padding(600, 512).body.empty());
  CHECK(padding(0, 1'000'000).body.size() == 65'535);
}

TEST_CASE("wire extension: the first extension of a type is found") {
  const std::vector<Extension> extensions = {{10, hex("01")}, {10, hex("02")}, {11, {}}};
  REQUIRE(find(extensions, 10));
  CHECK((*find(extensions, 10))[0] == 1);
  REQUIRE(find(extensions, 11));
  CHECK(find(extensions, 11)->empty());
  CHECK_FALSE(find(extensions, 12));
}

TEST_CASE("wire extension: a block is read to its end and no further") {
  const auto extensions = parse_extensions(hex("0009 0010 0001 aa 0017 0000"));
  REQUIRE(extensions);
  CHECK(*extensions == std::vector<Extension>{{16, hex("aa")}, {23, {}}});
  CHECK(parse_extensions(hex("0000"))->empty());
  for (const char* text :
       {"", "00", "0001", "0001 00", "0003 001700", "0005 0010 0002 aa", "0000 00", "0004 00170000 00"}) {
    INFO(text);
    CHECK_FALSE(parse_extensions(hex(text)));
  }
}

TEST_CASE("wire extension: the server's version, group and protocols") {
  CHECK(selected_version(hex("0304")) == tls::kTls13);
  CHECK(selected_version(hex("7f1c")) == tls::Version{0x7F1C});
  CHECK(selected_group(hex("001d")) == tls::kX25519);
  CHECK(selected_group(hex("0017 0002 0405")) == tls::kP256);
  CHECK(selected_alpn(hex("0003 02 6832")) == "h2");
  CHECK(offered_npn(hex("02 6832 01 61")) == std::vector<std::string>{"h2", "a"});
  CHECK(offered_npn({}) == std::vector<std::string>{});
  CHECK(offered_schemes(hex("0004 0804 0403")) == std::vector<SignatureScheme>{{0x0804}, {0x0403}});
  CHECK(offered_schemes(hex("0000")) == std::vector<SignatureScheme>{});
}

TEST_CASE("wire extension: malformed answers are no answers") {
  for (const char* text : {"", "03", "030400"}) CHECK_FALSE(selected_version(hex(text)));
  for (const char* text : {"", "00", "001d00", "001d 0000", "001d 0001", "001d 0001 aabb"}) {
    CHECK_FALSE(selected_group(hex(text)));
  }
  for (const char* text : {"", "0000", "0001 00", "0003 026832 00", "0002 0268", "0006 026832 026833"}) {
    CHECK_FALSE(selected_alpn(hex(text)));
  }
  for (const char* text : {"00", "01", "02 68", "01 61 00"}) CHECK_FALSE(offered_npn(hex(text)));
  for (const char* text : {"", "0001 08", "0002 08", "0003 080404", "0002 0804 00"}) {
    CHECK_FALSE(offered_schemes(hex(text)));
  }
}

}  // namespace
}  // namespace tlsward::tests::wire
