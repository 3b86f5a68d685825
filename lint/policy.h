// A policy: what a guideline asks of an endpoint, as data. Those of policies/ are part of the program; a user's own
// file has the same form.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/source.h"
#include "lint/settings_reader.h"
#include "tls/certificate.h"
#include "tls/cipher_suite.h"
#include "tls/context.h"
#include "tls/group.h"
#include "tls/version.h"

namespace tlsward::lint {

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
/// As written in policies.
std::string_view name(SuiteKind kind);
/// Whether a suite is of that kind.
bool is_kind(tls::CipherSuite suite, SuiteKind kind);

/// One clause. What is empty or nullopt asks for nothing.
struct PolicyClause {
  std::string clause;                  // as the guideline numbers or names it: "4.1"
  bool must = true;                    // `level: should` is no more than an info
  std::vector<tls::Version> versions;  // no others
  std::vector<tls::CipherSuite> suites;
  std::vector<SuiteKind> forbidden;
  std::vector<tls::Group> groups;
  std::vector<tls::KeyType> key_types;  // of the endpoint's own certificates
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

/// A policy that is part of the program.
struct BuiltInPolicy {
  std::string_view name;
  std::string_view text;  // of its YAML file
};
std::span<const BuiltInPolicy> built_in_policies();

/// Reads a policy from `file` of `sources`. Everything that is wrong with it is noted in `errors`; then nullopt.
std::optional<Policy> read_policy(const SourceMap& sources, FileId file, std::vector<SettingsError>& errors);

}  // namespace tlsward::lint
