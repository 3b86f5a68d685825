// The insides of a Stream, for net/ alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "net/loop.h"
#include "net/reactor.h"
#include "net/stream.h"

namespace tlsward::net {

struct Stream::Impl {
  Impl(Loop& its_loop, Descriptor socket_of_it, const Address& connected_to)
      : loop(its_loop), socket(std::move(socket_of_it)), peer(connected_to) {}

  Loop& loop;
  Descriptor socket;
  Address peer;
  std::vector<std::uint8_t> unread;  // what read_some gives first, from `unread_begin` on
  std::size_t unread_begin = 0;
  // Of a stream under TLS (stream_bio.h).
  int bio_error = 0;
  bool bio_ended = false;
};

/// Moves bytes that were put back into `into`; returns how many. Some must be there.
std::size_t take_unread(Stream::Impl& stream, std::span<std::uint8_t> into);

}  // namespace tlsward::net
