// Rows about TLS carry a type; the others are here so that a key that is spelled like one of them is not taken for a
// mistyped TLS key. Objects that hold nothing but TLS settings are closed.
//
// Go's decoder finds keys in any case, so a difference in case alone changes nothing in Tyk.
#include "gateways/tyk/keys.h"

#include <array>

namespace tlsward::gateways::tyk {
namespace {

constexpr std::string_view kConfSource =
    "https://tyk.io/docs/tyk-oss-gateway/configuration/ and config/config.go of 2.4 to 5.14, read 2026-11-22";
constexpr std::string_view kClassicSource =
    "https://tyk.io/docs/api-management/gateway-config-tyk-classic/ and apidef/api_definitions.go, read 2026-11-22";
constexpr std::string_view kOasSource =
    "https://tyk.io/docs/api-management/gateway-config-tyk-oas/ and apidef/oas, read 2026-11-22";

constexpr Key kConf[] = {
    Key{.name = "http_server_options", .type = KeyType::Object, .object = "http_server_options"},
    Key{.name = "security", .type = KeyType::Object, .object = "security"},
    Key{.name = "slave_options", .type = KeyType::Object, .object = "slave_options"},
    Key{.name = "storage", .type = KeyType::Object, .object = "storage"},
    Key{.name = "secret", .type = KeyType::Text},
    Key{.name = "node_secret", .type = KeyType::Text},
    Key{.name = "listen_port", .type = KeyType::Integer},
    Key{.name = "listen_address", .type = KeyType::Text},
    Key{.name = "control_api_hostname", .type = KeyType::Text},
    Key{.name = "control_api_port", .type = KeyType::Integer},
    Key{.name = "enable_custom_domains", .type = KeyType::Bool},
    Key{.name = "use_db_app_configs", .type = KeyType::Bool},
    Key{.name = "proxy_ssl_insecure_skip_verify", .type = KeyType::Bool},
    Key{.name = "proxy_ssl_min_version", .type = KeyType::Integer, .allowed = "0|769|770|771|772"},
    Key{.name = "proxy_ssl_max_version", .type = KeyType::Integer, .allowed = "0|769|770|771|772"},
    Key{.name = "proxy_ssl_ciphers", .type = KeyType::TextList},
    Key{.name = "proxy_ssl_disable_renegotiation", .type = KeyType::Bool},
    Key{.name = "proxy_enable_http2", .type = KeyType::Bool},
    Key{.name = "ssl_force_common_name_check", .type = KeyType::Bool},
    Key{.name = "jwt_ssl_insecure_skip_verify", .type = KeyType::Bool},
    Key{.name = "bundle_insecure_skip_verify", .type = KeyType::Bool},
    Key{.name = "access_logs"},
    Key{.name = "allow_explicit_policy_id"},
    Key{.name = "allow_insecure_configs"},
    Key{.name = "allow_master_keys"},
    Key{.name = "allow_remote_config"},
    Key{.name = "analytics_config"},
    Key{.name = "app_path"},
    Key{.name = "auth_override"},
    Key{.name = "basic_auth_hash_key_function"},
    Key{.name = "bundle_base_url"},
    Key{.name = "cache_storage"},
    Key{.name = "cloud"},
    Key{.name = "close_connections"},
    Key{.name = "close_idle_connections"},
    Key{.name = "coprocess_options"},
    Key{.name = "db_app_conf_options"},
    Key{.name = "default_cache_timeout"},
    Key{.name = "disable_dashboard_zeroconf"},
    Key{.name = "disable_key_actions_by_username"},
    Key{.name = "disable_ports_whitelist"},
    Key{.name = "disable_regexp_cache"},
    Key{.name = "disable_virtual_path_blobs"},
    Key{.name = "dns_cache"},
    Key{.name = "drl_enable_sentinel_rate_limiter"},
    Key{.name = "drl_notification_frequency"},
    Key{.name = "drl_threshold"},
    Key{.name = "enable_analytics"},
    Key{.name = "enable_api_segregation"},
    Key{.name = "enable_bundle_downloader"},
    Key{.name = "enable_context_vars"},
    Key{.name = "enable_duplicate_slugs"},
    Key{.name = "enable_fixed_window_rate_limiter"},
    Key{.name = "enable_hashed_keys_listing"},
    Key{.name = "enable_http_profiler"},
    Key{.name = "enable_jsvm"},
    Key{.name = "enable_key_logging"},
    Key{.name = "enable_non_transactional_rate_limiter"},
    Key{.name = "enable_rate_limit_smoothing"},
    Key{.name = "enable_redis_rolling_limiter"},
    Key{.name = "enable_sentinel_rate_limiter"},
    Key{.name = "enable_separate_analytics_store"},
    Key{.name = "enable_separate_cache_store"},
    Key{.name = "enforce_org_data_age"},
    Key{.name = "enforce_org_data_detail_logging"},
    Key{.name = "enforce_org_quotas"},
    Key{.name = "error_overrides"},
    Key{.name = "event_handlers"},
    Key{.name = "event_trigers_defunct"},
    Key{.name = "event_triggers_defunct"},
    Key{.name = "experimental_process_org_off_thread"},
    Key{.name = "external_services"},
    Key{.name = "force_global_session_lifetime"},
    Key{.name = "global_header"},
    Key{.name = "global_session_lifetime"},
    Key{.name = "graceful_shutdown_timeout_duration"},
    Key{.name = "graphql"},
    Key{.name = "graylog_network_addr"},
    Key{.name = "hash_key_function"},
    Key{.name = "hash_key_function_fallback"},
    Key{.name = "hash_keys"},
    Key{.name = "health_check"},
    Key{.name = "health_check_endpoint_name"},
    Key{.name = "hide_generator_header"},
    Key{.name = "hostname"},
    Key{.name = "ignore_canonical_mime_header_key"},
    Key{.name = "ignore_endpoint_case"},
    Key{.name = "jsvm_timeout"},
    Key{.name = "jwks"},
    Key{.name = "jwt_jwks"},
    Key{.name = "kv"},
    Key{.name = "labs"},
    Key{.name = "legacy_enable_allowance_countdown"},
    Key{.name = "liveness_check"},
    Key{.name = "local_session_cache"},
    Key{.name = "log_format"},
    Key{.name = "log_level"},
    Key{.name = "logstash_network_addr"},
    Key{.name = "logstash_transport"},
    Key{.name = "management_node"},
    Key{.name = "max_conn_time"},
    Key{.name = "max_idle_connections"},
    Key{.name = "max_idle_connections_per_host"},
    Key{.name = "mcp"},
    Key{.name = "middleware_path"},
    Key{.name = "min_token_length"},
    Key{.name = "monitor"},
    Key{.name = "newrelic"},
    Key{.name = "oas_config"},
    Key{.name = "oauth_error_status_code"},
    Key{.name = "oauth_redirect_uri_separator"},
    Key{.name = "oauth_refresh_token_expire"},
    Key{.name = "oauth_token_expire"},
    Key{.name = "oauth_token_expired_retain_period"},
    Key{.name = "opentelemetry"},
    Key{.name = "optimisations_use_async_session_write"},
    Key{.name = "override_messages"},
    Key{.name = "pid_file_location"},
    Key{.name = "policies"},
    Key{.name = "portal_root"},
    Key{.name = "ports_whitelist"},
    Key{.name = "private_key_path"},
    Key{.name = "proxy_close_connections"},
    Key{.name = "proxy_default_timeout"},
    Key{.name = "public_key_path"},
    Key{.name = "rate_limit_response_headers"},
    Key{.name = "readiness_check_endpoint_name"},
    Key{.name = "redis_pubsub_network_retry"},
    Key{.name = "reload_interval"},
    Key{.name = "reload_wait_time"},
    Key{.name = "resource_sync"},
    Key{.name = "secrets"},
    Key{.name = "sentry_code"},
    Key{.name = "sentry_log_level"},
    Key{.name = "service_discovery"},
    Key{.name = "session_lifetime_respects_key_expiration"},
    Key{.name = "session_update_buffer_size"},
    Key{.name = "session_update_pool_size"},
    Key{.name = "statsd_connection_string"},
    Key{.name = "statsd_prefix"},
    Key{.name = "storage_type"},
    Key{.name = "streaming"},
    Key{.name = "suppress_default_org_store"},
    Key{.name = "suppress_redis_signal_reload"},
    Key{.name = "syslog_network_addr"},
    Key{.name = "syslog_transport"},
    Key{.name = "template_path"},
    Key{.name = "tracing"},
    Key{.name = "track_404_logs"},
    Key{.name = "tyk_js_path"},
    Key{.name = "uptime_tests"},
    Key{.name = "use_graylog"},
    Key{.name = "use_logstash"},
    Key{.name = "use_redis_log"},
    Key{.name = "use_sentry"},
    Key{.name = "use_syslog"},
    Key{.name = "version_header"},
};

constexpr Key kServerOptions[] = {
    Key{.name = "use_ssl", .type = KeyType::Bool},
    Key{.name = "ssl_certificates", .type = KeyType::TextList},
    Key{.name = "certificates",
        .type = KeyType::ObjectList,
        .object = "server_certificate",
        .note = "deprecated: use ssl_certificates"},
    Key{.name = "min_version", .type = KeyType::Integer, .allowed = "0|769|770|771|772"},
    Key{.name = "max_version", .type = KeyType::Integer, .allowed = "0|769|770|771|772"},
    Key{.name = "ssl_ciphers", .type = KeyType::TextList},
    Key{.name = "enable_http2", .type = KeyType::Bool},
    Key{.name = "skip_client_ca_announcement", .type = KeyType::Bool, .since = {5, 0, 0}},
    Key{.name = "ssl_insecure_skip_verify", .type = KeyType::Bool, .note = "for the link to the Dashboard only"},
    Key{.name = "server_name", .type = KeyType::Text, .note = "not used for serving TLS"},
    Key{.name = "enable_path_prefix_matching"},
    Key{.name = "enable_path_suffix_matching"},
    Key{.name = "enable_strict_routes"},
    Key{.name = "enable_websockets"},
    Key{.name = "flush_interval"},
    Key{.name = "max_request_body_size"},
    Key{.name = "max_response_body_size"},
    Key{.name = "override_defaults"},
    Key{.name = "prevent_http_smuggling"},
    Key{.name = "read_timeout"},
    Key{.name = "skip_target_path_escaping"},
    Key{.name = "skip_url_cleaning"},
    Key{.name = "use_ssl_le"},
    Key{.name = "write_timeout"},
    Key{.name = "xff_depth"},
};

constexpr Key kServerCertificate[] = {
    Key{.name = "domain_name", .type = KeyType::Text},
    Key{.name = "cert_file", .type = KeyType::Text},
    Key{.name = "key_file", .type = KeyType::Text},
};

constexpr Key kSecurity[] = {
    Key{.name = "private_certificate_encoding_secret", .type = KeyType::Text},
    Key{.name = "control_api_use_mutual_tls", .type = KeyType::Bool},
    Key{.name = "pinned_public_keys", .type = KeyType::TextMap},
    Key{.name = "certificates", .type = KeyType::Object, .object = "security.certificates"},
    Key{.name = "allow_unsafe_dynamic_mtls_token", .type = KeyType::Bool, .since = {5, 12, 0}},
    Key{.name = "certificate_expiry_monitor", .type = KeyType::Object, .object = "certificate_expiry_monitor"},
};

constexpr Key kSecurityCertificates[] = {
    Key{.name = "apis", .type = KeyType::TextList},        Key{.name = "upstream", .type = KeyType::TextMap},
    Key{.name = "control_api", .type = KeyType::TextList}, Key{.name = "dashboard_api", .type = KeyType::TextList},
    Key{.name = "mdcb_api", .type = KeyType::TextList},
};

constexpr Key kExpiryMonitor[] = {
    Key{.name = "warning_threshold_days", .type = KeyType::Integer},
    Key{.name = "check_cooldown_seconds", .type = KeyType::Integer},
    Key{.name = "event_cooldown_seconds", .type = KeyType::Integer},
};

constexpr Key kSlaveOptions[] = {
    Key{.name = "use_rpc", .type = KeyType::Bool},
    Key{.name = "use_ssl", .type = KeyType::Bool},
    Key{.name = "ssl_insecure_skip_verify", .type = KeyType::Bool},
    Key{.name = "api_key"},
    Key{.name = "bind_to_slugs"},
    Key{.name = "call_timeout"},
    Key{.name = "connection_string"},
    Key{.name = "disable_keyspace_sync"},
    Key{.name = "enable_rpc_cache"},
    Key{.name = "group_id"},
    Key{.name = "key_space_sync_interval"},
    Key{.name = "ping_timeout"},
    Key{.name = "rpc_cert_cache_expiration"},
    Key{.name = "rpc_certificate_cache_expiration"},
    Key{.name = "rpc_global_cache_expiration"},
    Key{.name = "rpc_key"},
    Key{.name = "rpc_pool_size"},
    Key{.name = "synchroniser_enabled"},
};

constexpr Key kStorage[] = {
    Key{.name = "use_ssl", .type = KeyType::Bool},
    Key{.name = "ssl_insecure_skip_verify", .type = KeyType::Bool},
    Key{.name = "addrs"},
    Key{.name = "ca_file"},
    Key{.name = "cert_file"},
    Key{.name = "database"},
    Key{.name = "enable_cluster"},
    Key{.name = "host"},
    Key{.name = "hosts"},
    Key{.name = "key_file"},
    Key{.name = "master_name"},
    Key{.name = "max_version"},
    Key{.name = "min_version"},
    Key{.name = "optimisation_max_active"},
    Key{.name = "optimisation_max_idle"},
    Key{.name = "password"},
    Key{.name = "port"},
    Key{.name = "sentinel_password"},
    Key{.name = "timeout"},
    Key{.name = "tls_max_version"},
    Key{.name = "tls_min_version"},
    Key{.name = "type"},
    Key{.name = "username"},
};

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
    Key{.name = "ssl_max_version", .type = KeyType::Integer, .allowed = "0|769|770|771|772"},
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
};

constexpr Key kUpstreamProxy[] = {
    Key{.name = "enabled", .type = KeyType::Bool},
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
