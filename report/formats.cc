#include <algorithm>
#include <array>

#include "report/format.h"

namespace tlsward::report {
namespace {

constexpr std::array kFormats = {
    Format{"full", false, write_full},
    Format{"concise", false, write_concise},
    Format{"json", true, write_json},
    // The version of the JSON shape that stays when `json` moves on.
    Format{"json-1", true, write_json},
    Format{"ndjson", true, write_ndjson},
    Format{"sarif", true, write_sarif},
    Format{"github", true, write_github},
    Format{"gitlab", true, write_gitlab},
    Format{"junit", true, write_junit},
    Format{"checkstyle", true, write_checkstyle},
};

}  // namespace

std::span<const Format> formats() {
  return kFormats;
}

const Format* find_format(std::string_view name) {
  const auto found = std::find_if(kFormats.begin(), kFormats.end(), [&](const Format& f) { return f.name == name; });
  return found == kFormats.end() ? nullptr : &*found;
}

const lint::Rule* find_rule(std::span<const lint::Rule* const> rules, std::string_view id) {
  const auto found = std::lower_bound(rules.begin(), rules.end(), id,
                                      [](const lint::Rule* r, std::string_view v) { return r->id < v; });
  return found != rules.end() && (*found)->id == id ? *found : nullptr;
}

const lint::Rule* Report::rule(std::string_view id) const {
  return find_rule(rules, id);
}

}  // namespace tlsward::report
