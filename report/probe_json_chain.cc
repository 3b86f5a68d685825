// A chain in JSON: each certificate's bytes, and beside them the facts that people ask for with jq.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "report/base64.h"
#include "report/probe_json.h"
#include "report/time_text.h"

namespace tlsward::report {

using Json = nlohmann::ordered_json;

Json certificate_json(const tls::CertificateFacts& certificate) {
  return {{"subject", certificate.subject},
          {"issuer", certificate.issuer},
          {"common_name", certificate.common_name},
          {"serial", certificate.serial},
          {"serial_octets", certificate.serial_octets},
          {"version", certificate.version},
          {"not_before", rfc3339(certificate.not_before)},
          {"not_after", rfc3339(certificate.not_after)},
          {"key",
           {{"type", name(certificate.key.type)},
            {"bits", certificate.key.bits},
            {"curve", certificate.key.curve},
            {"spki_sha256", certificate.key.spki_sha256}}},
          {"signature_algorithm", certificate.signature_algorithm},
          {"signature_digest", certificate.signature_digest},
          {"has_san", certificate.has_san},
          {"dns_names", certificate.dns_names},
          {"ip_addresses", certificate.ip_addresses},
          {"emails", certificate.emails},
          {"uris", certificate.uris},
          {"other_names", certificate.other_names},
          {"extended_key_usage", certificate.has_eku ? Json(certificate.extended_key_usage) : Json(nullptr)},
          {"key_usage", certificate.has_key_usage ? Json(certificate.key_usage) : Json(nullptr)},
          {"has_basic_constraints", certificate.has_basic_constraints},
          {"is_ca", certificate.is_ca},
          {"path_length", certificate.path_length ? Json(*certificate.path_length) : Json(nullptr)},
          {"ca_issuer_urls", certificate.ca_issuer_urls},
          {"ocsp_urls", certificate.ocsp_urls},
          {"must_staple", certificate.must_staple},
          {"self_issued", certificate.self_issued},
          {"self_signed", certificate.self_signed},
          {"subject_key_id", certificate.subject_key_id},
          {"authority_key_id", certificate.authority_key_id},
          {"sha256", certificate.sha256}};
}

Json chain_json(const probe::SeenChain& chain) {
  Json versions = Json::array();
  for (const tls::Version version : chain.versions) versions.push_back(tls::short_name(version));
  Json certificates = Json::array();
  for (std::size_t i = 0; i < std::max(chain.certificates.size(), chain.der.size()); ++i) {
    Json entry = certificate_json(i < chain.certificates.size() ? chain.certificates[i] : tls::CertificateFacts());
    entry["pem"] = i < chain.der.size() ? base64(chain.der[i]) : std::string();
    certificates.push_back(std::move(entry));
  }
  return {{"asked_for", chain.asked_for},
          {"versions", std::move(versions)},
          {"trusted", told_json(chain.trusted)},
          {"host_matches", told_json(chain.host_matches)},
          {"ordered", told_json(chain.ordered)},
          {"complete", told_json(chain.complete)},
          {"extra_anchor", chain.extra_anchor},
          {"dates", told_json(chain.dates)},
          {"days_left", chain.days_left},
          {"validity_days", chain.validity_days},
          {"common_name_only", chain.common_name_only},
          {"wildcard", chain.wildcard},
          {"self_signed", chain.self_signed},
          {"extended_validation", chain.extended_validation},
          {"ocsp_stapled", told_json(chain.ocsp_stapled)},
          {"scts",
           {{"certificate", chain.scts_in_certificate},
            {"extension", chain.scts_in_extension},
            {"ocsp", chain.scts_in_ocsp}}},
          {"tyk_id", chain.tyk_id},
          {"certificates", std::move(certificates)}};
}

}  // namespace tlsward::report
