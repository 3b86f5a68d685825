// The circle for whole configurations: each one of testdata/ is served as it is written, with throw-away certificates
// in place of those that it names, and both our prober and sslscan see what its contexts declare.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "pki/pem.h"
#include "serve/substitute_material.h"
#include "tests/catch.h"
#include "tests/process.h"
#include "tests/serve/circle.h"
#include "tests/serve/configured.h"
#include "tests/serve/sslscan.h"
#include "tests/serve/tls_endpoint.h"

namespace tlsward {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> sorted_entries(const fs::path& folder) {
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const fs::path& path = entry.path();
    // sample-shape.yaml is a form to fill in, not YAML.
    if (path.extension() != ".out" && path.filename() != "sample-shape.yaml") entries.push_back(path);
  }
  std::sort(entries.begin(), entries.end());
  return entries;
}

/// "krakend@2.6" for testdata/configs/krakend/2.6-minimal.json.
std::string gateway_of(const fs::path& path) {
  const std::string gateway = path.parent_path().filename().string();
  const std::string name = path.filename().string();
  const std::string version = name.substr(0, name.find('-'));
  const bool is_version = version.find_first_not_of("0123456789.") == std::string::npos;
  return is_version ? gateway + "@" + version : gateway;
}

std::vector<std::pair<std::string, std::string>> files_of(const fs::path& path) {
  std::vector<std::pair<std::string, std::string>> files;
  for (const fs::path& file : fs::is_directory(path) ? sorted_entries(path) : std::vector<fs::path>{path})
    files.emplace_back(file.filename().string(), tests::read_file(file.string()));
  return files;
}

struct NoMaterial final : serve::MaterialSource {
  Result<std::string> text(const tls::Material& material, tls::Role) const override {
    return Error{"not substituted: " + material.field};
  }
};

class ThrowAway {
 public:
  ThrowAway() {
    const tls::Time now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto files = serve::make_throw_away_files(directory_.path() + "/made", {}, now);
    REQUIRE(files);
    source_ = serve::substitute_material(std::make_unique<NoMaterial>(), {*files, {}});
  }

  /// The context with the certificates that are served in place of its own.
  tls::TlsContext substituted(tls::TlsContext context) const {
    for (tls::Material& material : context.material) {
      const auto text = source_->text(material, context.role);
      if (text) material.bundle = pki::read_bundle(*text);
    }
    return context;
  }
  std::shared_ptr<const serve::Credentials> credentials(const tls::TlsContext& context) const {
    auto loaded = serve::load_credentials(context, *source_);
    INFO((loaded ? std::string() : loaded.error().message));
    REQUIRE(loaded);
    return std::make_shared<const serve::Credentials>(std::move(*loaded));
  }

 private:
  tests::TemporaryDirectory directory_;
  std::unique_ptr<serve::MaterialSource> source_;
};

/// True where it was served.
bool check_circle(const tls::TlsContext& written, const ThrowAway& throw_away) {
  if (written.role != tls::Role::Listener || !written.start_failure.empty()) return false;
  if (written.identities.empty()) return false;  // no certificate is named: nothing to shake hands with
  const tls::TlsContext context = throw_away.substituted(written);
  INFO("listener " << context.subject);
  std::vector<serve::AcceptorContext> served(1);
  served[0].context = context;
  served[0].credentials = throw_away.credentials(context);
  const tests::TlsEndpoint endpoint(std::move(served));
  const std::uint16_t port = endpoint.address().port;
  CHECK(tests::observed_text(tests::scan_all(port), context) == tests::declared_text(context, tls::KeyType::Ec));
  CHECK(tests::sslscan_text(port) == tests::declared_for_sslscan(context, tls::KeyType::Ec));
  return true;
}

}  // namespace

TEST_CASE("circle: every example configuration is observed as declared, by us and by sslscan") {
  const ThrowAway throw_away;
  const fs::path root = fs::path(TLSWARD_SOURCE_DIR) / "testdata";
  std::size_t served = 0;
  for (const std::string gateway : {"flex", "krakend", "tyk"}) {
    std::vector<fs::path> configurations = sorted_entries(root / "configs" / gateway);
    configurations.push_back(root / "examples" / gateway);
    for (const fs::path& path : configurations) {
      INFO(path.string());
      const bool example = path.parent_path().filename() == "examples";
      const tests::Configured configured(example ? gateway : gateway_of(path), files_of(path));
      for (const tls::TlsContext& context : configured.contexts()) served += check_circle(context, throw_away) ? 1 : 0;
    }
  }
  CHECK(served >= 50);
}

}  // namespace tlsward
