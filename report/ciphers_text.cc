// People meet one cipher suite under four names and three numbers: sslscan prints OpenSSL's name, KrakenD wants the
// decimal code, Tyk Go's constant, a packet capture shows two bytes. This prints all of them side by side. The columns
// that decide whether a suite is any good come first and the long names last, so that the beginning of a line is enough
// on a narrow terminal.
#include "report/ciphers_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "core/print.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;
using Facts = tls::CipherSuiteFacts;

constexpr std::size_t kColumns = 13;
using Line = std::array<std::string, kColumns>;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](char c) { return lower(c); });
  return result;
}

// Backtracks to the last `*` only, so it is linear in text times pattern and needs no stack.
bool matches_glob(std::string_view text, std::string_view glob) {
  std::size_t at = 0, in_glob = 0;
  std::size_t star = std::string_view::npos, retry = 0;
  while (at < text.size()) {
    if (in_glob < glob.size() && (glob[in_glob] == '?' || glob[in_glob] == text[at])) {
      ++at;
      ++in_glob;
    } else if (in_glob < glob.size() && glob[in_glob] == '*') {
      star = in_glob++;
      retry = at;
    } else if (star != std::string_view::npos) {
      in_glob = star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  return glob.find_first_not_of('*', in_glob) == std::string_view::npos;
}

template <class Matches>
std::vector<const Facts*> rows_where(Matches matches) {
  std::vector<const Facts*> rows;
  for (const auto& row : tls::cipher_suites()) {
    const auto names = {row.name, row.openssl, row.go, row.gnutls};
    if (std::any_of(names.begin(), names.end(), [&](auto name) { return !name.empty() && matches(lower(name)); })) {
      rows.push_back(&row);
    }
  }
  return rows;
}

std::string hex(tls::CipherSuite suite) {
  return fmt::format("0x{:04X}", suite.code);
}

std::string_view or_dash(std::string_view text) {
  return text.empty() ? "-" : text;
}

std::vector<tls::Version> versions(const Facts& row) {
  std::vector<tls::Version> result;
  for (const auto version : tls::known_versions()) {
    if (tls::usable(row.suite, version)) result.push_back(version);
  }
  return result;
}

// "1.2", "1.0-1.2", "SSL3-1.2"; "-" for a signal.
std::string version_range(const Facts& row) {
  const auto text = [](tls::Version version) {
    return version == tls::kSsl3 ? std::string("SSL3") : tls::short_name(version);
  };
  const auto range = versions(row);
  if (range.empty()) return "-";
  if (range.size() == 1) return text(range.front());
  return fmt::format("{}-{}", text(range.front()), text(range.back()));
}

std::string flags(const Facts& row) {
  if (tls::is_signalling(row.suite)) return "signalling";
  std::vector<std::string> words;
  if (row.recommended) words.emplace_back("recommended");
  if (const auto reason = tls::broken_reason(row.suite)) words.push_back(fmt::format("broken:{}", *reason));
  if (!row.forward_secrecy) words.emplace_back("no-fs");
  if (row.http2_prohibited) words.emplace_back("no-h2");
  return words.empty() ? "-" : fmt::format("{}", fmt::join(words, ","));
}

Line heading() {
  return {"CODE", "DECIMAL", "IANA",  "VERSIONS", "BITS", "KX",    "AUTH",
          "ENC",  "MAC",     "FLAGS", "OPENSSL",  "GO",   "GNUTLS"};
}

Line line(const Facts& row) {
  const bool signal = tls::is_signalling(row.suite);
  const auto property = [signal](std::string_view text) { return std::string(signal ? "-" : text); };
  return {hex(row.suite),
          std::to_string(row.suite.code),
          std::string(row.name),
          version_range(row),
          property(std::to_string(row.bits)),
          property(tls::name(row.key_exchange)),
          property(tls::name(row.authentication)),
          property(row.encryption),
          property(row.mac),
          flags(row),
          std::string(or_dash(row.openssl)),
          std::string(or_dash(row.go)),
          std::string(or_dash(row.gnutls))};
}

std::string table(const std::vector<const Facts*>& rows) {
  std::vector<Line> lines = {heading()};
  for (const auto* row : rows) lines.push_back(line(*row));
  std::array<std::size_t, kColumns> widths{};
  for (const auto& fields : lines) {
    for (std::size_t i = 0; i < kColumns; ++i) widths[i] = std::max(widths[i], fields[i].size());
  }
  std::string text;
  for (const auto& fields : lines) {
    for (std::size_t i = 0; i + 1 < kColumns; ++i) text += fmt::format("{:<{}}", fields[i], widths[i] + 2);
    text += fields.back() + '\n';
  }
  return text;
}

std::string spellings(const Facts& row) {
  auto text = fmt::format(
      "IANA: {}\nOpenSSL: {}\nGo: {}\nGnuTLS: {}\nKrakenD: {}\nhex: {}\nbytes: 0x{:02X},0x{:02X}\nversions: {}\n",
      row.name, or_dash(row.openssl), or_dash(row.go), or_dash(row.gnutls), row.suite.code, hex(row.suite),
      row.suite.code >> 8, row.suite.code & 0xFF, version_range(row));
  if (!tls::is_signalling(row.suite)) {
    text += fmt::format("key exchange: {}\nauthentication: {}\nencryption: {} ({} bits)\nmode: {}\nMAC: {}\n",
                        tls::name(row.key_exchange), tls::name(row.authentication), row.encryption, row.bits,
                        tls::name(row.mode), row.mac);
  }
  return text + fmt::format("flags: {}\n", flags(row));
}

Json name_or_null(std::string_view name) {
  return name.empty() ? Json(nullptr) : Json(name);
}

Json to_json(const Facts& row) {
  const bool signal = tls::is_signalling(row.suite);
  const auto property = [signal](std::string_view text) { return signal ? Json(nullptr) : Json(text); };
  Json version_names = Json::array();
  for (const auto version : versions(row)) version_names.push_back(tls::name(version));
  const auto broken = tls::broken_reason(row.suite);
  return {{"code", row.suite.code},
          {"hex", hex(row.suite)},
          {"iana", row.name},
          {"openssl", name_or_null(row.openssl)},
          {"go", name_or_null(row.go)},
          {"gnutls", name_or_null(row.gnutls)},
          {"signalling", signal},
          {"versions", std::move(version_names)},
          {"key_exchange", property(tls::name(row.key_exchange))},
          {"authentication", property(tls::name(row.authentication))},
          {"encryption", property(row.encryption)},
          {"mode", property(tls::name(row.mode))},
          {"mac", property(row.mac)},
          {"bits", row.bits},
          {"aead", tls::is_aead(row.suite)},
          {"forward_secrecy", row.forward_secrecy},
          {"http2_prohibited", row.http2_prohibited},
          {"iana_recommended", row.recommended},
          {"broken", broken ? Json(*broken) : Json(nullptr)},
          {"weak", Json(tls::weak_reasons(row.suite))}};
}

}  // namespace

CipherSelection select_ciphers(std::string_view pattern) {
  if (const auto suite = tls::parse_cipher_suite(pattern)) {
    if (const auto* row = tls::facts(*suite)) return {{row}, true};
  }
  const auto wanted = lower(pattern);
  if (wanted.find_first_of("*?") != std::string::npos) {
    return {rows_where([&](const std::string& name) { return matches_glob(name, wanted); }), false};
  }
  return {rows_where([&](const std::string& name) { return name.find(wanted) != std::string::npos; }), false};
}

void write_ciphers_text(const CipherSelection& selection, std::FILE* out) {
  if (selection.rows.empty()) return;
  print_to(out, "{}", selection.exact ? spellings(*selection.rows.front()) : table(selection.rows));
}

void write_ciphers_json(const CipherSelection& selection, std::FILE* out) {
  Json ciphers = Json::array();
  for (const auto* row : selection.rows) ciphers.push_back(to_json(*row));
  const Json document = {{"schema", "tlsward-ciphers/1"}, {"ciphers", std::move(ciphers)}};
  print_to(out, "{}", document.dump(2) + '\n');
}

}  // namespace tlsward::report
