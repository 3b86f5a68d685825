// The examples of rules as runs of lint: markers cut off, certificates made, options read.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "lint/options.h"
#include "lint/rule.h"
#include "lint/run.h"
#include "tests/temporary_directory.h"

namespace tlsward::tests {

/// 2026-11-22, the day that every example is judged on.
tls::Time reference_date();

/// A line where a rule must fire.
struct Marker {
  std::string path;
  std::size_t line = 0;
  std::string rule;
  friend auto operator<=>(const Marker&, const Marker&) = default;
};

/// An example as files in a directory of its own. Relative paths in a configuration are meant from there, so `run`
/// changes the working directory meanwhile.
class PreparedExample {
 public:
  /// Error: a recipe, an option or a gateway that nobody knows, or `{{pem:NAME}}` without a recipe of that name.
  static Result<std::unique_ptr<PreparedExample>> make(const lint::Example& example);

  std::unique_ptr<lint::Run> run(std::span<const lint::Rule* const> rules) const;

  /// Of all files, sorted.
  const std::vector<Marker>& markers() const { return markers_; }
  /// The text of a file as it is linted, to be changed by fixes; nullptr where there is no such input.
  std::string* text(std::string_view path);

 private:
  PreparedExample() = default;

  TemporaryDirectory directory_;
  std::vector<lint::InputFile> files_;
  std::vector<Marker> markers_;
  lint::Options options_;
};

/// Where a run's findings of one rule stand, sorted; one entry per finding.
std::vector<Marker> places(const lint::Run& run, std::string_view rule);

}  // namespace tlsward::tests
