// .tlsward.yaml: what a project wants of lint, once and for everybody. Plain data; `cli/` puts flags and the
// environment above it.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/finding.h"
#include "core/source.h"
#include "gateways/gateway.h"

namespace tlsward::lint {

/// An entry of `ignore`: findings of `rule` in files that `path` matches (below `at`, where given) are accepted.
struct IgnoreEntry {
  std::string rule;                  // an id; never a group
  std::string path;                  // glob, relative to the project's root; empty: every file
  std::string at;                    // JSON pointer into the document; empty: all of it
  std::string reason, owner, until;  // until: "2027-01-31"; from the day after it no longer holds
  Span where;                        // the entry in .tlsward.yaml
  std::vector<Edit> removal = {};    // takes it away; empty where that is not possible by itself
};

/// An entry of `gateways`.
struct GatewayGlob {
  std::string glob;
  gateways::GatewayChoice choice;
};

/// An entry of `rules`.
struct RuleSetting {
  std::optional<Severity> severity;
  bool off = false;                   // severity: off
  std::optional<unsigned> warn_days;  // of cert/expiring-soon alone
};

/// Everything as written; nullopt or empty where it is not.
struct Configuration {
  std::string file;   // path of .tlsward.yaml as it was found; empty: there is none
  FileId source = 0;  // number of `file` in the SourceMap that it was read from
  std::string root;   // the project's root: the folder of `file`, else of .git, else the working directory
  std::optional<std::string> required_version, rule_set, policy, fail_on, min_severity, min_confidence, baseline;
  std::vector<std::string> select, ignore_rules, exclude, formats;
  std::vector<GatewayGlob> gateways;
  std::map<std::string, RuleSetting, std::less<>> rules;  // by rule id
  std::vector<IgnoreEntry> ignore;
  bool require_reason = false;  // a suppression without reason is told (suppress/no-reason)
};

}  // namespace tlsward::lint
