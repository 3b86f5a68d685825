// Names in certificates are what somebody else wrote. Printed as they are, they could steer a terminal or pretend to be
// another name, so everything that is not plainly visible becomes a hex pair, as RFC 4514, section 2.4 allows.
#include "pki/text.h"

#include <openssl/objects.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/verify.h"

namespace tlsward::pki {
namespace {

using NamePtr = OpenSslPtr<X509_NAME, X509_NAME_free>;

constexpr std::string_view kHexDigits = "0123456789abcdef";

struct Range {
  std::uint32_t first, last;
};
/// Code points that are not to be seen or that reorder the text: C0, C1, zero-width and bidirectional controls, line
/// and paragraph separators, byte-order mark, tags (Unicode 15, categories Cc, Cf, Zl, Zp).
constexpr std::array kHidden = {Range{0x00, 0x1f},     Range{0x7f, 0x9f},      Range{0xad, 0xad},
                                Range{0x061c, 0x061c}, Range{0x180e, 0x180e},  Range{0x200b, 0x200f},
                                Range{0x2028, 0x202e}, Range{0x2060, 0x206f},  Range{0xfeff, 0xfeff},
                                Range{0xfff9, 0xfffb}, Range{0xe0000, 0xe007f}};

bool is_hidden(std::uint32_t code_point) {
  return std::any_of(kHidden.begin(), kHidden.end(),
                     [=](Range range) { return range.first <= code_point && code_point <= range.last; });
}

std::span<const unsigned char> bytes_of(const ASN1_STRING* string) {
  const int length = ASN1_STRING_length(string);
  return {ASN1_STRING_get0_data(string), static_cast<std::size_t>(std::max(length, 0))};
}

void append_pair(std::string& out, unsigned char byte) {
  out += '\\';
  out += kHexDigits[byte >> 4];
  out += kHexDigits[byte & 0x0f];
}

std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xe0) return 2;
  return first < 0xf0 ? 3 : 4;
}

/// `text` is valid UTF-8.
std::string escape_hidden(std::span<const unsigned char> text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = std::min(sequence_length(text[0]), text.size());
    std::uint32_t code_point = length == 1 ? text[0] : text[0] & (0xffu >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) code_point = code_point << 6 | (text[i] & 0x3f);
    const auto sequence = text.first(length);
    if (is_hidden(code_point)) {
      for (unsigned char byte : sequence) append_pair(out, byte);
    } else {
      out.append(sequence.begin(), sequence.end());
    }
    text = text.subspan(length);
  }
  return out;
}

/// RFC 4514, 2.4: these must be escaped anywhere, `#` and blank at the beginning, blank at the end.
bool needs_backslash(std::span<const unsigned char> text, std::size_t at) {
  constexpr std::string_view kSpecial = "\"+,;<>\\";
  const char c = static_cast<char>(text[at]);
  if (kSpecial.find(c) != std::string_view::npos) return true;
  return (c == ' ' && (at == 0 || at + 1 == text.size())) || (c == '#' && at == 0);
}

/// UTF-8 of a string of any type; nullopt-like null where its bytes are not what the type says.
struct Utf8 {
  BytesPtr bytes;
  std::size_t size = 0;
  std::span<const unsigned char> span() const { return {bytes.get(), size}; }
};

Utf8 utf8(const ASN1_STRING* string) {
  unsigned char* out = nullptr;
  const int length = ASN1_STRING_to_UTF8(&out, string);
  if (length < 0) {
    drop_openssl_errors();
    return {};
  }
  return {BytesPtr(out), static_cast<std::size_t>(length)};
}

std::string value_text(const ASN1_STRING* string) {
  const Utf8 text = utf8(string);
  if (!text.bytes) return "#" + hex(string);
  std::string out;
  std::size_t plain = 0;
  for (std::size_t i = 0; i < text.size; ++i) {
    if (!needs_backslash(text.span(), i)) continue;
    out += escape_hidden(text.span().subspan(plain, i - plain));
    out += '\\';
    out += static_cast<char>(text.span()[i]);
    plain = i + 1;
  }
  return out + escape_hidden(text.span().subspan(plain));
}

std::string type_text(const ASN1_OBJECT* type) {
  const int nid = OBJ_obj2nid(type);
  return nid == NID_undef ? oid_text(type) : OBJ_nid2sn(nid);
}

}  // namespace

std::string name_text(const X509_NAME* name) {
  std::string out;
  const int count = X509_NAME_entry_count(name);
  int previous_set = -1;
  for (int i = 0; i < count; ++i) {
    const X509_NAME_ENTRY* entry = X509_NAME_get_entry(name, i);
    const int set = X509_NAME_ENTRY_set(entry);
    if (i > 0) out += set == previous_set ? " + " : ", ";
    previous_set = set;
    out += type_text(X509_NAME_ENTRY_get_object(entry)) + "=" + value_text(X509_NAME_ENTRY_get_data(entry));
  }
  return out;
}

std::string distinguished_name(const DerBytes& der) {
  const unsigned char* at = der.data();
  const NamePtr name(d2i_X509_NAME(nullptr, &at, static_cast<long>(der.size())));
  if (!name || at != der.data() + der.size()) {
    drop_openssl_errors();
    return "unreadable name";
  }
  return name_text(name.get());
}

std::string common_name(const X509_NAME* name) {
  int last = -1;
  for (int i = -1; (i = X509_NAME_get_index_by_NID(name, NID_commonName, i)) >= 0;) last = i;
  if (last < 0) return {};
  const ASN1_STRING* value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last));
  const Utf8 text = utf8(value);
  return text.bytes ? escape_hidden(text.span()) : "#" + hex(value);
}

std::string ascii_text(const ASN1_STRING* string) {
  std::string out;
  for (unsigned char byte : bytes_of(string)) {
    if (byte < 0x20 || byte > 0x7e || byte == '\\') {
      append_pair(out, byte);
    } else {
      out += static_cast<char>(byte);
    }
  }
  return out;
}

std::string oid_text(const ASN1_OBJECT* object) {
  std::array<char, 256> buffer{};
  const int length = OBJ_obj2txt(buffer.data(), static_cast<int>(buffer.size()), object, /*no_name=*/1);
  if (length <= 0) {
    drop_openssl_errors();
    return "unreadable OID";
  }
  return buffer.data();
}

std::string hex(std::span<const unsigned char> bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (unsigned char byte : bytes) {
    out += kHexDigits[byte >> 4];
    out += kHexDigits[byte & 0x0f];
  }
  return out;
}

std::string hex(const ASN1_STRING* string) {
  return string == nullptr ? std::string() : hex(bytes_of(string));
}

}  // namespace tlsward::pki
