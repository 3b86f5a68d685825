#include "tests/report/probe_page.h"

#include <cstdio>

#include "report/probe_format.h"
#include "tests/catch.h"
#include "tests/process.h"
#include "tests/report/probe_results.h"

namespace tlsward::tests {

std::string probe_page(const std::vector<probe::HostResult>& results) {
  const report::ProbeFormat* format = report::find_probe_format("html");
  REQUIRE(format != nullptr);
  const TemporaryDirectory directory;
  const std::string path = directory.path() + "/page.html";
  std::FILE* out = std::fopen(path.c_str(), "wb");
  REQUIRE(out != nullptr);
  report::ProbeReport report{fixed_probe_rules(), false, false, {}};
  format->begin(report, out);
  for (const probe::HostResult& result : results) {
    report.tally.add(result);
    format->host(report, result, out);
  }
  format->end(report, out);
  REQUIRE(std::fclose(out) == 0);
  return read_file(path);
}

}  // namespace tlsward::tests
