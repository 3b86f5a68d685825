// The orders in which servers choose suites and groups where nobody configured another one.
#pragma once

#include <vector>

#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/version.h"

namespace tlsward::probe {

/// Orders of suites for `version`, as guesses for `enumerate`: a wrong one costs questions, never the right answer.
const std::vector<std::vector<tls::CipherSuite>>& known_suite_orders(tls::Version version);
/// The same for groups.
const std::vector<std::vector<tls::Group>>& known_group_orders();

}  // namespace tlsward::probe
