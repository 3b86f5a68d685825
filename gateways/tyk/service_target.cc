#include "gateways/tyk/service_target.h"

#include <fmt/format.h>

#include <algorithm>

namespace tlsward::gateways::tyk {
namespace {

/// "user@host:port/path?query"
void split_target(const std::string& text, ServiceRoute& route) {
  const std::size_t end = std::min(text.find('#'), text.size());
  const std::size_t question = std::min(text.find('?'), end);
  const std::size_t path = std::min(text.find('/'), question);
  route.upstream = text.substr(0, path);
  if (const std::size_t at = route.upstream.rfind('@'); at != std::string::npos) route.upstream.erase(0, at + 1);
  route.base_path = text.substr(path, question - path);
  if (question < end) route.base_query = text.substr(question + 1, end - question - 1);
}

std::size_t context_of(const Api& api, Span where) {
  const auto found =
      std::find_if(api.targets.begin(), api.targets.end(), [&](const Target& target) { return target.where == where; });
  return found == api.targets.end() ? kNoIndex : found->context;
}

}  // namespace

std::string set_target(const Api& api, const Routing& routing, ServiceRoute& route, ServiceNotes& notes) {
  const Node* node = routing.target;
  const std::string& place = routing.target_place;
  if (node == nullptr) return fmt::format("{} is missing", place);
  if (node->unresolved || !node->is_text()) return fmt::format("{} is {}, which is not known", place, shown(*node));
  std::string url(node->scalar);
  // Tyk puts a scheme in front of the targets that it spreads requests over.
  if (routing.balanced > 0 && url.find("://") == std::string::npos) url = "http://" + url;
  const std::string scheme = url.substr(0, std::min(url.find("://"), url.size()));
  const bool is_secure = scheme == "https" || scheme == "wss";
  if (!is_secure && scheme != "http" && scheme != "ws")
    return fmt::format("{} is {}, neither http:// nor https://", place, shown(*node));
  if (routing.balanced > 1)
    notes.add(api.subject, fmt::format("of its {} targets the first is called", routing.balanced));
  split_target(url.substr(scheme.size() + 3), route);
  if (route.upstream.empty()) return fmt::format("{} names no host", place);
  route.upstream = (is_secure ? "https://" : "http://") + route.upstream;
  if (is_secure) route.upstream_context = context_of(api, node->where);
  return {};
}

}  // namespace tlsward::gateways::tyk
