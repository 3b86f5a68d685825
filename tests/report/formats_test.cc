// One fixed set of findings in every format, compared with an approved file each. tests/approve.sh accepts changes.
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>

#include "report/format.h"
#include "report/tool.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace {

using namespace tlsward;

const lint::Rule& obsolete_version() {
  static const lint::Rule kRule{.id = "test/obsolete-version",
                                .summary = "minimum TLS version is below 1.2",
                                .why = "Older versions have known weaknesses.",
                                .cites = {{"RFC 8996", "4, 5", "https://www.rfc-editor.org/rfc/rfc8996"}},
                                .severity = Severity::Warning,
                                .fix = "unsafe: raise the minimum",
                                .bad = {},
                                .good = {},
                                .check = {}};
  return kRule;
}

const lint::Rule& unverified_peer() {
  static const lint::Rule kRule{.id = "test/unverified-peer",
                                .summary = "peer verification is off",
                                .why = "Anybody in the path can impersonate the server.",
                                .cites = {{"RFC 9325", "", "https://www.rfc-editor.org/rfc/rfc9325"}},
                                .severity = Severity::Error,
                                .fix = "none",
                                .bad = {},
                                .good = {},
                                .check = {}};
  return kRule;
}

// A file with what makes output hard: tabs, wide characters, a secret, a control character.
constexpr std::string_view kFile =
    "{\n"
    "  \"version\": 3,\n"
    "\t\"name\": \"日本\", \"min_version\": \"TLS10\",\n"
    "  \"password\": \"hunter2\", \"insecure\": true,\n"
    "  \"note\": \"\x1b[31mred\"\n"
    "}\n";

std::uint32_t offset(std::string_view text) {
  return static_cast<std::uint32_t>(kFile.find(text));
}

std::unique_ptr<lint::Run> fixed_run() {
  auto run = std::make_unique<lint::Run>();
  const FileId file = run->sources.add("deploy/gate way.json", std::string(kFile));
  run->inputs.push_back({"deploy/gate way.json", "krakend", "2.13", true, "key \"version\": 3", "latest known"});
  run->files = 1;

  Finding version;
  version.rule = obsolete_version().id;
  version.severity = Severity::Warning;
  version.confidence = Confidence::Medium;
  const Span value{file, offset("\"TLS10\""), offset("\"TLS10\"") + 7};
  version.place = value;
  version.label = "TLS 1.0";
  version.subject = "tls";
  version.message = "tls accepts TLS 1.0; the floor is TLS 1.2";
  version.notes = {"the version of the gateway was guessed"};
  version.related = {{Span{file, offset("3,"), offset("3,") + 1}, "the configuration begins here"}};
  version.fix = Fix{"\"TLS12\"; clients without TLS 1.2 lose access", false, {{value, "\"TLS12\""}}};
  run->findings.push_back(version);

  Finding accepted = version;
  accepted.message = "tls accepts TLS 1.0, which somebody accepts";
  accepted.suppressed = Suppression{true, "old terminals | until they are gone", "net-team", "2027-01-31"};
  run->findings.push_back(accepted);
  Finding known = version;
  known.message = "tls accepts TLS 1.0, which was there before";
  known.baseline = true;
  run->findings.push_back(known);

  Finding peer;
  peer.rule = unverified_peer().id;
  peer.severity = Severity::Error;
  peer.place = Span{file, offset("true"), offset("true") + 4};
  peer.subject = "client_tls";
  peer.message = "certificate verification is off";
  run->findings.push_back(peer);

  Finding control;
  control.rule = unverified_peer().id;
  control.severity = Severity::Info;
  control.place = Span{file, offset("\"\x1b"), offset("red\"") + 4};
  control.subject = "note";
  control.message = "a value with a \x1b control character";
  run->findings.push_back(control);

  run->errors.push_back({"deploy/missing.json", {}, "no such file"});
  return run;
}

/// Two endpoints, one of them with a finding about a chain, and one that could not be judged.
std::unique_ptr<lint::Run> endpoint_run() {
  auto run = std::make_unique<lint::Run>();
  run->endpoints = 2;
  Finding version;
  version.rule = obsolete_version().id;
  version.place = Endpoint{"api.example:443", "192.0.2.7", "2026-11-22T10:00:00Z", 214, {}};
  version.subject = "api.example:443";
  version.message = "api.example:443 accepts TLS 1.0, which RFC 8996 deprecates";
  run->findings.push_back(version);

  Finding chain;
  chain.rule = unverified_peer().id;
  chain.severity = Severity::Error;
  chain.place = Endpoint{"[2001:db8::1]:8443", "2001:db8::1", "2026-11-22T10:00:01Z", 0, "certificate chain (RSA)"};
  chain.subject = "[2001:db8::1]:8443";
  chain.message = "the certificate 'CN=\x1b[31mred' is bad";
  chain.notes = {"a note"};
  run->findings.push_back(chain);

  run->errors.push_back({"down.example:443", {}, "connection refused"});
  return run;
}

std::string written(const report::Format& format, const lint::Run& run) {
  static const std::array<const lint::Rule*, 2> kRules = {&obsolete_version(), &unverified_peer()};
  const tests::TemporaryDirectory directory;
  const std::string path = directory.path() + "/out";
  std::FILE* out = std::fopen(path.c_str(), "wb");
  REQUIRE(out != nullptr);
  format.write({run, kRules, lint::fingerprints(run, {}), false, false}, out);
  REQUIRE(std::fclose(out) == 0);
  std::string text = tests::read_file(path);
  const std::string version(report::tool_version());
  for (std::size_t at = text.find(version); at != std::string::npos; at = text.find(version, at))
    text.replace(at, version.size(), "VERSION");
  return text;
}

void compare(const std::string& name, const std::string& text) {
  const std::string path = std::string(TLSWARD_SOURCE_DIR) + "/testdata/approved/" + name + ".txt";
  if (std::getenv("TLSWARD_APPROVE") != nullptr) std::ofstream(path, std::ios::binary) << text;
  INFO(name);
  CHECK(text == tests::read_file(path));
}

}  // namespace

TEST_CASE("formats: every format prints the fixed findings as approved") {
  const auto run = fixed_run();
  for (const report::Format& format : report::formats()) compare(std::string(format.name), written(format, *run));
}

TEST_CASE("formats: a clean run is one whole document in every format") {
  lint::Run run;
  run.files = 1;
  for (const report::Format& format : report::formats())
    compare(std::string(format.name) + "-clean", written(format, run));
}

TEST_CASE("formats: findings about endpoints") {
  const auto run = endpoint_run();
  for (const std::string_view name : {"full", "concise", "json", "sarif"})
    compare(std::string(name) + "-endpoints", written(*report::find_format(name), *run));
}

TEST_CASE("summary: files, endpoints or both") {
  lint::Run run;
  run.endpoints = 3;
  CHECK(report::summary(run) == "no findings in 3 endpoints");
  run.findings = endpoint_run()->findings;
  CHECK(report::summary(run) == "1 error, 1 warning in 2 of 3 endpoints");
  run.files = 1;
  CHECK(report::summary(run) == "1 error, 1 warning in 1 file and 2 of 3 endpoints");
}
