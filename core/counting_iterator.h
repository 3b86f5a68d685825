// The iterator through which a parser reads a text while somebody else sees how far it has come.
#pragma once

#include <cstddef>
#include <iterator>

namespace tlsward {

/// Reads bytes and leaves behind, in a place outside, where it stands; parsers copy iterators freely.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  /// Begins at `*place` and moves it. Owns nothing.
  explicit CountingIterator(const char** place) : place_(place) {}
  reference operator*() const { return **place_; }
  CountingIterator& operator++() {
    ++*place_;
    return *this;
  }
  CountingIterator operator++(int) { return ++*this; }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) { return *a.place_ == *b.place_; }
  friend bool operator!=(const CountingIterator& a, const CountingIterator& b) { return !(a == b); }

 private:
  const char** place_;
};

}  // namespace tlsward
