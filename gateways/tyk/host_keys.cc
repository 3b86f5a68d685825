// Tyk looks a host up in a map of texts: a few exact lookups, the most specific last, and every hit replaces the one
// before. There are no patterns beyond `*` and `*.` in front of what follows the first dot of the host, so a wildcard
// reaches exactly one level. A map of an API is asked after the one of the gateway and so wins, even with its `*`.
#include "gateways/tyk/host_keys.h"

#include <algorithm>
#include <vector>

#include "gateways/tyk/versions.h"

namespace tlsward::gateways::tyk {
namespace {

/// Index of the last key that equals one of `candidates`, the last candidate with a hit winning.
std::optional<std::size_t> last_hit(std::span<const std::string_view> keys,
                                    const std::vector<std::string>& candidates) {
  std::optional<std::size_t> result;
  for (const std::string& candidate : candidates) {
    for (std::size_t index = keys.size(); index-- > 0;) {
      if (keys[index] != candidate) continue;
      result = index;
      break;
    }
  }
  return result;
}

void add_wildcard(std::vector<std::string>& candidates, std::string_view host, std::string_view port = {}) {
  if (host.find('.') == std::string_view::npos) return;
  std::string key = "*." + std::string(after_first_dot(host));
  if (!port.empty()) key.append(":").append(port);
  candidates.push_back(std::move(key));
}

}  // namespace

std::optional<UrlHost> host_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  const std::size_t user = url.rfind('@');
  if (user != std::string_view::npos) url.remove_prefix(user + 1);
  if (url.empty()) return std::nullopt;

  UrlHost host;
  host.text = url;
  const std::size_t bracket = url.front() == '[' ? url.find(']') : std::string_view::npos;
  const std::size_t name_end = bracket != std::string_view::npos ? bracket + 1 : 0;
  const std::size_t colon = url.find(':', name_end);
  if (colon != std::string_view::npos) host.port = url.substr(colon + 1);
  host.name = url.substr(0, colon);
  if (bracket != std::string_view::npos) host.name = url.substr(1, bracket - 1);
  if (host.name.empty()) return std::nullopt;
  return host;
}

std::optional<std::size_t> find_upstream_key(std::span<const std::string_view> keys, const UrlHost& host,
                                             ProductVersion version) {
  std::vector<std::string> candidates = {"*"};
  if (!ignores_missing_port(version)) {
    add_wildcard(candidates, host.text);
    candidates.push_back(host.text);
    return last_hit(keys, candidates);
  }
  add_wildcard(candidates, host.name);
  if (!host.port.empty()) add_wildcard(candidates, host.name, host.port);
  candidates.push_back(host.name);
  candidates.push_back(host.text);
  return last_hit(keys, candidates);
}

std::optional<std::size_t> find_pin_key(std::span<const std::string_view> keys, const UrlHost& host) {
  std::vector<std::string> candidates = {"*"};
  add_wildcard(candidates, host.name);
  candidates.push_back(host.name);
  return last_hit(keys, candidates);
}

bool has_sound_stars(std::string_view key) {
  if (key == "*" || key.find('*') == std::string_view::npos) return true;
  return key.starts_with("*.") && key.find('*', 1) == std::string_view::npos;
}

UrlHost meant_host(std::string_view key) {
  key.remove_prefix(std::min(key.find_first_not_of(" \t\r\n"), key.size()));
  UrlHost host = host_of_url(lower_case(without_protocol(key))).value_or(UrlHost{});
  while (host.name.ends_with('.')) host.name.pop_back();
  return host;
}

std::string without_protocol(std::string_view key) {
  const std::size_t scheme = key.find("://");
  if (scheme != std::string_view::npos) key.remove_prefix(scheme + 3);
  key = key.substr(0, key.find_first_of("/?# \t\r\n"));
  return std::string(key);
}

std::string lower_case(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

std::string_view after_first_dot(std::string_view host) {
  const std::size_t dot = host.find('.');
  return dot == std::string_view::npos ? std::string_view{} : host.substr(dot + 1);
}

}  // namespace tlsward::gateways::tyk
