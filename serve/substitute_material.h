// Throw-away certificates in place of those that a configuration names, and faulty ones.
#pragma once

#include <memory>
#include <optional>

#include "pki/issue.h"
#include "serve/certificates/throw_away.h"
#include "serve/tls/credentials.h"

namespace tlsward::serve {

/// What is put in place of what.
struct Substitutes {
  std::optional<ThrowAwayFiles> all;             // for every certificate, key and anchor
  std::optional<pki::IssuedCertificate> server;  // for what listeners show; wins over `all`
};

/// Gives what `original` gives, but for what is substituted.
std::unique_ptr<MaterialSource> substitute_material(std::unique_ptr<MaterialSource> original, Substitutes substitutes);

}  // namespace tlsward::serve
