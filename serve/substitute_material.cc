#include "serve/substitute_material.h"

#include <utility>

#include "serve/certificates/private_directory.h"

namespace tlsward::serve {
namespace {

constexpr std::size_t kMaxFile = 256 * 1024;

class SubstituteMaterial final : public MaterialSource {
 public:
  SubstituteMaterial(std::unique_ptr<MaterialSource> original, Substitutes substitutes)
      : original_(std::move(original)), substitutes_(std::move(substitutes)) {}
  ~SubstituteMaterial() override {
    if (substitutes_.server) pki::wipe(substitutes_.server->key);
  }
  SubstituteMaterial(const SubstituteMaterial&) = delete;
  SubstituteMaterial& operator=(const SubstituteMaterial&) = delete;

  Result<std::string> text(const tls::Material& material, tls::Role role) const override {
    const bool own = material.use == tls::MaterialUse::Certificate;
    if (own && role == tls::Role::Listener && substitutes_.server)
      return part_of(material, substitutes_.server->certificate, substitutes_.server->key);
    if (!substitutes_.all || material.use == tls::MaterialUse::Pin) return original_->text(material, role);
    const ThrowAwayFiles& files = *substitutes_.all;
    if (material.use == tls::MaterialUse::TrustAnchor) return read_whole_file(files.authority, kMaxFile);
    if (!own) return read_whole_file(files.client_certificate, kMaxFile);
    const bool server = role == tls::Role::Listener;
    auto issued = server ? read_issued(files.server_certificate, files.server_key)
                         : read_issued(files.client_certificate, files.client_key);
    if (!issued) return issued.error();
    std::string text = part_of(material, issued->certificate, issued->key);
    pki::wipe(issued->key);
    return text;
  }

 private:
  static std::string part_of(const tls::Material& material, const std::string& certificate, const std::string& key) {
    if (material.part == tls::MaterialPart::Certificate) return certificate;
    return material.part == tls::MaterialPart::Key ? key : certificate + key;
  }

  std::unique_ptr<MaterialSource> original_;
  Substitutes substitutes_;
};

}  // namespace

std::unique_ptr<MaterialSource> substitute_material(std::unique_ptr<MaterialSource> original, Substitutes substitutes) {
  return std::make_unique<SubstituteMaterial>(std::move(original), std::move(substitutes));
}

}  // namespace tlsward::serve
