// Live endpoints as tests of rules make them: a healthy one, changes to it, and what the rules say.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lint/observed.h"
#include "pki/pem.h"
#include "probe/observed_context.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/certificates.h"
#include "tests/probe/healthy_endpoint.h"

namespace tlsward::tests {

using probe::HostResult;
using Strings = std::vector<std::string>;

inline constexpr std::string_view kRoot = "ca cn=Root";
inline constexpr std::string_view kIssuer = "ca pathlen=0 cn=CA issuer=root";
inline constexpr std::string_view kLeaf =
    "cn=api.example san=DNS:api.example no-ca eku=serverAuth ku=digitalSignature issuer=ca";

/// Chains from recipes; Root and CA are there for `issuer=`.
class Chains {
 public:
  Chains() {
    make("root", kRoot);
    make("ca", kIssuer);
  }
  std::vector<tls::CertificateFacts> operator()(std::string_view spec) { return make("leaf", spec); }
  /// The leaf of `kLeaf` with other words, and its issuer.
  std::vector<tls::CertificateFacts> leaf(std::string_view words = {}) {
    return make("leaf", fmt::format("{} {} chain", words, kLeaf));
  }

 private:
  std::vector<tls::CertificateFacts> make(std::string_view name, std::string_view spec) {
    const auto text = factory_.make(name, spec);
    INFO(name << ": " << spec);
    REQUIRE(text);
    return pki::read_bundle(*text).certificates;
  }
  CertificateFactory factory_{std::chrono::floor<std::chrono::seconds>(kProbed)};
};

inline std::vector<Finding> judge(const HostResult& result) {
  lint::Options options;
  options.at = std::chrono::floor<std::chrono::seconds>(kProbed);
  return lint::judge_observed(probe::observed_context(result), probe::observed_place(result), rules::all(), options);
}

inline Strings rules_of(const std::vector<Finding>& findings) {
  Strings result;
  for (const Finding& finding : findings) result.emplace_back(finding.rule);
  return result;
}

inline std::string text(const std::vector<Finding>& findings) {
  std::string result;
  for (const Finding& finding : findings)
    result += fmt::format("{}[{}]: {}\n", name(finding.severity), finding.rule, finding.message);
  return result;
}

using Change = std::function<void(HostResult&, Chains&)>;

inline void accept(HostResult& result, tls::Version version, std::vector<std::uint16_t> codes) {
  result.versions[version] = kYes;
  result.suites[version] = suites(std::move(codes));
}

inline void only(HostResult& result, tls::Version version, std::vector<std::uint16_t> codes) {
  for (auto& [other, told] : result.versions) told = kNo;
  result.suites.clear();
  accept(result, version, std::move(codes));
}

inline void show(HostResult& result, std::vector<tls::CertificateFacts> certificates) {
  result.chains[0] = chain("RSA", std::move(certificates));
}

/// As `show`, but nobody the prober trusts vouches for it.
inline void show_untrusted(HostResult& result, std::vector<tls::CertificateFacts> certificates) {
  show(result, std::move(certificates));
  result.chains[0].trusted = kNo;
  result.chains[0].complete = kUnknown;
}

inline HostResult healthy(Chains& chains) {
  return healthy_endpoint(chains.leaf());
}

}  // namespace tlsward::tests
