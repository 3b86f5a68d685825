// A client and servers of HTTP/2 that talk over loopback in one loop.
#pragma once

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "core/task.h"
#include "net/listener.h"
#include "net/loop.h"
#include "serve/http/exchange.h"
#include "tests/serve/http2_answers.h"

namespace tlsward::test {

/// What came of a request.
struct Reply {
  std::string failure;  // of the head, or of the request's own; empty: there is a head
  bool untouched = false;
  std::vector<serve::ResponseHead> interim;
  serve::ResponseHead head;
  std::string body;
  std::string body_failure;  // empty: the body came to its end
  serve::Fields trailers;
  std::string send_failure;  // of the request's body
};

struct Question {
  serve::RequestHead head;
  std::string body;
  serve::Fields trailers;
};
/// GET for http://localhost and a target, or POST where there is a body.
Question question(const std::string& target, std::string body = {}, serve::Fields trailers = {});
/// `size` bytes of byte_at.
std::string long_body(std::size_t size);

/// Asks: body and response go side by side. `question` stays meanwhile.
Task<Reply> ask(serve::ClientConnection& client, const Question& question);
/// The response to a request that `exchange` has begun.
Task<void> read_reply(serve::ClientExchange& exchange, Reply& reply);

class Http2Loopback {
 public:
  explicit Http2Loopback(const serve::HttpLimits& limits = {}, serve::ExchangeHandler handler = answer_by_target);
  Http2Loopback(const Http2Loopback&) = delete;
  Http2Loopback& operator=(const Http2Loopback&) = delete;

  /// Connects a client, has `script` use it, and runs until nothing is left to run. The script may destroy the client.
  void run(std::function<Task<void>(Http2Loopback&, std::unique_ptr<serve::ClientConnection>&)> script);
  net::Loop& loop() { return loop_; }
  /// All connections of the server.
  void drain();
  /// Server connections that have come and that have ended.
  std::size_t accepted() const { return accepted_; }
  std::size_t ended() const { return ended_; }

 private:
  using Script = std::function<Task<void>(Http2Loopback&, std::unique_ptr<serve::ClientConnection>&)>;
  Task<void> accept_all();
  Task<void> serve_one(net::Stream stream);
  Task<void> play(Script script);

  serve::HttpLimits limits_;
  serve::ExchangeHandler handler_;
  net::Loop loop_;
  net::Listener listener_;
  std::list<serve::ServerConnection*> open_;
  std::size_t accepted_ = 0, ended_ = 0;
};

}  // namespace tlsward::test
