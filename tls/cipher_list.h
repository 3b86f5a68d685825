// Questions about a written cipher list that more than one rule asks.
#pragma once

#include "tls/context.h"

namespace tlsward::tls {

/// True where the gateway understands the entry and some enabled version may pick it. Where the enabled versions are
/// not known, or none is enabled, every entry counts.
bool may_be_negotiated(const TlsContext& context, const ListedCipher& entry);

/// True where the list keeps a suite for TLS 1.2 or older that may be negotiated and is neither broken nor weak nor
/// needs a pre-shared key: then all others can go without emptying the list.
bool keeps_sound_suite(const TlsContext& context);

/// True where the list keeps any suite for TLS 1.2 or older that may be negotiated without a pre-shared key: then the
/// ones that have no effect can go without emptying the list, which would bring the gateway's defaults in.
bool keeps_working_suite(const TlsContext& context);

/// True for the suites of RFC 9113, appendix A.
bool prohibited_in_http2(CipherSuite suite);

}  // namespace tlsward::tls
