#include "serve/http/http1_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "serve/http/head_checks.h"

namespace tlsward::serve {
namespace {

bool is_clean(std::string_view value) {
  return std::all_of(value.begin(), value.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

void add(std::string_view name, std::string_view value, std::string& out) {
  out += name;
  out += ": ";
  out += value;
  out += "\r\n";
}

void write_field(const Field& field, std::string& out) {
  if (is_token(field.name) && is_clean(field.value)) add(field.name, field.value, out);
}

bool has_no_blank(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte <= 0x20 || byte == 0x7f;
  });
}

}  // namespace

bool can_write(const RequestHead& head) {
  return is_token(head.method) && !head.target.empty() && has_no_blank(head.target) && has_no_blank(head.authority) &&
         is_clean(head.upgrade);
}

void write_fields(const Fields& fields, std::string& out) {
  for (const Field& field : fields) write_field(field, out);
}

void write_last_chunk(const Fields& trailers, std::string& out) {
  out += "0\r\n";
  for (const Field& field : trailers) {
    if (!is_forbidden_trailer(field.name)) write_field(field, out);
  }
  out += "\r\n";
}

void write_chunk_size(std::size_t size, std::string& out) {
  fmt::format_to(std::back_inserter(out), "{:x}\r\n", size);
}

void write_request_head(const RequestHead& head, std::string& out) {
  out += head.method;
  out += ' ';
  out += head.target;
  out += " HTTP/1.1\r\n";
  add("Host", head.authority, out);
  write_fields(head.fields, out);
  if (!head.upgrade.empty()) {
    add("Connection", "Upgrade", out);
    add("Upgrade", head.upgrade, out);
  }
  if (head.has_body && !head.content_length) add("Transfer-Encoding", "chunked", out);
  const bool says_length =
      head.content_length || head.method == "POST" || head.method == "PUT" || head.method == "PATCH";
  if (says_length && (head.content_length || !head.has_body))
    add("Content-Length", std::to_string(head.content_length.value_or(0)), out);
  out += "\r\n";
}

void write_response_head(const ResponseHead& head, ResponseFraming framing, bool keep_alive, HttpVersion version,
                         std::string& out) {
  const std::string_view reason =
      head.reason.empty() || !is_clean(head.reason) ? reason_phrase(head.status) : std::string_view(head.reason);
  fmt::format_to(std::back_inserter(out), "HTTP/1.1 {:03} {}\r\n", head.status, reason);
  write_fields(head.fields, out);
  const bool bodiless = head.status < 200 || head.status == 204;
  if (!head.upgrade.empty()) {
    add("Connection", "Upgrade", out);
    add("Upgrade", head.upgrade, out);
  } else if (head.status >= 200) {
    if (framing == ResponseFraming::Chunked && head.has_body) add("Transfer-Encoding", "chunked", out);
    if (head.content_length && !bodiless) add("Content-Length", std::to_string(*head.content_length), out);
    if (!keep_alive) add("Connection", "close", out);
    if (keep_alive && version == HttpVersion::Http10) add("Connection", "keep-alive", out);
  }
  out += "\r\n";
}

}  // namespace tlsward::serve
