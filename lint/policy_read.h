// A policy: what a guideline asks of an endpoint, as data. Those of policies/ are part of the program; a user's own
// file has the same form.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/source.h"
#include "lint/settings_reader.h"
#include "tls/policy.h"

namespace tlsward::lint {

/// A policy that is part of the program.
struct BuiltInPolicy {
  std::string_view name;
  std::string_view text;  // of its YAML file
};
std::span<const BuiltInPolicy> built_in_policies();

/// Whether `name` is that of a file of a policy ("rules/house.yaml"), not of a policy of the program.
bool names_policy_file(std::string_view name);

/// Reads a policy from `file` of `sources`. Everything that is wrong with it is noted in `errors`; then nullopt.
std::optional<tls::Policy> read_policy(const SourceMap& sources, FileId file, std::vector<SettingsError>& errors);

}  // namespace tlsward::lint
