#!/usr/bin/env bash
# Writes rules/all.cc: the list of every rule file, ascending by id.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

ids=$(find rules -mindepth 2 -name '*.cc' | sed -e 's|^rules/||' -e 's|\.cc$||' | tr _ - | LC_ALL=C sort)
{
  cat <<'HEAD'
// Every rule, ascending by id; written by tools/list-rules.sh. No self-registration: a linker may drop what nobody names.
#include "rules/all.h"

#include <algorithm>
#include <array>

namespace tlsward::rules {

HEAD
  for id in $ids; do
    echo "namespace ${id//[\/-]/_} {"
    echo "extern const lint::Rule rule;"
    echo "}"
  done
  cat <<'MIDDLE'

namespace {

constexpr std::array kRules = {
MIDDLE
  for id in $ids; do echo "    &${id//[\/-]/_}::rule,"; done
  cat <<'TAIL'
};

}  // namespace

std::span<const lint::Rule* const> all() { return kRules; }

const lint::Rule* find(std::string_view id) {
  const auto found =
      std::lower_bound(kRules.begin(), kRules.end(), id, [](const lint::Rule* r, std::string_view v) { return r->id < v; });
  return found != kRules.end() && (*found)->id == id ? *found : nullptr;
}

}  // namespace tlsward::rules
TAIL
} >rules/all.cc
clang-format -i rules/all.cc 2>/dev/null || true
