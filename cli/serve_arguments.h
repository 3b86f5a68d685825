// The words of `tlsward serve`, and what they mean.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cli/input_options.h"
#include "net/address.h"
#include "serve/options.h"

namespace tlsward::cli {

struct ServeArguments {
  InputArguments input;
  std::vector<std::string> listen, names;
  std::string status, access_log, directory, fault;
  std::size_t threads = 1, connections = 0, handshakes = 0, head_kilobytes = 0, body_megabytes = 0, streams = 0;
  std::optional<double> handshake_seconds, head_seconds, idle_seconds, body_seconds, lifetime_seconds, connect_seconds,
      response_seconds, drain_seconds;
  bool unsafe_listen = false, strict = false, force = false, no_watch = false, throw_away = false;
};

/// Adds the options; `arguments` must outlive `app`.
void add_serve_options(CLI::App& app, ServeArguments& arguments);
/// Checks and converts them. Throws UsageError.
serve::ServeOptions serve_options(const ServeArguments& arguments);
/// "127.0.0.1:8443", "[::1]:8443", ":8443" (127.0.0.1), "8443". Throws UsageError; beyond loopback unless `unsafe`.
net::Address listen_address(const std::string& option, const std::string& text, bool unsafe);

}  // namespace tlsward::cli
