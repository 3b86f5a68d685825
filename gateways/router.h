// Requests to routes. Made once from a Service; finding is linear in the routes of a port, and compiles nothing.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "gateways/service.h"

namespace tlsward::gateways {

struct RouteMatch {
  std::size_t route = kNoIndex;  // into Service::routes; kNoIndex: none fits
  std::string target;            // path and query for the upstream
  /// Where no route is given: what the gateway says instead (not found, method not allowed, moved, bad request).
  std::optional<GatewayAnswer> answer;
};

/// The value of a request's first field with this name, compared without case; nullopt where it is absent.
using HeaderLookup = std::function<std::optional<std::string_view>(std::string_view name)>;

/// Immutable; used by many threads.
class Router {
 public:
  /// Error: a regular expression that RE2 does not take, with the route's name.
  static Result<Router> make(const Service& service);
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  /// `authority` with or without a port, `target` in origin form. What is sent upstream never lies above a route's base
  /// path: a path with `.` or `..` for a segment (also percent-encoded, also behind %2f) fits nothing, and is at most
  /// redirected to where it leads. Without `header` no field is there.
  RouteMatch find(std::size_t port, std::string_view authority, std::string_view method, std::string_view target,
                  const HeaderLookup& header = {}) const;

 private:
  struct Table;
  explicit Router(std::unique_ptr<const Table> table);
  std::unique_ptr<const Table> table_;
};

}  // namespace tlsward::gateways
