// The output formats of lint: one file each, listed in formats.cc.
#pragma once

#include <cstdio>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lint/run.h"

namespace tlsward::report {

/// Everything a format may print. Plain references: the caller owns what they point to.
struct Report {
  const lint::Run& run;
  std::span<const lint::Rule* const> rules;
  /// One per finding, in their order (lint::fingerprints).
  std::vector<std::string> fingerprints;
  bool color = false;
  /// Terminal hyperlinks (OSC 8) may be written.
  bool links = false;
  /// Absolute paths: the folder that relative paths of the run begin at, and that of the repository around it. Empty:
  /// not known.
  std::string folder = {}, repository = {};
  /// The findings were compared with a baseline: those that are not in it are new.
  bool has_baseline = false;

  /// The rule of a finding, or nullptr.
  const lint::Rule* rule(std::string_view id) const;
};

/// The rule with this id, or nullptr. `rules` are in the order of their ids.
const lint::Rule* find_rule(std::span<const lint::Rule* const> rules, std::string_view id);

struct Format {
  std::string_view name;
  /// Text for people ends with the summary line; machine formats are one document and nothing else.
  bool machine;
  void (*write)(const Report&, std::FILE*);
};

std::span<const Format> formats();
/// By name, or nullptr.
const Format* find_format(std::string_view name);

void write_full(const Report& report, std::FILE* out);
void write_concise(const Report& report, std::FILE* out);
void write_json(const Report& report, std::FILE* out);
void write_ndjson(const Report& report, std::FILE* out);
void write_sarif(const Report& report, std::FILE* out);
void write_github(const Report& report, std::FILE* out);
void write_gitlab(const Report& report, std::FILE* out);
void write_junit(const Report& report, std::FILE* out);
void write_checkstyle(const Report& report, std::FILE* out);

/// The findings that count as a Markdown table, the gravest first, for the summary page of a GitHub job, where only ten
/// annotations of a step are shown. What would make it longer than `most` bytes is left out and counted; the few lines
/// around the table are there in any case.
std::string github_summary(const Report& report, std::size_t most);

/// "    12  tls/weak-cipher", one line for each rule that found something, the most frequent first.
std::string statistics(const lint::Run& run);

/// "3 errors, 1 warning in 2 of 14 files; 1 ignored, 4 in baseline; 2 fixable (1 safe)"; "2 warnings in 1 of 3
/// endpoints".
std::string summary(const lint::Run& run);

}  // namespace tlsward::report
