#include "tls/seen_suites.h"

#include <algorithm>

#include <fmt/format.h>

namespace tlsward::tls {

std::vector<CipherSuite> seen_suites(const TlsContext& context) {
  std::vector<CipherSuite> result;
  const auto& by_version = context.ciphers.value;
  for (auto list = by_version.rbegin(); list != by_version.rend(); ++list) {
    for (const CipherSuite suite : list->second)
      if (std::find(result.begin(), result.end(), suite) == result.end()) result.push_back(suite);
  }
  return result;
}

std::string names(const std::vector<Objection>& objections) {
  std::string result;
  for (const Objection& objection : objections)
    result += fmt::format("{}{}", result.empty() ? "" : ", ", name(objection.suite));
  return result;
}

std::string describe(const TlsContext& context, std::string_view adjective, const std::vector<Objection>& objections) {
  const Objection& first = objections.front();
  if (objections.size() == 1)
    return fmt::format("{} offers {}, which is {} ({})", context.endpoint, name(first.suite), adjective, first.reason);
  return fmt::format("{} offers {} {} cipher suites, the first is {} ({})", context.endpoint, objections.size(),
                     adjective, name(first.suite), first.reason);
}

std::vector<std::string> list_by_reason(const std::vector<Objection>& objections) {
  std::vector<std::string> reasons, lines;
  if (objections.size() < 2) return lines;
  for (const Objection& objection : objections) {
    const auto known = std::find(reasons.begin(), reasons.end(), objection.reason);
    if (known == reasons.end()) {
      reasons.push_back(objection.reason);
      lines.push_back(fmt::format("{}: {}", objection.reason, name(objection.suite)));
    } else {
      lines[static_cast<std::size_t>(known - reasons.begin())] += fmt::format(", {}", name(objection.suite));
    }
  }
  return lines;
}

}  // namespace tlsward::tls
