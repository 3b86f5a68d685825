#include "tls/wire/bytes.h"

#include "tests/catch.h"
#include "tests/tls/wire/messages.h"

namespace tlsward::tests::wire {
namespace {

using tls::wire::Reader;
using tls::wire::Writer;

TEST_CASE("wire bytes: numbers and vectors are big-endian, and read as they were written") {
  Writer out;
  out.u8(0x01);
  out.u16(0x0203);
  out.u24(0x040506);
  out.u32(0x0708090A);
  out.vector8(hex("aa"));
  out.vector16(hex("bbcc"));
  out.vector24(hex("dd"));
  out.text("hi");
  CHECK(out.size() == 22);
  const Bytes bytes = out.take();
  CHECK(bytes == hex("01 0203 040506 0708090a 01aa 0002bbcc 000001dd 6869"));

  Reader in(bytes);
  CHECK(in.u8() == 0x01);
  CHECK(in.u16() == 0x0203);
  CHECK(in.u24() == 0x040506);
  CHECK(in.u32() == 0x0708090A);
  CHECK(in.vector8().size() == 1);
  CHECK(in.vector16().size() == 2);
  CHECK(in.vector24().size() == 1);
  CHECK_FALSE(in.finished());
  CHECK(in.bytes(2).size() == 2);
  CHECK(in.finished());
}

TEST_CASE("wire bytes: what is not there reads as zero or empty, and nothing can be read afterwards") {
  const Bytes bytes = hex("01ff");
  Reader in(bytes);
  CHECK(in.u24() == 0);
  CHECK_FALSE(in.ok());
  CHECK(in.u8() == 0);
  CHECK(in.empty());
  CHECK_FALSE(in.finished());
}

TEST_CASE("wire bytes: a vector that claims more than there is spoils the reader") {
  const Bytes bytes = hex("03 aabb");
  Reader in(bytes);
  CHECK(in.vector8().empty());
  CHECK_FALSE(in.ok());
  for (const char* text : {"", "00", "0003aabb", "000003aabb"}) {
    const Bytes other = hex(text);
    Reader wide(other);
    CHECK(wide.vector24().empty());
    CHECK_FALSE(wide.ok());
  }
}

TEST_CASE("wire bytes: a reader of nothing is finished until something is asked for") {
  Reader in({});
  CHECK(in.finished());
  CHECK(in.bytes(0).empty());
  CHECK(in.finished());
  CHECK(in.u8() == 0);
  CHECK_FALSE(in.finished());
}

}  // namespace
}  // namespace tlsward::tests::wire
