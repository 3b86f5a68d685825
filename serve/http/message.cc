#include "serve/http/message.h"

#include <algorithm>
#include <array>
#include <utility>

namespace tlsward::serve {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

void add_entries(std::string_view list, std::vector<std::string>& out) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    const std::string_view entry = trim(list.substr(0, comma));
    if (!entry.empty()) out.emplace_back(entry);
    if (comma == std::string_view::npos) return;
    list.remove_prefix(comma + 1);
  }
}

constexpr std::array<std::pair<int, std::string_view>, 62> kReasons = {{{100, "Continue"},
                                                                        {101, "Switching Protocols"},
                                                                        {102, "Processing"},
                                                                        {103, "Early Hints"},
                                                                        {200, "OK"},
                                                                        {201, "Created"},
                                                                        {202, "Accepted"},
                                                                        {203, "Non-Authoritative Information"},
                                                                        {204, "No Content"},
                                                                        {205, "Reset Content"},
                                                                        {206, "Partial Content"},
                                                                        {207, "Multi-Status"},
                                                                        {208, "Already Reported"},
                                                                        {226, "IM Used"},
                                                                        {300, "Multiple Choices"},
                                                                        {301, "Moved Permanently"},
                                                                        {302, "Found"},
                                                                        {303, "See Other"},
                                                                        {304, "Not Modified"},
                                                                        {305, "Use Proxy"},
                                                                        {307, "Temporary Redirect"},
                                                                        {308, "Permanent Redirect"},
                                                                        {400, "Bad Request"},
                                                                        {401, "Unauthorized"},
                                                                        {402, "Payment Required"},
                                                                        {403, "Forbidden"},
                                                                        {404, "Not Found"},
                                                                        {405, "Method Not Allowed"},
                                                                        {406, "Not Acceptable"},
                                                                        {407, "Proxy Authentication Required"},
                                                                        {408, "Request Timeout"},
                                                                        {409, "Conflict"},
                                                                        {410, "Gone"},
                                                                        {411, "Length Required"},
                                                                        {412, "Precondition Failed"},
                                                                        {413, "Content Too Large"},
                                                                        {414, "URI Too Long"},
                                                                        {415, "Unsupported Media Type"},
                                                                        {416, "Range Not Satisfiable"},
                                                                        {417, "Expectation Failed"},
                                                                        {421, "Misdirected Request"},
                                                                        {422, "Unprocessable Content"},
                                                                        {423, "Locked"},
                                                                        {424, "Failed Dependency"},
                                                                        {425, "Too Early"},
                                                                        {426, "Upgrade Required"},
                                                                        {428, "Precondition Required"},
                                                                        {429, "Too Many Requests"},
                                                                        {431, "Request Header Fields Too Large"},
                                                                        {451, "Unavailable For Legal Reasons"},
                                                                        {500, "Internal Server Error"},
                                                                        {501, "Not Implemented"},
                                                                        {502, "Bad Gateway"},
                                                                        {503, "Service Unavailable"},
                                                                        {504, "Gateway Timeout"},
                                                                        {505, "HTTP Version Not Supported"},
                                                                        {506, "Variant Also Negotiates"},
                                                                        {507, "Insufficient Storage"},
                                                                        {508, "Loop Detected"},
                                                                        {510, "Not Extended"},
                                                                        {511, "Network Authentication Required"},
                                                                        {104, "Upload Resumption Supported"}}};

}  // namespace

std::string_view name(HttpVersion version) {
  switch (version) {
    case HttpVersion::Http10:
      return "HTTP/1.0";
    case HttpVersion::Http11:
      return "HTTP/1.1";
    case HttpVersion::Http2:
      return "HTTP/2";
  }
  return "HTTP";
}

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

const std::string* find(const Fields& fields, std::string_view name) {
  for (const Field& field : fields) {
    if (same_name(field.name, name)) return &field.value;
  }
  return nullptr;
}

std::size_t count(const Fields& fields, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(fields.begin(), fields.end(), [&](const Field& field) { return same_name(field.name, name); }));
}

void remove(Fields& fields, std::string_view name) {
  std::erase_if(fields, [&](const Field& field) { return same_name(field.name, name); });
}

void replace(Fields& fields, std::string_view name, std::string value) {
  remove(fields, name);
  fields.push_back({std::string(name), std::move(value)});
}

std::vector<std::string> entries(const Fields& fields, std::string_view name) {
  std::vector<std::string> found;
  for (const Field& field : fields) {
    if (same_name(field.name, name)) add_entries(field.value, found);
  }
  return found;
}

void remove_hop_by_hop(Fields& fields) {
  const std::vector<std::string> te = entries(fields, "TE");
  const bool takes_trailers =
      std::any_of(te.begin(), te.end(), [](const std::string& entry) { return same_name(entry, "trailers"); });
  for (const std::string& named : entries(fields, "Connection")) remove(fields, named);
  for (const std::string_view name :
       {"Connection", "Keep-Alive", "Proxy-Connection", "Transfer-Encoding", "Upgrade", "TE"})
    remove(fields, name);
  if (takes_trailers) fields.push_back({"TE", "trailers"});
}

std::string_view reason_phrase(int status) {
  for (const auto& [number, words] : kReasons) {
    if (number == status) return words;
  }
  return {};
}

}  // namespace tlsward::serve
