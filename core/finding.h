// A finding is plain data: renderers know no rules, rules know no renderers.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/source.h"

namespace tlsward {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// How sure a finding is. Medium: a guessed gateway version decides. Low: an unresolved value takes part.
enum class Confidence : std::uint8_t { Low, Medium, High };

/// "error", "warning", "info".
std::string_view name(Severity severity);
/// "high", "medium", "low".
std::string_view name(Confidence confidence);

/// A live endpoint that was probed.
struct Endpoint {
  std::string endpoint;           // as people call it: "api.example:443", "[::1]:8443"
  std::string address;            // IP address that was asked, without port; empty where there was none
  std::string probed;             // when, RFC 3339: "2026-11-22T10:00:00Z"
  std::int64_t milliseconds = 0;  // how long that took; 0: not known
  std::string part = {};          // what of it: "certificate chain (RSA)"; empty: all of it
  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// A second place with a word on what it has to do with the finding.
struct Label {
  Span where;
  std::string text;
};

/// Replaces the bytes of `where` by `text`.
struct Edit {
  Span where;
  std::string text;
};

/// A change that mends the finding. Safe: every effective context stays as it is, or becomes what the written value
/// plainly says where the gateway today ignores or refuses that value.
struct Fix {
  std::string title;
  bool safe = false;
  std::vector<Edit> edits;
};

/// Somebody wrote down that a finding is accepted: it is told, and does not count.
struct Suppression {
  bool in_source = false;            // beside what it is about; else in .tlsward.yaml
  std::string reason, owner, until;  // as written; empty where not given. until: "2027-01-31"
};

struct Finding {
  std::string_view rule;
  Severity severity = Severity::Warning;
  Confidence confidence = Confidence::High;
  std::variant<Span, Endpoint> place;
  /// Text printed under the caret of the main place; may be empty.
  std::string label;
  /// Stable name of what it is about: "tls", "PolicyBinding/mtls-outbound". Part of the fingerprint.
  std::string subject;
  /// The offending value where the text at the place is not it: of a certificate what is known of it, of an absent
  /// setting what its default lets in. In words that stay when messages are reworded: part of the fingerprint.
  std::string value = {};
  /// One sentence, lower case, no full stop: actual value first, then the limit, then what is accepted.
  std::string message;
  std::vector<Label> related;
  std::vector<std::string> notes;
  std::optional<Fix> fix;
  std::optional<Suppression> suppressed = {};
  bool baseline = false;  // was there when the baseline was written; does not count
};

/// True where the finding is neither suppressed nor in the baseline.
inline bool counts(const Finding& finding) {
  return !finding.suppressed && !finding.baseline;
}

/// The span of a finding in a file; no place for one of an endpoint.
inline Span span_of(const Finding& finding) {
  const Span* span = std::get_if<Span>(&finding.place);
  return span ? *span : Span{};
}

}  // namespace tlsward
