// Every rule, ascending by id; written by tools/list-rules.sh. No self-registration: a linker may drop what nobody
// names.
#include "rules/all.h"

#include <algorithm>
#include <array>

namespace tlsward::rules {

namespace cert_ca_as_leaf {
extern const lint::Rule rule;
}
namespace cert_cn_outside_san {
extern const lint::Rule rule;
}
namespace cert_duplicate_certificate {
extern const lint::Rule rule;
}
namespace cert_encrypted_key {
extern const lint::Rule rule;
}
namespace cert_expired_anchor {
extern const lint::Rule rule;
}
namespace cert_expired_certificate {
extern const lint::Rule rule;
}
namespace cert_expiring_soon {
extern const lint::Rule rule;
}
namespace cert_incomplete_chain {
extern const lint::Rule rule;
}
namespace cert_key_in_trust_bundle {
extern const lint::Rule rule;
}
namespace cert_key_mismatch {
extern const lint::Rule rule;
}
namespace cert_long_validity {
extern const lint::Rule rule;
}
namespace cert_malformed_serial {
extern const lint::Rule rule;
}
namespace cert_misordered_chain {
extern const lint::Rule rule;
}
namespace cert_missing_client_eku {
extern const lint::Rule rule;
}
namespace cert_missing_dns_san {
extern const lint::Rule rule;
}
namespace cert_missing_san {
extern const lint::Rule rule;
}
namespace cert_missing_server_eku {
extern const lint::Rule rule;
}
namespace cert_non_ca_anchor {
extern const lint::Rule rule;
}
namespace cert_non_pem_format {
extern const lint::Rule rule;
}
namespace cert_not_yet_valid {
extern const lint::Rule rule;
}
namespace cert_oversized_rsa_key {
extern const lint::Rule rule;
}
namespace cert_placeholder_pem {
extern const lint::Rule rule;
}
namespace cert_readable_private_key {
extern const lint::Rule rule;
}
namespace cert_root_in_chain {
extern const lint::Rule rule;
}
namespace cert_self_signed_leaf {
extern const lint::Rule rule;
}
namespace cert_shared_private_key {
extern const lint::Rule rule;
}
namespace cert_short_key {
extern const lint::Rule rule;
}
namespace cert_swapped_pair {
extern const lint::Rule rule;
}
namespace cert_uncovered_host {
extern const lint::Rule rule;
}
namespace cert_undecodable_pem {
extern const lint::Rule rule;
}
namespace cert_unstapled_must_staple {
extern const lint::Rule rule;
}
namespace cert_unsupported_key_type {
extern const lint::Rule rule;
}
namespace cert_unusable_wildcard {
extern const lint::Rule rule;
}
namespace cert_weak_signature {
extern const lint::Rule rule;
}
namespace cert_wrong_key_usage {
extern const lint::Rule rule;
}
namespace cert_x509_v1 {
extern const lint::Rule rule;
}
namespace config_duplicate_key {
extern const lint::Rule rule;
}
namespace config_inline_private_key {
extern const lint::Rule rule;
}
namespace config_missing_file {
extern const lint::Rule rule;
}
namespace config_placeholder_value {
extern const lint::Rule rule;
}
namespace config_relative_path {
extern const lint::Rule rule;
}
namespace config_syntax_error {
extern const lint::Rule rule;
}
namespace config_unknown_field {
extern const lint::Rule rule;
}
namespace config_unknown_gateway_kind {
extern const lint::Rule rule;
}
namespace config_unresolved_value {
extern const lint::Rule rule;
}
namespace config_wrong_type {
extern const lint::Rule rule;
}
namespace flex_ambiguous_resource_name {
extern const lint::Rule rule;
}
namespace flex_bad_service_address {
extern const lint::Rule rule;
}
namespace flex_builtin_outbound_defaults {
extern const lint::Rule rule;
}
namespace flex_conflicting_inbound_contexts {
extern const lint::Rule rule;
}
namespace flex_context_on_http {
extern const lint::Rule rule;
}
namespace flex_dangling_target {
extern const lint::Rule rule;
}
namespace flex_disabled_outbound_mtls {
extern const lint::Rule rule;
}
namespace flex_dropped_default_ciphers {
extern const lint::Rule rule;
}
namespace flex_duplicate_outbound_context {
extern const lint::Rule rule;
}
namespace flex_empty_selector {
extern const lint::Rule rule;
}
namespace flex_folded_pem {
extern const lint::Rule rule;
}
namespace flex_half_key_pair {
extern const lint::Rule rule;
}
namespace flex_https_without_context {
extern const lint::Rule rule;
}
namespace flex_ignored_trusted_ca {
extern const lint::Rule rule;
}
namespace flex_inbound_not_on_instance {
extern const lint::Rule rule;
}
namespace flex_inbound_without_certificate {
extern const lint::Rule rule;
}
namespace flex_inline_outbound_policy {
extern const lint::Rule rule;
}
namespace flex_ip_upstream {
extern const lint::Rule rule;
}
namespace flex_local_mode_only {
extern const lint::Rule rule;
}
namespace flex_misplaced_tls_field {
extern const lint::Rule rule;
}
namespace flex_missing_skip_validation {
extern const lint::Rule rule;
}
namespace flex_missing_trusted_ca {
extern const lint::Rule rule;
}
namespace flex_mixed_port_schemes {
extern const lint::Rule rule;
}
namespace flex_multiple_default_contexts {
extern const lint::Rule rule;
}
namespace flex_ordered_tls_policy {
extern const lint::Rule rule;
}
namespace flex_outbound_not_on_service {
extern const lint::Rule rule;
}
namespace flex_outbound_on_http {
extern const lint::Rule rule;
}
namespace flex_outbound_on_selector {
extern const lint::Rule rule;
}
namespace flex_policy_too_new {
extern const lint::Rule rule;
}
namespace flex_reused_outbound_context {
extern const lint::Rule rule;
}
namespace flex_rules_on_tls {
extern const lint::Rule rule;
}
namespace flex_shared_port_context {
extern const lint::Rule rule;
}
namespace flex_unenforced_client_ca {
extern const lint::Rule rule;
}
namespace flex_unknown_kind {
extern const lint::Rule rule;
}
namespace flex_unknown_tls_policy {
extern const lint::Rule rule;
}
namespace flex_unpinned_context {
extern const lint::Rule rule;
}
namespace flex_unquoted_version {
extern const lint::Rule rule;
}
namespace flex_unsupported_cipher {
extern const lint::Rule rule;
}
namespace flex_unsupported_redis_cipher {
extern const lint::Rule rule;
}
namespace flex_unsupported_version {
extern const lint::Rule rule;
}
namespace flex_upstream_mismatch {
extern const lint::Rule rule;
}
namespace flex_wrong_api_version {
extern const lint::Rule rule;
}
namespace flex_wrong_policy_namespace {
extern const lint::Rule rule;
}
namespace krakend_chain_as_client_ca {
extern const lint::Rule rule;
}
namespace krakend_client_tls_too_new {
extern const lint::Rule rule;
}
namespace krakend_disabled_tls {
extern const lint::Rule rule;
}
namespace krakend_documented_default_ciphers {
extern const lint::Rule rule;
}
namespace krakend_empty_upstream_trust {
extern const lint::Rule rule;
}
namespace krakend_enterprise_only_tls {
extern const lint::Rule rule;
}
namespace krakend_global_client_tls {
extern const lint::Rule rule;
}
namespace krakend_global_mtls {
extern const lint::Rule rule;
}
namespace krakend_h2c_with_tls {
extern const lint::Rule rule;
}
namespace krakend_half_key_pair {
extern const lint::Rule rule;
}
namespace krakend_host_without_scheme {
extern const lint::Rule rule;
}
namespace krakend_http1_upstream {
extern const lint::Rule rule;
}
namespace krakend_ignored_cipher_suites {
extern const lint::Rule rule;
}
namespace krakend_ignored_curve_order {
extern const lint::Rule rule;
}
namespace krakend_implicit_client_tls13 {
extern const lint::Rule rule;
}
namespace krakend_implicit_default_certificate {
extern const lint::Rule rule;
}
namespace krakend_incomplete_client_cert {
extern const lint::Rule rule;
}
namespace krakend_keys_too_new {
extern const lint::Rule rule;
}
namespace krakend_legacy_key_pair {
extern const lint::Rule rule;
}
namespace krakend_lone_max_version {
extern const lint::Rule rule;
}
namespace krakend_misplaced_tls_block {
extern const lint::Rule rule;
}
namespace krakend_missing_h2_cipher {
extern const lint::Rule rule;
}
namespace krakend_missing_key_pair {
extern const lint::Rule rule;
}
namespace krakend_mixed_key_pairs {
extern const lint::Rule rule;
}
namespace krakend_non_integer_cipher {
extern const lint::Rule rule;
}
namespace krakend_obsolete_server_preference {
extern const lint::Rule rule;
}
namespace krakend_out_of_range_id {
extern const lint::Rule rule;
}
namespace krakend_overlapping_certificates {
extern const lint::Rule rule;
}
namespace krakend_public_client_ca {
extern const lint::Rule rule;
}
namespace krakend_root_insecure_connections {
extern const lint::Rule rule;
}
namespace krakend_schema_violation {
extern const lint::Rule rule;
}
namespace krakend_silent_mtls_off {
extern const lint::Rule rule;
}
namespace krakend_tls_on_http_port {
extern const lint::Rule rule;
}
namespace krakend_tls12_accepted {
extern const lint::Rule rule;
}
namespace krakend_unenforced_client_ca {
extern const lint::Rule rule;
}
namespace krakend_unknown_cipher_id {
extern const lint::Rule rule;
}
namespace krakend_unknown_curve {
extern const lint::Rule rule;
}
namespace krakend_unknown_version_string {
extern const lint::Rule rule;
}
namespace krakend_unlintable_format {
extern const lint::Rule rule;
}
namespace krakend_unused_client_tls {
extern const lint::Rule rule;
}
namespace krakend_wrong_config_version {
extern const lint::Rule rule;
}
namespace suppress_expired {
extern const lint::Rule rule;
}
namespace suppress_no_reason {
extern const lint::Rule rule;
}
namespace suppress_unknown_rule {
extern const lint::Rule rule;
}
namespace suppress_unused {
extern const lint::Rule rule;
}
namespace tls_alpn_prefers_http1 {
extern const lint::Rule rule;
}
namespace tls_broken_cipher {
extern const lint::Rule rule;
}
namespace tls_cipher_certificate_mismatch {
extern const lint::Rule rule;
}
namespace tls_cleartext_endpoint {
extern const lint::Rule rule;
}
namespace tls_duplicate_list_entry {
extern const lint::Rule rule;
}
namespace tls_empty_client_trust {
extern const lint::Rule rule;
}
namespace tls_fixed_tls13_cipher {
extern const lint::Rule rule;
}
namespace tls_h2_below_tls12 {
extern const lint::Rule rule;
}
namespace tls_h2_prohibited_ciphers {
extern const lint::Rule rule;
}
namespace tls_ignored_cipher_order {
extern const lint::Rule rule;
}
namespace tls_inverted_version_range {
extern const lint::Rule rule;
}
namespace tls_missing_h2_cipher {
extern const lint::Rule rule;
}
namespace tls_missing_pq_group {
extern const lint::Rule rule;
}
namespace tls_missing_x25519 {
extern const lint::Rule rule;
}
namespace tls_obsolete_version {
extern const lint::Rule rule;
}
namespace tls_profile_violation {
extern const lint::Rule rule;
}
namespace tls_ssl3_version {
extern const lint::Rule rule;
}
namespace tls_tls13_disabled {
extern const lint::Rule rule;
}
namespace tls_unknown_alpn {
extern const lint::Rule rule;
}
namespace tls_unreachable_cipher {
extern const lint::Rule rule;
}
namespace tls_unusable_psk_cipher {
extern const lint::Rule rule;
}
namespace tls_unverified_peer {
extern const lint::Rule rule;
}
namespace tls_version_without_cipher {
extern const lint::Rule rule;
}
namespace tls_weak_cipher {
extern const lint::Rule rule;
}
namespace tyk_allowlisted_private_key {
extern const lint::Rule rule;
}
namespace tyk_ambiguous_base_identity {
extern const lint::Rule rule;
}
namespace tyk_catch_all_certificate {
extern const lint::Rule rule;
}
namespace tyk_certificate_for_http {
extern const lint::Rule rule;
}
namespace tyk_certificate_without_token {
extern const lint::Rule rule;
}
namespace tyk_chain_in_allowlist {
extern const lint::Rule rule;
}
namespace tyk_cleartext_mdcb {
extern const lint::Rule rule;
}
namespace tyk_clientauth_only_eku {
extern const lint::Rule rule;
}
namespace tyk_cn_only_verification {
extern const lint::Rule rule;
}
namespace tyk_deep_wildcard_key {
extern const lint::Rule rule;
}
namespace tyk_default_tls10 {
extern const lint::Rule rule;
}
namespace tyk_deprecated_certificates {
extern const lint::Rule rule;
}
namespace tyk_deprecated_client_certificate {
extern const lint::Rule rule;
}
namespace tyk_disabled_upstream_mtls {
extern const lint::Rule rule;
}
namespace tyk_domainless_certificates {
extern const lint::Rule rule;
}
namespace tyk_dropped_server_certificate {
extern const lint::Rule rule;
}
namespace tyk_forced_max_tls12 {
extern const lint::Rule rule;
}
namespace tyk_forwarded_credentials {
extern const lint::Rule rule;
}
namespace tyk_greedy_control_api {
extern const lint::Rule rule;
}
namespace tyk_h2_only_alpn {
extern const lint::Rule rule;
}
namespace tyk_http_level_mtls {
extern const lint::Rule rule;
}
namespace tyk_ignored_domain {
extern const lint::Rule rule;
}
namespace tyk_implicit_max_tls12 {
extern const lint::Rule rule;
}
namespace tyk_inner_wildcard_key {
extern const lint::Rule rule;
}
namespace tyk_keyless_upstream_certificate {
extern const lint::Rule rule;
}
namespace tyk_locked_control_api {
extern const lint::Rule rule;
}
namespace tyk_malformed_certificate_id {
extern const lint::Rule rule;
}
namespace tyk_malformed_host_key {
extern const lint::Rule rule;
}
namespace tyk_malformed_pin_map {
extern const lint::Rule rule;
}
namespace tyk_missing_encoding_secret {
extern const lint::Rule rule;
}
namespace tyk_missing_server_certificate {
extern const lint::Rule rule;
}
namespace tyk_mixed_mtls_domain {
extern const lint::Rule rule;
}
namespace tyk_mixed_mtls_modes {
extern const lint::Rule rule;
}
namespace tyk_mixed_port_protocols {
extern const lint::Rule rule;
}
namespace tyk_mtls_as_authentication {
extern const lint::Rule rule;
}
namespace tyk_mtls_without_domain {
extern const lint::Rule rule;
}
namespace tyk_mtls_without_tls {
extern const lint::Rule rule;
}
namespace tyk_pinned_min_version {
extern const lint::Rule rule;
}
namespace tyk_portless_host_key {
extern const lint::Rule rule;
}
namespace tyk_protocol_in_host_key {
extern const lint::Rule rule;
}
namespace tyk_rejected_upload {
extern const lint::Rule rule;
}
namespace tyk_sample_secret {
extern const lint::Rule rule;
}
namespace tyk_shadowed_host_entry {
extern const lint::Rule rule;
}
namespace tyk_shared_mtls_domain {
extern const lint::Rule rule;
}
namespace tyk_skipped_ca_announcement {
extern const lint::Rule rule;
}
namespace tyk_ssl_switched_off {
extern const lint::Rule rule;
}
namespace tyk_stale_certificate_id {
extern const lint::Rule rule;
}
namespace tyk_too_old_version {
extern const lint::Rule rule;
}
namespace tyk_unchecked_expiry {
extern const lint::Rule rule;
}
namespace tyk_uncovered_domain {
extern const lint::Rule rule;
}
namespace tyk_unenforced_allowlist {
extern const lint::Rule rule;
}
namespace tyk_unknown_cipher_name {
extern const lint::Rule rule;
}
namespace tyk_unknown_oas_version {
extern const lint::Rule rule;
}
namespace tyk_unknown_version_number {
extern const lint::Rule rule;
}
namespace tyk_unmatched_host_key {
extern const lint::Rule rule;
}
namespace tyk_unpinned_host {
extern const lint::Rule rule;
}
namespace tyk_unprefixed_dashboard_id {
extern const lint::Rule rule;
}
namespace tyk_unresolvable_certificate {
extern const lint::Rule rule;
}
namespace tyk_unsafe_dynamic_mtls {
extern const lint::Rule rule;
}
namespace tyk_unshared_mdcb_secret {
extern const lint::Rule rule;
}
namespace tyk_unsupported_ca_allowlist {
extern const lint::Rule rule;
}
namespace tyk_unsupported_inline_pem {
extern const lint::Rule rule;
}
namespace tyk_unverified_dashboard {
extern const lint::Rule rule;
}
namespace tyk_uppercase_host_key {
extern const lint::Rule rule;
}
namespace tyk_upstream_renegotiation {
extern const lint::Rule rule;
}
namespace tyk_weak_default_ciphers {
extern const lint::Rule rule;
}
namespace tyk_wrong_port_key {
extern const lint::Rule rule;
}

namespace {

constexpr std::array kRules = {
    &cert_ca_as_leaf::rule,
    &cert_cn_outside_san::rule,
    &cert_duplicate_certificate::rule,
    &cert_encrypted_key::rule,
    &cert_expired_anchor::rule,
    &cert_expired_certificate::rule,
    &cert_expiring_soon::rule,
    &cert_incomplete_chain::rule,
    &cert_key_in_trust_bundle::rule,
    &cert_key_mismatch::rule,
    &cert_long_validity::rule,
    &cert_malformed_serial::rule,
    &cert_misordered_chain::rule,
    &cert_missing_client_eku::rule,
    &cert_missing_dns_san::rule,
    &cert_missing_san::rule,
    &cert_missing_server_eku::rule,
    &cert_non_ca_anchor::rule,
    &cert_non_pem_format::rule,
    &cert_not_yet_valid::rule,
    &cert_oversized_rsa_key::rule,
    &cert_placeholder_pem::rule,
    &cert_readable_private_key::rule,
    &cert_root_in_chain::rule,
    &cert_self_signed_leaf::rule,
    &cert_shared_private_key::rule,
    &cert_short_key::rule,
    &cert_swapped_pair::rule,
    &cert_uncovered_host::rule,
    &cert_undecodable_pem::rule,
    &cert_unstapled_must_staple::rule,
    &cert_unsupported_key_type::rule,
    &cert_unusable_wildcard::rule,
    &cert_weak_signature::rule,
    &cert_wrong_key_usage::rule,
    &cert_x509_v1::rule,
    &config_duplicate_key::rule,
    &config_inline_private_key::rule,
    &config_missing_file::rule,
    &config_placeholder_value::rule,
    &config_relative_path::rule,
    &config_syntax_error::rule,
    &config_unknown_field::rule,
    &config_unknown_gateway_kind::rule,
    &config_unresolved_value::rule,
    &config_wrong_type::rule,
    &flex_ambiguous_resource_name::rule,
    &flex_bad_service_address::rule,
    &flex_builtin_outbound_defaults::rule,
    &flex_conflicting_inbound_contexts::rule,
    &flex_context_on_http::rule,
    &flex_dangling_target::rule,
    &flex_disabled_outbound_mtls::rule,
    &flex_dropped_default_ciphers::rule,
    &flex_duplicate_outbound_context::rule,
    &flex_empty_selector::rule,
    &flex_folded_pem::rule,
    &flex_half_key_pair::rule,
    &flex_https_without_context::rule,
    &flex_ignored_trusted_ca::rule,
    &flex_inbound_not_on_instance::rule,
    &flex_inbound_without_certificate::rule,
    &flex_inline_outbound_policy::rule,
    &flex_ip_upstream::rule,
    &flex_local_mode_only::rule,
    &flex_misplaced_tls_field::rule,
    &flex_missing_skip_validation::rule,
    &flex_missing_trusted_ca::rule,
    &flex_mixed_port_schemes::rule,
    &flex_multiple_default_contexts::rule,
    &flex_ordered_tls_policy::rule,
    &flex_outbound_not_on_service::rule,
    &flex_outbound_on_http::rule,
    &flex_outbound_on_selector::rule,
    &flex_policy_too_new::rule,
    &flex_reused_outbound_context::rule,
    &flex_rules_on_tls::rule,
    &flex_shared_port_context::rule,
    &flex_unenforced_client_ca::rule,
    &flex_unknown_kind::rule,
    &flex_unknown_tls_policy::rule,
    &flex_unpinned_context::rule,
    &flex_unquoted_version::rule,
    &flex_unsupported_cipher::rule,
    &flex_unsupported_redis_cipher::rule,
    &flex_unsupported_version::rule,
    &flex_upstream_mismatch::rule,
    &flex_wrong_api_version::rule,
    &flex_wrong_policy_namespace::rule,
    &krakend_chain_as_client_ca::rule,
    &krakend_client_tls_too_new::rule,
    &krakend_disabled_tls::rule,
    &krakend_documented_default_ciphers::rule,
    &krakend_empty_upstream_trust::rule,
    &krakend_enterprise_only_tls::rule,
    &krakend_global_client_tls::rule,
    &krakend_global_mtls::rule,
    &krakend_h2c_with_tls::rule,
    &krakend_half_key_pair::rule,
    &krakend_host_without_scheme::rule,
    &krakend_http1_upstream::rule,
    &krakend_ignored_cipher_suites::rule,
    &krakend_ignored_curve_order::rule,
    &krakend_implicit_client_tls13::rule,
    &krakend_implicit_default_certificate::rule,
    &krakend_incomplete_client_cert::rule,
    &krakend_keys_too_new::rule,
    &krakend_legacy_key_pair::rule,
    &krakend_lone_max_version::rule,
    &krakend_misplaced_tls_block::rule,
    &krakend_missing_h2_cipher::rule,
    &krakend_missing_key_pair::rule,
    &krakend_mixed_key_pairs::rule,
    &krakend_non_integer_cipher::rule,
    &krakend_obsolete_server_preference::rule,
    &krakend_out_of_range_id::rule,
    &krakend_overlapping_certificates::rule,
    &krakend_public_client_ca::rule,
    &krakend_root_insecure_connections::rule,
    &krakend_schema_violation::rule,
    &krakend_silent_mtls_off::rule,
    &krakend_tls_on_http_port::rule,
    &krakend_tls12_accepted::rule,
    &krakend_unenforced_client_ca::rule,
    &krakend_unknown_cipher_id::rule,
    &krakend_unknown_curve::rule,
    &krakend_unknown_version_string::rule,
    &krakend_unlintable_format::rule,
    &krakend_unused_client_tls::rule,
    &krakend_wrong_config_version::rule,
    &suppress_expired::rule,
    &suppress_no_reason::rule,
    &suppress_unknown_rule::rule,
    &suppress_unused::rule,
    &tls_alpn_prefers_http1::rule,
    &tls_broken_cipher::rule,
    &tls_cipher_certificate_mismatch::rule,
    &tls_cleartext_endpoint::rule,
    &tls_duplicate_list_entry::rule,
    &tls_empty_client_trust::rule,
    &tls_fixed_tls13_cipher::rule,
    &tls_h2_below_tls12::rule,
    &tls_h2_prohibited_ciphers::rule,
    &tls_ignored_cipher_order::rule,
    &tls_inverted_version_range::rule,
    &tls_missing_h2_cipher::rule,
    &tls_missing_pq_group::rule,
    &tls_missing_x25519::rule,
    &tls_obsolete_version::rule,
    &tls_profile_violation::rule,
    &tls_ssl3_version::rule,
    &tls_tls13_disabled::rule,
    &tls_unknown_alpn::rule,
    &tls_unreachable_cipher::rule,
    &tls_unusable_psk_cipher::rule,
    &tls_unverified_peer::rule,
    &tls_version_without_cipher::rule,
    &tls_weak_cipher::rule,
    &tyk_allowlisted_private_key::rule,
    &tyk_ambiguous_base_identity::rule,
    &tyk_catch_all_certificate::rule,
    &tyk_certificate_for_http::rule,
    &tyk_certificate_without_token::rule,
    &tyk_chain_in_allowlist::rule,
    &tyk_cleartext_mdcb::rule,
    &tyk_clientauth_only_eku::rule,
    &tyk_cn_only_verification::rule,
    &tyk_deep_wildcard_key::rule,
    &tyk_default_tls10::rule,
    &tyk_deprecated_certificates::rule,
    &tyk_deprecated_client_certificate::rule,
    &tyk_disabled_upstream_mtls::rule,
    &tyk_domainless_certificates::rule,
    &tyk_dropped_server_certificate::rule,
    &tyk_forced_max_tls12::rule,
    &tyk_forwarded_credentials::rule,
    &tyk_greedy_control_api::rule,
    &tyk_h2_only_alpn::rule,
    &tyk_http_level_mtls::rule,
    &tyk_ignored_domain::rule,
    &tyk_implicit_max_tls12::rule,
    &tyk_inner_wildcard_key::rule,
    &tyk_keyless_upstream_certificate::rule,
    &tyk_locked_control_api::rule,
    &tyk_malformed_certificate_id::rule,
    &tyk_malformed_host_key::rule,
    &tyk_malformed_pin_map::rule,
    &tyk_missing_encoding_secret::rule,
    &tyk_missing_server_certificate::rule,
    &tyk_mixed_mtls_domain::rule,
    &tyk_mixed_mtls_modes::rule,
    &tyk_mixed_port_protocols::rule,
    &tyk_mtls_as_authentication::rule,
    &tyk_mtls_without_domain::rule,
    &tyk_mtls_without_tls::rule,
    &tyk_pinned_min_version::rule,
    &tyk_portless_host_key::rule,
    &tyk_protocol_in_host_key::rule,
    &tyk_rejected_upload::rule,
    &tyk_sample_secret::rule,
    &tyk_shadowed_host_entry::rule,
    &tyk_shared_mtls_domain::rule,
    &tyk_skipped_ca_announcement::rule,
    &tyk_ssl_switched_off::rule,
    &tyk_stale_certificate_id::rule,
    &tyk_too_old_version::rule,
    &tyk_unchecked_expiry::rule,
    &tyk_uncovered_domain::rule,
    &tyk_unenforced_allowlist::rule,
    &tyk_unknown_cipher_name::rule,
    &tyk_unknown_oas_version::rule,
    &tyk_unknown_version_number::rule,
    &tyk_unmatched_host_key::rule,
    &tyk_unpinned_host::rule,
    &tyk_unprefixed_dashboard_id::rule,
    &tyk_unresolvable_certificate::rule,
    &tyk_unsafe_dynamic_mtls::rule,
    &tyk_unshared_mdcb_secret::rule,
    &tyk_unsupported_ca_allowlist::rule,
    &tyk_unsupported_inline_pem::rule,
    &tyk_unverified_dashboard::rule,
    &tyk_uppercase_host_key::rule,
    &tyk_upstream_renegotiation::rule,
    &tyk_weak_default_ciphers::rule,
    &tyk_wrong_port_key::rule,
};

}  // namespace

std::span<const lint::Rule* const> all() {
  return kRules;
}

const lint::Rule* find(std::string_view id) {
  const auto found = std::lower_bound(kRules.begin(), kRules.end(), id,
                                      [](const lint::Rule* r, std::string_view v) { return r->id < v; });
  return found != kRules.end() && (*found)->id == id ? *found : nullptr;
}

}  // namespace tlsward::rules
