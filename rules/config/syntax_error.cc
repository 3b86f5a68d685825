// config/syntax-error: the file is not well-formed JSON or YAML.
#include "lint/rule.h"

namespace tlsward::rules::config_syntax_error {

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/syntax-error",
    .summary = "the file is not well-formed JSON or YAML",
    .why =
        "Every gateway refuses a file that it cannot parse, and keeps running with an old configuration or does not "
        "start. Templates and references are no errors: their values count as unknown. The rest of the file is "
        "still judged, but the results are incomplete, so the exit code is 3.",
    .cites = {{"RFC 8259", "2", "https://www.rfc-editor.org/rfc/rfc8259#section-2"},
              {"YAML 1.2.2", "5 to 9", "https://yaml.org/spec/1.2.2/"}},
    .severity = Severity::Error,
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": [],   //~ config/syntax-error
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": []
}
)"},
    .check = {},
};

}  // namespace tlsward::rules::config_syntax_error
