// Whom an API calls, for all that its definition says.
#include <algorithm>

#include "gateways/tyk/fields.h"
#include "gateways/tyk/read.h"

namespace tlsward::gateways::tyk {
namespace {

void add_unresolved_target(Span where, std::vector<Target>& targets) {
  Target target;
  target.where = where;
  target.unresolved = true;
  targets.push_back(std::move(target));
}

void add_target(const Node* url, std::vector<Target>& targets) {
  if (!url) return;
  if (url->unresolved || !url->is_text()) return add_unresolved_target(url->where, targets);
  Target target;
  target.where = url->where;
  const std::size_t scheme = url->scalar.find("://");
  if (scheme != std::string_view::npos) target.scheme = lower_case(url->scalar.substr(0, scheme));
  std::optional<UrlHost> host = host_of_url(url->scalar);
  if (!host) return;
  target.host = std::move(*host);
  targets.push_back(std::move(target));
}

void add_target(const Object& object, std::string_view key, std::vector<Target>& targets) {
  if (const Member* member = object.member(key)) add_target(&member->value, targets);
}

/// The URLs of a list; `url_key` is where an item that is a map has it. One of unknown length counts as an unknown
/// target.
void add_targets(const Member* list, std::string_view url_key, std::vector<Target>& targets) {
  if (!list || (list->value.is_null() && !list->value.unresolved)) return;
  if (!list->value.is_list() || list->value.open) add_unresolved_target(list->value.where, targets);
  for (const Node& item : list->value.items) {
    if (item.is_map()) {
      add_target(Object(item, {}), url_key, targets);
    } else {
      add_target(&item, targets);
    }
  }
}

void mark_uncertain(std::size_t from, std::vector<Target>& targets) {
  for (std::size_t i = from; i < targets.size(); ++i) targets[i].uncertain = true;
}

/// True where a text below `node` behind `key` is a URL with a host, or may be one.
bool rewrites_host(const Node& node, std::string_view key) {
  bool found = false;
  walk(node, [&](const Node& inner) {
    const Member* member = inner.find_member(key);
    found =
        found || (member && (member->value.unresolved || member->value.scalar.find("://") != std::string_view::npos));
  });
  return found;
}

void add_classic_targets(const Object& root, std::vector<Target>& targets) {
  const Object proxy = root.object("proxy");
  add_target(proxy, "target_url", targets);
  const Flag balancing = proxy.flag("enable_load_balancing");
  std::size_t certain = targets.size();
  if (!is_off(balancing)) add_targets(proxy.member("target_list"), {}, targets);
  if (!balancing.known()) mark_uncertain(certain, targets);
  const Object data = root.object("version_data");
  const Object versions = data.object("versions");
  const Flag not_versioned = data.flag("not_versioned");
  if (is_on(not_versioned)) return;
  if (!versions.exists()) {
    if (versions.open()) add_unresolved_target(data.where(), targets);
    return;
  }
  certain = targets.size();
  for (const Member& member : versions.node()->members) {
    if (!member.value.is_map()) continue;
    const Object version(member.value, {});
    // Empty: the version uses the target of the API.
    const Word target = version.word("override_target");
    if (!target.known() || !target.value.empty()) add_target(version, "override_target", targets);
  }
  if (!not_versioned.known()) mark_uncertain(certain, targets);
}

/// True where a version may have rewrites that are not seen.
bool hides_rewrites(const Object& versions) {
  if (!versions.exists()) return versions.open();
  return std::any_of(versions.node()->members.begin(), versions.node()->members.end(), [&](const Member& member) {
    const Object paths = versions.object(member.key).object("extended_paths");
    const Member* rewrites = paths.member("url_rewrites");
    return rewrites ? rewrites->value.unresolved || rewrites->value.open : paths.open();
  });
}

/// Source: gateway/api_loader.go and mw_url_rewrite.go; `not_versioned` APIs use the paths of their one version too.
bool classic_hosts_at_run_time(const Object& root) {
  if (!is_off(root.object("proxy").object("service_discovery").flag("use_discovery_service"))) return true;
  const Member* data = root.member("version_data");
  if (hides_rewrites(root.object("version_data").object("versions"))) return true;
  return data && rewrites_host(data->value, "rewrite_to");
}

void add_oas_targets(const Object& upstream, std::vector<Target>& targets) {
  add_target(upstream, "url", targets);
  const Object balancing = upstream.object("loadBalancing");
  const Flag enabled = balancing.flag("enabled");
  const std::size_t certain = targets.size();
  if (!is_off(enabled)) add_targets(balancing.member("targets"), "url", targets);
  if (!enabled.known()) mark_uncertain(certain, targets);
}

bool oas_hosts_at_run_time(const Object& extension) {
  if (!is_off(extension.object("upstream").object("serviceDiscovery").flag("enabled"))) return true;
  const Member* middleware = extension.member("middleware");
  return middleware && rewrites_host(middleware->value, "rewriteTo");
}

}  // namespace

void read_classic_targets(const Object& root, Api& api) {
  add_classic_targets(root, api.targets);
  api.hosts_at_run_time = classic_hosts_at_run_time(root);
}

void read_oas_targets(const Object& extension, Api& api) {
  add_oas_targets(extension.object("upstream"), api.targets);
  api.hosts_at_run_time = oas_hosts_at_run_time(extension);
}

}  // namespace tlsward::gateways::tyk
