// A fingerprint says "the same finding" across edits: it holds what is wrong, in which file or at which endpoint, about
// what, and with which value; neither line numbers nor the wording of the message. Equal findings are told apart by
// their order.
#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "lint/run.h"
#include "pki/sha256.h"

namespace tlsward::lint {
namespace {

/// Enough of a value to tell values apart; keeps findings about whole blocks of a large file cheap.
constexpr std::size_t kValueBytes = std::size_t{64} << 10;
constexpr std::size_t kHexDigits = 16;

std::string_view relative(std::string_view path, std::string_view root) {
  while (!root.empty() && root.back() == '/') root.remove_suffix(1);
  if (root.empty() || path.substr(0, root.size()) != root) return path;
  const std::string_view rest = path.substr(root.size());
  return !rest.empty() && rest.front() == '/' ? rest.substr(1) : path;
}

void append(std::string& key, std::string_view part) {
  key += part;
  key += '\0';
}

std::string key_of(const Run& run, const Finding& finding, std::string_view root) {
  std::string key;
  append(key, finding.rule);
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place)) {
    append(key, endpoint->endpoint);
    append(key, finding.subject);
    append(key, endpoint->part);
    return key;
  }
  const Span where = span_of(finding);
  append(key, relative(run.sources.path(where.file), root));
  append(key, finding.subject);
  append(key, run.sources.text(where).substr(0, kValueBytes));
  return key;
}

}  // namespace

std::vector<std::string> fingerprints(const Run& run, std::string_view root) {
  std::vector<std::string> result;
  result.reserve(run.findings.size());
  std::unordered_map<std::string, std::size_t> seen;
  for (const Finding& finding : run.findings) {
    const std::string value = pki::sha256_hex(key_of(run, finding, root));
    const std::size_t ordinal = seen[value]++;
    const std::string full = ordinal == 0 ? value : pki::sha256_hex(value + '\0' + std::to_string(ordinal));
    result.push_back(full.substr(0, kHexDigits));
  }
  return result;
}

}  // namespace tlsward::lint
