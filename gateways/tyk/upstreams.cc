// One context for each host that an API calls. Tyk has no field for the certificate authorities of upstreams: it trusts
// those of the system, or nobody's word at all (a skip switch), or a common name, or pinned keys. Any pin at all
// switches the usual verification off for every host of the API, pinned or not. Source: gateway/reverse_proxy.go,
// gateway/cert.go customDialTLSCheck (read 2026-11-22).
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "gateways/material.h"
#include "gateways/tyk/read.h"
#include "gateways/tyk/settings.h"

namespace tlsward::gateways::tyk {
namespace {

constexpr std::string_view kNoConf = "tyk.conf is not in the input";
constexpr std::string_view kReference = "part of the settings is a reference";

bool is_plain(std::string_view scheme) {
  return scheme == "http" || scheme == "ws" || scheme == "h2c" || scheme == "tcp";
}
bool is_tls(std::string_view scheme) {
  return scheme == "https" || scheme == "wss" || scheme == "tls";
}

void set_verification(tls::TlsContext& context, tls::VerifyPeer value, const Flag& flag, std::string because) {
  context.verify_peer = {value, tls::Origin::Written, flag.where, std::move(because)};
}

/// What is checked of the server's certificate. `host` is nullptr where it is not known.
void verify(const Conf* conf, const Api* api, const UrlHost* host, tls::TlsContext& context) {
  const Flag off;
  const std::array<const Flag*, 2> insecure = {api ? &api->insecure : &off, conf ? &conf->proxy_insecure : &off};
  const std::array<const Flag*, 2> names = {api ? &api->force_common_name : &off,
                                            conf ? &conf->force_common_name : &off};
  context.verify_peer = {tls::VerifyPeer::Full, tls::Origin::Default, {}, "Tyk: chain and name are verified"};
  for (const Flag* flag : insecure) {
    if (is_on(*flag)) return set_verification(context, tls::VerifyPeer::None, *flag, {});
  }
  for (const Flag* flag : {insecure[0], insecure[1], names[0], names[1]}) {
    if (flag->known()) continue;
    context.verify_peer = {tls::VerifyPeer::Full, tls::Origin::Unresolved, flag->where, std::string(kReference)};
    return;
  }
  const bool pinned = api ? has_pins(conf, *api) : conf && !conf->pinned_public_keys.entries.empty();
  const bool through_proxy = api && (!api->proxy_url.value.empty() || !api->proxy_url.known());
  for (const Flag* flag : names) {
    if (is_on(*flag) && !through_proxy) {
      return set_verification(context, tls::VerifyPeer::NameOnly, *flag,
                              "the common name is compared, chain and SAN are not checked");
    }
  }
  if (!pinned) {
    if (!conf) forget_default(context.verify_peer, kNoConf);
    return;
  }
  context.verify_peer.origin = tls::Origin::Written;
  const bool own = api && !api->pinned_public_keys.switched_off && !api->pinned_public_keys.entries.empty();
  context.verify_peer.where = own ? api->pinned_public_keys.key : conf->pinned_public_keys.key;
  const bool proxy_known = !api || api->proxy_url.known();
  if (!proxy_known || !host || !api) {
    context.verify_peer.value = tls::VerifyPeer::Unknown;
    context.verify_peer.because = "pinned keys: the host decides";
    return;
  }
  // Through a proxy Tyk does not compare the host. Source: gateway/cert.go verifyPeerCertificatePinnedCheck.
  const UrlHost any_host{.text = "*", .name = "*", .port = {}};
  const HostEntry* entry = pin_entry(conf, *api, through_proxy ? any_host : *host);
  context.verify_peer.value = entry ? tls::VerifyPeer::PinOnly : tls::VerifyPeer::None;
  context.verify_peer.because = entry ? "a pinned key decides, chain and name are not checked"
                                : through_proxy
                                    ? "hosts are pinned, which switches verification off for all, and through "
                                      "a proxy only a pin for * is checked"
                                    : "other hosts are pinned, which switches verification off for all";
  if (!entry) return;
  for (const CertificateReference& pin : entry->certificates) context.material.push_back(pin.material);
}

void add_client_certificate(const Conf* conf, const Api& api, const UrlHost& host, tls::TlsContext& context) {
  const HostEntry* entry = upstream_entry(conf, api, host, api.version);
  if (!entry || entry->certificates.empty()) return;
  const CertificateReference& reference = entry->certificates.front();
  if (reference.form == ReferenceForm::Empty) return;
  context.identities.push_back({context.material.size(), context.material.size()});
  context.material.push_back(reference.material);
}

void set_alpn(const Conf* conf, tls::TlsContext& context) {
  const Flag off;
  const Flag& http2 = conf ? conf->proxy_http2 : off;
  context.alpn = {{}, tls::Origin::Default, {}, "Tyk: no ALPN where proxy_enable_http2 is absent"};
  if (!http2.known()) context.alpn.origin = tls::Origin::Unresolved;
  if (!http2.written()) return;
  context.alpn.origin = tls::Origin::Written;
  context.alpn.where = http2.where;
  context.alpn.because = "proxy_enable_http2";
  if (http2.value) context.alpn.value = {"h2", "http/1.1"};
}

/// Everything but the host.
tls::TlsContext upstream(const Conf* conf, const Api* api) {
  tls::TlsContext context;
  const ProductVersion version = api ? api->version : conf->version;
  begin_context(context, tls::Role::Upstream, version, api ? api->version_guessed : conf->version_guessed);
  const Conf none;
  const Conf& settings = conf ? *conf : none;
  set_versions(context, settings.proxy_versions, version);
  if (!conf) forget_defaults(context, kNoConf);
  if (api) set_api_versions(context, api->versions, version);
  const bool own_list = api && api->ciphers.state != State::Absent;
  set_ciphers(context, own_list ? api->ciphers : settings.proxy_ciphers, version);
  set_alpn(conf, context);
  if (!conf) {
    if (!own_list) forget_default(context.ciphers, kNoConf);
    forget_default(context.alpn, kNoConf);
  }
  context.trust.push_back({tls::TrustKind::System, tls::kNoMaterial, {}});
  if (api) {
    const bool has_transport = api->transport_object.known();
    context.section = has_transport ? api->transport_object : api->object;
    context.section_key = api->transport_key.known() ? api->transport_key : api->head;
    context.peers = "the upstreams of " + api->subject;
    return context;
  }
  context.section = conf->object;
  context.section_key = conf->head;
  context.peers = "all upstreams";
  return context;
}

void finish(tls::TlsContext& context) {
  const tls::VerifyPeer verified = context.verify_peer.value;
  context.server_name_check = {verified == tls::VerifyPeer::Full || verified == tls::VerifyPeer::NameOnly,
                               context.verify_peer.origin, context.verify_peer.where, context.verify_peer.because};
}

tls::TlsContext upstream_of(const Conf* conf, const Api& api, const Target& target) {
  tls::TlsContext context = upstream(conf, &api);
  context.subject = api.subject + " upstream";
  if (target.unresolved) {
    context.notes.push_back("the target is a reference: neither scheme nor host is known");
    verify(conf, &api, nullptr, context);
    finish(context);
    return context;
  }
  context.subject += " " + target.host.text;
  context.endpoint = fmt::format("{}://{}", target.scheme, target.host.text);
  context.hosts = {target.host.name};
  context.loopback = is_loopback(target.host.name);
  context.enabled = !is_plain(target.scheme);
  if (!context.enabled) {
    context.why_not = fmt::format("the target is {}://", target.scheme);
    context.section_key = target.where;
  }
  verify(conf, &api, &target.host, context);
  add_client_certificate(conf, api, target.host, context);
  finish(context);
  return context;
}

void add_api(const Conf* conf, Api& api, std::vector<tls::TlsContext>& contexts) {
  std::vector<const Target*> done;
  for (Target& target : api.targets) {
    if (!target.unresolved && !is_plain(target.scheme) && !is_tls(target.scheme)) continue;
    const auto seen = std::find_if(done.begin(), done.end(), [&](const Target* other) {
      return other->unresolved == target.unresolved && other->scheme == target.scheme && other->host == target.host;
    });
    if (seen != done.end()) {
      target.context = (*seen)->context;
      continue;
    }
    done.push_back(&target);
    target.context = contexts.size();
    contexts.push_back(upstream_of(conf, api, target));
  }
}

/// proxy_ssl_* and its relatives, which hold for every API, loaded here or not.
void add_common(const Conf& conf, std::vector<tls::TlsContext>& contexts) {
  const bool written = !conf.proxy_versions.min.absent() || !conf.proxy_versions.max.absent() ||
                       conf.proxy_ciphers.state != State::Absent || !conf.proxy_insecure.absent() ||
                       !conf.force_common_name.absent();
  if (!written) return;
  tls::TlsContext context = upstream(&conf, nullptr);
  context.subject = "upstreams";
  verify(&conf, nullptr, nullptr, context);
  finish(context);
  contexts.push_back(std::move(context));
}

/// A connection of the gateway itself: only whether it verifies is known.
void add_link(const Conf& conf, std::string subject, std::string peers, const Flag& insecure, tls::Reach reach,
              std::vector<tls::TlsContext>& contexts) {
  if (!is_on(insecure)) return;
  tls::TlsContext context;
  begin_context(context, tls::Role::Upstream, conf.version, conf.version_guessed);
  context.subject = std::move(subject);
  context.peers = std::move(peers);
  context.reach = reach;
  context.section = conf.object;
  context.section_key = insecure.key;
  set_versions(context, {}, conf.version);
  set_ciphers(context, {}, conf.version);
  forget_defaults(context, "Tyk has no setting that is modelled here");
  context.trust.push_back({tls::TrustKind::System, tls::kNoMaterial, {}});
  set_verification(context, tls::VerifyPeer::None, insecure, {});
  finish(context);
  contexts.push_back(std::move(context));
}

void add_links(const Conf& conf, std::vector<tls::TlsContext>& contexts) {
  using tls::Reach;
  add_link(conf, "jwt key source", "the source of JWT keys", conf.jwt_insecure, Reach::Traffic, contexts);
  add_link(conf, "bundle server", "the server of plugin bundles", conf.bundle_insecure, Reach::Traffic, contexts);
  if (is_on(conf.use_rpc) && is_on(conf.rpc_use_ssl)) {
    add_link(conf, "mdcb", "MDCB", conf.rpc_insecure, Reach::Link, contexts);
  }
  if (is_on(conf.storage_use_ssl)) {
    add_link(conf, "storage", "Redis", conf.storage_insecure, Reach::Link, contexts);
  }
}

}  // namespace

void add_upstreams(Model& model, std::vector<tls::TlsContext>& contexts) {
  for (const Conf& conf : model.confs) {
    add_common(conf, contexts);
    add_links(conf, contexts);
  }
  for (Api& api : model.apis) add_api(conf_of(model), api, contexts);
}

}  // namespace tlsward::gateways::tyk
