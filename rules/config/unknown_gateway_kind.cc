// config/unknown-gateway-kind: a file that was named is no configuration of a gateway that we know.
#include "lint/rule.h"

namespace tlsward::rules::config_unknown_gateway_kind {

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "config/unknown-gateway-kind",
    .summary = "it cannot be told which gateway the file is for",
    .why =
        "Flex resources have an apiVersion of gateway.mulesoft.com; a KrakenD configuration has a version and "
        "endpoints; "
        "tyk.conf has keys such as listen_port; a Tyk API definition has an api_id, a proxy with a target_url, or "
        "x-tyk-api-gateway. A file that was named and has none of them was not checked at all, so the exit code is "
        "3; the option --gateway says what it is. Files found by walking a directory are passed over.",
    .cites = {{"KrakenD, configuration file structure", "", "https://www.krakend.io/docs/configuration/structure/"},
              {"Tyk Gateway configuration", "", "https://tyk.io/docs/tyk-oss-gateway/configuration/"},
              {"Flex Gateway declarative configuration reference", "",
               "https://docs.mulesoft.com/gateway/1.8/flex-local-configuration-reference-guide"}},
    .severity = Severity::Error,
    .bad = {.gateway = "", .text = R"({   //~ config/unknown-gateway-kind
  "name": "orders",
  "replicas": 2
}
)"},
    .good = {.gateway = "", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "endpoints": []
}
)"},
    .check = {},
};

}  // namespace tlsward::rules::config_unknown_gateway_kind
