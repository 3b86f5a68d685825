// Secrets of a key schedule, wiped before their memory goes back. Private to net/.
#pragma once

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tlsward::net {

/// Up to 80 bytes: the longest hash, and the shared secrets of the groups that we have keys of. A secret that could not
/// be computed is empty.
class Secret {
 public:
  static constexpr std::size_t kMaxSize = 80;

  Secret() = default;
  explicit Secret(std::size_t size) : size_(std::min(size, kMaxSize)) {}
  Secret(const Secret&) = default;
  Secret& operator=(const Secret&) = default;
  ~Secret() { OPENSSL_cleanse(bytes_.data(), bytes_.size()); }

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::span<const std::uint8_t> view() const { return {bytes_.data(), size_}; }
  std::span<std::uint8_t> bytes() { return {bytes_.data(), size_}; }

 private:
  std::array<std::uint8_t, kMaxSize> bytes_{};
  std::size_t size_ = 0;
};

}  // namespace tlsward::net
