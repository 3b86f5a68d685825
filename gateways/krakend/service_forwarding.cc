#include "gateways/krakend/service_forwarding.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "gateways/krakend/model.h"

namespace tlsward::gateways::krakend {
namespace {

constexpr std::string_view kAll = "*";

using Names = std::vector<std::string>;

/// The known names of a list; what is a reference is not passed on, and said.
Names read_names(const Node* list, std::string_view key, const std::string& path, ServiceNotes& notes) {
  Names names;
  if (list == nullptr || list->is_null()) return names;
  const auto entries = list_entries(*list);
  bool known = entries.has_value() && !list->open;
  for (const Node& item : entries.value_or(std::span<const Node>())) {
    known = known && !item.unresolved;
    if (!item.unresolved && item.is_scalar()) names.emplace_back(item.scalar);
  }
  if (!known) notes.add(path, fmt::format("part of {} is not known, and is not passed on", key));
  return names;
}

/// A list under its name, or under the one that it had before 2.0.
const Node* find_list(const Node& endpoint, std::string_view key, std::string_view old_key) {
  const Node* list = endpoint.find(key);
  return list != nullptr ? list : endpoint.find(old_key);
}

bool holds(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

void narrow(bool& all, Names& names, const Names& allowed) {
  if (allowed.empty() || holds(allowed, kAll)) return;
  if (all)
    names = allowed;
  else
    std::erase_if(names, [&](const std::string& name) { return !holds(allowed, name); });
  all = false;
}

}  // namespace

void read_forwarding(const Node& endpoint, const std::string& path, ServiceRoute& route, ServiceNotes& notes) {
  constexpr std::string_view kQuery = "input_query_strings", kHeaders = "input_headers";
  route.query_names = read_names(find_list(endpoint, kQuery, "querystring_params"), kQuery, path, notes);
  route.header_names = read_names(find_list(endpoint, kHeaders, "headers_to_pass"), kHeaders, path, notes);
  route.forward_all_query = holds(route.query_names, kAll);
  route.forward_all_headers = holds(route.header_names, kAll);
}

void narrow_forwarding(const Node& backend, const std::string& path, ServiceRoute& route, ServiceNotes& notes) {
  constexpr std::string_view kQuery = "input_query_strings", kHeaders = "input_headers";
  narrow(route.forward_all_query, route.query_names, read_names(backend.find(kQuery), kQuery, path, notes));
  narrow(route.forward_all_headers, route.header_names, read_names(backend.find(kHeaders), kHeaders, path, notes));
}

}  // namespace tlsward::gateways::krakend
