// Documents to the model, and the model to contexts. Used by tyk.cc only.
#pragma once

#include <vector>

#include "gateways/gateway.h"
#include "gateways/tyk/fields.h"
#include "gateways/tyk/model.h"
#include "tls/context.h"

namespace tlsward::gateways::tyk {

Conf read_conf(const Claimed& claimed, CertificateReader& certificates);
/// Source: https://tyk.io/docs/api-management/gateway-config-tyk-classic/ (read 2026-11-22).
Api read_classic(const Claimed& claimed, CertificateReader& certificates);
/// Source: https://tyk.io/docs/api-management/gateway-config-tyk-oas/ (read 2026-11-22).
Api read_oas(const Claimed& claimed, CertificateReader& certificates);
/// Fill in `Api::targets` and `Api::hosts_at_run_time`; `extension` is the object of x-tyk-api-gateway.
void read_classic_targets(const Object& root, Api& api);
void read_oas_targets(const Object& extension, Api& api);

/// Adds a context for every port and server name that the set listens on, and fills in `Model::listeners`.
void add_listeners(Model& model, std::vector<tls::TlsContext>& contexts);
/// Adds a context for every upstream of every API, and for the connections of the gateway itself;
/// fills in `Target::context`.
void add_upstreams(Model& model, std::vector<tls::TlsContext>& contexts);

/// Reads one set: `Gateway::read`.
Reading read(std::span<const Claimed> documents, const SourceMap& sources, const ReadOptions& options);

}  // namespace tlsward::gateways::tyk
