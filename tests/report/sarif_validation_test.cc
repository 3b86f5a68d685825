// SARIF as its own tool judges it: the Multitool holds the schema of the standard and looks at nothing else.
#include <fmt/format.h>

#include <filesystem>
#include <iostream>

#include "tests/catch.h"
#include "tests/process.h"

namespace {

using namespace tlsward;

constexpr char kValidator[] =
    TLSWARD_SOURCE_DIR "/build/node/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool";

bool has_validator() {
  const bool there = std::filesystem::exists(kValidator);
  if (!there) std::cout << "\nSKIPPED: needs the SARIF Multitool, which ./test --all installs" << std::endl;
  return there;
}

/// What it prints of a file "out.sarif" in `directory`. It unpacks itself there, and wants to be executable.
std::string validate(const tests::TemporaryDirectory& directory) {
  const auto run =
      tests::run_shell(fmt::format("cp {} tool && chmod 700 tool && DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 HOME=$PWD "
                                   "DOTNET_BUNDLE_EXTRACT_BASE_DIR=$PWD/unpacked ./tool validate out.sarif 2>&1",
                                   kValidator),
                       directory.path());
  INFO(run.out << run.err);
  CHECK(run.out.find("Done. 1 files scanned.") != std::string::npos);
  return run.out;
}

}  // namespace

TEST_CASE("SARIF: the validator of the standard finds no error") {
  if (!has_validator()) return;
  for (const std::string command :
       {"tlsward lint --format sarif=out.sarif -q " TLSWARD_SOURCE_DIR "/testdata/examples",
        "tlsward lint --format sarif=out.sarif -q --select tls/weak-cipher " TLSWARD_SOURCE_DIR
        "/testdata/configs/krakend/healthy-2.13.json",
        "echo '{' >broken.json; tlsward lint --format sarif=out.sarif -q broken.json absent.json",
        "cp " TLSWARD_SOURCE_DIR "/testdata/approved/sarif.txt out.sarif",
        "cp " TLSWARD_SOURCE_DIR "/testdata/approved/sarif-endpoints.txt out.sarif",
        "cp " TLSWARD_SOURCE_DIR "/testdata/approved/probe-sarif.txt out.sarif"}) {
    const tests::TemporaryDirectory directory;
    tests::run_shell(command, directory.path());
    INFO(command);
    CHECK(validate(directory).find("error ") == std::string::npos);
  }
}

TEST_CASE("SARIF: the validator would find one") {
  if (!has_validator()) return;
  const tests::TemporaryDirectory directory;
  directory.write("out.sarif", R"({"version": "2.1.0", "runs": [{"tool": {"driver": {}}, "results": []}]})");
  CHECK(validate(directory).find("error JSON1002") != std::string::npos);
}
