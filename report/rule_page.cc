#include "report/rule_page.h"

#include <fmt/format.h>

#include <array>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

#include "core/print.h"
#include "report/json_parts.h"
#include "report/tool.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kTextWidth = 96;

struct File {
  std::string name;
  std::string_view text;
};

std::string main_name(const lint::Example& example) {
  if (!example.name.empty()) return std::string(example.name);
  const std::size_t first = example.text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && example.text[first] == '{';
  return json ? "gateway.json" : "gateway.yaml";
}

std::vector<File> files(const lint::Example& example) {
  std::vector<File> list = {{main_name(example), example.text}};
  for (const lint::ExampleFile& file : example.more) list.push_back({std::string(file.name), file.text});
  return list;
}

// The markers of the tests become the arrows of the page.
std::string shown(std::string_view text) {
  std::string result;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);) {
    for (const std::string_view marker : {"//~", "#~"}) {
      const std::size_t at = line.find(marker);
      if (at == std::string::npos) continue;
      line = fmt::format("{}<-- {}", line.substr(0, at), line.substr(line.find_first_not_of(' ', at + marker.size())));
    }
    if (!result.empty() || !line.empty()) result += line + "\n";
  }
  return result;
}

std::string severities(const lint::Rule& rule) {
  std::string text(name(rule.severity));
  for (const Severity also : rule.also) text += fmt::format(", also {}", name(also));
  return text;
}

std::string gateway_line(const lint::Example& example) {
  std::string line = fmt::format("--gateway {}", example.gateway);
  if (!example.options.empty()) line += fmt::format(" {}", example.options);
  return line;
}

std::string wrapped(std::string_view text, std::string_view indent) {
  std::string result;
  std::size_t column = 0;
  std::istringstream words{std::string(text)};
  for (std::string word; words >> word;) {
    if (column == 0) {
      result += indent;
      column = indent.size();
    } else if (column + 1 + word.size() > kTextWidth) {
      result += fmt::format("\n{}", indent);
      column = indent.size();
    } else {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result;
}

std::string indented(std::string_view text, std::string_view indent) {
  std::string result;
  std::istringstream lines{std::string(text)};
  for (std::string line; std::getline(lines, line);)
    result += line.empty() ? "\n" : fmt::format("{}{}\n", indent, line);
  return result;
}

std::string bold(std::string_view text, bool color) {
  return color ? fmt::format("\x1b[1m{}\x1b[0m", text) : std::string(text);
}

void write_example_text(std::string_view title, const lint::Example& example, bool color, std::FILE* out) {
  print_to(out, "\n{} ({})\n", bold(title, color), gateway_line(example));
  for (const File& file : files(example)) print_to(out, "\n  {}:\n{}", file.name, indented(shown(file.text), "    "));
  for (const lint::Recipe& recipe : example.recipes) print_to(out, "\n  {}: {}\n", recipe.name, recipe.spec);
}

std::string_view fence(const File& file) {
  return file.name.ends_with(".yaml") ? "yaml" : "json";
}

void write_example_markdown(std::string_view title, const lint::Example& example, std::FILE* out) {
  print_to(out, "{} (`{}`):\n\n", title, gateway_line(example));
  for (const File& file : files(example)) {
    if (example.more.size() != 0) print_to(out, "`{}`\n\n", file.name);
    print_to(out, "```{}\n{}```\n\n", fence(file), shown(file.text));
  }
  for (const lint::Recipe& recipe : example.recipes) print_to(out, "- `{}`: {}\n", recipe.name, recipe.spec);
  if (!example.recipes.empty()) print_to(out, "\n");
}

}  // namespace

void write_rule_markdown(const lint::Rule& rule, std::FILE* out) {
  print_to(out, "# {}\n\n{} ({}, since {})\n\n{}\n\n", rule.id, rule.summary, severities(rule), rule.since, rule.why);
  print_to(out, "Fix: {}\n\n", rule.fix);
  for (const lint::Cite& cite : rule.cites) {
    const std::string section = cite.section.empty() ? std::string() : fmt::format(", {}", cite.section);
    print_to(out, "- [{}]({}){}\n", cite.title, cite.url, section);
  }
  print_to(out, "\n");
  write_example_markdown("Bad", rule.bad, out);
  write_example_markdown("Good", rule.good, out);
}

namespace {

Json example_json(const lint::Example& example) {
  Json list = Json::array();
  for (const File& file : files(example)) list.push_back({{"name", file.name}, {"text", shown(file.text)}});
  Json recipes = Json::object();
  for (const lint::Recipe& recipe : example.recipes) recipes[std::string(recipe.name)] = recipe.spec;
  return {{"gateway", example.gateway},
          {"options", example.options},
          {"files", std::move(list)},
          {"certificates", std::move(recipes)}};
}

Json rule_json(const lint::Rule& rule) {
  Json also = Json::array({name(rule.severity)});
  for (const Severity severity : rule.also) also.push_back(name(severity));
  Json cites = Json::array();
  for (const lint::Cite& cite : rule.cites)
    cites.push_back({{"title", cite.title}, {"section", cite.section}, {"url", cite.url}});
  return {{"id", rule.id},
          {"group", lint::group(rule.id)},
          {"summary", rule.summary},
          {"why", rule.why},
          {"severity", name(rule.severity)},
          {"severities", std::move(also)},
          {"fix", rule.fix},
          {"since", rule.since},
          {"cites", std::move(cites)},
          {"replaces", rule.replaces},
          {"bad", example_json(rule.bad)},
          {"good", example_json(rule.good)},
          {"docs", help_url(rule)}};
}

}  // namespace

void write_rule_text(const lint::Rule& rule, bool color, std::FILE* out) {
  print_to(out, "{}: {}\n", bold(rule.id, color), rule.summary);
  print_to(out, "severity: {}; since {}\n\n{}\n\n", severities(rule), rule.since, wrapped(rule.why, ""));
  print_to(out, "{}\n{}\n", bold("Fix", color), wrapped(rule.fix, "  "));
  print_to(out, "\n{}\n", bold("Sources", color));
  for (const lint::Cite& cite : rule.cites) {
    const std::string section = cite.section.empty() ? std::string() : fmt::format(", {}", cite.section);
    print_to(out, "  {}{}\n    {}\n", cite.title, section, cite.url);
  }
  write_example_text("Bad", rule.bad, color, out);
  write_example_text("Good", rule.good, color, out);
}

void write_rule_list(std::span<const lint::Rule* const> rules, bool color, std::FILE* out) {
  std::size_t widest = 0;
  for (const lint::Rule* rule : rules) widest = std::max(widest, rule->id.size());
  for (const lint::Rule* rule : rules)
    print_to(out, "{:8}{}{:{}}{}\n", name(rule->severity), bold(rule->id, color), "", widest + 2 - rule->id.size(),
             rule->summary);
}

void write_rules_markdown(std::span<const lint::Rule* const> rules, std::FILE* out) {
  print_to(out, "# Rules\n\nMade by `tlsward rules --markdown`. {} rules.\n\n", rules.size());
  print_to(out, "| Rule | Severity | What is wrong |\n|---|---|---|\n");
  for (const lint::Rule* rule : rules)
    print_to(out, "| [{}](rules/{}.md) | {} | {} |\n", rule->id, rule->id, severities(*rule), rule->summary);
}

void write_rules_json(std::span<const lint::Rule* const> rules, std::FILE* out) {
  Json list = Json::array();
  for (const lint::Rule* rule : rules) list.push_back(rule_json(*rule));
  write_json_document({{"schema", "tlsward-rules/1"}, {"rules", std::move(list)}}, out);
}

}  // namespace tlsward::report
