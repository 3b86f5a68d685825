// Every field of HostResult has its field here, so that merge, diff, resume and `lint --observed` can
// read a result back without loss. What can be computed from others (`complete`, `tls`, names beside code points) is
// there for jq and is ignored when it is read.
#include "report/probe_json.h"

#include <nlohmann/json.hpp>

#include "lint/run.h"
#include "probe/observed_context.h"
#include "report/context_json.h"
#include "report/format.h"
#include "report/json_parts.h"
#include "report/time_text.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json optional_json(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json versions_json(const std::map<tls::Version, probe::Told>& versions) {
  Json result = Json::object();
  for (const auto& [version, told] : versions) result[tls::short_name(version)] = told_json(told);
  return result;
}

Json verdicts_json(const probe::HostResult& result) {
  Json verdicts = {{"versions", versions_json(result.versions)}};
  for (const auto& row : probe::questions())
    if (const auto found = result.questions.find(row.question); found != result.questions.end())
      verdicts[std::string(row.id)] = told_json(found->second);
  return verdicts;
}

Json json(tls::Group group) {
  return {{"code", group.code}, {"name", tls::name(group)}};
}

Json json(tls::SignatureScheme scheme) {
  return {{"code", scheme.code}, {"name", tls::name(scheme)}};
}

Json json(const std::string& protocol) {
  return protocol;
}

Json json(const probe::SeenSuite& seen) {
  const tls::CipherSuiteFacts* facts = tls::facts(seen.suite);
  return {{"code", seen.suite.code},
          {"name", tls::name(seen.suite)},
          {"openssl", facts == nullptr ? std::string_view() : facts->openssl},
          {"bits", facts == nullptr ? Json(nullptr) : Json(facts->bits)},
          {"group", seen.group ? Json(seen.group->code) : Json(nullptr)},
          {"group_name", seen.group ? Json(tls::name(*seen.group)) : Json(nullptr)},
          {"dh_bits", seen.dh_bits},
          {"retry_only", seen.retry_only}};
}

template <class T>
Json enumeration_json(const probe::Enumeration<T>& list) {
  Json accepted = Json::array();
  for (const T& value : list.accepted) accepted.push_back(json(value));
  return {{"accepted", std::move(accepted)},
          {"order", name(list.order)},
          {"order_evidence", list.order_evidence},
          {"complete", list.complete},
          {"gap", list.gap}};
}

template <class T>
Json by_version_json(const std::map<tls::Version, probe::Enumeration<T>>& lists) {
  Json result = Json::object();
  for (const auto& [version, list] : lists) result[tls::short_name(version)] = enumeration_json(list);
  return result;
}

Json sslv2_json(const std::vector<tls::wire::Sslv2Cipher>& ciphers) {
  Json list = Json::array();
  for (const tls::wire::Sslv2Cipher cipher : ciphers)
    list.push_back({{"code", cipher.code},
                    {"name", tls::wire::name(cipher)},
                    {"openssl", tls::wire::openssl_name(cipher)},
                    {"bits", tls::wire::bits(cipher)}});
  return list;
}

Json primes_json(const std::vector<probe::SeenPrime>& primes) {
  Json list = Json::array();
  for (const probe::SeenPrime& prime : primes)
    list.push_back({{"bits", prime.bits},
                    {"name", prime.name},
                    {"shared", prime.shared},
                    {"safe", prime.safe},
                    {"sha256", prime.sha256}});
  return list;
}

Json service_json(const net::Service& service) {
  if (service.name.empty() && service.banner.empty() && service.starttls == net::StartTls::None) return nullptr;
  return {{"name", service.name}, {"starttls", net::name(service.starttls)}, {"banner", service.banner}};
}

Json findings_json(const probe::HostResult& result, std::span<const lint::Rule* const> rules) {
  const SourceMap no_files;
  const std::vector<std::string> fingerprints = probe_fingerprints(result);
  Json list = Json::array();
  for (std::size_t i = 0; i < result.findings.size(); ++i) {
    const Finding& finding = result.findings[i];
    const auto* endpoint = std::get_if<Endpoint>(&finding.place);
    Json place = endpoint == nullptr ? Json(nullptr) : json_place(*endpoint);
    list.push_back(json_finding(no_files, finding, find_rule(rules, finding.rule), fingerprints[i], std::move(place)));
  }
  return list;
}

Json observed_json(const probe::HostResult& result) {
  if (!result.speaks_tls()) return nullptr;
  return context_json(SourceMap(), probe::observed_context(result));
}

}  // namespace

Json told_json(const probe::Told& told) {
  return {{"verdict", name(told.verdict)}, {"evidence", told.evidence}};
}

std::vector<std::string> probe_fingerprints(const probe::HostResult& result) {
  lint::Run run;
  run.findings = result.findings;
  return lint::fingerprints(run, {});
}

Json probe_result_json(const probe::HostResult& result, std::span<const lint::Rule* const> rules) {
  Json chains = Json::array();
  for (const probe::SeenChain& chain : result.chains) chains.push_back(chain_json(chain));
  return {{"schema", "tlsward-probe/1"},
          {"target", result.target},
          {"host", result.host},
          {"port", result.port},
          {"address", result.address},
          {"sni", result.sni},
          {"starttls", result.starttls},
          {"started", rfc3339(result.started)},
          {"milliseconds", result.milliseconds},
          {"connections", result.connections},
          {"tls", result.speaks_tls()},
          {"complete", result.is_complete()},
          {"trouble", {{"kind", name(result.trouble.kind)}, {"message", result.trouble.message}}},
          {"service", service_json(result.service)},
          {"notes", result.notes},
          {"needs_sni", result.needs_sni},
          {"rate_limited", result.rate_limited},
          {"serial", result.serial},
          {"verdicts", verdicts_json(result)},
          {"heartbleed", versions_json(result.heartbleed)},
          {"sslv2", sslv2_json(result.sslv2_ciphers)},
          {"suites", by_version_json(result.suites)},
          {"groups", by_version_json(result.groups)},
          {"signatures", by_version_json(result.signatures)},
          {"primes", primes_json(result.primes)},
          {"alpn", enumeration_json(result.alpn)},
          {"npn", result.npn},
          {"client_cas", result.client_cas},
          {"ticket_lifetime_seconds", optional_json(result.ticket_lifetime_seconds)},
          {"max_early_data_bytes", result.max_early_data_bytes},
          {"clock_skew_seconds", optional_json(result.clock_skew_seconds)},
          {"chains", std::move(chains)},
          {"no_chain", result.no_chain},
          {"context", observed_json(result)},
          {"findings", findings_json(result, rules)}};
}

}  // namespace tlsward::report
