// tls/alpn-prefers-http1: HTTP/1.1 stands before HTTP/2 in the list of protocols.
#include <algorithm>

#include "lint/rule.h"

namespace tlsward::rules::tls_alpn_prefers_http1 {
namespace {

constexpr std::string_view kHttp1 = "http/1.1";
constexpr std::string_view kHttp2 = "h2";

auto find(const std::vector<tls::ListedText>& list, std::string_view id) {
  return std::find_if(list.begin(), list.end(), [&](const tls::ListedText& entry) { return entry.text == id; });
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.alpn_list.written()) return;
  const auto& list = context.alpn_list.value;
  const auto http1 = find(list, kHttp1);
  const auto http2 = find(list, kHttp2);
  if (http1 == list.end() || http2 == list.end() || http1 > http2) return;
  Finding& finding = out.add(context, http1->where,
                             context.role == tls::Role::Listener
                                 ? "http/1.1 stands before h2, so HTTP/1.1 is spoken wherever both sides know both; "
                                   "put h2 first where HTTP/2 is wanted"
                                 : "http/1.1 stands before h2, and servers that go by the client's order then speak "
                                   "HTTP/1.1; put h2 first where HTTP/2 is wanted");
  finding.related.push_back({http2->where, "h2 comes second"});
  finding.fix = out.exchange(http1->where, http2->where, "put h2 first", false);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/alpn-prefers-http1",
    .summary = "http/1.1 stands before h2 in the ALPN list",
    .why =
        "The ALPN list is in order of preference. With http/1.1 in front a listener speaks HTTP/2 only with peers that "
        "know nothing else, although both sides may support it; the list of a client is a wish, which the server need "
        "not follow. This is fine where HTTP/2 is switched off on purpose.",
    .cites = {{"RFC 7301", "3.2", "https://www.rfc-editor.org/rfc/rfc7301#section-3.2"},
              {"Flex Gateway 1.8, outbound TLS policy", "alpn",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Info,
    .fix = "unsafe: put h2 first",
    .bad = {.gateway = "flex",
            .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
    namespace: default
  config:
    skipValidation: false
    trustedCA: |
      {{pem:ca.pem}}
    alpn:
      - http/1.1   #~ tls/alpn-prefers-http1
      - h2
    minversion: "1.2"
    maxversion: "1.3"
    ciphers:
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
)",
            .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
    .good = {.gateway = "flex",
             .text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: Service
metadata:
  name: billing
spec:
  address: https://billing.example:443
---
apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata:
  name: billing-tls
spec:
  targetRef:
    kind: Service
    name: billing
  policyRef:
    name: tls-outbound
    namespace: default
  config:
    skipValidation: false
    trustedCA: |
      {{pem:ca.pem}}
    alpn:
      - h2
      - http/1.1
    minversion: "1.2"
    maxversion: "1.3"
    ciphers:
      - TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
      - TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
)",
             .recipes = {{"ca.pem", "ca cn=Billing-CA"}}},
    .check = check,
};

}  // namespace tlsward::rules::tls_alpn_prefers_http1
