// What sslscan has no section for, below its own: each verdict with what was seen, and everything that is not known.
#include <fmt/format.h>

#include <algorithm>

#include "core/print.h"
#include "core/width.h"
#include "report/format.h"
#include "report/probe_text.h"
#include "report/probe_words.h"
#include "report/sslscan_lines.h"
#include "report/tool.h"

namespace tlsward::report {
namespace {

void title(const Paint& paint, std::string_view text, std::FILE* out) {
  print_to(out, "\n{}\n", sslscan_title(paint, text));
}

std::string_view color(Mood mood) {
  switch (mood) {
    case Mood::Good:
      return kGreen;
    case Mood::Bad:
      return kRed;
    case Mood::Doubt:
      return kYellow;
    case Mood::Plain:
      break;
  }
  return {};
}

void write_rows(const std::vector<Row>& rows, const Paint& paint, std::FILE* out) {
  std::size_t label = 0, answer = 0;
  // An answer that is longer than "accepted" (the Tyk id) must not push the others to the right.
  constexpr std::size_t kWidestAnswer = 8;
  for (const Row& row : rows) {
    label = std::max(label, row.label.size());
    if (row.answer.size() <= kWidestAnswer) answer = std::max(answer, row.answer.size());
  }
  for (const Row& row : rows) {
    const std::size_t blanks = row.answer.size() < answer && !row.evidence.empty() ? answer - row.answer.size() : 0;
    print_to(out, "{:<{}}  {}{:{}}{}{}\n", row.label, label, paint(color(row.mood), row.answer), "", blanks,
             row.evidence.empty() ? "" : "  ", printable(row.evidence));
  }
}

void write_verdicts(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  const std::vector<Row> rows = verdict_rows(result);
  if (rows.empty()) return;
  title(paint, "Verdicts", out);
  write_rows(rows, paint, out);
}

void write_chains(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  for (const probe::SeenChain& chain : result.chains) {
    title(paint, fmt::format("Chain of {}", printable(chain_words(chain))), out);
    for (const tls::CertificateFacts& certificate : chain.certificates)
      print_to(out, "{}\n",
               certificate.subject.empty() ? "unreadable certificate, sha256 " + certificate.sha256
                                           : printable(certificate.subject));
    write_rows(chain_rows(chain), paint, out);
  }
}

void write_protocol_names(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  if (was_asked(result.alpn)) {
    title(paint, "ALPN", out);
    for (const std::string& protocol : result.alpn.accepted) print_to(out, "{}\n", printable(protocol));
    if (result.alpn.accepted.empty() && result.alpn.complete) print_to(out, "none\n");
    if (result.alpn.order != probe::Order::Unknown)
      print_to(out, "order: {}{}{}\n", name(result.alpn.order), result.alpn.order_evidence.empty() ? "" : "; ",
               printable(result.alpn.order_evidence));
    write_gap(paint, gap_words("ALPN protocols", result.alpn), out);
  }
  if (result.npn.empty()) return;
  title(paint, "NPN", out);
  for (const std::string& protocol : result.npn) print_to(out, "{}\n", printable(protocol));
}

void write_primes(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  if (result.primes.empty()) return;
  title(paint, "Diffie-Hellman Prime(s)", out);
  for (const probe::SeenPrime& prime : result.primes) print_to(out, "{}\n", printable(prime_words(prime)));
}

void write_notes(const probe::HostResult& result, const Paint& paint, std::FILE* out) {
  if (result.notes.empty()) return;
  title(paint, "Notes", out);
  for (const std::string& note : result.notes) print_to(out, "{}\n", printable(note));
}

void write_findings(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  if (result.findings.empty()) return;
  const Paint paint{report.color};
  title(paint, "Findings", out);
  for (const Finding& finding : result.findings) {
    const lint::Rule* rule = find_rule(report.rules, finding.rule);
    const std::string id =
        report.links && rule != nullptr ? hyperlink(help_url(*rule), finding.rule) : std::string(finding.rule);
    print_to(out, "{}: {}\n",
             paint(severity_color(finding.severity), fmt::format("{}[{}]", name(finding.severity), id)),
             paint(kBold, printable(finding.message)));
    const auto* endpoint = std::get_if<Endpoint>(&finding.place);
    if (endpoint != nullptr && !endpoint->part.empty()) print_to(out, "  in: {}\n", printable(endpoint->part));
    for (const std::string& note : finding.notes) print_to(out, "  note: {}\n", printable(note));
    if (finding.confidence != Confidence::High) print_to(out, "  confidence: {}\n", name(finding.confidence));
  }
}

}  // namespace

void write_gap(const Paint& paint, const std::string& words, std::FILE* out) {
  if (!words.empty()) print_to(out, "{}\n", paint(kYellow, printable(words)));
}

void write_more_sections(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  const Paint paint{report.color};
  write_verdicts(result, paint, out);
  write_chains(result, paint, out);
  write_protocol_names(result, paint, out);
  write_primes(result, paint, out);
  write_notes(result, paint, out);
  write_findings(report, result, out);
}

}  // namespace tlsward::report
