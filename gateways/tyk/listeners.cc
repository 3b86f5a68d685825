// One context for each port and server name. The port decides the versions and suites (the same everywhere: Tyk has one
// http_server_options), the server name decides the certificate and what is asked of the client.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "gateways/material.h"
#include "gateways/tyk/client_auth.h"
#include "gateways/tyk/read.h"
#include "gateways/tyk/settings.h"

namespace tlsward::gateways::tyk {
namespace {

constexpr std::string_view kNoConf = "tyk.conf is not in the input";

/// Adds a certificate that the listener shows.
void add_identity(const tls::Material& certificate, const tls::Material* key, tls::TlsContext& context) {
  tls::Identity identity;
  identity.certificate = context.material.size();
  context.material.push_back(certificate);
  identity.key = identity.certificate;
  if (key) {
    identity.key = context.material.size();
    context.material.push_back(*key);
  }
  context.identities.push_back(identity);
}

void add_identities(const CertificateList& list, tls::TlsContext& context) {
  for (const CertificateReference& reference : list.entries) {
    if (reference.form != ReferenceForm::Empty) add_identity(reference.material, nullptr, context);
  }
}

void add_legacy(const LegacyPair& pair, tls::TlsContext& context) {
  tls::Identity identity;
  if (pair.certificate) {
    identity.certificate = context.material.size();
    context.material.push_back(*pair.certificate);
  }
  if (pair.key) {
    identity.key = context.material.size();
    context.material.push_back(*pair.key);
  }
  if (pair.certificate || pair.key) context.identities.push_back(identity);
}

void add_trust(const CertificateList& list, std::string_view note, tls::TlsContext& context) {
  for (const CertificateReference& reference : list.entries) {
    if (reference.form == ReferenceForm::Empty) continue;
    context.trust.push_back({tls::TrustKind::Material, context.material.size(), std::string(note)});
    context.material.push_back(reference.material);
  }
  if (list.open || list.state == State::Unresolved) context.trust_unknown = true;
}

/// The lists of `apis`, and the one of the gateway that is added to each.
void add_allow_lists(const std::vector<const Api*>& apis, const Conf* conf, tls::TlsContext& context) {
  if (apis.empty()) return;
  for (const Api* api : apis) add_trust(api->client_certificates, "allow-list of " + api->subject, context);
  const bool own_unknown = context.trust_unknown;
  if (conf) {
    add_trust(conf->apis, "security.certificates.apis", context);
    return;
  }
  context.trust_unknown = true;
  if (!own_unknown) context.trust_elsewhere = "security.certificates.apis of tyk.conf";
}

std::string subject_of(const Door& door, long shown_port) {
  std::string subject = shown_port == 0 ? "listener" : fmt::format("listener :{}", shown_port);
  if (!door.domain.empty()) subject += fmt::format(" for {}", door.domain);
  return subject;
}

void set_place(const Door& door, tls::TlsContext& context) {
  if (!door.conf) {
    const Api& api = *door.apis.front();
    context.section = api.object;
    context.section_key = api.head;
    return;
  }
  const Conf& conf = *door.conf;
  const bool has_options = conf.server_object.known();
  context.section = has_options ? conf.server_object : conf.object;
  context.section_key = has_options ? conf.server_key : conf.head;
}

void set_endpoint(const Door& door, long shown_port, tls::TlsContext& context) {
  if (!door.domain.empty()) context.hosts.push_back(std::string(door.domain));
  if (!door.conf || shown_port == 0) return;
  const Word& address = door.conf->listen_address;
  context.loopback = address.written() && is_loopback(address.value);
  context.endpoint = fmt::format("{}:{}", address.written() ? address.value : "", shown_port);
}

void set_enabled(const Door& door, tls::TlsContext& context) {
  // The port takes its protocol from the first API that names one; the gateway's own port from tyk.conf.
  if (door.port != 0 && !door.apis.empty()) {
    const std::optional<bool> tls = serves_tls(*door.apis.front(), door.conf);
    context.enabled = tls.value_or(true);
    if (!context.enabled) {
      const Word& protocol = door.apis.front()->protocol;
      context.why_not = protocol.value.empty() ? "http_server_options.use_ssl is not true"
                                               : fmt::format("protocol is {}", protocol.value);
    }
    return;
  }
  if (!door.conf || !is_off(door.conf->use_ssl)) return;
  context.enabled = false;
  context.why_not = "http_server_options.use_ssl is not true";
}

void set_alpn(const Conf& conf, tls::TlsContext& context) {
  const Flag& http2 = conf.enable_http2;
  if (!http2.written()) {
    context.alpn = {{}, tls::Origin::Default, {}, "Tyk: no ALPN where enable_http2 is absent"};
    if (!http2.known()) context.alpn.origin = tls::Origin::Unresolved;
    return;
  }
  context.alpn.origin = tls::Origin::Written;
  context.alpn.where = http2.where;
  context.alpn.because = "enable_http2";
  if (http2.value) context.alpn.value = {"h2"};
}

/// Those of the gateway stand in front, so that the first of them is shown for a name that none has, and those of an
/// API behind them, where they take their names over. Source: gateway/cert.go getTLSConfigForClient (read 2026-11-26),
/// which also adds those of all other APIs; they only matter where one of them has this name too.
void add_certificates(const Door& door, tls::TlsContext& context) {
  if (door.conf) {
    for (const LegacyPair& pair : door.conf->legacy_pairs) add_legacy(pair, context);
    add_identities(door.conf->server_certificates, context);
  }
  for (const Api* api : door.apis) {
    if (!api->domain_disabled && domain_of(*api) == door.domain) add_identities(api->certificates, context);
  }
}

tls::TlsContext listener(const Door& door) {
  tls::TlsContext context;
  const ProductVersion version = door.conf ? door.conf->version : door.apis.front()->version;
  const bool guessed = door.conf ? door.conf->version_guessed : door.apis.front()->version_guessed;
  begin_context(context, tls::Role::Listener, version, guessed);
  const long shown_port =
      door.port == 0 && door.conf && door.conf->listen_port.known() ? gateway_port(*door.conf) : door.port;
  context.subject = subject_of(door, shown_port);
  set_place(door, context);
  set_endpoint(door, shown_port, context);
  set_enabled(door, context);

  const Conf none;
  const Conf& conf = door.conf ? *door.conf : none;
  set_versions(context, conf.server_versions, version);
  set_ciphers(context, conf.server_ciphers, version);
  set_alpn(conf, context);
  if (!door.conf) forget_defaults(context, kNoConf);
  set_client_auth(context, door);
  add_certificates(door, context);
  if (door.conf && door.control && is_on(door.conf->control_api_use_mutual_tls)) {
    context.client_certificate_required = {};
    add_trust(door.conf->control_api, "security.certificates.control_api", context);
  } else if (!context.client_auth.known() || context.client_auth.value != tls::ClientAuth::None) {
    add_allow_lists(mutual_apis(door), door.conf, context);
  }
  return context;
}

/// The listener once more as one API of several sees it whose own allow-list is empty: the union of the handshake does
/// not help its clients.
void add_starved_apis(const Door& door, const tls::TlsContext& shared, std::vector<tls::TlsContext>& contexts) {
  const std::vector<const Api*> apis = own_mutual_apis(door);
  if (apis.size() < 2 || shared.client_auth.because == "control_api_use_mutual_tls") return;
  for (const Api* api : apis) {
    if (!api->client_certificates.entries.empty()) continue;
    tls::TlsContext context = shared;
    context.subject += " at " + api->subject;
    context.trust.clear();
    context.trust_unknown = false;
    context.trust_elsewhere.clear();
    std::erase_if(context.material, [](const tls::Material& m) { return m.use == tls::MaterialUse::AllowList; });
    context.client_certificate_required = {true, tls::Origin::Written, api->mutual_tls.where,
                                           "answered by the API, not by the handshake"};
    add_allow_lists({api}, door.conf, context);
    contexts.push_back(std::move(context));
  }
}

/// Server names that are told apart on this port: none, and every domain of its APIs.
std::vector<std::string_view> domains_of(const Door& port) {
  std::vector<std::string_view> result = {std::string_view()};
  const auto add = [&](std::string_view domain) {
    if (std::find(result.begin(), result.end(), domain) == result.end()) result.push_back(domain);
  };
  for (const Api* api : port.apis) add(domain_of(*api));
  if (port.control && port.conf && port.conf->control_api_hostname.written())
    add(port.conf->control_api_hostname.value);
  return result;
}

bool is_control_host(const Door& door) {
  if (!door.control || !door.conf) return false;
  const std::string& host = door.conf->control_api_hostname.value;
  return host.empty() || host == door.domain;
}

void add_port(Door port, std::vector<tls::TlsContext>& contexts, std::vector<Listener>& listeners) {
  for (std::string_view domain : domains_of(port)) {
    Door door = port;
    door.domain = domain;
    door.control = is_control_host(door);
    // Without tyk.conf only what the APIs themselves say is worth a context.
    if (!door.conf && mutual_apis(door).empty() &&
        std::none_of(door.apis.begin(), door.apis.end(),
                     [&](const Api* api) { return domain_of(*api) == domain && !api->certificates.entries.empty(); })) {
      continue;
    }
    listeners.push_back({door.port, std::string(domain), contexts.size()});
    contexts.push_back(listener(door));
    const tls::TlsContext shared = contexts.back();
    add_starved_apis(door, shared, contexts);
  }
}

void add_ports(const Conf* conf, const std::vector<Api>& apis, std::vector<tls::TlsContext>& contexts,
               std::vector<Listener>& listeners) {
  std::set<long> ports;
  long control = 0;
  if (conf) {
    ports.insert(0);
    control = conf->control_api_port.value == gateway_port(*conf) ? 0 : conf->control_api_port.value;
    if (conf->control_api_port.known()) ports.insert(control);
  }
  for (const Api& api : apis) ports.insert(port_of(api, conf));
  for (long number : ports) {
    Door port;
    port.conf = conf;
    port.port = number;
    port.control = conf && conf->control_api_port.known() && number == control;
    for (const Api& api : apis) {
      if (port_of(api, conf) == number) port.apis.push_back(&api);
    }
    add_port(std::move(port), contexts, listeners);
  }
}

}  // namespace

void add_listeners(Model& model, std::vector<tls::TlsContext>& contexts) {
  if (model.confs.size() > 1) {
    // Which gateway loads which API is not known.
    for (const Conf& conf : model.confs) add_ports(&conf, {}, contexts, model.listeners);
    add_ports(nullptr, model.apis, contexts, model.listeners);
    return;
  }
  add_ports(conf_of(model), model.apis, contexts, model.listeners);
}

}  // namespace tlsward::gateways::tyk
