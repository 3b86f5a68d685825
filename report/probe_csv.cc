// `csv` (RFC 4180): one row for each fact, in long form, so that the columns stay when the probe learns to ask more.
// docs/probe-formats.md lists what `fact` may be. A cell that a spreadsheet would take for a formula gets an apostrophe
// in front.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/print.h"
#include "core/width.h"
#include "report/probe_formats_list.h"
#include "report/probe_words.h"
#include "report/sslscan_lines.h"
#include "report/time_text.h"

namespace tlsward::report {
namespace {

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The apostrophe itself is doubled, so that a reader can take one off without a doubt. A tab or line break that would
// also start a formula is gone after printable().
bool needs_apostrophe(std::string_view text) {
  constexpr std::array<std::string_view, 9> kStarts = {"=", "+", "-", "@", "'", "\uff1d", "\uff0b", "\uff0d", "\uff20"};
  const auto starts = [&](std::string_view start) { return text.starts_with(start); };
  return std::any_of(kStarts.begin(), kStarts.end(), starts) && !is_number(text);
}

std::string cell(std::string_view value) {
  std::string text = printable(value);
  if (needs_apostrophe(text)) text.insert(0, 1, '\'');
  if (text.find_first_of(",\"") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

class Rows {
 public:
  Rows(const probe::HostResult& result, std::FILE* out)
      : out_(out),
        head_(fmt::format("{},{},{},{},{}", cell(result.target), cell(result.host), result.port, cell(result.address),
                          rfc3339(result.started))) {}

  /// `scope`: the version or the kind of certificate that the fact is about; empty for the endpoint.
  void row(std::string_view fact, std::string_view scope, std::string_view name, std::string_view value,
           std::string_view evidence = {}) const {
    print_to(out_, "{},{},{},{},{},{}\r\n", head_, cell(fact), cell(scope), cell(name), cell(value), cell(evidence));
  }
  void told(std::string_view fact, std::string_view scope, std::string_view name, const probe::Told& told) const {
    row(fact, scope, name, probe::name(told.verdict), told.evidence);
  }
  template <class T>
  void list(std::string_view fact, std::string_view scope, const probe::Enumeration<T>& list) const {
    row("list", scope, fact, list.complete ? "complete" : "not complete", list.gap);
    row("order", scope, fact, probe::name(list.order), list.order_evidence);
  }

 private:
  std::FILE* out_;
  std::string head_;
};

void write_suites(const probe::HostResult& result, const Rows& rows) {
  for (const auto& [version, list] : result.suites) {
    const std::string shown = tls::name(version);
    for (const probe::SeenSuite& seen : list.accepted) {
      std::string evidence = seen.group ? tls::name(*seen.group) : std::string();
      if (seen.dh_bits != 0) evidence = fmt::format("DHE {} bits", seen.dh_bits);
      if (seen.retry_only) evidence = "HelloRetryRequest only";
      rows.row("suite", shown, tls::name(seen.suite), fmt::format("0x{:04x}", seen.suite.code), evidence);
    }
    rows.list("suite", shown, list);
  }
  for (const tls::wire::Sslv2Cipher cipher : result.sslv2_ciphers)
    rows.row("suite", tls::name(tls::kSsl2), tls::wire::name(cipher), fmt::format("0x{:06x}", cipher.code));
}

void write_groups(const probe::HostResult& result, const Rows& rows) {
  for (const auto& [version, list] : result.groups) {
    const std::string shown = tls::name(version);
    for (const tls::Group group : list.accepted)
      rows.row("group", shown, tls::name(group), fmt::format("0x{:04x}", group.code));
    rows.list("group", shown, list);
  }
  for (const auto& [version, list] : result.signatures) {
    const std::string shown = tls::name(version);
    for (const tls::SignatureScheme scheme : list.accepted)
      rows.row("signature", shown, tls::name(scheme), fmt::format("0x{:04x}", scheme.code));
    rows.list("signature", shown, list);
  }
  for (const probe::SeenPrime& prime : result.primes)
    rows.row("prime", {}, prime.name, std::to_string(prime.bits), prime_words(prime));
}

void write_protocol_names(const probe::HostResult& result, const Rows& rows) {
  for (const std::string& protocol : result.alpn.accepted) rows.row("alpn", {}, protocol, "accepted");
  if (was_asked(result.alpn)) rows.list("alpn", {}, result.alpn);
  for (const std::string& protocol : result.npn) rows.row("npn", {}, protocol, "accepted");
  for (const std::string& name : result.client_cas) rows.row("client-ca", {}, name, "accepted");
}

void write_chain(const probe::SeenChain& chain, const Rows& rows) {
  const std::string& kind = chain.asked_for;
  rows.told("chain", kind, "trusted", chain.trusted);
  rows.told("chain", kind, "host-matches", chain.host_matches);
  rows.told("chain", kind, "ordered", chain.ordered);
  rows.told("chain", kind, "complete", chain.complete);
  rows.told("chain", kind, "dates", chain.dates);
  rows.told("chain", kind, "ocsp-stapled", chain.ocsp_stapled);
  rows.row("chain", kind, "days-left", std::to_string(chain.days_left));
  rows.row("chain", kind, "tyk-id", chain.tyk_id);
  for (const tls::CertificateFacts& certificate : chain.certificates) {
    rows.row("certificate", kind, certificate.subject, certificate.sha256, certificate.issuer);
    rows.row("not-after", kind, certificate.subject, rfc3339(certificate.not_after));
  }
}

void write_settings(const probe::HostResult& result, const Rows& rows) {
  if (result.ticket_lifetime_seconds)
    rows.row("setting", {}, "ticket-lifetime-seconds", std::to_string(*result.ticket_lifetime_seconds));
  if (result.max_early_data_bytes != 0)
    rows.row("setting", {}, "max-early-data-bytes", std::to_string(result.max_early_data_bytes));
  if (result.clock_skew_seconds)
    rows.row("setting", {}, "clock-skew-seconds", std::to_string(*result.clock_skew_seconds));
}

void begin(const ProbeReport& /*report*/, std::FILE* out) {
  print_to(out, "target,host,port,address,started,fact,scope,name,value,evidence\r\n");
}

void host(const ProbeReport& /*report*/, const probe::HostResult& result, std::FILE* out) {
  const Rows rows(result, out);
  rows.row("scan", {}, probe::name(result.trouble.kind), result.is_complete() ? "complete" : "not complete",
           trouble_words(result));
  const std::string service = service_words(result.service);
  if (!service.empty()) rows.row("service", {}, result.service.name, "seen", service);
  for (const std::string& note : result.notes) rows.row("note", {}, {}, {}, note);
  for (const auto& [version, told] : result.versions) rows.told("version", tls::name(version), {}, told);
  for (const auto& question : probe::questions())
    if (const auto found = result.questions.find(question.question); found != result.questions.end())
      rows.told("question", {}, question.id, found->second);
  for (const auto& [version, told] : result.heartbleed) rows.told("heartbleed", tls::name(version), {}, told);
  write_suites(result, rows);
  write_groups(result, rows);
  write_protocol_names(result, rows);
  write_settings(result, rows);
  for (const probe::SeenChain& chain : result.chains) write_chain(chain, rows);
  if (!result.no_chain.empty()) rows.row("no-chain", {}, {}, {}, result.no_chain);
  for (const Finding& finding : result.findings) {
    const auto* endpoint = std::get_if<Endpoint>(&finding.place);
    rows.row("finding", endpoint == nullptr ? std::string_view() : endpoint->part, finding.rule, name(finding.severity),
             finding.message);
  }
}

void end(const ProbeReport& report, std::FILE* out) {
  for (const ProbeFailure& failure : report.tally.failures)
    if (failure.kind == kBadTarget)
      print_to(out, "{},,,,,scan,,{},not complete,{}\r\n", cell(failure.target), failure.kind, cell(failure.message));
}

}  // namespace

const ProbeFormat kProbeCsv{"csv", true, true, begin, host, end};

}  // namespace tlsward::report
