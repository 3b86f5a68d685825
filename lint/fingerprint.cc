#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "lint/identity.h"
#include "lint/project.h"
#include "lint/run.h"
#include "pki/sha256.h"

namespace tlsward::lint {
namespace {

/// Enough of a value to tell values apart; keeps findings about whole blocks of a large file cheap.
constexpr std::size_t kValueBytes = std::size_t{64} << 10;
constexpr std::size_t kHexDigits = 16;

/// Paths relative to the root, each worked out once.
class RelativePaths {
 public:
  RelativePaths(const SourceMap& sources, const std::string& root) : sources_(sources), root_(root) {}

  const std::string& of(FileId file) {
    const auto [path, added] = known_.try_emplace(file);
    if (added) path->second = root_.empty() ? sources_.path(file) : below_root(sources_.path(file), root_);
    return path->second;
  }

 private:
  const SourceMap& sources_;
  const std::string& root_;
  std::map<FileId, std::string> known_;
};

/// "tls.keys[].public_key" of "tls.keys[3].public_key".
std::string without_item_numbers(std::string_view subject) {
  std::string result;
  for (std::size_t i = 0; i < subject.size(); ++i) {
    result += subject[i];
    if (subject[i] != '[') continue;
    const std::size_t close = std::min(subject.find_first_not_of("0123456789", i + 1), subject.size());
    if (subject.substr(close, 1) == "]") i = close - 1;
  }
  return result;
}

Identity identity_of(const Run& run, const Finding& finding, RelativePaths& paths) {
  Identity identity;
  identity.rule = finding.rule;
  identity.subject = without_item_numbers(finding.subject);
  if (const auto* endpoint = std::get_if<Endpoint>(&finding.place)) {
    identity.endpoint = true;
    identity.path = endpoint->endpoint;
    identity.value = endpoint->part;
  } else {
    const Span where = span_of(finding);
    identity.path = paths.of(where.file);
    identity.value = run.sources.text(where).substr(0, kValueBytes);
  }
  if (!finding.value.empty()) identity.value = finding.value;
  return identity;
}

std::string hash_of(const Identity& identity) {
  std::string key;
  for (const std::string_view part :
       {identity.rule, std::string_view(identity.path), std::string_view(identity.subject), identity.value}) {
    key += part;
    key += '\0';
  }
  return pki::sha256_hex(key);
}

}  // namespace

std::vector<Identity> identities(const Run& run, const std::string& root) {
  std::vector<Identity> result;
  result.reserve(run.findings.size());
  RelativePaths paths(run.sources, root);
  std::unordered_map<std::string, std::size_t> seen;
  for (const Finding& finding : run.findings) {
    Identity& identity = result.emplace_back(identity_of(run, finding, paths));
    const std::string hash = hash_of(identity);
    identity.ordinal = seen[hash]++;
    const std::string full =
        identity.ordinal == 0 ? hash : pki::sha256_hex(hash + '\0' + std::to_string(identity.ordinal));
    identity.fingerprint = full.substr(0, kHexDigits);
  }
  return result;
}

std::vector<std::string> fingerprints(const Run& run, std::string_view root) {
  std::vector<std::string> result;
  for (Identity& identity : identities(run, std::string(root))) result.push_back(std::move(identity.fingerprint));
  return result;
}

}  // namespace tlsward::lint
