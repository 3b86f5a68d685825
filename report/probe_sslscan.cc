// `sslscan`, the default: what an sslscan of the endpoint prints, in its order and words. Where sslscan says "disabled"
// for whatever did not work, this says "unknown" and why.
#include <fmt/format.h>

#include <algorithm>

#include "core/print.h"
#include "core/width.h"
#include "report/probe_formats_list.h"
#include "report/probe_text.h"
#include "report/probe_words.h"
#include "report/sslscan_lines.h"
#include "report/time_text.h"
#include "report/tool.h"

namespace tlsward::report {
namespace {

void title(const Paint& paint, std::string_view text, std::FILE* out) {
  print_to(out, "\n{}\n", sslscan_title(paint, text));
}

const probe::Told* find(const probe::HostResult& result, probe::Question question) {
  const auto found = result.questions.find(question);
  return found == result.questions.end() ? nullptr : &found->second;
}

std::optional<bool> enabled(const probe::HostResult& result, tls::Version version) {
  const auto found = result.versions.find(version);
  if (found == result.versions.end() || found->second.verdict == probe::Verdict::Unknown) return {};
  return found->second.verdict == probe::Verdict::Accepted;
}

bool speaks_older_than_tls13(const probe::HostResult& result) {
  return std::any_of(result.versions.begin(), result.versions.end(), [](const auto& entry) {
    return entry.first < tls::kTls13 && entry.second.verdict == probe::Verdict::Accepted;
  });
}

std::string not_known(const Paint& paint, std::string_view what, const probe::Told* told) {
  if (told == nullptr) return fmt::format("{} {}", what, paint(kYellow, "not tested"));
  const std::string why = told->evidence.empty() ? std::string() : ": " + printable(told->evidence);
  return fmt::format("{} {}{}", what, paint(kYellow, "not known"), why);
}

void write_protocols(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  print_to(out, "{}\n", sslscan_title(paint, "SSL/TLS Protocols"));
  print_to(out, "{}\n", sslscan_protocol(paint, tls::kSsl2, enabled(result, tls::kSsl2)));
  for (const tls::Version version : tls::known_versions())
    print_to(out, "{}\n", sslscan_protocol(paint, version, enabled(result, version)));
  for (const auto& [version, told] : result.versions)
    if (!tls::is_known(version)) print_to(out, "{}\n", sslscan_protocol(paint, version, enabled(result, version)));
}

void write_fallback(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  title(paint, "TLS Fallback SCSV", out);
  const probe::Told* told = find(result, probe::Question::FallbackScsv);
  if (told == nullptr || told->verdict == probe::Verdict::Unknown) {
    print_to(out, "{}\n", not_known(paint, "TLS Fallback SCSV", told));
    return;
  }
  const bool yes = told->verdict == probe::Verdict::Accepted;
  print_to(out, "Server {} TLS Fallback SCSV\n",
           yes ? paint(kGreen, "supports") : paint(kRed, "does not") + " support");
}

void write_renegotiation(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  title(paint, "TLS renegotiation", out);
  const probe::Told* told = find(result, probe::Question::SecureRenegotiation);
  if (told == nullptr || told->verdict == probe::Verdict::Unknown) {
    print_to(out, "{}\n", not_known(paint, "Session renegotiation", told));
    return;
  }
  if (told->verdict == probe::Verdict::Accepted) {
    print_to(out, "{} session renegotiation supported\n", paint(kGreen, "Secure"));
    return;
  }
  // TLS 1.3 has no renegotiation at all.
  const bool could = speaks_older_than_tls13(result);
  print_to(out, "{} {}\n", could ? "Secure session renegotiation" : "Session renegotiation",
           paint(could ? kRed : kGreen, "not supported"));
}

void write_compression(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  title(paint, "TLS Compression", out);
  const probe::Told* told = find(result, probe::Question::Compression);
  if (told == nullptr || told->verdict == probe::Verdict::Unknown) {
    print_to(out, "{}\n", not_known(paint, "Compression", told));
    return;
  }
  const bool yes = told->verdict == probe::Verdict::Accepted;
  print_to(out, "Compression {}\n", yes ? paint(kRed, "enabled") + " (CRIME)" : paint(kGreen, "disabled"));
}

void write_heartbleed(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  title(paint, "Heartbleed", out);
  if (result.heartbleed.empty())
    print_to(out, "{}\n", not_known(paint, "Heartbleed", find(result, probe::Question::Heartbleed)));
  for (auto entry = result.heartbleed.rbegin(); entry != result.heartbleed.rend(); ++entry) {
    const std::string version = sslscan_version(entry->first);
    if (entry->second.verdict == probe::Verdict::Unknown) {
      print_to(out, "{}\n", not_known(paint, version, &entry->second));
      continue;
    }
    const bool yes = entry->second.verdict == probe::Verdict::Accepted;
    print_to(out, "{} {} to heartbleed\n", version, yes ? paint(kRed, "vulnerable") : paint(kGreen, "not vulnerable"));
  }
}

void write_suites(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  title(paint, "Supported Server Cipher(s)", out);
  for (auto entry = result.suites.rbegin(); entry != result.suites.rend(); ++entry) {
    const auto& [version, list] = *entry;
    // A server that follows its clients prefers nothing.
    bool preferred = list.order == probe::Order::Server;
    for (const probe::SeenSuite& seen : list.accepted) {
      print_to(out, "{}{}\n",
               sslscan_suite(paint, version, seen.suite, preferred, key_exchange_detail(seen.group, seen.dh_bits)),
               seen.retry_only ? " (HelloRetryRequest only)" : "");
      preferred = false;
    }
    write_gap(paint, gap_words("suites", version, list), out);
  }
  for (const tls::wire::Sslv2Cipher cipher : result.sslv2_ciphers) {
    const std::string_view openssl = tls::wire::openssl_name(cipher);
    print_to(out, "{}\n",
             sslscan_suite(paint, tls::kSsl2, openssl.empty() ? tls::wire::name(cipher) : std::string(openssl),
                           tls::wire::bits(cipher)));
  }
}

void write_groups(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  if (result.groups.empty()) return;
  title(paint, "Server Key Exchange Group(s)", out);
  for (auto entry = result.groups.rbegin(); entry != result.groups.rend(); ++entry) {
    // By number, as sslscan has them; the server's order is a verdict.
    std::vector<tls::Group> groups = entry->second.accepted;
    std::sort(groups.begin(), groups.end());
    for (const tls::Group group : groups) print_to(out, "{}\n", sslscan_group(paint, entry->first, group));
    write_gap(paint, gap_words("groups", entry->first, entry->second), out);
  }
}

void write_signatures(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  if (result.signatures.empty()) return;
  title(paint, "Server Signature Algorithm(s)", out);
  for (auto entry = result.signatures.rbegin(); entry != result.signatures.rend(); ++entry) {
    for (const tls::SignatureScheme scheme : entry->second.accepted)
      print_to(out, "{}\n", sslscan_signature(paint, entry->first, scheme));
    write_gap(paint, gap_words("signature algorithms", entry->first, entry->second), out);
  }
}

void write_certificates(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  const tls::Time now = std::chrono::floor<std::chrono::seconds>(result.started);
  for (const probe::SeenChain& chain : result.chains) {
    title(paint, "SSL Certificate", out);
    if (chain.certificates.empty()) {
      print_to(out, "{}: no certificate was sent\n", chain.asked_for);
      continue;
    }
    print_to(out, "{}", sslscan_certificate(paint, chain.certificates.front(), now));
  }
  if (!result.chains.empty()) return;
  title(paint, "SSL Certificate", out);
  print_to(out, "{}{}{}\n", paint(kYellow, "not seen"), result.no_chain.empty() ? "" : ": ",
           printable(result.no_chain));
}

void write_client_cas(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  if (result.client_cas.empty()) return;
  title(paint, "Acceptable client certificate CA names", out);
  for (const std::string& name : result.client_cas) print_to(out, "{}\n", printable(name));
}

void write_head(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  if (!result.address.empty()) print_to(out, "{}\n\n", paint(kGreen, "Connected to " + printable(result.address)));
  print_to(out, "Testing SSL server {} on port {} {}{}\n\n", paint(kGreen, printable(result.host)),
           paint(kGreen, std::to_string(result.port)),
           result.sni.empty() ? std::string("without SNI") : "using SNI name " + paint(kGreen, printable(result.sni)),
           result.starttls.empty() ? std::string() : " after STARTTLS " + printable(result.starttls));
}

bool tells_something(const probe::HostResult& result) {
  return std::any_of(result.versions.begin(), result.versions.end(),
                     [](const auto& entry) { return entry.second.verdict != probe::Verdict::Unknown; });
}

void begin(const ProbeReport& report, std::FILE* out) {
  print_to(out, "Version: {}\n\n", Paint{report.color}(kGreen, fmt::format("tlsward {}", tool_version())));
}

void host(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  const Paint paint{report.color};
  write_head(result, paint, out);
  const std::string trouble = trouble_words(result);
  if (!trouble.empty()) print_to(out, "{}\n", paint(kRed, "ERROR: " + printable(trouble)));
  const std::string service = service_words(result.service);
  if (!service.empty()) print_to(out, "Service: {}\n", printable(service));
  // Where there was trouble before any answer, a page of "unknown" would only hide it.
  if (trouble.empty() || tells_something(result)) {
    if (!trouble.empty()) print_to(out, "\n");
    if (!result.versions.empty()) write_sslscan_sections(result, paint, out);
    write_more_sections(report, result, out);
  }
  print_to(out, "\nScanned in {} ms with {} connection{}, started {}\n\n", result.milliseconds, result.connections,
           result.connections == 1 ? "" : "s", rfc3339(result.started));
}

void end(const ProbeReport& report, std::FILE* out) {
  print_to(out, "{}\n", summary(report.tally));
}

}  // namespace

void write_sslscan_sections(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  write_protocols(result, paint, out);
  write_fallback(result, paint, out);
  write_renegotiation(result, paint, out);
  write_compression(result, paint, out);
  write_heartbleed(result, paint, out);
  write_suites(result, paint, out);
  write_groups(result, paint, out);
  write_signatures(result, paint, out);
  write_certificates(result, paint, out);
  write_client_cas(result, paint, out);
}

const ProbeFormat kProbeSslscan{"sslscan", false, true, begin, host, end};

}  // namespace tlsward::report
