// Whom to scan: targets as people and files name them.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "net/starttls.h"

namespace tlsward::probe {

struct Target {
  std::string text;  // as given: "api.example:8443", "[::1]", "https://api.example/v1"
  std::string host;  // "api.example", "::1"
  std::uint16_t port = 443;
  bool port_given = false;
  std::optional<net::StartTls> starttls;  // by scheme ("smtp://mail.example"); nullopt: by port
  friend bool operator==(const Target&, const Target&) = default;
};

/// HOST, HOST:PORT, IPv4, [IPv6], [IPv6]:PORT, bare IPv6, or a URL whose scheme gives port and STARTTLS (https, smtp,
/// smtps, imap, …; path and query are ignored). International names become A-labels only where they are ASCII already;
/// others are an error that says so. Error: "port 70000 is out of range; 1 to 65535".
Result<Target> parse_target(std::string_view text, std::uint16_t default_port = 443);

/// A block of addresses: "192.0.2.0/24", "192.0.2.0/24:8443", "[2001:db8::]/120". Iterated lazily.
struct AddressBlock {
  std::string text;
  bool v6 = false;
  std::array<std::uint8_t, 16> first{};
  int prefix = 0;
  std::uint16_t port = 443;
  /// Number of addresses; at most 2^20 (parse refuses larger blocks).
  std::uint64_t size() const;
  Target at(std::uint64_t index) const;
};
/// Nullopt where there is no '/', an error where there is one and it is wrong.
std::optional<Result<AddressBlock>> parse_block(std::string_view text, std::uint16_t default_port = 443);

/// One line of a target file that could not be used.
struct TargetProblem {
  std::size_t line = 0;  // from 1
  std::string message;
};

/// Targets one after the other, from arguments and a file, without holding them all: blocks are counted through, a file
/// is read as it goes.
class TargetSource {
 public:
  /// `words`: targets and blocks from the command line, checked here: the first error is returned by `make`. `file`:
  /// may be null; must outlive the source. A line of a file is a target or block, blanks and what follows `#` are
  /// ignored; lines over 4 KiB are a problem.
  static Result<TargetSource> make(std::vector<std::string> words, std::istream* file, std::uint16_t default_port);
  /// The next target; nullopt at the end.
  std::optional<Target> next();
  /// Problems since the last call: they are reported and make exit code 3, the scan goes on.
  std::vector<TargetProblem> take_problems();
  /// How many targets there are, where that is known (no file, or a file that was read to its end).
  std::optional<std::uint64_t> total() const;
};

/// Part K of N (`--shard K/N`, K from 1): a stable hash of host and port decides, so that N machines with the same list
/// take each target exactly once, whatever its order.
struct Shard {
  std::uint32_t index = 1, count = 1;
};
/// "2/8". Error: "shard 9/8: K is 1 to N".
Result<Shard> parse_shard(std::string_view text);
/// True where `target` belongs to `shard`.
bool belongs(const Target& target, const Shard& shard);

}  // namespace tlsward::probe
