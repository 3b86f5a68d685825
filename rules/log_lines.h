// Log lines of failed handshakes, with their real causes: `tlsward explain 'tls: …'`.
#pragma once

#include <span>
#include <string_view>
#include <vector>

namespace tlsward::rules {

/// One message of Go's crypto/tls and net/http (the servers behind KrakenD and Tyk) as it ends a log line.
struct LogLine {
  std::string_view text;                  // the part that is always the same
  std::string_view cause;                 // what happened, in sentences
  std::vector<std::string_view> look_at;  // what to check, one step each
  std::vector<std::string_view> rules;    // related rule ids
};

std::span<const LogLine> log_lines();
/// The entry whose text stands in `line` (the longest one, letter case ignored), or nullptr.
const LogLine* find_log_line(std::string_view line);

}  // namespace tlsward::rules
