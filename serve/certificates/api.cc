#include "serve/certificates/api.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "core/percent.h"
#include "pki/sha256.h"
#include "serve/certificates/certificate_json.h"

namespace tlsward::serve {
namespace {

using gateways::GatewayAnswer;

constexpr std::string_view kRoot = "/tyk";
constexpr std::string_view kCertificates = "/tyk/certs";

GatewayAnswer json(int status, std::string body) {
  return {status, "application/json", std::move(body), {}};
}

GatewayAnswer error(int status, std::string_view message) {
  return json(status, status_message("", "error", message));
}

/// Takes the same time wherever the two differ, and whatever their lengths are.
bool same_secret(std::string_view a, std::string_view b) {
  const std::string one = pki::sha256_hex(a), other = pki::sha256_hex(b);
  return CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

/// The first value of a parameter; empty where there is none. What is no percent-encoding does not count.
std::string query_value(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    std::string pair(query.substr(0, end));
    query.remove_prefix(std::min(end + 1, query.size()));
    if (pair.find(';') != std::string::npos) continue;  // net/url: an invalid separator
    std::replace(pair.begin(), pair.end(), '+', ' ');
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const auto key = percent_decode(std::string_view(pair).substr(0, equals));
    if (!key || *key != name) continue;
    const auto value = percent_decode(std::string_view(pair).substr(std::min(equals + 1, pair.size())));
    if (value) return *value;
  }
  return {};
}

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

std::optional<StoredCertificate> find(CertificateStore& store, const std::string& id) {
  auto found = store.get(id);
  if (!found) return {};
  return std::move(*found);
}

GatewayAnswer list(CertificateStore& store, std::string_view query) {
  const std::vector<std::string> ids = store.ids(query_value(query, "org_id"));
  if (query_value(query, "mode") != "detailed") return json(200, certificate_ids(ids));
  std::vector<StoredCertificate> certificates;
  for (const std::string& id : ids) {
    if (auto found = find(store, id)) certificates.push_back(std::move(*found));
  }
  return json(200, certificate_basics(certificates));
}

GatewayAnswer get(CertificateStore& store, const std::vector<std::string>& ids) {
  std::vector<std::optional<StoredCertificate>> certificates;
  for (const std::string& id : ids) certificates.push_back(find(store, id));
  if (ids.size() > 1) return json(200, certificate_metas(certificates));
  if (!certificates.front()) return error(404, "Certificate with given SHA256 fingerprint not found");
  return json(200, certificate_meta(*certificates.front()));
}

GatewayAnswer add(CertificateStore& store, const CertificateRequest& request, std::string_view query, tls::Time now) {
  if (!request.body) return error(405, "Malformed request body");
  const auto added = store.add(*request.body, query_value(query, "org_id"), now);
  if (!added) return error(403, added.error().message);
  return json(200, status_message(*added, "ok", "Certificate added"));
}

GatewayAnswer remove(CertificateStore& store, const std::string& id) {
  const auto removed = store.remove(id);
  if (!removed) return error(500, removed.error().message);
  return json(200, status_message("", "ok", "removed"));
}

/// What stands behind /tyk/certs: empty, or ids. Nullopt for every other path.
std::optional<std::string> ids_of(std::string_view path) {
  auto decoded = percent_decode(path);
  if (!decoded) return {};
  while (decoded->ends_with('/')) decoded->pop_back();
  if (!decoded->starts_with(kCertificates)) return {};
  const std::string rest = decoded->substr(kCertificates.size());
  if (rest.empty()) return rest;
  if (rest.front() != '/' || rest.find('/', 1) != std::string::npos) return {};
  return rest.substr(1);
}

}  // namespace

bool is_control_path(std::string_view target) {
  const std::string_view path = target.substr(0, target.find('?'));
  return path == kRoot || (path.starts_with(kRoot) && path[kRoot.size()] == '/');
}

GatewayAnswer answer_certificate_request(const CertificateRequest& request, std::string_view secret,
                                         CertificateStore& store, tls::Time now) {
  if (secret.empty() || !same_secret(request.authorization, secret))
    return error(403, "Attempted administrative access with invalid or missing key!");
  const std::size_t mark = std::min(request.target.find('?'), request.target.size());
  const std::string_view query = request.target.substr(std::min(mark + 1, request.target.size()));
  const auto ids = ids_of(request.target.substr(0, mark));
  if (!ids) return {404, "text/plain; charset=utf-8", "404 page not found\n", {}};
  if (request.method == "POST") return add(store, request, query, now);
  if (request.method == "GET") return ids->empty() ? list(store, query) : get(store, split_at_commas(*ids));
  if (request.method == "DELETE" && !ids->empty()) return remove(store, *ids);
  return error(405, "Method not supported");
}

}  // namespace tlsward::serve
