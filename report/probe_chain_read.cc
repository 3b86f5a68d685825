// The chains of a result: facts as they were written beside the bytes, so that nothing is judged anew.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "pki/base64.h"
#include "probe/quoted.h"
#include "report/probe_result_parts.h"
#include "report/rfc3339_read.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::json;

// A server has a handful of chains, and a message of 64 KiB holds no more certificates.
constexpr std::size_t kMaxChains = 64;
constexpr std::size_t kMaxCertificates = 512;
constexpr std::size_t kMaxVersions = 64;

std::optional<tls::KeyType> parse_key_type(std::string_view word) {
  for (int i = 0; i <= static_cast<int>(tls::KeyType::Dh); ++i)
    if (const auto type = static_cast<tls::KeyType>(i); name(type) == word) return type;
  return {};
}

tls::Time read_time(const Json& object, const char* key, JsonFields& fields) {
  const std::string text = fields.text(object, key);
  if (text.empty()) return {};
  const auto time = parse_rfc3339(text);
  if (!time) fields.fail(key, probe::quoted(text) + " is no time (RFC 3339)");
  return std::chrono::floor<std::chrono::seconds>(time.value_or(std::chrono::sys_time<std::chrono::milliseconds>()));
}

bool has(const Json& object, const char* key) {
  return object.is_object() && object.contains(key) && !object[key].is_null();
}

tls::KeyFacts read_key(const Json& certificate, JsonFields& fields) {
  const Json& key = fields.object(certificate, "key");
  return {fields.word(key, "type", parse_key_type, tls::KeyType::Unknown), fields.number<int>(key, "bits"),
          fields.text(key, "curve"), fields.text(key, "spki_sha256"), false};
}

void read_names(const Json& json, JsonFields& fields, tls::CertificateFacts& certificate) {
  certificate.subject = fields.text(json, "subject");
  certificate.issuer = fields.text(json, "issuer");
  certificate.common_name = fields.text(json, "common_name");
  certificate.has_san = fields.flag(json, "has_san");
  certificate.dns_names = fields.texts(json, "dns_names");
  certificate.ip_addresses = fields.texts(json, "ip_addresses");
  certificate.emails = fields.texts(json, "emails");
  certificate.uris = fields.texts(json, "uris");
  certificate.other_names = fields.number<int>(json, "other_names");
}

void read_extensions(const Json& json, JsonFields& fields, tls::CertificateFacts& certificate) {
  certificate.has_eku = has(json, "extended_key_usage");
  certificate.extended_key_usage = fields.texts(json, "extended_key_usage");
  certificate.has_key_usage = has(json, "key_usage");
  certificate.key_usage = fields.texts(json, "key_usage");
  certificate.has_basic_constraints = fields.flag(json, "has_basic_constraints");
  certificate.is_ca = fields.flag(json, "is_ca");
  certificate.path_length = fields.optional_number<int>(json, "path_length");
  certificate.ca_issuer_urls = fields.texts(json, "ca_issuer_urls");
  certificate.ocsp_urls = fields.texts(json, "ocsp_urls");
  certificate.must_staple = fields.flag(json, "must_staple");
  certificate.subject_key_id = fields.text(json, "subject_key_id");
  certificate.authority_key_id = fields.text(json, "authority_key_id");
}

tls::CertificateFacts read_certificate(const Json& json, JsonFields& fields) {
  tls::CertificateFacts certificate;
  read_names(json, fields, certificate);
  certificate.serial = fields.text(json, "serial");
  certificate.serial_octets = fields.number<int>(json, "serial_octets");
  certificate.version = fields.number<int>(json, "version");
  certificate.not_before = read_time(json, "not_before", fields);
  certificate.not_after = read_time(json, "not_after", fields);
  certificate.key = read_key(json, fields);
  certificate.signature_algorithm = fields.text(json, "signature_algorithm");
  certificate.signature_digest = fields.text(json, "signature_digest");
  read_extensions(json, fields, certificate);
  certificate.self_issued = fields.flag(json, "self_issued");
  certificate.self_signed = fields.flag(json, "self_signed");
  certificate.sha256 = fields.text(json, "sha256");
  return certificate;
}

tls::wire::Bytes read_der(const Json& json, JsonFields& fields) {
  const auto bytes = pki::decode_base64(fields.text(json, "pem"), 1);
  if (!bytes) {
    fields.fail("pem", "this is no base64");
    return {};
  }
  return {bytes->span().begin(), bytes->span().end()};
}

void read_certificates(const Json& json, JsonFields& fields, probe::SeenChain& chain) {
  for (const Json& entry : fields.list(json, "certificates", kMaxCertificates)) {
    chain.certificates.push_back(read_certificate(entry, fields));
    chain.der.push_back(read_der(entry, fields));
  }
}

std::vector<tls::Version> read_versions(const Json& json, JsonFields& fields) {
  std::vector<tls::Version> versions;
  const std::vector<std::string> texts = fields.texts(json, "versions");
  if (texts.size() > kMaxVersions) fields.fail("versions", "there are too many");
  for (const std::string& text : texts)
    if (const auto version = tls::parse_version(text)) versions.push_back(*version);
  return versions;
}

probe::SeenChain read_chain(const Json& json, JsonFields& fields) {
  probe::SeenChain chain;
  chain.asked_for = fields.text(json, "asked_for");
  chain.versions = read_versions(json, fields);
  read_certificates(json, fields, chain);
  chain.trusted = read_told(json, "trusted", fields);
  chain.host_matches = read_told(json, "host_matches", fields);
  chain.ordered = read_told(json, "ordered", fields);
  chain.complete = read_told(json, "complete", fields);
  chain.extra_anchor = fields.flag(json, "extra_anchor");
  chain.dates = read_told(json, "dates", fields);
  chain.days_left = fields.number<long>(json, "days_left");
  chain.validity_days = fields.number<int>(json, "validity_days");
  chain.common_name_only = fields.flag(json, "common_name_only");
  chain.wildcard = fields.flag(json, "wildcard");
  chain.self_signed = fields.flag(json, "self_signed");
  chain.extended_validation = fields.flag(json, "extended_validation");
  chain.ocsp_stapled = read_told(json, "ocsp_stapled", fields);
  const Json& scts = fields.object(json, "scts");
  chain.scts_in_certificate = fields.number<int>(scts, "certificate");
  chain.scts_in_extension = fields.number<int>(scts, "extension");
  chain.scts_in_ocsp = fields.number<int>(scts, "ocsp");
  chain.tyk_id = fields.text(json, "tyk_id");
  return chain;
}

}  // namespace

std::vector<probe::SeenChain> read_chains(const Json& result, JsonFields& fields) {
  std::vector<probe::SeenChain> chains;
  for (const Json& entry : fields.list(result, "chains", kMaxChains)) chains.push_back(read_chain(entry, fields));
  return chains;
}

}  // namespace tlsward::report
