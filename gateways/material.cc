// A configuration names files or holds PEM text itself; both become tls::Material. Opening is careful: a path in a
// linted file may name anything, so only regular files of a sane size are read, and nothing can make the open wait.
#include "gateways/material.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <system_error>
#include <utility>

#include "gateways/open_below.h"
#include "pki/pem.h"

namespace tlsward::gateways {
namespace {

constexpr std::size_t kMaxFileBytes = std::size_t{4} << 20;
constexpr std::string_view kPemBegin = "-----BEGIN ";

/// Overwrites key material before its memory is given back; volatile, so that it is not optimised away.
void wipe(std::string& text) {
  volatile char* bytes = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = 0;
  text.clear();
}

/// "Permission denied" as it stands in a message.
std::string error_text(int number) {
  std::string text = std::generic_category().message(number);
  if (!text.empty()) text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

bool means_missing(int number) {
  return number == ENOENT || number == ENOTDIR;
}

void unreadable(tls::Material& material, std::string problem) {
  material.state = tls::MaterialState::Unreadable;
  material.problem = std::move(problem);
}

/// Reads at most one byte more than the limit, so that a file that grows meanwhile is noticed.
bool read_all(const Descriptor& file, std::string& bytes) {
  std::array<char, 16384> block;
  while (bytes.size() <= kMaxFileBytes) {
    const ssize_t count = ::read(file.get(), block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0) break;
    bytes.append(block.data(), static_cast<std::size_t>(count));
  }
  block.fill(0);
  return true;
}

void read_file(tls::Material& material, const std::string& root) {
  if (material.file.find('\0') != std::string::npos) return unreadable(material, "the path holds a zero byte");
  const Descriptor file = open_below(root, material.written);
  if (file.get() < 0) {
    if (!means_missing(errno)) return unreadable(material, error_text(errno));
    material.state = tls::MaterialState::Missing;
    return;
  }
  struct stat facts {};
  if (::fstat(file.get(), &facts) != 0) return unreadable(material, error_text(errno));
  if (S_ISDIR(facts.st_mode)) return unreadable(material, "is a directory");
  if (!S_ISREG(facts.st_mode)) return unreadable(material, "is not a regular file");
  material.file_mode = facts.st_mode & 07777U;
  const auto size = static_cast<std::size_t>(facts.st_size);
  if (size > kMaxFileBytes) {
    return unreadable(material, fmt::format("{} bytes; at most {} bytes are read", size, kMaxFileBytes));
  }
  std::string bytes;
  // Growing would leave copies of a key behind in freed memory.
  bytes.reserve(std::min(size + 16384, kMaxFileBytes + 16384));
  if (!read_all(file, bytes)) {
    const std::string problem = error_text(errno);
    wipe(bytes);
    return unreadable(material, problem);
  }
  material.state = tls::MaterialState::Read;
  material.bundle = pki::read_bundle(bytes, material.file);
  wipe(bytes);
}

std::string resolve(std::string_view root, std::string_view path) {
  if (root.empty()) return std::string(path);
  while (root.size() > 1 && root.back() == '/') root.remove_suffix(1);
  while (!path.empty() && path.front() == '/') path.remove_prefix(1);
  return root == "/" ? "/" + std::string(path) : std::string(root) + "/" + std::string(path);
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

std::string_view without_last_dot(std::string_view host) {
  if (!host.empty() && host.back() == '.') host.remove_suffix(1);
  return host;
}

bool is_ipv4(const std::string& host) {
  in_addr address{};
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1;
}

bool is_ipv6(const std::string& host) {
  in6_addr address{};
  return ::inet_pton(AF_INET6, host.substr(0, host.find('%')).c_str(), &address) == 1;
}

/// Second-level labels under which a country's registry sells names (`co.uk`, `com.br`); a short form of the Public
/// Suffix List (publicsuffix.org, read 2026-11-22).
bool is_registry_label(std::string_view label) {
  constexpr std::array<std::string_view, 10> kLabels = {"ac",  "co", "com", "edu", "go",
                                                        "gov", "ne", "net", "or",  "org"};
  return std::find(kLabels.begin(), kLabels.end(), label) != kLabels.end();
}

}  // namespace

tls::Material file_material(const Node& value, std::string field, tls::MaterialUse use, tls::MaterialPart part,
                            const ReadOptions& options) {
  tls::Material material;
  material.use = use;
  material.part = part;
  material.field = std::move(field);
  material.where = value.where;
  material.from_define = value.defined;
  if (!value.unresolved && pki::holds_material(value.scalar)) {
    // `written` is printed, so the text of what may be a key must not get there.
    const bool is_pem = value.scalar.find(kPemBegin) != std::string_view::npos;
    material.inline_text = true;
    material.bundle = pki::read_bundle(value.scalar);
    unreadable(material, is_pem ? "holds PEM text, but a path is expected here"
                                : "holds the text of a certificate or key, but a path is expected here");
    return material;
  }
  material.written = value.scalar;
  if (value.unresolved || is_placeholder(value.scalar)) {
    material.state = tls::MaterialState::Unresolved;
    return material;
  }
  material.file = resolve(options.root, value.scalar);
  if (!options.follow_files) {
    material.state = tls::MaterialState::NotFollowed;
    return material;
  }
  if (value.scalar.empty()) {
    material.state = tls::MaterialState::Missing;
    return material;
  }
  read_file(material, options.root);
  return material;
}

tls::Material inline_material(const Node& value, std::string field, tls::MaterialUse use, tls::MaterialPart part) {
  tls::Material material;
  material.use = use;
  material.part = part;
  material.field = std::move(field);
  material.where = value.where;
  material.inline_text = true;
  material.from_define = value.defined;
  if (value.unresolved) {
    material.state = tls::MaterialState::Unresolved;
    return material;
  }
  material.state = tls::MaterialState::Read;
  material.bundle = pki::read_bundle(value.scalar);
  return material;
}

tls::Setting<std::string> text_setting(const Node& value) {
  tls::Setting<std::string> setting;
  setting.value = value.scalar;
  setting.where = value.where;
  setting.origin = value.unresolved ? tls::Origin::Unresolved : tls::Origin::Written;
  if (value.unresolved) setting.because = value.scalar;
  return setting;
}

Address parse_address(std::string_view text) {
  Address address;
  const std::size_t scheme = text.find("://");
  if (scheme != std::string_view::npos) {
    address.scheme = lower(text.substr(0, scheme));
    text.remove_prefix(scheme + 3);
  }
  const std::size_t path = text.find_first_of("/?#");
  if (path != std::string_view::npos) {
    address.path = text.substr(path);
    text = text.substr(0, path);
  }
  const std::size_t user = text.find_last_of('@');
  if (user != std::string_view::npos) text.remove_prefix(user + 1);
  const std::size_t bracket = text.find(']');
  if (!text.empty() && text.front() == '[' && bracket != std::string_view::npos) {
    address.host = text.substr(1, bracket - 1);
    if (bracket + 1 < text.size() && text[bracket + 1] == ':') address.port = text.substr(bracket + 2);
    return address;
  }
  const std::size_t colon = text.find(':');
  // More than one colon without brackets: an IPv6 address without a port.
  if (colon == std::string_view::npos || text.find(':', colon + 1) != std::string_view::npos) {
    address.host = text;
    return address;
  }
  address.host = text.substr(0, colon);
  address.port = text.substr(colon + 1);
  return address;
}

bool is_ip_literal(std::string_view host) {
  if (host.find('\0') != std::string_view::npos) return false;
  const std::string text(host);
  return is_ipv4(text) || is_ipv6(text);
}

bool is_loopback(std::string_view host) {
  const std::string text = lower(without_last_dot(host));
  if (text == "localhost") return true;
  if (is_ipv4(text)) return text.rfind("127.", 0) == 0;
  in6_addr address{};
  return ::inet_pton(AF_INET6, text.c_str(), &address) == 1 && IN6_IS_ADDR_LOOPBACK(&address);
}

std::string registrable_domain(std::string_view host) {
  if (is_ip_literal(host)) return std::string(host);
  const std::string name = lower(without_last_dot(host));
  const auto dot_before = [&](std::size_t end) { return end == 0 ? std::string::npos : name.rfind('.', end - 1); };
  const std::size_t last = name.rfind('.');
  if (last == std::string::npos) return name;
  const std::size_t second = dot_before(last);
  if (second == std::string::npos) return name;
  const std::string_view label = std::string_view(name).substr(second + 1, last - second - 1);
  const bool country = name.size() - last - 1 == 2;
  if (!country || !is_registry_label(label)) return name.substr(second + 1);
  const std::size_t third = dot_before(second);
  return third == std::string::npos ? name : name.substr(third + 1);
}

}  // namespace tlsward::gateways
