// DER begins with 0x30 (SEQUENCE) and a length; what comes next tells the rest: PKCS#12 has the INTEGER 3 and then
// another SEQUENCE (RFC 7292, section 4), PKCS#7 an object identifier below 1.2.840.113549.1.7 (RFC 2315, section 14).
// Java key stores begin with a magic number (java.security: JKS 0xFEEDFEED, JCEKS 0xCECECECE). 0x30 is also the digit
// `0`, so only bytes that are no text are looked at.
#include "pki/encoding.h"

#include <algorithm>
#include <array>
#include <string>

namespace tlsward::pki {
namespace {

using namespace std::string_view_literals;

constexpr char kSequence = '\x30';
constexpr std::string_view kJks = "\xFE\xED\xFE\xED"sv;
constexpr std::string_view kJceks = "\xCE\xCE\xCE\xCE"sv;
constexpr std::string_view kVersion3 = "\x02\x01\x03\x30"sv;
constexpr std::string_view kPkcs7Oid = "\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07"sv;

struct Ending {
  std::string_view ending;
  tls::Encoding encoding;
};
constexpr std::array kEndings = {
    Ending{".p12", tls::Encoding::Pkcs12},       Ending{".pfx", tls::Encoding::Pkcs12},
    Ending{".p7b", tls::Encoding::Pkcs7},        Ending{".p7c", tls::Encoding::Pkcs7},
    Ending{".jks", tls::Encoding::JavaKeyStore}, Ending{".jceks", tls::Encoding::JavaKeyStore},
    Ending{".der", tls::Encoding::Der},          Ending{".cer", tls::Encoding::Der},
    Ending{".crt", tls::Encoding::Der},
};

/// The content of a leading SEQUENCE, without looking at whether all of it is there.
std::optional<std::string_view> sequence_content(std::string_view bytes) {
  if (bytes.size() < 2 || bytes[0] != kSequence) return std::nullopt;
  const auto length = static_cast<unsigned char>(bytes[1]);
  const std::size_t more = length > 0x80 ? length - 0x80u : 0;
  if (more > sizeof(std::uint32_t)) return std::nullopt;
  return bytes.substr(std::min(bytes.size(), 2 + more));
}

bool ends_with_ignoring_case(std::string_view text, std::string_view ending) {
  if (text.size() < ending.size()) return false;
  return std::equal(ending.begin(), ending.end(), text.end() - static_cast<std::ptrdiff_t>(ending.size()),
                    [](char a, char b) { return a == ('A' <= b && b <= 'Z' ? b - 'A' + 'a' : b); });
}

}  // namespace

bool is_binary(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && (byte < '\t' || byte > '\r') && byte != 0x1b;
  });
}

std::optional<tls::Encoding> binary_encoding(std::string_view bytes, std::string_view file_name) {
  if (bytes.starts_with(kJks) || bytes.starts_with(kJceks)) return tls::Encoding::JavaKeyStore;
  if (!is_binary(bytes)) return std::nullopt;
  if (const auto content = sequence_content(bytes)) {
    if (content->starts_with(kVersion3)) return tls::Encoding::Pkcs12;
    if (content->starts_with(kPkcs7Oid)) return tls::Encoding::Pkcs7;
    return tls::Encoding::Der;
  }
  // A stray control character does not make PEM binary.
  if (bytes.find("-----BEGIN ") != std::string_view::npos) return std::nullopt;
  const auto* named = std::find_if(kEndings.begin(), kEndings.end(), [&](const Ending& ending) {
    return ends_with_ignoring_case(file_name, ending.ending);
  });
  if (named == kEndings.end()) return std::nullopt;
  return named->encoding;
}

}  // namespace tlsward::pki
