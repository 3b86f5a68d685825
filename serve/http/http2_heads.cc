#include "serve/http/http2_heads.h"

#include <algorithm>
#include <charconv>

namespace tlsward::serve {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return result;
}

std::string take(Fields& fields, std::string_view name) {
  const std::string* value = find(fields, name);
  std::string taken = value ? *value : std::string();
  remove(fields, name);
  return taken;
}

std::optional<std::uint64_t> length_of(const std::string& text) {
  std::uint64_t length = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), length);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return {};
  return length;
}

/// Cookies may come in pieces (RFC 9113, 8.2.3), which nobody else understands.
void join_cookies(Fields& fields) {
  if (count(fields, "cookie") < 2) return;
  std::string joined;
  for (const Field& field : fields) {
    if (!same_name(field.name, "cookie")) continue;
    joined += joined.empty() ? "" : "; ";
    joined += field.value;
  }
  replace(fields, "cookie", std::move(joined));
}

bool is_for_one_hop(std::string_view name) {
  for (const std::string_view hop :
       {"connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade", "http2-settings"}) {
    if (same_name(name, hop)) return true;
  }
  return false;
}

void add_fields(const Fields& fields, Fields& out) {
  for (const Field& field : fields) {
    const bool te = same_name(field.name, "te") && !same_name(field.value, "trailers");
    if (!te && !is_for_one_hop(field.name) && is_token(field.name)) out.push_back({lower(field.name), field.value});
  }
}

bool is_http(std::string_view scheme) {
  return same_name(scheme, "http") || same_name(scheme, "https");
}

std::optional<MessageProblem> check_target(const RequestHead& head, const HttpLimits& limits) {
  const bool connect = head.method == "CONNECT";
  if (connect && head.upgrade.empty()) return MessageProblem{501, "CONNECT is not implemented"};
  if (connect && !is_token(head.upgrade)) return MessageProblem{400, ":protocol is no token"};
  if (!connect && !head.upgrade.empty()) return MessageProblem{400, ":protocol is for CONNECT alone"};
  // Extended CONNECT asks for a resource as GET does (RFC 8441, 4).
  if (auto problem = check_request_line(connect ? "GET" : head.method, head.target, limits)) return problem;
  if (head.target.front() != '/' && head.target != "*")
    return MessageProblem{400, "the path is neither absolute nor *"};
  if (!is_http(head.scheme)) return MessageProblem{400, "the scheme is neither http nor https"};
  return {};
}

std::optional<MessageProblem> check_authority(const RequestHead& head) {
  const std::size_t hosts = count(head.fields, "host");
  if (hosts > 1) return MessageProblem{400, "Host stands there more than once"};
  const std::string* host = find(head.fields, "host");
  const std::string& authority = head.authority.empty() && host ? *host : head.authority;
  if (authority.empty()) return MessageProblem{400, "the request names no host"};
  if (!is_authority(authority)) return MessageProblem{400, "the authority is no valid host with or without a port"};
  if (host && !same_name(*host, authority)) return MessageProblem{400, "Host and :authority contradict each other"};
  return {};
}

std::optional<MessageProblem> check(const RequestHead& head, const HttpLimits& limits) {
  if (auto problem = check_target(head, limits)) return problem;
  if (auto problem = check_authority(head)) return problem;
  if (head.fields.size() > limits.head_fields) return MessageProblem{431, "the head has too many fields"};
  return check_expect(head.fields);
}

}  // namespace

std::optional<RequestHead> http2_request(const Fields& given, bool end_stream, const HttpLimits& limits,
                                         MessageProblem& problem) {
  RequestHead head;
  head.version = HttpVersion::Http2;
  head.fields = given;
  head.method = take(head.fields, ":method");
  head.scheme = take(head.fields, ":scheme");
  head.authority = take(head.fields, ":authority");
  head.target = take(head.fields, ":path");
  head.upgrade = take(head.fields, ":protocol");
  if (auto found = check(head, limits)) {
    problem = *found;
    return {};
  }
  const std::string host = take(head.fields, "host");
  if (head.authority.empty()) head.authority = host;
  head.content_length = length_of(take(head.fields, "content-length"));
  if (!head.upgrade.empty()) head.content_length.reset();
  head.has_body = !end_stream && head.upgrade.empty();
  const bool expects = !take(head.fields, "expect").empty();
  head.expects_continue = expects && head.has_body;
  join_cookies(head.fields);
  if (limits.body_bytes > 0 && head.content_length.value_or(0) > limits.body_bytes) {
    problem = {413, "the body is larger than is taken here"};
    return {};
  }
  return head;
}

std::optional<ResponseHead> http2_response(const Fields& given, bool end_stream, MessageProblem& problem) {
  ResponseHead head;
  head.fields = given;
  const auto status = length_of(take(head.fields, ":status"));
  if (!status || *status < 100 || *status > 599) {
    problem = {502, "the status is none of HTTP's"};
    return {};
  }
  if (*status == 101) {
    problem = {502, "HTTP/2 has no status 101"};  // RFC 9113, 8.6
    return {};
  }
  head.status = static_cast<int>(*status);
  head.content_length = length_of(take(head.fields, "content-length"));
  head.has_body = !end_stream && head.status >= 200;
  return head;
}

Fields http2_fields(const RequestHead& head) {
  Fields fields;
  const bool connect = !head.upgrade.empty();
  fields.push_back({":method", connect ? "CONNECT" : head.method});
  fields.push_back({":scheme", head.scheme.empty() ? "https" : head.scheme});
  fields.push_back({":authority", head.authority});
  fields.push_back({":path", head.target});
  if (connect) fields.push_back({":protocol", head.upgrade});
  add_fields(head.fields, fields);
  if (connect) {
    remove(fields, "sec-websocket-key");  // RFC 8441, 5
    return fields;
  }
  if (head.content_length) fields.push_back({"content-length", std::to_string(*head.content_length)});
  return fields;
}

Fields http2_fields(const ResponseHead& head) {
  Fields fields;
  const int status = head.upgrade.empty() ? head.status : 200;  // RFC 8441, 5
  fields.push_back({":status", std::to_string(status)});
  add_fields(head.fields, fields);
  if (head.content_length && head.status >= 200 && head.status != 204 && head.upgrade.empty())
    fields.push_back({"content-length", std::to_string(*head.content_length)});
  return fields;
}

Fields http2_trailers(const Fields& trailers) {
  Fields fields;
  for (const Field& field : trailers) {
    if (!is_forbidden_trailer(field.name) && is_token(field.name)) fields.push_back({lower(field.name), field.value});
  }
  return fields;
}

}  // namespace tlsward::serve
