// The pattern of one route, made ready once: what it captures of a path, and the path that it makes of that.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "gateways/service.h"

namespace re2 {
class RE2;
}

namespace tlsward::gateways {

/// A path with its segments, cut once for all patterns that are asked.
struct CutPath {
  std::string_view text;
  std::vector<std::string_view> segments;
};

/// What a pattern stands for: the values of a Template's parameters in their order, the rest of a last /* behind them;
/// for a Regex the whole path, then its groups. Views into the path.
using Captures = std::vector<std::string_view>;

/// A regular expression of RE2 syntax. `because` is what the error begins with: the route's name.
Result<std::shared_ptr<const re2::RE2>> compile_expression(std::string_view text, bool any_case,
                                                           std::string_view because);
/// True where it fits the whole text.
bool fits_whole(const re2::RE2& expression, std::string_view text);

/// Immutable; used by many threads.
class RoutePattern {
 public:
  /// Error: a regular expression that RE2 does not take.
  static Result<RoutePattern> make(const ServiceRoute& route);

  /// What every path that fits begins with; rules most routes out before more is asked.
  const std::string& start() const { return prefix_; }
  /// Nullopt: the path does not fit.
  std::optional<Captures> match(const CutPath& path) const;
  /// Template: the path with its literal segments spelled as in the pattern, where only letter case sets it apart.
  std::optional<std::string> corrected(const CutPath& path) const;
  /// Regex: all groups one behind the other, or the whole path where there are none. Template: what a last /* stands
  /// for.
  std::string everything(const Captures& captures) const;
  /// The route's `base_path` with its holes filled; `escape`: what is filled in was decoded, and is percent-encoded.
  std::string fill(const Captures& captures, bool escape) const;

 private:
  struct Segment {
    std::string literal;  // a parameter's name stands in `names_`
    bool parameter = false;
  };
  struct Piece {
    std::string literal;
    std::size_t capture = kNoIndex;  // kNoIndex: `literal` alone
    bool all = false;                // {*}
  };

  void read_template(std::string_view pattern);
  void read_pieces(std::string_view text);
  bool fits_length(std::size_t segments) const;

  PatternKind kind_ = PatternKind::Prefix;
  std::string prefix_;  // of a Template: its first literal segments
  std::vector<Segment> segments_;
  bool open_ = false;  // Template: ends with /*
  std::shared_ptr<const re2::RE2> expression_;
  std::vector<std::string> names_;
  std::vector<Piece> pieces_;
};

}  // namespace tlsward::gateways
