#include "lint/rule.h"

#include <algorithm>
#include <tuple>

namespace tlsward::lint {

const gateways::Claimed* InputSet::claimed(Span where) const {
  // Documents stand in the order of their files and in their files.
  const auto after = std::upper_bound(
      documents.begin(), documents.end(), where, [](const Span& place, const gateways::Claimed& claimed) {
        return std::make_tuple(place.file, place.begin) <
               std::make_tuple(claimed.document->file, claimed.document->root.where.begin);
      });
  if (after != documents.begin()) {
    const auto found = std::prev(after);
    if (found->document->file == where.file) return &*found;
  }
  // In front of the first document of a file stand its comments.
  return after != documents.end() && after->document->file == where.file ? &*after : nullptr;
}

std::string_view group(std::string_view rule_id) {
  return rule_id.substr(0, rule_id.find('/'));
}

}  // namespace tlsward::lint
