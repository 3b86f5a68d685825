#include "report/diff_output.h"

#include <cstdio>
#include <memory>
#include <string>

#include "tests/catch.h"
#include "tests/probe/sound_host.h"

namespace tlsward::report {
namespace {

using probe::HostResult;
using probe::testing::sound_host;

std::string text(const probe::Diff& diff, bool color = false) {
  char* bytes = nullptr;
  std::size_t size = 0;
  std::FILE* out = open_memstream(&bytes, &size);
  REQUIRE(out != nullptr);
  write_diff_text(diff, color, out);
  REQUIRE(std::fclose(out) == 0);
  const std::unique_ptr<char, void (*)(void*)> owner(bytes, std::free);
  return {bytes, size};
}

probe::Diff compare(const HostResult& before, const HostResult& after) {
  return probe::diff(std::vector{before}, std::vector{after});
}

TEST_CASE("diff output: one block for each endpoint, the summary last") {
  HostResult now = sound_host();
  now.versions[tls::kTls10] = {probe::Verdict::Accepted, "ServerHello"};
  CHECK(text(compare(sound_host(), now)) ==
        "api.example:443 (192.0.2.7)\n"
        "  worse   TLS 1.0: refused, now accepted (below TLS 1.2)\n"
        "\n"
        "1 of 1 endpoint changed: 1 worse, 0 better, 0 neutral, 0 unknown\n");
}

TEST_CASE("diff output: nothing changed is one line") {
  CHECK(text(compare(sound_host(), sound_host())) == "0 of 1 endpoint changed\n");
}

TEST_CASE("diff output: an address as target stands once, IPv6 in brackets") {
  HostResult before = sound_host("2001:db8::1", "2001:db8::1"), after = before;
  after.versions[tls::kTls13] = {probe::Verdict::Refused, ""};
  CHECK(text(compare(before, after)).starts_with("[2001:db8::1]:443\n  worse   TLS 1.3"));
}

TEST_CASE("diff output: worse is red, better green, unknown yellow, where colour is wanted") {
  HostResult now = sound_host();
  now.versions[tls::kTls10] = {probe::Verdict::Accepted, ""};
  now.versions[tls::kTls11] = {probe::Verdict::Unknown, ""};
  const std::string page = text(compare(sound_host(), now), true);
  CHECK(page.find("\x1b[31mworse  \x1b[0m TLS 1.0") != std::string::npos);
  CHECK(page.find("\x1b[33munknown\x1b[0m TLS 1.1") != std::string::npos);
}

TEST_CASE("diff output: what a server says cannot move the cursor") {
  HostResult now = sound_host();
  now.chains[0].trusted = {probe::Verdict::Refused, "issuer '\x1b[2JCN=x\n' is not known"};
  const std::string page = text(compare(sound_host(), now));
  CHECK(page.find('\x1b') == std::string::npos);
  CHECK(page.find("CN=x\n") == std::string::npos);
}

}  // namespace
}  // namespace tlsward::report
