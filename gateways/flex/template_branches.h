// Which branch of a Go template a document stands in: `{{ if … }}` may leave it out, `{{ else }}` writes another one.
#pragma once

#include <cstddef>
#include <vector>

#include "core/source.h"

namespace tlsward::gateways::flex {

/// Reads the templates of each file once, as long as it is asked in file order.
class TemplateBranches {
 public:
  /// `sources` must outlive this.
  explicit TemplateBranches(const SourceMap& sources) : sources_(sources) {}

  /// Number of the innermost branch that is open where `where` begins, the same for all that stands in it; 0: none.
  std::size_t at(Span where);

 private:
  const SourceMap& sources_;
  FileId file_ = 0;
  std::size_t offset_ = 0;  // as far as the file was read
  std::size_t next_ = 0;    // begin of the next template; npos: none
  std::size_t last_ = 0;    // number given last
  std::vector<std::size_t> open_ = {};
};

}  // namespace tlsward::gateways::flex
