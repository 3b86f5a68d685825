// What makes a finding the same across edits: which rule, in which file or at which endpoint, about what, and with
// which value; neither line numbers nor the wording of the message.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "lint/run.h"

namespace tlsward::lint {

struct Identity {
  std::string_view rule;
  std::string path;  // relative to the root; of an endpoint its name
  bool endpoint = false;
  std::string
      subject;  // without the numbers of list items, which change when others come and go: "tls.keys[].public_key"
  /// Finding::value, else the text at the finding's place; of an endpoint its part. May be secret, is long at times.
  /// Lives in the Run.
  std::string_view value;
  std::size_t ordinal = 0;  // among equals, in their order
  std::string fingerprint;  // over all of these: 16 hex digits
};

/// One per finding, in their order. An empty `root` leaves paths as they are.
std::vector<Identity> identities(const Run& run, const std::string& root);

}  // namespace tlsward::lint
