// tlsward-probe/1: results of the probe as JSON. docs/probe-json.md describes every field.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "lint/rule.h"
#include "probe/result.h"
#include "tls/certificate.h"

namespace tlsward::report {

/// One result, everything that HostResult holds, and its observed context. `rules` are where the citations of the
/// findings come from.
nlohmann::ordered_json probe_result_json(const probe::HostResult& result, std::span<const lint::Rule* const> rules);

/// The same as one line of NDJSON, without its ending.
std::string probe_result_line(const probe::HostResult& result, std::span<const lint::Rule* const> rules);

/// Facts of one certificate, names and dates as text.
nlohmann::ordered_json certificate_json(const tls::CertificateFacts& certificate);
/// One chain with its certificates (`pem` is the base64 of the DER on one line) and what is to be said of it.
nlohmann::ordered_json chain_json(const probe::SeenChain& chain);
/// {"verdict": "accepted", "evidence": "…"}.
nlohmann::ordered_json told_json(const probe::Told& told);

/// One fingerprint per finding of the result, in their order (lint::fingerprints).
std::vector<std::string> probe_fingerprints(const probe::HostResult& result);

}  // namespace tlsward::report
