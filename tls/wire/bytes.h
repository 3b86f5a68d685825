// Bytes as TLS writes them (RFC 8446, 3): big-endian numbers, and vectors with their length in front.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace tlsward::tls::wire {

using Bytes = std::vector<std::uint8_t>;
using View = std::span<const std::uint8_t>;

/// Takes numbers and vectors from the front of `bytes`. What is not there reads as zero or empty, and from then on `ok`
/// is false: one question at the end is enough.
class Reader {
 public:
  explicit Reader(View bytes) : rest_(bytes) {}

  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u24();
  std::uint32_t u32();
  /// The next `count` bytes.
  View bytes(std::size_t count);
  /// A vector whose length stands in front of it in 1, 2 or 3 bytes.
  View vector8();
  View vector16();
  View vector24();
  /// What is left.
  View rest() const { return rest_; }
  bool empty() const { return rest_.empty(); }
  /// False once something was asked for that was not there.
  bool ok() const { return ok_; }
  /// Everything was there and nothing is left.
  bool finished() const { return ok_ && rest_.empty(); }

 private:
  View rest_;
  bool ok_ = true;
};

/// Appends numbers and vectors. Lengths must fit their field: a longer vector is a bug (assertion).
class Writer {
 public:
  void u8(std::uint8_t value);
  void u16(std::uint16_t value);
  void u24(std::uint32_t value);
  void u32(std::uint32_t value);
  void bytes(View value);
  void text(std::string_view value);
  void vector8(View value);
  void vector16(View value);
  void vector24(View value);
  std::size_t size() const { return bytes_.size(); }
  Bytes take() { return std::move(bytes_); }

 private:
  Bytes bytes_;
};

}  // namespace tlsward::tls::wire
