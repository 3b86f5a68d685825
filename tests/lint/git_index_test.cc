#include "lint/git_index.h"

#include <cstdint>
#include <string>
#include <vector>

#include "rules/all.h"
#include "tests/catch.h"
#include "tests/process.h"
#include "tests/rules/example.h"

using tlsward::lint::GitIndex;
using tlsward::lint::parse_git_index;

namespace {

std::string big_endian(std::uint32_t value, int size) {
  std::string result;
  for (int i = size - 1; i >= 0; --i) result += static_cast<char>(value >> (8 * i) & 0xff);
  return result;
}

std::string header(std::uint32_t version, std::size_t count) {
  return "DIRC" + big_endian(version, 4) + big_endian(static_cast<std::uint32_t>(count), 4);
}

std::string fixed_part(const std::string& path, std::size_t hash_bytes, bool extended) {
  const auto flags = static_cast<std::uint32_t>(path.size()) | (extended ? 0x4000U : 0U);
  std::string entry = std::string(40 + hash_bytes, '\1') + big_endian(flags, 2);
  if (extended) entry += std::string(2, '\0');
  return entry;
}

std::string index(std::uint32_t version, const std::vector<std::string>& paths, std::size_t hash_bytes = 20) {
  std::string result = header(version, paths.size());
  std::string previous;
  for (const std::string& path : paths) {
    std::string entry = fixed_part(path, hash_bytes, version == 3);
    if (version == 4) {
      std::size_t common = 0;
      while (common < path.size() && common < previous.size() && path[common] == previous[common]) ++common;
      entry += static_cast<char>(previous.size() - common);
      entry += path.substr(common) + '\0';
      previous = path;
    } else {
      entry += path + '\0';
      while (entry.size() % 8 != 0) entry += '\0';
    }
    result += entry;
  }
  return result + std::string(hash_bytes, '\2');
}

}  // namespace

TEST_CASE("the paths of an index are read in versions 2, 3 and 4") {
  const std::vector<std::string> paths = {"a", "conf/gateway.json", "conf/gateway.yaml", "z"};
  for (std::uint32_t version : {2U, 3U, 4U}) {
    for (std::size_t hash_bytes : {std::size_t{20}, std::size_t{32}}) {
      const auto read = parse_git_index(index(version, paths, hash_bytes), hash_bytes);
      REQUIRE(read.has_value());
      CHECK(read->size() == paths.size());
      for (const std::string& path : paths) CHECK(read->contains(path));
    }
  }
}

TEST_CASE("an index that is cut short or none at all gives nothing") {
  const std::string whole = index(2, {"a", "b/c"});
  for (std::size_t length = 0; length + 20 < whole.size(); ++length)
    CHECK_FALSE(parse_git_index(whole.substr(0, length)).has_value());
  CHECK_FALSE(parse_git_index("DIRC" + big_endian(9, 4) + big_endian(0, 4)).has_value());
  CHECK_FALSE(parse_git_index("not an index").has_value());
  CHECK_FALSE(parse_git_index(header(2, 0xffffffff)).has_value());
}

TEST_CASE("a file is tracked where the index of its repository names it") {
  const tlsward::tests::TemporaryDirectory directory;
  directory.write(".git/index", index(2, {"conf/gateway.json"}));
  directory.write("conf/gateway.json", "{}");
  directory.write("conf/other.json", "{}");
  GitIndex git;
  CHECK(git.tracks(directory.path() + "/conf/gateway.json"));
  CHECK(git.tracks(directory.path() + "/conf/../conf/gateway.json"));
  CHECK_FALSE(git.tracks(directory.path() + "/conf/other.json"));
  CHECK_FALSE(git.tracks(directory.path() + "/nowhere/other.json"));
}

TEST_CASE("a work tree whose .git is a file is followed to its index") {
  const tlsward::tests::TemporaryDirectory directory;
  directory.write("main/.git/worktrees/second/index", index(4, {"gateway.json"}));
  directory.write("second/.git", "gitdir: ../main/.git/worktrees/second\n");
  directory.write("second/gateway.json", "{}");
  GitIndex git;
  CHECK(git.tracks(directory.path() + "/second/gateway.json"));
}

TEST_CASE("a repository with SHA-256 names has longer entries") {
  const tlsward::tests::TemporaryDirectory directory;
  directory.write(".git/config", "[extensions]\n\tobjectFormat = sha256\n");
  directory.write(".git/index", index(2, {"gateway.json", "second.json"}, 32));
  directory.write("second.json", "{}");
  GitIndex git;
  CHECK(git.tracks(directory.path() + "/second.json"));
}

TEST_CASE("config/inline-private-key is an error in a file that git tracks, else a warning") {
  const tlsward::tests::TemporaryDirectory directory;
  const std::string text = R"(apiVersion: gateway.mulesoft.com/v1alpha1
kind: PolicyBinding
metadata: {name: out}
spec:
  targetRef: {kind: Service, name: up}
  policyRef: {name: tls-outbound}
  config:
    certificate:
      key: |
        -----BEGIN PRIVATE KEY-----
        MIIBVQIBADANBgkqhkiG9w0BAQEFAASCAT8wggE7AgEAAkEA
        -----END PRIVATE KEY-----
)";
  directory.write(".git/index", index(2, {"tracked.yaml"}));
  directory.write("tracked.yaml", text);
  directory.write("other.yaml", text);
  const tlsward::lint::Options options;
  for (const char* name : {"tracked.yaml", "other.yaml"}) {
    tlsward::lint::InputFile file;
    file.path = directory.path() + "/" + name;
    file.text = text;
    const auto run = tlsward::lint::run({file}, tlsward::rules::all(), options);
    const auto found = tlsward::tests::findings_of(*run, "config/inline-private-key");
    REQUIRE(found.size() == 1);
    CHECK(found[0]->severity ==
          (std::string_view(name) == "tracked.yaml" ? tlsward::Severity::Error : tlsward::Severity::Warning));
  }
}
