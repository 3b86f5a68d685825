// HTTP/1.1 messages, read: Boost.Beast takes them apart, head_checks.h judges them. Beast stays behind this header.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "serve/http/head_checks.h"
#include "serve/http/limits.h"
#include "serve/http/message.h"

namespace tlsward::serve {

/// How the body of a message is framed.
enum class BodyFraming : std::uint8_t { None, Length, Chunked, UntilClose };

/// A body, piece by piece. Owned by the message that it is of.
class BodyDecoder {
 public:
  /// What one step did. `problem` is set where the framing is broken.
  struct Step {
    std::size_t taken = 0;  // of the input
    std::size_t given = 0;  // of the room
    bool ended = false;
    std::optional<MessageProblem> problem;
  };

  BodyDecoder();
  BodyDecoder(BodyDecoder&&) noexcept;
  BodyDecoder& operator=(BodyDecoder&&) noexcept;
  ~BodyDecoder();

  BodyFraming framing() const { return framing_; }
  /// Decodes from `input` into `room`, which is not empty. Neither taken nor given: more input is needed.
  Step decode(std::span<const std::uint8_t> input, std::span<std::uint8_t> room);
  /// How many of the next bytes are the body as they stand, so that they need no decoding; 0: nobody knows.
  std::size_t plain_bytes() const;
  /// As many of them were read elsewhere.
  void pass(std::size_t size);
  /// The peer has closed: true where the body was complete.
  bool close();
  bool ended() const { return ended_; }
  /// Trailer fields of a chunked body, without those that must not stand there; complete once it has ended.
  Fields take_trailers();

 private:
  friend class HeadReader;
  struct Chunks;
  Step decode_chunks(std::span<const std::uint8_t> input, std::span<std::uint8_t> room);

  BodyFraming framing_ = BodyFraming::None;
  bool ended_ = true;
  std::uint64_t left_ = 0;  // of Length
  std::unique_ptr<Chunks> chunks_;
};

/// A request with what is needed to go on behind it.
struct ReadRequest {
  RequestHead head;
  BodyDecoder body;
  bool keep_alive = false;
};
struct ReadResponse {
  ResponseHead head;
  BodyDecoder body;
  bool keep_alive = false;
};

/// Reads a complete head. `scheme` is what a request in origin form gets. The problem says how to answer.
std::optional<ReadRequest> read_request(std::string_view head, const HttpLimits& limits, const std::string& scheme,
                                        MessageProblem& problem);
/// `method` is that of the request which it answers.
std::optional<ReadResponse> read_response(std::string_view head, const HttpLimits& limits, const std::string& method,
                                          MessageProblem& problem);

}  // namespace tlsward::serve
