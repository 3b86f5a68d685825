// Faults that `serve --fault` has, for testing clients and scanners.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "pki/issue.h"
#include "tls/certificate.h"
#include "tls/context.h"

namespace tlsward::serve {

enum class Fault : std::uint8_t {
  None,
  // Of the server's certificate.
  Expired,
  NotYetValid,
  WrongHost,
  SelfSigned,
  UntrustedRoot,
  IncompleteChain,
  ReversedChain,
  NoSan,
  WeakKey,
  Sha1,
  ManySans,
  // Of the connection.
  StalledHandshake,
  Reset,
  TruncatedBody,
  // Of the configuration.
  NoClientCertRequest,
  Tls12Only,
  Tls13Only,
};

struct FaultFacts {
  Fault fault;
  std::string_view name;  // "expired"
  std::string_view help;  // one clause
};
/// All but None, in the order of the enumeration.
std::span<const FaultFacts> faults();
/// By name; nullopt where there is none.
std::optional<Fault> parse_fault(std::string_view name);
/// True for the first group.
bool is_certificate_fault(Fault fault);

/// A chain with the fault for these host names: leaf first, then what is sent behind it, and the leaf's key.
/// `authority` is one that the client may be told to trust. Error: what OpenSSL refuses.
Result<pki::IssuedCertificate> faulty_certificate(Fault fault, const std::vector<std::string>& names,
                                                  const pki::IssuedCertificate& authority, tls::Time now);
/// Changes a listener's context where the fault is one of the configuration.
void apply_fault(Fault fault, tls::TlsContext& context);

}  // namespace tlsward::serve
