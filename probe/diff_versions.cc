#include <set>

#include "probe/diff_parts.h"

namespace tlsward::probe {
namespace {

bool accepts(const HostResult& result, tls::Version version) {
  const auto found = result.versions.find(version);
  return found != result.versions.end() && found->second.verdict == Verdict::Accepted;
}

bool accepts_modern(const HostResult& result) {
  return accepts(result, tls::kTls12) || accepts(result, tls::kTls13);
}

bool is_obsolete(tls::Version version) {
  // RFC 8996: TLS 1.0 and 1.1 must not be used; RFC 6176 and 7568 say so of SSL.
  return tls::is_known(version) && version < tls::kTls12;
}

Change gained(tls::Version version, const HostResult& before) {
  Change change;
  if (is_obsolete(version)) {
    change.effect = Effect::Worse;
    change.why = "below TLS 1.2";
  } else if (version == tls::kTls13 || (version == tls::kTls12 && !accepts_modern(before))) {
    change.effect = Effect::Better;
  }
  return change;
}

Change lost(tls::Version version, const HostResult& after) {
  Change change;
  if (is_obsolete(version)) {
    change.effect = Effect::Better;
    change.why = "below TLS 1.2";
  } else if (version == tls::kTls13) {
    change.effect = Effect::Worse;
  } else if (version == tls::kTls12 && !accepts_modern(after)) {
    change.effect = Effect::Worse;
    change.why = "nothing from TLS 1.2 on is left";
  }
  return change;
}

Change judge(tls::Version version, const Told& old, const Told& now, const HostResult& before,
             const HostResult& after) {
  Change change;
  if (old.verdict == Verdict::Unknown || now.verdict == Verdict::Unknown) {
    change.effect = Effect::Unknown;
  } else {
    change = now.verdict == Verdict::Accepted ? gained(version, before) : lost(version, after);
  }
  change.topic = Topic::Version;
  change.subject = tls::name(version);
  change.before = verdict_text(old);
  change.after = verdict_text(now);
  return change;
}

}  // namespace

void compare_versions(const HostResult& before, const HostResult& after, std::vector<Change>& changes) {
  const Told not_asked{Verdict::Unknown, "not asked"};
  std::set<tls::Version> versions;
  for (const auto& [version, told] : before.versions) versions.insert(version);
  for (const auto& [version, told] : after.versions) versions.insert(version);
  for (const tls::Version version : versions) {
    const auto old = before.versions.find(version), now = after.versions.find(version);
    const bool asked_twice = old != before.versions.end() && now != after.versions.end();
    // A draft is there only where it was seen.
    if (!asked_twice && !accepts(before, version) && !accepts(after, version)) continue;
    const Told& earlier = old == before.versions.end() ? not_asked : old->second;
    const Told& later = now == after.versions.end() ? not_asked : now->second;
    if (earlier.verdict != later.verdict) changes.push_back(judge(version, earlier, later, before, after));
  }
}

}  // namespace tlsward::probe
