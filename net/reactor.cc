// The only file that includes Boost.Asio: it is dear to compile, and the rest of net/ needs little of it.
//
// Sockets are read and written by net/ itself, without waiting; Asio only tells when it is worth another try. A wait
// that its task has given up (deadline) stays with Asio: the next one for the same direction takes it over.
#include "net/reactor.h"

#ifdef __SANITIZE_THREAD__
// gcc's ThreadSanitizer knows no fences; what comes from other threads comes through a mutex, too.
#define BOOST_ASIO_DISABLE_FENCED_BLOCK
#endif

#include <unistd.h>

#include <array>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <boost/asio/post.hpp>
#include <cassert>
#include <utility>

namespace tlsward::net {
namespace {

namespace asio = boost::asio;

// The executor's own type: the default one is polymorphic and costs virtual calls.
using Executor = asio::io_context::executor_type;
using Timer = asio::basic_waitable_timer<Clock, asio::wait_traits<Clock>, Executor>;
using AsioDescriptor = asio::posix::basic_stream_descriptor<Executor>;

enum Direction : std::size_t { kRead, kWrite };

}  // namespace

struct Reactor::Impl {
  explicit Impl(std::function<void()> alarm_function) : on_alarm(std::move(alarm_function)) {}

  asio::io_context context{BOOST_ASIO_CONCURRENCY_HINT_UNSAFE_IO};  // one thread; `post` stays safe
  Timer alarm{context};
  std::function<void()> on_alarm;
};

Reactor::Reactor(std::function<void()> on_alarm) : impl_(std::make_unique<Impl>(std::move(on_alarm))) {}
Reactor::~Reactor() = default;

void Reactor::run() {
  const auto work = asio::make_work_guard(impl_->context);
  impl_->context.restart();
  impl_->context.run();
}

void Reactor::stop() {
  impl_->context.stop();
}

void Reactor::post(std::function<void()> function) {
  asio::post(impl_->context, std::move(function));
}

void Reactor::set_alarm(Deadline when) {
  impl_->alarm.expires_at(when);
  impl_->alarm.async_wait([&impl = *impl_](const boost::system::error_code& error) {
    if (!error) impl.on_alarm();
  });
}

struct Descriptor::State {
  State(Reactor& reactor, Waiters& waiters, int socket)
      : fd(socket), asio(reactor.impl().context), lists{WaitList(waiters), WaitList(waiters)} {}
  ~State() { close(); }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  void close();

  int fd;
  AsioDescriptor asio;
  std::array<WaitList, 2> lists;
  std::array<bool, 2> asked{};  // Asio will tell
};

void Descriptor::State::close() {
  if (fd < 0) return;
  boost::system::error_code ignored;
  if (asio.is_open())
    asio.close(ignored);
  else
    ::close(fd);
  fd = -1;
  for (WaitList& list : lists) list.wake_all(Wake::Closed);
}

namespace {

template <class State>
WaitList& ask(const std::shared_ptr<State>& state, Direction direction) {
  if (state->asked[direction]) return state->lists[direction];
  state->asked[direction] = true;
  assert(state->asio.is_open());
  const auto what = direction == kRead ? AsioDescriptor::wait_read : AsioDescriptor::wait_write;
  state->asio.async_wait(what, [state, direction](const boost::system::error_code&) {
    state->asked[direction] = false;
    state->lists[direction].resume_all(Wake::Ready);
  });
  return state->lists[direction];
}

}  // namespace

Descriptor::Descriptor(Reactor& reactor, Waiters& waiters, int fd)
    : state_(std::make_shared<State>(reactor, waiters, fd)) {}
Descriptor::Descriptor(Descriptor&&) noexcept = default;

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(state_, other.state_);
  return *this;
}

Descriptor::~Descriptor() {
  close();
}

int Descriptor::fd() const {
  return state_ ? state_->fd : -1;
}

bool Descriptor::attach() {
  boost::system::error_code error;
  state_->asio.assign(state_->fd, error);
  return !error;
}

Waiter Descriptor::readable(Deadline deadline) {
  return {ask(state_, kRead), deadline};
}

Waiter Descriptor::writable(Deadline deadline) {
  return {ask(state_, kWrite), deadline};
}

void Descriptor::close() {
  if (state_) state_->close();
}

}  // namespace tlsward::net
