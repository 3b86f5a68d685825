// What a run of lint is asked to do.
#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/finding.h"
#include "core/result.h"
#include "gateways/gateway.h"
#include "lint/configuration.h"
#include "lint/observed_endpoint.h"
#include "tls/certificate.h"
#include "tls/policy.h"

namespace tlsward::lint {

struct Options {
  std::vector<gateways::GatewayChoice> gateways;  // --gateway, in order
  gateways::ReadOptions read;  // --root, --no-files, --certs-dir, --edition, --flex-mode, --dashboard
  std::map<std::string, std::string, std::less<>> defines;  // --define
  tls::Time at{};                                           // --at; the caller passes now where it was not given
  std::vector<std::string> select, ignore;                  // rule ids or groups ("tls", "tls/"); empty select: all
  std::optional<Severity> fail_on = Severity::Warning;      // nullopt: never
  Confidence min_confidence = Confidence::Medium;           // what counts for the exit code
  std::optional<Severity> min_severity;                     // what is shown; nullopt: everything
  /// Severities and other settings of single rules, by id.
  std::map<std::string, RuleSetting, std::less<>> rules;
  /// Ids of rules that came after the pinned rule set: as if they were not there, but for those that `select` names.
  std::set<std::string, std::less<>> newer_rules;
  std::shared_ptr<const tls::Policy> policy;  // --policy; nullptr: none
  std::vector<GatewayGlob> gateway_globs;     // `gateways` of .tlsward.yaml; --gateway goes before
  /// Suppressions: those of .tlsward.yaml, and whether any at all hold (--no-ignores).
  std::vector<IgnoreEntry> ignores;
  bool no_ignores = false;
  bool require_reason = false;
  std::string
      project;  // root of the project, absolute: what paths of globs, baselines and fingerprints are relative to
  bool whole_project = false;  // the root, or a folder above it, was searched: what is not there is nowhere
  /// Becomes true, in any thread, when the run shall end early with what it has; must outlive the run. nullptr: never.
  const std::atomic<bool>* stop = nullptr;
  std::size_t jobs = 1;  // threads; 0: as many as there are cores
  Limits limits;
  /// --observed: endpoints as a probe saw them, for rules that compare with what upstreams do. Must outlive the run.
  std::span<const ObservedEndpoint> observed = {};
};

/// "2026-11-22" or "2026-11-22T10:00:00Z" as UTC.
Result<tls::Time> parse_time(std::string_view text);

}  // namespace tlsward::lint
