// OpenSSL's view of a Stream's socket. Private to net/.
#pragma once

#include <openssl/bio.h>

#include "net/stream_impl.h"

namespace tlsward::net {

/// A BIO that reads and writes the stream's socket without waiting: what the socket does not give or take now is a
/// retry. `stream` outlives it; its error number is kept in `Stream::Impl::bio_error`, the end of its input in
/// `bio_ended`. Null where memory is short.
BIO* new_stream_bio(Stream::Impl* stream);

}  // namespace tlsward::net
