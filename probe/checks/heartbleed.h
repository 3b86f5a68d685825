// CVE-2014-0160: a heartbeat request that claims more payload than it has is answered with the server's memory.
#pragma once

#include "core/task.h"
#include "net/deadline.h"
#include "net/stream.h"
#include "probe/plan/ask.h"

namespace tlsward::probe {

/// `stream` is where a ServerHelloDone was read. Sends the request and, right behind it, close_notify: a server that
/// closes or alerts without a heartbeat has passed over the request (RFC 6520, 4: it "MUST be discarded silently"),
/// which proves it sound. What comes back is counted, never kept. Seen: Leak, NoLeak, Silent.
Task<Answer> try_heartbleed(net::Stream& stream, tls::Version version, net::Deadline deadline);

}  // namespace tlsward::probe
