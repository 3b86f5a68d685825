#include "tests/probe/peers.h"

#include <fmt/format.h>

#include <regex>
#include <sstream>

#include "tests/catch.h"
#include "tests/probe/probed.h"
#include "tests/process.h"
#include "tls/cipher_suite.h"

namespace tlsward::tests {
namespace {

/// nmap's name for TLS 1.3 suites is its own: TLS_AKE_WITH_AES_128_GCM_SHA256.
std::string iana_name(const std::string& nmap_name) {
  constexpr std::string_view kOwn = "TLS_AKE_WITH_";
  return nmap_name.starts_with(kOwn) ? "TLS_" + nmap_name.substr(kOwn.size()) : nmap_name;
}

/// "TLSv1.2" as "1.2", "SSLv3" as "SSL 3.0".
std::string version_name(const std::string& peer_name) {
  return peer_name.starts_with("TLSv") ? peer_name.substr(4) : "SSL 3.0";
}

std::string scanned_by_sslscan(const Server& server) {
  const ProcessResult result = run_shell("sslscan --no-colour --xml=- " + server.endpoint(), "/");
  INFO(result.out << result.err);
  REQUIRE(result.exit_code == 0);
  return result.out;
}

void sort_each(std::map<std::string, std::string>& lists) {
  for (auto& [version, codes] : lists) codes = sorted(codes);
}

}  // namespace

std::map<std::string, std::string> nmap_suites(const Server& server) {
  static const std::regex kVersion(R"(\|   (SSLv3|TLSv1\.\d): ?)");
  static const std::regex kSuite(R"(\|       ([A-Z]+_[A-Za-z0-9_]+) .*)");
  const ProcessResult result =
      run_shell("nmap -Pn -n -p " + std::to_string(server.port()) + " --script ssl-enum-ciphers 127.0.0.1", "/");
  INFO(result.out << result.err);
  std::map<std::string, std::string> found;
  std::string version;
  std::istringstream lines(result.out);
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, kVersion)) version = version_name(match[1]);
    if (!std::regex_match(line, match, kSuite)) continue;
    const auto suite = tls::parse_cipher_suite(iana_name(match[1]));
    INFO(line);
    REQUIRE(suite);
    found[version] += fmt::format(" {:04x}", suite->code);
  }
  REQUIRE_FALSE(found.empty());
  sort_each(found);
  return found;
}

std::map<std::string, std::string> sslscan_suites(const Server& server) {
  static const std::regex kCipher(R"rx(<cipher [^>]*sslversion="([^"]+)"[^>]* id="0x([0-9A-Fa-f]{4})")rx");
  const std::string xml = scanned_by_sslscan(server);
  std::map<std::string, std::string> found;
  for (std::sregex_iterator it(xml.begin(), xml.end(), kCipher), end; it != end; ++it) {
    std::string code = (*it)[2];
    for (char& digit : code) digit = static_cast<char>(std::tolower(digit));
    found[version_name((*it)[1])] += " " + code;
  }
  sort_each(found);
  return found;
}

std::string sslscan_groups(const Server& server) {
  static const std::regex kGroup(R"rx(<group sslversion="TLSv1.3"[^>]* id="0x([0-9A-Fa-f]{4})")rx");
  const std::string xml = scanned_by_sslscan(server);
  std::string found;
  for (std::sregex_iterator it(xml.begin(), xml.end(), kGroup), end; it != end; ++it) found += " " + (*it)[1].str();
  return sorted(found);
}

}  // namespace tlsward::tests
