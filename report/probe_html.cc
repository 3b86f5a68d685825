// `html`: one page for operators and managers that needs no network and no other file. It works without JavaScript;
// with it, it can be searched and sorted. Endpoints are written as they end, so that the counts are written last and
// page.css puts them on top. The Content-Security-Policy allows the page's own style and script and nothing else: even
// markup that slipped through could load and run nothing.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cstdint>

#include "core/print.h"
#include "pki/sha256.h"
#include "probe/observed_context.h"
#include "report/base64.h"
#include "report/counted.h"
#include "report/html_page.h"
#include "report/probe_formats_list.h"
#include "report/probe_html_parts.h"
#include "report/time_text.h"
#include "report/tool.h"
#include "report/xml_text.h"

namespace tlsward::report {
namespace {

// CSP 3, 2.3.1: hash-source.
std::string hash_source(std::string_view text) {
  const std::string hex = pki::sha256_hex(text);
  std::array<std::uint8_t, 32> digest{};
  for (std::size_t i = 0; i < digest.size(); ++i)
    std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, digest[i], 16);
  return fmt::format("'sha256-{}'", base64(digest));
}

constexpr std::string_view kControls = R"(<div id="controls" role="search" hidden>
<label for="search">Search</label>
<input id="search" type="search" placeholder="name, suite, finding, issuer" autocomplete="off" spellcheck="false">
<output id="shown" for="search"></output>
<button id="open" type="button">Open all</button>
<button id="close" type="button">Close all</button>
<button id="theme" type="button" aria-pressed="false">Dark</button>
</div>
)";

// `first`: the direction of the first click where that is not ascending.
void write_head(std::string_view column, std::string_view title, std::string_view first, std::FILE* out) {
  print_to(out, "<th role=\"columnheader\" scope=\"col\" data-column=\"{}\"{}>{}</th>\n", column, first, title);
}

void begin(const ProbeReport& /*report*/, std::FILE* out) {
  print_to(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
  print_to(out,
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src {}; script-src {}; "
           "base-uri 'none'; form-action 'none'\">\n",
           hash_source(kPageStyle), hash_source(kPageScript));
  print_to(out,
           "<meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
  print_to(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  print_to(out, "<title>TLS of live endpoints</title>\n<style>{}</style>\n</head>\n<body>\n", kPageStyle);
  print_to(out, "<a class=\"skip\" href=\"#endpoints\">Skip to the endpoints</a>\n");
  print_to(out, "<header>\n<h1>TLS of live endpoints</h1>\n<p>tlsward {}, rules of {}</p>\n</header>\n", tool_version(),
           rules_edition());
  print_to(out, "{}<main id=\"endpoints\" tabindex=\"-1\">\n<h2 class=\"away\">Endpoints</h2>\n", kControls);
  print_to(out, "<table class=\"endpoints\" role=\"table\" aria-label=\"Endpoints\">\n");
  print_to(out, "<thead role=\"rowgroup\"><tr role=\"row\">\n");
  write_head("endpoint", "Endpoint", "", out);
  write_head("address", "Address", "", out);
  write_head("versions", "Versions", "", out);
  write_head("certificate", "Certificate", "", out);
  write_head("findings", "Findings", R"( data-first="-")", out);
  write_head("scan", "Scan", "", out);
  print_to(out, "</tr></thead>\n");
}

void host(const ProbeReport& report, const probe::HostResult& result, std::FILE* out) {
  print_to(out, "<tbody role=\"rowgroup\"><tr role=\"row\">\n");
  write_html_cells(result, out);
  print_to(out,
           "<td role=\"cell\" class=\"more\" colspan=\"6\"><details><summary><span class=\"away\">Details of {}</span>"
           "</summary>\n",
           xml_text(probe::endpoint_text(result)));
  write_html_details(report, result, out);
  print_to(out, "</details></td></tr></tbody>\n");
}

void write_count(std::size_t number, std::string_view words, std::string_view mood, std::FILE* out) {
  if (number == 0) mood = {};
  print_to(out, "<li class=\"count{}{}\"><b>{}</b> {}</li>\n", mood.empty() ? "" : " ", mood, number, words);
}

void write_run(const ProbeTally& tally, std::FILE* out) {
  if (tally.endpoints == 0) {
    print_to(out, "<p class=\"facts\">No endpoint was probed.</p>\n");
    return;
  }
  print_to(out, "<p class=\"facts\">Probed from {} to {} with {}</p>\n", rfc3339(tally.first_start),
           rfc3339(tally.last_end), counted(tally.connections, "connection"));
}

void write_summary(const ProbeTally& tally, std::FILE* out) {
  print_to(out, "<section id=\"summary\" aria-label=\"Summary\">\n<ul>\n");
  write_count(tally.endpoints, tally.endpoints == 1 ? "endpoint" : "endpoints", "", out);
  write_count(tally.error, tally.error == 1 ? "error" : "errors", "bad", out);
  write_count(tally.warning, tally.warning == 1 ? "warning" : "warnings", "doubt", out);
  write_count(tally.info, "info", "info", out);
  write_count(tally.not_complete, "not complete", "doubt", out);
  write_count(tally.not_scanned, "not scanned", "bad", out);
  print_to(out, "</ul>\n");
  write_run(tally, out);
  print_to(out, "</section>\n");
}

void write_bad_targets(const ProbeTally& tally, std::FILE* out) {
  std::string items;
  for (const ProbeFailure& failure : tally.failures)
    if (failure.kind == kBadTarget)
      items += fmt::format("<li><code>{}</code>: {}</li>\n", xml_text(failure.target), xml_text(failure.message));
  if (items.empty()) return;
  print_to(out,
           "<section id=\"failures\" aria-labelledby=\"failures-title\">\n<h2 id=\"failures-title\">Targets that could "
           "not be read</h2>\n<ul>\n{}</ul>\n</section>\n",
           items);
}

void end(const ProbeReport& report, std::FILE* out) {
  print_to(out, "</table>\n</main>\n");
  write_summary(report.tally, out);
  write_bad_targets(report.tally, out);
  write_html_rules(report, out);
  print_to(out, "<footer>Made by tlsward {}. This page loads nothing from the network.</footer>\n", tool_version());
  print_to(out, "<script>{}</script>\n</body>\n</html>\n", kPageScript);
}

}  // namespace

const ProbeFormat kProbeHtml{"html", true, false, begin, host, end};

}  // namespace tlsward::report
