#include "report/baseline.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "report/secret.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view kSchema = "tlsward-baseline/2";
/// Told certificates by their paths and items of lists by their numbers.
constexpr std::string_view kFirstSchema = "tlsward-baseline/1";
constexpr std::string_view kFamily = "tlsward-baseline/";
constexpr std::size_t kLongest = 200;

/// The text at `where` where it is one line, short and surely no secret.
std::optional<std::string> shown_value(const SourceMap& sources, Span where) {
  const std::string_view text = sources.text(where.file);
  const std::string_view value = sources.text(where);
  if (value.size() > kLongest || value.find_first_of("\r\n") != std::string_view::npos) return std::nullopt;
  const std::size_t before = where.begin == 0 ? std::string_view::npos : text.rfind('\n', where.begin - 1);
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  const std::size_t end = std::min(text.find('\n', where.end), text.size());
  const std::string masked = masked_line(text, begin, end);
  if (masked.substr(where.begin - begin, value.size()) != value) return std::nullopt;
  return std::string(value);
}

std::optional<std::string> value_of(const lint::Run& run, const Finding& finding, const lint::Identity& identity) {
  if (!identity.endpoint && finding.value.empty()) return shown_value(run.sources, span_of(finding));
  if (identity.value.size() > kLongest) return std::nullopt;
  return std::string(identity.value);
}

Json entry_json(const lint::BaselineEntry& entry) {
  Json result;
  result["rule"] = entry.rule;
  result[entry.endpoint ? "endpoint" : "path"] = entry.path;
  result["subject"] = entry.subject;
  result["value"] = entry.value ? Json(*entry.value) : Json(nullptr);
  result["ordinal"] = entry.ordinal;
  result["fingerprint"] = entry.fingerprint;
  return result;
}

bool is_text(const Json& entry, const char* key) {
  return entry.contains(key) && entry[key].is_string();
}

std::optional<lint::BaselineEntry> read_entry(const Json& json) {
  if (!json.is_object() || !is_text(json, "rule") || !is_text(json, "subject") || !is_text(json, "fingerprint"))
    return std::nullopt;
  if (!json.contains("ordinal") || !json["ordinal"].is_number_unsigned()) return std::nullopt;
  lint::BaselineEntry entry;
  entry.endpoint = is_text(json, "endpoint");
  if (entry.endpoint == is_text(json, "path")) return std::nullopt;
  entry.path = json[entry.endpoint ? "endpoint" : "path"].get<std::string>();
  entry.rule = json["rule"].get<std::string>();
  entry.subject = json["subject"].get<std::string>();
  if (is_text(json, "value")) entry.value = json["value"].get<std::string>();
  entry.ordinal = json["ordinal"].get<std::size_t>();
  entry.fingerprint = json["fingerprint"].get<std::string>();
  return entry;
}

}  // namespace

std::vector<lint::BaselineEntry> baseline_of(const lint::Run& run, const std::string& root) {
  std::vector<lint::BaselineEntry> entries;
  const std::vector<lint::Identity> all = lint::identities(run, root);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Finding& finding = run.findings[i];
    if (finding.suppressed || lint::group(finding.rule) == "suppress") continue;
    lint::BaselineEntry& entry = entries.emplace_back();
    entry.path = all[i].path;
    entry.endpoint = all[i].endpoint;
    entry.rule = all[i].rule;
    entry.subject = all[i].subject;
    entry.value = value_of(run, finding, all[i]);
    entry.ordinal = all[i].ordinal;
    entry.fingerprint = all[i].fingerprint;
  }
  return entries;
}

std::string baseline_text(std::vector<lint::BaselineEntry> entries) {
  std::sort(entries.begin(), entries.end());
  Json document = {{"schema", kSchema}, {"entries", Json::array()}};
  for (const lint::BaselineEntry& entry : entries) document["entries"].push_back(entry_json(entry));
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Result<std::vector<lint::BaselineEntry>> parse_baseline(std::string_view text) {
  const Json document = Json::parse(text, nullptr, false);
  if (document.is_discarded()) return Error{"is no JSON text"};
  if (!document.is_object() || !is_text(document, "schema"))
    return Error{fmt::format("has no \"schema\"; a baseline has \"{}\"", kSchema)};
  const std::string schema = document["schema"].get<std::string>();
  if (schema != kSchema)
    return Error{fmt::format("has the schema '{}'; '{}' is what this tlsward reads{}", schema.substr(0, 60), kSchema,
                             schema == kFirstSchema ? "; write it anew with --write-baseline" : "")};
  if (!document.contains("entries") || !document["entries"].is_array()) return Error{"has no list \"entries\""};
  std::vector<lint::BaselineEntry> entries;
  for (const Json& json : document["entries"]) {
    std::optional<lint::BaselineEntry> entry = read_entry(json);
    if (!entry)
      return Error{
          fmt::format("has a broken entry {}; each has rule, path or endpoint, subject, value, ordinal and fingerprint",
                      entries.size() + 1)};
    entries.push_back(std::move(*entry));
  }
  return entries;
}

bool is_baseline(std::string_view text) {
  const Json document = Json::parse(text, nullptr, false);
  if (!document.is_discarded())
    return document.is_object() && is_text(document, "schema") &&
           document["schema"].get<std::string>().starts_with(kFamily);
  const bool merged = text.starts_with('{') || text.starts_with("<<<<<<< ");
  return merged && text.find(fmt::format("\"schema\": \"{}", kFamily)) != std::string_view::npos;
}

}  // namespace tlsward::report
