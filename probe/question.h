// The yes-or-no questions of a scan, as a table: what each asks and whether yes is good news.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tlsward::probe {

enum class Question : std::uint8_t {
  FallbackScsv,                 // RFC 7507: refuses a fallback hello with inappropriate_fallback
  SecureRenegotiation,          // RFC 5746
  Compression,                  // RFC 3749, DEFLATE is chosen
  Heartbeat,                    // RFC 6520, the extension is answered
  Heartbleed,                   // CVE-2014-0160: memory came back
  ExtendedMasterSecret,         // RFC 7627
  EncryptThenMac,               // RFC 7366, with a CBC suite
  SessionIdResumption,          // RFC 5246, 7.3
  SessionTicketResumption,      // RFC 5077
  Tls13Resumption,              // RFC 8446, 2.2
  EarlyData,                    // RFC 8446, 2.3
  OcspStapling,                 // RFC 6066, 8
  SignedCertificateTimestamps,  // RFC 6962, in the extension, the certificate or the OCSP response
  CertificateCompression,       // RFC 8879
  ClientCertificateRequested,
  ClientCertificateRequired,
  PostQuantumGroups,  // any ML-KEM group or hybrid
  Npn,                // next protocol negotiation
  RecordSizeLimit,    // RFC 8449
  Grease,             // tolerates GREASE values (RFC 8701)
  FutureVersions,     // tolerates a version above TLS 1.3
  LargeHello,         // tolerates a ClientHello of 512 bytes to 4 KiB
  ManySuites,         // tolerates more than 128 suites
  UnknownExtensions,  // tolerates extension numbers that nobody has
  WithoutServerName,  // answers without SNI
  UnknownServerName,  // answers with a name that it does not know
};

/// Whether the answer yes is good, bad or neither.
enum class Wanted : std::uint8_t { Yes, No, Either };

struct QuestionFacts {
  Question question;
  std::string_view id;    // "fallback-scsv": key in JSON
  std::string_view text;  // "TLS Fallback SCSV": for people
  Wanted wanted;
  std::string_view source;  // "RFC 7507"
  bool by_default;          // asked without --all
};

/// All rows, in the order in which they are printed.
std::span<const QuestionFacts> questions();
/// The row of a question.
const QuestionFacts& facts(Question question);
/// The row with this id, or nullptr.
const QuestionFacts* find_question(std::string_view id);

}  // namespace tlsward::probe
