// The service manager is told what goes on, where there is one (sd_notify(3): a datagram to $NOTIFY_SOCKET).
#pragma once

#include <string_view>

namespace tlsward::cli {

/// "READY=1", "RELOADING=1", "STOPPING=1". Nothing happens where nobody listens.
void notify_service_manager(std::string_view state);

}  // namespace tlsward::cli
