// `serve` without a configuration: one is made, with throw-away certificates and an upstream that echoes.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "serve/certificates/throw_away.h"
#include "serve/plain_server.h"
#include "tls/certificate.h"

namespace tlsward::cli {

/// Where throw-away certificates are kept where nobody says: tlsward below $XDG_RUNTIME_DIR, else below
/// $XDG_STATE_HOME, ~/.local/state or /tmp with the user's number.
std::string default_directory();

/// What was made.
struct MadeSetup {
  serve::ThrowAwayFiles files;
  std::string configuration;  // path
  std::unique_ptr<serve::PlainServer> echo;
};
/// Makes the certificates, starts the echo upstream and writes gateway.yaml, a configuration of Flex Gateway, into the
/// directory. Error: what could not be made.
Result<MadeSetup> make_setup(const std::string& directory, const std::vector<std::string>& names, tls::Time now);

}  // namespace tlsward::cli
