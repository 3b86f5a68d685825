// The face of Tyk to the rest of the program: how its files are recognised, how it writes versions, suites and
// references. What they mean is in read.cc and the files it calls.
#include "gateways/tyk/tyk.h"
#include "gateways/tyk/service.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "gateways/tyk/keys.h"
#include "gateways/tyk/kind.h"
#include "gateways/tyk/model.h"
#include "gateways/tyk/read.h"
#include "gateways/tyk/versions.h"

namespace tlsward::gateways::tyk {
namespace {

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// No file of Tyk names the version of the gateway that reads it.
std::optional<GatewayVersion> version_of(const Document&) {
  return std::nullopt;
}

/// "env://NAME" and its like: the whole value comes from elsewhere.
std::optional<Reference> whole_reference(std::string_view scalar) {
  static constexpr std::array<std::string_view, 6> kSchemes = {"env://",     "vault://", "consul://",
                                                               "secrets://", "kv://",    "file://"};
  for (std::string_view scheme : kSchemes) {
    if (scalar.size() <= scheme.size() || scalar.substr(0, scheme.size()) != scheme) continue;
    return Reference{0, scalar.size(), std::string(scalar.substr(scheme.size()))};
  }
  return std::nullopt;
}

/// The end of the reference whose first character behind `$secret_` stands at `begin`.
std::size_t end_of_secret(std::string_view scalar, std::size_t begin) {
  // Paths of stores may hold dots, dashes and slashes; names of variables do not, so a URL can go on behind them.
  const std::string_view rest = scalar.substr(begin);
  const bool is_path = rest.substr(0, 5) == "vault" || rest.substr(0, 6) == "consul";
  std::size_t end = begin;
  bool dotted = false;
  while (end < scalar.size()) {
    const char c = scalar[end];
    const bool first_dot = c == '.' && !dotted;
    if (!is_word(c) && !first_dot && !(is_path && (c == '.' || c == '-' || c == '/'))) break;
    dotted = dotted || c == '.';
    ++end;
  }
  return end;
}

std::vector<Reference> references(std::string_view scalar) {
  static constexpr std::string_view kSecret = "$secret_";
  if (std::optional<Reference> whole = whole_reference(scalar)) return {std::move(*whole)};
  std::vector<Reference> result;
  for (std::size_t begin = scalar.find(kSecret); begin != std::string_view::npos;) {
    const std::size_t name = begin + kSecret.size();
    const std::size_t end = end_of_secret(scalar, name);
    const std::string_view text = scalar.substr(name, end - name);
    const std::size_t dot = text.find('.');
    // "$secret_env.HOST" is HOST.
    const std::string_view word = dot == std::string_view::npos ? text : text.substr(dot + 1);
    if (!word.empty()) result.push_back({begin, end, std::string(word)});
    begin = scalar.find(kSecret, std::max(end, name));
  }
  return result;
}

/// OAS definitions hold text ("1.2"), the others numbers (771).
std::string spell_version(tls::Version version, std::string_view written) {
  const bool text = !written.empty() &&
                    (written.front() == '"' || written.front() == '\'' || written.find('.') != std::string_view::npos);
  if (!text) return std::to_string(version.number);
  const char quote = written.front() == '\'' ? '\'' : '"';
  return quote + tls::short_name(version) + quote;
}

/// Without `_SHA256` the ChaCha20 suites are known to every version.
std::string spell_suite(tls::CipherSuite suite, std::string_view written) {
  static constexpr std::string_view kEnding = "CHACHA20_POLY1305_SHA256";
  if (!go::implements(suite)) return {};
  std::string name = tls::name(suite);
  if (!tls::is_tls13(suite) && name.size() > kEnding.size() &&
      name.compare(name.size() - kEnding.size(), kEnding.size(), kEnding) == 0) {
    name.resize(name.size() - std::string_view("_SHA256").size());
  }
  return quoted_like(written, name);
}

}  // namespace

const Gateway gateway{
    .id = "tyk",
    .name = "Tyk",
    .latest = kLatest,
    .objects = object_types(),
    .detect = detect,
    .version_of = version_of,
    .references = references,
    .read = read,
    .spell_version = spell_version,
    .spell_suite = spell_suite,
    .service = tyk::service,
    .listener_names = {.versions = "http_server_options.min_version and max_version",
                       .suites = "http_server_options.ssl_ciphers",
                       .groups = "",
                       .alpn = "http_server_options.enable_http2",
                       .certificate = "http_server_options.ssl_certificates",
                       .trust = "client_certificates of the API",
                       .client_auth = "use_mutual_tls_auth of the API"},
    .upstream_names = {.versions = "proxy.transport.ssl_min_version and ssl_max_version",
                       .suites = "proxy.transport.ssl_ciphers",
                       .groups = "",
                       .alpn = "proxy_enable_http2",
                       .certificate = "upstream_certificates",
                       .trust = "",
                       .client_auth = "proxy.transport.ssl_insecure_skip_verify"},
    .any_key_case = true,
    .companion_folder = companion_folder,
    .oldest = {2, 4},
};

}  // namespace tlsward::gateways::tyk
