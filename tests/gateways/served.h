// What a gateway's files serve, and where a request to that goes, as one line of text.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateways/gateway.h"
#include "gateways/router.h"
#include "lint/run.h"
#include "tests/catch.h"

namespace tlsward {

struct ServedFile {
  std::string path, text;
};

/// Files read as one set, no rule asked.
class Served {
 public:
  Served(const std::string& gateway, const std::vector<ServedFile>& files) {
    std::string error;
    const auto choice = gateways::parse_gateway_choice(gateway, error);
    REQUIRE(choice);
    options_.gateways.push_back(*choice);
    std::vector<lint::InputFile> inputs;
    for (const ServedFile& file : files) inputs.push_back({file.path, file.text, "", true, 0});
    run_ = lint::run(std::move(inputs), {}, options_);
    REQUIRE(run_->errors.empty());
    REQUIRE(run_->sets.size() == 1);
    const lint::InputSet& set = *run_->sets.front();
    service = set.gateway->service(set.documents, set.reading);
    auto made = gateways::Router::make(service);
    if (!made) FAIL(made.error().message);
    router_.emplace(std::move(*made));
  }

  /// "https://up.example /v1/orders/1": upstream and target; "404" or "301 /orders" where no route fits; "=200" for a
  /// route that answers by itself.
  std::string go(std::string_view target, std::string_view method = "GET", std::string_view host = "gateway.example",
                 const std::map<std::string, std::string>& headers = {}, std::size_t port = 0) const {
    const auto header = [&](std::string_view name) -> std::optional<std::string_view> {
      const auto found = headers.find(std::string(name));
      if (found == headers.end()) return {};
      return found->second;
    };
    const gateways::RouteMatch match = router_->find(port, host, method, target, header);
    if (match.route == gateways::kNoIndex) {
      REQUIRE(match.answer);
      std::string text = std::to_string(match.answer->status);
      for (const auto& [name, value] : match.answer->fields)
        if (name == "Location" || name == "Allow") text += " " + value;
      return text;
    }
    const gateways::ServiceRoute& route = service.routes[match.route];
    if (route.answer) return fmt::format("={}", route.answer->status);
    return fmt::format("{} {}", route.upstream, match.target);
  }
  gateways::RouteMatch find(std::string_view target, std::string_view method = "GET", std::size_t port = 0) const {
    return router_->find(port, "gateway.example", method, target);
  }

  const gateways::ServiceRoute& route(std::string_view name) const {
    const auto found = std::find_if(service.routes.begin(), service.routes.end(),
                                    [&](const gateways::ServiceRoute& route) { return route.name == name; });
    INFO("no route " << name);
    REQUIRE(found != service.routes.end());
    return *found;
  }
  bool has_note(std::string_view note) const {
    return std::find(service.notes.begin(), service.notes.end(), note) != service.notes.end();
  }
  std::string notes() const { return fmt::format("{}", fmt::join(service.notes, "\n")); }
  const std::vector<tls::TlsContext>& contexts() const { return run_->sets.front()->reading.contexts; }

  gateways::Service service;

 private:
  lint::Options options_;
  std::unique_ptr<lint::Run> run_;
  std::optional<gateways::Router> router_;
};

}  // namespace tlsward
