#include "lint/repeated_keys.h"

#include <algorithm>
#include <string_view>

namespace tlsward::lint {
namespace {

constexpr std::string_view kOwnRule = "config/duplicate-key";

bool overlap(const Span& a, const Span& b) {
  return a.file == b.file && a.begin < b.end && b.begin < a.end;
}

}  // namespace

void drop_fixes_of_repeated_keys(std::vector<Finding>& findings, const std::deque<Document>& documents) {
  std::vector<Span> keys;
  for (const Document& document : documents) {
    for (const DuplicateKey& duplicate : document.duplicates) {
      keys.push_back(duplicate.first);
      keys.push_back(duplicate.second);
    }
  }
  if (keys.empty()) return;
  const auto changes_key = [&](const Edit& edit) {
    return std::any_of(keys.begin(), keys.end(), [&](const Span& key) { return overlap(edit.where, key); });
  };
  for (Finding& finding : findings) {
    if (!finding.fix || finding.rule == kOwnRule) continue;
    if (std::any_of(finding.fix->edits.begin(), finding.fix->edits.end(), changes_key)) finding.fix.reset();
  }
}

}  // namespace tlsward::lint
