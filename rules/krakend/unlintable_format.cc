// krakend/unlintable-format: a format that krakend check --lint does not read.
#include "gateways/krakend/model.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_unlintable_format {
namespace {

namespace krakend = gateways::krakend;

void check(const krakend::Model& model, lint::Reporter& out) {
  for (const krakend::Configuration& configuration : model.configurations) {
    if (configuration.document->format != Format::Yaml) continue;
    // What a template becomes is not seen.
    const std::string& path = out.set().sources->path(configuration.document->file);
    if (path.ends_with(".tmpl")) continue;
    const auto members = configuration.root->members;
    const Span where = members.empty() ? configuration.root->where : members.front().key_where;
    out.add(
        where,
        "krakend check --lint reads JSON only, so that KrakenD itself does not check this YAML file against its schema",
        "configuration");
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/unlintable-format",
    .summary = "krakend check --lint does not read this format",
    .why =
        "KrakenD runs with YAML, TOML and other formats, but its own check against the schema wants JSON: "
        "typos in a YAML file reach production unseen. tlsward reads YAML and JSON alike; HCL and properties "
        "files it does not read, and KrakenD itself parses them as JSON since 2.12.",
    .cites = {{"KrakenD, supported file formats", "", "https://www.krakend.io/docs/configuration/supported-formats/"},
              {"KrakenD, configuration check", "--lint", "https://www.krakend.io/docs/configuration/check/"}},
    .severity = Severity::Info,
    .fix = "none: keep the configuration as JSON, or let tlsward check it",
    .bad = {.gateway = "krakend@2.13", .text = R"(version: 3  #~ krakend/unlintable-format
port: 8443
endpoints: []
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": []
}
)"},
    .check = lint::on_model<krakend::Model, check>,
};

}  // namespace tlsward::rules::krakend_unlintable_format
