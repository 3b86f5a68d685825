// The server's extensions, read. A list may be empty, an entry of a list may not: so the standards have it for names
// and keys, and so a list cannot have more entries than its bytes pay for.
#include "tls/wire/code_list.h"
#include "tls/wire/extension.h"

namespace tlsward::tls::wire {
namespace {

/// Names with their length in one byte, to the end.
std::optional<std::vector<std::string>> read_names(View list) {
  std::vector<std::string> names;
  for (Reader in(list); !in.empty();) {
    const View name = in.vector8();
    if (name.empty()) return std::nullopt;
    names.emplace_back(name.begin(), name.end());
  }
  return names;
}

}  // namespace

std::optional<View> find(const std::vector<Extension>& extensions, std::uint16_t type) {
  for (const Extension& extension : extensions) {
    if (extension.type == type) return View(extension.body);
  }
  return std::nullopt;
}

std::optional<std::vector<Extension>> parse_extensions(View block) {
  Reader in(block);
  Reader list(in.vector16());
  if (!in.finished()) return std::nullopt;
  std::vector<Extension> extensions;
  while (!list.empty()) {
    const std::uint16_t type = list.u16();
    const View body = list.vector16();
    if (!list.ok()) return std::nullopt;
    extensions.push_back({type, Bytes(body.begin(), body.end())});
  }
  return extensions;
}

std::optional<Version> selected_version(View body) {
  Reader in(body);
  const Version version{in.u16()};
  if (!in.finished()) return std::nullopt;
  return version;
}

std::optional<Group> selected_group(View body) {
  Reader in(body);
  const Group group{in.u16()};
  if (in.finished()) return group;  // HelloRetryRequest
  const View key = in.vector16();
  if (!in.finished() || key.empty()) return std::nullopt;
  return group;
}

std::optional<std::string> selected_alpn(View body) {
  Reader in(body);
  const auto names = read_names(in.vector16());
  if (!in.finished() || !names || names->size() != 1) return std::nullopt;
  return names->front();
}

std::optional<std::vector<std::string>> offered_npn(View body) {
  return read_names(body);
}

std::optional<std::vector<SignatureScheme>> offered_schemes(View body) {
  Reader in(body);
  const View list = in.vector16();
  if (!in.finished()) return std::nullopt;
  return read_codes<SignatureScheme>(list);
}

}  // namespace tlsward::tls::wire
