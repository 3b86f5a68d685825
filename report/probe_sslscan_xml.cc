// `sslscan-xml`: elements and attributes of sslscan 2.x, in its order, for programs that read its XML. What sslscan
// cannot say stands in <error>: an answer that is not known has no element of its own, so that nobody takes it for a
// no.
#include <fmt/format.h>

#include <algorithm>

#include "core/print.h"
#include "probe/observed_context.h"
#include "report/probe_formats_list.h"
#include "report/probe_words.h"
#include "report/sslscan_lines.h"
#include "report/time_text.h"
#include "report/tool.h"
#include "report/xml_text.h"

namespace tlsward::report {
namespace {

// The version of sslscan whose shape this is.
constexpr std::string_view kShape = "2.0.7";

void write_protocols(const probe::HostResult& result, std::FILE* out) {
  for (const auto& [version, told] : result.versions) {
    if (told.verdict == probe::Verdict::Unknown || !tls::is_known(version)) continue;
    const bool ssl = version <= tls::kSsl3;
    const std::string number = version == tls::kSsl2 ? "2" : version == tls::kSsl3 ? "3" : tls::short_name(version);
    print_to(out, "  <protocol type=\"{}\" version=\"{}\" enabled=\"{}\" />\n", ssl ? "ssl" : "tls", number,
             told.verdict == probe::Verdict::Accepted ? 1 : 0);
  }
}

void write_question(const probe::HostResult& result, probe::Question question, std::string_view yes,
                    std::string_view no, std::FILE* out) {
  const auto found = result.questions.find(question);
  if (found == result.questions.end() || found->second.verdict == probe::Verdict::Unknown) return;
  print_to(out, "  {}\n", found->second.verdict == probe::Verdict::Accepted ? yes : no);
}

void write_questions(const probe::HostResult& result, std::FILE* out) {
  write_question(result, probe::Question::FallbackScsv, "<fallback supported=\"1\" />", "<fallback supported=\"0\" />",
                 out);
  write_question(result, probe::Question::SecureRenegotiation, "<renegotiation supported=\"1\" secure=\"1\" />",
                 "<renegotiation supported=\"0\" secure=\"0\" />", out);
  write_question(result, probe::Question::Compression, "<compression supported=\"1\" />",
                 "<compression supported=\"0\" />", out);
  for (auto entry = result.heartbleed.rbegin(); entry != result.heartbleed.rend(); ++entry) {
    if (entry->second.verdict == probe::Verdict::Unknown) continue;
    print_to(out, "  <heartbleed sslversion=\"{}\" vulnerable=\"{}\" />\n", sslscan_version(entry->first),
             entry->second.verdict == probe::Verdict::Accepted ? 1 : 0);
  }
}

void write_cipher(tls::Version version, const probe::SeenSuite& seen, bool preferred, std::FILE* out) {
  const tls::CipherSuiteFacts* facts = tls::facts(seen.suite);
  const KeyExchangeDetail detail = key_exchange_detail(seen.group, seen.dh_bits);
  std::string more;
  if (!detail.curve.empty()) more += fmt::format(" curve=\"{}\"", xml_text(detail.curve));
  if (detail.ecdhe_bits != 0) more += fmt::format(" ecdhebits=\"{}\"", detail.ecdhe_bits);
  if (detail.dhe_bits != 0) more += fmt::format(" dhebits=\"{}\"", detail.dhe_bits);
  print_to(out,
           "  <cipher status=\"{}\" sslversion=\"{}\" bits=\"{}\" cipher=\"{}\" id=\"0x{:04X}\" strength=\"{}\"{} />\n",
           preferred ? "preferred" : "accepted", sslscan_version(version), facts == nullptr ? -1 : facts->bits,
           sslscan_name(seen.suite), seen.suite.code, sslscan_strength(seen.suite), more);
}

void write_ciphers(const probe::HostResult& result, std::FILE* out) {
  for (auto entry = result.suites.rbegin(); entry != result.suites.rend(); ++entry) {
    bool preferred = entry->second.order == probe::Order::Server;
    for (const probe::SeenSuite& seen : entry->second.accepted) {
      // A HelloRetryRequest names a suite but accepts nothing, and sslscan has no word for that.
      if (seen.retry_only) continue;
      write_cipher(entry->first, seen, preferred, out);
      preferred = false;
    }
  }
  for (const tls::wire::Sslv2Cipher cipher : result.sslv2_ciphers) {
    const std::string_view openssl = tls::wire::openssl_name(cipher);
    print_to(out,
             "  <cipher status=\"accepted\" sslversion=\"SSLv2\" bits=\"{}\" cipher=\"{}\" id=\"0x{:06X}\" "
             "strength=\"weak\" />\n",
             tls::wire::bits(cipher), openssl.empty() ? tls::wire::name(cipher) : std::string(openssl), cipher.code);
  }
}

void write_groups(const probe::HostResult& result, std::FILE* out) {
  for (auto entry = result.groups.rbegin(); entry != result.groups.rend(); ++entry) {
    std::vector<tls::Group> groups = entry->second.accepted;
    std::sort(groups.begin(), groups.end());
    for (const tls::Group group : groups) {
      const tls::GroupFacts* facts = tls::facts(group);
      print_to(out, "  <group sslversion=\"{}\" bits=\"{}\" name=\"{}\" id=\"0x{:04x}\" />\n",
               sslscan_version(entry->first), facts == nullptr ? -1 : facts->strength, sslscan_group_name(group),
               group.code);
    }
  }
  for (auto entry = result.signatures.rbegin(); entry != result.signatures.rend(); ++entry)
    for (const tls::SignatureScheme scheme : entry->second.accepted)
      print_to(out, "  <connection-signature-algorithm sslversion=\"{}\" name=\"{}\" id=\"0x{:04x}\" />\n",
               sslscan_version(entry->first), tls::name(scheme), scheme.code);
}

std::string key_element(const tls::KeyFacts& facts) {
  const SslscanKey key = sslscan_key(facts);
  if (facts.type == tls::KeyType::Unknown) return "<pk error=\"true\" type=\"unknown\" />";
  const std::string curve = key.curve.empty() ? "" : fmt::format(" curve_name=\"{}\"", xml_text(key.curve));
  return fmt::format("<pk error=\"false\" type=\"{}\"{} bits=\"{}\" />", key.type, curve, key.bits);
}

void write_certificate(const tls::CertificateFacts& certificate, tls::Time now, std::FILE* out) {
  print_to(out, "  <certificate type=\"short\">\n");
  print_to(out, "   <signature-algorithm>{}</signature-algorithm>\n", xml_text(certificate.signature_algorithm));
  print_to(out, "   {}\n", key_element(certificate.key));
  print_to(out, "   <subject>{}</subject>\n", xml_cdata(sslscan_subject(certificate.subject)));
  if (certificate.has_san) print_to(out, "   <altnames>{}</altnames>\n", xml_cdata(sslscan_altnames(certificate)));
  print_to(out, "   <issuer>{}</issuer>\n", xml_cdata(sslscan_subject(certificate.issuer)));
  print_to(out, "   <self-signed>{}</self-signed>\n", certificate.self_signed);
  print_to(out, "   <not-valid-before>{}</not-valid-before>\n", openssl_time(certificate.not_before));
  print_to(out, "   <not-yet-valid>{}</not-yet-valid>\n", now < certificate.not_before);
  print_to(out, "   <not-valid-after>{}</not-valid-after>\n", openssl_time(certificate.not_after));
  print_to(out, "   <expired>{}</expired>\n  </certificate>\n", now > certificate.not_after);
}

void write_certificates(const probe::HostResult& result, std::FILE* out) {
  if (!result.chains.empty()) {
    print_to(out, " <certificates>\n");
    for (const probe::SeenChain& chain : result.chains)
      if (!chain.certificates.empty())
        write_certificate(chain.certificates.front(), std::chrono::floor<std::chrono::seconds>(result.started), out);
    print_to(out, " </certificates>\n");
  }
  if (result.client_cas.empty()) return;
  print_to(out, "  <ca>\n");
  for (const std::string& name : result.client_cas) print_to(out, "{}\n", xml_text(name));
  print_to(out, "  </ca>\n");
}

void write_error(std::string_view message, std::FILE* out) {
  print_to(out, "  <error>{}</error>\n", xml_cdata(message));
}

void begin(const ProbeReport& /*report*/, std::FILE* out) {
  print_to(out,
           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<document title=\"SSLScan Results\" version=\"{}\" generator=\"tlsward {}\">\n",
           kShape, tool_version());
}

void host(const ProbeReport& /*report*/, const probe::HostResult& result, std::FILE* out) {
  const std::string trouble = trouble_words(result);
  if (result.versions.empty()) {
    write_error(fmt::format("{}: {}", probe::endpoint_text(result), trouble.empty() ? "nothing is known" : trouble),
                out);
    return;
  }
  print_to(out, " <ssltest host=\"{}\" sniname=\"{}\" port=\"{}\">\n", xml_text(result.host), xml_text(result.sni),
           result.port);
  if (!trouble.empty()) write_error(trouble, out);
  write_protocols(result, out);
  write_questions(result, out);
  write_ciphers(result, out);
  write_groups(result, out);
  write_certificates(result, out);
  for (const std::string& gap : gaps(result)) write_error(gap, out);
  print_to(out, " </ssltest>\n");
}

void end(const ProbeReport& report, std::FILE* out) {
  for (const ProbeFailure& failure : report.tally.failures)
    if (failure.kind == kBadTarget) write_error(fmt::format("{}: {}", failure.target, failure.message), out);
  print_to(out, "</document>\n");
}

}  // namespace

const ProbeFormat kProbeSslscanXml{"sslscan-xml", true, false, begin, host, end};

}  // namespace tlsward::report
