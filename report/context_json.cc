#include "report/context_json.h"

#include <nlohmann/json.hpp>

#include "report/context.h"
#include "report/context_values.h"
#include "report/json_parts.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json provenance(const SourceMap& sources, const tls::Setting<T>& setting, Json value) {
  Json result = {{"value", setting.known() ? std::move(value) : Json(nullptr)}, {"source", name(setting.origin)}};
  if (setting.where.known()) {
    const Position at = sources.position(setting.where.file, setting.where.begin);
    result["file"] = sources.path(setting.where.file);
    result["line"] = at.line;
    result["column"] = at.column;
  }
  if (!setting.because.empty()) result["because"] = setting.because;
  return result;
}

Json version_list(const std::vector<tls::Version>& versions) {
  Json list = Json::array();
  for (const tls::Version version : versions) list.push_back(tls::short_name(version));
  return list;
}

template <class Value>
Json by_version(const tls::TlsContext& context, const Value& value) {
  Json result = Json::object();
  for (const tls::Version version : context.versions.value) {
    Json list = Json::array();
    const auto found = context.ciphers.value.find(version);
    if (found != context.ciphers.value.end())
      for (const tls::CipherSuite suite : found->second) list.push_back(value(suite));
    result[tls::short_name(version)] = std::move(list);
  }
  return result;
}

Json runs_of(const tls::TlsContext& context) {
  Json runs = Json::array();
  for (const auto& run : context.equal_preference) {
    Json list = Json::array();
    for (const tls::CipherSuite suite : run) list.push_back(suite.code);
    runs.push_back(std::move(list));
  }
  return runs;
}

Json group_codes(const tls::TlsContext& context) {
  Json list = Json::array();
  for (const tls::Group group : context.groups.value) list.push_back(group.code);
  return list;
}

Json trust(const tls::TlsContext& context) {
  Json list = Json::array();
  for (const tls::TrustSource& source : context.trust) {
    if (source.kind == tls::TrustKind::Named) {
      list.push_back({{"kind", "name"}, {"subject", source.note}});
      continue;
    }
    if (source.kind == tls::TrustKind::System || source.material >= context.material.size()) {
      list.push_back({{"kind", "system"}});
      continue;
    }
    const tls::Material& material = context.material[source.material];
    Json entry = {{"kind", material.inline_text ? "inline" : "file"}, {"field", material.field}};
    if (!material.inline_text) entry["written"] = material.written;
    Json certificates = Json::array();
    for (const tls::CertificateFacts& certificate : material.bundle.certificates)
      certificates.push_back({{"subject", certificate.subject}, {"sha256", certificate.sha256}});
    entry["certificates"] = std::move(certificates);
    list.push_back(std::move(entry));
  }
  return list;
}

Json identities(const tls::TlsContext& context) {
  Json list = Json::array();
  for (const tls::Identity& identity : context.identities) {
    Json entry = Json::object();
    if (identity.certificate < context.material.size()) {
      const tls::Material& material = context.material[identity.certificate];
      entry["certificate"] = material.inline_text        ? Json("inline")
                             : tls::is_observed(context) ? Json(material.field)
                                                         : Json(material.written);
      if (!material.bundle.certificates.empty()) {
        const tls::CertificateFacts& facts = material.bundle.certificates.front();
        entry["subject"] = facts.subject;
        entry["dns_names"] = facts.dns_names;
        entry["ip_addresses"] = facts.ip_addresses;
        entry["key_type"] = name(facts.key.type);
        entry["key_bits"] = facts.key.bits;
        entry["sha256"] = facts.sha256;
      }
    }
    if (identity.key < context.material.size()) {
      const tls::Material& material = context.material[identity.key];
      entry["key"] = material.inline_text ? Json("inline") : Json(material.written);
    }
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

Json context_json(const SourceMap& sources, const tls::TlsContext& context) {
  const bool listener = context.role == tls::Role::Listener;
  const Json versions = version_list(context.versions.value);
  const Json suites = by_version(context, [](tls::CipherSuite suite) { return Json(suite.code); });
  Json result = {{"role", listener ? "server" : "client"},
                 {"subject", context.subject},
                 {"endpoint", context.endpoint.empty() ? Json(nullptr) : Json(context.endpoint)},
                 {"hosts", context.hosts},
                 {"gateway", context.gateway},
                 {"version", context.gateway_version},
                 {"version_assumed", context.version_guessed},
                 {"enabled", context.enabled}};
  if (!context.enabled) {
    result["why"] = context.why_not;
    return result;
  }
  if (!context.start_failure.empty()) result["start_failure"] = context.start_failure;
  result["versions"] = versions;
  result["ciphers"] = suites;
  result["cipher_names"] = by_version(context, [](tls::CipherSuite suite) { return Json(tls::name(suite)); });
  result["cipher_order"] = name(context.cipher_order);
  result["equal_preference"] = runs_of(context);
  result["groups"] = group_codes(context);
  result["groups_order"] = name(context.groups_order);
  result["alpn"] = context.alpn.value.empty() ? Json(nullptr) : Json(context.alpn.value);
  if (listener) {
    result["client_auth"] = name(context.client_auth.value);
  } else {
    result["verify_peer"] = name(context.verify_peer.value);
    result["server_name_check"] = context.server_name_check.value;
  }
  result["trust"] = trust(context);
  result["trust_unknown"] = context.trust_unknown;
  result["identity"] = identities(context);
  Json& from = result["provenance"];
  from["min_version"] = provenance(sources, context.min_version, tls::short_name(context.min_version.value));
  from["max_version"] = provenance(sources, context.max_version, tls::short_name(context.max_version.value));
  from["versions"] = provenance(sources, context.versions, versions);
  from["ciphers"] = provenance(sources, context.ciphers, suites);
  from["groups"] = provenance(sources, context.groups, group_codes(context));
  from["alpn"] = provenance(sources, context.alpn, context.alpn.value);
  if (listener) {
    from["client_auth"] = provenance(sources, context.client_auth, name(context.client_auth.value));
  } else {
    from["verify_peer"] = provenance(sources, context.verify_peer, name(context.verify_peer.value));
    from["server_name_check"] = provenance(sources, context.server_name_check, context.server_name_check.value);
  }
  result["notes"] = context.notes;
  return result;
}

void write_contexts_json(const lint::Run& run, std::FILE* out) {
  Json document = {{"schema", "tlsward-contexts/1"}, {"contexts", Json::array()}, {"errors", Json::array()}};
  for (const auto& set : run.sets)
    for (const tls::TlsContext& context : set->reading.contexts)
      document["contexts"].push_back(context_json(run.sources, context));
  for (const lint::RunError& error : run.errors)
    document["errors"].push_back({{"path", error.path}, {"message", error.message}});
  write_json_document(document, out);
}

}  // namespace tlsward::report
