// The suites that an observed endpoint accepts, and what there is to say against them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tls/context.h"

namespace tlsward::tls {

/// Every suite that was seen, for whatever version, each once: those of the newest version first, in effective order.
std::vector<CipherSuite> seen_suites(const TlsContext& context);

/// A suite with a reason against it: "RC4", "CBC, no forward secrecy".
struct Objection {
  CipherSuite suite;
  std::string reason;
};

/// The suites, with commas between.
std::string names(const std::vector<Objection>& objections);

/// "api.example:443 offers TLS_RSA_WITH_RC4_128_SHA, which is broken (RC4)"; "api.example:443 offers 3 broken cipher
/// suites, the first is …". `objections` is not empty.
std::string describe(const TlsContext& context, std::string_view adjective, const std::vector<Objection>& objections);
/// All of them by reason, one line each: "RC4: TLS_RSA_WITH_RC4_128_SHA, TLS_RSA_WITH_RC4_128_MD5". Empty where
/// `describe` names the only one.
std::vector<std::string> list_by_reason(const std::vector<Objection>& objections);

}  // namespace tlsward::tls
