#include "core/replace_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "tests/catch.h"
#include "tests/process.h"

using namespace tlsward;
namespace fs = std::filesystem;

namespace {

mode_t mode_of(const std::string& path) {
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  return status.st_mode & 07777;
}

std::size_t files_in(const std::string& directory) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(directory), {}));
}

}  // namespace

TEST_CASE("replace_file: a new file is written, an old one replaced with its mode, and nothing else is left") {
  const tests::TemporaryDirectory directory;
  const std::string path = directory.path() + "/a.json";
  REQUIRE(replace_file(path, "one"));
  CHECK(tests::read_file(path) == "one");
  REQUIRE(::chmod(path.c_str(), 0640) == 0);
  REQUIRE(replace_file(path, "two"));
  CHECK(tests::read_file(path) == "two");
  CHECK(mode_of(path) == 0640);
  CHECK(files_in(directory.path()) == 1);
}

TEST_CASE("replace_file: a symbolic link stays, what it leads to is replaced") {
  const tests::TemporaryDirectory directory;
  directory.write("real/a.json", "one");
  const std::string link = directory.path() + "/link.json";
  fs::create_symlink("real/a.json", link);
  REQUIRE(replace_file(link, "two"));
  CHECK(fs::is_symlink(link));
  CHECK(tests::read_file(directory.path() + "/real/a.json") == "two");
  CHECK(files_in(directory.path() + "/real") == 1);
}

TEST_CASE("replace_file: what cannot be written stays as it is, and the error says why") {
  const tests::TemporaryDirectory directory;
  directory.write("fixed.json", "one");
  const std::string path = directory.path() + "/fixed.json";
  REQUIRE(::chmod(path.c_str(), 0444) == 0);
  const auto read_only = replace_file(path, "two");
  REQUIRE_FALSE(read_only);
  CHECK(read_only.error().message == "cannot write '" + path + "': Permission denied");
  CHECK(tests::read_file(path) == "one");
  const auto folder = replace_file(directory.path(), "two");
  REQUIRE_FALSE(folder);
  CHECK(folder.error().message == "cannot write '" + directory.path() + "': no regular file");
  const auto nowhere = replace_file(directory.path() + "/absent/a.json", "two");
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().message.find("No such file or directory") != std::string::npos);
  CHECK(files_in(directory.path()) == 1);
}

TEST_CASE("replace_unchanged_file: what somebody else wrote meanwhile is kept") {
  const tests::TemporaryDirectory directory;
  directory.write("a.json", "one");
  const std::string path = directory.path() + "/a.json";
  REQUIRE(replace_unchanged_file(path, "one", "two"));
  CHECK(tests::read_file(path) == "two");
  const auto changed = replace_unchanged_file(path, "one", "three");
  REQUIRE_FALSE(changed);
  CHECK(changed.error().message == "'" + path + "' was changed meanwhile and is left as it is");
  CHECK(tests::read_file(path) == "two");
  CHECK(files_in(directory.path()) == 1);
}
