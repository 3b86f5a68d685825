// flex/unsupported-redis-cipher: a cipher suite that the Redis connection does not have.
#include <algorithm>

#include <fmt/format.h>

#include "gateways/flex/ciphers.h"
#include "gateways/flex/model.h"
#include "lint/rule.h"

namespace tlsward::rules::flex_unsupported_redis_cipher {
namespace {

namespace flex = gateways::flex;

/// What the TLS policies of some release have and the Redis connection has not.
bool is_missing(const Node& entry) {
  if (!flex::is_known(entry)) return false;
  const flex::CipherRow* row = flex::find_cipher(entry.scalar, gateways::ProductVersion{});
  return row && flex::missing_for_redis(row->suite);
}

void check(const flex::Model& model, lint::Reporter& out) {
  for (const flex::TlsObject& object : model.tls_objects) {
    if (object.direction != flex::Direction::Redis || !object.ciphers) continue;
    const auto entries = object.ciphers->value.items;
    // A list that loses everything would mean the defaults.
    const bool some_stay = std::any_of(entries.begin(), entries.end(), [](const Node& entry) {
      return entry.is_text() && flex::is_known(entry) && !is_missing(entry);
    });
    for (const Node& entry : entries) {
      if (!is_missing(entry)) continue;
      Finding& finding = out.add(entry.where, fmt::format("{} is not available for the Redis connection", entry.scalar),
                                 object.subject);
      if (some_stay) finding.fix = out.remove(entry.where, "remove it", true);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "flex/unsupported-redis-cipher",
    .summary = "a cipher suite is not available for the Redis connection",
    .why =
        "The connection to Redis takes the suites of the TLS policies but for five: the one without "
        "encryption and four with pre-shared keys. One of those in the list is refused.",
    .cites = {{"Flex Gateway 1.8, declarative configuration", "sharedStorage.redis.tls",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .fix = "safe: remove it, unless the list would be empty",
    .replaces = {"flex/unsupported-cipher"},
    .bad = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Configuration
metadata:
  name: storage
spec:
  sharedStorage:
    redis:
      address: redis.example:6379
      tls:
        skipValidation: false
        trustedCA: $REDIS_CA
        ciphers:
          - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
          - TLS_PSK_WITH_AES_256_CBC_SHA  #~ flex/unsupported-redis-cipher
)"},
    .good = {.gateway = "flex@1.8", .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Configuration
metadata:
  name: storage
spec:
  sharedStorage:
    redis:
      address: redis.example:6379
      tls:
        skipValidation: false
        trustedCA: $REDIS_CA
        ciphers:
          - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
)"},
    .check = lint::on_model<flex::Model, check>,
};

}  // namespace tlsward::rules::flex_unsupported_redis_cipher
