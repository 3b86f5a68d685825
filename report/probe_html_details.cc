// What an endpoint of the HTML page unfolds to, in the order in which people ask: what went wrong, what to mend, what
// it answers, what it shows, what it speaks.
#include <fmt/format.h>

#include "core/print.h"
#include "probe/observed_context.h"
#include "report/counted.h"
#include "report/format.h"
#include "report/probe_html_parts.h"
#include "report/sslscan_lines.h"
#include "report/time_text.h"
#include "report/xml_text.h"

namespace tlsward::report {
namespace {

std::string code(std::string_view text) {
  return fmt::format("<code>{}</code>", xml_text(text));
}

std::string with_class(std::string_view name) {
  return name.empty() ? std::string() : fmt::format(R"( class="{}")", name);
}

// Empty lists leave nothing behind. `as` makes HTML of an item.
void write_list(std::string_view title, const std::vector<std::string>& items, std::string (*as)(std::string_view),
                std::FILE* out) {
  if (items.empty()) return;
  print_to(out, "<section><h3>{}</h3>\n<ul>\n", xml_text(title));
  for (const std::string& item : items) print_to(out, "<li>{}</li>\n", as(item));
  print_to(out, "</ul></section>\n");
}

void write_answers(std::string_view subject, const std::vector<Row>& rows, std::FILE* out) {
  if (rows.empty()) return;
  print_to(out,
           "<table class=\"answers\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">Answer</th>"
           "<th scope=\"col\">Evidence</th></tr></thead><tbody>\n",
           subject);
  for (const Row& row : rows) {
    // A long answer without evidence (an id) takes both columns.
    print_to(out, "<tr><th scope=\"row\">{}</th><td{}><span{}>{}</span></td>", xml_text(row.label),
             row.evidence.empty() ? R"( colspan="2")" : "", with_class(html_class(row.mood)), xml_text(row.answer));
    print_to(out, "{}</tr>\n",
             row.evidence.empty() ? std::string() : fmt::format("<td>{}</td>", xml_text(row.evidence)));
  }
  print_to(out, "</tbody></table>\n");
}

void write_facts(const probe::HostResult& result, std::FILE* out) {
  const std::string sni = result.sni.empty() ? std::string("without SNI") : "SNI " + code(result.sni);
  print_to(out, "<p class=\"facts\">Probed {}, {}, {} ms, {}{}</p>\n", rfc3339(result.started), sni,
           result.milliseconds, counted(static_cast<std::size_t>(result.connections), "connection"),
           result.starttls.empty() ? std::string() : ", STARTTLS " + xml_text(result.starttls));
  const std::string trouble = trouble_words(result);
  if (!trouble.empty())
    print_to(out, "<p class=\"note {}\">{}: {}</p>\n", html_class(result.speaks_tls() ? Mood::Doubt : Mood::Bad),
             result.speaks_tls() ? "Not complete" : "Not scanned", xml_text(trouble));
  const std::string service = service_words(result.service);
  if (!service.empty()) print_to(out, "<p class=\"facts\">Service: {}</p>\n", code(service));
}

void write_finding(const ProbeReport& report, const Finding& finding, std::FILE* out) {
  print_to(out, "<li class=\"{}\"><b>{}</b> <a href=\"#{}\">{}</a>", html_class(finding.severity),
           name(finding.severity), html_anchor(finding.rule), code(finding.rule));
  if (const auto* place = std::get_if<Endpoint>(&finding.place); place != nullptr && !place->part.empty())
    print_to(out, " <small>{}</small>", xml_text(place->part));
  if (finding.confidence != Confidence::High) print_to(out, " <small>{} confidence</small>", name(finding.confidence));
  print_to(out, "<p>{}</p>", xml_text(finding.message));
  for (const std::string& note : finding.notes) print_to(out, "<p><small>Note: {}</small></p>", xml_text(note));
  const lint::Rule* rule = find_rule(report.rules, finding.rule);
  if (rule != nullptr && !rule->cites.empty()) print_to(out, "<p><small>See {}</small></p>", html_cites(*rule));
  print_to(out, "</li>\n");
}

void write_findings(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  if (result.findings.empty()) return;
  print_to(out, "<section><h3>Findings</h3>\n<ul class=\"plain findings\">\n");
  for (const Finding& finding : result.findings) write_finding(report, finding, out);
  print_to(out, "</ul></section>\n");
}

void write_certificate(const tls::CertificateFacts& certificate, std::FILE* out) {
  if (certificate.subject.empty() && certificate.key.type == tls::KeyType::Unknown) {
    print_to(out, "<li>unreadable <small>SHA-256 {}</small></li>\n", code(certificate.sha256));
    return;
  }
  print_to(out, "<li>{}\n<small>issued by {}</small>\n", code(certificate.subject), code(certificate.issuer));
  print_to(out, "<small>{} to {}; {} {} bits{}; {}</small>\n", date(certificate.not_before),
           date(certificate.not_after), name(certificate.key.type), certificate.key.bits,
           certificate.key.curve.empty() ? std::string() : ", " + xml_text(certificate.key.curve),
           xml_text(certificate.signature_algorithm));
  if (const std::string names = sslscan_altnames(certificate); !names.empty())
    print_to(out, "<small>names: {}</small>\n", code(names));
  print_to(out, "<small>SHA-256 {}</small></li>\n", code(certificate.sha256));
}

void write_chains(const probe::HostResult& result, std::FILE* out) {
  for (const probe::SeenChain& chain : result.chains) {
    print_to(out, "<section><h3>{}</h3>\n<div class=\"pair\">\n<ol class=\"chain\">\n", xml_text(chain_words(chain)));
    for (const tls::CertificateFacts& certificate : chain.certificates) write_certificate(certificate, out);
    print_to(out, "</ol>\n<div>");
    write_answers("Chain", chain_rows(chain), out);
    print_to(out, "</div>\n</div></section>\n");
  }
}

std::string key_exchange(const probe::SeenSuite& seen) {
  if (seen.retry_only) return ", HelloRetryRequest only";
  if (seen.group) return ", " + xml_text(tls::name(*seen.group));
  return seen.dh_bits == 0 ? std::string() : fmt::format(", DHE {} bits", seen.dh_bits);
}

Mood suite_mood(std::string_view strength) {
  if (strength == "strong") return Mood::Good;
  if (strength == "acceptable") return Mood::Plain;
  return strength == "medium" ? Mood::Doubt : Mood::Bad;
}

void write_suite(std::string_view suite, std::string_view detail, std::string_view strength, std::FILE* out) {
  print_to(out, "<li>{} <span>{} <b{}>{}</b></span></li>\n", code(suite), detail,
           with_class(strength == "unknown" ? "doubt" : html_class(suite_mood(strength))), strength);
}

void write_suites(const probe::HostResult& result, std::FILE* out) {
  for (auto entry = result.suites.rbegin(); entry != result.suites.rend(); ++entry) {
    if (entry->second.accepted.empty()) continue;
    print_to(out, "<section><h3>Suites of {}</h3>\n<ul class=\"plain suites\">\n", tls::name(entry->first));
    for (const probe::SeenSuite& seen : entry->second.accepted) {
      const tls::CipherSuiteFacts* facts = tls::facts(seen.suite);
      const std::string bits = facts == nullptr ? std::string() : fmt::format("{} bits", facts->bits);
      write_suite(tls::name(seen.suite), bits + key_exchange(seen),
                  facts == nullptr ? "unknown" : sslscan_strength(seen.suite), out);
    }
    print_to(out, "</ul></section>\n");
  }
  if (result.sslv2_ciphers.empty()) return;
  print_to(out, "<section><h3>Ciphers of SSL 2.0</h3>\n<ul class=\"plain suites\">\n");
  for (const tls::wire::Sslv2Cipher cipher : result.sslv2_ciphers)
    write_suite(tls::wire::name(cipher), fmt::format("{} bits", tls::wire::bits(cipher)), "weak", out);
  print_to(out, "</ul></section>\n");
}

void write_groups(const probe::HostResult& result, std::FILE* out) {
  for (auto entry = result.groups.rbegin(); entry != result.groups.rend(); ++entry) {
    std::vector<std::string> names;
    for (const tls::Group group : entry->second.accepted) names.push_back(sslscan_group_name(group));
    write_list("Groups of " + tls::name(entry->first), names, xml_text, out);
  }
  for (auto entry = result.signatures.rbegin(); entry != result.signatures.rend(); ++entry) {
    std::vector<std::string> names;
    for (const tls::SignatureScheme scheme : entry->second.accepted) names.push_back(tls::name(scheme));
    write_list("Signature algorithms of " + tls::name(entry->first), names, xml_text, out);
  }
  std::vector<std::string> primes;
  for (const probe::SeenPrime& prime : result.primes) primes.push_back(prime_words(prime));
  write_list("Diffie-Hellman primes", primes, xml_text, out);
  write_list("ALPN protocols", result.alpn.accepted, code, out);
  write_list("NPN protocols", result.npn, code, out);
  write_list("Client certificates are accepted from", result.client_cas, code, out);
}

}  // namespace

void write_html_details(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  print_to(out, "<div class=\"body\">\n");
  write_facts(result, out);
  write_findings(report, result, out);
  write_list("Not known", gaps(result), xml_text, out);
  write_list("Notes", result.notes, xml_text, out);
  if (const std::vector<Row> rows = verdict_rows(result); !rows.empty()) {
    print_to(out, "<section><h3>Versions and questions</h3>\n");
    write_answers("Question", rows, out);
    print_to(out, "</section>\n");
  }
  write_chains(result, out);
  print_to(out, "<div class=\"pair\">\n");
  write_suites(result, out);
  write_groups(result, out);
  print_to(out, "</div>\n</div>\n");
}

}  // namespace tlsward::report
