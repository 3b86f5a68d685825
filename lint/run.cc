// A run goes through five steps: every file becomes documents and every document gets its gateway; the documents of one
// set and one gateway become one InputSet; the rules look at each InputSet; suppressions are applied; the findings are
// put in order.
#include "lint/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "core/parallel.h"
#include "core/userinfo.h"
#include "gateways/gateway.h"
#include "lint/collect.h"
#include "lint/companion_sets.h"
#include "lint/inputs.h"
#include "lint/observed.h"
#include "lint/project.h"
#include "lint/repeated_keys.h"
#include "lint/selection.h"
#include "lint/shared_values.h"
#include "lint/suppression_apply.h"

namespace tlsward::lint {
namespace {

constexpr std::string_view kSyntaxError = "config/syntax-error";
constexpr std::string_view kUnknownGatewayKind = "config/unknown-gateway-kind";

/// A template may become anything.
bool may_be_object(const Node& root) {
  return root.is_map() || root.open || root.unresolved;
}

void hide_passwords(tls::TlsContext& context) {
  context.subject = address_without_userinfo(context.subject);
  context.endpoint = address_without_userinfo(context.endpoint);
}

/// Whatever a rule quotes.
void hide_passwords(Finding& finding) {
  for (std::string* text : {&finding.message, &finding.label, &finding.subject, &finding.value})
    *text = without_userinfo(*text);
  for (std::string& note : finding.notes) note = without_userinfo(note);
  for (Label& label : finding.related) label.text = without_userinfo(label.text);
  if (finding.fix) finding.fix->title = without_userinfo(finding.fix->title);
}

/// Somebody says that it is a gateway's.
bool is_meant(const InputFile& file) {
  return file.named && !file.skip_unclaimed;
}

/// The state of one run while it is made.
class Engine {
 public:
  Engine(Run& run, std::span<const Rule* const> rules, const Options& options)
      : run_(run), rules_(rules), options_(options), forced_(forced_gateway(options)) {}

  /// Reads them side by side, and takes them one after the other.
  void add(std::vector<InputFile> files) {
    std::vector<Reading> readings;
    for (InputFile& file : files) {
      if (std::optional<FileId> id = take(file)) readings.push_back({std::move(file), *id, {}, {}});
    }
    for_each_index(readings.size(), options_.jobs, [&](std::size_t index) {
      if (stopped()) return;
      Reading& reading = readings[index];
      reading.read = read_input(run_.sources, reading.id, options_.limits);
      if (!options_.no_ignores)
        reading.suppressions = read_suppressions(run_.sources, reading.id, reading.read.documents);
    });
    if (stopped()) return;
    for (Reading& reading : readings) add(reading);
  }

  /// Files that were only passed over: nothing was checked, which must not look like success.
  void finish_inputs(std::size_t count) {
    if (run_.files > 0 || !run_.errors.empty() || stopped()) return;
    fail({}, {},
         count == 0   ? std::string(kNothingLeft)
         : count == 1 ? "the one file found is no gateway's configuration"
                      : fmt::format("none of the {} files found is a gateway's configuration", count));
    run_.errors.back().nothing_checked = true;
  }

  /// Every rule looks at every set by itself; what they find is put together in the order of sets and rules.
  void judge() {
    join_companion_sets(run_);
    const std::vector<const Rule*> rules = rules_to_run(rules_, options_);
    const ObservedByAuthority observed = by_authority(options_.observed);
    const auto& sets = run_.sets;
    for_each_index(sets.size(), options_.jobs, [&](std::size_t index) {
      if (stopped()) return;
      InputSet& set = *sets[index];
      set.reading = set.gateway->read(set.documents, run_.sources, set.options->read);
      for (tls::TlsContext& context : set.reading.contexts) hide_passwords(context);
      attach_observed(set, observed);
    });
    std::vector<std::vector<Finding>> found(sets.size() * rules.size());
    for_each_index(found.size(), options_.jobs, [&](std::size_t index) {
      if (stopped()) return;
      apply(*rules[index % rules.size()], *sets[index / rules.size()], found[index]);
    });
    for (std::vector<Finding>& findings : found)
      std::move(findings.begin(), findings.end(), std::back_inserter(run_.findings));
  }

  /// After this, nothing is left of a signal but what it says.
  void note_stop() {
    if (!stopped()) return;
    fail({}, {}, "interrupted; what was found by then is not all");
    for (JudgedFile& file : run_.judged) file.complete = false;
  }

  void order() {
    drop_replaced(run_.findings, rules_);
    std::erase_if(run_.findings, [&](const Finding& finding) { return !selected(finding.rule, options_); });
    drop_fixes_of_shared_values(run_.findings, run_.documents);
    label_uses_of_shared_values(run_.findings, run_.documents);
    drop_fixes_of_repeated_keys(run_.findings, run_.documents);
    if (!options_.no_ignores) apply_suppressions(run_, rules_, options_);
    drop_fixes_of_broken_files();
    set_severities();
    for (Finding& finding : run_.findings) hide_passwords(finding);
    doubt_guessed_fixes();
    tell_errors_without_finding();
    const auto key = [](const Finding& finding) {
      const Span where = span_of(finding);
      return std::make_tuple(where.file, where.begin, finding.rule, where.end);
    };
    std::stable_sort(run_.findings.begin(), run_.findings.end(),
                     [&](const Finding& a, const Finding& b) { return key(a) < key(b); });
  }

 private:
  bool stopped() const { return options_.stop != nullptr && *options_.stop; }

  /// A file on its way from bytes to documents.
  struct Reading {
    InputFile file;
    FileId id = 0;
    ReadFile read;
    std::vector<WrittenSuppression> suppressions;
  };

  /// Puts the text among the sources; nullopt where it is not to be read, which is told.
  std::optional<FileId> take(InputFile& file) {
    std::optional<std::string> problem = unread_format(file.path);
    if (file.text.size() > options_.limits.file_bytes)
      problem = fmt::format("{} bytes; at most {} bytes are read", file.text.size(), options_.limits.file_bytes);
    if (!file.error.empty()) problem = file.error;
    if (!problem) return run_.sources.add(file.path, std::move(file.text));
    fail(file.path, {}, std::move(*problem));
    return std::nullopt;
  }

  void add(Reading& reading) {
    const InputFile& file = reading.file;
    const bool claimed = claim(file, reading);
    const std::vector<SyntaxError>& errors = reading.read.errors;
    // A broken file that nobody said and nothing shows to be a gateway's is nobody's business.
    if (!claimed && !is_meant(file)) return;
    run_.judged.push_back({reading.id, file.named, claimed && errors.empty(), errors.empty()});
    std::move(reading.suppressions.begin(), reading.suppressions.end(), std::back_inserter(run_.suppressions));
    for (const SyntaxError& error : errors) {
      report(kSyntaxError, error.where, error.message);
      fail(file.path, error.where, error.message);
    }
    if (!claimed && errors.empty()) unclaimed(file.path, reading.id, reading.read.documents);
  }

  /// Of a file that was not read to its end nobody knows what it says.
  void drop_fixes_of_broken_files() {
    std::set<FileId> broken;
    for (const JudgedFile& file : run_.judged) {
      if (!file.read_in_full) broken.insert(file.id);
    }
    if (broken.empty()) return;
    const auto is_in_broken = [&](const Edit& edit) { return broken.contains(edit.where.file); };
    for (Finding& finding : run_.findings) {
      if (finding.fix && std::any_of(finding.fix->edits.begin(), finding.fix->edits.end(), is_in_broken))
        finding.fix.reset();
    }
  }

  /// A safe fix rests on no guess.
  void doubt_guessed_fixes() {
    for (Finding& finding : run_.findings)
      if (finding.fix && finding.confidence < Confidence::High) finding.fix->safe = false;
  }

  /// Of an error with a place the finding tells; where that is not shown, the error tells itself.
  void tell_errors_without_finding() {
    for (RunError& error : run_.errors) {
      const auto tells = [&](const Finding& finding) {
        return !finding.suppressed && span_of(finding) == error.where && finding.message == error.message;
      };
      if (!error.where.known() || std::any_of(run_.findings.begin(), run_.findings.end(), tells)) continue;
      const Position position = run_.sources.position(error.where.file, error.where.begin);
      if (error.where.end > 0)
        error.message = fmt::format("line {}, column {}: {}", position.line, position.column, error.message);
      error.where = {};
    }
  }

  /// Severities of .tlsward.yaml, then what is not worth telling.
  void set_severities() {
    for (Finding& finding : run_.findings) {
      const auto setting = options_.rules.find(finding.rule);
      if (setting != options_.rules.end() && setting->second.severity) finding.severity = *setting->second.severity;
    }
    if (!options_.min_severity) return;
    std::erase_if(run_.findings, [&](const Finding& finding) { return finding.severity < *options_.min_severity; });
  }

  /// Gives each document to its gateway; false where there is none for any of them.
  bool claim(const InputFile& file, Reading& reading) {
    InputFacts facts;
    facts.path = run_.sources.path(reading.id);
    const gateways::GatewayChoice* by_glob = glob_choice(file.path, options_);
    for (Document& document : reading.read.documents) {
      if (document.root.is_null()) continue;
      std::optional<gateways::Claimed> claimed = owner(file, document, by_glob);
      if (!claimed) continue;
      if (reading.read.errors.empty() && !may_be_object(document.root) && !claimed->gateway->detect(document)) {
        fail(file.path, {},
             fmt::format("{} where a configuration of {} is an object",
                         document.root.is_list() ? "a list" : "a single value", claimed->gateway->name));
        facts.gateway = claimed->gateway->id;
        continue;
      }
      run_.documents.push_back(std::move(document));
      claimed->document = &run_.documents.back();
      resolve_references(run_.documents.back(), run_.sources, *claimed->gateway, options_);
      claimed->version = version_for(*claimed->gateway, *claimed->document, options_, by_glob);
      if (facts.gateway.empty()) {
        facts.gateway = claimed->gateway->id;
        facts.version = gateways::name(claimed->version.number);
        facts.version_guessed = claimed->version.guessed;
        facts.detected_by = claimed->detected_by;
        facts.version_by = claimed->version.because;
      }
      set_for(file.set, *claimed->gateway).documents.push_back(std::move(*claimed));
    }
    const bool any = !facts.gateway.empty();
    if (!any && !is_meant(file)) return false;
    ++run_.files;
    run_.inputs.push_back(std::move(facts));
    return any;
  }

  std::optional<gateways::Claimed> owner(const InputFile& file, const Document& document,
                                         const gateways::GatewayChoice* by_glob) const {
    if (forced_ && is_meant(file) && !foreign_kind(document, *forced_).empty()) return std::nullopt;
    if (forced_ && is_meant(file))
      return gateways::Claimed{&document, forced_, {}, fmt::format("--gateway {}", forced_->id)};
    if (by_glob) return gateways::Claimed{&document, by_glob->gateway, {}, std::string(kConfigurationName)};
    return detect(document, is_meant(file));
  }

  InputSet& set_for(std::size_t number, const gateways::Gateway& gateway) {
    InputSet*& set = sets_[{number, gateway.id}];
    if (set) return *set;
    run_.sets.push_back(std::make_unique<InputSet>());
    set = run_.sets.back().get();
    set->sources = &run_.sources;
    set->gateway = &gateway;
    set->options = number == 0 ? &options_ : &directory_options();
    return *set;
  }

  const Options& directory_options() {
    if (!run_.directory_options) {
      run_.directory_options = std::make_unique<Options>(options_);
      run_.directory_options->read.from_directory = true;
    }
    return *run_.directory_options;
  }

  static void apply(const Rule& rule, const InputSet& set, std::vector<Finding>& findings) {
    Reporter out(set, rule, findings);
    if (const auto* check = std::get_if<ContextCheck>(&rule.check)) {
      for (const tls::TlsContext& context : set.reading.contexts) (*check)(context, out);
    } else if (const auto* document_check = std::get_if<DocumentCheck>(&rule.check)) {
      for (const gateways::Claimed& claimed : set.documents) (*document_check)(claimed, out);
    } else if (const auto* set_check = std::get_if<SetCheck>(&rule.check)) {
      (*set_check)(set, out);
    }
  }

  void unclaimed(const std::string& path, FileId id, const std::vector<Document>& documents) {
    const bool empty = std::all_of(documents.begin(), documents.end(),
                                   [](const Document& document) { return document.root.is_null(); });
    const std::string_view kind = forced_ && !documents.empty() ? foreign_kind(documents.front(), *forced_) : "";
    const std::string message =
        empty           ? fmt::format("{} holds no configuration, at most comments", path)
        : !kind.empty() ? fmt::format("{} is a Kubernetes {}, no configuration of {}; give what it holds as a file",
                                      path, kind, forced_->name)
                        : fmt::format("cannot tell which gateway {} is for; name it with --gateway ID", path);
    report(kUnknownGatewayKind, {id, 0, 0}, message);
    fail(path, {id, 0, 0}, message);
  }

  void report(std::string_view rule, Span where, std::string message) {
    Finding finding;
    finding.rule = rule;
    finding.severity = Severity::Error;
    finding.place = where;
    finding.message = std::move(message);
    run_.findings.push_back(std::move(finding));
  }

  void fail(std::string path, Span where, std::string message) {
    run_.errors.push_back({std::move(path), where, std::move(message)});
  }

  Run& run_;
  std::span<const Rule* const> rules_;
  const Options& options_;
  const gateways::Gateway* forced_;
  std::map<std::pair<std::size_t, std::string_view>, InputSet*> sets_;
};

}  // namespace

std::unique_ptr<Run> run(std::vector<InputFile> files, std::span<const Rule* const> rules, const Options& options,
                         SourceMap sources) {
  auto result = std::make_unique<Run>();
  result->sources = std::move(sources);
  Engine engine(*result, rules, options);
  const std::size_t count = files.size();
  engine.add(std::move(files));
  engine.finish_inputs(count);
  engine.judge();
  engine.note_stop();
  engine.order();
  return result;
}

}  // namespace tlsward::lint
