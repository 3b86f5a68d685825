#include "probe/done.h"

#include <chrono>
#include <vector>

#include "tests/catch.h"
#include "tests/probe/sound_host.h"

namespace tlsward::probe {
namespace {

using namespace std::chrono_literals;

DoneSet done(const std::vector<HostResult>& results) {
  std::vector<ResultStamp> stamps;
  for (const HostResult& result : results) stamps.push_back(stamp_of(result));
  return DoneSet(stamps);
}

Target target(std::string_view text) {
  return *parse_target(text);
}

TEST_CASE("done: a host with a complete result is, others are not") {
  const DoneSet set = done({testing::sound_host()});
  CHECK(set.contains(target("api.example"), "api.example"));
  CHECK(set.contains(target("https://API.example/v1"), "api.example"));
  CHECK_FALSE(set.contains(target("api.example:8443"), "api.example"));
  CHECK_FALSE(set.contains(target("b.example"), "b.example"));
  CHECK_FALSE(DoneSet().contains(target("api.example"), "api.example"));
}

TEST_CASE("done: another server name is another scan") {
  CHECK_FALSE(done({testing::sound_host()}).contains(target("api.example"), "other.example"));
  CHECK_FALSE(done({testing::sound_host()}).contains(target("api.example"), ""));
}

TEST_CASE("done: a scan that was cut short is not, a closed port is") {
  CHECK_FALSE(done({testing::troubled_host(Trouble::Kind::TimedOut)}).contains(target("api.example"), "api.example"));
  CHECK(done({testing::troubled_host(Trouble::Kind::Refused)}).contains(target("api.example"), "api.example"));
}

TEST_CASE("done: the newest line about an endpoint counts, whether it is better or worse") {
  HostResult earlier = testing::troubled_host(Trouble::Kind::Interrupted);
  HostResult later = testing::sound_host();
  later.started += 1s;
  CHECK(done({earlier, later}).contains(target("api.example"), "api.example"));
  earlier.started += 2s;
  CHECK_FALSE(done({earlier, later}).contains(target("api.example"), "api.example"));
}

TEST_CASE("done: a name that did not resolve first, and then did, is done") {
  HostResult earlier = testing::troubled_host(Trouble::Kind::Unresolved, "", "api.example", "");
  HostResult later = testing::sound_host();
  later.started += 1s;
  CHECK(done({earlier, later}).contains(target("api.example"), "api.example"));
}

TEST_CASE("done: a host is done with all its addresses, and each address for itself") {
  HostResult second = testing::troubled_host(Trouble::Kind::TimedOut, "", "api.example", "192.0.2.8");
  const DoneSet set = done({testing::sound_host(), second});
  CHECK_FALSE(set.contains(target("api.example"), "api.example"));
  CHECK(set.contains(ResultKey{"api.example", 443, "192.0.2.7", "api.example"}));
  CHECK_FALSE(set.contains(ResultKey{"api.example", 443, "192.0.2.8", "api.example"}));
  CHECK_FALSE(set.contains(ResultKey{"api.example", 443, "192.0.2.9", "api.example"}));
}

}  // namespace
}  // namespace tlsward::probe
