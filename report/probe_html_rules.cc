// The last chapter of the HTML page: each rule that found something is explained once, and findings link to it.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/print.h"
#include "report/format.h"
#include "report/probe_html_parts.h"
#include "report/xml_text.h"

namespace tlsward::report {
namespace {

void write_rule(const lint::Rule& rule, std::FILE* out) {
  print_to(out, "<article id=\"{}\"><h3><code>{}</code></h3>\n<p><b>{}</b></p>\n", html_anchor(rule.id),
           xml_text(rule.id), xml_text(rule.summary));
  print_to(out, "<p>{}</p>\n", xml_text(rule.why));
  if (rule.fix != "none") print_to(out, "<p>What to do: {}</p>\n", xml_text(rule.fix));
  if (!rule.cites.empty()) print_to(out, "<p>See {}</p>\n", html_cites(rule));
  print_to(out, "</article>\n");
}

}  // namespace

void write_html_rules(const ProbeReport& report, std::FILE* out) {
  std::vector<std::string_view> ids = report.tally.rules;
  std::sort(ids.begin(), ids.end());
  if (ids.empty()) return;
  print_to(
      out,
      "<section id=\"rules\" aria-labelledby=\"rules-title\"><h2 id=\"rules-title\">Rules behind the findings</h2>\n");
  for (const std::string_view id : ids) {
    if (const lint::Rule* rule = find_rule(report.rules, id))
      write_rule(*rule, out);
    else
      print_to(out, "<article id=\"{}\"><h3><code>{}</code></h3></article>\n", html_anchor(id), xml_text(id));
  }
  print_to(out, "</section>\n");
}

std::string_view html_class(Mood mood) {
  constexpr std::array<std::string_view, 4> kClasses = {"", "good", "bad", "doubt"};
  return kClasses[static_cast<std::size_t>(mood)];
}

std::string_view html_class(Severity severity) {
  constexpr std::array<std::string_view, 3> kClasses = {"info", "doubt", "bad"};
  return kClasses[static_cast<std::size_t>(severity)];
}

std::string html_anchor(std::string_view rule) {
  std::string anchor = "rule-";
  for (const char c : rule) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    anchor += plain ? c : '-';
  }
  return anchor;
}

std::string html_cites(const lint::Rule& rule) {
  std::string links;
  for (const lint::Cite& cite : rule.cites)
    links += fmt::format(R"({}<a href="{}" rel="noreferrer">{}{}</a>)", links.empty() ? "" : ", ", xml_text(cite.url),
                         xml_text(cite.title), cite.section.empty() ? std::string() : ", " + xml_text(cite.section));
  return links;
}

}  // namespace tlsward::report
