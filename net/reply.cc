#include "net/reply.h"

namespace tlsward::net {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

}  // namespace

ReplyLine parse_reply_line(std::string_view line) {
  const bool numbered = line.size() >= 3 && line[0] >= '1' && line[0] <= '5' && is_digit(line[1]) && is_digit(line[2]);
  if (!numbered) return {0, false, line};
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  if (line.size() == 3) return {code, true, {}};
  if (line[3] != ' ' && line[3] != '-') return {0, false, line};
  return {code, line[3] == ' ', line.substr(4)};
}

}  // namespace tlsward::net
