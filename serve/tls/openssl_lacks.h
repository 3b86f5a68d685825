// What a context says and this OpenSSL cannot do. Private to serve/tls/.
#pragma once

#include <vector>

#include "serve/tls/acceptor.h"
#include "tls/context.h"

namespace tlsward::serve {

/// The context as far as OpenSSL can do it; what is left out goes to `deviations`, one each.
tls::TlsContext reduce_to_openssl(const tls::TlsContext& context, std::vector<Deviation>& deviations);

}  // namespace tlsward::serve
