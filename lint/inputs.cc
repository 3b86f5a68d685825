// What happens to a file before any rule sees it. The format is chosen, the reader makes documents, the gateways are
// asked whose each document is, and references (`$NAME`, `{{ env "NAME" }}`, `vault://…`) are marked as unresolved so
// that nobody takes their text for the value.
#include "lint/inputs.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "core/json.h"
#include "core/yaml.h"
#include "lint/project.h"
#include "lint/settings_reader.h"

namespace tlsward::lint {
namespace {

std::string extension(std::string_view path) {
  const std::size_t slash = path.find_last_of('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  const std::size_t dot = path.find_last_of('.');
  if (dot == std::string_view::npos) return {};
  std::string result(path.substr(dot));
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return result;
}

bool is_number(std::string_view text) {
  if (!text.empty() && text.front() == '-') text.remove_prefix(1);
  const bool starts = !text.empty() && text.front() >= '0' && text.front() <= '9';
  return starts && text.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
}

/// What a plain scalar is once its text is known. A Go template is expanded before the file is parsed, so a number
/// becomes a number; any other reference is replaced inside a string that was already parsed.
NodeKind kind_of(std::string_view value, bool was_template) {
  if (value == "true" || value == "false") return NodeKind::Bool;
  if (was_template && (value.empty() || value == "null")) return NodeKind::Null;
  if (was_template && is_number(value)) return NodeKind::Number;
  return NodeKind::Text;
}

/// The scalar with each reference replaced by its definition; nullopt where one of them has none.
std::optional<std::string> substitute(std::string_view scalar, const std::vector<gateways::Reference>& references,
                                      const Options& options) {
  std::string result;
  std::size_t done = 0;
  for (const gateways::Reference& reference : references) {
    const auto definition = options.defines.find(reference.name);
    if (definition == options.defines.end()) return std::nullopt;
    if (reference.begin < done || reference.end > scalar.size()) return std::nullopt;
    result.append(scalar.substr(done, reference.begin - done));
    result.append(definition->second);
    done = reference.end;
  }
  result.append(scalar.substr(done));
  return result;
}

void define(Document& document, Node& node, std::string value) {
  const bool was_template = node.scalar.find("{{") != std::string_view::npos;
  if (node.style == Style::Plain) {
    node.kind = kind_of(value, was_template);
    // `"min_version": {{ .min }}` with .min = "TLS12", quotes included.
    if (was_template && value.size() >= 2 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
  }
  node.scalar = keep(document, value);
  node.unresolved = false;
  node.defined = true;
}

// To look at every scalar of a large file takes as long as a third of reading it; most files show by their text that
// there is nothing to find. An escape (`\u0024`) may hide a sign.
bool may_hold_unresolved(std::string_view json, const gateways::Gateway& gateway) {
  const auto holds = [&](std::string_view part) { return json.find(part) != std::string_view::npos; };
  if (gateway.reference_marks.empty() || holds("\\u") || gateways::may_hold_placeholder(json)) return true;
  return std::any_of(gateway.reference_marks.begin(), gateway.reference_marks.end(), holds);
}

}  // namespace

std::optional<std::string> unread_format(std::string_view path) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kUnread = {{
      {".toml", "TOML"},
      {".hcl", "HCL"},
      {".properties", "the properties format"},
      {".props", "the properties format"},
      {".prop", "the properties format"},
  }};
  const std::string ending = extension(path);
  for (const auto& [unread, name] : kUnread) {
    if (ending == unread) return fmt::format("{} is not read; tlsward reads JSON and YAML", name);
  }
  return std::nullopt;
}

Format format_of(std::string_view path, std::string_view text) {
  const std::string ending = extension(path);
  if (ending == ".json") return Format::Json;
  if (ending == ".yaml" || ending == ".yml") return Format::Yaml;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, kByteOrderMark.size()) == kByteOrderMark) text.remove_prefix(kByteOrderMark.size());
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return Format::Yaml;
  return text[first] == '{' || text[first] == '[' ? Format::Json : Format::Yaml;
}

ReadFile read_input(const SourceMap& sources, FileId file, const Limits& limits) {
  const Format format = format_of(sources.path(file), sources.text(file));
  return format == Format::Json ? read_json(sources, file, limits) : read_yaml(sources, file, limits);
}

const gateways::Gateway* forced_gateway(const Options& options) {
  return options.gateways.size() == 1 ? options.gateways.front().gateway : nullptr;
}

std::optional<gateways::Claimed> detect(const Document& document, bool named) {
  std::optional<gateways::Claimed> best;
  int strength = named ? 0 : gateways::kWeakSign;
  for (const gateways::Gateway* gateway : gateways::all_gateways()) {
    const std::optional<gateways::Detection> detection = gateway->detect(document);
    if (!detection || detection->strength <= strength) continue;
    strength = detection->strength;
    best = gateways::Claimed{&document, gateway, {}, detection->because};
  }
  return best;
}

std::string_view foreign_kind(const Document& document, const gateways::Gateway& gateway) {
  const Node* version = document.root.find("apiVersion");
  const Node* kind = document.root.find("kind");
  if (version == nullptr || kind == nullptr || !version->is_text() || !kind->is_text()) return {};
  const bool has_such = std::any_of(gateway.objects.begin(), gateway.objects.end(),
                                    [](const auto& type) { return gateways::find_key(type, "apiVersion") != nullptr; });
  return has_such ? std::string_view() : kind->scalar;
}

const gateways::GatewayChoice* glob_choice(const std::string& path, const Options& options) {
  if (options.gateway_globs.empty()) return nullptr;
  const std::string relative = below_root(path, options.project);
  const auto found = std::find_if(options.gateway_globs.rbegin(), options.gateway_globs.rend(),
                                  [&](const GatewayGlob& glob) { return matches_path(glob.glob, relative); });
  return found == options.gateway_globs.rend() ? nullptr : &found->choice;
}

gateways::GatewayVersion version_for(const gateways::Gateway& gateway, const Document& document, const Options& options,
                                     const gateways::GatewayChoice* by_glob) {
  for (const gateways::GatewayChoice& choice : options.gateways) {
    if (choice.gateway != &gateway || !choice.version) continue;
    return {*choice.version, false, fmt::format("--gateway {}@{}", gateway.id, gateways::name(*choice.version))};
  }
  if (by_glob && by_glob->gateway == &gateway && by_glob->version)
    return {*by_glob->version, false, std::string(kConfigurationName)};
  if (std::optional<gateways::GatewayVersion> version = gateway.version_of(document)) return *version;
  return {gateway.latest, true, "latest known"};
}

void resolve_references(Document& document, const SourceMap& sources, const gateways::Gateway& gateway,
                        const Options& options) {
  const std::string_view text = sources.text(document.file);
  document.may_hold_unresolved = document.format != Format::Json || may_hold_unresolved(text, gateway);
  if (!document.may_hold_unresolved) return;
  bool unresolved = false;
  edit_scalars(document, [&](Node& node) {
    unresolved = unresolved || node.unresolved;
    if (node.scalar.empty()) return;
    if (node.is_text() || node.unresolved) {
      const std::vector<gateways::Reference> references = gateway.references(node.scalar);
      if (!references.empty()) {
        node.unresolved = unresolved = true;
        if (options.defines.empty()) return;
        if (std::optional<std::string> value = substitute(node.scalar, references, options))
          define(document, node, std::move(*value));
        return;
      }
    }
    if (node.is_text() && gateways::is_placeholder(node.scalar)) node.unresolved = unresolved = true;
  });
  const bool placeholder_keys = text.find('<') != std::string_view::npos;
  document.may_hold_unresolved = unresolved || placeholder_keys;
}

}  // namespace tlsward::lint
