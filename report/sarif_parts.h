// Pieces of SARIF 2.1.0 that lint and probe share.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/finding.h"
#include "lint/rule.h"

namespace tlsward::report {

inline constexpr std::string_view kSarifSchema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// "error", "warning", "note".
std::string_view sarif_level(Severity severity);
/// A relative or file URI: everything but unreserved characters and '/' is percent-encoded (RFC 3986).
std::string sarif_uri(std::string_view path);
/// An endpoint is no file: it is a logical location, and once more an artifact with a relative URI and line 1, because
/// GitHub code scanning drops results without a physical location.
nlohmann::ordered_json sarif_place(const Endpoint& endpoint);
/// reportingDescriptor of a rule.
nlohmann::ordered_json sarif_rule(const lint::Rule& rule);
/// The message with its notes.
std::string sarif_message(const Finding& finding);
/// tool, with the descriptors of the rules that found something.
nlohmann::ordered_json sarif_tool(nlohmann::ordered_json rules);

}  // namespace tlsward::report
