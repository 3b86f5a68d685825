// A request that came in over HTTP/2, and the response to it. Private to serve/http/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "serve/http/exchange.h"
#include "serve/http/http2_session.h"

namespace tlsward::serve {

class Http2Exchange final : public ServerExchange {
 public:
  /// `session` and `limits` outlive it.
  Http2Exchange(Http2Session& session, std::shared_ptr<Http2Stream> stream, RequestHead request,
                const HttpLimits& limits);
  /// What was not finished is reset.
  ~Http2Exchange() override;
  Http2Exchange(const Http2Exchange&) = delete;
  Http2Exchange& operator=(const Http2Exchange&) = delete;

  Task<net::Outcome<std::size_t>> read_body(std::span<std::uint8_t> into, net::Deadline deadline) override;
  bool body_ready() const override;
  const Fields& trailers() const override;

  Task<net::Outcome<Nothing>> write_body(std::span<const std::uint8_t> bytes, net::Deadline deadline) override;
  Task<net::Outcome<Nothing>> flush(net::Deadline deadline) override;
  Task<net::Outcome<Nothing>> finish(const Fields& trailers, net::Deadline deadline) override;
  void abort() override;

  const RequestHead& request() const override { return request_; }
  Task<net::Outcome<Nothing>> write_interim(const ResponseHead& head, net::Deadline deadline) override;
  Task<net::Outcome<Nothing>> write_head(const ResponseHead& head, net::Deadline deadline) override;
  int failure_status() const override { return failure_status_; }
  bool responded() const override { return responded_; }
  /// The response is complete.
  bool finished() const { return finished_; }

 private:
  net::Failure gone() const;

  Http2Session& session_;
  std::shared_ptr<Http2Stream> stream_;
  RequestHead request_;
  const HttpLimits& limits_;
  std::uint64_t read_ = 0;
  int failure_status_ = 0;
  bool has_body_ = true;  // of the response
  bool responded_ = false, finished_ = false;
};

}  // namespace tlsward::serve
