// A line of an example goes through two steps: the marker at its end is noted and cut off, then `{{pem:NAME}}` is
// replaced by the certificate of that name. A certificate may take many lines, so markers count the lines that result.
#include "tests/example.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <fstream>
#include <map>
#include <optional>
#include <sstream>
#include <utility>

#include "tests/certificates.h"

namespace tlsward::tests {
namespace {

namespace fs = std::filesystem;

using Certificates = std::map<std::string, std::string, std::less<>>;

constexpr std::string_view kPem = "{{pem:";

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> result;
  for (std::string word; in >> word;) result.push_back(word);
  return result;
}

bool is_json(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first != std::string_view::npos && text[first] == '{';
}

bool is_input(std::string_view name) {
  for (std::string_view ending : {".json", ".yaml", ".yml", ".conf"}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

/// A JSON string body: the only character of PEM text that needs escaping is the line ending.
std::string escaped(const std::string& pem) {
  std::string result;
  for (char c : pem) {
    if (c == '\n') {
      result += "\\n";
    } else {
      result += c;
    }
  }
  return result;
}

/// Lines of a block scalar, each indented like the first.
std::string indented(std::string pem, const std::string& indent) {
  while (!pem.empty() && pem.back() == '\n') pem.pop_back();
  std::string result;
  for (char c : pem) {
    result += c;
    if (c == '\n') result += indent;
  }
  return result;
}

Result<std::string> expand(std::string line, bool json, const Certificates& certificates) {
  for (std::size_t at = line.find(kPem); at != std::string::npos; at = line.find(kPem, at)) {
    const std::size_t end = line.find("}}", at);
    if (end == std::string::npos) return Error{"'" + line + "' has no '}}' behind {{pem:"};
    const std::string name = line.substr(at + kPem.size(), end - at - kPem.size());
    const auto found = certificates.find(name);
    if (found == certificates.end()) return Error{"{{pem:" + name + "}} has no recipe"};
    const std::string text = json ? escaped(found->second) : indented(found->second, std::string(at, ' '));
    line.replace(at, end + 2 - at, text);
    at += text.size();
  }
  return line;
}

/// Notes the rules that a line names behind its marker and cuts the marker off.
void take_markers(std::string& line, const std::string& path, std::size_t number, std::vector<Marker>& markers) {
  std::size_t at = line.find("//~ ");
  if (at == std::string::npos) at = line.find("#~ ");
  if (at == std::string::npos) return;
  for (const std::string& word : words(line.substr(at))) {
    if (word.find('~') == std::string::npos) markers.push_back({path, number, word});
  }
  line.erase(at);
  line.erase(line.find_last_not_of(" \t") + 1);
}

Result<std::string> prepare_text(std::string_view text, const std::string& path, const Certificates& certificates,
                                 std::vector<Marker>& markers) {
  const bool json = is_json(text);
  std::istringstream in{std::string(text)};
  std::string result;
  for (std::string line; std::getline(in, line);) {
    const auto number = static_cast<std::size_t>(std::count(result.begin(), result.end(), '\n')) + 1;
    take_markers(line, path, number, markers);
    const Result<std::string> expanded = expand(line, json, certificates);
    if (!expanded) return expanded.error();
    result += *expanded;
    if (!in.eof()) result += '\n';
  }
  return result;
}

std::optional<Error> parse_option(const std::string& option, const std::string& value, lint::Options& options) {
  using gateways::Edition;
  using gateways::FlexMode;
  if (option == "--edition" && (value == "ce" || value == "ee")) {
    options.read.edition = value == "ce" ? Edition::Community : Edition::Enterprise;
  } else if (option == "--flex-mode" && (value == "local" || value == "connected")) {
    options.read.flex_mode = value == "local" ? FlexMode::Local : FlexMode::Connected;
  } else if (option == "--certs-dir") {
    options.read.certs_dir = value;
  } else if (option == "--root") {
    options.read.root = value;
  } else if (option == "--define" && value.find('=') != std::string::npos) {
    options.defines[value.substr(0, value.find('='))] = value.substr(value.find('=') + 1);
  } else if (option == "--at" && lint::parse_time(value)) {
    options.at = *lint::parse_time(value);
  } else {
    return Error{fmt::format("option '{} {}' is not known here", option, value)};
  }
  return std::nullopt;
}

std::optional<Error> parse_options(std::string_view text, lint::Options& options) {
  const std::vector<std::string> all = words(std::string(text));
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i] == "--dashboard") {
      options.read.dashboard = true;
    } else if (all[i] == "--no-files") {
      options.read.follow_files = false;
    } else if (i + 1 == all.size()) {
      return Error{fmt::format("option '{}' is not known here", all[i])};
    } else {
      if (auto error = parse_option(all[i], all[i + 1], options)) return error;
      ++i;
    }
  }
  return std::nullopt;
}

/// `--define KEY=@key.pem` means the text of a recipe.
std::optional<Error> resolve_defines(const Certificates& certificates, lint::Options& options) {
  for (auto& [name, value] : options.defines) {
    if (!value.starts_with('@')) continue;
    const auto found = certificates.find(value.substr(1));
    if (found == certificates.end()) return Error{fmt::format("--define {}={} has no recipe", name, value)};
    value = found->second;
  }
  return std::nullopt;
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
  // Keys of examples are as private as cert/readable-private-key wants them.
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
}

class WorkingDirectory {
 public:
  explicit WorkingDirectory(const fs::path& path) : before_(fs::current_path()) { fs::current_path(path); }
  WorkingDirectory(const WorkingDirectory&) = delete;
  WorkingDirectory& operator=(const WorkingDirectory&) = delete;
  ~WorkingDirectory() { fs::current_path(before_); }

 private:
  fs::path before_;
};

}  // namespace

tls::Time reference_date() {
  using namespace std::chrono;
  return tls::Time{sys_days{2026y / November / 22}};
}

Result<std::unique_ptr<PreparedExample>> PreparedExample::make(const lint::Example& example) {
  std::unique_ptr<PreparedExample> result(new PreparedExample);
  CertificateFactory factory(reference_date());
  Certificates certificates;
  for (const lint::Recipe& recipe : example.recipes) {
    Result<std::string> made = factory.make(recipe.name, recipe.spec);
    if (!made) return Error{fmt::format("recipe '{}': {}", recipe.name, made.error().message)};
    certificates.emplace(recipe.name, *made);
    write(result->directory_.path() / recipe.name, *made);
  }
  lint::Options& options = result->options_;
  options.at = reference_date();
  if (auto error = parse_options(example.options, options)) return *error;
  if (auto error = resolve_defines(certificates, options)) return *error;
  if (!example.gateway.empty()) {
    std::string error;
    const auto choice = gateways::parse_gateway_choice(example.gateway, error);
    if (!choice) return Error{error};
    options.gateways.push_back(*choice);
  }
  std::vector<lint::ExampleFile> files = {{example.name, example.text}};
  if (example.name.empty()) files[0].name = is_json(example.text) ? "gateway.json" : "gateway.yaml";
  files.insert(files.end(), example.more.begin(), example.more.end());
  for (const lint::ExampleFile& file : files) {
    const std::string path(file.name);
    const Result<std::string> text = prepare_text(file.text, path, certificates, result->markers_);
    if (!text) return Error{fmt::format("{}: {}", path, text.error().message)};
    write(result->directory_.path() / path, *text);
    if (!is_input(path) && file.name != files[0].name) continue;
    lint::InputFile& input = result->files_.emplace_back();
    input.path = path;
    input.text = *text;
  }
  std::sort(result->markers_.begin(), result->markers_.end());
  return result;
}

std::unique_ptr<lint::Run> PreparedExample::run(std::span<const lint::Rule* const> rules) const {
  const WorkingDirectory inside(directory_.path());
  return lint::run(files_, rules, options_);
}

std::string* PreparedExample::text(std::string_view path) {
  const auto found =
      std::find_if(files_.begin(), files_.end(), [&](const lint::InputFile& file) { return file.path == path; });
  return found == files_.end() ? nullptr : &found->text;
}

std::vector<Marker> places(const lint::Run& run, std::string_view rule) {
  std::vector<Marker> result;
  for (const Finding& finding : run.findings) {
    if (finding.rule != rule) continue;
    const Span where = span_of(finding);
    result.push_back(
        {run.sources.path(where.file), run.sources.position(where.file, where.begin).line, std::string(rule)});
  }
  std::sort(result.begin(), result.end());
  return result;
}

}  // namespace tlsward::tests
