#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "net/proxy_dialogue.h"

namespace tlsward::net {
namespace {

using Kind = Failure::Kind;

constexpr std::size_t kMaxQuoted = 80;     // characters of the proxy's in a message
constexpr int kInterim = 1, kSuccess = 2;  // first digit of the status (RFC 9110, 15)

std::string base64(std::string_view bytes) {
  std::string result((bytes.size() + 2) / 3 * 4 + 1, '\0');  // EVP_EncodeBlock ends it with a NUL
  const int size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(result.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  result.resize(static_cast<std::size_t>(size));
  return result;
}

std::string authority(const ProxyTarget& target) {
  return target.address ? text(*target.address) : fmt::format("{}:{}", target.host, target.port);
}

std::string request(const Proxy& proxy, const ProxyTarget& target) {
  const std::string to = authority(target);
  std::string result = fmt::format("CONNECT {} HTTP/1.1\r\nHost: {}\r\n", to, to);
  if (has_login(proxy))
    result += fmt::format("Proxy-Authorization: Basic {}\r\n", base64(proxy.user + ":" + proxy.password));
  return result + "\r\n";
}

std::string quote(std::string_view words) {
  std::string result(words.substr(0, kMaxQuoted));
  for (char& c : result)
    if (c < ' ' || c > '~') c = '?';
  return words.size() > kMaxQuoted ? result + "..." : result;
}

struct Status {
  int code = 0;
  std::string_view words;  // "407 Proxy Authentication Required"
};

/// RFC 9112, 4: "HTTP/1.1 200 OK". Nullopt for anything else.
std::optional<Status> parse_status(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (!line.starts_with("HTTP/") || space == std::string_view::npos) return {};
  const std::string_view words = line.substr(space + 1);
  if (words.size() < 3 || (words.size() > 3 && words[3] != ' ')) return {};
  int code = 0;
  for (const char c : words.substr(0, 3)) {
    if (c < '0' || c > '9') return {};
    code = 10 * code + (c - '0');
  }
  return Status{code, words};
}

std::string_view first_line(std::string_view text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// Where the head that starts `text` ends: behind its empty line. Nullopt: not yet. Looked for from `from` on.
std::optional<std::size_t> end_of_head(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find('\n', from); at != std::string_view::npos; at = text.find('\n', at + 1)) {
    const std::string_view next = text.substr(at + 1);
    if (next.starts_with('\n')) return at + 2;
    if (next.starts_with("\r\n")) return at + 3;
  }
  return {};
}

bool may_be_http(std::string_view answer) {
  constexpr std::string_view kStart = "HTTP/";
  const std::size_t size = std::min(answer.size(), kStart.size());
  return answer.substr(0, size) == kStart.substr(0, size);
}

/// A proxy's answer as it comes in. Interim answers (RFC 9110, 15.2) are skipped.
class Answer {
 public:
  /// The final answer's outcome, as soon as it is there.
  std::optional<Outcome<Nothing>> feed(std::string_view bytes) {
    text_ += bytes;
    for (;;) {
      if (!may_be_http(text_)) return protocol(fmt::format("proxy answered no HTTP: \"{}\"", quote(first_line(text_))));
      const auto end = end_of_head(text_, looked_at_);
      if (!end) break;
      const auto status = parse_status(first_line(text_));
      if (!status) return protocol(fmt::format("proxy answered no HTTP status: \"{}\"", quote(first_line(text_))));
      const int kind = status->code / 100;
      if (kind != kInterim && kind != kSuccess) return protocol(fmt::format("proxy answered {}", quote(status->words)));
      drop(*end);
      if (kind == kSuccess) return Nothing{};
    }
    looked_at_ = text_.size() - std::min<std::size_t>(text_.size(), 2);
    if (dropped_ + text_.size() < kMaxProxyAnswer) return {};
    return protocol(fmt::format("proxy's answer is longer than {} bytes", kMaxProxyAnswer));
  }

  /// What came behind the answer.
  std::string_view rest() const { return text_; }

 private:
  static Failure protocol(std::string message) { return {Kind::Protocol, std::move(message)}; }

  void drop(std::size_t size) {
    text_.erase(0, size);
    dropped_ += size;
    looked_at_ = 0;
  }

  std::string text_;
  std::size_t looked_at_ = 0, dropped_ = 0;
};

std::span<const std::uint8_t> as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace

Task<Outcome<Nothing>> http_connect(Stream& stream, const Proxy& proxy, const ProxyTarget& target, Deadline deadline) {
  const std::string words = request(proxy, target);
  if (auto sent = co_await stream.write_all(as_bytes(words), deadline); !sent) co_return at_proxy(sent.error());
  Answer answer;
  std::array<std::uint8_t, 1024> buffer;
  for (;;) {
    const auto got = co_await stream.read_some(buffer, deadline);
    if (!got) co_return at_proxy(got.error());
    if (*got == 0) co_return Failure{Kind::Closed, "proxy closed the connection before it had answered"};
    const auto outcome = answer.feed({reinterpret_cast<const char*>(buffer.data()), *got});
    if (!outcome) continue;
    stream.unread(as_bytes(answer.rest()));
    co_return *outcome;
  }
}

}  // namespace tlsward::net
