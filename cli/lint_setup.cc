#include "cli/lint_setup.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "cli/policy.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"
#include "lint/configuration_read.h"
#include "lint/project.h"
#include "report/tool.h"
#include "rules/all.h"

namespace tlsward::cli {
namespace {

/// As if the tool were no newer than the rule set that the project pins; what the project sets itself is known to it.
void pin_rule_set(LintSetup& setup) {
  const Setting pin = setup.settings.text("rule-set", "", setup.configuration.rule_set, "");
  if (pin.value.empty()) return;
  if (lint::is_newer(pin.value, report::tool_version()).value_or(false))
    throw UsageError(
        fmt::format("{}: rule-set '{}' is newer than this tlsward, {}", pin.origin, pin.value, report::tool_version()));
  for (const lint::Rule* rule : rules::all()) {
    const auto newer = lint::is_newer(rule->since, pin.value);
    if (!newer) throw UsageError(fmt::format("{}: rule-set '{}' is no version like 0.1", pin.origin, pin.value));
    if (!*newer || setup.configuration.rules.contains(rule->id)) continue;
    setup.options.newer_rules.emplace(rule->id);
    setup.settings.note(fmt::format("rule {}", rule->id), "off", fmt::format("newer than rule-set {}", pin.value));
  }
  if (setup.options.newer_rules.size() == rules::all().size())
    throw UsageError(
        fmt::format("{}: every rule is newer than rule-set '{}'; the first is 0.1", pin.origin, pin.value));
}

std::string words(const lint::RuleSetting& rule) {
  if (rule.off) return "off";
  std::string text = rule.severity ? std::string(name(*rule.severity)) : "its own severity";
  if (rule.warn_days) text += fmt::format(", warn-days {}", *rule.warn_days);
  return text;
}

std::string words(const lint::IgnoreEntry& entry) {
  std::string text = entry.path.empty() ? "every file" : entry.path;
  if (!entry.at.empty()) text += fmt::format(" at {}", entry.at);
  if (!entry.until.empty()) text += fmt::format(", until {}", entry.until);
  return text;
}

void set_rules(const LintArguments& arguments, LintSetup& setup) {
  lint::Options& options = setup.options;
  const lint::Configuration& configured = setup.configuration;
  ListSetting select = setup.settings.list("select", arguments.input.select, configured.select);
  ListSetting ignore = setup.settings.list("ignore", arguments.input.ignore, {});
  check_selection(select.origin, select.values);
  check_selection(ignore.origin, ignore.values);
  options.select = std::move(select.values);
  options.ignore = std::move(ignore.values);
  const Setting policy = setup.settings.text("policy", arguments.policy, configured.policy, "");
  options.policy = load_policy(policy.value, policy.origin, configured.root);
  setup.policy_file = policy_file(policy.value, configured.root);
  options.rules = configured.rules;
  pin_rule_set(setup);
  options.ignores = configured.ignore;
  options.no_ignores = arguments.no_ignores;
  options.require_reason = arguments.require_reason || configured.require_reason;
  setup.settings.note("require-reason", options.require_reason ? "yes" : "no",
                      arguments.require_reason    ? "--require-reason"
                      : configured.require_reason ? ""
                                                  : "default");
  for (const auto& [id, rule] : configured.rules) setup.settings.note(fmt::format("rule {}", id), words(rule), "");
  for (const lint::IgnoreEntry& entry : configured.ignore)
    setup.settings.note(fmt::format("ignore {}", entry.rule), words(entry), "");
}

/// As everything that it names, a file in .tlsward.yaml is relative to the project's root.
std::vector<std::string> formats_of(const lint::Configuration& configuration) {
  std::vector<std::string> formats = configuration.formats;
  std::error_code unknown;
  const std::string here = std::filesystem::current_path(unknown).string();
  for (std::string& text : formats) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) continue;
    const std::filesystem::path file = std::filesystem::path(configuration.root) / text.substr(equals + 1);
    text = text.substr(0, equals + 1) + lint::below_root(file.string(), here);
  }
  return formats;
}

/// What only the command line can say.
void note_flags(const LintArguments& arguments, Settings& settings) {
  const InputArguments& input = arguments.input;
  const auto note = [&](const char* name, const std::string& value, const char* otherwise) {
    settings.note(name, value.empty() ? otherwise : value, value.empty() ? "default" : fmt::format("--{}", name));
  };
  const auto note_switch = [&](const char* name, bool on) { note(name, on ? "yes" : "", "no"); };
  note("gateway", fmt::format("{}", fmt::join(input.gateways, ", ")), "as the files say, else the latest release");
  note("edition", input.edition, "unknown");
  note("flex-mode", input.flex_mode, "unknown");
  note_switch("dashboard", input.dashboard);
  note("certs-dir", input.certs_dir, "none");
  note("root", input.root, "none");
  note_switch("no-files", input.no_files);
  note_switch("skip-unclaimed", input.skip_unclaimed);
  note("at", input.at, "now");
  note_switch("no-ignores", arguments.no_ignores);
  note_switch("exit-zero", arguments.exit_zero);
  note("jobs", arguments.jobs == 0 ? "" : std::to_string(arguments.jobs), "one for each core");
}

void set_thresholds(const LintArguments& arguments, LintSetup& setup) {
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

}  // namespace

void add_lint_options(CLI::App& command, LintArguments& arguments) {
  add_input_options(command, arguments.input);
  add_selection_options(command, arguments.input);
  command
      .add_option("--format", arguments.formats,
                  "full, concise, json, ndjson, sarif, github, gitlab, junit, checkstyle, or auto (what fits the CI); "
                  "with =FILE "
                  "into a file; may be repeated")
      ->allow_extra_args(false)
      ->type_name("NAME[=FILE]");
  command.add_option("--fail-on", arguments.fail_on, "exit 1 at or above: error, warning, info, or never (warning)")
      ->type_name("SEVERITY");
  command
      .add_option("--min-severity", arguments.min_severity, "what is shown and counted: error, warning or info (info)")
      ->type_name("SEVERITY");
  command
      .add_option("--min-confidence", arguments.min_confidence,
                  "what counts for the exit code: low, medium or high (medium)")
      ->type_name("LEVEL");
  command
      .add_option("--policy", arguments.policy,
                  "compare with a guideline: a name of 'tlsward policies', or a file of that form")
      ->type_name("NAME");
  add_configuration_options(command, arguments.configuration);
  command.add_flag("--no-ignores", arguments.no_ignores, "no suppression holds, wherever it is written");
  command.add_flag("--require-reason", arguments.require_reason, "tell of suppressions that give no reason");
  add_baseline_options(command, arguments.baseline);
  command.add_flag("--show-config", arguments.show_config, "print every setting and who set it, and end");
  command
      .add_option(
          "--observed", arguments.observed,
          "results of tlsward probe (NDJSON or JSON), to compare upstreams with; without any PATH the rules judge "
          "the endpoints themselves; may be repeated")
      ->allow_extra_args(false)
      ->type_name("FILE");
  command
      .add_option("-j,--jobs", arguments.jobs,
                  "threads that read and judge side by side; 0: one for each core (0). The report is always the same")
      ->type_name("N")
      ->check(CLI::Range(std::size_t{0}, std::size_t{1024}));
  command.add_flag("--exit-zero", arguments.exit_zero, "exit 0 where findings would make it 1");
  add_color_option(command, arguments.color);
  command.add_flag("--statistics", arguments.statistics, "also print on stderr how often each rule found something");
  CLI::Option* quiet = command.add_flag("-q,--quiet", arguments.quiet, "no summary on stderr");
  command
      .add_flag("-v,--verbose", arguments.verbose,
                "also print on stderr which configuration judges which files, and for what each was taken and why")
      ->excludes(quiet);
  command.add_flag("--skip-unclaimed", arguments.input.skip_unclaimed,
                   "treat named files as those of a directory: what no gateway claims or 'exclude' leaves out is "
                   "passed over, and --gateway only fixes versions");
  command.add_flag("--list-files", arguments.list_files, "print the files that would be read, and end");
}

LintSetup set_up(const LintArguments& arguments, Project project) {
  LintSetup setup;
  setup.configuration = std::move(project.configuration);
  setup.files = std::move(project.files);
  setup.settings.from(setup.configuration.file);
  setup.options = input_options(arguments.input);
  setup.options.project = setup.configuration.root;
  setup.options.whole_project = project.whole;
  setup.options.jobs = arguments.jobs;
  if (setup.configuration.required_version)
    setup.settings.note("required-version", *setup.configuration.required_version, "");
  set_thresholds(arguments, setup);
  set_rules(arguments, setup);
  setup.formats = setup.settings.list("format", arguments.formats, formats_of(setup.configuration));
  setup.options.gateway_globs = setup.configuration.gateways;
  for (const lint::GatewayGlob& glob : setup.configuration.gateways) tell_beyond_known(glob.choice);
  for (const lint::GatewayGlob& glob : setup.configuration.gateways)
    setup.settings.note(fmt::format("gateway {}", glob.glob), words(glob.choice), "");
  const std::vector<std::string>& exclude = setup.configuration.exclude;
  setup.settings.note("exclude", fmt::format("{}", fmt::join(exclude, ", ")), exclude.empty() ? "default" : "");
  note_flags(arguments, setup.settings);
  setup.baseline = plan_baseline(arguments.baseline, setup.configuration, setup.settings);
  return setup;
}

}  // namespace tlsward::cli
