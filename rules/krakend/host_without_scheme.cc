// krakend/host-without-scheme: a host that becomes plain HTTP because it names no scheme.
#include <string>

#include <fmt/format.h>

#include "gateways/krakend/model.h"
#include "gateways/material.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_host_without_scheme {
namespace {

namespace krakend = gateways::krakend;

Severity severity_of(const krakend::Host& host) {
  const std::string port = gateways::parse_address(*host.cleaned).port;
  if (port == "443") return Severity::Error;
  return port == "8443" ? Severity::Warning : Severity::Info;
}

/// KrakenD reads hosts of every backend that is called over HTTP or HTTPS by one pattern.
void tell_refused(const krakend::Host& host, std::string_view subject, lint::Reporter& out) {
  out.add(
      Severity::Error, host.where,
      fmt::format("KrakenD does not accept the host '{}' and panics at start with \"invalid host\": it takes a scheme, "
                  "a name or an IPv4 address, and a port; a path belongs into url_pattern",
                  host.text),
      subject);
}

void check_host(const krakend::Host& host, std::string_view subject, lint::Reporter& out) {
  if (host.scheme != krakend::Scheme::Http && host.scheme != krakend::Scheme::Https) return;
  if (host.text.empty()) return;
  if (!host.cleaned) return tell_refused(host, subject, out);
  if (host.scheme != krakend::Scheme::Http || host.text.find("://") != std::string_view::npos) return;
  const Severity severity = severity_of(host);
  Finding& finding = out.add(severity, host.where,
                             fmt::format("'{}' becomes {}; write the scheme", host.text, *host.cleaned), subject);
  const std::string raw(out.text(host.where));
  const std::size_t at = raw.find(host.text);
  if (severity != Severity::Error || at == std::string::npos) return;
  finding.fix = out.replace(host.where, std::string(raw).insert(at, "https://"), "call it with TLS", false);
}

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    for (const krakend::Host& host : configuration.hosts) check_host(host, "host", out);
    for (const krakend::Backend& backend : configuration.backends) {
      if (!backend.speaks_http) continue;
      for (const krakend::Host& host : backend.hosts) check_host(host, backend.name, out);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/host-without-scheme",
    .summary = "a host without a scheme is called with plain HTTP",
    .why =
        "KrakenD puts http:// in front of a host that names no scheme, whatever its port is. What was meant "
        "for port 443 goes out in the clear, or the upstream answers \"client sent an HTTP request to an HTTPS "
        "server\". A host with a path, a user, an IPv6 address or a port of one digit is no host to KrakenD, with a "
        "scheme or without: it panics at start, unless disable_host_sanitize is true.",
    .cites = {{"KrakenD, backend configuration", "host", "https://www.krakend.io/docs/backends/"},
              {"krakend-ce, issue 516", "", "https://github.com/krakend/krakend-ce/issues/516"}},
    .severity = Severity::Info,
    .also = {Severity::Error, Severity::Warning},
    .fix = "unsafe: https:// in front of a host with port 443",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }]
  },
  "endpoints": [
    {
      "endpoint": "/orders",
      "backend": [
        {
          "url_pattern": "/orders",
          "host": ["orders.internal.example:443"]   //~ krakend/host-without-scheme
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
      "endpoint": "/orders",
      "backend": [
        {
          "url_pattern": "/orders",
          "host": ["https://orders.internal.example:443"]
        }
      ]
    }
  ]
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_host_without_scheme
