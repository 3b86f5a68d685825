#include "gateways/material.h"

#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "tests/catch.h"
#include "tests/process.h"

using namespace tlsward;
using namespace tlsward::gateways;
using tls::MaterialState;

namespace {

tls::Material read(const std::string& path, const ReadOptions& options = {}) {
  Node value;
  value.kind = NodeKind::Text;
  value.scalar = path;
  return file_material(value, "tls.ca_certs[0]", tls::MaterialUse::TrustAnchor, tls::MaterialPart::Certificate,
                       options);
}

}  // namespace

TEST_CASE("material: files are read below --root, absolute paths too") {
  const tests::TemporaryDirectory directory;
  directory.write("etc/ca.pem", "no certificate");
  ReadOptions options;
  options.root = directory.path() + "/";
  for (const char* path : {"/etc/ca.pem", "etc/ca.pem", "etc/../etc/ca.pem"}) {
    const tls::Material material = read(path, options);
    CHECK(material.state == MaterialState::Read);
    CHECK(material.written == path);
    CHECK(material.bundle.certificates.empty());
    CHECK_FALSE(material.bundle.problems.empty());
  }
  CHECK(read("/etc/ca.pem", options).file == directory.path() + "/etc/ca.pem");
  CHECK(read("/etc/none.pem", options).state == MaterialState::Missing);
  CHECK(read("/etc/ca.pem/none.pem", options).state == MaterialState::Missing);
}

TEST_CASE("material: neither links nor '..' leave --root") {
  const tests::TemporaryDirectory directory;
  directory.write("outside.pem", "of this machine");
  directory.write("root/inside.pem", "of the target");
  ReadOptions options;
  options.root = directory.path() + "/root";
  std::filesystem::create_symlink("/inside.pem", options.root + "/absolute.pem");
  std::filesystem::create_symlink(directory.path() + "/outside.pem", options.root + "/escaping.pem");
  CHECK(read("/absolute.pem", options).state == MaterialState::Read);
  CHECK(read("/../inside.pem", options).state == MaterialState::Read);
  CHECK(read("/escaping.pem", options).state == MaterialState::Missing);
  CHECK(read("/../outside.pem", options).state == MaterialState::Missing);
}

TEST_CASE("material: only regular files of a sane size are read, and nothing makes the reader wait") {
  const tests::TemporaryDirectory directory;
  const std::string path = directory.path();
  REQUIRE(::mkfifo((path + "/pipe").c_str(), 0600) == 0);
  CHECK(read(path + "/pipe").problem == "is not a regular file");
  CHECK(read(path).problem == "is a directory");
  CHECK(read("/dev/zero").problem == "is not a regular file");
  directory.write("large.pem", std::string((std::size_t{4} << 20) + 1, ' '));
  CHECK(read(path + "/large.pem").problem == "4194305 bytes; at most 4194304 bytes are read");
  CHECK(read(path + "/large.pem").state == MaterialState::Unreadable);
  directory.write("largest.pem", std::string(std::size_t{4} << 20, ' '));
  CHECK(read(path + "/largest.pem").state == MaterialState::Read);
  CHECK(read(std::string("a\0b", 3)).problem == "the path holds a zero byte");
}

TEST_CASE("material: permissions are told") {
  const tests::TemporaryDirectory directory;
  directory.write("key.pem", "");
  REQUIRE(::chmod((directory.path() + "/key.pem").c_str(), 0640) == 0);
  CHECK(read(directory.path() + "/key.pem").file_mode == 0640);
}

TEST_CASE("material: nothing is opened where files are not to be followed, or the path is not known") {
  ReadOptions options;
  options.follow_files = false;
  CHECK(read("/dev/null", options).state == MaterialState::NotFollowed);
  CHECK(read("/path/to/cert.pem").state == MaterialState::Unresolved);
  Node reference;
  reference.kind = NodeKind::Text;
  reference.scalar = "$CA";
  reference.unresolved = true;
  CHECK(file_material(reference, "ca", tls::MaterialUse::TrustAnchor, tls::MaterialPart::Certificate, {}).state ==
        MaterialState::Unresolved);
}

TEST_CASE("material: PEM text in place of a path is not repeated as if it were one") {
  const tls::Material material = read("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
  CHECK(material.state == MaterialState::Unreadable);
  CHECK(material.inline_text);
  CHECK(material.written.empty());
  CHECK(material.file.empty());
}

TEST_CASE("addresses fall into scheme, host, port and path") {
  const auto parts = [](std::string_view text) {
    const Address address = parse_address(text);
    return address.scheme + "|" + address.host + "|" + address.port + "|" + address.path;
  };
  CHECK(parts("https://api.example:8443/v1?x=1") == "https|api.example|8443|/v1?x=1");
  CHECK(parts("HTTP://api.example") == "http|api.example||");
  CHECK(parts("api.example:443") == "|api.example|443|");
  CHECK(parts("https://[2001:db8::1]:443/") == "https|2001:db8::1|443|/");
  CHECK(parts("2001:db8::1") == "|2001:db8::1||");
  CHECK(parts("https://user:word@api.example") == "https|api.example||");
  CHECK(parts("") == "|||");
}

TEST_CASE("hosts are told apart: literals, loopback, registrable part") {
  CHECK(is_ip_literal("192.0.2.1"));
  CHECK(is_ip_literal("2001:db8::1"));
  CHECK(is_ip_literal("fe80::1%eth0"));
  CHECK_FALSE(is_ip_literal("192.0.2"));
  CHECK_FALSE(is_ip_literal("api.example"));
  CHECK(is_loopback("localhost"));
  CHECK(is_loopback("LocalHost."));
  CHECK(is_loopback("127.1.2.3"));
  CHECK(is_loopback("::1"));
  CHECK_FALSE(is_loopback("127.example"));
  CHECK_FALSE(is_loopback("10.0.0.1"));
  CHECK(registrable_domain("a.b.example.com") == "example.com");
  CHECK(registrable_domain("api.a.co.uk") == "a.co.uk");
  CHECK(registrable_domain("a.co.uk.") == "a.co.uk");
  CHECK(registrable_domain("api.example.de") == "example.de");
  CHECK(registrable_domain("192.0.2.1") == "192.0.2.1");
  CHECK(registrable_domain("localhost") == "localhost");
}
