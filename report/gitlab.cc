// GitLab's code quality report: one array, a finding each.
// Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format (read 2026-11-22).
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "pki/sha256.h"
#include "report/format.h"
#include "report/json_parts.h"
#include "report/repository_path.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

std::string_view gitlab_severity(Severity severity) {
  switch (severity) {
    case Severity::Error:
      return "critical";
    case Severity::Warning:
      return "major";
    case Severity::Info:
      break;
  }
  return "info";
}

/// What is about no file gets the repository's own path.
std::string path_of(const Report& report, const std::string& path) {
  return path.empty() ? "." : repository_path(report, path);
}

/// An endpoint is no file; it stands in place of one, as GitLab wants a path.
Json location(const Report& report, const Finding& finding) {
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place))
    return {{"path", endpoint->endpoint}, {"lines", {{"begin", 1}}}};
  const Span where = span_of(finding);
  const SourceMap& sources = report.run.sources;
  const Position start = sources.position(where.file, where.begin);
  const Position end = sources.position(where.file, where.end);
  return {{"path", path_of(report, sources.path(where.file))}, {"lines", {{"begin", start.line}, {"end", end.line}}}};
}

Json error_entry(const Report& report, const lint::RunError& error) {
  return {{"description", error.message},
          {"check_name", "not-read"},
          {"fingerprint", pki::sha256_hex(error.path + '\n' + error.message)},
          {"severity", "blocker"},
          {"location", {{"path", path_of(report, error.path)}, {"lines", {{"begin", 1}}}}}};
}

}  // namespace

void write_gitlab(const Report& report, std::FILE* out) {
  Json entries = Json::array();
  for (std::size_t i = 0; i < report.run.findings.size(); ++i) {
    const Finding& finding = report.run.findings[i];
    if (!counts(finding)) continue;
    entries.push_back({{"description", finding.message},
                       {"check_name", finding.rule},
                       {"fingerprint", report.fingerprints[i]},
                       {"severity", gitlab_severity(finding.severity)},
                       {"location", location(report, finding)}});
  }
  for (const lint::RunError& error : report.run.errors) {
    if (!error.where.known()) entries.push_back(error_entry(report, error));
  }
  write_json_document(entries, out);
}

}  // namespace tlsward::report
