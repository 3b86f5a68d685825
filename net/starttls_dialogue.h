// The dialogue before TLS as a pure state machine: bytes of the server in, bytes for the server out, and an ending.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/task.h"
#include "net/conversation.h"
#include "net/failure.h"
#include "net/starttls.h"
#include "net/starttls_scripts.h"

namespace tlsward::net {

/// Say what `take_output` gives, then, unless there is an `ending`, let it hear what comes next.
class StartTlsDialogue {
 public:
  /// `host`: whom the stream of XMPP is for.
  StartTlsDialogue(StartTls protocol, const std::string& host);

  /// What is to be sent now; may be empty. To be asked for after each `hear`, the last one too.
  std::string take_output() { return conversation_.take_output(); }
  /// What the server sent: any portion of it. Not after the ending.
  void hear(std::span<const std::uint8_t> bytes);
  /// The server closed. Not after the ending.
  void hear_close();
  /// Nothing more will be heard: the dialogue ends with `failure`, and with what the server had said. Not after the
  /// ending.
  void lose(const Failure& failure);

  /// Nothing where the next byte of the server is TLS, a Failure where it will not be: of kind Protocol in the server's
  /// words, of kind Closed, or the one that was lost to. Nullopt as long as the dialogue goes on.
  const std::optional<Outcome<Nothing>>& ending() const { return ending_; }
  /// After the ending: bytes that the server sent behind its last word.
  std::span<const std::uint8_t> rest() const;

 private:
  Task<void> follow(Script script);
  void end(const Outcome<Nothing>& outcome);

  StartTls protocol_;
  Conversation conversation_;
  std::optional<Outcome<Nothing>> ending_;
  TaskGroup script_;
};

}  // namespace tlsward::net
