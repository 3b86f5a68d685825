#include "net/ssl_settings.h"

#include <openssl/objects.h>

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "net/client_identity.h"
#include "net/openssl_names.h"
#include "net/ssl_ptr.h"
#include "net/tls_session.h"
#include "pki/openssl_error.h"
#include "tls/wire/bytes.h"

namespace tlsward::net {
namespace {

constexpr std::size_t kMaxName = 255;  // of a host, and of a protocol in ALPN

/// Empty where OpenSSL lacks it.
std::string_view openssl_name(SSL* ssl, tls::CipherSuite suite) {
  const std::array<unsigned char, 2> code = {static_cast<unsigned char>(suite.code >> 8),
                                             static_cast<unsigned char>(suite.code)};
  const SSL_CIPHER* cipher = SSL_CIPHER_find(ssl, code.data());
  return cipher != nullptr ? SSL_CIPHER_get_name(cipher) : std::string_view();
}

/// OpenSSL refuses lists with repetitions.
void add_once(std::string& list, std::string_view name) {
  if ((":" + list + ":").find(fmt::format(":{}:", name)) != std::string::npos) return;
  list += list.empty() ? "" : ":";
  list += name;
}

struct Versions {
  tls::Version min, max;
};

Result<Nothing> set_suites(const HandshakeOptions& options, SSL* ssl, Versions& versions) {
  if (options.suites.empty()) return Nothing{};
  std::string tls13;
  std::string older;
  for (const tls::CipherSuite suite : options.suites) {
    const std::string_view name = openssl_name(ssl, suite);
    if (!name.empty()) add_once(tls::is_tls13(suite) ? tls13 : older, name);
  }
  if (tls13.empty()) versions.max = std::min(versions.max, tls::kTls12);
  if (older.empty()) versions.min = std::max(versions.min, tls::kTls13);
  const bool set =
      SSL_set_ciphersuites(ssl, tls13.c_str()) == 1 && (older.empty() || SSL_set_cipher_list(ssl, older.c_str()) == 1);
  if (!set || versions.min > versions.max) {
    return Error{fmt::format("this OpenSSL has none of the {} suites for {} to {}", options.suites.size(),
                             tls::name(options.min_version), tls::name(options.max_version))};
  }
  return Nothing{};
}

Result<Nothing> set_versions_and_suites(const HandshakeOptions& options, SSL* ssl) {
  Versions versions{std::max(options.min_version, tls::kTls10), std::min(options.max_version, tls::kTls13)};
  if (versions.min > versions.max) {
    return Error{fmt::format("this OpenSSL has no version from {} to {}", tls::name(options.min_version),
                             tls::name(options.max_version))};
  }
  if (auto suites = set_suites(options, ssl, versions); !suites) return suites;
  if (SSL_set_min_proto_version(ssl, versions.min.number) != 1 ||
      SSL_set_max_proto_version(ssl, versions.max.number) != 1) {
    return Error{fmt::format("this OpenSSL has not all of {} to {}", tls::name(versions.min), tls::name(versions.max))};
  }
  return Nothing{};
}

Result<Nothing> set_groups(const std::vector<tls::Group>& groups, SSL* ssl) {
  if (groups.empty()) return Nothing{};
  std::vector<int> nids;
  for (const tls::Group group : groups) {
    const int nid = group_nid(group);
    if (nid != NID_undef && std::find(nids.begin(), nids.end(), nid) == nids.end()) nids.push_back(nid);
  }
  if (nids.empty() || SSL_set1_groups(ssl, nids.data(), nids.size()) != 1) {
    return Error{
        fmt::format("this OpenSSL has none of the {} groups, {} among them", groups.size(), tls::name(groups.front()))};
  }
  return Nothing{};
}

Result<Nothing> set_signatures(const std::vector<tls::SignatureScheme>& schemes, SSL* ssl) {
  if (schemes.empty()) return Nothing{};
  std::string list;
  for (const tls::SignatureScheme scheme : schemes) {
    const std::string_view name = signature_name(scheme);
    if (!name.empty()) add_once(list, name);
  }
  if (list.empty() || SSL_set1_sigalgs_list(ssl, list.c_str()) != 1) {
    return Error{fmt::format("this OpenSSL has none of the {} signature schemes, {} among them", schemes.size(),
                             tls::name(schemes.front()))};
  }
  return Nothing{};
}

Result<Nothing> set_alpn(const std::vector<std::string>& protocols, SSL* ssl) {
  tls::wire::Writer list;
  for (const std::string& protocol : protocols) {
    if (protocol.empty() || protocol.size() > kMaxName) {
      return Error{fmt::format("ALPN protocol of {} bytes; 1 to {}", protocol.size(), kMaxName)};
    }
    list.u8(static_cast<std::uint8_t>(protocol.size()));
    list.text(protocol);
  }
  const tls::wire::Bytes bytes = list.take();
  // Unlike the others, this function returns 0 for success.
  if (!bytes.empty()) SSL_set_alpn_protos(ssl, bytes.data(), static_cast<unsigned>(bytes.size()));
  return Nothing{};
}

Result<Nothing> set_server_name(const std::string& name, SSL* ssl) {
  if (name.size() > kMaxName) return Error{fmt::format("server name of {} bytes; at most {}", name.size(), kMaxName)};
  if (!name.empty()) SSL_set_tlsext_host_name(ssl, name.c_str());
  return Nothing{};
}

Result<Nothing> set_identity(const ClientIdentity* identity, SSL* ssl) {
  if (identity == nullptr) return Nothing{};
  if (SSL_use_cert_and_key(ssl, identity->certificate.get(), identity->key.get(), identity->chain.get(), 1) != 1) {
    return Error{"OpenSSL does not take the client certificate (" + pki::take_openssl_error() + ")"};
  }
  return Nothing{};
}

}  // namespace

Result<Nothing> apply(const HandshakeOptions& options, SSL* ssl) {
  for (const Result<Nothing>& step :
       {set_versions_and_suites(options, ssl), set_groups(options.groups, ssl), set_signatures(options.signatures, ssl),
        set_alpn(options.alpn, ssl), set_server_name(options.server_name, ssl),
        set_identity(options.identity.get(), ssl)}) {
    if (!step) return step.error();
  }
  if (!options.tickets) SSL_set_options(ssl, SSL_OP_NO_TICKET);
  if (options.status_request) SSL_set_tlsext_status_type(ssl, TLSEXT_STATUSTYPE_ocsp);
  if (options.session) SSL_set_session(ssl, options.session->session.get());
  pki::drop_openssl_errors();
  return Nothing{};
}

bool openssl_has(tls::Group group) {
  return group_nid(group) != NID_undef;
}

}  // namespace tlsward::net
