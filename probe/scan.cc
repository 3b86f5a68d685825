#include "probe/scan.h"

#include "net/address.h"
#include "net/resolve.h"
#include "probe/host_scan.h"

namespace tlsward::probe {
namespace {

net::StartTls starttls_for(const Target& target, const ScanOptions& options) {
  if (options.starttls) return *options.starttls;
  if (target.starttls) return *target.starttls;
  return options.starttls_by_port ? net::starttls_by_port(target.port) : net::StartTls::None;
}

HostResult empty_result(const Target& target, const ScanOptions& options) {
  HostResult result;
  result.target = target.text;
  result.host = target.host;
  result.port = target.port;
  result.sni = server_name(target, options);
  const net::StartTls starttls = starttls_for(target, options);
  if (starttls != net::StartTls::None) result.starttls = net::name(starttls);
  result.started = std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  return result;
}

HostResult failed(HostResult result, const net::Failure& failure) {
  using Kind = net::Failure::Kind;
  Trouble::Kind kind = Trouble::Kind::Unresolved;
  if (failure.kind == Kind::Refused || failure.kind == Kind::Reset) kind = Trouble::Kind::Refused;
  if (failure.kind == Kind::Unreachable) kind = Trouble::Kind::Unreachable;
  if (failure.kind == Kind::TimedOut) kind = Trouble::Kind::TimedOut;
  if (failure.kind == Kind::Interrupted) kind = Trouble::Kind::Interrupted;
  if (failure.kind == Kind::Local) kind = Trouble::Kind::Local;
  result.trouble = {kind, failure.message};
  return result;
}

Task<void> scan_address(net::Loop& loop, const Target& target, const ScanOptions& options, net::Address address,
                        net::Stream opened, const std::function<void(HostResult)>& done) {
  HostResult result = empty_result(target, options);
  result.address = net::ip_text(address);
  if (options.skip && options.skip(result)) co_return;
  net::Destination destination;
  destination.addresses = {address};
  destination.host = target.host;
  destination.port = target.port;
  HostScan scan(loop, options, std::move(destination), starttls_for(target, options), result);
  if (opened.is_open()) scan.give(std::move(opened));
  co_await scan.run();
  done(std::move(result));
}

Task<void> scan_through_proxy(net::Loop& loop, const Target& target, const ScanOptions& options,
                              const std::function<void(HostResult)>& done) {
  HostResult result = empty_result(target, options);
  net::Destination destination;
  destination.proxy = options.proxy;
  destination.host = target.host;
  destination.port = target.port;
  HostScan scan(loop, options, std::move(destination), starttls_for(target, options), result);
  co_await scan.run();
  done(std::move(result));
}

}  // namespace

std::string server_name(const Target& target, const ScanOptions& options) {
  if (options.sni) return *options.sni;
  if (net::parse_ip(target.host, target.port)) return {};
  return target.host.ends_with('.') ? target.host.substr(0, target.host.size() - 1) : target.host;
}

Task<void> scan(net::Loop& loop, Target target, const ScanOptions& options, std::function<void(HostResult)> done) {
  if (options.proxy) co_return co_await scan_through_proxy(loop, target, options, done);
  const net::Deadline deadline = net::Clock::now() + std::min(options.deadline, options.timeout);
  const auto addresses = co_await net::resolve(loop, target.host, target.port, options.family, deadline);
  if (!addresses) {
    done(failed(empty_result(target, options), addresses.error()));
    co_return;
  }
  if (addresses->size() > 1 && options.all_addresses) {
    TaskGroup all;
    for (const net::Address& address : *addresses) all.spawn(scan_address(loop, target, options, address, {}, done));
    co_await all.join();
    co_return;
  }
  if (addresses->size() == 1 || starttls_for(target, options) != net::StartTls::None)
    co_return co_await scan_address(loop, target, options, addresses->front(), {}, done);
  auto first = co_await net::connect_first(loop, *addresses, deadline);
  if (!first) {
    done(failed(empty_result(target, options), first.error()));
    co_return;
  }
  const net::Address address = first->peer();
  co_await scan_address(loop, target, options, address, std::move(*first), done);
}

}  // namespace tlsward::probe
