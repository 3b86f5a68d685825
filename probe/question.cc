#include "probe/question.h"

#include <algorithm>
#include <array>

namespace tlsward::probe {
namespace {

using Q = Question;
using W = Wanted;

constexpr std::array kQuestions = {
    QuestionFacts{Q::FallbackScsv, "fallback-scsv", "TLS Fallback SCSV", W::Yes, "RFC 7507", true},
    QuestionFacts{Q::SecureRenegotiation, "secure-renegotiation", "secure renegotiation", W::Yes, "RFC 5746", true},
    QuestionFacts{Q::Compression, "compression", "TLS compression", W::No, "RFC 3749", true},
    QuestionFacts{Q::Heartbeat, "heartbeat", "heartbeat extension", W::Either, "RFC 6520", true},
    QuestionFacts{Q::Heartbleed, "heartbleed", "Heartbleed", W::No, "CVE-2014-0160", true},
    QuestionFacts{Q::ExtendedMasterSecret, "extended-master-secret", "extended master secret", W::Yes, "RFC 7627",
                  true},
    QuestionFacts{Q::EncryptThenMac, "encrypt-then-mac", "encrypt-then-MAC", W::Yes, "RFC 7366", true},
    QuestionFacts{Q::SessionIdResumption, "session-id-resumption", "session id resumption", W::Either, "RFC 5246, 7.3",
                  false},
    QuestionFacts{Q::SessionTicketResumption, "session-ticket-resumption", "session ticket resumption", W::Either,
                  "RFC 5077", false},
    QuestionFacts{Q::Tls13Resumption, "tls13-resumption", "TLS 1.3 resumption", W::Either, "RFC 8446, 2.2", false},
    QuestionFacts{Q::EarlyData, "early-data", "TLS 1.3 early data", W::Either, "RFC 8446, 2.3", false},
    QuestionFacts{Q::OcspStapling, "ocsp-stapling", "OCSP stapling", W::Either, "RFC 6066, 8", true},
    QuestionFacts{Q::SignedCertificateTimestamps, "signed-certificate-timestamps", "signed certificate timestamps",
                  W::Either, "RFC 6962", true},
    QuestionFacts{Q::CertificateCompression, "certificate-compression", "certificate compression", W::Either,
                  "RFC 8879", false},
    QuestionFacts{Q::ClientCertificateRequested, "client-certificate-requested", "client certificate requested",
                  W::Either, "RFC 8446, 4.3.2", true},
    QuestionFacts{Q::ClientCertificateRequired, "client-certificate-required", "client certificate required", W::Either,
                  "RFC 8446, 6.2", true},
    QuestionFacts{Q::PostQuantumGroups, "post-quantum-groups", "post-quantum groups", W::Yes,
                  "draft-ietf-tls-ecdhe-mlkem", true},
    QuestionFacts{Q::Npn, "npn", "next protocol negotiation", W::Either, "draft-agl-tls-nextprotoneg-04", true},
    QuestionFacts{Q::RecordSizeLimit, "record-size-limit", "record size limit", W::Either, "RFC 8449", false},
    QuestionFacts{Q::Grease, "grease", "GREASE tolerated", W::Yes, "RFC 8701", false},
    QuestionFacts{Q::FutureVersions, "future-versions", "future versions tolerated", W::Yes, "RFC 8446, 4.2.1", false},
    QuestionFacts{Q::LargeHello, "large-hello", "large ClientHello tolerated", W::Yes, "RFC 8446, 4.1.2", false},
    QuestionFacts{Q::ManySuites, "many-suites", "many suites tolerated", W::Yes, "RFC 8446, 4.1.2", false},
    QuestionFacts{Q::UnknownExtensions, "unknown-extensions", "unknown extensions tolerated", W::Yes, "RFC 8446, 4.2",
                  false},
    QuestionFacts{Q::WithoutServerName, "without-server-name", "answers without SNI", W::Either, "RFC 6066, 3", false},
    QuestionFacts{Q::UnknownServerName, "unknown-server-name", "answers an unknown SNI", W::Either, "RFC 6066, 3",
                  false},
};

}  // namespace

std::span<const QuestionFacts> questions() {
  return kQuestions;
}

const QuestionFacts& facts(Question question) {
  return kQuestions[static_cast<std::size_t>(question)];
}

const QuestionFacts* find_question(std::string_view id) {
  const auto found =
      std::find_if(kQuestions.begin(), kQuestions.end(), [&](const QuestionFacts& row) { return row.id == id; });
  return found == kQuestions.end() ? nullptr : &*found;
}

}  // namespace tlsward::probe
