// What `serve` prints when it is ready.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/serve_source.h"
#include "serve/certificates/throw_away.h"
#include "serve/server.h"

namespace tlsward::cli {

struct Greeting {
  const LoadedSite& loaded;
  const serve::Server& server;
  const std::vector<std::string>& paths;            // of the configuration
  std::string status;                               // address of the status port; empty: none
  std::optional<serve::ThrowAwayFiles> throw_away;  // where they were made
};

/// Addresses, deviations and notes, one line each, and lines to copy: curl, openssl, tlsward.
std::string greeting_text(const Greeting& greeting);

}  // namespace tlsward::cli
