// One row a key, from the vendor's pages. Only the objects that hold a TLS configuration are closed: all their keys are
// documented. The resources around them have keys for routing, logging and storage that are none of our business.
#include "gateways/flex/keys.h"

#include <array>

namespace tlsward::gateways::flex {
namespace {

constexpr std::string_view kReference =
    "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide, read 2026-11-22";
constexpr std::string_view kInboundPage =
    "https://docs.mulesoft.com/gateway/1.8/policies-included-tls, read 2026-11-22";
constexpr std::string_view kOutboundPage =
    "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound, read 2026-11-22";
constexpr std::string_view kPolicyCallsPage =
    "https://docs.mulesoft.com/gateway/latest/policies-tls-configuration, read 2026-11-22";
constexpr std::string_view kAutomatedPage =
    "https://docs.mulesoft.com/gateway/1.8/flex-local-secure-api-with-auto-policy, read 2026-11-22";

constexpr std::string_view kVersions = "1.1|1.2|1.3";

constexpr std::array kMetadata{
    Key{.name = "name", .type = KeyType::Text},
    Key{.name = "namespace", .type = KeyType::Text},
    Key{.name = "labels", .type = KeyType::TextMap},
};

constexpr std::array kApiInstance{
    Key{.name = "apiVersion", .type = KeyType::Text},
    Key{.name = "kind", .type = KeyType::Text},
    Key{.name = "metadata", .type = KeyType::Object, .object = "metadata"},
    Key{.name = "spec", .type = KeyType::Object, .object = "ApiInstance.spec"},
};
constexpr std::array kApiInstanceSpec{
    Key{.name = "address", .type = KeyType::Text},
    Key{.name = "services", .type = KeyType::TextMap, .object = "ApiInstance.service"},
    Key{.name = "policies", .type = KeyType::ObjectList, .object = "policy"},
};
constexpr std::array kApiInstanceService{
    Key{.name = "address", .type = KeyType::Text},
    Key{.name = "routes", .type = KeyType::ObjectList},
};
// The type of `config` hangs on the policy; the reader adds it.
constexpr std::array kPolicy{
    Key{.name = "policyRef", .type = KeyType::Object, .object = "policyRef"},
    Key{.name = "config", .type = KeyType::Object},
    Key{.name = "rules", .type = KeyType::ObjectList},
};

constexpr std::array kService{
    Key{.name = "apiVersion", .type = KeyType::Text},
    Key{.name = "kind", .type = KeyType::Text},
    Key{.name = "metadata", .type = KeyType::Object, .object = "metadata"},
    Key{.name = "spec", .type = KeyType::Object, .object = "Service.spec"},
};
constexpr std::array kServiceSpec{
    Key{.name = "address", .type = KeyType::Text},
};

constexpr std::array kPolicyBinding{
    Key{.name = "apiVersion", .type = KeyType::Text},
    Key{.name = "kind", .type = KeyType::Text},
    Key{.name = "metadata", .type = KeyType::Object, .object = "metadata"},
    Key{.name = "spec", .type = KeyType::Object, .object = "PolicyBinding.spec"},
};
constexpr std::array kPolicyBindingSpec{
    Key{.name = "targetRef", .type = KeyType::Object, .object = "targetRef"},
    Key{.name = "policyRef", .type = KeyType::Object, .object = "policyRef"},
    Key{.name = "config", .type = KeyType::Object},
    Key{.name = "order", .type = KeyType::Integer, .note = "without effect on TLS policies"},
    Key{.name = "rules", .type = KeyType::ObjectList},
};
constexpr std::array kTargetRef{
    Key{.name = "kind", .type = KeyType::Text},
    Key{.name = "name", .type = KeyType::Text},
    Key{.name = "namespace", .type = KeyType::Text},
    Key{.name = "selector", .type = KeyType::Object, .object = "selector"},
};
constexpr std::array kSelector{
    Key{.name = "kind", .type = KeyType::Text},
    Key{.name = "labels", .type = KeyType::TextMap},
};
constexpr std::array kPolicyRef{
    Key{.name = "name", .type = KeyType::Text},
    Key{.name = "namespace", .type = KeyType::Text},
};

constexpr std::array kConfiguration{
    Key{.name = "apiVersion", .type = KeyType::Text},
    Key{.name = "kind", .type = KeyType::Text},
    Key{.name = "metadata", .type = KeyType::Object, .object = "metadata"},
    Key{.name = "spec", .type = KeyType::Object, .object = "Configuration.spec"},
};
constexpr std::array kConfigurationSpec{
    Key{.name = "logging", .type = KeyType::Object},
    Key{.name = "sharedStorage", .type = KeyType::Object, .object = "sharedStorage"},
    Key{.name = "defaultTLS", .type = KeyType::Object, .object = "defaultTLS"},
};
constexpr std::array kDefaultTls{
    Key{.name = "outboundPolicyCalls", .type = KeyType::Object, .object = "outboundPolicyCalls"},
};
constexpr std::array kSharedStorage{
    Key{.name = "redis", .type = KeyType::Object, .object = "redis"},
    Key{.name = "local", .type = KeyType::Object},
};
// The page's own sample writes DB where its table says db, as a number where the table says string.
constexpr std::array kRedis{
    Key{.name = "address", .type = KeyType::Text},
    Key{.name = "username", .type = KeyType::Text},
    Key{.name = "password", .type = KeyType::Text},
    Key{.name = "db", .type = KeyType::Any},
    Key{.name = "DB", .type = KeyType::Any},
    Key{.name = "sentinel", .type = KeyType::Object},
    Key{.name = "tls", .type = KeyType::Object, .object = "redis.tls"},
};

constexpr std::array kTls{
    Key{.name = "requireClientCertificate", .type = KeyType::Bool, .since = {1, 3}},
    Key{.name = "trustedCA", .type = KeyType::Text, .since = {1, 3}},
    Key{.name = "certificate", .type = KeyType::Object, .object = "certificate"},
    Key{.name = "alpn", .type = KeyType::TextList},
    Key{.name = "minversion", .type = KeyType::Text, .allowed = kVersions},
    Key{.name = "maxversion", .type = KeyType::Text, .allowed = kVersions},
    Key{.name = "ciphers", .type = KeyType::TextList},
};
constexpr std::array kTlsOutbound{
    Key{.name = "skipValidation", .type = KeyType::Bool, .since = {1, 4}, .note = "required"},
    Key{.name = "trustedCA", .type = KeyType::Text, .since = {1, 4}, .note = "required unless skipValidation is true"},
    Key{.name = "certificate", .type = KeyType::Object, .object = "certificate", .since = {1, 4}},
    Key{.name = "alpn", .type = KeyType::TextList, .since = {1, 4}},
    Key{.name = "minversion", .type = KeyType::Text, .allowed = kVersions, .since = {1, 4}},
    Key{.name = "maxversion", .type = KeyType::Text, .allowed = kVersions, .since = {1, 4}},
    Key{.name = "ciphers", .type = KeyType::TextList, .since = {1, 4}},
};
constexpr std::array kPolicyCalls{
    Key{.name = "skipValidation", .type = KeyType::Bool},
    Key{.name = "trustedCA", .type = KeyType::Text},
    Key{.name = "certificate", .type = KeyType::Object, .object = "certificate"},
    Key{.name = "alpn", .type = KeyType::TextList},
    Key{.name = "minversion", .type = KeyType::Text, .allowed = kVersions},
    Key{.name = "maxversion", .type = KeyType::Text, .allowed = kVersions},
    Key{.name = "ciphers", .type = KeyType::TextList},
};
// The reference guide spells the limits like everywhere, the page on Redis of 1.9 to 1.13 like this.
constexpr std::string_view kRedisPage = "as the page on Redis spells it";
constexpr std::array kRedisTls{
    Key{.name = "skipValidation", .type = KeyType::Bool},
    Key{.name = "trustedCA", .type = KeyType::Text},
    Key{.name = "certificate", .type = KeyType::Object, .object = "redis.certificate"},
    Key{.name = "alpn", .type = KeyType::TextList},
    Key{.name = "minversion", .type = KeyType::Text, .allowed = kVersions},
    Key{.name = "maxversion", .type = KeyType::Text, .allowed = kVersions},
    Key{.name = "minVersion", .type = KeyType::Text, .allowed = kVersions, .note = kRedisPage},
    Key{.name = "maxVersion", .type = KeyType::Text, .allowed = kVersions, .note = kRedisPage},
    Key{.name = "ciphers", .type = KeyType::TextList},
};
constexpr std::array kCertificate{
    Key{.name = "key", .type = KeyType::Text},
    Key{.name = "crt", .type = KeyType::Text},
};
constexpr std::array kRedisCertificate{
    Key{.name = "keyPassphrase", .type = KeyType::Text},
    Key{.name = "key", .type = KeyType::Text},
    Key{.name = "crt", .type = KeyType::Text},
};

constexpr bool kOpen = false;
constexpr bool kClosed = true;

constexpr std::array kObjectTypes{
    ObjectType{"ApiInstance", kOpen, kApiInstance, kReference},
    ObjectType{"ApiInstance.spec", kOpen, kApiInstanceSpec, kReference},
    ObjectType{"ApiInstance.service", kOpen, kApiInstanceService, kReference},
    ObjectType{"policy", kOpen, kPolicy, kReference},
    ObjectType{"Service", kOpen, kService, kReference},
    ObjectType{"Service.spec", kOpen, kServiceSpec, kReference},
    ObjectType{"PolicyBinding", kOpen, kPolicyBinding, kReference},
    ObjectType{"PolicyBinding.spec", kOpen, kPolicyBindingSpec, kReference},
    ObjectType{"targetRef", kOpen, kTargetRef, kReference},
    ObjectType{"selector", kOpen, kSelector, kAutomatedPage},
    ObjectType{"policyRef", kOpen, kPolicyRef, kReference},
    ObjectType{"Configuration", kOpen, kConfiguration, kReference},
    ObjectType{"Configuration.spec", kOpen, kConfigurationSpec, kReference},
    ObjectType{"defaultTLS", kOpen, kDefaultTls, kPolicyCallsPage},
    ObjectType{"sharedStorage", kOpen, kSharedStorage, kReference},
    ObjectType{"redis", kOpen, kRedis, kReference},
    ObjectType{"metadata", kOpen, kMetadata, kReference},
    ObjectType{"tls", kClosed, kTls, kInboundPage},
    ObjectType{"tls-outbound", kClosed, kTlsOutbound, kOutboundPage},
    ObjectType{"outboundPolicyCalls", kClosed, kPolicyCalls, kPolicyCallsPage},
    ObjectType{"redis.tls", kClosed, kRedisTls, kReference},
    ObjectType{"certificate", kClosed, kCertificate, kOutboundPage},
    ObjectType{"redis.certificate", kClosed, kRedisCertificate, kReference},
};

}  // namespace

std::span<const ObjectType> object_types() {
  return kObjectTypes;
}

}  // namespace tlsward::gateways::flex
