// OpenSSL's own socket BIO raises SIGPIPE where the peer is gone; this one never does.
#include "net/stream_bio.h"

#include <sys/socket.h>
#include <sys/types.h>

#include <cerrno>
#include <span>

namespace tlsward::net {
namespace {

Stream::Impl* stream_of(BIO* bio) {
  return static_cast<Stream::Impl*>(BIO_get_data(bio));
}

int read_bytes(BIO* bio, char* into, int size) {
  Stream::Impl& stream = *stream_of(bio);
  BIO_clear_retry_flags(bio);
  if (!stream.unread.empty())
    return static_cast<int>(
        take_unread(stream, {reinterpret_cast<std::uint8_t*>(into), static_cast<std::size_t>(size)}));
  for (;;) {
    const ssize_t got = ::recv(stream.socket.fd(), into, static_cast<std::size_t>(size), 0);
    if (got > 0) return static_cast<int>(got);
    if (got == 0) {
      stream.bio_ended = true;
      return 0;
    }
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK)
      BIO_set_retry_read(bio);
    else
      stream.bio_error = errno;
    return -1;
  }
}

int write_bytes(BIO* bio, const char* bytes, int size) {
  Stream::Impl& stream = *stream_of(bio);
  BIO_clear_retry_flags(bio);
  for (;;) {
    const ssize_t sent = ::send(stream.socket.fd(), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    if (sent >= 0) return static_cast<int>(sent);
    if (errno == EINTR) continue;
    if (errno == EAGAIN || errno == EWOULDBLOCK)
      BIO_set_retry_write(bio);
    else
      stream.bio_error = errno;
    return -1;
  }
}

long control(BIO* bio, int command, long, void*) {
  switch (command) {
    case BIO_CTRL_FLUSH:
      return 1;
    case BIO_CTRL_EOF:
      return stream_of(bio)->bio_ended ? 1 : 0;
    default:
      return 0;
  }
}

BIO_METHOD* make_method() {
  BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "stream");
  if (method == nullptr) return nullptr;
  BIO_meth_set_read(method, read_bytes);
  BIO_meth_set_write(method, write_bytes);
  BIO_meth_set_ctrl(method, control);
  return method;
}

}  // namespace

BIO* new_stream_bio(Stream::Impl* stream) {
  static BIO_METHOD* const method = make_method();
  BIO* bio = method == nullptr ? nullptr : BIO_new(method);
  if (bio == nullptr) return nullptr;
  BIO_set_data(bio, stream);
  BIO_set_init(bio, 1);
  return bio;
}

}  // namespace tlsward::net
