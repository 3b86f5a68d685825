#include "probe/plan/observe.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "pki/verify.h"
#include "pki/x509.h"
#include "probe/plan/primes.h"

namespace tlsward::probe {
namespace {

namespace wire = tls::wire;

bool offered(const wire::ClientHello& hello, std::uint16_t extension) {
  return wire::find(hello.extensions, extension).has_value();
}

// A server that answers an extension has it; one that was offered it and does not answer has not.
void extension_verdict(ScanPlan& scan, const wire::ClientHello& offer, const std::vector<wire::Extension>& answers,
                       std::uint16_t type, Question question) {
  if (wire::find(answers, type)) {
    scan.tell(question, Verdict::Accepted, fmt::format("the server answers extension {}", type));
  } else if (offered(offer, type)) {
    scan.tell(question, Verdict::Refused, fmt::format("extension {} was offered and is not answered", type));
  }
}

// Encrypt-then-MAC means something with a CBC suite alone (RFC 7366, 3).
bool is_cbc(tls::CipherSuite suite) {
  const tls::CipherSuiteFacts* facts = tls::facts(suite);
  return facts != nullptr && facts->mode == tls::CipherMode::Cbc;
}

// Whoever answers the extension is asked for Heartbleed later.
void note_heartbeat(ScanPlan& scan, tls::Version version, const std::vector<wire::Extension>& answers) {
  const bool answered = wire::find(answers, wire::extension::kHeartbeat).has_value();
  scan.result.heartbleed[version] = answered ? Told{Verdict::Unknown, "heartbeat extension answered, not tried"}
                                             : Told{Verdict::Refused, "the heartbeat extension is not answered"};
}

void observe_old_hello(ScanPlan& scan, const wire::ServerHello& hello, const wire::ClientHello& offer) {
  if (offer.extensions.empty()) return;
  using namespace wire::extension;
  extension_verdict(scan, offer, hello.extensions, kRenegotiationInfo, Question::SecureRenegotiation);
  extension_verdict(scan, offer, hello.extensions, kExtendedMasterSecret, Question::ExtendedMasterSecret);
  extension_verdict(scan, offer, hello.extensions, kHeartbeat, Question::Heartbeat);
  extension_verdict(scan, offer, hello.extensions, kNextProtocolNegotiation, Question::Npn);
  if (offered(offer, kHeartbeat)) note_heartbeat(scan, hello.version(), hello.extensions);
  if (is_cbc(hello.suite)) extension_verdict(scan, offer, hello.extensions, kEncryptThenMac, Question::EncryptThenMac);
  if (const auto npn = wire::find(hello.extensions, kNextProtocolNegotiation))
    if (auto protocols = wire::offered_npn(*npn)) scan.result.npn = std::move(*protocols);
  if (offer.compressions.size() > 1) {
    const bool compresses = hello.compression != 0;
    scan.tell(Question::Compression, compresses ? Verdict::Accepted : Verdict::Refused,
              fmt::format("DEFLATE was offered, method {} was chosen", hello.compression));
  }
}

// Old servers put their clock into the first four bytes of the random (RFC 5246, 7.4.1.2); newer ones draw it. Within a
// day of the truth by chance: 1 of 25,000.
void observe_clock(ScanPlan& scan, const wire::ServerHello& hello) {
  if (scan.now_seconds == 0) return;
  std::uint32_t seconds = 0;
  for (std::size_t i = 0; i < 4; ++i) seconds = seconds << 8 | hello.random[i];
  const std::int64_t skew = static_cast<std::int64_t>(seconds) - scan.now_seconds;
  constexpr std::int64_t kDay = 86'400;
  if (std::abs(skew) < kDay) scan.result.clock_skew_seconds = skew;
}

void observe_prime(ScanPlan& scan, const wire::ServerKeyExchange& exchange) {
  if (exchange.dh_prime.empty()) return;
  SeenPrime prime = describe_prime(exchange.dh_prime);
  const auto same = [&](const SeenPrime& other) { return other.sha256 == prime.sha256; };
  if (std::none_of(scan.result.primes.begin(), scan.result.primes.end(), same))
    scan.result.primes.push_back(std::move(prime));
}

}  // namespace

void observe(ScanPlan& scan, const wire::ServerFlight& flight, const wire::ClientHello& offer) {
  if (!flight.hello || flight.hello->is_retry()) return;
  const tls::Version version = flight.hello->version();
  if (version < tls::kTls13) {
    observe_old_hello(scan, *flight.hello, offer);
    observe_clock(scan, *flight.hello);
  }
  if (version >= tls::kTls13 && flight.finished && offered(offer, wire::extension::kHeartbeat))
    note_heartbeat(scan, version, flight.encrypted_extensions);
  if (flight.key_exchange) observe_prime(scan, *flight.key_exchange);
  if (flight.certificate_request) {
    scan.tell(Question::ClientCertificateRequested, Verdict::Accepted,
              fmt::format("CertificateRequest in {}", tls::name(version)));
    note_client_cas(scan, flight.certificate_request->authorities);
  } else if (flight.hello_done || flight.finished) {
    scan.tell(Question::ClientCertificateRequested, Verdict::Refused, "no CertificateRequest in the server's flight");
  }
  if (flight.certificate_seen && !flight.chain.empty()) {
    const auto& extensions = version < tls::kTls13 ? flight.hello->extensions : flight.certificate_extensions;
    int scts = 0;
    if (const auto list = wire::find(extensions, wire::extension::kSignedCertificateTimestamp))
      scts = pki::count_scts({list->begin(), list->end()});
    note_chain(scan, {flight.chain, {}, flight.ocsp_response.value_or(wire::Bytes{}), scts}, version);
    if (offered(offer, wire::extension::kStatusRequest))
      scan.tell(Question::OcspStapling, flight.ocsp_response ? Verdict::Accepted : Verdict::Refused,
                flight.ocsp_response ? "CertificateStatus was sent" : "no response with the certificate");
  }
}

void note_chain(ScanPlan& scan, RawChain chain, tls::Version version) {
  const auto same = std::find_if(scan.chains.begin(), scan.chains.end(),
                                 [&](const RawChain& other) { return other.der == chain.der; });
  if (same == scan.chains.end()) {
    // Many questions ask for the key, and OpenSSL takes longer to read one than to verify a signature.
    if (const auto leaf = pki::read_certificate(chain.der.front())) chain.leaf_key = leaf->facts.key;
    chain.versions = {version};
    scan.chains.push_back(std::move(chain));
    return;
  }
  if (std::find(same->versions.begin(), same->versions.end(), version) == same->versions.end())
    same->versions.push_back(version);
  if (same->ocsp_response.empty()) same->ocsp_response = std::move(chain.ocsp_response);
  same->scts_in_extension = std::max(same->scts_in_extension, chain.scts_in_extension);
}

void note_client_cas(ScanPlan& scan, const std::vector<wire::Bytes>& names) {
  for (const wire::Bytes& name : names)
    if (std::find(scan.client_ca_names.begin(), scan.client_ca_names.end(), name) == scan.client_ca_names.end())
      scan.client_ca_names.push_back(name);
}

}  // namespace tlsward::probe
