#include "report/tool.h"

namespace tlsward::report {

std::string_view tool_version() {
  return TLSWARD_VERSION;
}

std::string_view rules_edition() {
  return "2026-11";
}

std::string help_url(const lint::Rule& rule) {
  constexpr std::string_view kBase = TLSWARD_DOCS_URL;
  if (!kBase.empty()) return std::string(kBase) + "/" + std::string(rule.id) + ".md";
  return rule.cites.empty() ? std::string() : std::string(rule.cites.front().url);
}

}  // namespace tlsward::report
