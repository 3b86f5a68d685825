#include "tests/probe/probed.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/catch.h"
#include "tests/process.h"

namespace tlsward::tests {
namespace {

using Json = nlohmann::json;

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> found;
  for (std::string word; stream >> word;) found.push_back(word);
  return found;
}

/// The member, or null where it or its object is absent.
Json at(const Json& object, std::string_view name) {
  const auto found = object.is_object() ? object.find(std::string(name)) : object.end();
  return found == object.end() ? Json() : *found;
}

std::string text(const Json& value) {
  return value.is_string() ? value.get<std::string>() : "";
}

bool yes(const Json& value) {
  return value.is_boolean() && value.get<bool>();
}

/// Of a list of objects with `code`.
std::string codes(const Json& list, int digits = 4) {
  std::vector<std::string> found;
  for (const Json& row : list) found.push_back(fmt::format("{:0{}x}", at(row, "code").get<unsigned>(), digits));
  return joined(found);
}

std::string texts(const Json& list) {
  std::vector<std::string> found;
  for (const Json& row : list) found.push_back(text(row));
  return joined(found);
}

}  // namespace

struct Probed::Result {
  Json json;

  Json list(const char* field, std::string_view version) const { return at(at(json, field), version); }
};

Probed::Probed(const std::string& endpoint, const std::string& options) : result_(std::make_unique<Result>()) {
  const std::string command = "tlsward probe " + endpoint + " --format json --fail-on never " + options;
  const auto start = std::chrono::steady_clock::now();
  const ProcessResult run = run_shell(command, "/");
  took_ = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
  exit_code_ = run.exit_code;
  everything_ = fmt::format("{}\nexit {}\n{}\n{}", command, run.exit_code, run.err, run.out);
  INFO(everything_);
  const Json document = Json::parse(run.out, nullptr, /*allow_exceptions=*/false);
  REQUIRE(document.is_object());
  const Json results = at(document, "results");
  REQUIRE(results.size() == 1);
  result_->json = results.front();
}

Probed::~Probed() = default;

std::string Probed::versions(std::string_view verdict) const {
  const Json told = at(at(result_->json, "verdicts"), "versions");
  std::vector<std::string> found;
  for (const auto& [version, value] : told.items())
    if (text(at(value, "verdict")) == verdict) found.push_back(version);
  // "1.3" to "1.0" before "SSL 3" and "SSL 2", drafts ("0x7f1c") last.
  std::sort(found.begin(), found.end(), [](const std::string& a, const std::string& b) {
    const auto rank = [](const std::string& name) {
      return name.starts_with("1.") ? 2 : name.starts_with("SSL") ? 1 : 0;
    };
    return rank(a) != rank(b) ? rank(a) > rank(b) : a > b;
  });
  return joined(found);
}

std::string Probed::suites(std::string_view version) const {
  return codes(at(result_->list("suites", version), "accepted"));
}

std::string Probed::groups(std::string_view version) const {
  return codes(at(result_->list("groups", version), "accepted"));
}

std::string Probed::signatures(std::string_view version) const {
  return codes(at(result_->list("signatures", version), "accepted"));
}

std::string Probed::order(std::string_view version) const {
  return text(at(result_->list("suites", version), "order"));
}

std::string Probed::group_order(std::string_view version) const {
  return text(at(result_->list("groups", version), "order"));
}

bool Probed::complete(std::string_view version) const {
  return yes(at(result_->list("suites", version), "complete")) && yes(at(result_->list("groups", version), "complete"));
}

std::string Probed::verdict(std::string_view question) const {
  return text(at(at(at(result_->json, "verdicts"), question), "verdict"));
}

std::string Probed::heartbleed(std::string_view version) const {
  return text(at(result_->list("heartbleed", version), "verdict"));
}

std::string Probed::sslv2() const {
  return codes(at(result_->json, "sslv2"), 6);
}

std::string Probed::prime_bits() const {
  std::vector<std::string> found;
  for (const Json& prime : at(result_->json, "primes")) found.push_back(std::to_string(at(prime, "bits").get<int>()));
  return joined(found);
}

std::string Probed::alpn() const {
  return texts(at(at(result_->json, "alpn"), "accepted"));
}

std::string Probed::npn() const {
  return texts(at(result_->json, "npn"));
}

std::string Probed::trouble() const {
  return text(at(at(result_->json, "trouble"), "kind"));
}

std::string Probed::trouble_message() const {
  return text(at(at(result_->json, "trouble"), "message"));
}

std::string Probed::service() const {
  return text(at(at(result_->json, "service"), "name"));
}

bool Probed::needs_sni() const {
  return yes(at(result_->json, "needs_sni"));
}

bool Probed::rate_limited() const {
  return yes(at(result_->json, "rate_limited"));
}

bool Probed::serial() const {
  return yes(at(result_->json, "serial"));
}

std::string Probed::no_chain() const {
  return text(at(result_->json, "no_chain"));
}

std::string Probed::chains() const {
  std::vector<std::string> found;
  for (const Json& chain : at(result_->json, "chains")) found.push_back(text(at(chain, "asked_for")));
  return joined(found);
}

std::string Probed::chain_verdict(std::string_view field) const {
  const Json chains = at(result_->json, "chains");
  return chains.empty() ? "" : text(at(at(chains.front(), field), "verdict"));
}

bool Probed::chain_flag(std::string_view field) const {
  const Json chains = at(result_->json, "chains");
  return !chains.empty() && yes(at(chains.front(), field));
}

std::string Probed::client_cas() const {
  return texts(at(result_->json, "client_cas"));
}

std::string sorted(const std::string& codes) {
  std::vector<std::string> each = words(codes);
  std::sort(each.begin(), each.end());
  each.erase(std::unique(each.begin(), each.end()), each.end());
  return joined(each);
}

}  // namespace tlsward::tests
