// Public keys without a private half, judged by OpenSSL: each is answered with a ServerHello of its group.
#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <optional>
#include <string>

#include "tests/catch.h"
#include "tests/probe/everyday.h"
#include "tests/servers.h"
#include "tls/wire/client_hello.h"
#include "tls/wire/flight.h"

namespace tlsward::tests {
namespace {

namespace wire = tls::wire;

/// A hello of TLS 1.3 with a share of `group` alone.
wire::ClientHello hello_with_share(tls::Group group) {
  const auto key = wire::public_key_without_private_half(group, /*seed=*/7);
  REQUIRE(key);
  wire::ClientHello hello;
  hello.suites = {{0x1301}, {0x1302}, {0x1303}};
  hello.extensions = {wire::supported_versions({tls::kTls13}), wire::supported_groups({group}),
                      wire::signature_algorithms({{0x0804}, {0x0403}}), wire::key_share({{group, *key}})};
  return hello;
}

/// The server's answer, as far as it can be read.
wire::ServerFlight ask(std::uint16_t port, const wire::ClientHello& hello) {
  const int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval limit{.tv_sec = 10, .tv_usec = 0};
  setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  REQUIRE(connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  const wire::Bytes request = wire::write_records(hello);
  REQUIRE(send(client, request.data(), request.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(request.size()));
  wire::FlightReader reader(wire::ReadUntil::Hello);
  std::array<std::uint8_t, 4096> buffer{};
  while (reader.state() == wire::FlightReader::State::More) {
    const ssize_t count = recv(client, buffer.data(), buffer.size(), 0);
    if (count <= 0) break;
    reader.feed({buffer.data(), static_cast<std::size_t>(count)});
  }
  close(client);
  return reader.take_flight();
}

void check_accepted(const Server& server, tls::Group group) {
  const wire::ServerFlight flight = ask(server.port(), hello_with_share(group));
  INFO(tls::name(group) << (flight.alert ? ": alert " + wire::name(*flight.alert) : std::string()));
  REQUIRE(flight.hello);
  CHECK_FALSE(flight.hello->is_retry());
  CHECK(flight.hello->group() == group);
}

TEST_CASE("key shares: OpenSSL 3.0 takes those of curves and finite fields") {
  ServerFiles files;
  const std::string pem = files("rsa.pem", kEverydayRecipe);
  const Server server = openssl_s_server(
      {"-cert", pem, "-tls1_3", "-groups", "X25519:X448:P-256:P-384:P-521:ffdhe2048:ffdhe3072:ffdhe4096"});
  for (const int code : {29, 30, 23, 24, 25, 256, 257, 258}) {
    check_accepted(server, tls::Group{static_cast<std::uint16_t>(code)});
  }
}

TEST_CASE("key shares: OpenSSL 3.5 takes those of ML-KEM, alone and in hybrids") {
  if (!heavy_package("npm")) return;
  ServerFiles files;
  const std::string pem = files("rsa.pem", kEverydayRecipe);
  const Server server = node_server(R"({"cert": ")" + pem + R"(", "key": ")" + pem + R"(", "ecdhCurve":
      "MLKEM512:MLKEM768:MLKEM1024:SecP256r1MLKEM768:X25519MLKEM768:SecP384r1MLKEM1024"})");
  for (const int code : {0x0200, 0x0201, 0x0202, 0x11eb, 0x11ec, 0x11ed}) {
    check_accepted(server, tls::Group{static_cast<std::uint16_t>(code)});
  }
}

TEST_CASE("key shares: the raw server takes them by their length") {
  const Server server = raw_tls(R"({"versions": {"tls1.3": "1301"}, "groups": {"tls1.3":
      "0200 0201 0202 11eb 11ec 11ed 6399 001d 0017 0100 001f"}})");
  for (const int code : {0x0200, 0x0201, 0x0202, 0x11eb, 0x11ec, 0x11ed, 0x6399, 29, 23, 256, 31}) {
    check_accepted(server, tls::Group{static_cast<std::uint16_t>(code)});
  }
}

}  // namespace
}  // namespace tlsward::tests
