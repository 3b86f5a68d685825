// One run of lint over files: read, detect, make contexts, ask the rules, put the findings in order.
#pragma once

#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/finding.h"
#include "core/source.h"
#include "lint/options.h"
#include "lint/rule.h"
#include "lint/suppression.h"

namespace tlsward::lint {

/// A file to lint. `error` is set where it could not be read ("permission denied").
struct InputFile {
  std::string path;  // as findings print it
  std::string text;
  std::string error;
  bool named = true;            // on the command line; else found by walking a directory
  bool skip_unclaimed = false;  // though named, it is passed over where no gateway claims it, like one that was found
  /// Files with the same number are judged together: everything named is set 0, each walked directory has its own.
  std::size_t set = 0;
};

/// What is known of an input that was read.
struct InputFacts {
  std::string path;
  std::string gateway;  // id, empty where none claimed it
  std::string version;  // "2.13"
  bool version_guessed = false;
  std::string detected_by;  // why it is this gateway's
  std::string version_by;   // why in this version: "--gateway krakend@2.7", "$schema", "latest known"
};

/// A file whose findings are there.
struct JudgedFile {
  FileId id = 0;
  bool named = true;         // as InputFile::named
  bool complete = true;      // a gateway claimed it, and it was read without an error
  bool read_in_full = true;  // without an error, whoever claims it; else none of its findings has a fix
};

/// Something that could not be done; exit code 3.
struct RunError {
  std::string path;  // empty where it is about the run, not about one input
  Span where;        // may be no place
  std::string message;
  bool nothing_checked = false;  // there is no input that any gateway claims
};

struct Run {
  SourceMap sources;
  std::vector<InputFacts> inputs;
  std::vector<JudgedFile> judged;
  std::vector<Finding> findings;  // by file, line, column, rule
  std::vector<RunError> errors;
  std::vector<WrittenSuppression> suppressions;  // of all files, then of .tlsward.yaml; none with no_ignores
  std::size_t files = 0;                         // that some gateway claimed
  std::size_t endpoints = 0;                     // that were judged as a probe saw them
  /// The sets as they were judged, for `show`. Their documents live in `documents`.
  std::deque<Document> documents;
  std::vector<std::unique_ptr<InputSet>> sets;
  /// The options of those sets that were found by walking a directory (ReadOptions::from_directory).
  std::unique_ptr<Options> directory_options;
};

/// Lints the files. Where Options::stop says so it ends early: what was found by then is there, an error says that it
/// is not all, and no file counts as complete. `options` must outlive the Run. Never null. The Run stays where it is:
/// its sets point into it. `sources` holds what Options::ignores points into (.tlsward.yaml) and becomes that of the
/// Run.
std::unique_ptr<Run> run(std::vector<InputFile> files, std::span<const Rule* const> rules, const Options& options,
                         SourceMap sources = {});

/// Puts what another run found behind what `run` has. `more` was made with the sources of `run`, whose files keep their
/// numbers; its sets and documents are let go.
void append(Run& run, std::unique_ptr<Run> more);

/// True where findings at or above fail_on count.
bool has_failures(const Run& run, const Options& options);

/// linter-ux contract: 0, 1 findings at or above fail_on that count, 3 errors (which win).
int exit_code(const Run& run, const Options& options);

/// SHA-256 over rule, path (or endpoint), subject, offending value and ordinal among equals; first 16 hex digits. One
/// per finding, in their order. `root` is cut from the front of paths.
std::vector<std::string> fingerprints(const Run& run, std::string_view root);

}  // namespace tlsward::lint
