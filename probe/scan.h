// A scan of one address: the plan asks, the network answers, the result tells.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/task.h"
#include "net/connect.h"
#include "net/loop.h"
#include "net/tls_client.h"
#include "pki/verify.h"
#include "probe/result.h"
#include "probe/target.h"
#include "tls/certificate.h"

namespace tlsward::probe {

/// How to scan. Shared by all hosts of a run; must outlive it.
struct ScanOptions {
  int max_connections = 10;                    // to one address at a time
  double rate = 0;                             // new connections a second to one address; 0: as many as it takes
  std::chrono::milliseconds delay{0};          // between two connections to one address
  std::chrono::milliseconds deadline{10'000};  // for one address
  std::chrono::milliseconds timeout{3'000};    // for one step: connect, hello, STARTTLS
  bool all = false;                            // every question, not just the usual ones
  bool starttls_by_port = true;
  std::optional<net::StartTls> starttls;
  std::optional<net::Proxy> proxy;
  std::optional<std::string> sni;  // empty text: send none; nullopt: the host, where it is a name
  net::Family family = net::Family::Any;
  bool all_addresses = false;
  std::shared_ptr<const net::ClientIdentity> identity;
  const pki::TrustAnchors* anchors = nullptr;
  tls::Time at{};  // dates of certificates are judged at this time
  /// Addresses for which this holds are passed over (the result has target, address and SNI): they are done. May be
  /// empty.
  std::function<bool(const HostResult&)> skip;
  /// --explain-plan: each question, its answer and what it settled, one line each. May be empty.
  std::function<void(const HostResult&, const std::string& line)> explain;
};

/// What SNI says to `target`; empty: nothing. An address in text is no server name (RFC 6066, 3).
std::string server_name(const Target& target, const ScanOptions& options);

/// Scans `target`: one result, or one for each address with `all_addresses`. Ends by the deadline, or soon after the
/// loop was interrupted; what is known by then is in the result, the rest is Unknown. Each result is given to `done` as
/// soon as it is there.
Task<void> scan(net::Loop& loop, Target target, const ScanOptions& options, std::function<void(HostResult)> done);

}  // namespace tlsward::probe
