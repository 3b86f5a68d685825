#include "cli/observed.h"

#include <utility>

#include "cli/probe_files.h"
#include "probe/newest.h"
#include "probe/observed_context.h"

namespace tlsward::cli {

Observed read_observed(const std::vector<std::string>& files) {
  report::RuleIds rules;
  std::vector<lint::ObservedEndpoint> read;
  std::vector<probe::ResultStamp> stamps;
  Observed observed;
  for (const std::string& file : files) {
    const std::size_t before = read.size();
    std::string problem = read_probe_file(file, rules, [&](const report::ReadResult& found) {
      stamps.push_back(probe::stamp_of(found.result));
      read.push_back(
          {probe::observed_context(found.result), probe::observed_place(found.result), probe::first_gap(found.result)});
    });
    if (problem.empty() && read.size() == before) problem = "there are no results in it";
    if (!problem.empty()) observed.problems.push_back({file, {}, std::move(problem)});
  }
  for (const std::size_t index : probe::newest(stamps)) observed.endpoints.push_back(std::move(read[index]));
  return observed;
}

}  // namespace tlsward::cli
