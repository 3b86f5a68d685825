#include "serve/certificates/store.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "tests/process.h"
#include "tests/serve/stores.h"

namespace tlsward {
namespace {

using namespace tests;
namespace fs = std::filesystem;

unsigned mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::lstat(path.c_str(), &status) == 0);
  return status.st_mode & 07777U;
}

std::string only_file(const std::string& directory) {
  std::vector<std::string> files;
  for (const auto& entry : fs::directory_iterator(directory)) files.push_back(entry.path());
  REQUIRE(files.size() == 1);
  return files.front();
}

/// The problems of a store whose only file has this text.
std::vector<std::string> problems_of(const std::string& directory, const std::string& file, const std::string& text) {
  fs::remove(file);
  const TemporaryDirectory elsewhere;
  elsewhere.write("x", text);
  fs::copy_file(elsewhere.path() + "/x", file);
  const auto store = opened(directory);
  CHECK(store->ids("").size() + store->problems().size() == 1);
  return store->problems();
}

}  // namespace

TEST_CASE("store: what was added is there, also after the store was closed") {
  const TemporaryDirectory directory;
  const pki::IssuedCertificate one = self_signed("one.test"), other = self_signed("other.test");
  const std::string path = directory.path() + "/store";
  std::string first, second;
  {
    const auto store = opened(path);
    first = added(*store, both(one), "5e9d9544a1dcd60001d0ed20");
    second = added(*store, other.certificate);
  }
  CHECK(first == "5e9d9544a1dcd60001d0ed20" + sha256_of(one));
  CHECK(second == sha256_of(other));
  const auto store = opened(path);
  CHECK(store->problems().empty());
  CHECK(store->get(first)->pem == one.certificate);
  CHECK(store->get(first)->has_private_key);
  CHECK(store->credential(first)->view() == both(one));
  CHECK_FALSE(store->get(second)->has_private_key);
  CHECK(store->credential(second).error().message == "the certificate '" + second + "' has no private key");
  CHECK_FALSE(store->get(sha256_of(one)));
}

TEST_CASE("store: for its owner alone, and no key in the clear") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/store";
  const pki::IssuedCertificate one = self_signed("one.test");
  const auto store = opened(path);
  const std::string id = added(*store, both(one));
  CHECK(mode_of(path) == 0700);
  CHECK(only_file(path) == path + "/" + id + ".cert");
  CHECK(mode_of(only_file(path)) == 0600);
  const std::string text = read_file(only_file(path));
  CHECK(text.find(one.certificate) != std::string::npos);
  CHECK(text.find("PRIVATE KEY") == std::string::npos);
  CHECK(text.find(one.key.substr(100, 40)) == std::string::npos);
  CHECK(text.find("a secret") == std::string::npos);
}

TEST_CASE("store: ids are listed in the order in which they were added, also later") {
  const TemporaryDirectory directory;
  std::vector<std::string> all, ours;
  {
    const auto store = opened(directory.path());
    for (int i = 0; i < 6; ++i) {
      all.push_back(added(*store, self_signed("a.test").certificate, i % 2 == 0 ? "org1" : "org10"));
      if (i % 2 == 0) ours.push_back(all.back());
    }
    CHECK(store->ids("") == all);
  }
  const auto store = opened(directory.path());
  all.push_back(added(*store, self_signed("b.test").certificate));
  CHECK(store->ids("") == all);
  CHECK(store->ids("org1") == ours);
  CHECK(store->ids("org").empty());
}

TEST_CASE("store: a certificate that was removed is gone, and may come again") {
  const TemporaryDirectory directory;
  const pki::IssuedCertificate one = self_signed("one.test");
  const auto store = opened(directory.path());
  const std::string id = added(*store, both(one));
  CHECK(refused(*store, one.certificate) == "Certificate with " + id + " id already exists");
  CHECK(store->remove(id));
  CHECK(store->remove(id));
  CHECK(fs::is_empty(directory.path()));
  CHECK_FALSE(store->get(id));
  CHECK(added(*store, both(one)) == id);
}

TEST_CASE("store: an organisation's id may be any text that a file's name has room for") {
  const TemporaryDirectory directory;
  const pki::IssuedCertificate one = self_signed("one.test");
  const std::string id = added(*opened(directory.path()), both(one), "../../etc/\n\xff");
  CHECK(fs::path(only_file(directory.path())).parent_path() == directory.path());
  const auto store = opened(directory.path());
  CHECK(store->problems().empty());
  CHECK(store->credential(id)->view() == both(one));
  CHECK(store->add(one.certificate, std::string(300, 'x'), kNow).error().message ==
        "the organisation id is too long for the name of a file");
}

TEST_CASE("store: a file that was changed anywhere is not used, and left as it is") {
  const TemporaryDirectory directory;
  added(*opened(directory.path()), both(self_signed("one.test")));
  const std::string file = only_file(directory.path());
  const std::string text = read_file(file);
  SECTION("changed") {
    // The line breaks around base64 are no part of what it says; a change of salt or check looks like another secret.
    for (std::size_t at = 0; at + 1 < text.size(); at += 41) {
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      INFO(at);
      const auto problems = problems_of(directory.path(), file, changed);
      REQUIRE(problems.size() == 1);
      CHECK(problems.front().ends_with(": left as it is"));
      CHECK(read_file(file) == changed);
    }
  }
  SECTION("cut short") {
    for (std::size_t size = 0; size < text.size(); size += 29) {
      INFO(size);
      CHECK(problems_of(directory.path(), file, text.substr(0, size)).size() == 1);
    }
    CHECK(problems_of(directory.path(), file, text.substr(0, text.size() - 1)).front() ==
          "'" + file + "' was changed or cut short: left as it is");
    CHECK(problems_of(directory.path(), file, "").front() ==
          "'" + file + "' is no file of the certificate store: left as it is");
  }
  SECTION("not changed") {
    CHECK(problems_of(directory.path(), file, text).empty());
  }
}

TEST_CASE("store: one certificate's file is of no use under another's name") {
  const TemporaryDirectory directory;
  const std::string id = added(*opened(directory.path()), both(self_signed("one.test")));
  const std::string wanted = std::string(64, 'a');
  fs::rename(directory.path() + "/" + id + ".cert", directory.path() + "/" + wanted + ".cert");
  const auto store = opened(directory.path());
  REQUIRE(store->problems().size() == 1);
  CHECK(store->problems().front().find("is the file of '" + id + "'") != std::string::npos);
  CHECK_FALSE(store->get(wanted));
}

TEST_CASE("store: with another secret nothing is lost, and new certificates can be added") {
  const TemporaryDirectory directory;
  const pki::IssuedCertificate one = self_signed("one.test"), other = self_signed("other.test");
  const std::string id = added(*opened(directory.path(), "right"), both(one));
  std::string second;
  {
    const auto store = opened(directory.path(), "wrong");
    REQUIRE(store->problems().size() == 1);
    CHECK(store->problems().front() ==
          "'" + directory.path() + "/" + id + ".cert' is sealed under another secret: left as it is");
    CHECK(store->ids("").empty());
    CHECK(refused(*store, both(one)) == "'" + directory.path() + "/" + id + ".cert' is sealed under another secret");
    second = added(*store, both(other));
  }
  CHECK(opened(directory.path(), "wrong")->credential(second)->view() == both(other));
  const auto store = opened(directory.path(), "right");
  CHECK(store->problems().size() == 1);
  CHECK(store->credential(id)->view() == both(one));
  CHECK(store->remove(second));
  CHECK(opened(directory.path() + "/none")->problems().empty());
}

TEST_CASE("store: files of others are named and left alone, leftovers of an interrupted write are removed") {
  const TemporaryDirectory directory;
  const std::string id = added(*opened(directory.path()), both(self_signed("one.test")));
  directory.write("notes.txt", "mine");
  directory.write("short.cert", "");
  directory.write(".unfinished-abcdef", "half a certifi");
  directory.write("secret", "kept");
  fs::create_directory(directory.path() + "/" + std::string(64, 'b') + ".cert");
  REQUIRE(::mkfifo((directory.path() + "/" + std::string(64, 'c') + ".cert").c_str(), 0600) == 0);
  fs::create_symlink("/etc/passwd", directory.path() + "/" + std::string(64, 'd') + ".cert");
  const auto store = opened(directory.path());
  CHECK(store->problems().size() == 5);
  CHECK(store->ids("") == std::vector<std::string>{id});
  CHECK_FALSE(fs::exists(directory.path() + "/.unfinished-abcdef"));
  CHECK(read_file(directory.path() + "/notes.txt") == "mine");
}

TEST_CASE("store: one process at a time") {
  const TemporaryDirectory directory;
  const auto store = opened(directory.path());
  const auto second = serve::CertificateStore::open(directory.path(), secret("a secret"));
  REQUIRE_FALSE(second);
  CHECK(second.error().message == "the certificate store '" + directory.path() + "' is in use by another process");
}

TEST_CASE("store: a directory that others may enter is refused, as is an empty secret") {
  const TemporaryDirectory directory;
  CHECK(serve::CertificateStore::open(directory.path(), secret("")).error().message ==
        "the certificate store has no secret");
  REQUIRE(::chmod(directory.path().c_str(), 0755) == 0);
  CHECK(serve::CertificateStore::open(directory.path(), secret("x")).error().message ==
        "'" + directory.path() + "' is open to others (mode 755); private keys want 0700");
}

TEST_CASE("store: a file that vanished is an error and no crash") {
  const TemporaryDirectory directory;
  const auto store = opened(directory.path());
  const std::string id = added(*store, both(self_signed("one.test")));
  fs::remove(only_file(directory.path()));
  CHECK(store->get(id).error().message ==
        "cannot open '" + directory.path() + "/" + id + ".cert': No such file or directory");
  CHECK_FALSE(store->credential(id));
  CHECK(store->remove(id));
}

TEST_CASE("store: the secret is the first that there is, else one is made and kept") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/store";
  CHECK(serve::store_secret(path, "encoding", "api")->view() == "encoding");
  CHECK(serve::store_secret(path, "", "api")->view() == "api");
  CHECK_FALSE(fs::exists(path));
  const auto made = serve::store_secret(path, "", "");
  REQUIRE(made);
  CHECK(made->size() == 44);
  CHECK(mode_of(path) == 0700);
  CHECK(mode_of(path + "/secret") == 0600);
  CHECK(serve::store_secret(path, "", "")->view() == made->view());
  CHECK(serve::store_secret(directory.path() + "/another", "", "")->view() != made->view());
  fs::resize_file(path + "/secret", 0);
  CHECK(serve::store_secret(path, "", "").error().message == "'" + path + "/secret' is empty");
}

TEST_CASE("store: many threads at once") {
  const TemporaryDirectory directory;
  const auto store = opened(directory.path());
  std::vector<pki::IssuedCertificate> certificates;
  for (int i = 0; i < 16; ++i) certificates.push_back(self_signed(fmt::format("host-{}.test", i)));
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 4; ++thread) {
    threads.emplace_back([&] {
      for (const pki::IssuedCertificate& one : certificates) {
        if (const auto id = store->add(both(one), "", kNow)) (void)store->credential(*id);
        (void)store->ids("");
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(store->ids("").size() == certificates.size());
  for (const pki::IssuedCertificate& one : certificates) CHECK(store->credential(sha256_of(one))->view() == both(one));
}

}  // namespace tlsward
