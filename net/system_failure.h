// errno as a Failure. Private to net/.
#pragma once

#include "net/failure.h"
#include "net/waiter.h"

namespace tlsward::net {

/// What the system's error number means for a connection.
Failure system_failure(int error);
/// Why a wait ended without what it waited for. Not for Wake::Ready.
Failure wait_failure(Wake why);

}  // namespace tlsward::net
