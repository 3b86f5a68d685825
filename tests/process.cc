#include "tests/process.h"

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/catch.h"

namespace tlsward::tests {
namespace {

namespace fs = std::filesystem;

std::string quoted(const std::string& text) {
  return "'" + text + "'";
}

}  // namespace

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  INFO(path);
  REQUIRE(in.good());
  return {std::istreambuf_iterator<char>(in), {}};
}

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (fs::temp_directory_path() / "tlsward-test-XXXXXX").string();
  REQUIRE(mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void TemporaryDirectory::write(const std::string& name, const std::string& text) const {
  const fs::path path = fs::path(path_) / name;
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  REQUIRE(out.good());
}

ProcessResult run_shell(const std::string& command, const std::string& directory) {
  const char* binary = std::getenv("TLSWARD");
  REQUIRE(binary != nullptr);
  const TemporaryDirectory scratch;
  scratch.write("bin/tlsward", "#!/bin/sh\nexec " + quoted(binary) + " \"$@\"\n");
  fs::permissions(scratch.path() + "/bin/tlsward", fs::perms::owner_all);
  scratch.write("command.sh", command + "\n");
  const std::string whole = "cd " + quoted(directory) +
                            " && unset FORCE_COLOR CLICOLOR_FORCE TLSWARD_APPROVE TLSWARD_SEED; NO_COLOR=1 PATH=" +
                            quoted(scratch.path() + "/bin") + ":$PATH timeout -k 5 60 sh " +
                            quoted(scratch.path() + "/command.sh") + " >" + quoted(scratch.path() + "/out") + " 2>" +
                            quoted(scratch.path() + "/err");
  const int status = std::system(whole.c_str());
  ProcessResult result;
  result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
  result.out = read_file(scratch.path() + "/out");
  result.err = read_file(scratch.path() + "/err");
  return result;
}

}  // namespace tlsward::tests
