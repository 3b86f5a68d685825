// Parts of a result that are read in files of their own.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "probe/result.h"
#include "report/json_fields.h"

namespace tlsward::report {

/// The chains of a result.
std::vector<probe::SeenChain> read_chains(const nlohmann::json& result, JsonFields& fields);
/// {"verdict", "evidence"} in a field; Unknown where it is missing.
probe::Told read_told(const nlohmann::json& object, const char* key, JsonFields& fields);

}  // namespace tlsward::report
