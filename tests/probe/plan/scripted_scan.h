// A scan of a scripted server, in rounds: all questions that wait are answered together, and what they lead to waits
// for the next round.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "probe/plan/scan_plan.h"
#include "tests/probe/plan/scripted_server.h"

namespace tlsward::tests {

/// A question that was asked.
struct Asked {
  probe::Ask ask;
  probe::Answer answer;
  int round = 0;                // 1 is the first
  std::size_t hello_bytes = 0;  // of its ClientHello as it goes out, record header included; 0: no hello of ours

  /// The hello, or nullptr.
  const tls::wire::ClientHello* hello() const;
  bool is_about(const std::string& words) const { return ask.purpose.find(words) != std::string::npos; }
};

/// How to scan.
struct ScriptedScan {
  bool all = false;
  std::string server_name = "www.example.org";
  std::shared_ptr<const net::ClientIdentity> identity = {};
  std::int64_t now_seconds = 0;
  /// Changes the answer to a question; `number` counts from 0. May be empty.
  std::function<void(const probe::Ask&, std::size_t number, probe::Answer&)> meddle = {};
};

/// What came of it.
struct Scanned {
  probe::HostResult result;
  std::vector<probe::RawChain> chains;
  std::vector<tls::wire::Bytes> client_ca_names;
  std::vector<std::string> explained;
  std::vector<Asked> asked;
  int rounds = 0;

  std::size_t connections() const { return asked.size(); }
  /// The versions with this verdict, from the newest: "TLS 1.3, TLS 1.2".
  std::string versions(probe::Verdict verdict) const;
  /// "c02f c030"; "" where there is no list.
  std::string suites(tls::Version version) const;
  std::string groups(tls::Version version) const;
  probe::Told told(tls::Version version) const;
  probe::Told told(probe::Question question) const;
  /// Questions whose purpose has these words.
  std::vector<Asked> about(const std::string& words) const;
};

/// Fails the test where the plan does not end within 2,000 questions.
Scanned scan(const ScriptedServer& server, const ScriptedScan& how = {});
/// Runs `part` alone, on a result that is there already.
Scanned scan_part(const ScriptedServer& server, probe::HostResult result, tlsward::Task<void> (*part)(probe::ScanPlan&),
                  const ScriptedScan& how = {});

/// An answer that tells nothing.
probe::Answer no_answer(probe::Seen seen);
/// Some client certificate.
std::shared_ptr<const net::ClientIdentity> some_identity();

}  // namespace tlsward::tests
