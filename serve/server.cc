#include "serve/server.h"

#include <pthread.h>

#include <csignal>
#include <future>
#include <utility>

namespace tlsward::serve {
namespace {

/// Where the ports of a site are listened on: as the options say, else on both loopback addresses.
std::vector<ListenPlan> plans_of(const Site& site, const ServeOptions& options) {
  std::vector<ListenPlan> plans;
  for (std::size_t port = 0; port < site.service.ports.size(); ++port) {
    if (port < options.listen.size()) {
      plans.push_back({port, options.listen[port]});
      continue;
    }
    const std::uint16_t number = site.service.ports[port].port;
    plans.push_back({port, *net::parse_ip("127.0.0.1", number)});
    if (options.ipv6) plans.push_back({port, *net::parse_ip("::1", number)});
  }
  return plans;
}

/// Calls `function` in the worker's thread and waits for what it returns.
template <class Function>
auto call(Worker& worker, Function function) {
  using Value = decltype(function());
  std::promise<Value> promise;
  auto future = promise.get_future();
  worker.loop().post([&] { promise.set_value(function()); });
  return future.get();
}

void block_signals() {
  sigset_t all;
  sigfillset(&all);
  pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

}  // namespace

Server::Server(const ServeOptions& options, LineLog* access_log, LineLog& messages) : options_(options) {
  for (std::size_t i = 0; i < options.threads; ++i)
    workers_.push_back(std::make_unique<Worker>(options, statistics_, access_log, messages));
}

Server::~Server() {
  for (const auto& worker : workers_) worker->loop().interrupt();
  if (ending_.joinable()) ending_.join();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

Result<std::unique_ptr<Server>> Server::start(const ServeOptions& options, std::shared_ptr<const Site> site,
                                              LineLog* access_log, LineLog& messages) {
  std::unique_ptr<Server> server(new Server(options, access_log, messages));
  auto opened = server->open(*site);
  if (!opened) return opened.error();
  server->listening_ = std::move(*opened);
  server->site_ = site;
  for (const auto& worker : server->workers_) worker->adopt(site);
  server->run();
  return server;
}

void Server::run() {
  running_ = true;
  for (const auto& worker : workers_) {
    threads_.emplace_back([&one = *worker] {
      block_signals();
      one.run();
    });
  }
}

// All threads open the same addresses, so a port that the system chose for the first is asked for by the others.
Result<std::vector<ListeningAddress>> Server::open(const Site& site) {
  std::vector<ListenPlan> plans = plans_of(site, options_);
  std::vector<ListeningAddress> result;
  for (const auto& worker : workers_) {
    const auto open_here = [&] { return worker->open(plans); };
    auto opened = running_ ? call(*worker, open_here) : open_here();
    if (!opened) return opened.error();
    if (!result.empty()) continue;
    for (std::size_t i = 0; i < plans.size(); ++i) {
      result.push_back({plans[i].port, (*opened)[i]});
      plans[i].address = (*opened)[i];
    }
  }
  return result;
}

Result<Nothing> Server::replace(std::shared_ptr<const Site> site) {
  auto opened = open(*site);
  if (!opened) return opened.error();
  listening_ = std::move(*opened);
  site_ = site;
  for (const auto& worker : workers_) {
    call(*worker, [&] {
      worker->adopt(site);
      return true;
    });
  }
  return Nothing{};
}

void Server::drain() {
  const net::Deadline deadline = net::Clock::now() + options_.drain;
  for (const auto& worker : workers_) worker->loop().post([&one = *worker, deadline] { one.drain(deadline); });
}

void Server::when_ended(std::function<void()> ended) {
  ending_ = std::thread([this, ended = std::move(ended)] {
    block_signals();
    for (std::thread& thread : threads_) thread.join();
    ended();
  });
}

}  // namespace tlsward::serve
