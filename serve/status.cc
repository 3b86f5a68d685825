#include "serve/status.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <iterator>
#include <nlohmann/json.hpp>

namespace tlsward::serve {
namespace {

using Json = nlohmann::ordered_json;
using Time = std::chrono::system_clock::time_point;

struct Row {
  const char* name;
  const char* type;  // of Prometheus
  const char* help;
  std::uint64_t value;
};

std::vector<Row> rows_of(const Statistics& s) {
  return {{"connections_total", "counter", "Inbound connections accepted", s.connections},
          {"connections_open", "gauge", "Inbound connections open now", s.connections_open},
          {"connections_refused_total", "counter", "Connections closed because of the limit", s.connections_refused},
          {"handshakes_open", "gauge", "TLS handshakes under way", s.handshakes_open},
          {"handshakes_finished_total", "counter", "TLS handshakes that came off", s.handshakes_finished},
          {"handshakes_resumed_total", "counter", "TLS handshakes that resumed a session", s.handshakes_resumed},
          {"handshakes_failed_total", "counter", "TLS handshakes that failed", s.handshakes_failed},
          {"requests_total", "counter", "Requests", s.requests},
          {"requests_open", "gauge", "Requests under way", s.requests_open},
          {"request_bytes_total", "counter", "Bytes of bodies from clients", s.bytes_from_clients},
          {"response_bytes_total", "counter", "Bytes of bodies to clients", s.bytes_to_clients},
          {"upstream_failures_total", "counter", "Requests that an upstream did not answer", s.upstream_failures},
          {"reloads_total", "counter", "Configurations taken over", s.reloads},
          {"reloads_refused_total", "counter", "Configurations refused", s.reloads_refused}};
}

std::string time_text(Time time) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

/// A label's value of Prometheus: backslash, quotation mark and line feed are escaped.
std::string label(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\\' || c == '"') result += '\\';
    if (c == '\n')
      result += "\\n";
    else
      result += c;
  }
  return result;
}

std::string metrics(const Statistics& statistics) {
  std::string text;
  auto out = std::back_inserter(text);
  for (const Row& row : rows_of(statistics)) {
    fmt::format_to(out, "# HELP tlsward_{0} {2}\n# TYPE tlsward_{0} {1}\ntlsward_{0} {3}\n", row.name, row.type,
                   row.help, row.value);
  }
  text += "# HELP tlsward_responses_total Responses by class of status\n# TYPE tlsward_responses_total counter\n";
  for (std::size_t i = 1; i < statistics.responses_by_class.size(); ++i) {
    fmt::format_to(out, "tlsward_responses_total{{class=\"{}xx\"}} {}\n", i,
                   statistics.responses_by_class[i].load(std::memory_order_relaxed));
  }
  text +=
      "# HELP tlsward_negotiated_total Finished handshakes by version and suite\n"
      "# TYPE tlsward_negotiated_total counter\n";
  for (const auto& [what, number] : statistics.negotiated())
    fmt::format_to(out, "tlsward_negotiated_total{{tls=\"{}\"}} {}\n", label(what), number);
  return text;
}

std::string status_json(const Statistics& statistics, const Running& running, Time now) {
  Json status;
  status["status"] = "serving";
  status["gateway"] = running.gateway;
  status["version"] = running.version;
  status["since"] = time_text(running.since);
  status["uptime_seconds"] = std::chrono::duration_cast<std::chrono::seconds>(now - running.since).count();
  status["configuration_since"] = time_text(running.configuration_since);
  status["listening"] = running.listening;
  status["deviations"] = running.deviations;
  for (const Row& row : rows_of(statistics)) status[row.name] = row.value;
  Json classes = Json::object();
  for (std::size_t i = 1; i < statistics.responses_by_class.size(); ++i)
    classes[fmt::format("{}xx", i)] = statistics.responses_by_class[i].load(std::memory_order_relaxed);
  status["responses"] = classes;
  status["negotiated"] = statistics.negotiated();
  return status.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Answer text_answer(int status, const char* type, std::string body) {
  return {status, {{"Content-Type", type}, {"Cache-Control", "no-store"}}, std::move(body)};
}

}  // namespace

Answer status_answer(const RequestHead& request, const Statistics& statistics, const Running& running, Time now) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  if (request.method != "GET" && request.method != "HEAD")
    return text_answer(405, "text/plain; charset=utf-8", "GET and HEAD are answered here\n");
  if (path == "/__status") return text_answer(200, "application/json", status_json(statistics, running, now));
  if (path == "/metrics") return text_answer(200, "text/plain; version=0.0.4; charset=utf-8", metrics(statistics));
  if (path == "/__health") return text_answer(200, "text/plain; charset=utf-8", "ok\n");
  return text_answer(404, "text/plain; charset=utf-8", "here are /__status, /metrics and /__health\n");
}

}  // namespace tlsward::serve
