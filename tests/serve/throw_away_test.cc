#include "serve/certificates/throw_away.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <map>

#include "pki/pem.h"
#include "tests/catch.h"
#include "tests/process.h"

namespace tlsward {
namespace {

using std::chrono::days;
using std::chrono::hours;

constexpr tls::Time kNow = std::chrono::sys_days(std::chrono::year(2031) / 5 / 17);

serve::ThrowAwayFiles made(const std::string& directory, const std::vector<std::string>& names = {},
                           tls::Time now = kNow) {
  const auto files = serve::make_throw_away_files(directory, names, now);
  if (!files) FAIL(files.error().message);
  return *files;
}

std::string refused(const std::string& directory) {
  const auto files = serve::make_throw_away_files(directory, {}, kNow);
  REQUIRE_FALSE(files);
  return files.error().message;
}

unsigned mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

/// Every file with its text.
std::map<std::string, std::string> texts(const std::string& directory) {
  std::map<std::string, std::string> found;
  for (const auto& entry : std::filesystem::directory_iterator(directory))
    found[entry.path().filename()] = tests::read_file(entry.path());
  return found;
}

std::string verify(const serve::ThrowAwayFiles& files, const std::string& options, tls::Time at = kNow) {
  const std::string command = fmt::format("openssl verify -x509_strict -attime {} -CAfile ca.pem {} 2>&1",
                                          at.time_since_epoch().count(), options);
  return tests::run_shell(command, files.directory).out;
}

}  // namespace

TEST_CASE("throw-away: an authority, a server and a client, for their owner alone") {
  const tests::TemporaryDirectory directory;
  const std::string path = directory.path() + "/a/b";
  const serve::ThrowAwayFiles files = made(path, {"orders.test", "10.1.2.3", "localhost"});
  CHECK(mode_of(path) == 0700);
  for (const auto& [name, text] : texts(path)) {
    INFO(name);
    CHECK(mode_of(path + "/" + name) == 0600);
  }
  CHECK(texts(path).size() == 6);
  for (const std::string host : {"localhost", "orders.test"})
    CHECK(verify(files, "-purpose sslserver -verify_hostname " + host + " server.pem") == "server.pem: OK\n");
  for (const std::string address : {"127.0.0.1", "::1", "10.1.2.3"})
    CHECK(verify(files, "-purpose sslserver -verify_ip " + address + " server.pem") == "server.pem: OK\n");
  CHECK(verify(files, "-purpose sslclient client.pem") == "client.pem: OK\n");
  CHECK(verify(files, "-purpose sslclient server.pem") != "server.pem: OK\n");
  CHECK(verify(files, "-purpose sslserver client.pem") != "client.pem: OK\n");
  CHECK(verify(files, "server.pem", kNow + days(29)) == "server.pem: OK\n");
}

TEST_CASE("throw-away: what is there and still valid is used again") {
  const tests::TemporaryDirectory directory;
  const auto first = (made(directory.path(), {"a.test"}), texts(directory.path()));
  made(directory.path(), {}, kNow + days(28));
  CHECK(texts(directory.path()) == first);
  made(directory.path(), {}, kNow + days(29) + hours(1));
  const auto later = texts(directory.path());
  for (const auto& [name, text] : first) {
    INFO(name);
    CHECK(later.at(name) != text);
  }
}

TEST_CASE("throw-away: another name makes a new server certificate under the same authority") {
  const tests::TemporaryDirectory directory;
  const serve::ThrowAwayFiles files = made(directory.path());
  const auto before = texts(directory.path());
  made(directory.path(), {"new.test"});
  const auto after = texts(directory.path());
  CHECK(after.at("ca.pem") == before.at("ca.pem"));
  CHECK(after.at("client.pem") == before.at("client.pem"));
  CHECK(after.at("server.pem") != before.at("server.pem"));
  CHECK(verify(files, "-verify_hostname new.test server.pem") == "server.pem: OK\n");
}

TEST_CASE("throw-away: files that do not belong together are made anew") {
  const tests::TemporaryDirectory directory, other;
  const serve::ThrowAwayFiles files = made(directory.path());
  made(other.path());
  const std::string changed = GENERATE("ca.pem", "ca.key", "server.pem", "server.key", "client.pem", "client.key");
  INFO(changed);
  SECTION("one is another's") {
    directory.write(changed, tests::read_file(other.path() + "/" + changed));
  }
  SECTION("one is missing") {
    std::filesystem::remove(directory.path() + "/" + changed);
  }
  SECTION("one is broken") {
    directory.write(changed, "-----BEGIN ");
  }
  made(directory.path());
  CHECK(verify(files, "server.pem client.pem") == "server.pem: OK\nclient.pem: OK\n");
  for (const std::string name : {"ca", "server", "client"}) {
    const std::string both = directory.path() + "/" + name;
    const tls::Bundle bundle = pki::read_bundle(tests::read_file(both + ".pem") + tests::read_file(both + ".key"));
    REQUIRE(bundle.certificates.size() == 1);
    REQUIRE(bundle.private_keys.size() == 1);
    CHECK(bundle.private_keys.front().spki_sha256 == bundle.certificates.front().key.spki_sha256);
  }
}

TEST_CASE("throw-away: a directory that others may enter is refused") {
  const tests::TemporaryDirectory directory;
  const std::string path = directory.path() + "/open";
  std::filesystem::create_directory(path);
  REQUIRE(::chmod(path.c_str(), 0750) == 0);
  CHECK(refused(path) == "'" + path + "' is open to others (mode 750); private keys want 0700");
  CHECK(std::filesystem::is_empty(path));
}

TEST_CASE("throw-away: what is no directory is refused") {
  const tests::TemporaryDirectory directory;
  directory.write("file", "");
  CHECK(refused(directory.path() + "/file") == "'" + directory.path() + "/file' is no directory");
  std::filesystem::create_directory_symlink(directory.path(), directory.path() + "/link");
  CHECK(refused(directory.path() + "/link") == "'" + directory.path() + "/link' is no directory");
}

TEST_CASE("throw-away: another user's directory is refused") {
  if (::geteuid() != 0) {
    std::cout << "\nSKIPPED: needs root" << std::endl;
    return;
  }
  const tests::TemporaryDirectory directory;
  const std::string path = directory.path() + "/theirs";
  std::filesystem::create_directory(path);
  REQUIRE(::chmod(path.c_str(), 0700) == 0);
  REQUIRE(::chown(path.c_str(), 65534, 65534) == 0);
  CHECK(refused(path) == "'" + path + "' belongs to another user");
}

}  // namespace tlsward
