// `--observed FILE`: results of the probe, for lint.
#pragma once

#include <string>
#include <vector>

#include "lint/observed_endpoint.h"
#include "lint/run.h"

namespace tlsward::cli {

/// The endpoints of some files.
struct Observed {
  std::vector<lint::ObservedEndpoint> endpoints;  // by host, port and address
  std::vector<lint::RunError> problems;           // files that could not be read in full; stderr has the lines
};

/// Reads the files (`-`: standard input). Of several results about one endpoint the newest counts.
Observed read_observed(const std::vector<std::string>& files);

}  // namespace tlsward::cli
