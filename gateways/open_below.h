// Opens a file of the target's file system as the target itself would.
#pragma once

#include <string>

#include "core/descriptor.h"

namespace tlsward::gateways {

/// Opens `path` for reading, without waiting for a writer. With a `root` the path is looked up below that: neither an
/// absolute link nor ".." leaves it. Where the kernel cannot do that (Linux before 5.6, some sandboxes), links and ".."
/// are followed as on this machine. An empty `root` is none. An invalid descriptor (-1): errno says why.
Descriptor open_below(const std::string& root, const std::string& path);

}  // namespace tlsward::gateways
