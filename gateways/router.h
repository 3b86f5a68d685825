// Requests to routes. Made once from a Service; finding is linear in the routes of a port.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "gateways/service.h"

namespace tlsward::gateways {

struct RouteMatch {
  std::size_t route = kNoIndex;  // into Service::routes; kNoIndex: none fits
  std::string target;            // path and query for the upstream
};

/// Immutable; used by many threads.
class Router {
 public:
  /// Error: a regular expression that RE2 does not take, with the route's name.
  static Result<Router> make(const Service& service);
  Router(Router&&) noexcept;
  Router& operator=(Router&&) noexcept;
  ~Router();

  /// `authority` with or without a port, `target` in origin form. Paths with `.` or `..` for a segment (also
  /// percent-encoded) fit nothing: they could leave what a route is meant for.
  RouteMatch find(std::size_t port, std::string_view authority, std::string_view method, std::string_view target) const;

 private:
  struct Route;
  struct Table;
  explicit Router(std::unique_ptr<Table> table);
  std::unique_ptr<Table> table_;
};

}  // namespace tlsward::gateways
