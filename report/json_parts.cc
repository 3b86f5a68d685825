#include "report/json_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>

#include "core/print.h"
#include "core/width.h"
#include "report/secret.h"
#include "report/tool.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

Json json_position(const SourceMap& sources, FileId file, std::uint32_t offset) {
  const Position at = sources.position(file, offset);
  return {{"line", at.line}, {"column", at.column}, {"offset", offset}};
}

Json fix(const Finding& finding) {
  if (!finding.fix) return nullptr;
  Json result = {{"title", finding.fix->title}, {"safe", finding.fix->safe}, {"edits", Json::array()}};
  if (writes_secret(*finding.fix)) {
    result["withheld"] = "the new text holds a secret; tlsward lint --fix writes it";
    return result;
  }
  for (const Edit& edit : finding.fix->edits)
    result["edits"].push_back({{"start", edit.where.begin}, {"end", edit.where.end}, {"text", edit.text}});
  return result;
}

Json cites(const lint::Rule* rule) {
  Json list = Json::array();
  if (rule == nullptr) return list;
  for (const lint::Cite& cite : rule->cites)
    list.push_back({{"title", cite.title}, {"section", cite.section}, {"url", cite.url}});
  return list;
}

constexpr int kIndent = 2;

/// JSON text of one line or several. Outside of ASCII, what acts on a terminal is escaped: the value stays the same.
std::string text_of(const Json& value, int indent) {
  std::string text = value.dump(indent, ' ', false, Json::error_handler_t::replace);
  const auto beyond = std::find_if(text.begin(), text.end(), [](unsigned char c) { return c >= 0x7F; });
  if (beyond == text.end()) return text;
  std::string result(text.begin(), beyond);
  for (std::string_view rest = std::string_view(text).substr(result.size()); !rest.empty();) {
    const CodePoint point = first_code_point(rest);
    if (point.value >= 0x7F && acts_on_terminal(point.value))
      result += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(point.value));
    else
      result += rest.substr(0, point.bytes);
    rest.remove_prefix(point.bytes);
  }
  return result;
}

std::string new_line(int depth) {
  return "\n" + std::string(static_cast<std::size_t>(depth * kIndent), ' ');
}

// A line break in the text is always layout: inside a string JSON writes it as \n.
std::string indented(const Json& value, int depth) {
  const std::string text = text_of(value, kIndent);
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += new_line(depth);
    } else {
      result += c;
    }
  }
  return result;
}

}  // namespace

Json json_tool() {
  return {{"name", "tlsward"}, {"version", tool_version()}, {"rules", rules_edition()}};
}

Json json_place(const SourceMap& sources, Span where) {
  if (!where.known()) return nullptr;
  return {{"path", sources.path(where.file)},
          {"start", json_position(sources, where.file, where.begin)},
          {"end", json_position(sources, where.file, where.end)}};
}

Json json_place(const Endpoint& endpoint) {
  Json result = {{"endpoint", endpoint.endpoint},
                 {"address", endpoint.address},
                 {"probed", endpoint.probed},
                 {"milliseconds", endpoint.milliseconds}};
  if (!endpoint.part.empty()) result["part"] = endpoint.part;
  return result;
}

namespace {

Json suppression(const Finding& finding) {
  if (!finding.suppressed) return nullptr;
  const Suppression& given = *finding.suppressed;
  const auto text = [](const std::string& value) { return value.empty() ? Json(nullptr) : Json(value); };
  return {{"kind", given.in_source ? "inSource" : "external"},
          {"reason", text(given.reason)},
          {"owner", text(given.owner)},
          {"until", text(given.until)}};
}

}  // namespace

Json json_finding(const SourceMap& sources, const Finding& finding, const lint::Rule* rule,
                  std::string_view fingerprint, Json place) {
  Json related = Json::array();
  for (const Label& label : finding.related)
    related.push_back({{"text", label.text}, {"place", json_place(sources, label.where)}});
  Json result = {{"rule", finding.rule},
                 {"severity", name(finding.severity)},
                 {"confidence", name(finding.confidence)},
                 {"message", finding.message},
                 {"subject", finding.subject},
                 {"fingerprint", fingerprint},
                 {"place", std::move(place)},
                 {"related", std::move(related)},
                 {"notes", finding.notes},
                 {"cites", cites(rule)},
                 {"fix", fix(finding)},
                 {"suppressed", suppression(finding)},
                 {"baseline", finding.baseline},
                 {"docs", rule == nullptr ? std::string() : help_url(*rule)}};
  if (!finding.value.empty()) result["value"] = finding.value;
  return result;
}

void write_json_document(const Json& document, std::FILE* out) {
  print_to(out, "{}\n", text_of(document, kIndent));
}

void write_json_element(const Json& element, int depth, bool first, std::FILE* out) {
  print_to(out, "{}{}{}", first ? "" : ",", new_line(depth), indented(element, depth));
}

void write_json_member(std::string_view key, const Json& value, int depth, std::FILE* out) {
  print_to(out, ",{}\"{}\": {}", new_line(depth), key, indented(value, depth));
}

void write_json_line(const Json& document, std::FILE* out) {
  print_to(out, "{}\n", json_line(document));
}

std::string json_line(const Json& document) {
  return text_of(document, -1);
}

}  // namespace tlsward::report
