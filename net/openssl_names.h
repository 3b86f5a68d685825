// What OpenSSL calls groups and signature schemes.
#pragma once

#include <optional>
#include <string_view>

#include "tls/group.h"
#include "tls/signature_scheme.h"

namespace tlsward::net {

/// OpenSSL's number for a group, 0 (NID_undef) where it cannot negotiate it.
int group_nid(tls::Group group);
/// The group behind OpenSSL's number.
std::optional<tls::Group> group_of_nid(int nid);
/// The name in a list of signature algorithms; empty where OpenSSL lacks the scheme.
std::string_view signature_name(tls::SignatureScheme scheme);

}  // namespace tlsward::net
