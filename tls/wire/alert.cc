// Alerts and their names: IANA "TLS Alerts", state of 2026-09-29, with those that SSL 3.0 and early TLS had.
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "tls/wire/handshake.h"

namespace tlsward::tls::wire {
namespace {

struct Row {
  std::uint8_t description;
  std::string_view name;
};

constexpr Row kAlerts[] = {
    {0, "close_notify"},
    {10, "unexpected_message"},
    {20, "bad_record_mac"},
    {21, "decryption_failed"},
    {22, "record_overflow"},
    {30, "decompression_failure"},
    {40, "handshake_failure"},
    {41, "no_certificate"},
    {42, "bad_certificate"},
    {43, "unsupported_certificate"},
    {44, "certificate_revoked"},
    {45, "certificate_expired"},
    {46, "certificate_unknown"},
    {47, "illegal_parameter"},
    {48, "unknown_ca"},
    {49, "access_denied"},
    {50, "decode_error"},
    {51, "decrypt_error"},
    {52, "too_many_cids_requested"},
    {60, "export_restriction"},
    {70, "protocol_version"},
    {71, "insufficient_security"},
    {80, "internal_error"},
    {86, "inappropriate_fallback"},
    {90, "user_canceled"},
    {100, "no_renegotiation"},
    {109, "missing_extension"},
    {110, "unsupported_extension"},
    {111, "certificate_unobtainable"},
    {112, "unrecognized_name"},
    {113, "bad_certificate_status_response"},
    {114, "bad_certificate_hash_value"},
    {115, "unknown_psk_identity"},
    {116, "certificate_required"},
    {117, "general_error"},
    {120, "no_application_protocol"},
    {121, "ech_required"},
};

}  // namespace

std::string name(Alert alert) {
  for (const Row& row : kAlerts) {
    if (row.description == alert.description) return std::string(row.name);
  }
  return fmt::format("alert {}", alert.description);
}

std::optional<Alert> parse_alert(View body) {
  Reader in(body);
  const Alert alert{in.u8(), in.u8()};
  if (!in.finished() || (alert.level != Alert::kWarning && alert.level != Alert::kFatal)) return std::nullopt;
  return alert;
}

}  // namespace tlsward::tls::wire
