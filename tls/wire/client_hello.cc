#include "tls/wire/client_hello.h"

#include <algorithm>
#include <cassert>

#include "tls/wire/code_list.h"
#include "tls/wire/handshake.h"
#include "tls/wire/record.h"

namespace tlsward::tls::wire {
namespace {

constexpr std::size_t kMaxSessionId = 32;

Bytes write_extensions(const std::vector<Extension>& extensions) {
  Writer list;
  for (const Extension& extension : extensions) {
    list.u16(extension.type);
    list.vector16(extension.body);
  }
  return list.take();
}

}  // namespace

Bytes write(const ClientHello& hello) {
  assert(hello.session_id.size() <= kMaxSessionId);
  Writer body;
  body.u16(hello.legacy_version.number);
  body.bytes(hello.random);
  body.vector8(hello.session_id);
  body.vector16(write_codes(hello.suites, &CipherSuite::code));
  body.vector8(hello.compressions);
  if (!hello.extensions.empty()) body.vector16(write_extensions(hello.extensions));

  Writer message;
  message.u8(handshake::kClientHello);
  message.vector24(body.take());
  return message.take();
}

Bytes write_records(const ClientHello& hello, Version record_version) {
  const Bytes message = write(hello);
  Writer records;
  for (View left = message; !left.empty();) {
    const View fragment = left.first(std::min(left.size(), record::kMaxPlaintext));
    records.u8(record::kHandshake);
    records.u16(record_version.number);
    records.vector16(fragment);
    left = left.subspan(fragment.size());
  }
  return records.take();
}

std::optional<ClientHello> parse_client_hello(View body) {
  ClientHello hello;
  Reader in(body);
  hello.legacy_version = Version{in.u16()};
  const View random = in.bytes(hello.random.size());
  std::copy(random.begin(), random.end(), hello.random.begin());
  const View session_id = in.vector8();
  hello.session_id.assign(session_id.begin(), session_id.end());
  auto suites = read_codes<CipherSuite>(in.vector16());
  const View compressions = in.vector8();
  hello.compressions.assign(compressions.begin(), compressions.end());
  if (!in.ok() || !suites || session_id.size() > kMaxSessionId) return std::nullopt;
  hello.suites = std::move(*suites);
  if (in.finished()) return hello;

  auto extensions = parse_extensions(in.rest());
  if (!extensions) return std::nullopt;
  hello.extensions = std::move(*extensions);
  return hello;
}

}  // namespace tlsward::tls::wire
