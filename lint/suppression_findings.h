// The findings about suppressions: suppress/unknown-rule, suppress/unused, suppress/expired, suppress/no-reason.
#pragma once

#include <span>
#include <string_view>

#include "lint/options.h"
#include "lint/rule.h"
#include "lint/run.h"

namespace tlsward::lint {

/// True where `until` ("2027-01-31"; empty: for ever) lies before the UTC day of `at`.
bool has_ended(std::string_view until, tls::Time at);

/// True where it lies before that day, or at most fourteen days ahead.
bool ends_soon(std::string_view until, tls::Time at);

/// Adds them, each where its rule is one of `rules` and selected. The states of `run.suppressions` are settled. An
/// entry without a place in a file is passed over.
void add_suppression_findings(Run& run, std::span<const Rule* const> rules, const Options& options);

}  // namespace tlsward::lint
