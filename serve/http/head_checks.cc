#include "serve/http/head_checks.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tlsward::serve {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

/// Asked for each byte of each field's name.
constexpr std::array<bool, 256> kTokenChars = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("!#$%&'*+-.^_`|~0123456789"
                                       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    table[static_cast<unsigned char>(c)] = true;
  return table;
}();

bool is_token_char(char c) {
  return kTokenChars[static_cast<unsigned char>(c)];
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Of a field's value: HTAB, visible ASCII, blanks and bytes beyond ASCII (RFC 9110, 5.5).
bool is_value_char(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

MessageProblem bad(std::string what) {
  return {400, std::move(what)};
}

std::optional<MessageProblem> check_field_line(std::string_view line) {
  if (line.front() == ' ' || line.front() == '\t') return bad("a field is folded over several lines");
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return bad("a field line has no colon");
  const std::string_view name = line.substr(0, colon);
  if (!is_token(name)) return bad("a field name is empty or holds a blank or another character that it must not");
  const std::string_view value = line.substr(colon + 1);
  if (!std::all_of(value.begin(), value.end(), is_value_char))
    return bad(fmt::format("the value of {} holds a control character", name));
  return {};
}

/// Nullopt for an entry that is no plain decimal number of at most 18 digits.
std::optional<std::uint64_t> read_length(std::string_view text) {
  constexpr std::size_t kMaxDigits = 18;
  if (text.empty() || text.size() > kMaxDigits || !std::all_of(text.begin(), text.end(), is_digit)) return {};
  std::uint64_t length = 0;
  std::from_chars(text.data(), text.data() + text.size(), length);
  return length;
}

std::optional<MessageProblem> check_codings(const Fields& fields, std::size_t number, HttpVersion version) {
  if (version == HttpVersion::Http10) return bad("HTTP/1.0 has no Transfer-Encoding");
  const std::string& value = *find(fields, "Transfer-Encoding");
  if (number == 1 && same_name(value, "chunked")) return {};
  const std::vector<std::string> listed = entries(fields, "Transfer-Encoding");
  const bool unknown = !listed.empty() && std::none_of(listed.begin(), listed.end(), [](const std::string& coding) {
    return same_name(coding, "chunked");
  });
  return MessageProblem{unknown ? 501 : 400, "Transfer-Encoding is not chunked alone"};
}

bool is_hex_digit(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_host_char(char c) {
  constexpr std::string_view kOthers = "-._~!$&'()*+,;=";
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || kOthers.find(c) != std::string_view::npos;
}

/// RFC 3986, 3.2.2: reg-name, or an IPv4 address, which is one, too.
bool is_registered_name(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_host_char(text[at])) continue;
    const bool encoded =
        text[at] == '%' && at + 2 < text.size() && is_hex_digit(text[at + 1]) && is_hex_digit(text[at + 2]);
    if (!encoded) return false;
    at += 2;
  }
  return !text.empty();
}

bool is_port(std::string_view text) {
  if (text.size() > 5 || !std::all_of(text.begin(), text.end(), is_digit)) return false;
  unsigned port = 0;
  std::from_chars(text.data(), text.data() + text.size(), port);
  return port <= 65535;
}

bool is_ipv6_address(std::string_view text) {
  in6_addr ignored{};
  return inet_pton(AF_INET6, std::string(text).c_str(), &ignored) == 1;
}

std::optional<MessageProblem> check_target_chars(std::string_view target) {
  for (const char c : target) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte <= 0x20 || byte >= 0x7f)
      return bad("the request target holds a blank, a control or a non-ASCII character");
    if (c == '#') return bad("the request target has a fragment");
  }
  return {};
}

std::optional<MessageProblem> check_absolute_form(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.size() < scheme.size() || !same_name(target.substr(0, scheme.size()), scheme)) continue;
    const std::string_view rest = target.substr(scheme.size());
    if (is_authority(rest.substr(0, rest.find_first_of("/?")))) return {};
    return bad("the authority of the request target is not valid");
  }
  return bad("the request target is neither a path nor an http or https address");
}

std::optional<MessageProblem> check_connect(std::string_view target) {
  const bool has_port = is_digit(target.back()) && target.find(':') != std::string_view::npos;
  if (!has_port || !is_authority(target)) return bad("CONNECT needs a host and a port");
  return MessageProblem{501, "CONNECT is not implemented"};
}

}  // namespace

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_char);
}

bool is_authority(std::string_view text) {
  if (text.empty()) return false;
  if (text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_ipv6_address(text.substr(1, end - 1))) return false;
    const std::string_view rest = text.substr(end + 1);
    return rest.empty() || (rest.front() == ':' && is_port(rest.substr(1)));
  }
  const std::size_t colon = text.find(':');
  const std::string_view host = text.substr(0, colon);
  if (!is_registered_name(host)) return false;
  return colon == std::string_view::npos || is_port(text.substr(colon + 1));
}

std::optional<MessageProblem> check_raw_head(std::string_view head, const HttpLimits& limits) {
  std::size_t fields = 0;
  bool first = true;
  while (!head.empty()) {
    const std::size_t end = head.find(kLineEnd);
    if (end == std::string_view::npos) return bad("a line of the head does not end with CRLF");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + kLineEnd.size());
    if (line.find('\n') != std::string_view::npos) return bad("a line of the head ends with LF alone");
    if (line.find('\r') != std::string_view::npos) return bad("the head holds a CR that ends no line");
    if (line.empty()) break;
    if (std::exchange(first, false)) continue;
    if (++fields > limits.head_fields) return MessageProblem{431, "the head has too many fields"};
    if (auto problem = check_field_line(line)) return problem;
  }
  return {};
}

std::optional<MessageProblem> check_raw_trailers(std::string_view last_chunk) {
  if (last_chunk.starts_with(kLineEnd)) last_chunk.remove_prefix(kLineEnd.size());  // of the chunk before
  return check_raw_head(last_chunk, HttpLimits{});
}

bool has_open_quote(std::string_view bytes) {
  if (bytes.starts_with(kLineEnd)) bytes.remove_prefix(kLineEnd.size());
  const std::size_t end = bytes.find(kLineEnd);
  if (end == std::string_view::npos) return false;
  bool open = false;
  for (std::size_t at = 0; at < end; ++at) {
    if (bytes[at] == '"') open = !open;
    if (bytes[at] == '\\' && open) ++at;
  }
  return open;
}

bool has_other_version(std::string_view head) {
  constexpr std::string_view kPattern = "HTTP/9.9";
  const std::string_view line = head.substr(0, head.find(kLineEnd));
  if (line.size() < kPattern.size()) return false;
  const std::string_view version = line.substr(line.size() - kPattern.size());
  const bool well_formed =
      version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
  return well_formed && version != "HTTP/1.0" && version != "HTTP/1.1";
}

std::optional<Framing> read_framing(const Fields& fields, HttpVersion version, MessageProblem& problem) {
  const std::size_t codings = count(fields, "Transfer-Encoding");
  const std::size_t lengths = count(fields, "Content-Length");
  std::optional<MessageProblem> found;
  Framing framing;
  if (codings > 0 && lengths > 0) {
    found = bad("Content-Length and Transfer-Encoding stand together");
  } else if (codings > 0) {
    found = check_codings(fields, codings, version);
    framing.chunked = true;
  } else if (lengths > 1) {
    found = bad("Content-Length stands there more than once");
  } else if (lengths == 1) {
    framing.content_length = read_length(*find(fields, "Content-Length"));
    if (!framing.content_length) found = bad("Content-Length is no decimal number");
  }
  if (!found) return framing;
  problem = std::move(*found);
  return {};
}

std::optional<MessageProblem> check_host(const Fields& fields, HttpVersion version) {
  const std::size_t hosts = count(fields, "Host");
  if (hosts > 1) return bad("Host stands there more than once");
  if (hosts == 0) {
    if (version == HttpVersion::Http10) return {};
    return bad("Host is missing");
  }
  if (!is_authority(*find(fields, "Host"))) return bad("Host is no valid host with or without a port");
  return {};
}

std::optional<MessageProblem> check_request_line(std::string_view method, std::string_view target,
                                                 const HttpLimits& limits) {
  if (!is_token(method)) return bad("the method is no token");
  if (target.size() > limits.target_bytes) return MessageProblem{414, "the request target is too long"};
  if (target.empty()) return bad("the request target is empty");
  if (auto problem = check_target_chars(target)) return problem;
  if (method == "CONNECT") return check_connect(target);
  if (target == "*") {
    if (method == "OPTIONS") return {};
    return bad("the request target * is for OPTIONS alone");
  }
  if (target.front() == '/') return {};
  return check_absolute_form(target);
}

std::optional<MessageProblem> check_expect(const Fields& fields) {
  const std::vector<std::string> expected = entries(fields, "Expect");
  const bool known = std::all_of(expected.begin(), expected.end(),
                                 [](const std::string& entry) { return same_name(entry, "100-continue"); });
  if (!known) return MessageProblem{417, "Expect asks for something other than 100-continue"};
  return {};
}

bool is_forbidden_trailer(std::string_view name) {
  constexpr std::array<std::string_view, 19> kForbidden = {"Transfer-Encoding",
                                                           "Content-Length",
                                                           "Host",
                                                           "Trailer",
                                                           "Connection",
                                                           "Upgrade",
                                                           "TE",
                                                           "Content-Type",
                                                           "Expect",
                                                           "Authorization",
                                                           "Content-Encoding",
                                                           "Content-Range",
                                                           "Cache-Control",
                                                           "Max-Forwards",
                                                           "Set-Cookie",
                                                           "Cookie",
                                                           "Keep-Alive",
                                                           "Proxy-Authorization",
                                                           "Proxy-Connection"};
  return std::any_of(kForbidden.begin(), kForbidden.end(),
                     [&](std::string_view forbidden) { return same_name(forbidden, name); });
}

}  // namespace tlsward::serve
