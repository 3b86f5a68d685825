// What the tests of the certificate store share.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "pki/issue.h"
#include "pki/pem.h"
#include "serve/certificates/store.h"
#include "tests/catch.h"

namespace tlsward::tests {

inline constexpr tls::Time kNow = std::chrono::sys_days(std::chrono::year(2031) / 5 / 17);

inline pki::SecretBytes secret(std::string_view text) {
  pki::SecretBytes bytes(text.size());
  for (const char c : text) bytes.push_back(static_cast<unsigned char>(c));
  return bytes;
}

/// A self-signed P-256 certificate, valid for a day from kNow on, with its key.
inline pki::IssuedCertificate self_signed(const std::string& name) {
  pki::CertificatePlan plan;
  plan.common_name = name;
  plan.dns_names = {name};
  plan.not_before = kNow;
  plan.not_after = kNow + std::chrono::days(1);
  return *pki::issue(plan, nullptr);
}

inline std::string both(const pki::IssuedCertificate& issued) {
  return issued.certificate + issued.key;
}

inline std::string sha256_of(const pki::IssuedCertificate& issued) {
  return pki::read_bundle(issued.certificate).certificates.at(0).sha256;
}

inline std::unique_ptr<serve::CertificateStore> opened(const std::string& directory,
                                                       std::string_view password = "a secret") {
  auto store = serve::CertificateStore::open(directory, secret(password));
  if (!store) FAIL(store.error().message);
  return std::move(*store);
}

inline std::string added(serve::CertificateStore& store, const std::string& pem, std::string_view organisation = "") {
  const auto id = store.add(pem, organisation, kNow);
  if (!id) FAIL(id.error().message);
  return *id;
}

/// The error of adding; "" where it was added.
inline std::string refused(serve::CertificateStore& store, const std::string& pem) {
  const auto id = store.add(pem, "", kNow);
  return id ? "" : id.error().message;
}

}  // namespace tlsward::tests
