#include "gateways/krakend/krakend.h"
#include "gateways/krakend/service.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "gateways/krakend/contexts.h"
#include "gateways/krakend/keys.h"
#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"

// A KrakenD configuration is one document with `version` at its root (the version of the syntax, always 3 today) and
// lists of endpoints with their backends. The release of KrakenD is named by `$schema` alone, if at all.

namespace tlsward::gateways::krakend {
namespace {

constexpr std::string_view kSchemaHost = "krakend.io/schema/";

bool has_backends(const Node& endpoints) {
  return std::any_of(endpoints.items.begin(), endpoints.items.end(), [](const Node& endpoint) {
    const Node* backend = endpoint.find("backend");
    return backend != nullptr && (backend->is_list() || backend->unresolved);
  });
}

/// The version of the syntax is one number; other programs' files have releases there ("1.0.1").
bool is_syntax_version(const Node& version) {
  return version.unresolved || (!version.scalar.empty() && std::all_of(version.scalar.begin(), version.scalar.end(),
                                                                       [](char c) { return c >= '0' && c <= '9'; }));
}

/// True where `value` looks like the object of type `type`: it is empty, a template may fill it, or a key is known.
bool looks_like(const Node& value, std::string_view type) {
  const ObjectType* keys = find_object(object_types(), type);
  return value.unresolved ||
         (value.is_map() && (value.open || value.members.empty() ||
                             std::any_of(value.members.begin(), value.members.end(), [&](const Member& member) {
                               return keys != nullptr && find_key(*keys, member.key) != nullptr;
                             })));
}

bool looks_like_endpoints(const Node& value) {
  if (value.unresolved) return true;
  if (!value.is_list()) return false;
  return value.open || value.items.empty() || std::any_of(value.items.begin(), value.items.end(), [](const Node& item) {
           return item.unresolved || item.find("endpoint") != nullptr;
         });
}

std::optional<Detection> detect(const Document& document) {
  const Node& root = document.root;
  if (!root.is_map()) return std::nullopt;
  const Node* schema = root.find("$schema");
  if (schema != nullptr && schema->is_text() && schema->scalar.find(kSchemaHost) != std::string_view::npos) {
    return Detection{fmt::format("\"$schema\" is {}", schema->scalar), 3};
  }
  const Node* endpoints = root.find("endpoints");
  if (endpoints != nullptr && has_backends(*endpoints)) return Detection{"key \"endpoints\" with \"backend\" lists", 3};
  const Node* version = root.find("version");
  if (version == nullptr || !version->is_scalar()) return std::nullopt;
  std::optional<Detection> weak;
  for (const std::string_view key : {"endpoints", "tls", "client_tls"}) {
    const Node* value = root.find(key);
    if (value == nullptr) continue;
    const bool alike = key == "endpoints" ? looks_like_endpoints(*value) : looks_like(*value, key);
    const int strength = alike && is_syntax_version(*version) ? 2 : 1;
    if (!weak || strength > weak->strength)
      weak = Detection{fmt::format("key \"version\": {} with \"{}\"", version->scalar, key), strength};
  }
  return weak;
}

// "https://www.krakend.io/schema/v2.6/krakend.json" names 2.6. "…/schema/v3.json" is the version of the syntax.
std::optional<ProductVersion> schema_version(std::string_view schema) {
  const std::size_t at = schema.find(kSchemaHost);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = schema.substr(at + kSchemaHost.size());
  if (rest.empty() || rest.front() != 'v') return std::nullopt;
  rest.remove_prefix(1);
  ProductVersion version;
  const char* const end = rest.data() + rest.size();
  auto [dot, error] = std::from_chars(rest.data(), end, version.major);
  if (error != std::errc{} || dot == end || *dot != '.') return std::nullopt;
  const auto [slash, minor_error] = std::from_chars(dot + 1, end, version.minor);
  if (minor_error != std::errc{} || slash == end || *slash != '/') return std::nullopt;
  return version;
}

std::optional<GatewayVersion> version_of(const Document& document) {
  const Node& root = document.root;
  const Node* schema = root.find("$schema");
  if (schema != nullptr && schema->is_text() && !schema->unresolved) {
    if (const auto version = schema_version(schema->scalar)) return GatewayVersion{*version, false, "$schema"};
  }
  const Node* tls = root.find("tls");
  if (tls == nullptr || tls->open || tls->find("keys") != nullptr) return std::nullopt;
  if (tls->find("public_key") == nullptr && tls->find("private_key") == nullptr) return std::nullopt;
  return GatewayVersion{kLegacyGuess, true, "key pair outside of tls.keys"};
}

std::string_view trimmed(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

// `{{- env "TLS_KEY" | default "k" -}}` is called TLS_KEY, `{{ .tls.key }}` is called .tls.key.
std::string template_name(std::string_view inner) {
  if (!inner.empty() && inner.front() == '-') inner.remove_prefix(1);
  if (!inner.empty() && inner.back() == '-') inner.remove_suffix(1);
  inner = trimmed(inner);
  constexpr std::string_view kEnvironment = "env ";
  if (inner.substr(0, kEnvironment.size()) != kEnvironment) return std::string(inner);
  const std::size_t first = inner.find('"');
  const std::size_t last = first == std::string_view::npos ? first : inner.find('"', first + 1);
  if (last == std::string_view::npos) return std::string(inner);
  return std::string(inner.substr(first + 1, last - first - 1));
}

constexpr std::array<std::string_view, 2> kReferenceMarks = {"{{", "${"};

std::vector<Reference> references(std::string_view scalar) {
  std::vector<Reference> result;
  std::size_t at = 0;
  while (at < scalar.size()) {
    const std::size_t action = scalar.find("{{", at);
    const std::size_t variable = scalar.find("${", at);
    const bool is_action = action < variable;
    const std::size_t begin = is_action ? action : variable;
    if (begin == std::string_view::npos) break;
    const std::string_view closing = is_action ? "}}" : "}";
    const std::size_t end = scalar.find(closing, begin + 2);
    if (end == std::string_view::npos) {
      at = begin + 2;
      continue;
    }
    const std::string_view inner = scalar.substr(begin + 2, end - begin - 2);
    result.push_back({begin, end + closing.size(), is_action ? template_name(inner) : std::string(trimmed(inner))});
    at = end + closing.size();
  }
  return result;
}

Reading read(std::span<const Claimed> documents, const SourceMap& /*sources*/, const ReadOptions& options) {
  Reading reading;
  Model model;
  for (const Claimed& claimed : documents) {
    const Node& root = claimed.document->root;
    if (!root.is_map()) continue;
    collect_objects(*claimed.document, root, object_types().front(), "", object_types(), reading.objects);
    model.configurations.push_back(read_configuration(claimed));
    for (tls::TlsContext& context : contexts_of(model.configurations.back(), options)) {
      reading.contexts.push_back(std::move(context));
    }
  }
  reading.model = std::move(model);
  return reading;
}

// Plain scalars stay plain where the file is YAML and the written value already was such a word.
bool stands_plain(std::string_view written) {
  if (written == "true" || written == "false" || written == "null") return false;
  return !written.empty() &&
         ((written.front() >= 'A' && written.front() <= 'Z') || (written.front() >= 'a' && written.front() <= 'z'));
}

std::string spell_version(tls::Version version, std::string_view written) {
  const std::string word = version == tls::kSsl3    ? "SSL3.0"
                           : version == tls::kTls10 ? "TLS10"
                           : version == tls::kTls11 ? "TLS11"
                           : version == tls::kTls12 ? "TLS12"
                                                    : "TLS13";
  if (stands_plain(written)) return word;
  const char quote = !written.empty() && written.front() == '\'' ? '\'' : '"';
  return fmt::format("{}{}{}", quote, word, quote);
}

std::string spell_suite(tls::CipherSuite suite, std::string_view /*written*/) {
  return std::to_string(suite.code);
}

}  // namespace

const Gateway gateway{
    .id = "krakend",
    .name = "KrakenD",
    .latest = kLatest,
    .objects = object_types(),
    .detect = detect,
    .version_of = version_of,
    .references = references,
    .read = read,
    .spell_version = spell_version,
    .spell_suite = spell_suite,
    .service = krakend::service,
    .listener_names = {.versions = "tls.min_version and tls.max_version",
                       .suites = "tls.cipher_suites",
                       .groups = "tls.curve_preferences",
                       .alpn = "",
                       .certificate = "tls.keys",
                       .trust = "tls.ca_certs",
                       .client_auth = "tls.enable_mtls"},
    .upstream_names = {.versions = "client_tls.min_version and client_tls.max_version",
                       .suites = "client_tls.cipher_suites",
                       .groups = "client_tls.curve_preferences",
                       .alpn = "",
                       .certificate = "client_tls.client_certs",
                       .trust = "client_tls.ca_certs",
                       .client_auth = "client_tls.allow_insecure_connections"},
    .comment_marks = kCommentMarks,
    .converts_types = true,
    .reference_marks = kReferenceMarks,
    .oldest = {2, 0},
};

}  // namespace tlsward::gateways::krakend
