#include "net/system_failure.h"

#include <array>
#include <cerrno>
#include <system_error>

namespace tlsward::net {
namespace {

using Kind = Failure::Kind;

struct Row {
  int error;
  Kind kind;
  const char* message;
};

constexpr std::array<Row, 22> kErrors = {{
    {ECONNREFUSED, Kind::Refused, "connection refused"},
    {EHOSTUNREACH, Kind::Unreachable, "no route to host"},
    {ENETUNREACH, Kind::Unreachable, "network is unreachable"},
    {EHOSTDOWN, Kind::Unreachable, "host is down"},
    {ENETDOWN, Kind::Unreachable, "network is down"},
    {ENONET, Kind::Unreachable, "host is not on the network"},
    {EPROTO, Kind::Unreachable, "protocol error in the network"},            // ICMP parameter problem
    {ENOPROTOOPT, Kind::Unreachable, "protocol not available at the host"},  // ICMP protocol unreachable
    {EAFNOSUPPORT, Kind::Unreachable, "address family is not supported by this system"},
    {EACCES, Kind::Unreachable, "connections there are prohibited"},  // route of type prohibit; broadcast address
    {EPERM, Kind::Unreachable, "connections there are not permitted by this system's firewall"},
    {EINVAL, Kind::Unreachable,
     "the address cannot be connected to"},  // link-local without a zone; route of type blackhole
    {ETIMEDOUT, Kind::TimedOut, "connection timed out"},
    {ECONNRESET, Kind::Reset, "connection reset by peer"},
    {ECONNABORTED, Kind::Reset, "connection aborted"},
    {EPIPE, Kind::Reset, "connection closed by peer while writing"},
    {EMFILE, Kind::Local, "this process has no file descriptor left (ulimit -n)"},
    {ENFILE, Kind::Local, "this system has no file descriptor left"},
    {ENOBUFS, Kind::Local, "this system has no buffer left for a socket"},
    {ENOMEM, Kind::Local, "this system has no memory left for a socket"},
    {EADDRNOTAVAIL, Kind::Local, "this system has no local port left"},
    {EAGAIN, Kind::Local, "this system has no local port left"},
}};

}  // namespace

Failure system_failure(int error) {
  for (const Row& row : kErrors)
    if (row.error == error) return {row.kind, row.message};
  return {Kind::Local, std::system_category().message(error)};
}

Failure wait_failure(Wake why) {
  switch (why) {
    case Wake::TimedOut:
      return {Kind::TimedOut, "timed out"};
    case Wake::Interrupted:
      return {Kind::Interrupted, "interrupted"};
    default:
      return {Kind::Closed, "this side has closed the connection"};
  }
}

}  // namespace tlsward::net
