// Documents to the model. A document is one resource of the declarative configuration
// (https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide); resources name each other by kind,
// namespace and name. A policy stands in a PolicyBinding, or inline in an ApiInstance, or alone as the product pages
// print it. Whatever cannot be read is left out or marked open: a linter sees broken files more often than others.
#include "gateways/flex/read.h"

#include <algorithm>
#include <utility>

#include "gateways/flex/keys.h"
#include "gateways/flex/template_branches.h"

namespace tlsward::gateways::flex {
namespace {

/// The member, unless it is absent or null.
const Member* find_member(const Node* node, std::string_view key) {
  const Member* member = node ? node->find_member(key) : nullptr;
  return member && (!member->value.is_null() || member->value.unresolved) ? member : nullptr;
}

const Node* find_map(const Node* node, std::string_view key) {
  const Member* member = find_member(node, key);
  return member && member->value.is_map() ? &member->value : nullptr;
}

Text text_of(const Node& node) {
  const bool shared = node.used_at.known();
  if (!node.is_scalar()) return {"", node.where, true, shared};
  return {std::string(node.scalar), node.where, !is_known(node), shared};
}

Text text_of(const Node* node, std::string_view key) {
  const Member* member = find_member(node, key);
  return member ? text_of(member->value) : Text{};
}

/// As above; unresolved where it is absent and a template may write it, here or in place of the whole map.
Text text_or_open(const Member* map, std::string_view key) {
  if (!map) return {};
  Text text = text_of(&map->value, key);
  const bool may_be_written = !is_known(map->value) || map->value.open;
  return text.written() || !may_be_written ? text : Text{"", map->key_where, true};
}

/// True where the map may hold more than is seen, or something in it is not known.
bool is_open(const Member* map) {
  if (!map) return false;
  bool open = false;
  walk(map->value, [&](const Node& node) { open = open || node.open || !is_known(node); });
  for (const Member& member : map->value.members) open = open || member.key_unresolved;
  return open;
}

std::map<std::string, std::string> text_map(const Node* node) {
  std::map<std::string, std::string> result;
  if (!node) return result;
  for (const Member& member : node->members) result[std::string(member.key)] = std::string(member.value.scalar);
  return result;
}

ResourceKind kind_of(const Text& kind) {
  if (kind.value == "ApiInstance") return ResourceKind::ApiInstance;
  if (kind.value == "Service") return ResourceKind::Service;
  if (kind.value == "PolicyBinding") return ResourceKind::PolicyBinding;
  if (kind.value == "Configuration") return ResourceKind::Configuration;
  return ResourceKind::Other;
}

/// Where a TLS object stands: what the findings about it are called after and point at.
struct Site {
  Direction direction;
  std::size_t resource;
  std::string subject;
  std::string path;
  Span fallback_where, fallback_key;
  bool open;
};

TlsObject make_tls_object(const Site& site, const Member* member) {
  TlsObject object{.direction = site.direction, .resource = site.resource, .subject = site.subject, .path = site.path};
  object.where = member ? member->value.where : site.fallback_where;
  object.key = member ? member->key_where : site.fallback_key;
  // A template line in front of the first setting may be taken as one of the map around it.
  object.open = site.open || (member && (!is_known(member->value) || member->value.open));
  if (!member || !member->value.is_map()) return object;
  const Node& node = member->value;
  object.node = &node;
  object.skip_validation = find_member(&node, "skipValidation");
  object.require_client_certificate = find_member(&node, "requireClientCertificate");
  object.trusted_ca = find_member(&node, "trustedCA");
  object.certificate = find_member(&node, "certificate");
  object.certificate_key = find_member(find_map(&node, "certificate"), "key");
  object.certificate_crt = find_member(find_map(&node, "certificate"), "crt");
  object.alpn = find_member(&node, "alpn");
  object.min_version = find_member(&node, "minversion");
  object.max_version = find_member(&node, "maxversion");
  if (site.direction == Direction::Redis) {
    // The page on Redis spells them so, the reference guide as everywhere else.
    if (!object.min_version) object.min_version = find_member(&node, "minVersion");
    if (!object.max_version) object.max_version = find_member(&node, "maxVersion");
  }
  object.ciphers = find_member(&node, "ciphers");
  return object;
}

/// Reads one document after the other into a model.
class Reader {
 public:
  explicit Reader(const SourceMap& sources) : branches_(sources) {}
  void read(const Claimed& claimed) { read_root(claimed, claimed.document->root, ""); }
  Model take() { return std::move(model_); }

 private:
  // `kubectl` takes several resources as the items of a `kind: List`.
  void read_root(const Claimed& claimed, const Node& root, const std::string& path) {
    if (root.is_list()) {
      read_bare_list(claimed, root, path);
      return;
    }
    if (!root.is_map()) return;
    const Member* items = find_member(&root, "items");
    if (text_of(&root, "kind").value == "List" && items && items->value.is_list()) {
      for (std::size_t i = 0; i < items->value.items.size(); ++i) {
        read_root(claimed, items->value.items[i], join_path(join_path(path, "items"), i));
      }
      return;
    }
    read_resource(claimed, root, path);
  }

  std::size_t add_resource(const Claimed& claimed, const Node& root) {
    Resource resource{.document = claimed.document, .version = claimed.version};
    const Member* metadata = find_member(&root, "metadata");
    const Member* labels = metadata ? find_member(&metadata->value, "labels") : nullptr;
    resource.kind_text = text_of(&root, "kind");
    resource.kind = kind_of(resource.kind_text);
    resource.api_version = text_of(&root, "apiVersion");
    resource.name = text_or_open(metadata, "name");
    resource.name_space = text_or_open(metadata, "namespace");
    resource.labels = text_map(labels ? &labels->value : nullptr);
    resource.labels_open =
        root.open || is_open(labels) || (metadata && (!is_known(metadata->value) || metadata->value.open));
    resource.branch = branches_.at(root.where);
    resource.where = root.where;
    resource.open = root.open;
    resource.head = resource.kind_text.where;
    if (!resource.head.known()) resource.head = root.members.empty() ? root.where : root.members.front().key_where;
    resource.subject = resource.kind_text.known() ? resource.kind_text.value : "policies";
    if (resource.name.known()) resource.subject += "/" + resource.name.value;
    model_.resources.push_back(std::move(resource));
    return model_.resources.size() - 1;
  }

  void read_resource(const Claimed& claimed, const Node& root, const std::string& path) {
    const std::size_t index = add_resource(claimed, root);
    const Member* spec = find_member(&root, "spec");
    switch (model_.resources[index].kind) {
      case ResourceKind::ApiInstance:
        if (spec && spec->value.is_map()) read_instance(index, spec->value, join_path(path, "spec"));
        return;
      case ResourceKind::Service:
        if (spec && spec->value.is_map()) read_service(index, spec->value);
        return;
      case ResourceKind::PolicyBinding:
        if (spec && spec->value.is_map()) read_policy_binding(index, *spec, join_path(path, "spec"));
        return;
      case ResourceKind::Configuration:
        if (spec && spec->value.is_map()) read_configuration(index, spec->value, join_path(path, "spec"));
        return;
      case ResourceKind::Other:
        if (find_map(&root, "policyRef")) read_policy(index, Binding::Form::Bare, root, path, "policies");
        return;
    }
  }

  void read_bare_list(const Claimed& claimed, const Node& root, const std::string& path) {
    const std::size_t index = add_resource(claimed, root);
    for (std::size_t i = 0; i < root.items.size(); ++i) {
      if (!find_map(&root.items[i], "policyRef")) continue;
      read_policy(index, Binding::Form::Bare, root.items[i], join_path(path, i), join_path("policies", i));
    }
  }

  void read_service(std::size_t resource, const Node& spec) {
    Upstream upstream{.resource = resource, .name = model_.resources[resource].name.value};
    upstream.subject = model_.resources[resource].subject;
    upstream.address = text_of(&spec, "address");
    if (upstream.address.known()) upstream.parsed = parse_address(upstream.address.value);
    model_.upstreams.push_back(std::move(upstream));
  }

  void read_instance(std::size_t resource, const Node& spec, const std::string& path) {
    Instance instance{.resource = resource, .address = text_of(&spec, "address"), .spec = &spec};
    if (instance.address.known()) instance.parsed = parse_address(instance.address.value);
    model_.instances.push_back(std::move(instance));
    const std::string subject = model_.resources[resource].subject;
    if (const Node* services = find_map(&spec, "services")) {
      for (const Member& service : services->members) {
        Upstream upstream{.resource = resource, .inlined = true, .name = std::string(service.key)};
        upstream.subject = subject + " services." + upstream.name;
        upstream.node = &service.value;
        upstream.address = text_of(&service.value, "address");
        if (upstream.address.known()) upstream.parsed = parse_address(upstream.address.value);
        model_.upstreams.push_back(std::move(upstream));
      }
    }
    const Member* policies = find_member(&spec, "policies");
    if (!policies || !policies->value.is_list()) return;
    for (std::size_t i = 0; i < policies->value.items.size(); ++i) {
      read_policy(resource, Binding::Form::Inlined, policies->value.items[i], join_path(join_path(path, "policies"), i),
                  subject + " " + join_path("policies", i));
    }
  }

  void read_policy_binding(std::size_t resource, const Member& spec, const std::string& path) {
    read_policy(resource, Binding::Form::Resource, spec.value, path, model_.resources[resource].subject);
  }

  void read_policy(std::size_t resource, Binding::Form form, const Node& node, const std::string& path,
                   const std::string& subject) {
    if (!node.is_map()) return;
    Binding binding{.resource = resource, .form = form, .subject = subject, .where = node.where};
    const Member* policy_ref = find_member(&node, "policyRef");
    binding.policy = text_or_open(policy_ref, "name");
    binding.policy_namespace = text_or_open(policy_ref, "namespace");
    if (policy_ref && policy_ref->value.is_map()) binding.policy_reference = &policy_ref->value;
    binding.order = find_member(&node, "order");
    binding.rules = find_member(&node, "rules");
    binding.config = find_map(&node, "config");
    binding.target = read_target(form, node);
    if (is_inbound(binding) || is_outbound(binding)) {
      const Span key = policy_ref ? policy_ref->key_where : node.where;
      const Site site{is_inbound(binding) ? Direction::Inbound : Direction::Outbound,
                      resource,
                      subject,
                      join_path(path, "config"),
                      node.where,
                      key,
                      node.open};
      binding.tls = add_tls_object(make_tls_object(site, find_member(&node, "config")));
    }
    model_.bindings.push_back(std::move(binding));
  }

  static Target read_target(Binding::Form form, const Node& node) {
    Target target;
    const Member* member = find_member(&node, "targetRef");
    if (form == Binding::Form::Inlined) target.kind = TargetKind::ApiInstance;
    target.open = node.open && !member;
    if (!member) return target;
    target.key = member->key_where;
    target.open = !is_known(member->value) || member->value.open;
    if (!member->value.is_map()) return target;
    target.node = &member->value;
    target.kind_text = text_of(target.node, "kind");
    target.name = text_of(target.node, "name");
    target.name_space = text_of(target.node, "namespace");
    target.open = target.open || target.kind_text.unresolved || target.name.unresolved || target.name_space.unresolved;
    if (target.kind_text.written()) target.kind = target_kind(target.kind_text);
    if (target.kind == TargetKind::Selector) read_selector(target);
    return target;
  }

  static TargetKind target_kind(const Text& kind) {
    if (kind.value == "ApiInstance") return TargetKind::ApiInstance;
    if (kind.value == "Service") return TargetKind::Service;
    if (kind.value == "Selector") return TargetKind::Selector;
    return TargetKind::Other;
  }

  static void read_selector(Target& target) {
    const Node* selector = find_map(target.node, "selector");
    const Node* labels = find_map(selector, "labels");
    target.selects = text_of(selector, "kind").value;
    target.labels = text_map(labels);
    if (!selector) return;
    target.open = target.open || selector->open;
    walk(*selector, [&](const Node& node) { target.open = target.open || node.open || !is_known(node); });
  }

  void read_configuration(std::size_t resource, const Node& spec, const std::string& path) {
    const std::string subject = model_.resources[resource].subject;
    const Node* defaults = find_map(&spec, "defaultTLS");
    const Member* calls = find_member(defaults, "outboundPolicyCalls");
    if (calls) {
      const Site site{Direction::PolicyCalls,
                      resource,
                      subject + " defaultTLS.outboundPolicyCalls",
                      join_path(path, "defaultTLS.outboundPolicyCalls"),
                      calls->value.where,
                      calls->key_where,
                      defaults->open};
      model_.policy_calls.push_back(add_tls_object(make_tls_object(site, calls)));
    }
    const Node* storage = find_map(&spec, "sharedStorage");
    const Member* redis = find_member(storage, "redis");
    if (redis && redis->value.is_map()) read_redis(resource, *redis, join_path(path, "sharedStorage.redis"));
  }

  void read_redis(std::size_t resource, const Member& member, const std::string& path) {
    Redis redis{.resource = resource, .where = member.value.where, .key = member.key_where};
    redis.subject = model_.resources[resource].subject + " sharedStorage.redis";
    redis.open = member.value.open;
    const Text address = text_of(&member.value, "address");
    if (address.written()) redis.addresses.push_back(address);
    const Member* sentinels = find_member(find_map(&member.value, "sentinel"), "addresses");
    if (sentinels) {
      for (const Node& item : sentinels->value.items) redis.addresses.push_back(text_of(item));
    }
    if (const Member* tls = find_member(&member.value, "tls")) {
      const Site site{Direction::Redis, resource,       redis.subject + ".tls", join_path(path, "tls"),
                      tls->value.where, tls->key_where, member.value.open};
      redis.tls = add_tls_object(make_tls_object(site, tls));
    }
    model_.redis.push_back(std::move(redis));
  }

  std::size_t add_tls_object(TlsObject object) {
    model_.tls_objects.push_back(std::move(object));
    return model_.tls_objects.size() - 1;
  }

  TemplateBranches branches_;
  Model model_;
};

// The objects that the key tables know.

std::string_view object_type(Direction direction) {
  switch (direction) {
    case Direction::Inbound:
      return "tls";
    case Direction::Outbound:
      return "tls-outbound";
    case Direction::PolicyCalls:
      return "outboundPolicyCalls";
    case Direction::Redis:
      break;
  }
  return "redis.tls";
}

void collect(const Document& document, const Node& node, std::string_view type_name, const std::string& path,
             std::vector<KnownObject>& out) {
  const ObjectType* type = find_object(object_types(), type_name);
  if (type) collect_objects(document, node, *type, path, object_types(), out);
}

void collect_root(const Document& document, const Node& root, const std::string& path, std::vector<KnownObject>& out) {
  if (root.is_list()) {
    for (std::size_t i = 0; i < root.items.size(); ++i) {
      if (find_map(&root.items[i], "policyRef")) {
        collect(document, root.items[i], "policy", join_path(path, i), out);
      }
    }
    return;
  }
  const Member* items = find_member(&root, "items");
  const std::string kind = text_of(&root, "kind").value;
  if (kind == "List" && items) {
    for (std::size_t i = 0; i < items->value.items.size(); ++i) {
      collect_root(document, items->value.items[i], join_path(join_path(path, "items"), i), out);
    }
    return;
  }
  const bool is_bare = kind.empty() && find_map(&root, "policyRef");
  collect(document, root, is_bare ? std::string_view("policy") : std::string_view(kind), path, out);
}

std::vector<KnownObject> known_objects(std::span<const Claimed> documents, const Model& model) {
  std::vector<KnownObject> objects;
  for (const Claimed& claimed : documents) collect_root(*claimed.document, claimed.document->root, "", objects);
  // The object of a policy's `config` hangs on the name of the policy, which no row of the table can say.
  for (const TlsObject& object : model.tls_objects) {
    const bool by_table = object.direction == Direction::PolicyCalls || object.direction == Direction::Redis;
    if (by_table || !object.node) continue;
    collect(*model.resources[object.resource].document, *object.node, object_type(object.direction), object.path,
            objects);
  }
  std::stable_sort(objects.begin(), objects.end(), [](const KnownObject& a, const KnownObject& b) {
    return std::pair(a.node->where.file, a.node->where.begin) < std::pair(b.node->where.file, b.node->where.begin);
  });
  return objects;
}

}  // namespace

Model read_model(std::span<const Claimed> documents, const SourceMap& sources) {
  Reader reader(sources);
  for (const Claimed& claimed : documents) reader.read(claimed);
  Model model = reader.take();
  resolve(model);
  return model;
}

Reading read(std::span<const Claimed> documents, const SourceMap& sources, const ReadOptions&) {
  Model model = read_model(documents, sources);
  Reading reading;
  reading.contexts = make_contexts(model);
  reading.objects = known_objects(documents, model);
  reading.model = std::move(model);
  return reading;
}

}  // namespace tlsward::gateways::flex
