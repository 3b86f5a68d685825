#include "gateways/tyk/service_routing.h"

#include "gateways/tyk/fields.h"
#include "gateways/tyk/kind.h"

namespace tlsward::gateways::tyk {
namespace {

const Node* value_of(const Object& object, std::string_view key) {
  const Member* member = object.member(key);
  return member != nullptr && !member->value.is_null() ? &member->value : nullptr;
}

Routing read_classic_routing(const Object& root) {
  Routing routing;
  const Object proxy = root.object("proxy");
  routing.api_id = root.word("api_id").value;
  routing.listen_path = value_of(proxy, "listen_path");
  routing.target = value_of(proxy, "target_url");
  routing.target_place = "proxy.target_url";
  routing.strip = is_on(proxy.flag("strip_listen_path"));
  routing.preserve_host = is_on(proxy.flag("preserve_host_header"));
  const Flag active = root.flag("active");
  routing.active = active.absent() || !is_off(active);
  routing.internal = is_on(root.flag("internal"));
  const Node* list = value_of(proxy, "target_list");
  if (!is_on(proxy.flag("enable_load_balancing")) || list == nullptr || list->items.empty()) return routing;
  routing.target = &list->items.front();
  routing.target_place = "proxy.target_list[0]";
  routing.balanced = list->items.size();
  return routing;
}

Routing read_oas_routing(const Object& root) {
  Routing routing;
  const Object info = root.object("info"), server = root.object("server"), upstream = root.object("upstream");
  const Object listen_path = server.object("listenPath"), state = info.object("state");
  routing.api_id = info.word("id").value;
  routing.listen_path = value_of(listen_path, "value");
  routing.target = value_of(upstream, "url");
  routing.target_place = "upstream.url";
  routing.strip = is_on(listen_path.flag("strip"));
  routing.preserve_host = is_on(upstream.object("preserveHostHeader").flag("enabled"));
  const Flag active = state.flag("active");
  routing.active = active.absent() || !is_off(active);
  routing.internal = is_on(state.flag("internal"));
  const Object balancing = upstream.object("loadBalancing");
  const Node* list = value_of(balancing, "targets");
  if (!is_on(balancing.flag("enabled")) || list == nullptr || list->items.empty()) return routing;
  routing.target = list->items.front().find("url");
  routing.target_place = "upstream.loadBalancing.targets[0].url";
  routing.balanced = list->items.size();
  return routing;
}

}  // namespace

const Node* definition_at(std::span<const Claimed> documents, const Api& api) {
  for (const Claimed& claimed : documents) {
    const Node& root = claimed.document->root;
    const Node& classic = definition_of(root);
    if (classic.where == api.object) return &classic;
    const Node* extension = root.find("x-tyk-api-gateway");
    if (extension != nullptr && extension->where == api.object) return extension;
  }
  return nullptr;
}

const Node* conf_at(std::span<const Claimed> documents, const Conf& conf) {
  for (const Claimed& claimed : documents) {
    if (claimed.document->root.where == conf.object) return &claimed.document->root;
  }
  return nullptr;
}

Routing read_routing(const Api& api, const Node& definition) {
  const Object root(definition, {});
  return api.form == ApiForm::Oas ? read_oas_routing(root) : read_classic_routing(root);
}

}  // namespace tlsward::gateways::tyk
