// tls/fixed-tls13-cipher: a list names TLS 1.3 suites, which the gateway enables whatever the list says.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "lint/rule.h"
#include "tls/cipher_list.h"

namespace tlsward::rules::tls_fixed_tls13_cipher {
namespace {

// RFC 8446, B.4: the suites that every gateway here enables. The two CCM suites are in none of their libraries' lists.
constexpr std::size_t kAlwaysOn = 3;

std::vector<const tls::ListedCipher*> listed_tls13(const tls::TlsContext& context) {
  std::vector<const tls::ListedCipher*> result;
  for (const tls::ListedCipher& entry : context.cipher_list.value) {
    if (entry.accepted && entry.suite && tls::is_tls13(*entry.suite)) result.push_back(&entry);
  }
  return result;
}

std::size_t distinct(const std::vector<const tls::ListedCipher*>& entries) {
  std::set<tls::CipherSuite> suites;
  for (const tls::ListedCipher* entry : entries) suites.insert(*entry->suite);
  return suites.size();
}

std::string message(const std::vector<const tls::ListedCipher*>& entries, std::size_t suites) {
  if (suites >= kAlwaysOn) return "TLS 1.3 suites in the list have no effect; all of them are always enabled";
  const std::string listed = suites == 1
                                 ? fmt::format("{} is the only TLS 1.3 suite", tls::name(*entries.front()->suite))
                                 : fmt::format("{} TLS 1.3 suites are", suites);
  return fmt::format("{} in the list, but all {} stay enabled; only suites of TLS 1.2 and older can be chosen", listed,
                     kAlwaysOn);
}

void check(const tls::TlsContext& context, lint::Reporter& out) {
  if (context.chooses_tls13_suites || !context.cipher_list.written() || !context.versions.known()) return;
  if (!tls::enables(context, tls::kTls13)) return;
  const auto entries = listed_tls13(context);
  if (entries.empty()) return;
  const std::size_t suites = distinct(entries);
  const Severity severity = suites < kAlwaysOn ? Severity::Warning : Severity::Info;
  Finding& finding = out.add(severity, context, entries.front()->where, message(entries, suites));
  std::vector<Span> places;
  for (const tls::ListedCipher* entry : entries) {
    places.push_back(entry->where);
    if (entry != entries.front()) finding.related.push_back({entry->where, tls::name(*entry->suite)});
  }
  // An emptied list would bring the gateway's own defaults for TLS 1.2 back.
  if (!tls::keeps_working_suite(context)) return;
  finding.fix = out.remove(places, "remove the TLS 1.3 suites", true);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/fixed-tls13-cipher",
    .summary = "the cipher list names TLS 1.3 suites, which cannot be chosen",
    .why =
        "The gateways leave the three TLS 1.3 suites to their TLS library, which always enables all of them. Naming "
        "them changes nothing; naming only some looks like a restriction that is not there. All three are strong, "
        "so there is nothing to repair but the list.",
    .cites = {{"Go, crypto/tls", "Config.CipherSuites", "https://pkg.go.dev/crypto/tls#Config"},
              {"Flex Gateway 1.8, outbound TLS policy", "ciphers",
               "https://docs.mulesoft.com/gateway/1.8/policies-included-tls-outbound"}},
    .severity = Severity::Info,
    .also = {Severity::Warning},
    .fix = "safe: remove them from the list",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      4866,   //~ tls/fixed-tls13-cipher
      49199,
      49200
    ]
  }
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "cipher_suites": [
      49199,
      49200
    ]
  }
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_fixed_tls13_cipher
