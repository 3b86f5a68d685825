// Servers that limit, drop, delay or queue what a scanner sends (D1, D2, D13, D18, D19 of the hard cases), all in front
// of the same everyday server: its lists must come out whole, or be open with exit code 3.
#include <chrono>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/probe/everyday.h"
#include "tests/probe/probed.h"
#include "tests/servers.h"

namespace tlsward::tests {
namespace {

/// The everyday nginx behind a front with `options`.
struct Fronted {
  explicit Fronted(const std::vector<std::string>& options) : server(front(backend.port(), options)) {}
  ServerFiles files;
  Server backend = nginx(everyday_block(files));
  Server server;
};

void check_everyday_lists(const Probed& found) {
  CHECK(sorted(found.suites("1.2")) == sorted(kEverydayTls12));
  CHECK(sorted(found.suites("1.3")) == sorted(kEverydayTls13));
  CHECK(sorted(found.groups("1.2")) == sorted(kEverydayGroups));
  CHECK(sorted(found.groups("1.3")) == sorted(kEverydayGroups));
}

const char* const kOldVersions[] = {"1.1", "1.0", "SSL 3.0", "SSL 2.0"};

/// Everything is told, and it is the truth.
void check_everyday(const Probed& found) {
  INFO(found.everything());
  CHECK(found.exit_code() == 0);
  CHECK(found.versions() == "1.3 1.2");
  CHECK(found.versions("unknown").empty());
  check_everyday_lists(found);
  CHECK(found.complete("1.2"));
  CHECK(found.complete("1.3"));
}

/// Nothing is told that is not true: what is accepted is refused nowhere, and no list claims to be complete and is not.
void check_nothing_wrong(const Probed& found) {
  INFO(found.everything());
  CHECK(found.versions("refused").find("1.2") == std::string::npos);
  CHECK(found.versions("refused").find("1.3") == std::string::npos);
  for (const char* old : kOldVersions) CHECK(found.versions().find(old) == std::string::npos);
  if (found.complete("1.2")) CHECK(sorted(found.suites("1.2")) == sorted(kEverydayTls12));
  if (found.complete("1.3")) CHECK(sorted(found.suites("1.3")) == sorted(kEverydayTls13));
}

TEST_CASE("probe D1: five connections a second are enough, given the time") {
  const Fronted limited({"--rate", "5"});
  const Probed found(limited.server.endpoint(), "--deadline 60");
  check_everyday(found);
  CHECK(found.rate_limited());
}

TEST_CASE("probe D1: at the deadline, what a rate limit left open is unknown") {
  const Fronted limited({"--rate", "5"});
  const Probed found(limited.server.endpoint(), "--deadline 3");
  check_nothing_wrong(found);
  CHECK(found.exit_code() == 3);
  CHECK(found.rate_limited());
}

TEST_CASE("probe D1: a rate limit that resets is one too") {
  const Fronted limited({"--rate", "5", "--over", "reset"});
  check_everyday(Probed(limited.server.endpoint(), "--deadline 60"));
}

TEST_CASE("probe D2: hellos of 512 bytes and more that vanish hide no version") {
  const Fronted dropping({"--refuse", "size:512", "--how", "silence"});
  check_everyday(Probed(dropping.server.endpoint(), "--deadline 60"));
}

TEST_CASE("probe D2: the intolerance to large hellos is told") {
  const Fronted closing({"--refuse", "size:512", "--how", "close"});
  const Probed found(closing.server.endpoint(), "--all --deadline 60");
  check_everyday(found);
  CHECK(found.verdict("large-hello") == "refused");
}

TEST_CASE("probe D13: a server that handles one connection at a time gives its whole list") {
  ServerFiles files;
  const std::string rsa = files("rsa.pem", "rsa:2048 with-key"), ecdsa = files("ecdsa.pem", "ec:p256 with-key");
  const Server server = openssl_s_server({"-cert", rsa, "-dcert", ecdsa, "-dkey", ecdsa, "-tls1_2", "-serverpref",
                                          "-cipher", "ALL:COMPLEMENTOFALL:!PSK:!SRP:@SECLEVEL=0"});
  const Probed found(server.endpoint(), "--deadline 50");
  INFO(found.everything());
  CHECK(found.versions() == "1.2");
  CHECK(found.versions("unknown").empty());
  CHECK(found.suites("1.2") ==
        "c02c c030 009f cca9 cca8 ccaa c0af c0ad c0a3 c09f c05d c061 c053 00a7 c02b c02f 009e c0ae c0ac c0a2 c09e c05c "
        "c060 c052 00a6 c024 c028 006b c073 c077 00c4 006d 00c5 c023 c027 0067 c072 c076 00be 006c 00bf c00a c014 0039 "
        "0088 c019 003a 0089 c009 c013 0033 0045 c018 0034 0046 009d c0a1 c09d c051 009c c0a0 c09c c050 003d 00c0 003c "
        "00ba 0035 0084 002f 0041 c006 c010 c015 003b 0002 0001");
  CHECK(sorted(found.chains()) == "ECDSA RSA");
  CHECK(found.exit_code() == 0);
}

TEST_CASE("probe D13: at the deadline, what a serial server left open is unknown") {
  const Fronted serial({"--serial", "--dribble", "800"});
  const Probed found(serial.server.endpoint());
  check_nothing_wrong(found);
  CHECK(found.exit_code() == 3);
  CHECK(found.serial());
}

TEST_CASE("probe D18: refused hellos that get no answer hide nothing that is accepted") {
  const Fronted hiding({"--hide-refusals"});
  const Probed found(hiding.server.endpoint(), "--deadline 50 --timeout 1");
  INFO(found.everything());
  CHECK(found.versions() == "1.3 1.2");
  CHECK(sorted(found.suites("1.2")) == sorted(kEverydayTls12));
  CHECK(sorted(found.suites("1.3")) == sorted(kEverydayTls13));
  CHECK(found.versions("unknown") == "1.1 1.0 SSL 3.0 SSL 2.0");
  CHECK(found.exit_code() == 3);
}

TEST_CASE("probe D18: at the default deadline no version is refused that was only silent") {
  const Fronted hiding({"--hide-refusals"});
  const Probed found(hiding.server.endpoint());
  check_nothing_wrong(found);
  CHECK(found.versions("refused").empty());
  CHECK(found.took() < std::chrono::seconds(12));
  CHECK(found.exit_code() == 3);
}

TEST_CASE("probe D19: an answer that dribbles in is an answer") {
  const Fronted dribbling({"--dribble", "400"});
  check_everyday(Probed(dribbling.server.endpoint(), "--deadline 50"));
}

TEST_CASE("probe: every second connection is reset") {
  const Fronted resetting({"--reset-every", "2"});
  check_everyday(Probed(resetting.server.endpoint(), "--deadline 50"));
}

TEST_CASE("probe: one connection at a time is enough, given the time") {
  const Fronted serial({"--serial"});
  check_everyday(Probed(serial.server.endpoint(), "--deadline 50"));
}

/// A server that says no to hellos with GREASE, or with more than 128 suites, as `how` says.
void check_intolerant(const std::string& how, const std::string& told) {
  INFO(how);
  {
    const Fronted server({"--refuse", "grease", "--how", how});
    const Probed found(server.server.endpoint(), "--all --deadline 50 --timeout 1");
    check_everyday(found);
    CHECK(found.verdict("grease") == told);
  }
  const Fronted server({"--refuse", "suites:128", "--how", how});
  const Probed found(server.server.endpoint(), "--all --deadline 50 --timeout 1");
  check_everyday(found);
  CHECK(found.verdict("many-suites") == told);
}

TEST_CASE("probe: intolerance of GREASE and of many suites is told and worked round where it alerts") {
  check_intolerant("alert:40", "refused");
}

TEST_CASE("probe: intolerance of GREASE and of many suites is told and worked round where it closes") {
  check_intolerant("close", "refused");
}

TEST_CASE("probe: intolerance of GREASE and of many suites is worked round where it is silent") {
  check_intolerant("silence", "unknown");
}

TEST_CASE("probe: intolerance of extensions newer than 2008 is told and worked round") {
  ServerFiles files;
  const Server backend = nginx(everyday_block(files) + "ssl_conf_command MaxProtocol TLSv1.2;\n");
  const Server server = front(backend.port(), {"--refuse", "extension", "--how", "alert:47"});
  const Probed found(server.endpoint(), "--all --deadline 50");
  INFO(found.everything());
  CHECK(found.versions() == "1.2");
  CHECK(sorted(found.suites("1.2")) == sorted(kEverydayTls12));
  CHECK(found.verdict("unknown-extensions") == "refused");
}

TEST_CASE("probe: a server that cannot stand versions above TLS 1.2 is scanned all the same") {
  ServerFiles files;
  const Server backend = nginx(everyday_block(files) + "ssl_conf_command MaxProtocol TLSv1.2;\n");
  const Server server = front(backend.port(), {"--refuse", "above:0303"});
  const Probed found(server.endpoint(), "--all --deadline 50");
  INFO(found.everything());
  CHECK(found.versions() == "1.2");
  CHECK(sorted(found.suites("1.2")) == sorted(kEverydayTls12));
  CHECK(found.verdict("future-versions") != "accepted");
}

}  // namespace
}  // namespace tlsward::tests
