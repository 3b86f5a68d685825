// tlsward-probe/1, read back: one JSON object to one HostResult. The writer is probe_json.cc.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/result.h"
#include "probe/result.h"

namespace tlsward::report {

/// Owns the rule ids of findings that were read: Finding only points to its rule's. Must outlive the results.
class RuleIds {
 public:
  /// The id, for as long as this object lives. Nullopt where it is longer than 100 bytes, or the 10,001st of its kind:
  /// no tlsward has that many rules.
  std::optional<std::string_view> keep(std::string_view id);

 private:
  std::set<std::string, std::less<>> ids_;
};

/// The result in `text`, one JSON object with schema "tlsward-probe/1" whose nesting the caller has bounded. Fields
/// that are not known are ignored, and so are those that are computed from others; missing ones are empty, but for host
/// and port. Errors: no JSON, a field of the wrong type, a word or number that no such field has, unreasonably long
/// lists.
Result<probe::HostResult> read_probe_result(std::string_view text, RuleIds& rules);

}  // namespace tlsward::report
