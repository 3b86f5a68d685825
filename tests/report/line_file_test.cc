#include "report/line_file.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>

#include "tests/catch.h"
#include "tests/process.h"

namespace tlsward::report {
namespace {

using tests::read_file;
using tests::TemporaryDirectory;

LineFile open(const std::string& path) {
  auto file = LineFile::open(path);
  if (!file) FAIL(file.error().message);
  return std::move(*file);
}

TEST_CASE("line files: a new file is made, an old one goes on") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/out.ndjson";
  {
    LineFile file = open(path);
    CHECK(file.size() == 0);
    CHECK_FALSE(file.append("one"));
  }
  LineFile file = open(path);
  CHECK(file.size() == 4);
  CHECK_FALSE(file.append("two"));
  CHECK(read_file(path) == "one\ntwo\n");
}

TEST_CASE("line files: a broken end is cut off, and lines follow where it began") {
  const TemporaryDirectory directory;
  directory.write("out.ndjson", "one\nbrok");
  LineFile file = open(directory.path() + "/out.ndjson");
  CHECK_FALSE(file.truncate(4));
  CHECK(file.size() == 4);
  CHECK_FALSE(file.append("two"));
  CHECK(read_file(directory.path() + "/out.ndjson") == "one\ntwo\n");
}

TEST_CASE("line files: two runs do not write one file") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/out.ndjson";
  {
    const LineFile file = open(path);
    const auto second = LineFile::open(path);
    REQUIRE_FALSE(second);
    CHECK(second.error().message == "'" + path + "' is being written by another run");
  }
  CHECK(LineFile::open(path));
}

TEST_CASE("line files: what is no regular file, or not there, is an error") {
  const auto device = LineFile::open("/dev/null");
  REQUIRE_FALSE(device);
  CHECK(device.error().message == "'/dev/null' is no regular file; lines are appended to one");
  const TemporaryDirectory directory;
  const auto folder = LineFile::open(directory.path());
  REQUIRE_FALSE(folder);
  CHECK(folder.error().message == "cannot open '" + directory.path() + "': Is a directory");
  CHECK_FALSE(LineFile::open(directory.path() + "/no/such/folder"));
}

/// Runs `work` in a process of its own and gives its exit code.
template <class Work>
int in_child(Work work) {
  const pid_t child = fork();
  if (child == 0) _exit(work());
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

TEST_CASE("line files: where the disk is full, a line that does not fit leaves nothing behind") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/out.ndjson";
  const int code = in_child([&] {
    // A limit on the size of files fails as a full disk does: first a part is written, then nothing.
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{10, 10};
    setrlimit(RLIMIT_FSIZE, &limit);
    auto file = LineFile::open(path);
    if (!file || file->append("one")) return 1;
    const auto error = file->append("too long for it");
    if (!error || error->message.find("cannot write") == std::string::npos) return 2;
    return file->size() == 4 && !file->append("two") ? 0 : 3;
  });
  CHECK(code == 0);
  CHECK(read_file(path) == "one\ntwo\n");
}

TEST_CASE("line files: a writer that is killed leaves whole lines") {
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/out.ndjson";
  const std::string line(70'000, 'x');
  const int code = in_child([&] {
    auto file = LineFile::open(path);
    if (!file) return 1;
    for (int i = 0; i < 20; ++i)
      if (file->append(line)) return 2;
    std::raise(SIGKILL);
    return 3;
  });
  CHECK(code == -SIGKILL);
  CHECK(std::filesystem::file_size(path) == 20 * (line.size() + 1));
  CHECK(LineFile::open(path));
}

}  // namespace
}  // namespace tlsward::report
