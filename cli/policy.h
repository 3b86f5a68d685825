// --policy: one that is part of the program, by name, or a file.
#pragma once

#include <memory>
#include <string>

#include "lint/policy_read.h"

namespace tlsward::cli {

/// `origin` stands in front of messages: "--policy". A relative file is looked for below `root`, then in the working
/// directory. Throws UsageError where there is no such policy, or with every mistake of the file.
std::shared_ptr<const tls::Policy> load_policy(const std::string& name, const std::string& origin,
                                               const std::string& root);

/// The path of the file that `name` means; empty where it is no file but a policy that is part of the program.
std::string policy_file(const std::string& name, const std::string& root);

}  // namespace tlsward::cli
