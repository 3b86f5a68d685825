#include "tls/material.h"

#include "tests/catch.h"

using namespace tlsward::tls;

namespace {

CertificateFacts certificate(const std::string& subject, const std::string& issuer, bool is_ca = false) {
  CertificateFacts facts;
  facts.subject = "CN=" + subject;
  facts.issuer = "CN=" + issuer;
  facts.sha256 = subject;
  facts.is_ca = facts.has_basic_constraints = is_ca;
  facts.self_issued = facts.self_signed = subject == issuer;
  return facts;
}

Material material(MaterialUse use, std::vector<CertificateFacts> certificates) {
  Material result;
  result.use = use;
  result.state = MaterialState::Read;
  result.bundle.encoding = Encoding::Pem;
  result.bundle.certificates = std::move(certificates);
  return result;
}

std::string subjects(const std::vector<PlacedCertificate>& certificates) {
  std::string result;
  for (const PlacedCertificate& one : certificates) result += one.facts->subject + " ";
  return result;
}

}  // namespace

TEST_CASE("material: a name covers itself in any case, a star one label, a common name nothing") {
  CertificateFacts facts;
  facts.common_name = "cn.example";
  facts.dns_names = {"API.example", "*.shop.example", "a.*.example"};
  facts.ip_addresses = {"10.0.0.1", "::1"};
  for (const char* host : {"api.example", "Api.Example", "de.shop.example", "10.0.0.1", "::1"}) {
    INFO(host);
    CHECK(covers_host(facts, host));
  }
  for (const char* host : {"cn.example", "shop.example", "a.de.shop.example", "a.b.example", ".shop.example", ""}) {
    INFO(host);
    CHECK_FALSE(covers_host(facts, host));
  }
}

TEST_CASE("material: the leaf of a chain is the one that issued no other, wherever it stands") {
  const auto root = certificate("root", "root", true);
  const auto ca = certificate("ca", "root", true);
  const auto leaf = certificate("leaf", "ca");
  TlsContext context;
  context.material = {material(MaterialUse::Certificate, {leaf, ca, root}),
                      material(MaterialUse::Certificate, {root, ca, leaf})};
  CHECK(subjects(leaves(context, MaterialUse::Certificate)) == "CN=leaf CN=leaf ");
  context.material = {material(MaterialUse::Certificate, {root})};
  CHECK(subjects(leaves(context, MaterialUse::Certificate)) == "CN=root ");
}

TEST_CASE("material: the chain in a file that is named for its key is not counted again") {
  TlsContext context;
  context.material = {material(MaterialUse::Certificate, {certificate("leaf", "ca")}),
                      material(MaterialUse::Certificate, {certificate("leaf", "ca")})};
  context.material[1].part = MaterialPart::Key;
  CHECK(certificates(context, MaterialUse::Certificate).size() == 1);
}

TEST_CASE("material: what was not read holds no certificates") {
  TlsContext context;
  context.material = {material(MaterialUse::Certificate, {certificate("leaf", "ca")})};
  context.material[0].state = MaterialState::Missing;
  CHECK(certificates(context, MaterialUse::Certificate).empty());
}

TEST_CASE("material: a trusted certificate that cannot sign is the upstream's own") {
  const auto ca = certificate("ca", "ca", true);
  const auto upstream = certificate("upstream", "other");
  const auto client = certificate("client", "other");
  auto old = certificate("old", "old");
  old.version = 1;
  TlsContext context;
  context.role = Role::Upstream;
  context.material = {material(MaterialUse::TrustAnchor, {ca, upstream, client, old}),
                      material(MaterialUse::Certificate, {client})};
  CHECK(subjects(server_leaves(context)) == "CN=upstream ");
  context.role = Role::Listener;
  CHECK(subjects(server_leaves(context)) == "CN=client ");
}

TEST_CASE("material: a certificate signs others with CA:TRUE and, where it has a keyUsage, keyCertSign") {
  auto facts = certificate("ca", "ca", true);
  CHECK(can_sign(facts));
  facts.has_key_usage = true;
  facts.key_usage = {"digitalSignature"};
  CHECK_FALSE(can_sign(facts));
  facts.key_usage.push_back("keyCertSign");
  CHECK(can_sign(facts));
  facts.is_ca = false;
  CHECK_FALSE(can_sign(facts));
}

TEST_CASE("material: a pair is swapped where each half holds only what belongs to the other") {
  Material certificate_file = material(MaterialUse::Certificate, {});
  Material key_file = material(MaterialUse::Certificate, {certificate("leaf", "ca")});
  const PemBlock key_block{PemKind::PrivateKey, "PRIVATE KEY", 0, true};
  const PemBlock certificate_block{PemKind::Certificate, "CERTIFICATE", 0, true};
  certificate_file.bundle.blocks = {key_block};
  key_file.bundle.blocks = {certificate_block};
  CHECK(is_swapped({&certificate_file, &key_file}));
  key_file.bundle.blocks.push_back(key_block);
  CHECK_FALSE(is_swapped({&certificate_file, &key_file}));
}

TEST_CASE("material: descriptions name the subject, else the serial number, and the file") {
  auto facts = certificate("leaf", "ca");
  facts.serial = "4f2a";
  Material file = material(MaterialUse::Certificate, {});
  file.written = "certs/api.pem";
  CHECK(describe({&facts, &file, 0}) == "'CN=leaf' in 'certs/api.pem'");
  facts.subject.clear();
  CHECK(describe(facts) == "serial 4f2a");
}

TEST_CASE("material: dates are days in UTC") {
  using namespace std::chrono;
  const Time day = sys_days{year{2026} / 11 / 22};
  CHECK(date(day + hours{23} + minutes{59}) == "2026-11-22");
  CHECK(days_between(day, day + hours{47}) == 1);
  CHECK(days_between(day, day - hours{48}) == -2);
}
