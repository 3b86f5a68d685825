#include "serve/http/head_end.h"

namespace tlsward::serve {

std::size_t HeadEnd::find(std::string_view bytes) {
  while (!bare_lf_) {
    const std::size_t end = bytes.find('\n', scanned_);
    if (end == std::string_view::npos) break;
    bare_lf_ = end == line_ || bytes[end - 1] != '\r';
    const bool empty = end == line_ + 1;
    line_ = scanned_ = end + 1;
    if (empty && !bare_lf_) return line_;
  }
  scanned_ = bytes.size();
  return 0;
}

}  // namespace tlsward::serve
