#include "tests/serve/sslscan.h"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>

#include "tests/catch.h"
#include "tests/process.h"

namespace tlsward::tests {
namespace {

using Lists = std::map<std::string, std::set<std::string>>;

Lists matches(const std::string& xml, const std::string& pattern) {
  Lists lists;
  const std::regex expression(pattern);
  for (std::sregex_iterator match(xml.begin(), xml.end(), expression), end; match != end; ++match)
    lists[(*match)[1].str()].insert((*match)[2].str());
  return lists;
}

std::string lines(const Lists& lists, const std::string& title) {
  std::string text;
  for (const auto& [version, values] : lists)
    text += fmt::format("{} {}: {}\n", version, title, fmt::join(values, " "));
  return text;
}

}  // namespace

std::string sslscan_text(std::uint16_t port) {
  const ProcessResult run =
      run_shell(fmt::format("sslscan --xml=- --no-colour --no-check-certificate --no-heartbleed --no-renegotiation "
                            "--no-compression --no-fallback localhost:{}",
                            port),
                ".");
  INFO(run.out << run.err);
  REQUIRE(run.exit_code == 0);
  REQUIRE(run.out.find("</document>") != std::string::npos);
  return lines(matches(run.out, R"re(<cipher status="\w+" sslversion="([^"]+)"[^>]* id="0x([0-9A-F]{4})")re"),
               "suites") +
         lines(matches(run.out, R"re(<group sslversion="([^"]+)"[^>]* id="0x([0-9a-f]{4})")re"), "groups");
}

}  // namespace tlsward::tests
