#include "report/sarif_parts.h"

#include <fmt/format.h>

#include <cctype>
#include <nlohmann/json.hpp>

#include "report/tool.h"

namespace tlsward::report {

using Json = nlohmann::ordered_json;

std::string_view sarif_level(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "error";
    case Severity::Warning:
      return "warning";
    case Severity::Info:
      break;
  }
  return "note";
}

std::string sarif_uri(std::string_view path) {
  std::string result;
  if (path.starts_with('/')) result = "file://";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain =
        (byte < 0x80 && std::isalnum(byte) != 0) || std::string_view("-._~/").find(c) != std::string_view::npos;
    result += plain ? std::string(1, c) : fmt::format("%{:02X}", byte);
  }
  return result;
}

Json sarif_place(const Endpoint& endpoint) {
  Json logical = {{"name", endpoint.endpoint}, {"fullyQualifiedName", endpoint.endpoint}, {"kind", "resource"}};
  if (!endpoint.part.empty()) logical["fullyQualifiedName"] = fmt::format("{}/{}", endpoint.endpoint, endpoint.part);
  return {{"physicalLocation",
           {{"artifactLocation", {{"uri", sarif_uri(endpoint.endpoint)}}}, {"region", {{"startLine", 1}}}}},
          {"logicalLocations", Json::array({std::move(logical)})}};
}

Json sarif_rule(const lint::Rule& rule) {
  Json result = {{"id", rule.id},
                 {"shortDescription", {{"text", rule.summary}}},
                 {"fullDescription", {{"text", rule.why}}},
                 {"help", {{"text", fmt::format("{}\n\nFix: {}", rule.why, rule.fix)}}},
                 {"defaultConfiguration", {{"level", sarif_level(rule.severity)}}}};
  const std::string url = help_url(rule);
  if (!url.empty()) result["helpUri"] = url;
  result["properties"] = {{"tags", {"security", std::string(lint::group(rule.id))}}};
  return result;
}

std::string sarif_message(const Finding& finding) {
  std::string text = finding.message;
  for (const std::string& note : finding.notes) text += "\nnote: " + note;
  return text;
}

Json sarif_tool(Json rules) {
  return {{"driver", {{"name", "tlsward"}, {"semanticVersion", tool_version()}, {"rules", std::move(rules)}}}};
}

}  // namespace tlsward::report
