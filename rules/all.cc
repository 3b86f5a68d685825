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
namespace cert_expired_certificate {
extern const lint::Rule rule;
}
namespace cert_incomplete_chain {
extern const lint::Rule rule;
}
namespace cert_missing_dns_san {
extern const lint::Rule rule;
}
namespace cert_missing_san {
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
namespace cert_placeholder_pem {
extern const lint::Rule rule;
}
namespace cert_self_signed_leaf {
extern const lint::Rule rule;
}
namespace cert_short_key {
extern const lint::Rule rule;
}
namespace cert_undecodable_pem {
extern const lint::Rule rule;
}
namespace tls_alpn_prefers_http1 {
extern const lint::Rule rule;
}
namespace tls_broken_cipher {
extern const lint::Rule rule;
}
namespace tls_cleartext_endpoint {
extern const lint::Rule rule;
}
namespace tls_empty_client_trust {
extern const lint::Rule rule;
}
namespace tls_fixed_tls13_cipher {
extern const lint::Rule rule;
}
namespace tls_inverted_version_range {
extern const lint::Rule rule;
}
namespace tls_obsolete_version {
extern const lint::Rule rule;
}
namespace tls_ssl3_version {
extern const lint::Rule rule;
}
namespace tls_unknown_alpn {
extern const lint::Rule rule;
}
namespace tls_unreachable_cipher {
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

namespace {

constexpr std::array kRules = {
    &cert_ca_as_leaf::rule,
    &cert_cn_outside_san::rule,
    &cert_expired_certificate::rule,
    &cert_incomplete_chain::rule,
    &cert_missing_dns_san::rule,
    &cert_missing_san::rule,
    &cert_non_ca_anchor::rule,
    &cert_non_pem_format::rule,
    &cert_not_yet_valid::rule,
    &cert_placeholder_pem::rule,
    &cert_self_signed_leaf::rule,
    &cert_short_key::rule,
    &cert_undecodable_pem::rule,
    &tls_alpn_prefers_http1::rule,
    &tls_broken_cipher::rule,
    &tls_cleartext_endpoint::rule,
    &tls_empty_client_trust::rule,
    &tls_fixed_tls13_cipher::rule,
    &tls_inverted_version_range::rule,
    &tls_obsolete_version::rule,
    &tls_ssl3_version::rule,
    &tls_unknown_alpn::rule,
    &tls_unreachable_cipher::rule,
    &tls_unverified_peer::rule,
    &tls_version_without_cipher::rule,
    &tls_weak_cipher::rule,
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
