// tlsward lint: the main command.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>

#include "cli/commands.h"
#include "cli/exit_code.h"
#include "cli/input_options.h"
#include "cli/observed.h"
#include "cli/policy.h"
#include "cli/settings.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "core/print.h"
#include "lint/observed.h"
#include "lint/project.h"
#include "lint/settings_reader.h"
#include "report/format.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

struct Arguments {
  InputArguments input;
  ConfigurationArguments configuration;
  std::vector<std::string> formats, observed;
  std::string fail_on, min_severity, min_confidence, policy;
  std::string color = "auto";
  bool exit_zero = false, quiet = false, list_files = false, show_config = false, statistics = false;
};

/// Everything that was set, from the flags down to the defaults.
struct Setup {
  lint::Configuration configuration;
  Settings settings;
  lint::Options options;
  std::vector<std::string> formats;
};

constexpr std::string_view kAuto = "auto";

struct Output {
  const report::Format* format = nullptr;
  std::string file;  // empty: stdout
};

bool is_set_to_true(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && std::string_view(value) == "true";
}

/// What `auto` stands for, here.
std::vector<Output> outputs_of_this_place() {
  if (is_set_to_true("GITHUB_ACTIONS")) return {{report::find_format("github"), {}}};
  if (!is_set_to_true("GITLAB_CI")) return {{report::find_format("full"), {}}};
  return {{report::find_format("full"), {}}, {report::find_format("gitlab"), "gl-code-quality-report.json"}};
}

std::vector<Output> outputs(const std::vector<std::string>& formats) {
  if (formats.empty()) return {{report::find_format("full"), {}}};
  std::vector<std::string_view> names = {kAuto};
  for (const report::Format& format : report::formats()) names.push_back(format.name);
  std::vector<Output> result;
  for (const std::string& text : formats) {
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string name = text.substr(0, equals);
    const std::size_t index = choice("--format", name, names);
    if (index == 0) {
      if (equals < text.size()) throw UsageError("--format: auto names no file; it chooses format and file by itself");
      for (Output& chosen : outputs_of_this_place()) result.push_back(std::move(chosen));
      continue;
    }
    Output output{&report::formats()[index - 1], {}};
    if (equals < text.size()) {
      output.file = text.substr(equals + 1);
      if (output.file.empty()) throw UsageError(fmt::format("--format: '{}' names no file behind '='", text));
    }
    result.push_back(std::move(output));
  }
  const auto to_stdout = std::count_if(result.begin(), result.end(), [](const Output& o) { return o.file.empty(); });
  if (to_stdout > 1)
    throw UsageError("--format: only one format can go to standard output; give the others a file (NAME=FILE)");
  return result;
}

void set_rules(const Arguments& arguments, Setup& setup) {
  lint::Options& options = setup.options;
  const lint::Configuration& configured = setup.configuration;
  options.select = setup.settings.list("select", arguments.input.select, configured.select);
  options.ignore = setup.settings.list("ignore", arguments.input.ignore, {});
  check_selection("select", options.select);
  check_selection("ignore", options.ignore);
  const Setting policy = setup.settings.text("policy", arguments.policy, configured.policy, "");
  options.policy = load_policy(policy.value, policy.origin, configured.root);
  options.rules = configured.rules;
  options.ignores = configured.ignore;
  options.require_reason = configured.require_reason;
  for (const auto& [id, rule] : configured.rules)
    setup.settings.note(fmt::format("rule {}", id),
                        rule.off ? "off" : (rule.severity ? std::string(name(*rule.severity)) : "its own severity"),
                        "");
}

void set_thresholds(const Arguments& arguments, Setup& setup) {
  lint::Options& options = setup.options;
  const lint::Configuration& configured = setup.configuration;
  const Setting fail_on = setup.settings.text("fail-on", arguments.fail_on, configured.fail_on, "warning");
  options.fail_on = fail_on_option(fail_on.value, fail_on.origin);
  const Setting severity = setup.settings.text("min-severity", arguments.min_severity, configured.min_severity, "info");
  options.min_severity = min_severity_option(severity.value, severity.origin);
  const Setting confidence =
      setup.settings.text("min-confidence", arguments.min_confidence, configured.min_confidence, "medium");
  options.min_confidence = min_confidence_option(confidence.value, confidence.origin);
}

std::string words(const gateways::GatewayChoice& choice) {
  if (!choice.version) return std::string(choice.gateway->id);
  return fmt::format("{}@{}", choice.gateway->id, gateways::name(*choice.version));
}

Setup set_up(const Arguments& arguments) {
  Setup setup;
  setup.configuration =
      find_configuration(arguments.configuration, arguments.input.paths, arguments.input.stdin_filename);
  setup.settings.from(setup.configuration.file);
  setup.options = input_options(arguments.input);
  setup.options.project = setup.configuration.root;
  set_thresholds(arguments, setup);
  set_rules(arguments, setup);
  setup.formats = setup.settings.list("format", arguments.formats, setup.configuration.formats);
  setup.options.gateway_globs = setup.configuration.gateways;
  for (const lint::GatewayGlob& glob : setup.configuration.gateways)
    setup.settings.note(fmt::format("gateway {}", glob.glob), words(glob.choice), "");
  setup.settings.list("exclude", {}, setup.configuration.exclude);
  return setup;
}

/// The files to read, without those that `exclude` names; a file that was named itself stays.
std::vector<lint::FoundFile> wanted_files(const Arguments& arguments, const lint::Configuration& configuration) {
  std::vector<lint::FoundFile> files = find_inputs(arguments.input);
  std::erase_if(files, [&](const lint::FoundFile& file) {
    if (file.named || !file.error.empty()) return false;
    const std::string path = lint::below_root(file.path, configuration.root);
    return std::any_of(configuration.exclude.begin(), configuration.exclude.end(),
                       [&](const std::string& glob) { return lint::matches_path(glob, path); });
  });
  return files;
}

int write_file(const report::Report& report, const Output& output) {
  std::FILE* file = std::fopen(output.file.c_str(), "wb");
  if (file == nullptr) {
    print_to(stderr, "tlsward: cannot write '{}': {}\n", output.file, std::strerror(errno));
    return kIncomplete;
  }
  output.format->write(report, file);
  const int written = finish_output(file, fmt::format("'{}'", output.file));
  if (std::fclose(file) == 0 || written != kDone) return written;
  print_to(stderr, "tlsward: cannot write '{}': {}\n", output.file, std::strerror(errno));
  return kIncomplete;
}

/// GitHub shows ten annotations of a step; the summary page of the job holds all.
int append_job_summary(const report::Report& report) {
  const char* path = std::getenv("GITHUB_STEP_SUMMARY");
  if (path == nullptr || *path == '\0') return kDone;
  std::FILE* file = std::fopen(path, "ab");
  if (file != nullptr) {
    const std::string text = report::github_summary(report);
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    if (std::fclose(file) == 0 && written) return kDone;
  }
  print_to(stderr, "tlsward: cannot write the job's summary '{}': {}\n", path, std::strerror(errno));
  return kIncomplete;
}

int write(const Arguments& arguments, const lint::Run& run, const std::vector<Output>& outputs) {
  report::Report report{run, rules::all(), lint::fingerprints(run, {}), false, false};
  int worst = kDone;
  bool summary_on_stdout = false;
  for (const Output& output : outputs) {
    if (!output.file.empty()) {
      report.color = report.links = false;
      worst = std::max(worst, write_file(report, output));
      continue;
    }
    report.color = !output.format->machine && wants_color(arguments.color, stdout);
    report.links = report.color && wants_links(stdout);
    summary_on_stdout = !output.format->machine;
    output.format->write(report, stdout);
    worst = std::max(worst, finish_output(stdout, "standard output"));
  }
  const bool annotates =
      std::any_of(outputs.begin(), outputs.end(), [](const Output& output) { return output.format->name == "github"; });
  if (annotates) worst = std::max(worst, append_job_summary(report));
  if (arguments.statistics) print_to(stderr, "{}", report::statistics(run));
  if (!summary_on_stdout && !arguments.quiet) print_to(stderr, "{}\n", report::summary(run));
  return worst;
}

int list_files(const Arguments& arguments, const lint::Configuration& configuration) {
  bool failed = false;
  for (const lint::FoundFile& file : wanted_files(arguments, configuration)) {
    if (file.error.empty()) {
      print_to(stdout, "{}\n", file.path);
      continue;
    }
    print_to(stderr, "tlsward: {}: {}\n", file.path, file.error);
    failed = true;
  }
  return std::max(failed ? kIncomplete : kDone, finish_output(stdout, "standard output"));
}

// With files, endpoints help to judge what the files say of their upstreams; without any they are judged themselves.
std::unique_ptr<lint::Run> judge(const Arguments& arguments, const Setup& setup) {
  const lint::Options& options = setup.options;
  if (arguments.input.paths.empty() && !arguments.observed.empty())
    return lint::run_observed(options.observed, rules::all(), options);
  auto files = lint::read_files(wanted_files(arguments, setup.configuration), std::cin, options.limits);
  return lint::run(std::move(files), rules::all(), options);
}

void check_standard_input(const Arguments& arguments) {
  const auto& paths = arguments.input.paths;
  const auto named = std::count(arguments.observed.begin(), arguments.observed.end(), "-");
  const bool linted = std::find(paths.begin(), paths.end(), "-") != paths.end();
  if (named == 0 || (named == 1 && !linted)) return;
  throw UsageError("standard input (-) is named twice; it can be read once");
}

int lint_files(const Arguments& arguments) {
  Setup setup = set_up(arguments);
  if (arguments.show_config) {
    print_settings(setup.configuration, setup.settings);
    return finish_output(stdout, "standard output");
  }
  if (arguments.list_files) return list_files(arguments, setup.configuration);
  const std::vector<Output> where = outputs(setup.formats);
  lint::Options& options = setup.options;
  check_standard_input(arguments);
  const Observed observed = read_observed(arguments.observed);
  options.observed = observed.endpoints;
  const auto run = judge(arguments, setup);
  run->errors.insert(run->errors.end(), observed.problems.begin(), observed.problems.end());
  const int written = write(arguments, *run, where);
  const int judged = lint::exit_code(*run, options);
  if (arguments.exit_zero && judged == kFindings) return written;
  return std::max(judged, written);
}

}  // namespace

void add_lint(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("lint", "check gateway configurations (also without the word: tlsward FILE)");
  add_input_options(*command, arguments->input);
  add_selection_options(*command, arguments->input);
  command
      ->add_option("--format", arguments->formats,
                   "full, concise, json, ndjson, sarif, github, gitlab, junit, checkstyle, or auto (what fits the CI); "
                   "with =FILE "
                   "into a file; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME[=FILE]");
  command->add_option("--fail-on", arguments->fail_on, "exit 1 at or above: error, warning, info, or never (warning)")
      ->type_name("SEVERITY");
  command
      ->add_option("--min-severity", arguments->min_severity,
                   "what is shown and counted: error, warning or info (info)")
      ->type_name("SEVERITY");
  command
      ->add_option("--min-confidence", arguments->min_confidence,
                   "what counts for the exit code: low, medium or high (medium)")
      ->type_name("LEVEL");
  command
      ->add_option("--policy", arguments->policy,
                   "compare with a guideline: a name of 'tlsward policies', or a file of that form")
      ->type_name("NAME");
  add_configuration_options(*command, arguments->configuration);
  command->add_flag("--show-config", arguments->show_config, "print every setting and who set it, and end");
  command
      ->add_option(
          "--observed", arguments->observed,
          "results of tlsward probe (NDJSON or JSON), to compare upstreams with; without any PATH the rules judge "
          "the endpoints themselves; may be repeated")
      ->allow_extra_args(false)
      ->type_name("FILE");
  command->add_flag("--exit-zero", arguments->exit_zero, "exit 0 where findings would make it 1");
  command->add_option("--color", arguments->color, "auto, always or never")->type_name("WHEN");
  command->add_flag("--statistics", arguments->statistics, "also print on stderr how often each rule found something");
  command->add_flag("-q,--quiet", arguments->quiet, "no summary on stderr");
  command->add_flag("--list-files", arguments->list_files, "print the files that would be read, and end");
  command->footer(
      "Exit codes: 0 nothing at or above --fail-on, 1 findings, 2 wrong usage, 3 some input could not be read.\n\n"
      "Examples:\n"
      "  tlsward lint krakend.json\n"
      "  tlsward lint --gateway tyk@5.8 tyk.conf apps/*.json\n"
      "  tlsward lint --format full --format sarif=tlsward.sarif deploy/\n"
      "  render.sh | tlsward lint - --stdin-filename krakend.json\n"
      "  tlsward lint --observed upstreams.ndjson gateway.yaml   with what a probe saw of its upstreams\n"
      "  tlsward lint --observed upstreams.ndjson                what the rules say of those endpoints");
  command->callback([arguments, &exit_code] { exit_code = lint_files(*arguments); });
}

}  // namespace tlsward::cli
