#include "serve/tls/explanation.h"

#include <fmt/format.h>

#include "gateways/gateway.h"

namespace tlsward::serve {
namespace {

/// What happened, which setting decides, and the gateway's own words; the last two may be empty.
struct Reason {
  std::string what;
  std::string_view setting;
  std::string own_words;
};

bool contains(const std::string& text, std::string_view word) {
  return text.find(word) != std::string::npos;
}

std::string_view setting_of_refusal(const std::string& refusal, const gateways::SettingNames& names) {
  if (refusal.starts_with("no version") || contains(refusal, "falls back")) return names.versions;
  if (refusal.starts_with("no group")) return names.groups;
  if (refusal.starts_with("no protocol")) return names.alpn;
  return names.suites;
}

Reason client_certificate_reason(const HandshakeFacts& facts, const tls::TlsContext& context,
                                 const gateways::SettingNames& names) {
  const std::string subject = facts.client_certificate ? facts.client_certificate->subject : "?";
  return {fmt::format("the client's certificate '{}' is not accepted by {}: {}", subject, context.subject,
                      facts.client_problem),
          names.trust, "tls: failed to verify certificate: x509: " + facts.client_problem};
}

/// The client broke off with an alert.
Reason alert_reason(const HandshakeFacts& facts, const gateways::SettingNames& names) {
  const std::string alert = tls::wire::name(*facts.alert_received);
  const bool about_certificate = contains(alert, "certificate") || contains(alert, "unknown_ca");
  std::string spoken = alert;
  for (char& c : spoken) c = c == '_' ? ' ' : c;
  std::string what =
      about_certificate
          ? fmt::format("the client does not accept the server's certificate: it sent the alert {}", alert)
          : fmt::format("the client broke off: it sent the alert {}", alert);
  return {std::move(what), about_certificate ? names.certificate : std::string_view(), "remote error: tls: " + spoken};
}

Reason reason_of(const HandshakeFacts& facts, const tls::TlsContext& context, const gateways::SettingNames& names) {
  if (!facts.refusal.empty()) return {facts.refusal, setting_of_refusal(facts.refusal, names), facts.own_words};
  if (!facts.client_problem.empty()) return client_certificate_reason(facts, context, names);
  if (contains(facts.problem, "did not return a certificate"))
    return {fmt::format("the client sent no certificate, and {} requires one", context.subject), names.client_auth,
            "tls: client didn't provide a certificate"};
  if (facts.alert_received) return alert_reason(facts, names);
  if (!facts.offer) return {fmt::format("no ClientHello that could be read came: {}", facts.problem), {}, {}};
  if (contains(facts.problem, "closed") || contains(facts.problem, "reset"))
    return {fmt::format("the client went away in the middle of the handshake: {}", facts.problem), {}, "EOF"};
  return {facts.problem, {}, {}};
}

}  // namespace

std::string explain(const HandshakeFacts& facts, const tls::TlsContext& context) {
  const gateways::Gateway* gateway = gateways::find_gateway(context.gateway);
  const Reason reason = reason_of(facts, context, gateway ? gateway->listener_names : gateways::SettingNames{});
  std::string line = reason.what;
  if (facts.alert_sent) line += fmt::format("; alert sent: {}", tls::wire::name(*facts.alert_sent));
  if (!reason.setting.empty()) line += fmt::format("; see {}", reason.setting);
  if (gateway != nullptr && gateway->id != "flex" && !reason.own_words.empty())
    line += fmt::format(" [{} logs: {}]", gateway->name, reason.own_words);
  return line;
}

}  // namespace tlsward::serve
