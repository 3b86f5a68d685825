// The model to effective TLS contexts, by what the product's pages say:
//   outbound   https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound
//   inbound    https://docs.mulesoft.com/gateway/1.8/policies-included-tls
//   policies   https://docs.mulesoft.com/gateway/latest/policies-tls-configuration
//   Redis      https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide
// (read 2026-11-22). An upstream without a context gets TLS 1.2 alone, while one with an empty context
// gets TLS 1.2 and 1.3. Flex Gateway is closed source: what the pages do not say is marked as assumed.
#include <algorithm>
#include <utility>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/read.h"
#include "gateways/flex/settings.h"

namespace tlsward::gateways::flex {
namespace {

using tls::Origin;
using tls::TlsContext;

void set_upstream_address(TlsContext& context, const Upstream& upstream) {
  context.peers = "service " + (upstream.name.empty() ? upstream.subject : upstream.name);
  if (!upstream.address.known()) return;
  context.endpoint = endpoint(upstream.parsed);
  if (!upstream.parsed.host.empty()) context.hosts = {upstream.parsed.host};
  context.loopback = is_loopback(upstream.parsed.host);
  if (upstream.parsed.scheme != "http") return;
  context.enabled = false;
  context.why_not = "the address of " + upstream.subject + " is http://";
}

void set_listener_address(TlsContext& context, const Instance& instance) {
  if (!instance.address.known()) return;
  const Address& address = instance.parsed;
  context.endpoint = endpoint({{}, address.host, port_of(address), {}});
  const bool is_any = address.host == "0.0.0.0" || address.host == "::";
  if (!is_any && !address.host.empty()) context.hosts = {address.host};
  context.loopback = is_loopback(address.host);
  if (address.scheme != "http" || !context.enabled) return;
  context.notes.emplace_back("the address is http://; whether the context is used then is not documented");
}

/// An upstream that no policy is bound to: TLS 1.2 alone, with the default suites.
TlsContext builtin_context(const Model& model, const Upstream& upstream) {
  TlsContext context = make_context(model.resources[upstream.resource], tls::Role::Upstream, upstream.subject);
  context.section = context.section_key = upstream.address.where;
  const std::string reason = because("TLS 1.2 alone for an upstream without tls-outbound", page(Direction::Outbound));
  context.min_version = context.max_version = {tls::kTls12, Origin::Default, {}, reason};
  context.versions = {{tls::kTls12}, Origin::Default, {}, reason};
  context.cipher_list.because = reason;
  context.ciphers = {{{tls::kTls12, default_ciphers(tls::kTls12)}}, Origin::Default, {}, reason};
  set_groups(context);
  context.alpn = {{}, Origin::Unresolved, {}, "not documented for an upstream without tls-outbound"};
  context.alpn_list = {{}, Origin::Unresolved, {}, "not documented for an upstream without tls-outbound"};
  context.verify_peer = {tls::VerifyPeer::Unknown, Origin::Default, {}, "not documented"};
  context.server_name_check = {false, Origin::Unresolved, {}, "not documented"};
  context.trust_unknown = true;
  context.notes.emplace_back("whether and by whom the certificate is checked without tls-outbound is not documented");
  note_assumptions(context);
  set_upstream_address(context, upstream);
  return context;
}

TlsContext cleartext_listener(const Model& model, const Instance& instance) {
  const Resource& resource = model.resources[instance.resource];
  TlsContext context = make_context(resource, tls::Role::Listener, resource.subject);
  context.section = context.section_key = instance.address.where;
  context.enabled = false;
  context.why_not = "the address of " + resource.subject + " is http://";
  set_listener_address(context, instance);
  return context;
}

void add_listeners(Model& model, std::vector<TlsContext>& out) {
  for (Port& port : model.ports) {
    for (const std::size_t binding : port.bindings) {
      TlsContext context = read_context(model, model.tls_objects[model.bindings[binding].tls]);
      const auto& applied = model.bindings[binding].instances;
      const auto here = std::find_if(port.instances.begin(), port.instances.end(), [&](std::size_t instance) {
        return std::find(applied.begin(), applied.end(), instance) != applied.end();
      });
      if (here != port.instances.end()) set_listener_address(context, model.instances[*here]);
      port.contexts.push_back(out.size());
      out.push_back(std::move(context));
    }
    const bool is_cleartext = std::all_of(port.instances.begin(), port.instances.end(), [&](std::size_t instance) {
      return model.instances[instance].parsed.scheme == "http";
    });
    // An https port without a policy in the input is flex/https-without-context; there is no context to speak of.
    if (port.bindings.empty() && is_cleartext) {
      port.contexts.push_back(out.size());
      out.push_back(cleartext_listener(model, model.instances[port.instances.front()]));
    }
  }
}

bool is_on_a_port(const Model& model, std::size_t binding) {
  return std::any_of(model.ports.begin(), model.ports.end(), [&](const Port& port) {
    return std::find(port.bindings.begin(), port.bindings.end(), binding) != port.bindings.end();
  });
}

/// Policies whose target is not in the input, or is not one that they can apply to.
void add_unplaced(const Model& model, std::vector<TlsContext>& out) {
  for (std::size_t b = 0; b < model.bindings.size(); ++b) {
    const Binding& binding = model.bindings[b];
    if (binding.tls == kNone) continue;
    const bool is_placed = is_outbound(binding) ? !binding.upstreams.empty() : is_on_a_port(model, b);
    if (is_placed) continue;
    TlsContext context = read_context(model, model.tls_objects[binding.tls]);
    if (is_outbound(binding) && binding.target.name.known()) context.peers = "service " + binding.target.name.value;
    out.push_back(std::move(context));
  }
}

void add_upstreams(Model& model, std::vector<TlsContext>& out) {
  for (Upstream& upstream : model.upstreams) {
    for (const std::size_t binding : upstream.bindings) {
      TlsContext context = read_context(model, model.tls_objects[model.bindings[binding].tls]);
      set_upstream_address(context, upstream);
      upstream.contexts.push_back(out.size());
      out.push_back(std::move(context));
    }
    const std::string& scheme = upstream.parsed.scheme;
    const bool is_plain_or_tls = scheme == "https" || scheme == "http";
    if (!upstream.bindings.empty() || !is_plain_or_tls) continue;
    upstream.contexts.push_back(out.size());
    out.push_back(builtin_context(model, upstream));
  }
}

void add_policy_calls(const Model& model, std::vector<TlsContext>& out) {
  for (const std::size_t index : model.policy_calls) {
    TlsContext context = read_context(model, model.tls_objects[index]);
    context.peers = "the services that policies call";
    out.push_back(std::move(context));
  }
}

void add_redis(const Model& model, std::vector<TlsContext>& out) {
  for (const Redis& redis : model.redis) {
    if (redis.tls == kNone && redis.open) continue;
    TlsContext context = redis.tls == kNone
                             ? make_context(model.resources[redis.resource], tls::Role::Upstream, redis.subject)
                             : read_context(model, model.tls_objects[redis.tls]);
    context.peers = "Redis";
    context.reach = tls::Reach::Link;
    for (const Text& address : redis.addresses) {
      if (!address.known()) continue;
      const Address parsed = parse_address(address.value);
      if (context.endpoint.empty()) context.endpoint = endpoint(parsed);
      if (!parsed.host.empty()) context.hosts.push_back(parsed.host);
    }
    context.loopback = !context.hosts.empty() && std::all_of(context.hosts.begin(), context.hosts.end(), is_loopback);
    if (redis.tls == kNone) {
      context.section = redis.where;
      context.section_key = redis.key;
      context.enabled = false;
      context.why_not = "sharedStorage.redis has no tls";
    }
    out.push_back(std::move(context));
  }
}

}  // namespace

std::vector<TlsContext> make_contexts(Model& model) {
  std::vector<TlsContext> contexts;
  add_listeners(model, contexts);
  add_upstreams(model, contexts);
  add_unplaced(model, contexts);
  add_policy_calls(model, contexts);
  add_redis(model, contexts);
  return contexts;
}

}  // namespace tlsward::gateways::flex
