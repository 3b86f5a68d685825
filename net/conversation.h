// A conversation with a server, without a network: a script says things and waits for the server's pieces; somebody
// else carries the bytes.
#pragma once

#include <coroutine>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tlsward::net {

/// The script is a coroutine:
///
///   server.send("STLS\r\n");
///   const std::string answer = co_await server.line();
///
/// It need not care for what cannot be heard: where the server closes or never comes to an end, it is not resumed.
/// One script, which must not outlive the conversation.
class Conversation {
 public:
  /// More than this of the server's bytes is given to no script.
  static constexpr std::size_t kLimit = 64 * 1024;

  Conversation() = default;
  Conversation(const Conversation&) = delete;
  Conversation& operator=(const Conversation&) = delete;

  class Piece;

  /// For the script: says `bytes`.
  void send(std::string_view bytes) { output_ += bytes; }
  /// For the script: `co_await` gives the next line, without its LF or CR LF.
  Piece line();
  /// For the script: `co_await` gives everything up to the end of the next XML tag: its `>` outside quotes.
  Piece tag();
  /// For the script: `co_await` gives exactly `count` bytes.
  Piece bytes(std::size_t count);

  /// Takes bytes of the server and goes on with the script where it waited for them.
  void hear(std::span<const std::uint8_t> bytes);
  /// What the script said since the last call.
  std::string take_output();
  /// All bytes that came.
  std::string_view heard() const { return heard_; }
  /// The bytes that came and that the script did not take.
  std::string_view rest() const { return std::string_view(heard_).substr(taken_); }

 private:
  enum class Shape : std::uint8_t { Line, Tag, Bytes };

  Piece wait_for(Shape shape, std::size_t count = 0);
  bool find_end();
  bool find_end_of_line(std::string_view heard);
  bool find_end_of_tag(std::string_view heard);
  std::string take();

  std::string output_;
  std::string heard_;
  std::size_t taken_ = 0;
  std::coroutine_handle<> waiting_;

  // The piece that the script wants.
  Shape shape_ = Shape::Line;
  std::size_t count_ = 0;
  std::size_t scanned_ = 0;  // up to here it was looked for
  bool in_tag_ = false;
  char quote_ = 0;
};

/// What a script waits for.
class Conversation::Piece {
 public:
  bool await_ready() const { return conversation_.find_end(); }
  void await_suspend(std::coroutine_handle<> script) const { conversation_.waiting_ = script; }
  std::string await_resume() const { return conversation_.take(); }

 private:
  friend Conversation;
  explicit Piece(Conversation& conversation) : conversation_(conversation) {}
  Conversation& conversation_;
};

}  // namespace tlsward::net
