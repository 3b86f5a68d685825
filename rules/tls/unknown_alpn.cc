// tls/unknown-alpn: a protocol in the ALPN list that no gateway can speak.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_unknown_alpn {
namespace {

// What the gateways can serve. IANA "TLS Application-Layer Protocol Negotiation (ALPN) Protocol IDs": octets, so case
// counts.
constexpr std::array<std::string_view, 3> kServed{"h2", "http/1.1", "http/1.0"};

struct Misspelling {
  std::string_view bare;  // lower case, letters and digits only
  std::string_view meant;
  bool plain;  // means nothing else
};
// h2c is HTTP/2 without TLS (RFC 9113, 3.1): whoever lists it here may also have wanted cleartext.
constexpr std::array<Misspelling, 10> kMisspellings{{{"h2", "h2", true},
                                                     {"http2", "h2", true},
                                                     {"http20", "h2", true},
                                                     {"h20", "h2", true},
                                                     {"h2c", "h2", false},
                                                     {"http11", "http/1.1", true},
                                                     {"h11", "http/1.1", true},
                                                     {"http1", "http/1.1", false},
                                                     {"http", "http/1.1", false},
                                                     {"http10", "http/1.0", true}}};

std::string bare(std::string_view text) {
  std::string result;
  for (const char character : text) {
    if (character >= 'A' && character <= 'Z') result += static_cast<char>(character - 'A' + 'a');
    if ((character >= 'a' && character <= 'z') || (character >= '0' && character <= '9')) result += character;
  }
  return result;
}

const Misspelling* misspelling(std::string_view text) {
  const std::string key = bare(text);
  const auto found = std::find_if(kMisspellings.begin(), kMisspellings.end(),
                                  [&](const Misspelling& candidate) { return candidate.bare == key; });
  return found == kMisspellings.end() ? nullptr : &*found;
}

bool lists(const tls::TlsContext& context, std::string_view id) {
  const auto& list = context.alpn_list.value;
  return std::any_of(list.begin(), list.end(), [&](const tls::ListedText& entry) { return entry.text == id; });
}

/// The entry with other text between its quotes, if it has any.
std::string respell(std::string_view written, std::string_view id) {
  const bool quoted = written.size() >= 2 && (written.front() == '"' || written.front() == '\'');
  return quoted ? fmt::format("{0}{1}{0}", written.front(), id) : std::string(id);
}

void report_misspelling(const tls::TlsContext& context, const tls::ListedText& entry, const Misspelling& meant,
                        lint::Reporter& out) {
  Finding& finding =
      out.add(Severity::Error, context, entry.where,
              fmt::format("'{}' is no ALPN id; the id of this protocol is '{}'", entry.text, meant.meant));
  if (lists(context, meant.meant)) {
    finding.fix = out.remove(entry.where, fmt::format("remove it, {} is listed too", meant.meant), true);
    return;
  }
  finding.fix = out.replace(entry.where, respell(out.text(entry.where), meant.meant),
                            fmt::format("write {}", meant.meant), meant.plain);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (!context.alpn_list.written()) return;
  for (const tls::ListedText& entry : context.alpn_list.value) {
    if (std::find(kServed.begin(), kServed.end(), entry.text) != kServed.end()) continue;
    if (const Misspelling* meant = misspelling(entry.text)) {
      report_misspelling(context, entry, *meant, out);
      continue;
    }
    out.add(Severity::Warning, context, entry.where,
            fmt::format("'{}' is not a protocol that {} can speak over TLS; it speaks h2, http/1.1 and http/1.0",
                        entry.text, context.gateway_name));
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/unknown-alpn",
    .summary = "the ALPN list holds an id that is not h2, http/1.1 or http/1.0",
    .why =
        "ALPN ids are compared octet by octet. A misspelled id matches nothing that a peer offers, so the protocol "
        "that was meant is never agreed on, and no error says so. An id of another protocol, such as h3, promises "
        "what a gateway cannot do over TLS.",
    .cites = {{"RFC 7301", "3.1, 6", "https://www.rfc-editor.org/rfc/rfc7301#section-6"},
              {"IANA, ALPN protocol ids", "",
               "https://www.iana.org/assignments/tls-extensiontype-values/"
               "tls-extensiontype-values.xhtml#alpn-protocol-ids"}},
    .severity = Severity::Error,
    .also = {Severity::Warning},
    .fix = "safe where the misspelling can mean one id only: write that id",
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
      - http/2   #~ tls/unknown-alpn
      - http/1.1
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

}  // namespace tlsward::rules::tls_unknown_alpn
