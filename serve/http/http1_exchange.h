// One request on a connection of HTTP/1.1 and the response to it. Private to serve/http/.
#pragma once

#include <cstdint>

#include "serve/http/exchange.h"
#include "serve/http/http1_codec.h"
#include "serve/http/http1_input.h"
#include "serve/http/http1_output.h"
#include "serve/http/http1_text.h"

namespace tlsward::serve {

/// Reads the body of a message from a connection; in a tunnel, its bytes.
class Http1Body {
 public:
  Http1Body(Http1Input& input, BodyDecoder decoder, std::uint64_t limit)
      : input_(input), decoder_(std::move(decoder)), limit_(limit) {}

  Task<net::Outcome<std::size_t>> read(std::span<std::uint8_t> into, net::Deadline deadline);
  bool ready() const { return failed_ || ended() || tunnel_ended_ || input_.ready(); }
  bool failed() const { return failed_; }
  bool ended() const { return !tunnel_ && decoder_.ended(); }
  const Fields& trailers() const { return trailers_; }
  /// From now on the bytes themselves are given, until the peer ends its side.
  void make_tunnel() { tunnel_ = true; }
  /// What tells the peer why reading failed: 400, 408, 413, 431; 0 where it is gone.
  int failure_status() const { return failure_status_; }

 private:
  net::Failure fail(int status, std::string what);
  net::Failure note(const net::Failure& failure);
  Task<net::Outcome<std::size_t>> read_tunnel(std::span<std::uint8_t> into, net::Deadline deadline);
  Task<net::Outcome<std::size_t>> read_plain(std::span<std::uint8_t> into, net::Deadline deadline);
  net::Outcome<std::size_t> end();
  bool exceeds_limit() const { return limit_ > 0 && read_ > limit_; }

  Http1Input& input_;
  BodyDecoder decoder_;
  std::uint64_t limit_;  // 0: none
  std::uint64_t read_ = 0;
  Fields trailers_;
  bool tunnel_ = false, failed_ = false, tunnel_ended_ = false;
  int failure_status_ = 0;
};

class Http1Exchange final : public ServerExchange {
 public:
  /// All that is given outlives it. `keep_alive`: whether the client and the connection would go on.
  Http1Exchange(net::Transport& transport, Http1Input& input, ReadRequest request, const HttpLimits& limits,
                const bool& draining);

  Task<net::Outcome<std::size_t>> read_body(std::span<std::uint8_t> into, net::Deadline deadline) override;
  bool body_ready() const override { return body_.ready(); }
  const Fields& trailers() const override { return body_.trailers(); }
  Task<net::Outcome<Nothing>> write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) override;
  Task<net::Outcome<Nothing>> flush(net::Deadline deadline) override;
  Task<net::Outcome<Nothing>> finish(const Fields& trailers, net::Deadline deadline) override;
  void abort() override;
  const RequestHead& request() const override { return request_; }
  Task<net::Outcome<Nothing>> write_interim(const ResponseHead& head, net::Deadline deadline) override;
  Task<net::Outcome<Nothing>> write_head(const ResponseHead& head, net::Deadline deadline) override;
  int failure_status() const override { return body_.failure_status(); }
  bool responded() const override { return responded_; }

  /// After the handler: the response was finished, and another request may follow on this connection once the rest of
  /// the body was read.
  bool may_go_on() const { return finished_ && keep_alive_ && !tunnel_; }
  bool finished() const { return finished_; }
  bool body_ended() const { return body_.ended(); }

 private:
  ResponseHead framed(const ResponseHead& head);

  net::Transport& transport_;
  const bool& draining_;
  RequestHead request_;
  Http1Body body_;
  Http1Output output_;
  ResponseFraming framing_ = ResponseFraming::Length;
  std::uint64_t promised_ = 0;  // of Length: bytes that have not come yet
  bool keep_alive_, has_body_ = true;
  bool responded_ = false, finished_ = false, tunnel_ = false, continue_owed_;
};

}  // namespace tlsward::serve
