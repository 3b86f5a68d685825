#include "tls/wire/bytes.h"

#include <cassert>

namespace tlsward::tls::wire {

std::uint8_t Reader::u8() {
  const View one = bytes(1);
  return one.empty() ? std::uint8_t{0} : one[0];
}

std::uint16_t Reader::u16() {
  const View two = bytes(2);
  return two.empty() ? std::uint16_t{0} : static_cast<std::uint16_t>(two[0] << 8 | two[1]);
}

std::uint32_t Reader::u24() {
  const View three = bytes(3);
  if (three.empty()) return 0;
  return std::uint32_t{three[0]} << 16 | std::uint32_t{three[1]} << 8 | three[2];
}

std::uint32_t Reader::u32() {
  const View four = bytes(4);
  if (four.empty()) return 0;
  return std::uint32_t{four[0]} << 24 | std::uint32_t{four[1]} << 16 | std::uint32_t{four[2]} << 8 | four[3];
}

View Reader::bytes(std::size_t count) {
  if (!ok_ || count > rest_.size()) {
    ok_ = false;
    rest_ = {};
    return {};
  }
  const View front = rest_.first(count);
  rest_ = rest_.subspan(count);
  return front;
}

View Reader::vector8() {
  return bytes(u8());
}

View Reader::vector16() {
  return bytes(u16());
}

View Reader::vector24() {
  return bytes(u24());
}

void Writer::u8(std::uint8_t value) {
  bytes_.push_back(value);
}

void Writer::u16(std::uint16_t value) {
  u8(static_cast<std::uint8_t>(value >> 8));
  u8(static_cast<std::uint8_t>(value));
}

void Writer::u24(std::uint32_t value) {
  assert(value < 1U << 24);
  u8(static_cast<std::uint8_t>(value >> 16));
  u16(static_cast<std::uint16_t>(value));
}

void Writer::u32(std::uint32_t value) {
  u16(static_cast<std::uint16_t>(value >> 16));
  u16(static_cast<std::uint16_t>(value));
}

void Writer::bytes(View value) {
  bytes_.insert(bytes_.end(), value.begin(), value.end());
}

void Writer::text(std::string_view value) {
  bytes_.insert(bytes_.end(), value.begin(), value.end());
}

void Writer::vector8(View value) {
  assert(value.size() < 1U << 8);
  u8(static_cast<std::uint8_t>(value.size()));
  bytes(value);
}

void Writer::vector16(View value) {
  assert(value.size() < 1U << 16);
  u16(static_cast<std::uint16_t>(value.size()));
  bytes(value);
}

void Writer::vector24(View value) {
  assert(value.size() < 1U << 24);
  u24(static_cast<std::uint32_t>(value.size()));
  bytes(value);
}

}  // namespace tlsward::tls::wire
