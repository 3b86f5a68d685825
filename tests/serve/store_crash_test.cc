// The store under a process that is killed and a disk that is full, at every place where that can happen.
#include <fmt/format.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <iostream>

#include "serve/certificates/store.h"
#include "tests/process.h"
#include "tests/serve/stores.h"

namespace tlsward {
namespace {

using namespace tests;
namespace fs = std::filesystem;

constexpr int kAdded = 42;  // how a child ends that has added a certificate

int wait_for(pid_t child) {
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  return status;
}

/// Adds in a child process that `prepare` was called in. The child's end, as waitpid says it.
int add_in_child(serve::CertificateStore& store, const std::string& pem, const std::function<void()>& prepare) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    prepare();
    ::_exit(store.add(pem, "", kNow) ? kAdded : 1);
  }
  return wait_for(child);
}

/// The same in a child that is killed before its `count`th system call, unless it is done before.
int add_until(serve::CertificateStore& store, const std::string& pem, int count) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    ::raise(SIGSTOP);
    ::_exit(store.add(pem, "", kNow) ? kAdded : 1);
  }
  int status = wait_for(child);
  for (int stops = 0; WIFSTOPPED(status); ++stops) {
    if (stops == 2 * count - 1) {  // each call stops when it begins and when it ends
      ::kill(child, SIGKILL);
      return wait_for(child);
    }
    REQUIRE(::ptrace(PTRACE_SYSCALL, child, nullptr, nullptr) == 0);
    status = wait_for(child);
  }
  return status;
}

/// A store with one certificate, and another one to add.
struct Scene {
  Scene() : there(self_signed("there.test")), coming(self_signed("coming.test")) {
    store = opened(path());
    added(*store, both(there));
  }
  std::string path() const { return directory.path(); }

  /// What holds whatever happened: the old certificate is there, the new one wholly or not at all, and nothing else.
  /// True where the new one is there.
  bool check() {
    store.reset();
    store = opened(path());
    CHECK(store->problems().empty());
    const std::size_t count = store->ids("").size();
    CHECK(store->credential(sha256_of(there))->view() == both(there));
    CHECK(static_cast<std::size_t>(std::distance(fs::directory_iterator(path()), fs::directory_iterator())) == count);
    if (count == 1) return false;
    CHECK(count == 2);
    CHECK(store->credential(sha256_of(coming))->view() == both(coming));
    return true;
  }

  TemporaryDirectory directory;
  pki::IssuedCertificate there, coming;
  std::unique_ptr<serve::CertificateStore> store;
};

void limit_files(std::size_t bytes, bool deadly) {
  const rlimit limit{bytes, RLIM_INFINITY};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  ::signal(SIGXFSZ, deadly ? SIG_DFL : SIG_IGN);
}

std::size_t size_of_file(const Scene& scene) {
  return fs::file_size(scene.path() + "/" + sha256_of(scene.there) + ".cert");
}

}  // namespace

TEST_CASE("store: killed before any of its system calls, it has the certificate or not, and all the others") {
  Scene scene;
  bool done = false;
  int kept = 0, count = 1;
  for (; count < 200 && !done; ++count) {
    INFO(count);
    const int status = add_until(*scene.store, both(scene.coming), count);
    done = WIFEXITED(status);
    if (done) CHECK(WEXITSTATUS(status) == kAdded);
    const bool there = scene.check();
    if (done) CHECK(there);
    if (!there) continue;
    ++kept;
    REQUIRE(scene.store->remove(sha256_of(scene.coming)));
  }
  CHECK(done);
  CHECK(count > 8);  // open, write, fsync, rename, ...
  CHECK(kept >= 2);  // killed after the rename, and not killed
}

TEST_CASE("store: killed at any byte of the file, it goes on as before") {
  Scene scene;
  const std::size_t size = size_of_file(scene);
  for (std::size_t bytes = 0; bytes < size; bytes += size / 12) {
    INFO(bytes);
    const int status = add_in_child(*scene.store, both(scene.coming), [&] { limit_files(bytes, true); });
    REQUIRE(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGXFSZ);
    CHECK_FALSE(scene.check());
  }
  added(*scene.store, both(scene.coming));
  CHECK(scene.check());
}

TEST_CASE("store: killed at any time while it adds many, it has all that it said it has") {
  const TemporaryDirectory directory;
  std::vector<pki::IssuedCertificate> certificates;
  for (int i = 0; i < 30; ++i) certificates.push_back(self_signed("many.test"));
  int pipe[2];
  REQUIRE(::pipe(pipe) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    auto store = serve::CertificateStore::open(directory.path() + "/store", secret("a secret"));
    for (const pki::IssuedCertificate& one : certificates) {
      if (!(*store)->add(both(one), "", kNow)) ::_exit(1);
      if (::write(pipe[1], "+", 1) != 1) ::_exit(1);
    }
    for (;;) ::pause();
  }
  ::close(pipe[1]);
  std::size_t told = 0;
  char byte = 0;
  while (told < 20 && ::read(pipe[0], &byte, 1) == 1) ++told;
  ::kill(child, SIGKILL);
  wait_for(child);
  while (::read(pipe[0], &byte, 1) == 1) ++told;
  ::close(pipe[0]);
  REQUIRE(told >= 20);
  const auto store = opened(directory.path() + "/store");
  CHECK(store->problems().empty());
  CHECK(store->ids("").size() >= told);
  for (std::size_t i = 0; i < told; ++i)
    CHECK(store->credential(sha256_of(certificates[i]))->view() == both(certificates[i]));
}

TEST_CASE("store: a file that grows too large is an error, and the store goes on") {
  Scene scene;
  const std::size_t size = size_of_file(scene);
  for (std::size_t bytes = 0; bytes < size; bytes += size / 3) {
    const int status = add_in_child(*scene.store, both(scene.coming), [&] { limit_files(bytes, false); });
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 1);
    CHECK_FALSE(scene.check());
  }
}

TEST_CASE("store: a full disk and one that is read-only are clear errors, and the store goes on") {
  const TemporaryDirectory directory;
  if (::mount("tlsward", directory.path().c_str(), "tmpfs", 0, "size=16k,mode=0700") != 0) {
    std::cout << "\nSKIPPED: needs the right to mount" << std::endl;
    return;
  }
  const std::string file_error = "cannot write '" + directory.path() + "/";
  std::vector<std::string> ids;
  std::string error;
  {
    const auto store = opened(directory.path());
    for (int i = 0; i < 20 && error.empty(); ++i) {
      const auto id = store->add(both(self_signed("full.test")), "", kNow);
      if (id)
        ids.push_back(*id);
      else
        error = id.error().message;
    }
    CHECK(error.ends_with("No space left on device"));
    REQUIRE(ids.size() > 1);
    CHECK(store->ids("") == ids);
    CHECK(store->remove(ids.back()));
    ids.pop_back();
    ids.push_back(added(*store, both(self_signed("again.test"))));
  }
  REQUIRE(::mount(nullptr, directory.path().c_str(), nullptr, MS_REMOUNT | MS_RDONLY, nullptr) == 0);
  {
    const auto store = opened(directory.path());
    CHECK(store->problems().empty());
    CHECK(store->ids("") == ids);
    CHECK(refused(*store, both(self_signed("more.test"))).ends_with("Read-only file system"));
    CHECK(store->remove(ids.front()).error().message.ends_with("Read-only file system"));
    CHECK(store->credential(ids.front()));
  }
  CHECK(::umount(directory.path().c_str()) == 0);
}

}  // namespace tlsward
