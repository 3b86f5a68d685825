#include "tests/servers.h"

#include <chrono>
#include <regex>

#include "tests/catch.h"

namespace tlsward::tests {
namespace {

constexpr char kPort[] = "{port}";

void replace_all(std::string& text, std::string_view from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

bool needs_port(const ServerPlan& plan) {
  for (const std::string& word : plan.command)
    if (word.find(kPort) != std::string::npos) return true;
  for (const auto& [name, text] : plan.files)
    if (text.find(kPort) != std::string::npos) return true;
  return false;
}

std::string filled_in(std::string text, const std::string& directory, std::uint16_t port) {
  replace_all(text, kPort, std::to_string(port));
  replace_all(text, "{directory}", directory);
  return text;
}

/// Writes the files and returns the command.
std::vector<std::string> prepare(const ServerPlan& plan, const TemporaryDirectory& directory, std::uint16_t port) {
  for (const auto& [name, text] : plan.files) directory.write(name, filled_in(text, directory.path(), port));
  std::vector<std::string> command;
  for (const std::string& word : plan.command) command.push_back(filled_in(word, directory.path(), port));
  return command;
}

tls::Time now() {
  return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
}

Server python(const std::string& script, const std::vector<std::string>& arguments) {
  // Debian's own, whatever PATH has; -B: no compiled files beside the sources.
  std::vector<std::string> command = {"/usr/bin/python3", "-B", TLSWARD_SOURCE_DIR "/tests/servers/" + script};
  command.insert(command.end(), arguments.begin(), arguments.end());
  return Server({.command = command, .files = {}});
}

}  // namespace

ServerFiles::ServerFiles() : factory_(now()) {}

std::string ServerFiles::operator()(std::string_view name, std::string_view recipe) {
  const auto text = factory_.make(name, recipe);
  INFO(name << ": " << recipe);
  REQUIRE(text);
  return write(name, *text);
}

std::string ServerFiles::write(std::string_view name, const std::string& text) const {
  directory_.write(std::string(name), text);
  return directory_.path() + "/" + std::string(name);
}

Server::Server(const ServerPlan& plan) {
  if (needs_port(plan)) port_ = reservation_.emplace().port();
  process_.emplace(prepare(plan, directory_, port_), directory_.path());
  process_->wait_until([&] { return reservation_ ? accepts_connections(port_) : find_printed_port(); }, plan.limit);
}

bool Server::find_printed_port() {
  static const std::regex kPrinted(R"((?:^|\n)(?:port |ACCEPT 127\.0\.0\.1:)(\d+)\n)");
  std::smatch found;
  const std::string printed = log();
  if (!std::regex_search(printed, found, kPrinted)) return false;
  port_ = static_cast<std::uint16_t>(std::stoul(found[1]));
  return true;
}

std::string Server::endpoint() const {
  return "127.0.0.1:" + std::to_string(port_);
}

Server raw_tls(const std::string& description) {
  return python("raw_tls.py", {description});
}

Server front(std::uint16_t backend, const std::vector<std::string>& options) {
  std::vector<std::string> arguments = {std::to_string(backend)};
  arguments.insert(arguments.end(), options.begin(), options.end());
  return python("front.py", arguments);
}

Server rude(const std::vector<std::string>& mode) {
  return python("rude.py", mode);
}

}  // namespace tlsward::tests
