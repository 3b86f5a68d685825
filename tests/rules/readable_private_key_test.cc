// cert/readable-private-key judges the mode of a file, which examples cannot set.
#include <filesystem>
#include <memory>
#include <string>

#include "lint/run.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/certificates.h"
#include "tests/process.h"

namespace {

using namespace tlsward;
namespace fs = std::filesystem;

constexpr std::string_view kRule = "cert/readable-private-key";

/// A directory with one key, and a configuration that names it.
struct Key {
  tests::TemporaryDirectory directory;
  std::string file = directory.path() + "/api.pem";

  Key() {
    tests::CertificateFactory factory(lint::parse_time("2026-11-22").value());
    directory.write("api.pem", factory.make("api.pem", "cn=api.example san=DNS:api.example with-key").value());
  }

  /// The message of the rule where the file has this mode; empty where it is silent.
  std::string judged(unsigned mode, bool with_root = true) const {
    fs::permissions(file, static_cast<fs::perms>(mode));
    const std::string path = with_root ? "/api.pem" : file;
    const std::string text = R"({"version": 3, "endpoints": [], "tls": {"keys": [{"public_key": ")" + path +
                             R"(", "private_key": ")" + path + R"("}]}})";
    lint::Options options;
    options.select = {std::string(kRule)};
    if (with_root) options.read.root = directory.path();
    const std::unique_ptr<lint::Run> run = lint::run({{"krakend.json", text, "", true, 0}}, rules::all(), options);
    REQUIRE(run->errors.empty());
    if (run->findings.empty()) return {};
    CHECK(run->findings.size() == 1);
    return run->findings.front().message;
  }
};

}  // namespace

TEST_CASE("rules: a private key that others can open is told with its mode") {
  const Key key;
  CHECK(key.judged(0600).empty());
  CHECK(key.judged(0640).empty());
  CHECK(key.judged(0644) ==
        "the private key in /api.pem has mode 0644, which is open to everybody; 0600 or 0640 is not");
  CHECK_FALSE(key.judged(0604).empty());
}

TEST_CASE("rules: modes of private keys are judged with --root alone, and not in a checkout of git") {
  const Key key;
  CHECK(key.judged(0644, false).empty());
  fs::create_directory(key.directory.path() + "/.git");
  CHECK(key.judged(0644).empty());
}
