// One question on one connection.
#pragma once

#include <functional>

#include "core/task.h"
#include "net/deadline.h"
#include "net/stream.h"
#include "probe/plan/ask.h"

namespace tlsward::probe {

/// Asks, reads the answer and closes. Dropped and Silent are what was seen this once: whether they mean anything is the
/// caller's to find out. `deadline` is asked anew while an answer is waited for: a server that others were quick with
/// needs less patience.
Task<Answer> converse(net::Stream stream, Ask ask, std::function<net::Deadline()> deadline);

}  // namespace tlsward::probe
