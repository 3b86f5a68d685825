// Replies with a number of three digits in front, as SMTP, LMTP, FTP and NNTP give them.
#pragma once

#include <string_view>

namespace tlsward::net {

/// One line of a reply: `220-first`, `220 last`.
struct ReplyLine {
  int code = 0;           // 100 to 599; 0: the line begins with none
  bool last = false;      // no further line belongs to this reply
  std::string_view text;  // behind the code and its separator; the whole line where there is no code
};

/// RFC 5321, 4.2; RFC 959, 4.2.
ReplyLine parse_reply_line(std::string_view line);

}  // namespace tlsward::net
