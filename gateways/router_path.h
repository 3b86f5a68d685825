// The path of a request, as routers look at it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tlsward::gateways {

/// A request target in origin form, taken apart. The views are into what `read_target` was given.
struct TargetParts {
  std::string_view path;   // as it came, without query
  std::string_view query;  // behind the first question mark; empty where there is none
  std::string decoded;     // the path percent-decoded once; a broken escape stays as it is
  bool broken = false;     // a % is not followed by two hexadecimal digits
  bool has_dots = false;   // a segment of `decoded` is "." or "..": the path could leave the place it seems to be in
};
TargetParts read_target(std::string_view target);

/// Percent-decoded once; `broken` (may be nullptr) is set where a % is not followed by two hexadecimal digits.
std::string percent_decode(std::string_view text, bool* broken = nullptr);
/// As a path of a URL: what may not stand there as it is gets percent-encoded, slashes stay. As Go's
/// URL.EscapedPath does it.
std::string escape_path(std::string_view decoded);
/// Without empty, `.` and `..` segments; a slash at the end stays. As gorilla/mux and Gin clean paths: never above the
/// root.
std::string clean_path(std::string_view path);
/// With one slash less at its end, or one more.
std::string toggle_slash(std::string_view path);

/// "/a//b/" gives "a", "", "b", "". `path` begins with a slash.
std::vector<std::string_view> segments_of(std::string_view path);

/// The parameters of `query` whose decoded name is in `names`, as they came, in their order. What has a broken name or
/// a semicolon is left out, as Go does.
std::string keep_parameters(std::string_view query, const std::vector<std::string>& names);

}  // namespace tlsward::gateways
