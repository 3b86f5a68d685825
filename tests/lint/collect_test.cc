#include "lint/collect.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/process.h"

using namespace tlsward;
using lint::find_files;
using lint::FoundFile;

namespace {

class Tree {
 public:
  void write(const std::string& path, const std::string& text = "{}") const { directory_.write(path, text); }
  std::string at(const std::string& path) const { return directory_.path() + "/" + path; }
  const std::string& root() const { return directory_.path(); }

  /// Paths found, relative to the tree.
  std::vector<std::string> find(const std::vector<std::string>& arguments) const {
    std::vector<std::string> paths;
    for (const FoundFile& file : find_files(arguments)) paths.push_back(file.path.substr(root().size() + 1));
    return paths;
  }

 private:
  tests::TemporaryDirectory directory_;
};

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("walking finds JSON, YAML and conf files, sorted by path") {
  const Tree tree;
  for (const char* path : {"b.json", "a/x.yml", "a/y.yaml", "c/tyk.conf", "readme.md", "a/x.txt", ".json"})
    tree.write(path);
  CHECK(tree.find({tree.root()}) == Paths{"a/x.yml", "a/y.yaml", "b.json", "c/tyk.conf"});
}

TEST_CASE("every walked directory is a set of its own and named files are set 0") {
  const Tree tree;
  for (const char* path : {"dev/a.json", "dev/b.json", "prod/a.json", "named.json"}) tree.write(path);
  const auto files = find_files({tree.at("dev"), tree.at("prod"), tree.at("named.json")});
  REQUIRE(files.size() == 4);
  CHECK(files[0].set == 1);
  CHECK(files[1].set == 1);
  CHECK(files[2].set == 2);
  CHECK(files[3].set == 0);
  CHECK(files[3].named);
  CHECK_FALSE(files[0].named);
}

TEST_CASE("ignored files and directories are not walked") {
  const Tree tree;
  tree.write(".gitignore", "build/\n*.local.json\n!keep.local.json\n");
  tree.write("sub/.gitignore", "/only-here.json\n!b.local.json\n");
  for (const char* path : {"build/a.json", "a.local.json", "keep.local.json", "sub/only-here.json", "sub/b.local.json",
                           "sub/deep/only-here.json", ".git/config.json"})
    tree.write(path);
  CHECK(tree.find({tree.root()}) == Paths{"keep.local.json", "sub/b.local.json", "sub/deep/only-here.json"});
}

TEST_CASE("the ignore files above a walked directory count up to the top of the repository") {
  const Tree tree;
  tree.write(".git/info/exclude", "excluded.json\n");
  tree.write(".gitignore", "/conf/a.json\n");
  for (const char* path : {"conf/a.json", "conf/b.json", "conf/excluded.json"}) tree.write(path);
  CHECK(tree.find({tree.at("conf")}) == Paths{"conf/b.json"});
}

TEST_CASE("a file that is ignored is linted all the same where it is named") {
  const Tree tree;
  tree.write(".gitignore", "*.json\n");
  tree.write("a.json");
  CHECK(tree.find({tree.at("a.json")}) == Paths{"a.json"});
}

TEST_CASE("a file is found once, and as a named one where it is named") {
  const Tree tree;
  tree.write("a.json");
  tree.write("b.json");
  const auto files = find_files({tree.root(), tree.at("b.json"), tree.at("b.json")});
  REQUIRE(files.size() == 2);
  CHECK(files[0].path == tree.at("a.json"));
  CHECK(files[1].path == tree.at("b.json"));
  CHECK(files[1].named);
}

TEST_CASE("links to directories are not entered, links to files are read") {
  const Tree tree;
  tree.write("real/a.json");
  std::filesystem::create_directory_symlink("..", tree.at("real/loop"));
  tree.write("elsewhere.txt");
  std::filesystem::create_symlink("../elsewhere.txt", tree.at("real/linked.json"));
  std::filesystem::create_symlink("nowhere", tree.at("real/dangling.json"));
  CHECK(tree.find({tree.root()}) == Paths{"real/a.json", "real/linked.json"});
}

TEST_CASE("what does not exist is an error of its own") {
  const Tree tree;
  tree.write("a.json");
  const auto files = find_files({tree.at("missing.json"), tree.at("a.json")});
  REQUIRE(files.size() == 2);
  CHECK(files[0].error == "no such file or directory");
  CHECK(files[1].error.empty());
}

TEST_CASE("a directory without configurations is an error") {
  const Tree tree;
  tree.write("empty/readme.md");
  const auto files = find_files({tree.at("empty")});
  REQUIRE(files.size() == 1);
  CHECK_FALSE(files[0].error.empty());
}

TEST_CASE("a dash reads standard input under the name that is given") {
  std::istringstream input("{\"version\": 3}");
  const auto files = lint::read_files(find_files({"-"}, "krakend.json"), input);
  REQUIRE(files.size() == 1);
  CHECK(files[0].path == "krakend.json");
  CHECK(files[0].text == "{\"version\": 3}");
  CHECK(find_files({"-"})[0].path == "<stdin>");
}

TEST_CASE("files above the limit are not read") {
  const Tree tree;
  tree.write("a.json", std::string(101, ' '));
  tree.write("b.json", std::string(100, ' '));
  std::istringstream none;
  Limits limits;
  limits.file_bytes = 100;
  const auto files = lint::read_files(find_files({tree.at("a.json"), tree.at("b.json")}), none, limits);
  CHECK(files[0].error == "more than 100 bytes, the most that is read; --max-file-size allows more");
  CHECK(files[0].text.empty());
  CHECK(files[1].text.size() == 100);
}

TEST_CASE("a FIFO is passed over while walking") {
  const Tree tree;
  tree.write("a.json");
  REQUIRE(::mkfifo(tree.at("pipe.json").c_str(), 0600) == 0);
  CHECK(tree.find({tree.root()}) == Paths{"a.json"});
}
