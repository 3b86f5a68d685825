// Where the head of an HTTP/1.1 message ends.
#pragma once

#include <cstddef>
#include <string_view>

namespace tlsward::serve {

/// Finds the end of a head that comes in pieces. Looks at each byte once.
class HeadEnd {
 public:
  /// `bytes`: all that has come so far, from the head's first byte on. Length of the head, the empty line included; 0:
  /// it is not complete.
  std::size_t find(std::string_view bytes);
  /// A line that ends with LF alone was found: what follows is for nobody to guess (RFC 9112, 2.2).
  bool has_bare_lf() const { return bare_lf_; }

 private:
  std::size_t line_ = 0;     // where the line begins that is not complete
  std::size_t scanned_ = 0;  // no LF before this, in that line
  bool bare_lf_ = false;
};

}  // namespace tlsward::serve
