// `markdown`: for pull requests and tickets. A heading for each endpoint, findings first, tables below; the summary is
// the last line. Text from the network is escaped, so that it stays text.
#include <fmt/format.h>

#include "core/print.h"
#include "core/width.h"
#include "probe/observed_context.h"
#include "report/counted.h"
#include "report/format.h"
#include "report/probe_formats_list.h"
#include "report/probe_words.h"
#include "report/sslscan_lines.h"
#include "report/time_text.h"
#include "report/tool.h"

namespace tlsward::report {
namespace {

// CommonMark 0.31, 2.4: a backslash in front of ASCII punctuation makes it text. '<' and '&' too, for readers that pass
// HTML on.
std::string md(std::string_view text) {
  std::string result;
  for (const char c : printable(text)) {
    const bool starts_list = result.empty() && (c == '-' || c == '+');
    if (starts_list || std::string_view("\\`*_{}[]<>()#!|~&$").find(c) != std::string_view::npos) result += '\\';
    result += c;
  }
  return result;
}

// Bare addresses become links and "@name" calls somebody, escaped or not: code keeps them text.
std::string code(std::string_view text) {
  std::string body = printable(text);
  for (char& c : body)
    if (c == '`') c = '\'';
  std::string escaped;
  for (const char c : body) escaped += c == '|' ? std::string("\\|") : std::string(1, c);
  return escaped.empty() ? std::string() : fmt::format("`{}`", escaped);
}

void write_table(std::string_view head, const std::vector<Row>& rows, std::FILE* out) {
  if (rows.empty()) return;
  print_to(out, "\n| {} | answer | evidence |\n|---|---|---|\n", head);
  for (const Row& row : rows)
    print_to(out, "| {} | {} | {} |\n", md(row.label),
             row.mood == Mood::Bad ? "**" + md(row.answer) + "**" : md(row.answer), md(row.evidence));
}

void write_findings(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  if (result.findings.empty()) return;
  print_to(out, "\n| severity | finding | rule |\n|---|---|---|\n");
  for (const Finding& finding : result.findings) {
    const lint::Rule* rule = find_rule(report.rules, finding.rule);
    const std::string url = rule == nullptr ? std::string() : help_url(*rule);
    print_to(out, "| {} | {} | {} |\n", name(finding.severity), md(finding.message),
             url.empty() ? code(finding.rule) : fmt::format("[{}]({})", code(finding.rule), url));
  }
}

std::string key_exchange(const probe::SeenSuite& seen) {
  if (seen.retry_only) return "HelloRetryRequest only";
  if (seen.group) return tls::name(*seen.group);
  return seen.dh_bits == 0 ? std::string() : fmt::format("DHE {} bits", seen.dh_bits);
}

void write_suites(const probe::HostResult& result, std::FILE* out) {
  if (result.suites.empty() && result.sslv2_ciphers.empty()) return;
  print_to(out, "\n| version | suite | bits | key exchange | strength |\n|---|---|---|---|---|\n");
  for (auto entry = result.suites.rbegin(); entry != result.suites.rend(); ++entry) {
    for (const probe::SeenSuite& seen : entry->second.accepted) {
      const tls::CipherSuiteFacts* facts = tls::facts(seen.suite);
      print_to(out, "| {} | {} | {} | {} | {} |\n", sslscan_version(entry->first), code(tls::name(seen.suite)),
               facts == nullptr ? "?" : std::to_string(facts->bits), key_exchange(seen),
               facts == nullptr ? "?" : sslscan_strength(seen.suite));
    }
  }
  for (const tls::wire::Sslv2Cipher cipher : result.sslv2_ciphers)
    print_to(out, "| SSLv2 | {} | {} |  | weak |\n", code(tls::wire::name(cipher)), tls::wire::bits(cipher));
}

// `as`: md for sentences, code for names that come from the network.
void write_list(std::string_view head, const std::vector<std::string>& items, std::string (*as)(std::string_view),
                std::FILE* out) {
  if (items.empty()) return;
  print_to(out, "\n{}\n\n", head);
  for (const std::string& item : items) print_to(out, "- {}\n", as(item));
}

std::vector<std::string> names(const std::vector<tls::Group>& groups) {
  std::vector<std::string> list;
  for (const tls::Group group : groups) list.push_back(sslscan_group_name(group));
  return list;
}

std::vector<std::string> names(const std::vector<tls::SignatureScheme>& schemes) {
  std::vector<std::string> list;
  for (const tls::SignatureScheme scheme : schemes) list.push_back(tls::name(scheme));
  return list;
}

void write_lists(const probe::HostResult& result, std::FILE* out) {
  for (auto entry = result.groups.rbegin(); entry != result.groups.rend(); ++entry)
    write_list(fmt::format("Groups of {}:", tls::name(entry->first)), names(entry->second.accepted), md, out);
  for (auto entry = result.signatures.rbegin(); entry != result.signatures.rend(); ++entry)
    write_list(fmt::format("Signature algorithms of {}:", tls::name(entry->first)), names(entry->second.accepted), md,
               out);
  std::vector<std::string> primes;
  for (const probe::SeenPrime& prime : result.primes) primes.push_back(prime_words(prime));
  write_list("Diffie-Hellman primes:", primes, md, out);
  write_list("ALPN protocols:", result.alpn.accepted, code, out);
  write_list("NPN protocols:", result.npn, code, out);
  write_list("Client certificates are accepted from:", result.client_cas, code, out);
}

void write_chains(const probe::HostResult& result, std::FILE* out) {
  for (const probe::SeenChain& chain : result.chains) {
    std::vector<std::string> subjects;
    for (const tls::CertificateFacts& certificate : chain.certificates)
      subjects.push_back(fmt::format("{}, until {}", certificate.subject.empty() ? "unreadable" : certificate.subject,
                                     date(certificate.not_after)));
    write_list(md(chain_words(chain)) + ":", subjects, code, out);
    write_table("chain", chain_rows(chain), out);
  }
}

void begin(const ProbeReport& /*report*/, std::FILE* out) {
  print_to(out, "# TLS of live endpoints\n");
}

void host(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  print_to(out, "\n## {}\n\n", code(probe::endpoint_text(result)));
  print_to(out, "{}{}{}, {} ms, {}\n", result.address.empty() ? "" : code(result.address) + ", ",
           result.sni.empty() ? std::string("without SNI") : "SNI " + code(result.sni),
           ", probed " + rfc3339(result.started), result.milliseconds,
           counted(static_cast<std::size_t>(result.connections), "connection"));
  const std::string trouble = trouble_words(result);
  if (!trouble.empty())
    print_to(out, "\n**{}:** {}\n", result.speaks_tls() ? "Not complete" : "Not scanned", md(trouble));
  const std::string service = service_words(result.service);
  if (!service.empty()) print_to(out, "\nService: {}\n", md(service));
  write_findings(report, result, out);
  write_list("Not known:", gaps(result), md, out);
  write_list("Notes:", result.notes, md, out);
  write_table("question", verdict_rows(result), out);
  write_suites(result, out);
  write_lists(result, out);
  write_chains(result, out);
}

void end(const ProbeReport& report, std::FILE* out) {
  std::vector<std::string> bad;
  for (const ProbeFailure& failure : report.tally.failures)
    if (failure.kind == kBadTarget) bad.push_back(fmt::format("{}: {}", failure.target, failure.message));
  write_list("Targets that could not be read:", bad, md, out);
  print_to(out, "\n{}\n", summary(report.tally));
}

}  // namespace

const ProbeFormat kProbeMarkdown{"markdown", false, true, begin, host, end};

}  // namespace tlsward::report
