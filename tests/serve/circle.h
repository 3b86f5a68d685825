// Serve a context, probe it: what was observed, beside what was declared.
#pragma once

#include <string>

#include "probe/result.h"
#include "tls/context.h"

namespace tlsward::tests {

/// What an endpoint does that a scan can see, one line for each thing, so that two of them can be compared as texts.
/// `declared`: as a context says, less what this OpenSSL lacks, for a server with this kind of key.
std::string declared_text(const tls::TlsContext& context, tls::KeyType key);
std::string observed_text(const probe::HostResult& result, const tls::TlsContext& declared);

/// The same in the form of `sslscan_text`, as far as sslscan looks.
std::string declared_for_sslscan(const tls::TlsContext& context, tls::KeyType key);

/// Scans 127.0.0.1:`port` with every question.
probe::HostResult scan_all(std::uint16_t port);

}  // namespace tlsward::tests
