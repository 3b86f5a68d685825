#include "tls/wire/client_hello.h"

#include "tests/catch.h"
#include "tests/tls/wire/messages.h"
#include "tls/wire/handshake.h"

namespace tlsward::tests::wire {
namespace {

using namespace tls::wire;

constexpr std::size_t kMessageHeader = 4;

View body_of(const Bytes& message) {
  return View(message).subspan(kMessageHeader);
}

ClientHello modern() {
  ClientHello hello;
  for (std::size_t i = 0; i < hello.random.size(); ++i) hello.random[i] = static_cast<std::uint8_t>(i);
  hello.session_id = Bytes(32, 0xEE);
  hello.suites = {{0x1301}, {0x0A0A}, {0xC02F}};
  hello.extensions = {server_name("a.test"), supported_versions({tls::kTls13, tls::kTls12}), key_share({}),
                      empty_extension(extension::kExtendedMasterSecret)};
  return hello;
}

void check_same(const ClientHello& left, const ClientHello& right) {
  CHECK(left.legacy_version == right.legacy_version);
  CHECK(left.random == right.random);
  CHECK(left.session_id == right.session_id);
  CHECK(left.suites == right.suites);
  CHECK(left.compressions == right.compressions);
  CHECK(left.extensions == right.extensions);
}

TEST_CASE("wire client hello: the message is written byte for byte") {
  ClientHello hello;
  hello.legacy_version = tls::kTls10;
  hello.random.fill(0x11);
  hello.session_id = hex("0102");
  hello.suites = {{0x002F}, {0x0035}};
  hello.compressions = {1, 0};
  hello.extensions = {{35, {}}, {5, hex("0100000000")}};
  CHECK(write(hello) == hex("01 00003d 0301") + Bytes(32, 0x11) +
                            hex("02 0102 0004 002f 0035 02 0100 000d 0023 0000 0005 0005 0100000000"));
}

TEST_CASE("wire client hello: without extensions there is no extensions block") {
  ClientHello hello;
  hello.legacy_version = tls::kSsl3;
  hello.suites = {{0x0005}};
  CHECK(write(hello) == hex("01 000029 0300") + Bytes(32) + hex("00 0002 0005 01 00"));
  CHECK(write_records(hello, tls::kSsl3) == hex("16 0300 002d") + write(hello));
}

TEST_CASE("wire client hello: what was written is read") {
  ClientHello bare;
  bare.legacy_version = tls::kSsl3;
  ClientHello huge = modern();
  huge.extensions.push_back(padding(write(huge).size(), 60'000));
  for (int code = 0; code < 1000; ++code) huge.suites.push_back({static_cast<std::uint16_t>(code)});
  for (const ClientHello& hello : {bare, modern(), huge}) {
    const auto parsed = parse_client_hello(body_of(write(hello)));
    REQUIRE(parsed);
    check_same(*parsed, hello);
  }
}

TEST_CASE("wire client hello: padding brings the message to the wanted size") {
  ClientHello hello = modern();
  hello.extensions.push_back(padding(write(hello).size(), 512));
  CHECK(write(hello).size() == 512);
}

TEST_CASE("wire client hello: a hello that needs more than one record is cut at 16,384 bytes") {
  ClientHello hello = modern();
  hello.extensions.push_back(padding(write(hello).size(), 40'000));
  const Bytes message = write(hello);
  REQUIRE(message.size() == 40'000);
  const Bytes records = write_records(hello);

  Bytes joined;
  std::vector<std::size_t> sizes;
  for (Reader in(records); !in.empty();) {
    CHECK(in.u8() == kHandshake);
    CHECK(in.u16() == tls::kTls10.number);
    const View fragment = in.vector16();
    REQUIRE(in.ok());
    sizes.push_back(fragment.size());
    joined.insert(joined.end(), fragment.begin(), fragment.end());
  }
  CHECK(sizes == std::vector<std::size_t>{16'384, 16'384, 7'232});
  CHECK(joined == message);
}

TEST_CASE("wire client hello: a hello of exactly one record stays in one") {
  ClientHello hello = modern();
  hello.extensions.push_back(padding(write(hello).size(), 16'384));
  CHECK(write_records(hello).size() == 16'384 + 5);
}

TEST_CASE("wire client hello: every truncation is malformed, except where the extensions begin") {
  const ClientHello hello = modern();
  ClientHello bare = hello;
  bare.extensions.clear();
  const std::size_t without_extensions = write(bare).size() - kMessageHeader;
  const Bytes message = write(hello);
  const View body = body_of(message);
  for (std::size_t size = 0; size < body.size(); ++size) {
    INFO(size);
    CHECK(parse_client_hello(body.first(size)).has_value() == (size == without_extensions));
  }
}

TEST_CASE("wire client hello: odd suites, a long session id and bytes behind the end are malformed") {
  const std::string head = "0303 0000000000000000000000000000000000000000000000000000000000000000";
  CHECK(parse_client_hello(hex(head + "00 0002 1301 01 00")));
  CHECK(parse_client_hello(hex(head + "00 0002 1301 01 00 0000")));
  CHECK_FALSE(parse_client_hello(hex(head + "00 0003 130113 01 00")));
  CHECK_FALSE(parse_client_hello(hex(head + "00 0002 1301 01 00 0000 00")));
  CHECK_FALSE(parse_client_hello(hex(head + "00 0002 1301 01 00 00")));
  const std::string long_id = "21 000000000000000000000000000000000000000000000000000000000000000000";
  CHECK_FALSE(parse_client_hello(hex(head + long_id + " 0002 1301 01 00")));
}

}  // namespace
}  // namespace tlsward::tests::wire
