// Bytes that may be a private key: wiped before their memory goes back.
#pragma once

#include <openssl/crypto.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace tlsward::pki {

/// A buffer of fixed capacity that is wiped when it goes. It never grows, so it leaves no copies behind.
class SecretBytes {
 public:
  SecretBytes() = default;
  explicit SecretBytes(std::size_t capacity)
      : bytes_(std::make_unique<unsigned char[]>(capacity)), capacity_(capacity) {}
  SecretBytes(SecretBytes&& other) noexcept { swap(other); }
  SecretBytes& operator=(SecretBytes&& other) noexcept {
    swap(other);
    return *this;
  }
  SecretBytes(const SecretBytes&) = delete;
  SecretBytes& operator=(const SecretBytes&) = delete;
  ~SecretBytes() {
    if (bytes_) OPENSSL_cleanse(bytes_.get(), capacity_);
  }

  /// Adds one byte; what goes beyond the capacity is dropped.
  void push_back(unsigned char byte) {
    if (size_ < capacity_) bytes_[size_++] = byte;
  }
  /// Takes up all of the capacity, with zeros where nothing was added, for others to write to.
  std::span<unsigned char> fill() {
    size_ = capacity_;
    return {bytes_.get(), size_};
  }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  std::span<const unsigned char> span() const { return {bytes_.get(), size_}; }
  /// The same as text.
  std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.get()), size_}; }

 private:
  void swap(SecretBytes& other) noexcept {
    std::swap(bytes_, other.bytes_);
    std::swap(capacity_, other.capacity_);
    std::swap(size_, other.size_);
  }

  std::unique_ptr<unsigned char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t size_ = 0;
};

}  // namespace tlsward::pki
