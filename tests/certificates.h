// Certificates and keys for tests, made when the test runs from recipes in words, so that no test data goes stale and
// no private key lies in the repository.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"
#include "tls/certificate.h"

namespace tlsward::tests {

/// Makes files from recipes. A recipe has a name and a spec: words with blanks between them; a value with blanks stands
/// in double quotes (`cn="Example CA"`). Without any word it is a self-signed certificate for a P-256 key, CN as the
/// name, valid from 30 days before to 335 days after the reference date.
///
/// What is in the certificate:
///   rsa:BITS ec:p224|p256|p384|p521 ed25519 ed448   its key
///   cn=NAME                  common name of the subject
///   san=DNS:a,IP:10.0.0.1,URI:u,email:e   without: no subjectAltName
///   ca | no-ca               basicConstraints CA:TRUE with keyCertSign and cRLSign, or CA:FALSE; without: none
///   pathlen=N                path length, with `ca`
///   issuer=NAME              signed by the certificate of this earlier recipe; without: self-signed
///   days=FROM..TO            validity in days from the reference date
///   eku=serverAuth,...  ku=digitalSignature,...   without: none
///   aia=URL  ocsp=URL        where the issuer's certificate is, where to ask about revocation
///   must-staple              TLS feature status_request
///   v1                       X.509 version 1, no extensions; all others have subject and authority key identifiers
///   serial=HEX               "-1" for a negative one; without: made from the name
///   digest=md5|sha1|sha256|sha384|sha512   of the signature
///   openssl-req-default      the extensions of `openssl req -x509` (OpenSSL 3): CA:TRUE and nothing else
///   key-of=NAME              the private key of this earlier recipe instead of a new one
/// What is in the file (without: the certificate in PEM):
///   with-key                 certificate, then its key
///   key-only | public-key    the private key alone; the public key alone
///   traditional              keys as PKCS#1 or SEC 1 instead of PKCS#8
///   encrypted | encrypted-legacy   the key under the passphrase "secret", as PKCS#8 or with a Proc-Type header
///   chain | with-root        the issuers' certificates after it, without or with the self-signed one at the end
///   chain-reversed           as chain, the other way round
///   half                     the second half is missing
///   der | p12                in DER; as PKCS#12 with the key, under the passphrase "secret"
///   concat=A,B               the files of earlier recipes one after the other
///   folded                   line breaks turned into blanks, as YAML's `>` does
///   text=...                 the rest of the spec as it is, and nothing else
class CertificateFactory {
 public:
  explicit CertificateFactory(tls::Time reference);
  ~CertificateFactory();
  CertificateFactory(const CertificateFactory&) = delete;
  CertificateFactory& operator=(const CertificateFactory&) = delete;

  /// Makes the file, remembers it under `name` for later recipes and returns its bytes. Keys of different recipes
  /// differ; another factory may give out the same ones. Error: an unknown word or name, or what OpenSSL refused.
  Result<std::string> make(std::string_view name, std::string_view spec);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tlsward::tests
