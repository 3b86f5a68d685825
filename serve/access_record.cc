#include "serve/access_record.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace tlsward::serve {
namespace {

using Json = nlohmann::ordered_json;

std::string time_text(std::chrono::system_clock::time_point time) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(time);
  const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(time - seconds).count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z", fmt::gmtime(std::chrono::system_clock::to_time_t(seconds)),
                     milliseconds);
}

// Bytes that are no UTF-8 come from clients and must not stop the line.
std::string dump(const Json& line) {
  return line.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void add_client_certificate(const HandshakeFacts& tls, Json& line) {
  if (!tls.client_certificate) return;
  line["client_certificate_sha256"] = tls.client_certificate->sha256;
  line["client_certificate_subject"] = tls.client_certificate->subject;
  if (tls.client_verified) line["client_certificate_verified"] = *tls.client_verified;
}

void add_tls(const HandshakeFacts& tls, Json& line) {
  line["sni"] = tls.server_name;
  line["tls_version"] = tls::name(tls.version);
  line["tls_suite"] = tls::name(tls.suite);
  line["tls_group"] = tls.group ? tls::name(*tls.group) : "";
  line["alpn"] = tls.alpn;
  line["tls_resumed"] = tls.resumed;
  add_client_certificate(tls, line);
}

}  // namespace

std::string access_line(const AccessRecord& record, const HandshakeFacts* tls) {
  Json line;
  line["event"] = "request";
  line["time"] = time_text(record.time);
  line["client"] = net::text(record.client);
  line["method"] = record.method;
  line["host"] = record.host;
  line["path"] = record.path;
  line["http_version"] = name(record.version);
  line["status"] = record.status;
  line["duration_ms"] = static_cast<double>(record.duration.count()) / 1000.0;
  line["bytes_in"] = record.bytes_in;
  line["bytes_out"] = record.bytes_out;
  line["route"] = record.route;
  line["upstream"] = record.upstream;
  if (!record.error.empty()) line["error"] = record.error;
  if (!record.details.empty()) line["details"] = record.details;
  line["tls"] = tls != nullptr;
  if (tls != nullptr) add_tls(*tls, line);
  return dump(line);
}

std::string handshake_line(std::chrono::system_clock::time_point time, const net::Address& client,
                           const HandshakeFacts& tls, const std::string& explanation) {
  Json line;
  line["event"] = "handshake_failed";
  line["time"] = time_text(time);
  line["client"] = net::text(client);
  line["sni"] = tls.server_name;
  line["context"] = tls.context;
  if (tls.alert_sent) line["alert_sent"] = tls::wire::name(*tls.alert_sent);
  if (tls.alert_received) line["alert_received"] = tls::wire::name(*tls.alert_received);
  line["problem"] = tls.problem;
  add_client_certificate(tls, line);
  line["explanation"] = explanation;
  return dump(line);
}

}  // namespace tlsward::serve
