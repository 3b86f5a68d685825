// tlsward schema: the JSON Schema of a gateway's configuration, for editors.
#include "report/schema.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <vector>

#include "cli/commands.h"
#include "cli/input_options.h"
#include "cli/terminal.h"
#include "cli/usage_error.h"

namespace tlsward::cli {
namespace {

using namespace std::string_view_literals;

struct Arguments {
  std::string gateway, edition, document;
};

/// A release that is newer than the tables has those of the newest that is known, and must not be called otherwise.
gateways::GatewayVersion version_of(const gateways::GatewayChoice& choice) {
  const gateways::ProductVersion latest = choice.gateway->latest;
  if (!choice.version) return {latest, true, "latest known"};
  const bool is_newer = *choice.version > latest && !gateways::beyond_known(choice).empty();
  return {is_newer ? latest : *choice.version, false, "named"};
}

gateways::Edition edition_of(const gateways::Gateway& gateway, const std::string& text) {
  if (text.empty()) return gateways::Edition::Unknown;
  if (gateway.id != "krakend") throw UsageError(fmt::format("--edition: {} has no editions", gateway.name));
  constexpr std::array kNames = {"ce"sv, "ee"sv};
  constexpr std::array kEditions = {gateways::Edition::Community, gateways::Edition::Enterprise};
  return kEditions[choice("--edition", text, kNames)];
}

const gateways::DocumentForm* form_of(const gateways::Gateway& gateway, const std::string& text) {
  if (text.empty()) return nullptr;
  const auto forms = gateways::vocabulary_of(gateway).forms;
  std::vector<std::string_view> names;
  for (const gateways::DocumentForm& form : forms) names.push_back(form.name);
  if (forms.size() == 1 && text != names.front())
    throw UsageError(fmt::format("--document: {} has one form of document, '{}', not '{}'; leave the option out",
                                 gateway.name, names.front(), text));
  return &forms[choice("--document", text, names)];
}

int print(const Arguments& arguments) {
  std::string error;
  const auto chosen = gateways::parse_gateway_choice(arguments.gateway, error);
  if (!chosen) throw UsageError(error);
  tell_beyond_known(*chosen);
  const gateways::Gateway& gateway = *chosen->gateway;
  const report::SchemaRequest request{&gateway, version_of(*chosen), edition_of(gateway, arguments.edition),
                                      form_of(gateway, arguments.document)};
  report::write_schema(request, stdout);
  return finish_output(stdout, "standard output");
}

}  // namespace

void add_schema(CLI::App& app, int& exit_code) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("schema", "JSON Schema of a gateway's configuration, for editors");
  command->add_option("GATEWAY", arguments->gateway, "flex, krakend or tyk, with @VERSION if you like (krakend@2.7)")
      ->required()
      ->type_name("ID[@VERSION]");
  command->add_option("--edition", arguments->edition, "KrakenD edition: ce or ee")->type_name("NAME");
  command
      ->add_option("--document", arguments->document,
                   "one form of document alone: for tyk conf, api or oas; for flex ApiInstance, Service, PolicyBinding "
                   "or Configuration")
      ->type_name("FORM");
  command->footer(
      "Examples:\n"
      "  tlsward schema krakend@2.13 >krakend.schema.json\n"
      "  tlsward schema tyk --document conf >tyk.schema.json");
  command->callback([arguments, &exit_code] { exit_code = print(*arguments); });
}

}  // namespace tlsward::cli
