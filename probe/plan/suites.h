// Choosing among suites, as `enumerate` asks it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "probe/plan/enumerate.h"
#include "probe/plan/scan_plan.h"

namespace tlsward::probe {

/// The groups that a hello for suites offers in `version`: enough that no suite fails for want of one. Finite-field
/// groups are not among them before TLS 1.3: a server that knows RFC 7919 and has none of them would refuse DHE.
std::vector<tls::Group> groups_beside_suites(tls::Version version);
/// The signature schemes that such a hello offers.
const std::vector<tls::SignatureScheme>& signatures_beside_suites();

/// Asks one server in one version which suite it chooses.
class SuiteChooser {
 public:
  SuiteChooser(ScanPlan& scan, tls::Version version) : scan_(scan), version_(version) {}

  Task<Choice<tls::CipherSuite>> choose(std::vector<tls::CipherSuite> offer, std::string purpose, bool more_follow);

  tls::Version version() const { return version_; }
  /// What was seen of a suite beside that it was chosen.
  SeenSuite details(tls::CipherSuite suite) const;
  /// The words of the first refusal or failure: the evidence where nothing is chosen.
  const std::string& first_refusal() const { return first_refusal_; }
  /// A hello was answered with a ServerHello of any version, or with the alert protocol_version: the server understands
  /// our hellos.
  bool has_spoken() const { return has_spoken_; }
  /// What the server chose of `groups_beside_suites`, where a flight told.
  std::optional<tls::Group> group() const { return group_; }
  /// Happens when a group is known, or when all suites were asked for.
  Signal& told() { return told_; }
  /// TLS 1.3: the answer to the first hello, which alone had a key share and was followed to its ServerHello.
  const Answer& proof() const { return proof_; }

 private:
  Task<Answer> ask(Offer offer, std::string purpose, bool more_follow);
  void note(const Answer& answer);

  ScanPlan& scan_;
  tls::Version version_;
  std::map<tls::CipherSuite, SeenSuite> seen_;
  std::string first_refusal_;
  bool has_spoken_ = false;
  std::optional<tls::Group> group_;
  Answer proof_;
  Signal told_;
  int asked_ = 0;
};

/// What any client of `version` might offer, with at most 32 of the suites that the server accepted: for questions
/// about something else.
Offer usual_offer(const ScanPlan& scan, tls::Version version);

/// All suites of the chooser's version.
Task<Enumeration<tls::CipherSuite>> enumerate_suites(ScanPlan& scan, SuiteChooser& chooser);
/// With what was seen of each.
Enumeration<SeenSuite> with_details(const Enumeration<tls::CipherSuite>& suites, const SuiteChooser& chooser);

}  // namespace tlsward::probe
