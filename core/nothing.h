// The value of a Result that only says that something was done.
#pragma once

namespace tlsward {

struct Nothing {};

}  // namespace tlsward
