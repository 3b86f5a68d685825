#include "serve/document_material.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <utility>

namespace tlsward::serve {
namespace {

constexpr std::size_t kMaxFile = std::size_t{4} << 20;

const Node* find_node(const Node& node, Span where) {
  if (node.is_scalar()) return node.where == where ? &node : nullptr;
  for (const Node& item : node.items) {
    if (const Node* found = find_node(item, where)) return found;
  }
  for (const Member& member : node.members) {
    if (const Node* found = find_node(member.value, where)) return found;
  }
  return nullptr;
}

Result<std::string> read_file(const std::string& path, const std::string& field) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0)
    return Error{fmt::format("{}: cannot open '{}': {}", field, path, std::strerror(errno))};
  if (!S_ISREG(status.st_mode)) return Error{fmt::format("{}: '{}' is no regular file", field, path)};
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{fmt::format("{}: cannot open '{}': {}", field, path, std::strerror(errno))};
  std::string text(kMaxFile + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad()) return Error{fmt::format("{}: cannot read '{}'", field, path)};
  if (text.size() > kMaxFile) return Error{fmt::format("{}: '{}' has more than 4 MiB", field, path)};
  return text;
}

class DocumentMaterial final : public MaterialSource {
 public:
  explicit DocumentMaterial(std::vector<gateways::Claimed> documents) : documents_(std::move(documents)) {}

  Result<std::string> text(const tls::Material& material, tls::Role) const override {
    if (!material.file.empty()) return read_file(material.file, material.field);
    if (material.store_id)
      return Error{
          fmt::format("{}: the certificate with the id '{}' is not at hand; name its directory with --certs-dir",
                      material.field, material.written)};
    if (material.inline_text) return inline_text(material);
    if (material.state == tls::MaterialState::Unresolved)
      return Error{fmt::format("{}: '{}' is a reference or placeholder; give its value with --define", material.field,
                               material.written)};
    return read_file(material.written, material.field);
  }

 private:
  Result<std::string> inline_text(const tls::Material& material) const {
    for (const gateways::Claimed& claimed : documents_) {
      const Node* node = find_node(claimed.document->root, material.where);
      if (node == nullptr) continue;
      if (node->unresolved)
        return Error{fmt::format("{}: it is a reference; give its value with --define", material.field)};
      return std::string(node->scalar);
    }
    return Error{fmt::format("{}: its text is not at hand", material.field)};
  }

  std::vector<gateways::Claimed> documents_;
};

}  // namespace

std::unique_ptr<MaterialSource> document_material(std::vector<gateways::Claimed> documents) {
  return std::make_unique<DocumentMaterial>(std::move(documents));
}

}  // namespace tlsward::serve
