#include "report/probe_words.h"

#include <fmt/format.h>

#include <array>

#include "report/sslscan_lines.h"

namespace tlsward::report {
namespace {

std::string answer(probe::Verdict verdict) {
  constexpr std::array<std::string_view, 3> kAnswers = {"unknown", "no", "yes"};
  return std::string(kAnswers[static_cast<std::size_t>(verdict)]);
}

Mood mood(probe::Wanted wanted, probe::Verdict verdict) {
  if (verdict == probe::Verdict::Unknown) return Mood::Doubt;
  const bool yes = verdict == probe::Verdict::Accepted;
  switch (wanted) {
    case probe::Wanted::Yes:
      return yes ? Mood::Good : Mood::Doubt;
    case probe::Wanted::No:
      return yes ? Mood::Bad : Mood::Good;
    case probe::Wanted::Either:
      break;
  }
  return Mood::Plain;
}

Row told_row(std::string label, const probe::Told& told, probe::Wanted wanted) {
  return {std::move(label), answer(told.verdict), told.evidence, mood(wanted, told.verdict)};
}

// What a chain must be: no is bad, not merely a pity.
Row required_row(std::string label, const probe::Told& told) {
  Row row = told_row(std::move(label), told, probe::Wanted::Yes);
  if (told.verdict == probe::Verdict::Refused) row.mood = Mood::Bad;
  return row;
}

template <class T>
Row order_row(std::string label, const probe::Enumeration<T>& list, std::string sequence) {
  std::string evidence = list.order == probe::Order::Server ? std::move(sequence) : std::string();
  if (!evidence.empty() && !list.order_evidence.empty()) evidence += "; ";
  return {std::move(label), std::string(name(list.order)), evidence + list.order_evidence, Mood::Plain};
}

std::string sequence_of(const std::vector<tls::Group>& groups) {
  std::string words;
  for (const tls::Group group : groups) words += (words.empty() ? "" : ", ") + tls::name(group);
  return words;
}

void add_versions(const probe::HostResult& result, std::vector<Row>& rows) {
  for (const auto& [version, told] : result.versions)
    rows.push_back(
        told_row(sslscan_version(version), told, version < tls::kTls12 ? probe::Wanted::No : probe::Wanted::Yes));
}

void add_orders(const probe::HostResult& result, std::vector<Row>& rows) {
  for (const auto& [version, list] : result.suites)
    rows.push_back(order_row(fmt::format("order of suites, {}", sslscan_version(version)), list, {}));
  for (const auto& [version, list] : result.groups)
    rows.push_back(
        order_row(fmt::format("order of groups, {}", sslscan_version(version)), list, sequence_of(list.accepted)));
}

}  // namespace

std::string trouble_words(const probe::HostResult& result) {
  if (result.trouble.kind == probe::Trouble::Kind::None) return {};
  return result.trouble.message.empty() ? std::string(name(result.trouble.kind)) : result.trouble.message;
}

std::string service_words(const net::Service& service) {
  if (service.name.empty() && service.banner.empty()) return {};
  std::string words = service.name.empty() ? "not known" : service.name;
  if (!service.banner.empty()) words += fmt::format(", banner: {}", service.banner);
  if (service.starttls != net::StartTls::None)
    words += fmt::format("; ask with --starttls {}", net::name(service.starttls));
  return words;
}

std::vector<Row> verdict_rows(const probe::HostResult& result) {
  std::vector<Row> rows;
  add_versions(result, rows);
  for (const auto& row : probe::questions())
    if (const auto found = result.questions.find(row.question); found != result.questions.end())
      rows.push_back(told_row(std::string(row.text), found->second, row.wanted));
  add_orders(result, rows);
  if (result.ticket_lifetime_seconds)
    rows.push_back({"ticket lifetime", fmt::format("{} s", *result.ticket_lifetime_seconds), {}, Mood::Plain});
  if (result.max_early_data_bytes != 0)
    rows.push_back({"early data limit", fmt::format("{} bytes", result.max_early_data_bytes), {}, Mood::Plain});
  if (result.clock_skew_seconds)
    rows.push_back({"clock skew", fmt::format("{:+} s", *result.clock_skew_seconds), {}, Mood::Plain});
  return rows;
}

std::vector<Row> chain_rows(const probe::SeenChain& chain) {
  std::vector<Row> rows;
  rows.push_back(required_row("trusted", chain.trusted));
  rows.push_back(required_row("host name matches", chain.host_matches));
  rows.push_back(required_row("in order", chain.ordered));
  rows.push_back(required_row("no intermediate missing", chain.complete));
  rows.push_back(required_row("valid now", chain.dates));
  const Mood left = chain.days_left < 0 ? Mood::Bad : chain.days_left < 30 ? Mood::Doubt : Mood::Plain;
  rows.push_back({"days left", std::to_string(chain.days_left), fmt::format("of {}", chain.validity_days), left});
  const auto flag = [&](bool set, std::string_view label, Mood mood, std::string_view evidence) {
    if (set) rows.push_back({std::string(label), "yes", std::string(evidence), mood});
  };
  flag(chain.extra_anchor, "root sent along", Mood::Doubt, "clients do not need it");
  flag(chain.self_signed, "self-signed", Mood::Bad, "");
  flag(chain.common_name_only, "common name only", Mood::Bad, "clients read subject alternative names alone");
  flag(chain.wildcard, "wildcard", Mood::Plain, "");
  flag(chain.extended_validation, "extended validation", Mood::Plain, "");
  rows.push_back(told_row("OCSP response stapled", chain.ocsp_stapled, probe::Wanted::Either));
  rows.push_back({"certificate timestamps",
                  std::to_string(chain.scts_in_certificate + chain.scts_in_extension + chain.scts_in_ocsp),
                  fmt::format("{} in the certificate, {} in the extension, {} in the OCSP response",
                              chain.scts_in_certificate, chain.scts_in_extension, chain.scts_in_ocsp),
                  Mood::Plain});
  rows.push_back({"Tyk certificate id", chain.tyk_id, {}, Mood::Plain});
  return rows;
}

std::string chain_words(const probe::SeenChain& chain) {
  std::string versions;
  for (const tls::Version version : chain.versions)
    versions += (versions.empty() ? "" : " and ") + sslscan_version(version);
  return fmt::format("{} certificate{}", chain.asked_for, versions.empty() ? "" : ", seen with " + versions);
}

std::string prime_words(const probe::SeenPrime& prime) {
  std::string words =
      fmt::format("{} bits, {}", prime.bits, prime.name.empty() ? "the server's own prime" : prime.name);
  if (prime.shared) words += ", used by many servers";
  words += prime.safe ? ", safe prime" : ", not known to be safe";
  return words + fmt::format(", sha256 {}", prime.sha256);
}

std::vector<std::string> gaps(const probe::HostResult& result) {
  std::vector<std::string> lines;
  const auto add = [&](std::string line) {
    if (!line.empty()) lines.push_back(std::move(line));
  };
  for (const auto& [version, told] : result.versions)
    if (told.verdict == probe::Verdict::Unknown)
      add(fmt::format("{}: not known{}", tls::name(version), told.evidence.empty() ? "" : ": " + told.evidence));
  for (const auto& [version, list] : result.suites) add(gap_words("suites", version, list));
  for (const auto& [version, list] : result.groups) add(gap_words("groups", version, list));
  for (const auto& [version, list] : result.signatures) add(gap_words("signature algorithms", version, list));
  if (was_asked(result.alpn)) add(gap_words("ALPN protocols", result.alpn));
  if (result.speaks_tls() && result.chains.empty())
    add(fmt::format("certificates: not seen{}", result.no_chain.empty() ? "" : ": " + result.no_chain));
  return lines;
}

}  // namespace tlsward::report
