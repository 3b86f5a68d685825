#include "cli/probe_arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <chrono>
#include <fstream>

#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "lint/options.h"
#include "report/probe_format.h"

namespace tlsward::cli {
namespace {

std::chrono::milliseconds milliseconds(double seconds) {
  return std::chrono::milliseconds(static_cast<std::int64_t>(seconds * 1000));
}

void add_target_options(CLI::App& app, ProbeArguments& a) {
  app.add_option("TARGET", a.targets, "HOST, HOST:PORT, [IPv6]:PORT, URL, or a block such as 192.0.2.0/24");
  app.add_option("--targets", a.targets_file, "file with one target a line; - for standard input")->type_name("FILE");
  app.add_option("-p,--port", a.port, "port of targets that name none")
      ->type_name("PORT")
      ->capture_default_str()
      ->check(CLI::Range(1, 65535));
  app.add_option("--sni", a.sni, "server name to send, whatever the target is")->type_name("NAME");
  app.add_flag("--no-sni", a.no_sni, "send no server name");
  app.add_flag("-4", a.v4, "IPv4 addresses only");
  app.add_flag("-6", a.v6, "IPv6 addresses only");
  app.add_flag("--all-addresses", a.all_addresses, "scan every address of a name, not the first that answers");
  app.add_option("--shard", a.shard, "scan part K of N of the targets, for N machines with the same list")
      ->type_name("K/N");
  app.add_option("--starttls", a.starttls,
                 fmt::format("auto (by port), none, or {}", fmt::join(net::starttls_names(), ", ")))
      ->type_name("PROTOCOL")
      ->capture_default_str();
  app.add_option("--proxy", a.proxy, "http://[USER:PASSWORD@]HOST:PORT or socks5://…")->type_name("URL");
}

void add_question_options(CLI::App& app, ProbeArguments& a) {
  app.add_flag("--all", a.all,
               "ask everything: also signature algorithms, ALPN, resumption, early data, certificate compression, "
               "intolerance");
  app.add_flag("--explain-plan", a.explain_plan, "print each question, its answer and what it settled, on stderr");
  app.add_option("--cert", a.certificate, "client certificate: PEM or PKCS#12")->type_name("FILE");
  app.add_option("--key", a.key, "its private key in PEM, where it is not in the same file")->type_name("FILE");
  app.add_option("--passphrase-file", a.passphrase_file, "first line: the passphrase of an encrypted key")
      ->type_name("FILE");
  app.add_option("--ca", a.trust, "whom to trust: system, none, or a PEM file")
      ->type_name("FILE")
      ->capture_default_str();
  app.add_option("--at", a.at, "judge certificate dates as on this day (2026-11-22); default: now")->type_name("DATE");
}

void add_pace_options(CLI::App& app, ProbeArguments& a) {
  app.add_option("--max-connections", a.max_connections, "to one address at a time")
      ->type_name("N")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--rate", a.rate, "new connections a second to one address; 0: as many as it takes")
      ->type_name("N")
      ->check(CLI::Range(0.0, 1e6))
      ->capture_default_str();
  app.add_option("--delay", a.delay_seconds, "seconds between two connections to one address")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 3600.0))
      ->capture_default_str();
  app.add_option("--deadline", a.deadline_seconds, "seconds for one address in all")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 86400.0))
      ->capture_default_str();
  app.add_option("--timeout", a.timeout_seconds, "seconds for one step: connection, answer")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.001, 3600.0))
      ->capture_default_str();
  app.add_option("--concurrency", a.concurrency, "addresses at a time")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
}

void add_output_options(CLI::App& app, ProbeArguments& a) {
  std::vector<std::string_view> names;
  for (const report::ProbeFormat* format : report::probe_formats()) names.push_back(format->name);
  app.add_option("--format", a.formats,
                 fmt::format("{}; with =FILE into a file; may be repeated", fmt::join(names, ", ")))
      ->allow_extra_args(false)
      ->type_name("NAME[=FILE]");
  app.add_option("--resume", a.resume, "append to this NDJSON file, and skip what is done in it")->type_name("FILE");
  app.add_option("--fail-on", a.fail_on, "exit 1 at or above: error, warning, info, or never")
      ->type_name("SEVERITY")
      ->capture_default_str();
  app.add_option("--min-confidence", a.min_confidence, "what counts for the exit code: low, medium or high")
      ->type_name("LEVEL")
      ->capture_default_str();
  app.add_flag("--exit-zero", a.exit_zero, "exit 0 where findings would make it 1");
  add_color_option(app, a.color);
  app.add_flag("-q,--quiet", a.quiet, "no progress and no summary on stderr");
  add_rule_options(app, a.select, a.ignore);
}

// The passphrase is never on the command line, where every user of the machine could read it.
std::string read_passphrase(const std::string& path) {
  if (path.empty()) return {};
  std::ifstream file(path, std::ios::binary);
  std::string line;
  if (!std::getline(file, line)) throw UsageError(fmt::format("--passphrase-file: cannot read a line of '{}'", path));
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

std::unique_ptr<pki::TrustAnchors> read_anchors(const std::string& trust) {
  if (trust == "system") return std::make_unique<pki::TrustAnchors>(pki::TrustAnchors::system());
  if (trust == "none") return std::make_unique<pki::TrustAnchors>(pki::TrustAnchors::none());
  auto anchors = pki::TrustAnchors::from_file(trust);
  if (!anchors) throw UsageError(fmt::format("--ca: {}", anchors.error().message));
  return std::make_unique<pki::TrustAnchors>(std::move(*anchors));
}

void set_starttls(const ProbeArguments& a, probe::ScanOptions& options) {
  if (a.starttls == "auto") return;
  options.starttls = net::parse_starttls(a.starttls);
  if (a.starttls == "none") options.starttls = net::StartTls::None;
  if (options.starttls) return;
  std::vector<std::string_view> names = {"auto", "none"};
  for (const std::string_view name : net::starttls_names()) names.push_back(name);
  throw UsageError(fmt::format("--starttls: '{}' is not one of {}{}", a.starttls, fmt::join(names, ", "),
                               suggestion(a.starttls, names)));
}

void set_route(const ProbeArguments& a, probe::ScanOptions& options) {
  if (a.v4 && a.v6) throw UsageError("-4 and -6 leave no address");
  if (a.v4) options.family = net::Family::V4;
  if (a.v6) options.family = net::Family::V6;
  if (a.no_sni && !a.sni.empty()) throw UsageError("--sni and --no-sni contradict each other");
  if (a.no_sni) options.sni = "";
  if (!a.sni.empty()) options.sni = a.sni;
  if (a.proxy.empty()) return;
  auto proxy = net::parse_proxy(a.proxy);
  if (!proxy) throw UsageError(fmt::format("--proxy: {}", proxy.error().message));
  options.proxy = std::move(*proxy);
}

}  // namespace

void add_probe_options(CLI::App& app, ProbeArguments& arguments) {
  add_target_options(app, arguments);
  add_question_options(app, arguments);
  add_pace_options(app, arguments);
  add_output_options(app, arguments);
}

tls::Time probe_time(const ProbeArguments& arguments) {
  if (arguments.at.empty()) return std::chrono::time_point_cast<std::chrono::seconds>(std::chrono::system_clock::now());
  const auto at = lint::parse_time(arguments.at);
  if (!at) throw UsageError(fmt::format("--at: {}", at.error().message));
  return *at;
}

PreparedScan prepare_scan(const ProbeArguments& a) {
  PreparedScan prepared;
  probe::ScanOptions& options = prepared.options;
  options.max_connections = a.max_connections;
  options.rate = a.rate;
  options.delay = milliseconds(a.delay_seconds);
  options.deadline = milliseconds(a.deadline_seconds);
  options.timeout = milliseconds(a.timeout_seconds);
  options.all = a.all;
  options.all_addresses = a.all_addresses;
  set_starttls(a, options);
  set_route(a, options);
  if (a.certificate.empty() && !a.key.empty()) throw UsageError("--key needs --cert");
  if (!a.certificate.empty()) {
    auto identity = net::read_client_identity(a.certificate, a.key, read_passphrase(a.passphrase_file));
    if (!identity) throw UsageError(fmt::format("--cert: {}", identity.error().message));
    options.identity = std::move(*identity);
  }
  prepared.anchors = read_anchors(a.trust);
  options.anchors = prepared.anchors.get();
  options.at = probe_time(a);
  return prepared;
}

}  // namespace tlsward::cli
