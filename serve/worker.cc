#include "serve/worker.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace tlsward::serve {
namespace {

constexpr std::chrono::milliseconds kHouseKeeping{500};
/// Until descriptors may be free again.
constexpr std::chrono::milliseconds kAcceptAgain{50};

}  // namespace

struct Worker::Listening {
  ListenPlan plan;
  net::Listener listener;
  bool accepting = false;
};

Worker::Worker(const ServeOptions& options, Statistics& statistics, LineLog* access_log, LineLog& messages)
    : options_(options), statistics_(statistics), handshake_ended_(loop_), around_{options,         statistics,
                                                                                   access_log,      messages,
                                                                                   open_,           handshakes_,
                                                                                   handshake_ended_} {}

// What has sockets goes before the loop. Its tasks have ended when `run` has returned.
Worker::~Worker() {
  listening_.clear();
  wanted_.clear();
  generation_.reset();
}

Result<std::vector<net::Address>> Worker::open(const std::vector<ListenPlan>& plans) {
  std::vector<std::shared_ptr<Listening>> wanted;
  std::vector<net::Address> addresses;
  for (const ListenPlan& plan : plans) {
    const auto known = std::find_if(listening_.begin(), listening_.end(),
                                    [&](const auto& listening) { return listening->plan.address == plan.address; });
    if (known == listening_.end()) {
      auto listener = net::Listener::open(loop_, plan.address, options_.threads > 1);
      if (!listener) return Error{listener.error().message};
      wanted.push_back(std::make_shared<Listening>(Listening{plan, std::move(*listener)}));
    } else {
      wanted.push_back(*known);
    }
    addresses.push_back(wanted.back()->listener.address());
  }
  for (std::size_t i = 0; i < plans.size(); ++i) wanted[i]->plan.port = plans[i].port;
  wanted_ = std::move(wanted);
  return addresses;
}

void Worker::adopt(std::shared_ptr<const Site> site) {
  if (!generation_) loop_.spawn(keep_house());
  generation_ = std::make_shared<Generation>(loop_, std::move(site), options_);
  std::erase_if(generations_, [](const auto& generation) { return generation.expired(); });
  generations_.push_back(generation_);
  for (const auto& listening : listening_) {
    if (std::find(wanted_.begin(), wanted_.end(), listening) == wanted_.end()) listening->listener.close();
  }
  listening_ = std::move(wanted_);
  for (const auto& listening : listening_) {
    if (!std::exchange(listening->accepting, true)) loop_.spawn(accept_all(listening));
  }
}

Task<void> Worker::accept_all(std::shared_ptr<Listening> listening) {
  for (;;) {
    while (handshakes_ >= options_.handshakes) {
      const bool ended = co_await handshake_ended_.wait_until(net::Deadline::max());
      if (!ended) co_return;
    }
    auto stream = co_await listening->listener.accept();
    if (!stream) {
      if (stream.error().kind != net::Failure::Kind::Local) co_return;
      const net::Deadline later = net::Clock::now() + kAcceptAgain;
      co_await loop_.sleep_until(later);
      continue;
    }
    ++statistics_.connections;
    if (connections_ >= options_.connections) {
      ++statistics_.connections_refused;
      stream->close(true);
      continue;
    }
    loop_.spawn(serve(std::move(*stream), listening->plan.port));
  }
}

Task<void> Worker::serve(net::Stream stream, std::size_t port) {
  ++connections_;
  co_await serve_inbound(std::move(stream), generation_, port, around_);
  --connections_;
  end_if_empty();
}

Task<void> Worker::keep_house() {
  while (!loop_.interrupted()) {
    const net::Deadline next = net::Clock::now() + kHouseKeeping;
    co_await loop_.sleep_until(next);
    const auto now = net::Clock::now();
    for (const auto& held : generations_) {
      const auto generation = held.lock();
      if (generation) generation->pool.sweep(now);
    }
    open_.drain_older(options_.lifetime, now);
  }
}

void Worker::drain(net::Deadline deadline) {
  if (std::exchange(draining_, true)) return;
  for (const auto& listening : listening_) listening->listener.close();
  open_.drain();
  loop_.spawn(end_at(deadline));
  end_if_empty();
}

void Worker::end_if_empty() {
  if (draining_ && connections_ == 0) loop_.interrupt();
}

Task<void> Worker::end_at(net::Deadline deadline) {
  co_await loop_.sleep_until(deadline);
  loop_.interrupt();
}

}  // namespace tlsward::serve
