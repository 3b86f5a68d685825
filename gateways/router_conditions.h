// What a route asks of a request beside its path, made ready once.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "gateways/router.h"
#include "gateways/service.h"

namespace re2 {
class RE2;
}

namespace tlsward::gateways {

/// Immutable; used by many threads.
class RouteConditions {
 public:
  /// Error: a regular expression that RE2 does not take.
  static Result<RouteConditions> make(const ServiceRoute& route);

  bool fit(std::string_view authority, std::string_view method, const HeaderLookup& header) const;
  bool fits_method(std::string_view method) const;

 private:
  using Expression = std::shared_ptr<const re2::RE2>;

  bool fits_host(std::string_view host) const;
  bool fits_headers(const HeaderLookup& header) const;

  std::vector<std::string> hosts_;     // lower case, without port
  std::vector<std::string> suffixes_;  // of "*.rest": ".rest"
  std::vector<std::string> methods_;
  Expression host_, method_;  // null: anything
  std::vector<std::pair<std::string, Expression>> headers_;
};

}  // namespace tlsward::gateways
