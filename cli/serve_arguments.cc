#include "cli/serve_arguments.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <chrono>

#include <netinet/in.h>

#include "cli/usage_error.h"

namespace tlsward::cli {
namespace {

using std::chrono::milliseconds;

void set(const std::optional<double>& seconds, milliseconds& value) {
  if (seconds) value = milliseconds(static_cast<long>(*seconds * 1000));
}

void set(std::size_t number, std::size_t& value) {
  if (number > 0) value = number;
}

/// This machine has ::1.
bool has_ipv6() {
  const int fd = ::socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) return false;
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  const bool bound = ::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(fd);
  return bound;
}

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return {};
  return port;
}

serve::Fault fault_option(const std::string& name) {
  if (name.empty()) return serve::Fault::None;
  std::vector<std::string_view> names;
  for (const serve::FaultFacts& fault : serve::faults()) names.push_back(fault.name);
  return serve::faults()[choice("--fault", name, names)].fault;
}

CLI::Option* add_seconds(CLI::App& app, const char* name, std::optional<double>& value, const char* help) {
  return app.add_option(name, value, help)->type_name("SECONDS")->check(CLI::Range(0.001, 1e6));
}

void add_limits(CLI::App& app, ServeArguments& arguments) {
  constexpr const char* kGroup = "Limits";
  app.add_option("--max-connections", arguments.connections, "inbound connections of each thread (20000)")
      ->type_name("N")
      ->group(kGroup);
  app.add_option("--max-handshakes", arguments.handshakes, "handshakes in flight of each thread (1000)")
      ->type_name("N")
      ->group(kGroup);
  app.add_option("--max-streams", arguments.streams, "streams of one HTTP/2 connection side by side (100)")
      ->type_name("N")
      ->group(kGroup);
  app.add_option("--max-head", arguments.head_kilobytes, "request line and fields, in KiB (64)")
      ->type_name("KIB")
      ->group(kGroup);
  app.add_option("--max-body", arguments.body_megabytes, "body of a request, in MiB (no limit)")
      ->type_name("MIB")
      ->group(kGroup);
  add_seconds(app, "--handshake-timeout", arguments.handshake_seconds, "for the whole TLS handshake (10)")
      ->group(kGroup);
  add_seconds(app, "--header-timeout", arguments.head_seconds, "from the first byte of a head to its end (10)")
      ->group(kGroup);
  add_seconds(app, "--body-timeout", arguments.body_seconds, "without a byte of a body, either way (15)")
      ->group(kGroup);
  add_seconds(app, "--idle-timeout", arguments.idle_seconds, "between two requests (60)")->group(kGroup);
  add_seconds(app, "--lifetime", arguments.lifetime_seconds, "of an inbound connection, then it is drained (no limit)")
      ->group(kGroup);
  add_seconds(app, "--connect-timeout", arguments.connect_seconds, "to reach an upstream, TLS included (5)")
      ->group(kGroup);
  add_seconds(app, "--response-timeout", arguments.response_seconds, "until an upstream's response begins (60)")
      ->group(kGroup);
  add_seconds(app, "--drain", arguments.drain_seconds, "for requests in flight when it ends (10)")->group(kGroup);
}

}  // namespace

void add_serve_options(CLI::App& app, ServeArguments& arguments) {
  add_input_options(app, arguments.input);
  app.add_option(
         "--listen", arguments.listen,
         "in place of the configured port, on 127.0.0.1 where no address is given; once for each port, in their "
         "order; port 0: any free one")
      ->type_name("[ADDRESS:]PORT")
      ->allow_extra_args(false);
  app.add_flag("--unsafe-listen", arguments.unsafe_listen, "allow addresses beyond this machine in --listen");
  app.add_option("--threads", arguments.threads, "threads, each with its own event loop")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, std::size_t{64}))
      ->capture_default_str();
  app.add_option("--status", arguments.status, "answer /__status, /metrics and /__health there, in plain HTTP")
      ->type_name("[ADDRESS:]PORT");
  app.add_option("--access-log", arguments.access_log, "a line of JSON for each request; - for standard output")
      ->type_name("FILE");
  app.add_option("--directory", arguments.directory,
                 "where throw-away certificates are made and kept (default: a folder of your runtime directory)")
      ->type_name("DIR");
  app.add_option("--name", arguments.names, "one more host name or address for the throw-away server certificate")
      ->type_name("HOST")
      ->allow_extra_args(false);
  app.add_flag("--throw-away-certificates", arguments.throw_away,
               "use throw-away certificates in place of those that the configuration names");
  app.add_option("--fault", arguments.fault, "serve with this fault, to test clients; see below")->type_name("NAME");
  app.add_flag("--force", arguments.force, "serve a configuration in spite of findings of severity error");
  app.add_flag("--strict", arguments.strict, "refuse to start where this OpenSSL cannot do all that the gateway does");
  app.add_flag("--no-watch", arguments.no_watch, "reload on SIGHUP alone, not when a file changes");
  add_limits(app, arguments);
}

net::Address listen_address(const std::string& option, const std::string& text, bool unsafe) {
  const std::size_t colon = text.rfind(':');
  std::string host = colon == std::string::npos ? std::string() : text.substr(0, colon);
  const auto port = parse_port(colon == std::string::npos ? text : std::string_view(text).substr(colon + 1));
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.empty()) host = "127.0.0.1";
  if (host == "localhost") host = "127.0.0.1";
  const auto address = port ? net::parse_ip(host, *port) : std::nullopt;
  if (!address)
    throw UsageError(
        fmt::format("{}: '{}' is no address and port; write 127.0.0.1:8443, [::1]:8443 or 8443", option, text));
  if (!unsafe && !net::is_loopback(*address))
    throw UsageError(
        fmt::format("{}: {} can be reached from other machines; --unsafe-listen allows that", option, text));
  return *address;
}

serve::ServeOptions serve_options(const ServeArguments& arguments) {
  serve::ServeOptions options;
  options.fault = fault_option(arguments.fault);
  options.threads = arguments.threads;
  options.ipv6 = has_ipv6();
  for (const std::string& text : arguments.listen)
    options.listen.push_back(listen_address("--listen", text, arguments.unsafe_listen));
  set(arguments.connections, options.connections);
  set(arguments.handshakes, options.handshakes);
  set(arguments.streams, options.inbound.concurrent_streams);
  set(arguments.head_kilobytes * 1024, options.inbound.head_bytes);
  options.inbound.body_bytes = arguments.body_megabytes << 20;
  set(arguments.handshake_seconds, options.handshake_timeout);
  set(arguments.head_seconds, options.inbound.head_timeout);
  set(arguments.idle_seconds, options.inbound.idle_timeout);
  for (serve::HttpLimits* limits : {&options.inbound, &options.outbound}) {
    set(arguments.body_seconds, limits->body_timeout);
    set(arguments.body_seconds, limits->write_timeout);
  }
  set(arguments.lifetime_seconds, options.lifetime);
  set(arguments.connect_seconds, options.upstream_connect_timeout);
  set(arguments.response_seconds, options.upstream_response_timeout);
  set(arguments.drain_seconds, options.drain);
  return options;
}

}  // namespace tlsward::cli
