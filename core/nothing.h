// The value of a Result that has none to give: it only says that something was done.
#pragma once

namespace tlsward {

struct Nothing {};

}  // namespace tlsward
