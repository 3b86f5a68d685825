// Proxies as users write them. A message never quotes what may be part of a password: not what stands before an '@',
// and not the port, which is the password where somebody forgot the '@'.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "core/percent.h"
#include "net/connect.h"

namespace tlsward::net {
namespace {

constexpr std::size_t kMaxSocksField = 255;  // RFC 1929, 2: the length is one octet

struct Scheme {
  std::string_view name;
  ProxyKind kind;
  std::uint16_t port;  // where the text names none
};

constexpr Scheme kSchemes[] = {
    {"http", ProxyKind::HttpConnect, 80},  // RFC 9110, 4.2.1
    {"socks5", ProxyKind::Socks5, 1080},   // RFC 1928, 3
    {"socks5h", ProxyKind::Socks5, 1080},  // curl's name for: the proxy resolves
};

Error error(std::string message) {
  return {std::move(message)};
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

bool is_scheme_text(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  });
}

Result<Scheme> find_scheme(std::string_view text) {
  const std::string wanted = lower(text);
  for (const Scheme& scheme : kSchemes)
    if (scheme.name == wanted) return scheme;
  if (!is_scheme_text(wanted)) return error("a proxy's address starts with http://, socks5:// or socks5h://");
  return error(fmt::format("proxies of the kind {}:// are not known; http://, socks5:// and socks5h:// are", wanted));
}

Result<std::string> decode_part(std::string_view text) {
  auto decoded = percent_decode(text);
  if (!decoded) return error("a % in the proxy's user name or password is not followed by two hex digits");
  return std::move(*decoded);
}

std::optional<Error> read_user(std::string_view text, Proxy& proxy) {
  const std::size_t colon = text.find(':');
  auto user = decode_part(text.substr(0, colon));
  if (!user) return user.error();
  auto password = decode_part(colon == std::string_view::npos ? "" : text.substr(colon + 1));
  if (!password) return password.error();
  if (proxy.kind == ProxyKind::HttpConnect && user->find(':') != std::string::npos)
    return error("the proxy's user name has a colon in it, which HTTP's Basic scheme cannot say");
  if (proxy.kind == ProxyKind::Socks5 && std::max(user->size(), password->size()) > kMaxSocksField)
    return error(fmt::format("the proxy's user name or password is longer than {} bytes, which SOCKS5 cannot say",
                             kMaxSocksField));
  proxy.user = std::move(*user);
  proxy.password = std::move(*password);
  return {};
}

std::optional<std::uint16_t> read_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (problem != std::errc() || end != text.data() + text.size() || port == 0) return {};
  return port;
}

bool is_host_text(std::string_view text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '\x7f' ||
           std::string_view("[]:?#\\\"<>").find(c) != std::string_view::npos;
  });
}

/// "host", "host:port", "[v6]", "[v6]:port".
std::optional<Error> read_host_and_port(std::string_view text, Proxy& proxy) {
  std::string_view rest;
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    const std::string_view inside = text.substr(1, close == std::string_view::npos ? 0 : close - 1);
    const auto address = parse_ip(inside, 0);
    if (!address || !address->v6) return error("what stands in [ ] in the proxy's address is not an IPv6 address");
    proxy.host = inside;
    rest = text.substr(close + 1);
  } else {
    const std::size_t colon = std::min(text.find(':'), text.size());
    proxy.host = text.substr(0, colon);
    rest = text.substr(colon);
    if (!is_host_text(proxy.host)) return error("the proxy's address names no host, as in http://proxy.example:3128");
  }
  if (rest.empty() && proxy.port != 0) return {};
  if (rest.empty()) return error(fmt::format("the proxy {} has no port, as in {}:3128", proxy.host, proxy.host));
  const auto port = rest.starts_with(':') ? read_port(rest.substr(1)) : std::nullopt;
  if (!port) return error("the port of the proxy is not a number from 1 to 65535");
  proxy.port = *port;
  return {};
}

}  // namespace

Result<Proxy> parse_proxy(std::string_view text) {
  Proxy proxy;
  if (const std::size_t mark = text.find("://"); mark != std::string_view::npos) {
    const auto scheme = find_scheme(text.substr(0, mark));
    if (!scheme) return scheme.error();
    proxy.kind = scheme->kind;
    proxy.port = scheme->port;
    text.remove_prefix(mark + 3);
  }
  const std::size_t at = text.rfind('@');
  const std::string_view user = at == std::string_view::npos ? "" : text.substr(0, at);
  std::string_view place = text.substr(at == std::string_view::npos ? 0 : at + 1);
  if (place.ends_with('/')) place.remove_suffix(1);
  if (place.find('/') != std::string_view::npos) return error("a proxy's address ends with its port: it has no path");
  if (auto problem = read_user(user, proxy)) return std::move(*problem);
  if (auto problem = read_host_and_port(place, proxy)) return std::move(*problem);
  return proxy;
}

}  // namespace tlsward::net
