// Which endpoints are compared with which, and what is said of those that cannot be reached.
#include <fmt/format.h>

#include <chrono>
#include <string>
#include <vector>

#include "probe/diff.h"
#include "tests/catch.h"
#include "tests/probe/change_line.h"
#include "tests/probe/sound_host.h"

namespace tlsward::probe {
namespace {

using testing::line;
using testing::sound_host;
using testing::troubled_host;
using Lines = std::vector<std::string>;

Lines reach(const HostResult& before, const HostResult& after) {
  Lines lines;
  for (const Change& change : changes_between(before, after)) lines.push_back(line(change));
  return lines;
}

TEST_CASE("diff: a host that cannot be reached any more is worse, one that can again is better") {
  CHECK(reach(sound_host(), troubled_host(Trouble::Kind::TimedOut, "no answer in 3 s")) ==
        Lines{"worse reachability: TLS -> timed-out (no answer in 3 s)"});
  CHECK(reach(troubled_host(Trouble::Kind::Refused), sound_host()) == Lines{"better reachability: refused -> TLS"});
  CHECK(reach(troubled_host(Trouble::Kind::Refused), troubled_host(Trouble::Kind::NotTls, "plain HTTP")) ==
        Lines{"neutral reachability: refused -> not-tls (plain HTTP)"});
}

TEST_CASE("diff: trouble of this side, or of a proxy, says nothing about the host") {
  for (const Trouble::Kind kind : {Trouble::Kind::Interrupted, Trouble::Kind::Local, Trouble::Kind::Proxy}) {
    CHECK(reach(sound_host(), troubled_host(kind)).at(0).starts_with("unknown reachability: TLS -> "));
    CHECK(reach(troubled_host(kind), sound_host()).at(0).starts_with("unknown reachability: "));
  }
}

TEST_CASE("diff: what an interrupted scan had seen is compared") {
  CHECK(
      reach(sound_host(), [] {
        HostResult cut = sound_host();
        cut.trouble = {Trouble::Kind::Interrupted, ""};
        cut.versions[tls::kTls10] = {Verdict::Accepted, ""};
        return cut;
      }()) == Lines{"unknown reachability: TLS -> interrupted", "worse TLS 1.0: refused -> accepted (below TLS 1.2)"});
}

std::vector<std::string> hosts(const Diff& diff) {
  std::vector<std::string> lines;
  for (const HostDiff& host : diff.hosts)
    lines.push_back(
        fmt::format("{} {} {}: {}", name(host.state), host.key.host, host.key.address, line(host.changes.at(0))));
  return lines;
}

TEST_CASE("diff: new hosts are neutral, gone ones cannot be compared") {
  const Diff result = diff(std::vector{sound_host("a.example"), sound_host("b.example")},
                           std::vector{sound_host("b.example"), sound_host("c.example")});
  CHECK(hosts(result) ==
        Lines{"gone a.example 192.0.2.7: unknown host: TLS -> not scanned (the later scan has no result)",
              "new c.example 192.0.2.7: neutral host: not scanned -> TLS"});
  CHECK(result.before == 2);
  CHECK(result.after == 2);
  CHECK(result.same == 1);
  CHECK(result.count(HostDiff::State::Gone) == 1);
  CHECK(result.count(Effect::Unknown) == 1);
}

TEST_CASE("diff: a host whose one address changed is the same host") {
  const Diff result =
      diff(std::vector{sound_host("a.example", "192.0.2.1")}, std::vector{sound_host("a.example", "192.0.2.2")});
  CHECK(hosts(result) == Lines{"changed a.example 192.0.2.2: neutral address: 192.0.2.1 -> 192.0.2.2"});
}

TEST_CASE("diff: a name that no longer resolves is compared with what it was") {
  const Diff result = diff(std::vector{sound_host()},
                           std::vector{troubled_host(Trouble::Kind::Unresolved, "no such name", "api.example", "")});
  CHECK(hosts(result) == Lines{"changed api.example : worse reachability: TLS -> unresolved (no such name)"});
}

TEST_CASE("diff: of several addresses each is compared with itself, and one that went is neutral") {
  const Diff result = diff(std::vector{sound_host("a.example", "192.0.2.1"), sound_host("a.example", "192.0.2.2")},
                           std::vector{sound_host("a.example", "192.0.2.2"), sound_host("a.example", "192.0.2.3"),
                                       sound_host("a.example", "192.0.2.4")});
  CHECK(hosts(result) ==
        Lines{"gone a.example 192.0.2.1: neutral host: TLS -> not scanned (the later scan has other addresses of it)",
              "new a.example 192.0.2.3: neutral host: not scanned -> TLS",
              "new a.example 192.0.2.4: neutral host: not scanned -> TLS"});
  CHECK(result.same == 1);
}

TEST_CASE("diff: superseded results of a resumed scan take no part") {
  HostResult later = sound_host();
  later.started += std::chrono::minutes(5);
  const Diff result = diff(std::vector{sound_host()}, std::vector{later, troubled_host(Trouble::Kind::Interrupted)});
  CHECK(result.hosts.empty());
  CHECK(result.after == 1);
}

TEST_CASE("diff: hosts that neither scan could reach are the same, and counted") {
  const Diff result = diff(std::vector{troubled_host(Trouble::Kind::TimedOut), sound_host("b.example")},
                           std::vector{troubled_host(Trouble::Kind::TimedOut), sound_host("b.example")});
  CHECK(result.hosts.empty());
  CHECK(result.same == 2);
  CHECK(result.unreachable == 1);
}

}  // namespace
}  // namespace tlsward::probe
