// The objects of a JSON Schema: one definition for each ObjectType of a key table.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "report/schema.h"

namespace tlsward::report {

/// {"$ref": "#/$defs/…"} of an ObjectType.
nlohmann::ordered_json object_reference(std::string_view object_type);

/// `$defs`: every ObjectType of the gateway, and "reference".
nlohmann::ordered_json object_definitions(const SchemaRequest& request);

}  // namespace tlsward::report
