#include "serve/http/http2_engine.h"

#include <nghttp2/nghttp2.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <string_view>
#include <utility>
#include <vector>

namespace tlsward::serve {
namespace {

constexpr std::int32_t kConnectionWindow = 1 << 20;
constexpr std::uint32_t kStreamWindow = 64 * 1024;
/// Answers to PING and SETTINGS that wait to go out. One read may ask for almost a thousand of them.
constexpr std::size_t kMaxWaitingAnswers = 2000;
/// CONTINUATION frames of one block. nghttp2 counts one whose header comes in several reads several times, so its own
/// default of 8 is too few for a head of 64 KiB.
constexpr std::size_t kMaxContinuations = 64;

/// What must not get into the dynamic table of HPACK, where it could be guessed piece by piece (RFC 7541, 7.1.3).
bool is_secret(std::string_view name) {
  return name == "authorization" || name == "proxy-authorization" || name == "x-tyk-authorization";
}

std::uint8_t* bytes_of(const std::string& text) {
  return reinterpret_cast<std::uint8_t*>(const_cast<char*>(text.data()));
}

std::vector<nghttp2_nv> name_values(const Fields& fields) {
  std::vector<nghttp2_nv> list;
  list.reserve(fields.size());
  for (const Field& field : fields) {
    const auto flags = static_cast<std::uint8_t>(is_secret(field.name) ? NGHTTP2_NV_FLAG_NO_INDEX : 0);
    list.push_back({bytes_of(field.name), bytes_of(field.value), field.name.size(), field.value.size(), flags});
  }
  return list;
}

/// The next piece of a body, when nghttp2 has room for it.
ssize_t read_source(nghttp2_session* engine, std::int32_t id, std::uint8_t* into, std::size_t size,
                    std::uint32_t* flags, nghttp2_data_source*, void* user_data) {
  const auto& open = static_cast<Http2Streams*>(user_data)->open;
  const auto found = open.find(id);
  if (found == open.end()) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  Http2Stream& stream = *found->second;
  const std::size_t given = std::min(size, stream.waiting.size());
  if (given == 0 && !stream.finished) return NGHTTP2_ERR_DEFERRED;
  std::memcpy(into, stream.waiting.data(), given);
  stream.waiting.erase(0, given);
  stream.changed.notify();
  if (!stream.waiting.empty() || !stream.finished) return static_cast<ssize_t>(given);
  *flags |= NGHTTP2_DATA_FLAG_EOF;
  if (stream.trailers_out.empty()) return static_cast<ssize_t>(given);
  *flags |= NGHTTP2_DATA_FLAG_NO_END_STREAM;
  const std::vector<nghttp2_nv> list = name_values(stream.trailers_out);
  if (nghttp2_submit_trailer(engine, id, list.data(), list.size()) != 0) return NGHTTP2_ERR_TEMPORAL_CALLBACK_FAILURE;
  return static_cast<ssize_t>(given);
}

nghttp2_data_provider body_of_stream() {
  nghttp2_data_provider provider{};
  provider.read_callback = read_source;
  return provider;
}

std::uint32_t as_setting(std::size_t value) {
  return static_cast<std::uint32_t>(std::min<std::size_t>(value, std::numeric_limits<std::uint32_t>::max()));
}

bool greet(nghttp2_session* engine, const Http2Streams& streams) {
  std::vector<nghttp2_settings_entry> settings = {
      {NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, as_setting(streams.limits.concurrent_streams)},
      {NGHTTP2_SETTINGS_INITIAL_WINDOW_SIZE, kStreamWindow},
      {NGHTTP2_SETTINGS_MAX_HEADER_LIST_SIZE, as_setting(streams.limits.head_bytes)}};
  if (streams.server) settings.push_back({NGHTTP2_SETTINGS_ENABLE_CONNECT_PROTOCOL, 1});
  if (!streams.server) settings.push_back({NGHTTP2_SETTINGS_ENABLE_PUSH, 0});
  return nghttp2_submit_settings(engine, NGHTTP2_FLAG_NONE, settings.data(), settings.size()) == 0 &&
         nghttp2_session_set_local_window_size(engine, NGHTTP2_FLAG_NONE, 0, kConnectionWindow) == 0;
}

void set_options(nghttp2_option* option) {
  nghttp2_option_set_no_auto_window_update(option, 1);
  nghttp2_option_set_no_closed_streams(option, 1);
  nghttp2_option_set_max_outbound_ack(option, kMaxWaitingAnswers);
  nghttp2_option_set_max_continuations(option, kMaxContinuations);
}

}  // namespace

void Http2EngineDeleter::operator()(nghttp2_session* engine) const {
  nghttp2_session_del(engine);
}

Http2Engine make_http2_engine(Http2Streams& streams) {
  nghttp2_session_callbacks* callbacks = new_http2_callbacks();
  if (callbacks == nullptr) return nullptr;
  nghttp2_session* engine = nullptr;
  nghttp2_option* option = nullptr;
  if (nghttp2_option_new(&option) == 0) {
    set_options(option);
    const auto create = streams.server ? nghttp2_session_server_new2 : nghttp2_session_client_new2;
    if (create(&engine, callbacks, &streams, option) != 0) engine = nullptr;
    nghttp2_option_del(option);
  }
  nghttp2_session_callbacks_del(callbacks);
  Http2Engine made(engine);
  if (made && !greet(engine, streams)) made.reset();
  return made;
}

std::int32_t submit_request(nghttp2_session& engine, const Fields& fields, bool ends) {
  const std::vector<nghttp2_nv> list = name_values(fields);
  const nghttp2_data_provider body = body_of_stream();
  return nghttp2_submit_request(&engine, nullptr, list.data(), list.size(), ends ? nullptr : &body, nullptr);
}

bool submit_response(nghttp2_session& engine, const Http2Stream& stream, const Fields& fields, bool ends) {
  const std::vector<nghttp2_nv> list = name_values(fields);
  const nghttp2_data_provider body = body_of_stream();
  return nghttp2_submit_response(&engine, stream.id, list.data(), list.size(), ends ? nullptr : &body) == 0;
}

bool submit_interim(nghttp2_session& engine, const Http2Stream& stream, const Fields& fields) {
  const std::vector<nghttp2_nv> list = name_values(fields);
  return nghttp2_submit_headers(&engine, NGHTTP2_FLAG_NONE, stream.id, nullptr, list.data(), list.size(), nullptr) >= 0;
}

void submit_reset(nghttp2_session& engine, Http2Stream& stream, Http2Error error) {
  if (stream.closed || std::exchange(stream.reset_here, true)) return;
  stream.waiting.clear();
  nghttp2_submit_rst_stream(&engine, NGHTTP2_FLAG_NONE, stream.id, static_cast<std::uint32_t>(error));
}

}  // namespace tlsward::serve
