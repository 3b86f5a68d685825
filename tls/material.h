// Questions about the certificates of a context that more than one rule asks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "tls/certificate.h"
#include "tls/context.h"

namespace tlsward::tls {

/// A certificate with the field or file that it was read from. Both pointers live as long as the context.
struct PlacedCertificate {
  const CertificateFacts* facts = nullptr;
  const Material* material = nullptr;
  std::size_t index = 0;  // in the bundle
};

/// True where the text was read, so that `bundle` says something.
bool is_read(const Material& material);

/// Every certificate of the fields that serve `use`, in file order.
std::vector<PlacedCertificate> certificates(const TlsContext& context, MaterialUse use);
/// The leaf of each field that serves `use`: the first certificate that issued no other one in the same field, so that
/// a chain in the wrong order is still judged by its end.
std::vector<PlacedCertificate> leaves(const TlsContext& context, MaterialUse use);

/// True where `issuer` is another certificate and issued this one, as far as names and key identifiers tell.
bool issued(const CertificateFacts& issuer, const CertificateFacts& certificate);

/// The certificates that servers show, as far as this context knows them: a listener's own leaves; for an upstream the
/// ones it is known to show, and those among its trust anchors that cannot sign others (they can only be its own), as
/// long as they are not this side's own by mistake.
std::vector<PlacedCertificate> server_leaves(const TlsContext& context);

/// True where the certificate may sign others: CA:TRUE, and keyCertSign where it has a keyUsage at all (RFC 5280,
/// 4.2.1.3 and 4.2.1.9).
bool can_sign(const CertificateFacts& certificate);

/// False where an extendedKeyUsage is there and leaves clients out: neither clientAuth nor any usage is in it. Of a CA
/// this holds for all that it issues: libraries want the usage of every certificate of a chain (Go, crypto/x509,
/// VerifyOptions.KeyUsages).
bool allows_clients(const CertificateFacts& certificate);

/// True where the certificate's subjectAltName covers `host`, a DNS name (in A-labels, with or without the dot of the
/// root) or an IP address, which only an iPAddress covers. A star stands for one label, the left-most and alone
/// (RFC 9525, 6.3). The common name counts for nothing.
bool covers_host(const CertificateFacts& certificate, std::string_view host);

/// A pair of certificate and key whose files or texts are both known.
struct KnownPair {
  const Material* certificate = nullptr;
  const Material* key = nullptr;
};
/// The pairs of the context that were read on both sides; both pointers are the same where one field holds both.
std::vector<KnownPair> known_pairs(const TlsContext& context);
/// True where the field for the certificate holds keys alone and the one for the key certificates alone.
bool is_swapped(const KnownPair& pair);

/// True where it is the context's own certificate: a listener's, or the client certificate for an upstream.
bool is_own(const TlsContext& context, const CertificateFacts& certificate);

/// True where `context` trusts exactly this certificate.
bool is_anchor(const TlsContext& context, const CertificateFacts& certificate);

/// The subject in quotes, the serial number where the subject is empty: "'CN=api.example'", "serial 4f2a".
std::string describe(const CertificateFacts& certificate);
/// The same with the file it was read from or the endpoint it was seen at, if any: "'CN=api.example' in
/// 'certs/api.pem'", "'CN=api.example' of api.example:443".
std::string describe(const PlacedCertificate& certificate);

/// "2026-11-22" (UTC).
std::string date(Time time);
/// Whole days from `from` to `to`, negative where `to` is earlier.
long days_between(Time from, Time to);

}  // namespace tlsward::tls
