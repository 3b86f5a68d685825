// Just enough of a TLS 1.3 client to read what the server encrypts with its handshake keys: no answer is sent, so the
// server learns nothing of us but the hello. Finished is checked, so what was read is what the other end of this key
// exchange sent; the signature in CertificateVerify is not, so a chain is what was shown, not what was proved.
#include "net/encrypted_flight.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "net/ephemeral_key.h"
#include "net/key_schedule.h"
#include "net/record_cipher.h"
#include "net/server_messages.h"
#include "pki/openssl_error.h"
#include "tls/wire/extension.h"
#include "tls/wire/handshake.h"
#include "tls/wire/record.h"

namespace tlsward::net {
namespace {

using tls::wire::Alert;
using tls::wire::Bytes;
using tls::wire::Reader;
using tls::wire::View;
namespace record = tls::wire::record;

using State = EncryptedFlightReader::State;

constexpr std::size_t kMessageHeader = 4;
constexpr std::uint8_t kUserCanceled = 90;  // RFC 8446, 6.1: something else follows

void drop_front(Bytes& bytes, std::size_t kept) {
  bytes.erase(bytes.begin(), bytes.end() - static_cast<std::ptrdiff_t>(kept));
}

/// RFC 8446, 5.4: zeroes behind the content type. The type is the last byte that is left; none where all are zeroes.
View without_padding(View inner) {
  while (!inner.empty() && inner.back() == 0) inner = inner.first(inner.size() - 1);
  return inner;
}

}  // namespace

struct EncryptedFlightReader::Impl {
  Impl(ServerMessages its_messages, const RecordCipher& its_cipher)
      : messages(std::move(its_messages)), cipher(its_cipher) {}

  State feed(View bytes);
  bool take_record(Reader& in);
  void read_record(std::uint8_t type, View header, View body);
  void read_encrypted(View header, View body);
  void read_handshake(View fragment);
  bool take_message(Reader& in);
  void read_alert(View body);
  void idle();
  void fail(std::string why);

  ServerMessages messages;
  RecordCipher cipher;
  tls::wire::FlightLimits limits;
  State state = State::More;
  std::string problem;
  Bytes buffer;   // a record whose end has not come
  Bytes message;  // a handshake message whose end has not come
  std::size_t total = 0, records = 0, idle_records = 0;
};

State EncryptedFlightReader::Impl::feed(View bytes) {
  if (state != State::More) return state;
  const View taken = bytes.first(std::min(bytes.size(), limits.total_bytes - total));
  total += taken.size();
  buffer.insert(buffer.end(), taken.begin(), taken.end());
  Reader in(buffer);
  while (state == State::More && take_record(in)) {
  }
  drop_front(buffer, in.rest().size());
  if (state == State::More && taken.size() < bytes.size()) {
    fail(fmt::format("more than {} bytes without a Finished", limits.total_bytes));
  }
  return state;
}

/// Takes one record off `in`; false where its end has not come.
bool EncryptedFlightReader::Impl::take_record(Reader& in) {
  Reader ahead = in;
  const View header = ahead.bytes(record::kHeader);
  if (!ahead.ok()) return false;
  Reader fields(header);
  const std::uint8_t type = fields.u8();
  fields.u16();  // legacy_record_version, which RFC 8446, 5.1 has ignored
  const std::size_t size = fields.u16();
  if (size > record::kMaxCiphertext) {
    fail(fmt::format("record of {} bytes; at most {} (RFC 8446, 5.2)", size, std::size_t{record::kMaxCiphertext}));
    return false;
  }
  const View body = ahead.bytes(size);
  if (!ahead.ok()) return false;
  in = ahead;
  read_record(type, header, body);
  return true;
}

void EncryptedFlightReader::Impl::read_record(std::uint8_t type, View header, View body) {
  switch (type) {
    case record::kApplicationData:
      return read_encrypted(header, body);
    case record::kAlert:
      return read_alert(body);
    case record::kChangeCipherSpec:
      // RFC 8446, 5: dropped where it is the single byte 1, which middleboxes are to see.
      if (body.size() == 1 && body.front() == 1) return idle();
      return fail("ChangeCipherSpec that is not the one byte 1 (RFC 8446, 5)");
    default:
      return fail(fmt::format("record of type {} in clear text behind the ServerHello", type));
  }
}

void EncryptedFlightReader::Impl::read_encrypted(View header, View body) {
  ++records;
  const std::optional<Bytes> inner = cipher.open(header, body);
  if (!inner) return fail(fmt::format("encrypted record {} cannot be opened: altered, or another key", records));
  const View content = without_padding(*inner);
  if (content.empty()) return fail("encrypted record without a content type (RFC 8446, 5.4)");
  const View fragment = content.first(content.size() - 1);
  if (fragment.size() > record::kMaxPlaintext) {
    return fail(fmt::format("{} bytes in a record; at most {} (RFC 8446, 5.1)", fragment.size(),
                            std::size_t{record::kMaxPlaintext}));
  }
  switch (content.back()) {
    case record::kHandshake:
      return read_handshake(fragment);
    case record::kAlert:
      return read_alert(fragment);
    default:
      return fail(fmt::format("encrypted record of type {} before a Finished", content.back()));
  }
}

void EncryptedFlightReader::Impl::read_handshake(View fragment) {
  if (fragment.empty()) return fail("empty handshake record (RFC 8446, 5.1)");
  message.insert(message.end(), fragment.begin(), fragment.end());
  Reader in(message);
  while (state == State::More && take_message(in)) {
  }
  drop_front(message, in.rest().size());
}

/// Takes one message off `in`; false where its end has not come.
bool EncryptedFlightReader::Impl::take_message(Reader& in) {
  Reader ahead = in;
  ahead.u8();
  const std::size_t size = ahead.u24();
  if (!ahead.ok()) return false;
  if (size > limits.message_bytes) {
    fail(fmt::format("handshake message of {} bytes; at most {}", size, limits.message_bytes));
    return false;
  }
  ahead.bytes(size);
  if (!ahead.ok()) return false;
  if (!messages.read(in.bytes(kMessageHeader + size))) {
    fail(messages.problem());
    return false;
  }
  if (messages.flight.finished) state = State::Complete;
  return true;
}

void EncryptedFlightReader::Impl::read_alert(View body) {
  const std::optional<Alert> alert = tls::wire::parse_alert(body);
  if (!alert) return fail(fmt::format("malformed alert of {} bytes", body.size()));
  messages.flight.alert = alert;
  if (alert->description == kUserCanceled) return idle();
  // RFC 8446, 6: of all others the level does not matter.
  state = State::Complete;
}

void EncryptedFlightReader::Impl::idle() {
  if (++idle_records > limits.idle) {
    fail(fmt::format("more than {} records that bring no handshake further", limits.idle));
  }
}

void EncryptedFlightReader::Impl::fail(std::string why) {
  state = State::Failed;
  problem = std::move(why);
}

namespace {

/// The key in a server's key_share.
View server_key(const tls::wire::ServerHello& hello) {
  Reader in(tls::wire::find(hello.extensions, tls::wire::extension::kKeyShare).value_or(View{}));
  in.u16();
  const View key = in.vector16();
  return in.finished() ? key : View{};
}

/// Error: why the flight behind `hello` cannot be read with a key of `group`.
Result<const RecordProtection*> check_hello(const std::optional<tls::wire::ServerHello>& hello, tls::Group group) {
  if (!hello || hello->is_retry()) return Error{"no ServerHello"};
  if (hello->version() != tls::kTls13) return Error{fmt::format("{} is not TLS 1.3", tls::name(hello->version()))};
  if (hello->group() != group) {
    return Error{fmt::format("the server's key is of {}, ours of {}",
                             hello->group() ? tls::name(*hello->group()) : "no group", tls::name(group))};
  }
  const RecordProtection* protection = find_record_protection(hello->suite);
  if (protection == nullptr) return Error{fmt::format("no key schedule for {}", tls::name(hello->suite))};
  return protection;
}

DigestContextPtr begin_transcript(const EVP_MD* hash, View messages) {
  DigestContextPtr transcript(EVP_MD_CTX_new());
  const bool begun = transcript && EVP_DigestInit_ex(transcript.get(), hash, nullptr) == 1 &&
                     EVP_DigestUpdate(transcript.get(), messages.data(), messages.size()) == 1;
  return begun ? std::move(transcript) : nullptr;
}

}  // namespace

Result<EncryptedFlightReader> EncryptedFlightReader::make(tls::wire::ServerFlight flight, const EphemeralKey& key,
                                                          View transcript) {
  const Result<const RecordProtection*> protection = check_hello(flight.hello, key.impl().group);
  if (!protection) return protection.error();
  const Secret shared = key.impl().shared_secret(server_key(*flight.hello));
  if (shared.empty()) {
    return Error{fmt::format("the server's key share is no public key of {}", tls::name(key.impl().group))};
  }
  const EVP_MD* hash = (*protection)->hash();
  DigestContextPtr running = begin_transcript(hash, transcript);
  if (!running) return Error{pki::take_openssl_error()};
  const HandshakeKeys keys =
      server_handshake_keys(hash, shared.view(), digest_of(running.get()).view(), (*protection)->key_size);
  if (keys.finished.empty()) return Error{pki::take_openssl_error()};
  return EncryptedFlightReader(
      std::make_unique<Impl>(ServerMessages(std::move(flight), std::move(running), hash, keys.finished),
                             RecordCipher(**protection, keys.key, keys.iv)));
}

EncryptedFlightReader::EncryptedFlightReader(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
EncryptedFlightReader::EncryptedFlightReader(EncryptedFlightReader&&) noexcept = default;
EncryptedFlightReader& EncryptedFlightReader::operator=(EncryptedFlightReader&&) noexcept = default;
EncryptedFlightReader::~EncryptedFlightReader() = default;

EncryptedFlightReader::State EncryptedFlightReader::feed(View bytes) {
  return impl_->feed(bytes);
}

const tls::wire::ServerFlight& EncryptedFlightReader::flight() const {
  return impl_->messages.flight;
}

tls::wire::ServerFlight EncryptedFlightReader::take_flight() {
  return std::move(impl_->messages.flight);
}

const std::string& EncryptedFlightReader::problem() const {
  return impl_->problem;
}

}  // namespace tlsward::net
