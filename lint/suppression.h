// Suppressions as they were written: what they name, what they cover, and what came of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/source.h"
#include "lint/suppression_text.h"

namespace tlsward::lint {

enum class SuppressionState : std::uint8_t {
  Used,      // some finding is suppressed
  Unused,    // none is, and the rule was asked
  NotAsked,  // none is, and that may be because this run did not ask or did not read everything
  Expired,   // its date has passed: it holds no more
  Unknown,   // there is no such rule, or it cannot be suppressed
};

/// "used", "unused", "not asked", "expired", "unknown".
std::string_view name(SuppressionState state);

struct SuppressedRule {
  std::string id;
  Span where;  // the id itself; the whole suppression where it has no place of its own
  SuppressionState state = SuppressionState::NotAsked;
};

/// One comment, "@comment" text or entry of .tlsward.yaml.
struct WrittenSuppression {
  bool in_source = true;  // else in .tlsward.yaml
  Span where;             // the comment from its `#`, the text in its quotes, or the entry
  std::vector<Span> covers;
  bool line = false;        // covers what begins there; else what lies within
  bool whole_file = false;  // ignore-file, or an entry without `at`
  std::string missed_path;  // of an entry: its path, where the project is known to hold no such file
  std::vector<SuppressedRule> rules;
  std::string reason, owner, until;
  Flaw flaw = Flaw::None;
  std::string problem;        // in words where there is a flaw; then it holds for nothing
  std::vector<Edit> removal;  // takes it away; empty where that is not possible by itself
};

/// The suppressions in the documents of one file, in file order. Those of .tlsward.yaml are none of them.
std::vector<WrittenSuppression> read_suppressions(const SourceMap& sources, FileId file,
                                                  std::span<const Document> documents);

/// The member (with its key) or item that a JSON pointer (RFC 6901) names; no place where there is none.
Span at_pointer(const Node& root, std::string_view pointer);

}  // namespace tlsward::lint
