#include "cli/completion_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include "gateways/vocabulary.h"
#include "lint/policy_read.h"
#include "net/starttls.h"
#include "report/format.h"
#include "report/probe_format.h"
#include "rules/all.h"
#include "serve/fault.h"

namespace tlsward::cli {
namespace {

using Words = std::vector<std::string>;

template <class List, class Name>
Words words_of(const List& list, const Name& name_of) {
  Words words;
  for (const auto& entry : list) words.emplace_back(name_of(entry));
  return words;
}

Words rule_ids() {
  return words_of(rules::all(), [](const lint::Rule* rule) { return rule->id; });
}

Words rules_and_groups() {
  std::set<std::string_view> groups;
  for (const lint::Rule* rule : rules::all()) groups.insert(lint::group(rule->id));
  Words words(groups.begin(), groups.end());
  for (std::string& id : rule_ids()) words.push_back(std::move(id));
  return words;
}

/// Of gateways whose configuration has several forms.
std::vector<GatewayWords> document_forms() {
  std::vector<GatewayWords> result;
  for (const gateways::Gateway* gateway : gateways::all_gateways()) {
    const auto forms = gateways::vocabulary_of(*gateway).forms;
    if (forms.size() < 2) continue;
    result.push_back({std::string(gateway->id), words_of(forms, [](const auto& form) { return form.name; })});
  }
  return result;
}

Words formats(std::string_view command) {
  if (command == "diff") return {"text", "json", "ndjson"};
  if (command == "probe" || command == "merge")
    return words_of(report::probe_formats(), [](const report::ProbeFormat* format) { return format->name; });
  Words words = {"auto"};
  for (const report::Format& format : report::formats()) words.emplace_back(format.name);
  return words;
}

Words policies() {
  return words_of(lint::built_in_policies(), [](const lint::BuiltInPolicy& policy) { return policy.name; });
}

Words starttls() {
  Words words = {"auto", "none"};
  for (const std::string_view name : net::starttls_names()) words.emplace_back(name);
  return words;
}

Words faults() {
  return words_of(serve::faults(), [](const serve::FaultFacts& fault) { return fault.name; });
}

Words severities(std::string_view option) {
  Words words = {"error", "warning", "info"};
  if (option == "--fail-on") words.emplace_back("never");
  return words;
}

/// Words of options whose value has no name of its own.
Words words_by_name(std::string_view command, std::string_view name) {
  if (name == "--format") return formats(command);
  if (name == "--edition") return {"ce", "ee"};
  if (name == "--flex-mode") return {"local", "connected"};
  if (name == "--as") return {"text", "json", "sslscan"};
  if (name == "--starttls") return starttls();
  if (name == "--fault") return faults();
  if (name == "--policy" || (command == "policies" && name == "NAME")) return policies();
  if (name == "--ca") return {"system", "none"};
  if (name == "SHELL") return {"bash", "zsh", "fish"};
  if (command == "explain" && name == "RULE") return rule_ids();
  return {};
}

Words words_by_value(std::string_view value, std::string_view name) {
  if (value == "RULE") return rules_and_groups();
  if (value == "ID[@VERSION]") return gateway_ids();
  if (value == "SEVERITY") return severities(name);
  if (value == "LEVEL") return {"low", "medium", "high"};
  if (value == "WHEN") return {"auto", "always", "never"};
  return {};
}

bool takes_files(const OptionFacts& option) {
  constexpr std::string_view kPositionals[] = {"PATH", "FILE", "OLD", "NEW"};
  if (!option.positional) return option.value == "FILE" || option.names.front() == "--policy";
  return std::find(std::begin(kPositionals), std::end(kPositionals), option.names.front()) != std::end(kPositionals);
}

}  // namespace

Words gateway_ids() {
  return words_of(gateways::all_gateways(), [](const gateways::Gateway* gateway) { return gateway->id; });
}

std::vector<std::string> gateway_releases() {
  Words words;
  for (const gateways::Gateway* gateway : gateways::all_gateways()) {
    const auto [oldest, latest] = std::pair(gateway->oldest, gateway->latest);
    const int first = oldest.major == latest.major ? oldest.minor : 0;
    for (int minor = first; minor <= latest.minor; ++minor)
      words.push_back(fmt::format("{}@{}.{}", gateway->id, latest.major, minor));
  }
  return words;
}

CompletionValues completion_values(const CommandFacts& command, const OptionFacts& option) {
  CompletionValues values;
  if (option.value.empty()) return values;
  values.words = words_by_name(command.name, option.names.front());
  if (option.names.front() == "--document") values.by_gateway = document_forms();
  for (const GatewayWords& of_gateway : values.by_gateway)
    values.words.insert(values.words.end(), of_gateway.words.begin(), of_gateway.words.end());
  if (values.words.empty()) values.words = words_by_value(option.value, option.names.front());
  values.releases = option.value == "ID[@VERSION]";
  values.list = option.value == "RULE" && !option.positional;
  values.with_file = option.value == "NAME[=FILE]";
  values.files = takes_files(option);
  values.directories = option.value == "DIR";
  return values;
}

}  // namespace tlsward::cli
