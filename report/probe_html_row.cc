// A row of the table of endpoints. `data-key` is what a column sorts by where that is not the text of the cell.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/print.h"
#include "probe/observed_context.h"
#include "report/counted.h"
#include "report/probe_html_parts.h"
#include "report/sslscan_lines.h"
#include "report/xml_text.h"

namespace tlsward::report {
namespace {

std::string chip(std::string_view mood, std::string_view text) {
  return fmt::format(R"(<span class="chip{}{}">{}</span>)", mood.empty() ? "" : " ", mood, xml_text(text));
}

// A draft has a number only.
std::string version_name(tls::Version version) {
  return tls::is_known(version) ? tls::name(version) : sslscan_version(version);
}

// Newest first: what most clients get.
std::string version_chips(const probe::HostResult& result) {
  std::string chips;
  for (auto entry = result.versions.rbegin(); entry != result.versions.rend(); ++entry) {
    const auto& [version, told] = *entry;
    if (told.verdict == probe::Verdict::Accepted)
      chips += chip(html_class(version < tls::kTls12 ? Mood::Bad : Mood::Good), version_name(version));
    if (told.verdict == probe::Verdict::Unknown)
      chips += chip(html_class(Mood::Doubt), version_name(version) + " unknown");
  }
  return chips;
}

// The oldest that is accepted; 0 sorts before all versions and means none.
int oldest_version(const probe::HostResult& result) {
  for (const auto& [version, told] : result.versions)
    if (told.verdict == probe::Verdict::Accepted) return version.number;
  return 0;
}

// Of several chains the one that ends first.
const probe::SeenChain* first_to_end(const probe::HostResult& result) {
  const auto first =
      std::min_element(result.chains.begin(), result.chains.end(),
                       [](const auto& one, const auto& other) { return one.days_left < other.days_left; });
  return first == result.chains.end() ? nullptr : &*first;
}

std::string days_chip(const probe::SeenChain* chain) {
  constexpr long kSoon = 30;
  if (chain == nullptr) return {};
  if (chain->days_left < 0) return chip(html_class(Mood::Bad), "expired");
  const Mood mood = chain->days_left < kSoon ? Mood::Doubt : Mood::Plain;
  return chip(html_class(mood), counted(static_cast<std::size_t>(chain->days_left), "day") + " left");
}

std::size_t count(const probe::HostResult& result, Severity severity) {
  return static_cast<std::size_t>(std::count_if(result.findings.begin(), result.findings.end(),
                                                [&](const Finding& f) { return f.severity == severity; }));
}

std::string finding_chips(const probe::HostResult& result) {
  std::string chips;
  for (const Severity severity : {Severity::Error, Severity::Warning, Severity::Info}) {
    const std::size_t number = count(result, severity);
    if (number == 0) continue;
    chips += chip(html_class(severity),
                  severity == Severity::Info ? fmt::format("{} info", number) : counted(number, name(severity)));
  }
  if (!chips.empty()) return chips;
  if (!result.speaks_tls()) return {};
  return result.is_complete() ? chip(html_class(Mood::Good), "none") : chip("", "none so far");
}

// One error weighs more than all warnings, one warning more than every info.
std::size_t weight(const probe::HostResult& result) {
  constexpr std::size_t kMost = 999;
  const auto part = [&](Severity severity) { return std::min(count(result, severity), kMost); };
  constexpr std::size_t kStep = kMost + 1;
  return (part(Severity::Error) * kStep + part(Severity::Warning)) * kStep + part(Severity::Info);
}

std::string scan_chip(const probe::HostResult& result) {
  if (result.trouble.kind != probe::Trouble::Kind::None && !result.speaks_tls())
    return chip(html_class(Mood::Bad), "not scanned");
  return result.is_complete() ? chip("", "complete") : chip(html_class(Mood::Doubt), "not complete");
}

void write_cell(std::string_view attributes, const std::string& html, std::FILE* out) {
  print_to(out, "<td role=\"cell\"{}>{}</td>\n", attributes, html);
}

std::string key(long number) {
  return fmt::format(R"( data-key="{}")", number);
}

}  // namespace

void write_html_cells(const probe::HostResult& result, std::FILE* out) {
  const probe::SeenChain* chain = first_to_end(result);
  const std::string endpoint = xml_text(probe::endpoint_text(result));
  const std::string starttls = result.starttls.empty() ? std::string() : " " + chip("", "STARTTLS " + result.starttls);
  write_cell(R"( class="name")", fmt::format("<bdi>{}</bdi>{}", endpoint, starttls), out);
  write_cell("", result.address.empty() ? "" : fmt::format("<code>{}</code>", xml_text(result.address)), out);
  write_cell(result.speaks_tls() ? key(oldest_version(result)) : "", version_chips(result), out);
  write_cell(chain == nullptr ? "" : key(chain->days_left), days_chip(chain), out);
  write_cell(result.speaks_tls() ? key(static_cast<long>(weight(result))) : "", finding_chips(result), out);
  write_cell("", scan_chip(result), out);
}

}  // namespace tlsward::report
