#include "report/ignores.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/print.h"
#include "core/width.h"
#include "report/counted.h"
#include "report/json_parts.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

std::string place_text(const SourceMap& sources, Span where) {
  const Position at = sources.position(where.file, where.begin);
  return fmt::format("{}:{}:{}", sources.path(where.file), at.line, at.column);
}

std::string details(const lint::WrittenSuppression& written) {
  std::string text;
  if (!written.until.empty()) text += fmt::format(" until={}", written.until);
  if (!written.owner.empty()) text += fmt::format(" owner={}", written.owner);
  return text + (written.reason.empty() ? "  (no reason)" : "  " + written.reason);
}

Json text_or_null(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json ignore_json(const SourceMap& sources, const lint::WrittenSuppression& written, Span where) {
  return {{"rule", nullptr},
          {"state", nullptr},
          {"kind", written.in_source ? "inSource" : "external"},
          {"place", json_place(sources, where)},
          {"reason", text_or_null(written.reason)},
          {"owner", text_or_null(written.owner)},
          {"until", text_or_null(written.until)}};
}

}  // namespace

void write_ignores_text(const lint::Run& run, std::FILE* out) {
  std::size_t all = 0, not_understood = 0;
  for (const lint::WrittenSuppression& written : run.suppressions) {
    if (written.flaw != lint::Flaw::None) {
      ++all;
      ++not_understood;
      print_to(out, "{}: not understood: {}\n", printable(place_text(run.sources, written.where)),
               printable(written.problem));
      continue;
    }
    for (const lint::SuppressedRule& rule : written.rules) {
      ++all;
      print_to(out, "{}: {} ({}){}\n", printable(place_text(run.sources, rule.where)), printable(rule.id),
               name(rule.state), printable(details(written)));
    }
  }
  print_to(out, "{} in {}{}\n", all == 0 ? "no suppressions" : counted(all, "suppression"), counted(run.files, "file"),
           not_understood == 0 ? "" : fmt::format("; {} not understood", not_understood));
}

void write_ignores_json(const lint::Run& run, std::FILE* out) {
  Json document = {{"schema", "tlsward-ignores/1"}, {"ignores", Json::array()}};
  for (const lint::WrittenSuppression& written : run.suppressions) {
    if (written.flaw != lint::Flaw::None) {
      Json one = ignore_json(run.sources, written, written.where);
      one["problem"] = written.problem;
      document["ignores"].push_back(std::move(one));
      continue;
    }
    for (const lint::SuppressedRule& rule : written.rules) {
      Json one = ignore_json(run.sources, written, rule.where);
      one["rule"] = rule.id;
      one["state"] = name(rule.state);
      document["ignores"].push_back(std::move(one));
    }
  }
  write_json_document(document, out);
}

}  // namespace tlsward::report
