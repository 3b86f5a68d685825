// A field of Tyk that wants a certificate takes any text and tries what it could be: an id of the certificate store
// first, then a file. The id is the SHA-256 of the certificate, so it can be told from a file name by its shape and
// looked up in a directory of certificates. What `openssl x509 -noout -fingerprint -sha256` prints is the same hash in
// another form, which Tyk does not recognise.
// Source: certs/manager.go List, https://tyk.io/docs/basic-config-and-security/security/mutual-tls/concepts/ (read
// 2026-11-22).
#include "gateways/tyk/certificate_id.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>
#include <vector>

#include "pki/pem.h"

namespace tlsward::gateways::tyk {
namespace {

constexpr std::size_t kDigestDigits = 64;
constexpr std::uintmax_t kLargestFile = std::uintmax_t{4} << 20;

bool is_alphanumeric(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

bool is_lower_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool is_hex_digit(char c) {
  return is_lower_hex(c) || (c >= 'A' && c <= 'F');
}

char lower(char c) {
  return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool is_organisation(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
}

bool is_separator(char c) {
  return c == ':' || std::isspace(static_cast<unsigned char>(c)) != 0;
}

bool begins_with(std::string_view text, std::string_view word) {
  return text.size() >= word.size() &&
         std::equal(word.begin(), word.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

/// "sha256 Fingerprint=AA:BB" and "SHA256:AA:BB" give "AA:BB"; a text without the name of the hash stays as it is.
std::string_view without_hash_name(std::string_view text) {
  static constexpr std::string_view kHash = "sha256";
  static constexpr std::string_view kWord = "fingerprint";
  static constexpr std::string_view kBetween = " \t=:";
  if (!begins_with(text, kHash)) return text;
  std::string_view rest = text.substr(kHash.size());
  const std::size_t word = std::min(rest.find_first_not_of(kBetween), rest.size());
  if (word == 0) return text;
  rest.remove_prefix(word);
  if (begins_with(rest, kWord)) rest.remove_prefix(kWord.size());
  rest.remove_prefix(std::min(rest.find_first_not_of(kBetween), rest.size()));
  return rest;
}

std::string_view without_blanks_around(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front())) != 0) text.remove_prefix(1);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) text.remove_suffix(1);
  return text;
}

bool has_file_extension(std::string_view text) {
  const std::size_t dot = text.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string_view ending = text.substr(dot + 1);
  return !ending.empty() && ending.size() <= 5 && std::all_of(ending.begin(), ending.end(), is_alphanumeric);
}

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

/// In ascending order, so that the same directory always gives the same answers.
std::vector<std::string> certificate_files(const std::string& directory) {
  std::vector<std::string> result;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored) && entry->file_size(ignored) <= kLargestFile) {
      result.push_back(entry->path().string());
    }
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace

std::optional<CertificateId> parse_certificate_id(std::string_view text) {
  if (text.size() < kDigestDigits) return std::nullopt;
  const std::string_view organisation = text.substr(0, text.size() - kDigestDigits);
  const std::string_view digest = text.substr(text.size() - kDigestDigits);
  if (!is_organisation(organisation) || !std::all_of(digest.begin(), digest.end(), is_lower_hex)) return std::nullopt;
  return CertificateId{std::string(organisation), std::string(digest)};
}

std::optional<std::string> normalised_id(std::string_view text) {
  if (parse_certificate_id(text)) return std::nullopt;
  std::string_view rest = without_hash_name(without_blanks_around(text));
  std::string digest;
  while (!rest.empty() && digest.size() < kDigestDigits) {
    const char c = rest.back();
    rest.remove_suffix(1);
    if (is_separator(c)) continue;
    if (!is_hex_digit(c)) return std::nullopt;
    digest.push_back(lower(c));
  }
  if (digest.size() < kDigestDigits || !is_organisation(rest)) return std::nullopt;
  std::reverse(digest.begin(), digest.end());
  return std::string(rest) + digest;
}

ReferenceForm form_of(std::string_view text) {
  if (text.empty()) return ReferenceForm::Empty;
  if (text.find("-----BEGIN ") != std::string_view::npos) return ReferenceForm::InlinePem;
  if (parse_certificate_id(text)) return ReferenceForm::Id;
  if (normalised_id(text)) return ReferenceForm::MalformedId;
  if (text.find_first_of("/\\") != std::string_view::npos || has_file_extension(text)) return ReferenceForm::Path;
  return ReferenceForm::Other;
}

bool is_hex(std::string_view text) {
  return !text.empty() && text.size() % 2 == 0 && std::all_of(text.begin(), text.end(), is_hex_digit);
}

std::string with_line_breaks(std::string_view pem) {
  static constexpr std::string_view kBegin = "-----BEGIN ", kEnd = "-----END ", kDashes = "-----";
  std::string result;
  for (std::size_t begin = pem.find(kBegin); begin != std::string_view::npos; begin = pem.find(kBegin, begin)) {
    const std::size_t label = begin + kBegin.size();
    const std::size_t body = pem.find(kDashes, label);
    const std::size_t end = body == std::string_view::npos ? body : pem.find(kEnd, body);
    if (end == std::string_view::npos) break;
    const std::string_view name = pem.substr(label, body - label);
    result.append(kBegin).append(name).append(kDashes).append("\n");
    for (const char c : pem.substr(body + kDashes.size(), end - body - kDashes.size())) {
      if (std::isspace(static_cast<unsigned char>(c)) == 0) result.push_back(c);
    }
    result.append("\n").append(kEnd).append(name).append(kDashes).append("\n");
    begin = end;
  }
  return result.empty() ? std::string(pem) : result;
}

CertificateIndex CertificateIndex::read(const std::string& directory) {
  CertificateIndex index;
  for (const std::string& path : certificate_files(directory)) {
    const std::optional<std::string> bytes = read_file(path);
    if (!bytes) continue;
    tls::Bundle bundle = pki::read_bundle(*bytes, path);
    if (bundle.certificates.empty()) continue;
    std::string sha256 = bundle.certificates.front().sha256;
    // Two files with one certificate: the one that has the key says more.
    auto [found, added] = index.entries_.try_emplace(std::move(sha256));
    if (added || (found->second.bundle.private_keys.empty() && !bundle.private_keys.empty())) {
      found->second = {path, std::move(bundle)};
    }
  }
  return index;
}

const CertificateIndex::Entry* CertificateIndex::find(std::string_view sha256) const {
  const auto found = entries_.find(sha256);
  return found == entries_.end() ? nullptr : &found->second;
}

}  // namespace tlsward::gateways::tyk
