#include "gateways/krakend/model.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

#include <fmt/format.h>

#include "gateways/krakend/hosts.h"
#include "gateways/krakend/versions.h"
#include "gateways/material.h"

// A member that is not there may mean three things: KrakenD's default, a template that adds it at run time, or an
// object that is itself a template. `Settings::open` and `Presence` keep them apart, so that nobody calls something
// missing that was only not seen.

namespace tlsward::gateways::krakend {
namespace {

constexpr std::int64_t kDefaultPort = 8080;

tls::Setting<bool> flag(const Member* member, bool open) {
  tls::Setting<bool> result;
  if (member == nullptr) {
    if (open) result.origin = tls::Origin::Unresolved;
    return result;
  }
  result.where = member->value.where;
  if (member->value.is_null()) return result;
  const std::optional<bool> value = decode_bool(member->value);
  result.origin = value ? tls::Origin::Written : tls::Origin::Unresolved;
  result.value = value.value_or(false);
  if (!value) result.because = std::string(member->value.scalar);
  return result;
}

void read_settings(Settings& settings, const Node& node, Span key, std::string path) {
  settings.node = &node;
  settings.key = key;
  settings.path = std::move(path);
  settings.open = node.open;
  settings.min_version = node.find_member("min_version");
  settings.max_version = node.find_member("max_version");
  settings.cipher_suites = node.find_member("cipher_suites");
  settings.curve_preferences = node.find_member("curve_preferences");
  settings.ca_certs = node.find_member("ca_certs");
  settings.disable_system_ca_pool_member = node.find_member("disable_system_ca_pool");
  settings.disable_system_ca_pool = flag(settings.disable_system_ca_pool_member, node.open);
}

Presence presence_of(const Member* member, const Node& parent) {
  if (member == nullptr) return parent.open ? Presence::Unknown : Presence::Absent;
  if (member->value.is_map()) return Presence::Present;
  // Anything but an object or null is a template, or stops KrakenD before it reads on (config/wrong-type).
  return member->value.is_null() && !member->value.unresolved ? Presence::Absent : Presence::Unknown;
}

std::span<const Node> items_of(const Member* member) {
  return member != nullptr && member->value.is_list() ? member->value.items : std::span<const Node>{};
}

/// An object, or null, which Go takes for one without members.
bool is_entry(const Node& item) {
  return item.is_map() || (item.is_null() && !item.unresolved);
}

KeyPair key_pair(const Node& node, std::string path, bool legacy) {
  return {
      node.find_member("public_key"), node.find_member("private_key"), node.where, std::move(path), legacy, node.open};
}

TlsBlock read_tls(const Node& root) {
  TlsBlock block;
  block.member = root.find_member("tls");
  block.presence = presence_of(block.member, root);
  block.path = "tls";
  if (block.member != nullptr) block.key = block.member->key_where;
  if (block.presence != Presence::Present) return block;
  const Node& node = block.member->value;
  read_settings(block, node, block.member->key_where, "tls");
  block.disabled = flag(node.find_member("disabled"), node.open);
  block.enable_mtls_member = node.find_member("enable_mtls");
  block.enable_mtls = flag(block.enable_mtls_member, node.open);
  block.keys = node.find_member("keys");
  std::size_t index = 0;
  for (const Node& item : items_of(block.keys)) {
    if (is_entry(item)) block.key_pairs.push_back(key_pair(item, fmt::format("tls.keys[{}]", index), false));
    ++index;
  }
  KeyPair legacy = key_pair(node, "tls", true);
  // Where both halves are empty KrakenD goes on as if they were not there.
  if (!is_empty(legacy.public_key) || !is_empty(legacy.private_key)) block.legacy = std::move(legacy);
  return block;
}

ClientTls read_client_tls(const Member& member, std::string path) {
  ClientTls block;
  read_settings(block, member.value, member.key_where, std::move(path));
  block.subject = block.path;
  block.since = kClientTlsSince;
  block.allow_insecure_connections = flag(member.value.find_member("allow_insecure_connections"), block.open);
  block.client_certs = member.value.find_member("client_certs");
  std::size_t index = 0;
  for (const Node& item : items_of(block.client_certs)) {
    if (is_entry(item)) {
      block.client_certificates.push_back({item.find_member("certificate"), item.find_member("private_key"), item.where,
                                           fmt::format("{}.client_certs[{}]", block.path, index), item.open});
    }
    ++index;
  }
  return block;
}

bool starts_with(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

/// Components of a backend's extra_config that call something else than its hosts over HTTP. Others (graphql, soap,
/// conditional) only change what is sent, or whether.
bool replaces_http(std::string_view component) {
  constexpr std::string_view kOthers[] = {
      "backend/lambda", "backend/amqp/", "backend/pubsub/", "backend/grpc", "backend/static-filesystem",
      // The names of KrakenD 1 still count (krakend-ce, cmd/krakend-ce/main.go).
      "github.com/devopsfaith/krakend-lambda", "github.com/devopsfaith/krakend-amqp/",
      "github.com/devopsfaith/krakend-pubsub/"};
  return std::any_of(std::begin(kOthers), std::end(kOthers),
                     [&](std::string_view other) { return starts_with(component, other); });
}

/// The member's value where it says anything: null is the same as absent.
const Node* find_value(const Node& owner, std::string_view key) {
  const Node* value = owner.find(key);
  return value != nullptr && value->is_null() && !value->unresolved ? nullptr : value;
}

// KrakenD puts http:// in front of a host without a scheme, except that service discovery has a scheme of its own.
Scheme scheme_of(const Node& host, const Node& backend) {
  if (host.unresolved || !host.is_text()) return Scheme::Unknown;
  if (starts_with(host.scalar, "https://")) return Scheme::Https;
  if (starts_with(host.scalar, "http://")) return Scheme::Http;
  if (host.scalar.find("://") != std::string_view::npos) return Scheme::Other;
  const Node* discovery = find_value(backend, "sd");
  const Node* scheme = find_value(backend, "sd_scheme");
  if ((discovery != nullptr && discovery->unresolved) || (scheme != nullptr && scheme->unresolved)) {
    return Scheme::Unknown;
  }
  const bool discovered = discovery != nullptr && !discovery->scalar.empty() && discovery->scalar != "static";
  if (discovered) return scheme != nullptr && scheme->scalar == "https" ? Scheme::Https : Scheme::Http;
  const Node* unsanitized = find_value(backend, "disable_host_sanitize");
  if (unsanitized != nullptr && decode_bool(*unsanitized).value_or(true)) return Scheme::Unknown;
  return Scheme::Http;
}

/// False where KrakenD takes the hosts as they stand, or may do so.
bool is_cleaned(const Node& owner) {
  const Node* off = find_value(owner, "disable_host_sanitize");
  return off == nullptr ? !owner.open : decode_bool(*off) == false;
}

std::vector<Host> read_hosts(const Node& owner) {
  std::vector<Host> result;
  const Node* list = owner.find("host");
  const auto entries = list != nullptr ? list_entries(*list) : std::nullopt;
  if (!entries) return result;
  const bool cleaned = is_cleaned(owner);
  for (const Node& item : *entries) {
    if (!item.is_scalar() || item.is_null()) continue;
    const bool has_scheme = item.scalar.find("://") != std::string_view::npos;
    Host host{item.scalar, item.where, scheme_of(item, owner),
              fmt::format("{}{}", has_scheme ? "" : "http://", item.scalar)};
    if (cleaned && !item.unresolved && item.is_text()) host.cleaned = cleaned_host(item.scalar);
    result.push_back(std::move(host));
  }
  return result;
}

/// False where a template may write hosts that are not seen.
bool knows_hosts(const Node& owner) {
  const Node* hosts = owner.find("host");
  return hosts == nullptr ? !owner.open : !hosts->open && list_entries(*hosts).has_value();
}

/// The first release that reads client_tls in this place. Source: the key table.
ProductVersion first_release(std::string_view name_space, std::string_view path) {
  if (name_space == "redis") {
    return starts_with(path, "extra_config.redis.clusters") ? kRedisClustersSince : kRedisSince;
  }
  return name_space.find("kafka") != std::string_view::npos ? kKafkaSince : kClientTlsSince;
}

/// Finds backends and the `client_tls` objects of the Enterprise Edition.
class BackendReader {
 public:
  explicit BackendReader(Configuration& configuration) : configuration_(configuration) {}

  void read_root(const Node& root) {
    read_endpoints(root.find_member("endpoints"));
    const Node* agents = root.find("async_agent");
    if (agents != nullptr) read_agents(*agents);
    if (const Node* extra = root.find("extra_config")) read_redis(*extra);
  }

 private:
  void read_endpoints(const Member* member) {
    if (member == nullptr) return;
    if (!member->value.is_list() || member->value.open) configuration_.more_backends = true;
    std::size_t index = 0;
    for (const Node& endpoint : items_of(member)) {
      read_endpoint(endpoint, fmt::format("endpoints[{}]", index), "");
      ++index;
    }
  }

  // `prefix` names the endpoint or backend that a workflow belongs to.
  void read_endpoint(const Node& endpoint, const std::string& path, const std::string& prefix) {
    if (!endpoint.is_map() || endpoint.open) configuration_.more_backends = true;
    const Node* name = endpoint.find("endpoint");
    const Node* method = endpoint.find("method");
    const std::string_view verb = method != nullptr && method->is_text() ? method->scalar : "GET";
    const std::string subject = name != nullptr && name->is_scalar()
                                    ? fmt::format("{}{} {}", prefix, verb, name->scalar)
                                    : fmt::format("{}{}", prefix, path);
    read_backends(endpoint, path, subject);
    read_workflow(endpoint, path, subject);
  }

  void read_agents(const Node& agents) {
    std::size_t index = 0;
    for (const Node& agent : agents.items) {
      const std::string path = fmt::format("async_agent[{}]", index);
      const Node* name = agent.find("name");
      const std::string subject = name != nullptr && name->is_text() ? fmt::format("agent {}", name->scalar) : path;
      read_backends(agent, path, subject);
      const Node* extra = agent.find("extra_config");
      const Node* kafka = extra != nullptr ? extra->find("async/kafka") : nullptr;
      if (kafka != nullptr) {
        read_cluster(*kafka, path + ".extra_config.async/kafka", subject, "async/kafka", ClientTls::kNoBackend);
      }
      ++index;
    }
  }

  void read_backends(const Node& owner, const std::string& path, const std::string& subject) {
    const Node* list = owner.find("backend");
    if (list == nullptr) return;
    if (!list->is_list() || list->open) configuration_.more_backends = true;
    std::size_t index = 0;
    for (const Node& backend : list->items) {
      read_backend(backend, fmt::format("{}.backend[{}]", path, index), fmt::format("{} backend[{}]", subject, index));
      ++index;
    }
  }

  void read_backend(const Node& node, const std::string& path, const std::string& subject) {
    if (!node.is_map() || node.open) configuration_.more_backends = true;
    if (!node.is_map()) return;
    Backend backend;
    backend.name = subject;
    backend.where = node.where;
    backend.hosts = read_hosts(node);
    const bool known = knows_hosts(node);
    if (!known) configuration_.more_backends = true;
    backend.root_hosts = known && backend.hosts.empty();
    const std::size_t index = configuration_.backends.size();
    configuration_.backends.push_back(std::move(backend));
    if (const Node* extra = node.find("extra_config")) read_extra(*extra, path + ".extra_config", subject, index);
    read_workflow(node, path, subject);
  }

  void read_extra(const Node& extra, const std::string& path, const std::string& subject, std::size_t index) {
    for (const Member& member : extra.members) {
      if (replaces_http(member.key)) configuration_.backends[index].speaks_http = false;
      if (!starts_with(member.key, "backend/")) continue;
      const std::string inner = fmt::format("{}.{}", path, member.key);
      if (member.key == "backend/http/client" || member.key == "backend/grpc") {
        read_client(member.value, "client_tls", inner, subject, member.key, index);
      } else if (member.key == "backend/pubsub/publisher/kafka") {
        if (const Node* writer = member.value.find("writer")) {
          read_cluster(*writer, inner + ".writer", subject, member.key, index);
        }
      } else if (member.key == "backend/pubsub/subscriber/kafka") {
        if (const Node* reader = member.value.find("reader")) {
          read_cluster(*reader, inner + ".reader", subject, member.key, index);
        }
      }
    }
  }

  void read_cluster(const Node& connection, const std::string& path, const std::string& subject, std::string_view name,
                    std::size_t index) {
    const Node* cluster = connection.find("cluster");
    if (cluster != nullptr) read_client(*cluster, "client_tls", path + ".cluster", subject, name, index);
  }

  void read_client(const Node& owner, std::string_view key, const std::string& path, const std::string& subject,
                   std::string_view name_space, std::size_t index) {
    const Member* member = owner.find_member(key);
    if (member == nullptr || !member->value.is_map()) return;
    ClientTls block = read_client_tls(*member, join_path(path, key));
    block.name_space = std::string(name_space);
    block.subject = fmt::format("{} {}", subject, name_space);
    block.peers = name_space == "redis"                                ? fmt::format("Redis {}", subject)
                  : name_space.find("kafka") != std::string_view::npos ? fmt::format("Kafka of {}", subject)
                                                                       : subject;
    block.since = first_release(name_space, path);
    block.backend = index;
    if (index != ClientTls::kNoBackend) configuration_.backends[index].own_client_tls = true;
    configuration_.enterprise.push_back(std::move(block));
  }

  void read_redis(const Node& extra) {
    const Node* redis = extra.find("redis");
    if (redis == nullptr) return;
    for (const std::string_view list : {"connection_pools", "clusters"}) {
      std::size_t index = 0;
      for (const Node& connection : items_of(redis->find_member(list))) {
        const Node* name = connection.find("name");
        const std::string path = fmt::format("extra_config.redis.{}[{}]", list, index);
        read_client(connection, "tls", path, name != nullptr && name->is_text() ? std::string(name->scalar) : path,
                    "redis", ClientTls::kNoBackend);
        ++index;
      }
    }
  }

  void read_workflow(const Node& owner, const std::string& path, const std::string& subject) {
    const Node* extra = owner.find("extra_config");
    const Node* workflow = extra != nullptr ? extra->find("workflow") : nullptr;
    if (workflow != nullptr) read_endpoint(*workflow, path + ".extra_config.workflow", subject + " workflow ");
  }

  Configuration& configuration_;
};

/// Nullopt for a fraction. What is too large for the type is the largest that fits.
std::optional<std::int64_t> whole_number(std::string_view digits) {
  std::int64_t exact = 0;
  const char* last = digits.data() + digits.size();
  if (const auto [end, error] = std::from_chars(digits.data(), last, exact); error == std::errc{} && end == last)
    return exact;
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), last, value);
  if (digits.empty() || error != std::errc{} || end != last || value != std::trunc(value)) return std::nullopt;
  constexpr double kLimit = 9223372036854775807.0;  // 2^63
  if (value >= kLimit) return std::numeric_limits<std::int64_t>::max();
  if (value <= -kLimit) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

void forget_client_certificates(Configuration& configuration) {
  if (configuration.client_tls) configuration.client_tls->client_certificates.clear();
  for (ClientTls& block : configuration.enterprise) block.client_certificates.clear();
}

}  // namespace

std::optional<bool> decode_bool(const Node& node) {
  if (node.unresolved) return std::nullopt;
  if (node.kind == NodeKind::Bool) return node.is_true();
  if (node.kind == NodeKind::Number) {
    const std::optional<std::int64_t> number = decode_integer(node);
    return number ? std::optional<bool>(*number != 0) : std::nullopt;
  }
  if (!node.is_text()) return std::nullopt;
  constexpr std::string_view kTrue[] = {"1", "t", "T", "TRUE", "true", "True"};
  constexpr std::string_view kFalse[] = {"", "0", "f", "F", "FALSE", "false", "False"};
  if (std::find(std::begin(kTrue), std::end(kTrue), node.scalar) != std::end(kTrue)) return true;
  if (std::find(std::begin(kFalse), std::end(kFalse), node.scalar) != std::end(kFalse)) return false;
  return std::nullopt;
}

std::optional<std::int64_t> decode_integer(const Node& node) {
  if (node.unresolved || (node.kind != NodeKind::Number && !node.is_text())) return std::nullopt;
  std::string_view digits = node.scalar;
  int base = 10;
  if (starts_with(digits, "0x") || starts_with(digits, "0X")) {
    digits.remove_prefix(2);
    base = 16;
  }
  // Go reads numbers of JSON as floating point, and takes those without a fraction for integers.
  if (node.kind == NodeKind::Number && base == 10) return whole_number(digits);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (digits.empty() || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::optional<std::span<const Node>> list_entries(const Node& node) {
  if (node.is_list()) return node.items;
  if (node.is_null() && !node.unresolved) return std::span<const Node>{};
  const bool one = node.is_scalar() && !node.unresolved && node.scalar.find(',') == std::string_view::npos;
  return one ? std::optional(std::span<const Node>(&node, 1)) : std::nullopt;
}

bool lists_nothing(const Node& node) {
  const auto entries = list_entries(node);
  return entries && !node.open && std::all_of(entries->begin(), entries->end(), [](const Node& entry) {
           return !entry.unresolved && (entry.is_null() || (entry.is_text() && entry.scalar.empty()));
         });
}

bool is_empty(const Member* member) {
  if (member == nullptr || member->value.is_null()) return true;
  return !member->value.unresolved && member->value.is_text() && member->value.scalar.empty();
}

Configuration read_configuration(const Claimed& claimed) {
  Configuration result;
  result.document = claimed.document;
  result.root = &claimed.document->root;
  result.version = claimed.version;
  const Node& root = *result.root;
  result.config_version = root.find_member("version");
  result.endpoints = root.find_member("endpoints");
  result.port = root.find_member("port");
  result.listen_ip = root.find_member("listen_ip");
  for (const Member* member : {result.port, result.config_version}) {
    if (member != nullptr && !result.root_key.known()) result.root_key = member->key_where;
  }
  if (!result.root_key.known() && !root.members.empty()) result.root_key = root.members.front().key_where;
  result.tls = read_tls(root);
  const Member* client = root.find_member("client_tls");
  result.client_tls_presence = presence_of(client, root);
  if (result.client_tls_presence == Presence::Present) result.client_tls = read_client_tls(*client, "client_tls");
  result.allow_insecure_connections = root.find_member("allow_insecure_connections");
  if (result.version.number >= kRootInsecureSince) {
    result.allow_insecure = flag(result.allow_insecure_connections, root.open);
  }
  result.hosts = read_hosts(root);
  result.more_backends = root.open;
  BackendReader(result).read_root(root);
  const bool needs_hosts = std::any_of(result.backends.begin(), result.backends.end(),
                                       [](const Backend& backend) { return backend.root_hosts; });
  if (needs_hosts && !knows_hosts(root)) result.more_backends = true;
  if (result.version.number < kClientCertsSince) forget_client_certificates(result);
  return result;
}

std::span<const Host> hosts_of(const Configuration& configuration, const Backend& backend) {
  return backend.root_hosts ? configuration.hosts : backend.hosts;
}

bool tls_active(const Configuration& configuration) {
  const TlsBlock& block = configuration.tls;
  return block.presence == Presence::Present && !(block.disabled.known() && block.disabled.value);
}

bool limits_client_cas(const Configuration& configuration) {
  return configuration.version.number >= kClientCaSince;
}

std::vector<const KeyPair*> served_pairs(const Configuration& configuration) {
  std::vector<const KeyPair*> result;
  if (configuration.version.number >= kKeysSince) {
    for (const KeyPair& pair : configuration.tls.key_pairs) result.push_back(&pair);
  }
  if (configuration.tls.legacy) result.push_back(&*configuration.tls.legacy);
  return result;
}

bool panics_at_start(const Configuration& configuration) {
  const tls::Setting<bool>& insecure = configuration.allow_insecure;
  return panics_at_root_switch(configuration.version.number) && insecure.known() && insecure.value &&
         configuration.client_tls_presence == Presence::Absent;
}

const Member* listen_address(const Configuration& configuration) {
  const bool read = configuration.version.number >= kListenIpSince;
  return read && !is_empty(configuration.listen_ip) ? configuration.listen_ip : nullptr;
}

std::optional<std::int64_t> listen_port(const Configuration& configuration) {
  if (configuration.port == nullptr) {
    return configuration.root->open ? std::nullopt : std::optional<std::int64_t>(kDefaultPort);
  }
  if (configuration.port->value.is_null()) return kDefaultPort;
  const std::optional<std::int64_t> port = decode_integer(configuration.port->value);
  return port && *port == 0 ? kDefaultPort : port;
}

std::optional<std::int64_t> config_version(const Configuration& configuration) {
  if (configuration.config_version == nullptr) return std::nullopt;
  return decode_integer(configuration.config_version->value);
}

bool is_for_krakend_3(const Configuration& configuration) {
  constexpr std::int64_t kSyntax = 4;
  if (configuration.version.number >= ProductVersion{3, 0}) return true;
  return configuration.version.guessed && config_version(configuration) == kSyntax;
}

const ClientTls* root_client_tls(const Configuration& configuration) {
  return configuration.client_tls && configuration.version.number >= kClientTlsSince ? &*configuration.client_tls
                                                                                     : nullptr;
}

std::vector<const ClientTls*> client_blocks(const Configuration& configuration, Edition edition) {
  std::vector<const ClientTls*> result;
  if (configuration.version.number < kClientTlsSince) return result;
  if (configuration.client_tls) result.push_back(&*configuration.client_tls);
  if (edition == Edition::Community) return result;
  for (const ClientTls& block : configuration.enterprise) {
    if (configuration.version.number >= block.since) result.push_back(&block);
  }
  return result;
}

bool uses_root_client_tls(const Backend& backend, Edition edition) {
  return backend.speaks_http && (!backend.own_client_tls || edition == Edition::Community);
}

std::vector<std::string> upstream_domains(const Configuration& configuration, Edition edition) {
  std::set<std::string> domains;
  for (const Backend& backend : configuration.backends) {
    if (!uses_root_client_tls(backend, edition)) continue;
    for (const Host& host : hosts_of(configuration, backend)) {
      const std::string name = parse_address(host.text).host;
      // "_stock._tcp.service.example" is looked up; the hosts are in its SRV records.
      if (host.scheme == Scheme::Https && !name.starts_with('_')) domains.insert(registrable_domain(name));
    }
  }
  return {domains.begin(), domains.end()};
}

bool calls_https(const Configuration& configuration) {
  return std::any_of(configuration.backends.begin(), configuration.backends.end(), [&](const Backend& backend) {
    const auto hosts = hosts_of(configuration, backend);
    return backend.speaks_http &&
           std::any_of(hosts.begin(), hosts.end(), [](const Host& host) { return host.scheme == Scheme::Https; });
  });
}

bool knows_backends(const Configuration& configuration) {
  if (configuration.more_backends || configuration.backends.empty()) return false;
  return std::all_of(configuration.backends.begin(), configuration.backends.end(), [&](const Backend& backend) {
    const auto hosts = hosts_of(configuration, backend);
    return std::none_of(hosts.begin(), hosts.end(), [](const Host& host) { return host.scheme == Scheme::Unknown; });
  });
}

}  // namespace tlsward::gateways::krakend
