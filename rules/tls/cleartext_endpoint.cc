// tls/cleartext-endpoint: a listener or upstream without TLS, other machines between the two ends.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "lint/rule.h"

namespace tlsward::rules::tls_cleartext_endpoint {
namespace {

// More labels than this tell nothing new.
constexpr std::size_t kMaxRelated = 5;

bool is_cleartext(const tls::TlsContext& context) {
  return !context.enabled && !context.loopback;
}

std::string name(const tls::TlsContext& context) {
  if (!context.endpoint.empty()) return context.endpoint;
  return context.peers.empty() ? context.subject : context.peers;
}

Span place(const tls::TlsContext& context) {
  return context.section_key.known() ? context.section_key : context.section;
}

void report_listener(const tls::TlsContext& context, lint::Reporter& out) {
  std::string text = context.endpoint.empty()
                         ? "the listener, whose address is not known, is not protected by TLS"
                         : fmt::format("the listener {} is not protected by TLS", context.endpoint);
  if (!context.why_not.empty()) text += fmt::format(": {}", context.why_not);
  out.add(context, Span{}, std::move(text));
}

using Contexts = std::vector<const tls::TlsContext*>;

/// One for each address, in file order.
Contexts distinct(const Contexts& contexts) {
  Contexts result;
  for (const tls::TlsContext* context : contexts) {
    const bool seen = std::any_of(result.begin(), result.end(),
                                  [&](const tls::TlsContext* other) { return name(*other) == name(*context); });
    if (!seen) result.push_back(context);
  }
  return result;
}

void report_upstreams(const Contexts& contexts, lint::Reporter& out) {
  const Contexts found = distinct(contexts);
  const tls::TlsContext& first = *found.front();
  Finding& finding = out.add(
      first, Span{},
      found.size() == 1 ? fmt::format("calls to the upstream {} are not protected by TLS", name(first))
                        : fmt::format("calls to {} upstreams of this file are not protected by TLS, the first is {}",
                                      found.size(), name(first)));
  for (std::size_t index = 1; index < found.size() && finding.related.size() < kMaxRelated; ++index) {
    finding.related.push_back({place(*found[index]), name(*found[index])});
  }
}

/// Every listener is a finding of its own; upstreams are one a file, since there may be hundreds.
void check(const lint::InputSet& set, lint::Reporter& out) {
  std::map<FileId, Contexts> upstreams;
  for (const tls::TlsContext& context : set.reading.contexts) {
    if (!is_cleartext(context)) continue;
    if (context.role == tls::Role::Listener) {
      report_listener(context, out);
    } else {
      upstreams[place(context).file].push_back(&context);
    }
  }
  for (const auto& [file, contexts] : upstreams) report_upstreams(contexts, out);
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "tls/cleartext-endpoint",
    .summary = "a listener or upstream uses no TLS",
    .why =
        "What goes over the network without TLS can be read and changed by every machine on the path. That is fine "
        "behind a proxy that ends TLS on the same machine, or inside an encrypted mesh; it is worth knowing "
        "everywhere else. Addresses of the own machine are not reported.",
    .cites = {{"RFC 9325", "3.2", "https://www.rfc-editor.org/rfc/rfc9325#section-3.2"},
              {"KrakenD, audit recommendations", "2.1.2", "https://www.krakend.io/docs/configuration/audit/"}},
    .severity = Severity::Info,
    .fix = "none: TLS needs certificates, and the other side must speak it",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": [
    {
      "endpoint": "/bills",
      "backend": [
        {
          "host": ["http://billing.example"],   //~ tls/cleartext-endpoint
          "url_pattern": "/bills"
        }
      ]
    }
  ]
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": [
    {
      "endpoint": "/bills",
      "backend": [
        {
          "host": ["https://billing.example"],
          "url_pattern": "/bills"
        }
      ]
    }
  ]
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::tls_cleartext_endpoint
