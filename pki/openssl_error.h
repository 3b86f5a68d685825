// What OpenSSL says went wrong.
#pragma once

#include <string>

namespace tlsward::pki {

/// The reason of the oldest error in this thread's OpenSSL queue ("wrong tag"), lower case; empties the queue. Reasons
/// only, never the data beside them, which may quote what was read. "unknown error" where the queue is empty.
std::string take_openssl_error();

/// Empties the queue, for failures that are an answer and no error.
void drop_openssl_errors();

}  // namespace tlsward::pki
