// The system's resolver (getaddrinfo) blocks, for minutes if it must, and cannot be called off. So threads ask it, and
// a task that gives up leaves its request behind: the thread finds out that nobody wants the answer any more.
#include "net/resolve.h"

#include <fmt/format.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "net/loop_impl.h"
#include "net/socket_address.h"
#include "net/system_failure.h"

namespace tlsward::net {
namespace {

using Addresses = std::vector<Address>;

constexpr std::size_t kMaxName = 254;  // RFC 1035, 2.3.4: 255 octets on the wire; as text with its last dot

/// A question between its task and the thread that asks it.
struct Request {
  Request(Loop& its_loop, std::string name, std::uint16_t with_port, Family of_family)
      : host(std::move(name)), port(with_port), family(of_family), loop(&its_loop), answered(its_loop.impl().waiters) {}

  const std::string host;
  const std::uint16_t port;
  const Family family;

  std::mutex mutex;
  Loop* loop;  // null: nobody wants the answer any more
  Outcome<Addresses> answer{Addresses{}};

  WaitList answered;  // the loop's thread only
};

/// Tells the thread that its answer is not wanted any more, when the task ends in whatever way.
struct Abandonment {
  Request& request;
  ~Abandonment() {
    const std::lock_guard lock(request.mutex);
    request.loop = nullptr;
  }
};

Failure unresolved(std::string_view host, std::string_view why) {
  return {Failure::Kind::Unresolved, fmt::format("cannot resolve \"{}\": {}", host, why)};
}

/// What can be said of `host` without asking anybody. Nullopt: a name.
std::optional<Outcome<Addresses>> answer_at_once(const std::string& host, std::uint16_t port, Family family) {
  if (host.empty()) return unresolved(host, "a host name has at least one character");
  if (host.find('\0') != std::string::npos)
    return unresolved(host.substr(0, host.find('\0')), "a host name has no NUL character in it");
  if (const auto address = parse_ip(host, port)) {
    if (family == Family::V4 && address->v6) return unresolved(host, "not an IPv4 address");
    if (family == Family::V6 && !address->v6) return unresolved(host, "not an IPv6 address");
    return Addresses{*address};
  }
  if (host.size() > kMaxName)
    return unresolved(host.substr(0, 64) + "...", fmt::format("{} characters; a name has at most 253", host.size()));
  return {};
}

int system_family(Family family) {
  if (family == Family::Any) return AF_UNSPEC;
  return family == Family::V4 ? AF_INET : AF_INET6;
}

std::string resolver_says(int error, int system_error) {
  std::string text = error == EAI_SYSTEM ? std::system_category().message(system_error) : gai_strerror(error);
  if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

Addresses each_once(const addrinfo* found, std::uint16_t port) {
  Addresses addresses;
  for (const addrinfo* info = found; info != nullptr; info = info->ai_next) {
    auto address = address_of(info->ai_addr, info->ai_addrlen);
    if (!address) continue;
    address->port = port;
    if (std::find(addresses.begin(), addresses.end(), *address) == addresses.end()) addresses.push_back(*address);
  }
  return addresses;
}

Outcome<Addresses> ask_system(const std::string& host, std::uint16_t port, Family family) {
  addrinfo hints{};
  hints.ai_family = system_family(family);
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int error = getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (error != 0) return unresolved(host, resolver_says(error, errno));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, freeaddrinfo);
  Addresses addresses = each_once(found, port);
  if (addresses.empty()) return unresolved(host, "the resolver found no IP address");
  return addresses;
}

bool wanted(Request& request) {
  const std::lock_guard lock(request.mutex);
  return request.loop != nullptr;
}

/// In a thread of the pool.
void ask(const std::shared_ptr<Request>& request) {
  if (!wanted(*request)) return;
  auto answer = ask_system(request->host, request->port, request->family);
  const std::lock_guard lock(request->mutex);
  if (request->loop == nullptr) return;
  request->answer = std::move(answer);
  request->loop->post([request] { request->answered.resume_all(Wake::Ready); });
}

ResolverPool& resolvers(Loop& loop) {
  auto& pool = loop.impl().resolvers;
  if (!pool) pool = std::make_unique<ResolverPool>();
  return *pool;
}

}  // namespace

Task<Outcome<Addresses>> resolve(Loop& loop, std::string host, std::uint16_t port, Family family, Deadline deadline) {
  if (loop.interrupted()) co_return wait_failure(Wake::Interrupted);
  if (auto answer = answer_at_once(host, port, family)) co_return std::move(*answer);
  const auto request = std::make_shared<Request>(loop, host, port, family);
  const Abandonment when_done{*request};
  if (!resolvers(loop).run([request] { ask(request); }))
    co_return Failure{Failure::Kind::Local, "this system has no room for a resolver thread"};
  const Wake wake = co_await Waiter(request->answered, deadline);
  if (wake == Wake::TimedOut)
    co_return Failure{Failure::Kind::TimedOut, fmt::format("the resolver did not answer for \"{}\" in time", host)};
  if (wake != Wake::Ready) co_return wait_failure(wake);
  co_return std::move(request->answer);
}

}  // namespace tlsward::net
