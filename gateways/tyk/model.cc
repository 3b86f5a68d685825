#include "gateways/tyk/model.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "gateways/tyk/versions.h"

namespace tlsward::gateways::tyk {
namespace {

constexpr long kDefaultPort = 8080;

std::vector<std::string_view> keys_of(const HostMap& map) {
  std::vector<std::string_view> keys;
  keys.reserve(map.entries.size());
  // A reference could be any host: it must not match by accident.
  for (const HostEntry& entry : map.entries) keys.push_back(entry.unresolved ? std::string_view() : entry.host);
  return keys;
}

void add(const CertificateList& list, std::vector<const CertificateReference*>& out) {
  for (const CertificateReference& reference : list.entries) out.push_back(&reference);
}

void add(const HostMap& map, std::vector<const CertificateReference*>& out) {
  if (!map.is_on()) return;
  for (const HostEntry& entry : map.entries) {
    for (const CertificateReference& reference : entry.certificates) out.push_back(&reference);
  }
}

bool was_read(const CertificateReference& reference) {
  const bool named = reference.form == ReferenceForm::Path || reference.form == ReferenceForm::InlinePem;
  return named && reference.material.state == tls::MaterialState::Read;
}

bool has_block(const tls::Bundle& bundle, tls::PemKind kind) {
  return std::any_of(bundle.blocks.begin(), bundle.blocks.end(),
                     [&](const tls::PemBlock& block) { return block.kind == kind; });
}

/// Tyk keeps an OAS definition in two files: as it is, and as the classic one that it made of it.
/// Source: gateway/api_definition.go loadDefFromFilePath, GetOASFilepath.
bool is_other_half(const Api& api, const std::vector<Api>& apis) {
  return api.made_of_oas && std::any_of(apis.begin(), apis.end(), [&](const Api& other) {
           const bool is_known = other.id.known() && api.id.known();
           return other.form == ApiForm::Oas && (!is_known || other.id.value == api.id.value);
         });
}

bool is_any_named(const std::vector<CertificateReference>& references) {
  return std::any_of(references.begin(), references.end(),
                     [](const CertificateReference& reference) { return reference.form != ReferenceForm::Empty; });
}

bool is_only_one(const HostMap& map, const CertificateReference& reference) {
  return std::any_of(map.entries.begin(), map.entries.end(), [&](const HostEntry& entry) {
    return entry.certificates.size() == 1 && &entry.certificates.front() == &reference;
  });
}

bool has_stored_key(const std::vector<const CertificateReference*>& all) {
  return std::any_of(all.begin(), all.end(), [](const CertificateReference* reference) {
    const bool with_key = reference->purpose == Purpose::Server || reference->purpose == Purpose::Upstream;
    return with_key && reference->form == ReferenceForm::Id;
  });
}

}  // namespace

const Conf* conf_of(const Model& model) {
  return model.confs.size() == 1 ? &model.confs.front() : nullptr;
}

std::string_view domain_of(const Api& api) {
  return api.domain.written() && !api.domain_disabled ? std::string_view(api.domain.value) : std::string_view();
}

long gateway_port(const Conf& conf) {
  return conf.listen_port.value == 0 ? kDefaultPort : conf.listen_port.value;
}

long port_of(const Api& api, const Conf* conf) {
  if (conf && api.listen_port.value == gateway_port(*conf)) return 0;
  return api.listen_port.value;
}

bool speaks_http(const Api& api) {
  return api.protocol.known() && api.protocol.value != "tcp" && api.protocol.value != "tls";
}

std::vector<ApiGroup> by_domain(const Model& model) {
  const Conf* conf = conf_of(model);
  std::vector<ApiGroup> groups;
  std::map<std::pair<long, std::string_view>, std::size_t> index;
  for (const Api& api : model.apis) {
    const std::string_view domain = domain_of(api);
    const std::optional<bool> tls = serves_tls(api, conf);
    if (domain.empty() || !api.listen_port.known() || tls == false || (conf && !tls)) continue;
    if (!speaks_http(api) || is_other_half(api, model.apis)) continue;
    const long port = port_of(api, conf);
    const auto [found, added] = index.try_emplace({port, domain}, groups.size());
    if (added) groups.push_back({port, domain, {}});
    groups[found->second].apis.push_back(&api);
  }
  return groups;
}

bool on_control_port(const Api& api, const Conf& conf) {
  if (!conf.control_api_hostname.value.empty() || !conf.control_api_hostname.known()) return false;
  if (!conf.control_api_port.known()) return false;
  const long control = conf.control_api_port.value;
  if (control == 0 || control == gateway_port(conf)) return port_of(api, &conf) == 0;
  return api.listen_port.value == control;
}

bool may_ask_for_control_certificate(const ApiGroup& group, const Conf* conf) {
  if (!conf || is_off(conf->control_api_use_mutual_tls)) return false;
  const Word& hostname = conf->control_api_hostname;
  if (!hostname.known() || !conf->control_api_port.known()) return true;
  return hostname.value == group.domain || on_control_port(*group.apis.front(), *conf);
}

std::optional<bool> serves_tls(const Api& api, const Conf* conf) {
  if (!api.protocol.known()) return std::nullopt;
  const std::string& protocol = api.protocol.value;
  if (protocol == "https" || protocol == "tls") return true;
  if (!protocol.empty()) return false;
  if (!conf || !conf->use_ssl.known()) return std::nullopt;
  return is_on(conf->use_ssl);
}

const Api* api_with_tls_port(const Model& model) {
  const auto found = std::find_if(model.apis.begin(), model.apis.end(),
                                  [](const Api& api) { return serves_tls(api, nullptr) == true; });
  return conf_of(model) && found != model.apis.end() ? &*found : nullptr;
}

bool is_cleartext(const Target& target) {
  static constexpr std::array<std::string_view, 4> kMayUseTls = {"https", "wss", "tls", ""};
  return !target.unresolved && std::find(kMayUseTls.begin(), kMayUseTls.end(), target.scheme) == kMayUseTls.end();
}

bool calls_cleartext_only(const Api& api) {
  return !api.open && !api.hosts_at_run_time && !api.targets.empty() &&
         std::all_of(api.targets.begin(), api.targets.end(), is_cleartext);
}

bool same_certificate(const HostEntry& a, const HostEntry& b) {
  if (a.certificates.empty() || b.certificates.empty()) return false;
  const std::string& written = a.certificates.front().written;
  return !written.empty() && written == b.certificates.front().written;
}

const HostEntry* entry_for(const HostMap& map, const UrlHost& host, ProductVersion version) {
  const std::vector<std::string_view> keys = keys_of(map);
  const std::optional<std::size_t> index = map.pins ? find_pin_key(keys, host) : find_upstream_key(keys, host, version);
  return index ? &map.entries[*index] : nullptr;
}

bool is_claimed(const HostMap& map, const HostEntry& entry, std::string_view key) {
  const UrlHost host = meant_host(key);
  if (host.name.empty()) return false;
  return std::any_of(map.entries.begin(), map.entries.end(), [&](const HostEntry& other) {
    if (&other == &entry) return false;
    const UrlHost others = meant_host(other.host);
    if (others.name != host.name) return false;
    return map.pins || others.port == host.port || others.port.empty() || host.port.empty();
  });
}

const HostEntry* upstream_entry(const Conf* conf, const Api& api, const UrlHost& host, ProductVersion version) {
  const HostEntry* entry = conf ? entry_for(conf->upstream_certificates, host, version) : nullptr;
  if (api.upstream_certificates.switched_off) return entry;
  const HostEntry* own = entry_for(api.upstream_certificates, host, version);
  return own ? own : entry;
}

const HostEntry* pin_entry(const Conf* conf, const Api& api, const UrlHost& host) {
  const HostEntry* entry = conf ? entry_for(conf->pinned_public_keys, host, conf->version) : nullptr;
  const bool has_own = !api.pinned_public_keys.switched_off;
  const HostEntry* own = has_own ? entry_for(api.pinned_public_keys, host, api.version) : nullptr;
  if (own) entry = own;
  return entry && is_any_named(entry->certificates) ? entry : nullptr;
}

bool has_pins(const Conf* conf, const Api& api) {
  if (conf && !conf->pinned_public_keys.entries.empty()) return true;
  return !api.pinned_public_keys.switched_off && !api.pinned_public_keys.entries.empty();
}

std::vector<HostMapUse> host_map_uses(const Model& model) {
  std::vector<HostMapUse> uses;
  const auto add_both = [&](const auto& owner, HostMapUse use) {
    use.version = owner.version;
    use.version_guessed = owner.version_guessed;
    for (const HostMap* map : {&owner.upstream_certificates, &owner.pinned_public_keys}) {
      use.map = map;
      if (map->is_on()) uses.push_back(use);
    }
  };
  if (const Conf* conf = conf_of(model)) {
    HostMapUse use;
    use.subject = "tyk.conf";
    for (const Api& api : model.apis) use.apis.push_back(&api);
    add_both(*conf, std::move(use));
  }
  for (const Api& api : model.apis) {
    HostMapUse use;
    use.subject = api.subject;
    use.apis = {&api};
    use.is_api = true;
    add_both(api, std::move(use));
  }
  return uses;
}

bool knows_all_targets(const HostMapUse& use) {
  return std::all_of(use.apis.begin(), use.apis.end(), [](const Api* api) {
    return !api->open && !api->hosts_at_run_time &&
           std::none_of(api->targets.begin(), api->targets.end(),
                        [](const Target& target) { return target.unresolved; });
  });
}

std::vector<const CertificateReference*> references(const Conf& conf) {
  std::vector<const CertificateReference*> result;
  for (const CertificateList* list :
       {&conf.server_certificates, &conf.apis, &conf.control_api, &conf.dashboard_api, &conf.mdcb_api}) {
    add(*list, result);
  }
  add(conf.upstream_certificates, result);
  add(conf.pinned_public_keys, result);
  return result;
}

std::vector<const CertificateReference*> references(const Api& api) {
  std::vector<const CertificateReference*> result;
  add(api.client_certificates, result);
  if (!api.domain_disabled) add(api.certificates, result);
  add(api.upstream_certificates, result);
  add(api.pinned_public_keys, result);
  return result;
}

bool holds_private_key(const CertificateReference& reference) {
  return was_read(reference) && has_block(reference.material.bundle, tls::PemKind::PrivateKey);
}

bool lacks_private_key(const CertificateReference& reference) {
  return was_read(reference) && has_block(reference.material.bundle, tls::PemKind::Certificate) &&
         !has_block(reference.material.bundle, tls::PemKind::PrivateKey);
}

bool lacks_certificate(const CertificateReference& reference) {
  return holds_private_key(reference) && !has_block(reference.material.bundle, tls::PemKind::Certificate);
}

bool names_any(const CertificateList& list) {
  return is_any_named(list.entries);
}

std::string_view mutual_tls_key(const Api& api) {
  return api.form == ApiForm::Classic ? "use_mutual_tls_auth" : "enabled";
}

std::string_view strip_auth_data_key(const Api& api) {
  return api.form == ApiForm::Classic ? "strip_auth_data" : "stripAuthorizationData";
}

bool uses_stored_key(const Model& model) {
  return std::any_of(model.confs.begin(), model.confs.end(),
                     [](const Conf& conf) { return has_stored_key(references(conf)); }) ||
         std::any_of(model.apis.begin(), model.apis.end(),
                     [](const Api& api) { return has_stored_key(references(api)); });
}

std::string_view effect_of_lost_pin(bool alone) {
  return alone ? "no key then fits, and every connection to the host is refused"
               : "of the keys of the host it never fits";
}

bool is_only_pin(const Conf& conf, const CertificateReference& reference) {
  return is_only_one(conf.pinned_public_keys, reference);
}

bool is_only_pin(const Api& api, const CertificateReference& reference) {
  return is_only_one(api.pinned_public_keys, reference);
}

std::string quoted(const CertificateReference& reference) {
  return reference.written.empty() ? std::string("this entry") : "'" + reference.written + "'";
}

std::string quoted_like(std::string_view raw, std::string_view text) {
  const char quote = raw.empty() ? '"' : raw.front();
  if (quote == '\'') return "'" + std::string(text) + "'";
  // A plain YAML scalar must not begin with a sign that means something else.
  const bool plain = quote != '"' && text.find_first_of("*&!|>%@`\"'#{}[],:") == std::string_view::npos;
  return plain ? std::string(text) : '"' + std::string(text) + '"';
}

}  // namespace tlsward::gateways::tyk
