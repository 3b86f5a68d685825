// Facts: Go crypto/tls and net/http sources (1.19 to 1.25), read 2026-11; KrakenD 2.6 documentation, "Common TLS
// errors". Some documents give other causes; where Go's code shows what really happened, the code is followed and the
// difference said.
#include "rules/log_lines.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace tlsward::rules {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return std::tolower(c); });
  return result;
}

}  // namespace

std::span<const LogLine> log_lines() {
  static const std::vector<LogLine> kLines = {
      {"tls: bad record MAC",
       "A record could not be decrypted: its integrity check failed. KrakenD's documentation names self-signed "
       "certificates as "
       "the cause, but a certificate that the client does not trust normally shows as \"remote error: tls: bad "
       "certificate\" or "
       "\"remote error: tls: unknown certificate authority\". A middle box that changes bytes, a broken client or "
       "damaged memory "
       "gives this line.",
       {"test with another client: `openssl s_client -connect HOST:PORT`",
        "if only one client shows it, look at that client and at proxies on its path",
        "check the served certificate all the same: is it self-signed, and does the client know it?"},
       {"cert/self-signed-leaf", "cert/missing-san"}},
      {"tls: bad certificate",
       "The peer refused the certificate that it was shown, and says no more. With Go, Java and browsers this is what "
       "an untrusted, "
       "self-signed or nameless certificate looks like on the server's side.",
       {"is the issuer known to the client?", "does the certificate name the host in its subjectAltName?",
        "is it still valid?"},
       {"cert/self-signed-leaf", "cert/missing-san", "cert/incomplete-chain", "cert/expired-certificate"}},
      {"tls: unknown certificate authority",
       "The client found no path from the served certificate to a CA that it trusts.",
       {"serve the intermediate certificates together with the leaf", "give the client the CA certificate"},
       {"cert/self-signed-leaf", "cert/incomplete-chain"}},
      {"tls: unsupported SSLv2 handshake received",
       "The first bytes look like an SSL 2.0 hello: a very old client, or plain text (HTTP) sent to the TLS port.",
       {"does the client call https:// and not http://?",
        "is a health check or load balancer speaking plain HTTP to this port?"},
       {"krakend/tls-on-http-port", "tls/cleartext-endpoint"}},
      {"first record does not look like a TLS handshake",
       "Plain text was sent to the TLS port, mostly an http:// request or a health check.",
       {"does the client call https:// and not http://?", "is a health check speaking plain HTTP to this port?"},
       {"krakend/tls-on-http-port", "tls/cleartext-endpoint"}},
      {"tls: client offered only unsupported versions",
       "Client and server share no protocol version. KrakenD accepts TLS 1.3 only unless min_version says otherwise; a "
       "maximum "
       "below the minimum leaves no version at all.",
       {"compare the client's versions with `tlsward show FILE`", "is a minimum set that is above the maximum?"},
       {"tls/inverted-version-range", "krakend/lone-max-version", "krakend/unknown-version-string",
        "tls/obsolete-version"}},
      {"tls: protocol version not supported",
       "The server speaks none of the versions that the client offers.",
       {"compare both sides with `tlsward show FILE`"},
       {"tls/inverted-version-range", "krakend/lone-max-version", "krakend/implicit-client-tls13"}},
      {"tls: no cipher suite supported by both client and server",
       "A common version was found, but no suite: the list has none for that version, or none that fits the key of the "
       "certificate (ECDHE_ECDSA needs an EC key, ECDHE_RSA an RSA key). KrakenD's documentation files this under "
       "incompatible "
       "curves; missing curves have a line of their own, but up to TLS 1.2 they can end here as well.",
       {"look at the suites of each version in `tlsward show FILE`",
        "compare the certificate's key type with the suites",
        "is TLS 1.0 or 1.1 enabled without suites that work there?"},
       {"tls/version-without-cipher", "tls/cipher-certificate-mismatch", "tls/unreachable-cipher"}},
      {"tls: no ECDHE curve supported by both client and server",
       "Client and server share no group for the key exchange. KrakenD's default list has only P-256, P-384 and P-521, "
       "so a "
       "client that offers X25519 alone is refused.",
       {"look at the groups in `tlsward show FILE`",
        "add 29 (X25519) to curve_preferences, or let the client offer P-256"},
       {"krakend/unknown-curve", "tls/missing-x25519"}},
      {"tls: client didn't provide a certificate",
       "Mutual TLS is required and the client sent no certificate: it has none, or none from a CA that the server "
       "announced.",
       {"does the client know which certificate to use?", "is the issuer of its certificate among the announced CAs?",
        "are probes of a load balancer or of Kubernetes among the clients?"},
       {"krakend/global-mtls", "tls/empty-client-trust"}},
      {"tls: failed to verify client certificate",
       "The client's certificate does not verify against the trusted CAs, is expired, or may not be used for client "
       "authentication.",
       {"is the issuing CA in the trust list?", "does its extended key usage hold clientAuth, or is there none?"},
       {"tls/empty-client-trust", "krakend/public-client-ca", "cert/missing-client-eku"}},
      {"certificate relies on legacy Common Name field",
       "The certificate has no subjectAltName; Go has not looked at the Common Name since 1.15.",
       {"issue the certificate again with `-addext subjectAltName=DNS:HOST`"},
       {"cert/missing-san"}},
      {"x509: certificate signed by unknown authority",
       "The gateway, as a client, found no path from the upstream's certificate to a CA that it trusts. It does not "
       "fetch missing "
       "intermediates (AIA).",
       {"let the upstream serve its intermediates", "add the CA to the upstream trust of the gateway"},
       {"cert/incomplete-chain", "krakend/empty-upstream-trust"}},
      {"EOF",
       "The peer closed the connection in the middle of the handshake without an alert: it could not accept what was "
       "offered, or it "
       "was a port scan or a plain TCP health check.",
       {"does a load balancer open the port only to see whether it answers?",
        "if a real client is meant: what does its own log say?"},
       {"krakend/tls-on-http-port"}},
  };
  return kLines;
}

const LogLine* find_log_line(std::string_view line) {
  const std::string wanted = lower(line);
  const LogLine* best = nullptr;
  for (const LogLine& entry : log_lines()) {
    if (wanted.find(lower(entry.text)) == std::string::npos) continue;
    if (best == nullptr || entry.text.size() > best->text.size()) best = &entry;
  }
  return best;
}

}  // namespace tlsward::rules
