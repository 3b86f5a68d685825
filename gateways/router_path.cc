#include "gateways/router_path.h"

#include <algorithm>

namespace tlsward::gateways {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_dots(std::string_view segment) {
  return segment == "." || segment == "..";
}

/// Characters of a path that Go leaves as they are: unreserved ones (RFC 3986, 2.3) and these delimiters.
bool stays_in_path(char c) {
  constexpr std::string_view kPlain = "-_.~$&+,/:;=@";
  const bool is_digit = c >= '0' && c <= '9';
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_digit || is_letter || kPlain.find(c) != std::string_view::npos;
}

bool is_kept(std::string_view parameter, const std::vector<std::string>& names) {
  if (parameter.find(';') != std::string_view::npos) return false;
  std::string name(parameter.substr(0, parameter.find('=')));
  std::replace(name.begin(), name.end(), '+', ' ');
  bool broken = false;
  const std::string decoded = percent_decode(name, &broken);
  return !broken && std::find(names.begin(), names.end(), decoded) != names.end();
}

}  // namespace

std::string percent_decode(std::string_view text, bool* broken) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape = text[i] == '%';
    const int high = is_escape && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_value(text[i + 2]) : -1;
    if (low < 0) {
      if (is_escape && broken != nullptr) *broken = true;
      result += text[i];
      continue;
    }
    result += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return result;
}

TargetParts read_target(std::string_view target) {
  TargetParts parts;
  const std::size_t question = std::min(target.find('?'), target.size());
  parts.path = target.substr(0, question);
  if (question < target.size()) parts.query = target.substr(question + 1);
  parts.decoded = percent_decode(parts.path, &parts.broken);
  if (!parts.decoded.starts_with('/')) return parts;
  const auto segments = segments_of(parts.decoded);
  parts.has_dots = std::any_of(segments.begin(), segments.end(), is_dots);
  return parts;
}

std::string escape_path(std::string_view decoded) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string result;
  result.reserve(decoded.size());
  for (const char c : decoded) {
    if (stays_in_path(c)) {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += kHex[byte >> 4];
    result += kHex[byte & 15];
  }
  return result;
}

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const std::size_t slash = std::min(path.find('/'), path.size());
    segments.push_back(path.substr(0, slash));
    path.remove_prefix(slash);
  }
  return segments;
}

std::string clean_path(std::string_view path) {
  const auto segments = segments_of(path);
  std::vector<std::string_view> kept;
  for (const std::string_view segment : segments) {
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!segment.empty() && !is_dots(segment)) kept.push_back(segment);
  }
  std::string result;
  for (const std::string_view segment : kept) {
    result += '/';
    result += segment;
  }
  if (result.empty() || path.ends_with('/')) result += '/';
  return result;
}

std::string toggle_slash(std::string_view path) {
  if (path.size() > 1 && path.ends_with('/')) return std::string(path.substr(0, path.size() - 1));
  return std::string(path) + '/';
}

std::string keep_parameters(std::string_view query, const std::vector<std::string>& names) {
  std::string kept;
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, end);
    if (is_kept(parameter, names)) {
      kept += kept.empty() ? "" : "&";
      kept += parameter;
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return kept;
}

}  // namespace tlsward::gateways
