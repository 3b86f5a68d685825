// Rows about TLS carry a type; the others are here so that a key that is spelled like one of them is not taken for a
// mistyped TLS key. Objects that hold nothing but TLS settings are closed.
//
// Go's decoder finds keys in any case, so a difference in case alone changes nothing in Tyk.
#include "gateways/tyk/keys.h"

#include <array>

#include "gateways/tyk/conf_keys.h"

namespace tlsward::gateways::tyk {
namespace {

constexpr std::string_view kConfSource =
    "https://tyk.io/docs/tyk-oss-gateway/configuration/ and config/config.go of 2.4 to 5.14, read 2026-11-22";
constexpr std::string_view kClassicSource =
    "https://tyk.io/docs/api-management/gateway-config-tyk-classic/ and apidef/api_definitions.go, read 2026-11-22";
constexpr std::string_view kOasSource =
    "https://tyk.io/docs/api-management/gateway-config-tyk-oas/ and apidef/oas, read 2026-11-22";

constexpr Key kClassic[] = {
    Key{.name = "use_mutual_tls_auth", .type = KeyType::Bool},
    Key{.name = "client_certificates", .type = KeyType::TextList},
    Key{.name = "upstream_certificates", .type = KeyType::TextMap},
    Key{.name = "upstream_certificates_disabled", .type = KeyType::Bool},
    Key{.name = "pinned_public_keys", .type = KeyType::TextMap},
    Key{.name = "certificate_pinning_disabled", .type = KeyType::Bool},
    Key{.name = "certificates", .type = KeyType::TextList},
    Key{.name = "domain", .type = KeyType::Text},
    Key{.name = "domain_disabled", .type = KeyType::Bool},
    Key{.name = "listen_port", .type = KeyType::Integer},
    Key{.name = "protocol", .type = KeyType::Text},
    Key{.name = "strip_auth_data", .type = KeyType::Bool},
    Key{.name = "use_keyless", .type = KeyType::Bool},
    Key{.name = "use_standard_auth", .type = KeyType::Bool},
    Key{.name = "auth", .type = KeyType::Object, .object = "auth"},
    Key{.name = "auth_configs", .type = KeyType::TextMap, .object = "auth"},
    Key{.name = "proxy", .type = KeyType::Object, .object = "proxy"},
    Key{.name = "base_identity_provided_by", .type = KeyType::Text},
    Key{.name = "CORS"},
    Key{.name = "active"},
    Key{.name = "allowed_ips"},
    Key{.name = "analytics_plugin"},
    Key{.name = "api_definition"},
    Key{.name = "api_id"},
    Key{.name = "auth_provider"},
    Key{.name = "basic_auth"},
    Key{.name = "blacklisted_ips"},
    Key{.name = "cache_options"},
    Key{.name = "check_host_against_uptime_tests"},
    Key{.name = "config_data"},
    Key{.name = "config_data_disabled"},
    Key{.name = "created_at"},
    Key{.name = "custom_middleware"},
    Key{.name = "custom_middleware_bundle"},
    Key{.name = "custom_middleware_bundle_disabled"},
    Key{.name = "custom_plugin_auth_enabled"},
    Key{.name = "date_created"},
    Key{.name = "definition"},
    Key{.name = "detailed_tracing"},
    Key{.name = "disable_quota"},
    Key{.name = "disable_rate_limit"},
    Key{.name = "do_not_track"},
    Key{.name = "dont_set_quota_on_create"},
    Key{.name = "enable_batch_request_support"},
    Key{.name = "enable_context_vars"},
    Key{.name = "enable_coprocess_auth"},
    Key{.name = "enable_detailed_recording"},
    Key{.name = "enable_ip_blacklisting"},
    Key{.name = "enable_ip_whitelisting"},
    Key{.name = "enable_jwt"},
    Key{.name = "enable_proxy_protocol"},
    Key{.name = "enable_signature_checking"},
    Key{.name = "error_overrides"},
    Key{.name = "error_overrides_disabled"},
    Key{.name = "event_handlers"},
    Key{.name = "expire_analytics_after"},
    Key{.name = "expiration"},
    Key{.name = "external_oauth"},
    Key{.name = "global_headers"},
    Key{.name = "global_headers_remove"},
    Key{.name = "global_rate_limit"},
    Key{.name = "global_response_headers"},
    Key{.name = "global_response_headers_remove"},
    Key{.name = "global_size_limit"},
    Key{.name = "graphql"},
    Key{.name = "hmac_allowed_algorithms"},
    Key{.name = "hmac_allowed_clock_skew"},
    Key{.name = "hook_references"},
    Key{.name = "id"},
    Key{.name = "idp_client_id_mapping_disabled"},
    Key{.name = "internal"},
    Key{.name = "ip_access_control_disabled"},
    Key{.name = "is_oas"},
    Key{.name = "is_site"},
    Key{.name = "jwt_client_base_field"},
    Key{.name = "jwt_default_policies"},
    Key{.name = "jwt_disable_expires_at_validation"},
    Key{.name = "jwt_disable_issued_at_validation"},
    Key{.name = "jwt_disable_not_before_validation"},
    Key{.name = "jwt_expires_at_validation_skew"},
    Key{.name = "jwt_identity_base_field"},
    Key{.name = "jwt_issued_at_validation_skew"},
    Key{.name = "jwt_jwks_uris"},
    Key{.name = "jwt_not_before_validation_skew"},
    Key{.name = "jwt_policy_field_name"},
    Key{.name = "jwt_scope_claim_name"},
    Key{.name = "jwt_scope_to_policy_mapping"},
    Key{.name = "jwt_signing_method"},
    Key{.name = "jwt_skip_kid"},
    Key{.name = "jwt_source"},
    Key{.name = "last_updated"},
    Key{.name = "name"},
    Key{.name = "notifications"},
    Key{.name = "oauth_meta"},
    Key{.name = "openid_options"},
    Key{.name = "org_id"},
    Key{.name = "request_signing"},
    Key{.name = "response_processors"},
    Key{.name = "scopes"},
    Key{.name = "security_requirements"},
    Key{.name = "session_lifetime"},
    Key{.name = "session_lifetime_respects_key_expiration"},
    Key{.name = "session_provider"},
    Key{.name = "slug"},
    Key{.name = "tag_headers"},
    Key{.name = "tags"},
    Key{.name = "tags_disabled"},
    Key{.name = "uptime_tests"},
    Key{.name = "use_basic_auth"},
    Key{.name = "use_go_plugin_auth"},
    Key{.name = "use_oauth2"},
    Key{.name = "use_openid"},
    Key{.name = "version_data"},
    Key{.name = "version_name"},
};

constexpr Key kAuth[] = {
    Key{.name = "use_certificate", .type = KeyType::Bool},
    Key{.name = "auth_header_name"},
    Key{.name = "cookie_name"},
    Key{.name = "disable_header"},
    Key{.name = "name"},
    Key{.name = "param_name"},
    Key{.name = "signature"},
    Key{.name = "use_cookie"},
    Key{.name = "use_param"},
    Key{.name = "validate_signature"},
};

constexpr Key kProxy[] = {
    Key{.name = "target_url", .type = KeyType::Text},
    Key{.name = "target_list", .type = KeyType::TextList},
    Key{.name = "transport", .type = KeyType::Object, .object = "proxy.transport"},
    Key{.name = "check_host_against_uptime_tests"},
    Key{.name = "disable_strip_slash"},
    Key{.name = "enable_load_balancing"},
    Key{.name = "listen_path"},
    Key{.name = "preserve_host_header"},
    Key{.name = "service_discovery"},
    Key{.name = "strip_listen_path"},
    Key{.name = "structured_target_list"},
};

constexpr Key kTransport[] = {
    Key{.name = "ssl_insecure_skip_verify", .type = KeyType::Bool},
    Key{.name = "ssl_ciphers", .type = KeyType::TextList},
    Key{.name = "ssl_min_version", .type = KeyType::Integer, .allowed = "0|769|770|771|772"},
    Key{.name = "ssl_max_version", .type = KeyType::Integer, .allowed = "0|769|770|771|772", .since = {2, 9, 6}},
    Key{.name = "ssl_force_common_name_check", .type = KeyType::Bool},
    Key{.name = "proxy_url", .type = KeyType::Text},
};

constexpr Key kOas[] = {
    Key{.name = "info", .type = KeyType::Object, .object = "info"},
    Key{.name = "server", .type = KeyType::Object, .object = "server"},
    Key{.name = "upstream", .type = KeyType::Object, .object = "upstream"},
    Key{.name = "errorOverrides"},
    Key{.name = "middleware"},
};

constexpr Key kInfo[] = {
    Key{.name = "orgId", .type = KeyType::Text},
    Key{.name = "name", .type = KeyType::Text},
    Key{.name = "dbId"},
    Key{.name = "expiration"},
    Key{.name = "id"},
    Key{.name = "state"},
    Key{.name = "versioning"},
};

constexpr Key kOasServer[] = {
    Key{.name = "clientCertificates", .type = KeyType::Object, .object = "clientCertificates"},
    Key{.name = "customDomain", .type = KeyType::Object, .object = "customDomain"},
    Key{.name = "authentication", .type = KeyType::Object, .object = "authentication"},
    Key{.name = "port", .type = KeyType::Integer},
    Key{.name = "protocol", .type = KeyType::Text},
    Key{.name = "batchProcessing"},
    Key{.name = "detailedActivityLogs"},
    Key{.name = "detailedTracing"},
    Key{.name = "eventHandlers"},
    Key{.name = "gatewayTags"},
    Key{.name = "ipAccessControl"},
    Key{.name = "listenPath"},
};

constexpr Key kClientCertificates[] = {
    Key{.name = "enabled", .type = KeyType::Bool},
    Key{.name = "allowlist", .type = KeyType::TextList},
    Key{.name = "clientCaCertificates", .since = {5, 14, 0}, .note = "in the release notes of 5.14, but in no source"},
};

constexpr Key kCustomDomain[] = {
    Key{.name = "enabled", .type = KeyType::Bool},
    Key{.name = "name", .type = KeyType::Text},
    Key{.name = "certificates", .type = KeyType::TextList},
};

constexpr Key kAuthentication[] = {
    Key{.name = "enabled", .type = KeyType::Bool},
    Key{.name = "stripAuthorizationData", .type = KeyType::Bool},
    Key{.name = "baseIdentityProvider", .type = KeyType::Text},
    Key{.name = "certificateAuth", .type = KeyType::Object, .object = "certificateAuth", .since = {5, 12, 0}},
    Key{.name = "securitySchemes", .type = KeyType::TextMap, .object = "securityScheme"},
    Key{.name = "custom"},
    Key{.name = "customKeyLifetime"},
    Key{.name = "hmac"},
    Key{.name = "oidc"},
    Key{.name = "securityProcessingMode"},
    Key{.name = "security"},
};

constexpr Key kCertificateAuth[] = {
    Key{.name = "enabled", .type = KeyType::Bool},
};

constexpr Key kSecurityScheme[] = {
    Key{.name = "enabled", .type = KeyType::Bool},
    Key{.name = "enableClientCertificate", .type = KeyType::Bool, .note = "deprecated since 5.12: use certificateAuth"},
};

constexpr Key kOasUpstream[] = {
    Key{.name = "url", .type = KeyType::Text},
    Key{.name = "mutualTLS", .type = KeyType::Object, .object = "mutualTLS"},
    Key{.name = "certificatePinning", .type = KeyType::Object, .object = "certificatePinning"},
    Key{.name = "tlsTransport", .type = KeyType::Object, .object = "tlsTransport", .since = {5, 8, 0}},
    Key{.name = "proxy", .type = KeyType::Object, .object = "upstream.proxy"},
    Key{.name = "authentication"},
    Key{.name = "loadBalancing"},
    Key{.name = "preserveHostHeader"},
    Key{.name = "preserveTrailingSlash"},
    Key{.name = "rateLimit"},
    Key{.name = "serviceDiscovery"},
    Key{.name = "test"},
    Key{.name = "uptimeTests"},
};

constexpr Key kMutualTls[] = {
    Key{.name = "enabled", .type = KeyType::Bool},
    Key{.name = "domainToCertificateMapping", .type = KeyType::ObjectList, .object = "domainToCertificate"},
};

constexpr Key kDomainToCertificate[] = {
    Key{.name = "domain", .type = KeyType::Text},
    Key{.name = "certificate", .type = KeyType::Text},
};

constexpr Key kPinning[] = {
    Key{.name = "enabled", .type = KeyType::Bool},
    Key{.name = "domainToPublicKeysMapping", .type = KeyType::ObjectList, .object = "domainToPublicKeys"},
};

constexpr Key kDomainToPublicKeys[] = {
    Key{.name = "domain", .type = KeyType::Text},
    Key{.name = "publicKeys", .type = KeyType::TextList},
};

constexpr Key kTlsTransport[] = {
    Key{.name = "insecureSkipVerify", .type = KeyType::Bool},
    Key{.name = "ciphers", .type = KeyType::TextList},
    Key{.name = "minVersion", .type = KeyType::Text, .allowed = "1.0|1.1|1.2|1.3"},
    Key{.name = "maxVersion", .type = KeyType::Text, .allowed = "1.0|1.1|1.2|1.3"},
    Key{.name = "forceCommonNameCheck", .type = KeyType::Bool},
    Key{.name = "sslCertificates", .since = {5, 14, 0}, .note = "in the release notes of 5.14, but in no source"},
};

constexpr Key kUpstreamProxy[] = {
    Key{.name = "enabled", .type = KeyType::Bool, .note = "not read: a proxy is used where url is set"},
    Key{.name = "url", .type = KeyType::Text},
};

constexpr std::array kTypes = {
    ObjectType{"tyk.conf", false, kConf, kConfSource},
    ObjectType{"http_server_options", false, kServerOptions, kConfSource},
    ObjectType{"server_certificate", true, kServerCertificate, kConfSource},
    ObjectType{"security", true, kSecurity, kConfSource},
    ObjectType{"security.certificates", true, kSecurityCertificates, kConfSource},
    ObjectType{"certificate_expiry_monitor", true, kExpiryMonitor, kConfSource},
    ObjectType{"slave_options", false, kSlaveOptions, kConfSource},
    ObjectType{"storage", false, kStorage, kConfSource},
    ObjectType{"api definition", false, kClassic, kClassicSource},
    ObjectType{"auth", false, kAuth, kClassicSource},
    ObjectType{"proxy", false, kProxy, kClassicSource},
    ObjectType{"proxy.transport", true, kTransport, kClassicSource},
    ObjectType{"x-tyk-api-gateway", false, kOas, kOasSource},
    ObjectType{"info", false, kInfo, kOasSource},
    ObjectType{"server", false, kOasServer, kOasSource},
    ObjectType{"clientCertificates", true, kClientCertificates, kOasSource},
    ObjectType{"customDomain", true, kCustomDomain, kOasSource},
    ObjectType{"authentication", false, kAuthentication, kOasSource},
    ObjectType{"certificateAuth", true, kCertificateAuth, kOasSource},
    ObjectType{"securityScheme", false, kSecurityScheme, kOasSource},
    ObjectType{"upstream", false, kOasUpstream, kOasSource},
    ObjectType{"mutualTLS", true, kMutualTls, kOasSource},
    ObjectType{"domainToCertificate", true, kDomainToCertificate, kOasSource},
    ObjectType{"certificatePinning", true, kPinning, kOasSource},
    ObjectType{"domainToPublicKeys", true, kDomainToPublicKeys, kOasSource},
    ObjectType{"tlsTransport", true, kTlsTransport, kOasSource},
    ObjectType{"upstream.proxy", false, kUpstreamProxy, kOasSource},
};

}  // namespace

std::span<const ObjectType> object_types() {
  return kTypes;
}

const ObjectType& conf_type() {
  return *find_object(kTypes, "tyk.conf");
}

const ObjectType& classic_type() {
  return *find_object(kTypes, "api definition");
}

const ObjectType& oas_type() {
  return *find_object(kTypes, "x-tyk-api-gateway");
}

}  // namespace tlsward::gateways::tyk
