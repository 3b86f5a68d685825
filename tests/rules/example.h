// Examples of rules, made ready to be linted.
//
// A line that ends in `//~ rule/id` (JSON) or `#~ rule/id` (YAML) is where that rule must fire; several ids are
// separated by blanks. `{{pem:NAME}}` stands for the text of a recipe, `{{id:NAME}}` for the id that Tyk's
// certificate store gives its first certificate. A file under testdata/rules may begin with lines
// that say what an Example says in its other fields, so that they are the same in both formats:
//   //: gateway krakend@2.6           (or #: in YAML)
//   //: options --at 2026-11-22
//   //: recipe server.pem rsa:2048 cn=api.example with-key
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lint/policy_read.h"
#include "lint/rule.h"
#include "lint/run.h"
#include "tests/process.h"

namespace tlsward::tests {

/// A line where a rule must fire.
struct Marker {
  std::string file;
  std::size_t line = 0;
  std::string rule;
  friend auto operator<=>(const Marker&, const Marker&) = default;
};

/// An example with its markers cut off and its recipes written to a directory.
class PreparedExample {
 public:
  explicit PreparedExample(const lint::Example& example);
  /// A file of testdata/rules; `name` is what findings call it.
  PreparedExample(std::string name, std::string_view text);

  const std::vector<Marker>& markers() const { return markers_; }
  /// The markers of one rule, in order.
  std::vector<Marker> markers(std::string_view rule) const;
  /// Lints the files, or others in their place.
  std::unique_ptr<lint::Run> run() const { return run(files_); }
  std::unique_ptr<lint::Run> run(std::vector<lint::InputFile> files) const;
  /// `files`, which gave `run`, after all fixes of `findings`; one that overlaps with an earlier one is left out, as is
  /// one that is not safe where `only_safe`.
  static std::vector<lint::InputFile> fixed(std::vector<lint::InputFile> files, const lint::Run& run,
                                            const std::vector<const Finding*>& findings, bool only_safe);
  const std::vector<lint::InputFile>& files() const { return files_; }
  /// What they are judged by.
  const lint::Options& options() const { return options_; }

 private:
  struct Plan {
    std::string gateway, options;
    std::vector<std::pair<std::string, std::string>> recipes;  // name and spec, in order
  };
  void prepare(const Plan& plan);
  void add_file(std::string name, std::string_view text);
  void read_options(const std::string& text);
  static std::shared_ptr<const tls::Policy> built_in_policy(const std::string& name);

  std::unique_ptr<TemporaryDirectory> directory_;
  std::vector<lint::InputFile> files_;
  std::vector<Marker> markers_;
  std::map<std::string, std::string> made_;  // text of each recipe
  lint::Options options_;
};

/// Where the findings of `rule` are, in order, without doubles.
std::vector<Marker> places(const lint::Run& run, std::string_view rule);
/// The findings of `rule`.
std::vector<const Finding*> findings_of(const lint::Run& run, std::string_view rule);
/// "gateway.json:7 tls/weak-cipher", one a line: for messages of failed tests.
std::string text(const std::vector<Marker>& markers);

}  // namespace tlsward::tests
