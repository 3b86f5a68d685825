#include "serve/certificates/certificate_json.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <utility>

#include "pki/name_attributes.h"
#include "pki/pem.h"

namespace tlsward::serve {
namespace {

using Json = nlohmann::ordered_json;
using Attributes = std::vector<pki::NameAttribute>;

/// Lists of Go's pkix.Name by the last number of their type, 2.5.4.N.
constexpr std::pair<const char*, std::uint64_t> kNameLists[] = {
    {"Country", 6},  {"Organization", 10}, {"OrganizationalUnit", 11}, {"Locality", 7},
    {"Province", 8}, {"StreetAddress", 9}, {"PostalCode", 17}};
constexpr std::uint64_t kCommonName = 3, kSerialNumber = 5;

/// What is told of a certificate or a public key.
struct Facts {
  std::string fingerprint, not_before = "0001-01-01T00:00:00Z", not_after = not_before;
  Attributes issuer, subject;
  std::vector<std::string> dns_names;
  bool is_ca = false;
};

/// As encoding/json writes it: one line, in which no character means anything to HTML or JavaScript.
std::string text_of(const Json& json) {
  const std::string plain = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string text;
  for (std::size_t i = 0; i < plain.size(); ++i) {
    const std::string_view rest = std::string_view(plain).substr(i);
    if (plain[i] == '<' || plain[i] == '>' || plain[i] == '&') {
      text += fmt::format("\\u{:04x}", plain[i]);
    } else if (rest.starts_with("\u2028") || rest.starts_with("\u2029")) {
      text += rest.starts_with("\u2028") ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      text += plain[i];
    }
  }
  return text + "\n";
}

std::string time_text(tls::Time time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(time.time_since_epoch().count()));
}

bool is_of(const pki::NameAttribute& attribute, std::uint64_t last) {
  return attribute.type == std::vector<std::uint64_t>{2, 5, 4, last};
}

/// The last value of this type: pkix.Name has room for one.
std::string last_value(const Attributes& attributes, std::uint64_t last) {
  std::string value;
  for (const pki::NameAttribute& attribute : attributes)
    if (is_of(attribute, last)) value = attribute.value;
  return value;
}

Json list_or_null(const std::vector<std::string>& list) {
  return list.empty() ? Json(nullptr) : Json(list);
}

Json name_json(const Attributes& attributes) {
  Json name;
  for (const auto& [key, last] : kNameLists) {
    std::vector<std::string> values;
    for (const pki::NameAttribute& attribute : attributes)
      if (is_of(attribute, last)) values.push_back(attribute.value);
    name[key] = list_or_null(values);
  }
  name["SerialNumber"] = last_value(attributes, kSerialNumber);
  name["CommonName"] = last_value(attributes, kCommonName);
  name["Names"] = nullptr;
  for (const pki::NameAttribute& attribute : attributes) {
    Json one;
    one["Type"] = attribute.type;
    one["Value"] = attribute.value;
    name["Names"].push_back(std::move(one));
  }
  name["ExtraNames"] = nullptr;
  return name;
}

/// The name that a public key is listed with: it has a common name, of which "Names" knows nothing.
Json public_key_name(const StoredCertificate& certificate) {
  Json name = name_json({});
  constexpr std::size_t kDigits = 64;
  const std::string_view id = certificate.id;
  name["CommonName"] = fmt::format("Public Key: {}", id.substr(id.size() - std::min(kDigits, id.size())));
  return name;
}

bool is_public_key(const StoredCertificate& certificate) {
  return certificate.pem.starts_with("-----BEGIN PUBLIC KEY");
}

Facts facts_of(const StoredCertificate& certificate) {
  Facts facts;
  const tls::Bundle bundle = pki::read_bundle(certificate.pem);
  if (bundle.certificates.empty()) return facts;
  const tls::CertificateFacts& leaf = bundle.certificates.front();
  facts.fingerprint = bundle.certificates.back().sha256;
  facts.not_before = time_text(leaf.not_before);
  facts.not_after = time_text(leaf.not_after);
  facts.dns_names = leaf.dns_names;
  facts.is_ca = leaf.is_ca;
  auto names = pki::read_names(certificate.pem);
  if (!names) return facts;
  facts.issuer = std::move(names->issuer);
  facts.subject = std::move(names->subject);
  return facts;
}

Json meta_json(const StoredCertificate& certificate) {
  const Facts facts = facts_of(certificate);
  Json meta;
  meta["id"] = certificate.id;
  meta["fingerprint"] = facts.fingerprint;
  meta["has_private"] = certificate.has_private_key;
  meta["issuer"] = name_json(facts.issuer);
  meta["subject"] = is_public_key(certificate) ? public_key_name(certificate) : name_json(facts.subject);
  meta["not_before"] = facts.not_before;
  meta["not_after"] = facts.not_after;
  if (!facts.dns_names.empty()) meta["dns_names"] = facts.dns_names;
  meta["is_ca"] = facts.is_ca;
  return meta;
}

Json basics_json(const StoredCertificate& certificate) {
  const Facts facts = facts_of(certificate);
  const Json subject = is_public_key(certificate) ? public_key_name(certificate) : name_json(facts.subject);
  Json basics;
  basics["id"] = certificate.id;
  basics["issuer_cn"] = last_value(facts.issuer, kCommonName);
  basics["subject_cn"] = subject["CommonName"];
  basics["dns_names"] = list_or_null(facts.dns_names);
  basics["has_private"] = certificate.has_private_key;
  basics["not_before"] = facts.not_before;
  basics["not_after"] = facts.not_after;
  basics["is_ca"] = facts.is_ca;
  return basics;
}

}  // namespace

std::string certificate_meta(const StoredCertificate& certificate) {
  return text_of(meta_json(certificate));
}

std::string certificate_metas(const std::vector<std::optional<StoredCertificate>>& certificates) {
  Json metas = Json::array();
  for (const auto& certificate : certificates) metas.push_back(certificate ? meta_json(*certificate) : Json(nullptr));
  return text_of(metas);
}

std::string certificate_basics(const std::vector<StoredCertificate>& certificates) {
  Json list = Json::array();
  for (const StoredCertificate& certificate : certificates) list.push_back(basics_json(certificate));
  Json all;
  all["certs"] = std::move(list);
  return text_of(all);
}

std::string certificate_ids(const std::vector<std::string>& ids) {
  Json all;
  all["certs"] = list_or_null(ids);
  return text_of(all);
}

std::string status_message(std::string_view id, std::string_view status, std::string_view message) {
  Json json;
  if (!id.empty()) json["id"] = id;
  json["status"] = status;
  json["message"] = message;
  return text_of(json);
}

}  // namespace tlsward::serve
