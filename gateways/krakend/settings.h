// The part of the effective context that `tls` and `client_tls` compute alike: versions, suites, groups.
#pragma once

#include <string>

#include "gateways/go.h"
#include "gateways/krakend/model.h"
#include "tls/context.h"

namespace tlsward::gateways::krakend {

/// Fills in versions, suites and groups of a block that is there. Reads `context.role` and `context.gateway_version`.
void apply_settings(tls::TlsContext& context, const Settings& settings, const go::Build& build);
/// As above for an upstream without any block: what Go's client does by itself.
void apply_go_defaults(tls::TlsContext& context, const go::Build& build);
/// As above for a block that a template brings in: nothing is known.
void apply_unknown(tls::TlsContext& context, const std::string& because);

/// Leaves out of `context.ciphers` what no served key can sign, where the type of every key is known.
void restrict_to_keys(tls::TlsContext& context);

/// "KrakenD 2.13: TEXT": why a default is what it is.
std::string default_of(const tls::TlsContext& context, std::string_view text);

}  // namespace tlsward::gateways::krakend
