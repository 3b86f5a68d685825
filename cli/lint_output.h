// Where the report of lint goes, in which formats.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/output_files.h"
#include "lint/run.h"
#include "report/format.h"

namespace tlsward::cli {

struct Output {
  const report::Format* format = nullptr;
  std::string file;  // empty: stdout
};

/// What a value of --format begins with: "auto" and the names of the formats.
std::vector<std::string_view> format_names();

/// The values of --format: "full", "sarif=out.sarif", "auto". Throws UsageError with `origin`, who gave them.
std::vector<Output> outputs(const std::vector<std::string>& formats, std::string_view origin);

/// The files among them, with what they are for.
std::vector<FileUse> output_files(const std::vector<Output>& outputs);

struct OutputOptions {
  std::string color = "auto";
  bool quiet = false;         // no summary on stderr
  bool statistics = false;    // how often each rule found something, on stderr
  bool has_baseline = false;  // as Report::has_baseline
};

/// Writes the report everywhere, with the fingerprint of each finding. kIncomplete where something could not be
/// written, which is told.
int write_report(const lint::Run& run, std::vector<std::string> fingerprints, const std::vector<Output>& outputs,
                 const OutputOptions& options);

}  // namespace tlsward::cli
