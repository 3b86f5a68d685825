// The options of tlsward probe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "cli/input_options.h"
#include "pki/verify.h"
#include "probe/scan.h"

namespace CLI {
class App;
}

namespace tlsward::cli {

/// The words of the command line, before they are checked.
struct ProbeArguments {
  std::vector<std::string> targets;
  std::string targets_file;
  std::uint16_t port = 443;
  std::string starttls = "auto", proxy, sni, certificate, key, trust = "system", shard, resume, at;
  std::string passphrase_file;
  bool no_sni = false, v4 = false, v6 = false, all_addresses = false, all = false, explain_plan = false;
  int max_connections = 10, concurrency = 100;
  double rate = 0, deadline_seconds = 10, timeout_seconds = 3, delay_seconds = 0;
  std::vector<std::string> formats;
  std::string fail_on = "warning", min_confidence = "medium", color = "auto";
  bool exit_zero = false, quiet = false;
  std::vector<std::string> select, ignore;
};

/// Adds the options; `arguments` must outlive `app`.
void add_probe_options(CLI::App& app, ProbeArguments& arguments);

/// What a scan needs, checked. `options` points into the other members.
struct PreparedScan {
  std::unique_ptr<pki::TrustAnchors> anchors;
  probe::ScanOptions options;
};
/// Throws UsageError.
PreparedScan prepare_scan(const ProbeArguments& arguments);

/// The moment at which dates are judged: --at, else now. Throws UsageError.
tls::Time probe_time(const ProbeArguments& arguments);

}  // namespace tlsward::cli
