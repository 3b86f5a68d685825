// What a safe fix may do: nothing is let in that was refused before. Every safe fix of every example, case and
// configuration is made by itself, and the contexts before and after are compared.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>
#include <set>

#include "lint/edit.h"
#include "rules/all.h"
#include "tests/catch.h"
#include "tests/rules/example.h"

namespace {

using namespace tlsward;
namespace fs = std::filesystem;

using Contexts = std::map<std::string, const tls::TlsContext*>;

Contexts contexts_of(const lint::Run& run) {
  Contexts contexts;
  for (const auto& set : run.sets) {
    std::map<std::string, int> seen;
    for (const tls::TlsContext& context : set->reading.contexts) {
      const std::string role = context.role == tls::Role::Listener ? "listener" : "upstream";
      const std::string key = fmt::format("{} {} {}", set->gateway->id, role, context.subject);
      contexts[fmt::format("{} #{}", key, seen[key]++)] = &context;
    }
  }
  return contexts;
}

/// What is in `after` and was not in `before`.
template <class T>
std::vector<T> added(const std::vector<T>& before, const std::vector<T>& after) {
  std::vector<T> result;
  for (const T& value : after) {
    if (std::find(before.begin(), before.end(), value) == before.end()) result.push_back(value);
  }
  return result;
}

std::set<std::string> anchors(const tls::TlsContext& context) {
  std::set<std::string> names;
  for (const tls::TrustSource& source : context.trust) {
    if (source.kind == tls::TrustKind::System) names.insert("system");
    if (source.kind == tls::TrustKind::Material) names.insert(context.material[source.material].written);
  }
  return names;
}

/// How much a context asks of its peers: more is stricter.
int strictness(tls::ClientAuth mode) {
  return static_cast<int>(mode);
}

int strictness(tls::VerifyPeer mode) {
  switch (mode) {
    case tls::VerifyPeer::Full:
    case tls::VerifyPeer::PinOnly:
      return 3;
    case tls::VerifyPeer::ChainOnly:
    case tls::VerifyPeer::Unknown:
      return 2;
    case tls::VerifyPeer::NameOnly:
      return 1;
    case tls::VerifyPeer::None:
      break;
  }
  return 0;
}

/// What `after` lets in that `before` did not; empty where that is nothing.
std::string let_in(const tls::TlsContext& before, const tls::TlsContext& after) {
  std::string text;
  if (before.enabled && !after.enabled) text += "TLS is off; ";
  if (!before.start_failure.empty() && after.start_failure.empty()) text += "the gateway starts; ";
  for (const tls::Version version : added(tls::negotiable_versions(before), tls::negotiable_versions(after)))
    text += tls::name(version) + "; ";
  for (const tls::Version version : tls::negotiable_versions(after)) {
    for (const tls::CipherSuite suite : added(tls::usable_suites(before, version), tls::usable_suites(after, version)))
      text += fmt::format("{} in {}; ", tls::name(suite), tls::name(version));
  }
  for (const tls::Group group : added(before.groups.value, after.groups.value)) text += tls::name(group) + "; ";
  if (strictness(after.client_auth.value) < strictness(before.client_auth.value)) text += "clients are asked less; ";
  if (after.role == tls::Role::Upstream && strictness(after.verify_peer.value) < strictness(before.verify_peer.value))
    text += "upstreams are verified less; ";
  for (const std::string& anchor : anchors(after)) {
    if (!anchors(before).contains(anchor)) text += fmt::format("trust in '{}'; ", anchor);
  }
  for (const std::string& host : added(before.hosts, after.hosts)) text += fmt::format("the name {}; ", host);
  if (after.cipher_list.written() && after.cipher_list.value.empty() && !before.cipher_list.value.empty())
    text += "the list of suites is empty; ";
  return text;
}

/// Runs again with one fix made.
using Again = std::function<std::unique_ptr<lint::Run>(const Finding&)>;

std::size_t check_run(const lint::Run& run, const Again& again) {
  std::size_t checked = 0;
  const Contexts before = contexts_of(run);
  for (const Finding& finding : run.findings) {
    if (!finding.fix || !finding.fix->safe || finding.confidence != Confidence::High) continue;
    const auto after = again(finding);
    INFO(finding.rule << ": " << finding.message << "\nfix: " << finding.fix->title);
    for (const auto& [key, context] : contexts_of(*after)) {
      const auto old = before.find(key);
      if (old == before.end()) continue;
      INFO(key);
      CHECK(let_in(*old->second, *context) == "");
    }
    CHECK(after->errors.size() <= run.errors.size());
    ++checked;
  }
  return checked;
}

std::size_t check_example(const tests::PreparedExample& example) {
  const auto run = example.run();
  return check_run(*run, [&](const Finding& finding) {
    return example.run(tests::PreparedExample::fixed(example.files(), *run, {&finding}, true));
  });
}

}  // namespace

TEST_CASE("fixes: a safe fix of a rule's example lets nothing in", "[rules]") {
  std::size_t checked = 0;
  for (const lint::Rule* rule : rules::all()) {
    INFO(rule->id);
    checked += check_example(tests::PreparedExample(rule->bad));
  }
  CHECK(checked >= 15);
}

TEST_CASE("fixes: a safe fix of a case lets nothing in", "[rules]") {
  std::size_t checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(TLSWARD_SOURCE_DIR) / "testdata/rules")) {
    if (!entry.is_regular_file()) continue;
    INFO(entry.path().string());
    checked += check_example(
        tests::PreparedExample(entry.path().filename().string(), tests::read_file(entry.path().string())));
  }
  CHECK(checked >= 20);
}

TEST_CASE("fixes: a safe fix of a configuration lets nothing in", "[rules]") {
  std::size_t checked = 0;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(TLSWARD_SOURCE_DIR) / "testdata/configs")) {
    if (!entry.is_regular_file() || entry.path().extension() == ".out") continue;
    lint::Options options;
    options.at = *lint::parse_time("2026-11-22");
    const lint::InputFile file{entry.path().filename().string(), tests::read_file(entry.path().string()), {}};
    const auto run = lint::run({file}, rules::all(), options);
    INFO(entry.path().string());
    checked += check_run(*run, [&](const Finding& finding) {
      lint::InputFile fixed = file;
      fixed.text = *lint::apply_edits(file.text, finding.fix->edits);
      return lint::run({fixed}, rules::all(), options);
    });
  }
  CHECK(checked >= 5);
}
