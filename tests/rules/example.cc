#include "tests/rules/example.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <stdexcept>

#include "lint/edit.h"
#include "pki/pem.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/certificates.h"

namespace tlsward::tests {
namespace {

// Examples without a date of their own are judged as on this day; recipes are valid around it.
constexpr std::string_view kToday = "2026-11-22";

std::string main_name(const lint::Example& example) {
  if (!example.name.empty()) return std::string(example.name);
  return example.text.starts_with('{') ? "gateway.json" : "gateway.yaml";
}

bool is_json(std::string_view name) {
  return name.ends_with(".json") || name.ends_with(".conf");
}

std::vector<std::string> words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> result;
  for (std::string word; stream >> word;) result.push_back(word);
  return result;
}

std::vector<std::string> lines(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> result;
  for (std::string line; std::getline(stream, line);) result.push_back(line);
  return result;
}

/// The text as the body of a JSON string.
std::string json_body(std::string_view text) {
  std::string result;
  for (const char character : text) {
    if (character == '\n') {
      result += "\\n";
    } else {
      if (character == '"' || character == '\\') result += '\\';
      result += character;
    }
  }
  return result;
}

/// The text as lines of a block scalar whose first line has its indentation already.
std::string yaml_lines(std::string_view text, std::size_t indentation) {
  std::string result;
  for (const std::string& line : lines(text)) {
    if (!result.empty()) result += "\n" + std::string(indentation, ' ');
    result += line;
  }
  return result;
}

/// The directory that a relative `--root` or `--certs-dir` is meant in.
std::string below(const std::string& directory, const std::string& name) {
  return name.starts_with('/') ? name : directory + "/" + name;
}

}  // namespace

PreparedExample::PreparedExample(const lint::Example& example) : directory_(std::make_unique<TemporaryDirectory>()) {
  Plan plan{std::string(example.gateway), std::string(example.options), {}};
  for (const lint::Recipe& recipe : example.recipes) {
    plan.recipes.emplace_back(recipe.name, recipe.spec);
  }
  prepare(plan);
  add_file(main_name(example), example.text);
  for (const lint::ExampleFile& file : example.more) add_file(std::string(file.name), file.text);
}

PreparedExample::PreparedExample(std::string name, std::string_view text)
    : directory_(std::make_unique<TemporaryDirectory>()) {
  Plan plan;
  for (const std::string& line : lines(text)) {
    if (!line.starts_with("//: ") && !line.starts_with("#: ")) continue;
    const std::string said = line.substr(line.find(' ') + 1);
    const std::size_t blank = std::min(said.find(' '), said.size());
    const std::string key = said.substr(0, blank);
    const std::string value = said.substr(std::min(blank + 1, said.size()));
    if (key == "gateway") plan.gateway = value;
    if (key == "options") plan.options = value;
    if (key == "recipe") plan.recipes.emplace_back(value.substr(0, value.find(' ')), value.substr(value.find(' ') + 1));
  }
  prepare(plan);
  add_file(std::move(name), text);
}

void PreparedExample::prepare(const Plan& plan) {
  CertificateFactory factory(lint::parse_time(kToday).value());
  for (const auto& [name, spec] : plan.recipes) {
    const Result<std::string> made = factory.make(name, spec);
    if (!made) throw std::runtime_error(made.error().message);
    directory_->write(name, *made);
    made_[name] = *made;
  }
  if (!made_.empty()) options_.read.root = directory_->path();
  options_.at = lint::parse_time(kToday).value();
  read_options(plan.options);
  if (plan.gateway.empty()) return;
  std::string error;
  const auto choice = gateways::parse_gateway_choice(plan.gateway, error);
  if (!choice) throw std::runtime_error(error);
  options_.gateways.push_back(*choice);
}

std::shared_ptr<const lint::Policy> PreparedExample::built_in_policy(const std::string& name) {
  for (const lint::BuiltInPolicy& policy : lint::built_in_policies()) {
    if (policy.name != name) continue;
    SourceMap sources;
    std::vector<lint::SettingsError> errors;
    auto read = lint::read_policy(sources, sources.add(name, std::string(policy.text)), errors);
    if (!read) throw std::runtime_error(fmt::format("{}: {}", name, errors.front().message));
    return std::make_shared<const lint::Policy>(std::move(*read));
  }
  throw std::runtime_error(fmt::format("no policy {}", name));
}

/// The options that examples use, spelled as on the command line.
void PreparedExample::read_options(const std::string& text) {
  const std::vector<std::string> given = words(text);
  for (std::size_t index = 0; index < given.size(); ++index) {
    const std::string& option = given[index];
    if (option == "--dashboard") {
      options_.read.dashboard = true;
      continue;
    }
    if (option == "--no-files") {
      options_.read.follow_files = false;
      continue;
    }
    if (option == "--require-reason") {
      options_.require_reason = true;
      continue;
    }
    if (++index == given.size()) throw std::runtime_error(fmt::format("{} needs a value", option));
    const std::string& value = given[index];
    if (option == "--at") {
      options_.at = lint::parse_time(value).value();
    } else if (option == "--policy") {
      options_.policy = built_in_policy(value);
    } else if (option == "--edition") {
      options_.read.edition = value == "ee" ? gateways::Edition::Enterprise : gateways::Edition::Community;
    } else if (option == "--flex-mode") {
      options_.read.flex_mode = value == "local" ? gateways::FlexMode::Local : gateways::FlexMode::Connected;
    } else if (option == "--certs-dir") {
      options_.read.certs_dir = below(directory_->path(), value);
    } else if (option == "--root") {
      options_.read.root = below(directory_->path(), value);
    } else if (option == "--define") {
      const std::size_t equals = value.find('=');
      std::string meant = value.substr(equals + 1);
      if (meant.starts_with('@')) meant = made_.at(meant.substr(1));
      options_.defines[value.substr(0, equals)] = meant;
    } else {
      throw std::runtime_error(fmt::format("examples know no option {}", option));
    }
  }
}

void PreparedExample::add_file(std::string name, std::string_view text) {
  std::string clean;
  std::size_t number = 1;  // of the clean line
  for (std::string line : lines(text)) {
    if (line.starts_with("//: ") || line.starts_with("#: ")) continue;
    std::size_t at = std::min(line.find("//~ "), line.find("#~ "));
    if (at != std::string::npos) {
      for (const std::string& rule : words(line.substr(line.find(' ', at)))) markers_.push_back({name, number, rule});
      while (at > 0 && line[at - 1] == ' ') --at;
      line.resize(at);
    }
    for (const auto& [recipe, pem] : made_) {
      const std::string id_mark = fmt::format("{{{{id:{}}}}}", recipe);
      if (const std::size_t found = line.find(id_mark); found != std::string::npos)
        line.replace(found, id_mark.size(), pki::read_bundle(pem).certificates.front().sha256);
      const std::string mark = fmt::format("{{{{pem:{}}}}}", recipe);
      const std::size_t found = line.find(mark);
      if (found == std::string::npos) continue;
      line.replace(found, mark.size(), is_json(name) ? json_body(pem) : yaml_lines(pem, found));
    }
    clean += line + "\n";
    number += 1 + static_cast<std::size_t>(std::count(line.begin(), line.end(), '\n'));
  }
  lint::InputFile file;
  file.path = std::move(name);
  file.text = std::move(clean);
  files_.push_back(std::move(file));
}

std::vector<Marker> PreparedExample::markers(std::string_view rule) const {
  std::vector<Marker> result;
  for (const Marker& marker : markers_) {
    if (marker.rule == rule) result.push_back(marker);
  }
  std::sort(result.begin(), result.end());
  return result;
}

std::unique_ptr<lint::Run> PreparedExample::run(std::vector<lint::InputFile> files) const {
  return lint::run(std::move(files), rules::all(), options_);
}

std::vector<lint::InputFile> PreparedExample::fixed(std::vector<lint::InputFile> files, const lint::Run& run,
                                                    const std::vector<const Finding*>& findings, bool only_safe) {
  std::map<std::string, std::vector<Edit>> edits;
  for (const Finding* finding : findings) {
    if (!finding->fix || (only_safe && !finding->fix->safe)) continue;
    auto trial = edits;
    for (const Edit& edit : finding->fix->edits) trial[run.sources.path(edit.where.file)].push_back(edit);
    const bool fits = std::all_of(files.begin(), files.end(), [&](const lint::InputFile& file) {
      return lint::apply_edits(file.text, trial[file.path]).has_value();
    });
    if (fits) edits = std::move(trial);
  }
  for (lint::InputFile& file : files) file.text = *lint::apply_edits(file.text, edits[file.path]);
  return files;
}

std::vector<Marker> places(const lint::Run& run, std::string_view rule) {
  std::vector<Marker> result;
  for (const Finding* finding : findings_of(run, rule)) {
    const Span where = span_of(*finding);
    result.push_back(
        {run.sources.path(where.file), run.sources.position(where.file, where.begin).line, std::string(rule)});
  }
  std::sort(result.begin(), result.end());
  result.erase(std::unique(result.begin(), result.end()), result.end());
  return result;
}

std::vector<const Finding*> findings_of(const lint::Run& run, std::string_view rule) {
  std::vector<const Finding*> result;
  for (const Finding& finding : run.findings) {
    if (finding.rule == rule) result.push_back(&finding);
  }
  return result;
}

std::string text(const std::vector<Marker>& markers) {
  std::string result;
  for (const Marker& marker : markers) result += fmt::format("{}:{} {}\n", marker.file, marker.line, marker.rule);
  return result;
}

}  // namespace tlsward::tests
