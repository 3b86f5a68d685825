// Workflow commands of GitHub Actions, which lint and probe share.
// Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions (read 2026-11-22).
#pragma once

#include <string>
#include <string_view>

#include "core/finding.h"

namespace tlsward::report {

/// "error", "warning", "notice".
std::string_view workflow_command(Severity severity);
/// A line break would end the command, and "%" begins an escape. What a log would act on is replaced.
std::string workflow_message(std::string_view text);
/// A property also ends at ':' and ','.
std::string workflow_property(std::string_view text);

}  // namespace tlsward::report
