// Reads .tlsward.yaml.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/source.h"
#include "lint/configuration.h"
#include "lint/settings_reader.h"

namespace tlsward::lint {

/// The settings of `file`. Everything that is wrong is noted in `errors`: unknown keys, wrong types, unknown rules
/// (those that are none of `rule_ids`), formats (none of `formats`), policies, gateways and severities, dates that are
/// none. Then nullopt. `file` and `root` of the result are left empty.
std::optional<Configuration> read_configuration(const SourceMap& sources, FileId file,
                                                std::span<const std::string_view> rule_ids,
                                                std::span<const std::string_view> formats,
                                                std::vector<SettingsError>& errors);

/// Whether a version of the program ("0.1.0") is what `required` (">=0.1", "0.1.0", "<2, >=1.2") asks for; nullopt
/// where `required` is not of that form.
std::optional<bool> meets_version(std::string_view required, std::string_view version);

/// Whether `version` ("0.2.0") came after `than` ("0.1", which is every 0.1.x); nullopt where one of them is no
/// version.
std::optional<bool> is_newer(std::string_view version, std::string_view than);

}  // namespace tlsward::lint
