// A policy: what a guideline asks of an endpoint, as data.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tls/certificate.h"
#include "tls/cipher_suite.h"
#include "tls/group.h"
#include "tls/version.h"

namespace tlsward::tls {

/// Kinds of cipher suites that a clause may forbid.
enum class SuiteKind : std::uint8_t {
  NoEncryption,    // "no encryption"
  Rc4,             // "RC4"
  Below112,        // "below 112 bits"
  Below128,        // "below 128 bits"
  RsaKeyExchange,  // "RSA key exchange"
  StaticDh,        // "static DH": finite field and elliptic curve
  Dhe,             // "DHE": ephemeral, finite field
  Anonymous,       // "anonymous"
  Cbc,             // "CBC"
};
/// All as written in policies, in the order of SuiteKind.
std::span<const std::string_view> suite_kind_names();
std::string_view name(SuiteKind kind);
/// Whether a suite is of that kind.
bool is_kind(CipherSuite suite, SuiteKind kind);

/// One clause. What is empty or nullopt asks for nothing.
struct PolicyClause {
  std::string clause;             // as the guideline numbers or names it: "4.1"
  bool must = true;               // `level: should` is no more than an info
  std::vector<Version> versions;  // no others
  std::vector<CipherSuite> suites;
  std::vector<SuiteKind> forbidden;
  std::vector<Group> groups;
  std::vector<KeyType> key_types;       // of the endpoint's own certificates
  std::vector<std::string> key_curves;  // "P-256"
  std::optional<unsigned> min_rsa_bits, min_curve_bits, max_lifetime_days;
  bool verify_peer = false;  // upstreams are verified, chain and name
};

struct Policy {
  std::string name;   // "mozilla-intermediate"
  std::string title;  // "Mozilla, Server Side TLS 6.0, intermediate"
  std::string url;
  std::string date;            // when it was read: "2026-11-26"
  bool upstreams_too = false;  // `applies-to: listeners and upstreams`
  std::vector<PolicyClause> clauses;
};

}  // namespace tlsward::tls
