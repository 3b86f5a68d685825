// A value or the reason why there is none. For operational failures; findings are data and bugs are assertions.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace tlsward {

/// Why something could not be done: one sentence, lower case, with the actual value in it.
struct Error {
  std::string message;
};

/// `E` is Error, or a struct of a floor that tells kinds of failure apart (net::Failure).
template <class T, class E = Error>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}  // NOLINT: a value is a result
  Result(E error) : state_(std::move(error)) {}  // NOLINT: an error is a result

  explicit operator bool() const { return std::holds_alternative<T>(state_); }
  /// The value. Only where `*this` is true.
  T& value() { return std::get<T>(state_); }
  const T& value() const { return std::get<T>(state_); }
  T& operator*() { return value(); }
  const T& operator*() const { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  /// The error. Only where `*this` is false.
  const E& error() const { return std::get<E>(state_); }

 private:
  std::variant<T, E> state_;
};

}  // namespace tlsward
