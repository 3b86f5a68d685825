#include "probe/address_block.h"

#include <string>

#include "tests/catch.h"

namespace tlsward::probe {
namespace {

AddressBlock read(std::string_view text) {
  const auto block = parse_block(text);
  INFO(text);
  REQUIRE(block);
  if (!*block) FAIL(block->error().message);
  return **block;
}

std::string error(std::string_view text) {
  const auto block = parse_block(text);
  INFO(text);
  REQUIRE(block);
  REQUIRE_FALSE(*block);
  return block->error().message;
}

TEST_CASE("blocks: every address of an IPv4 network is in it, the first and the last too") {
  const AddressBlock block = read("192.0.2.0/24");
  CHECK(block.size() == 256);
  CHECK(block.at(0) == Target{"192.0.2.0", "192.0.2.0", 443, false, {}});
  CHECK(block.at(255).host == "192.0.2.255");
  CHECK(parse_block("192.0.2.0/24", 8443)->value().at(3).port == 8443);
}

TEST_CASE("blocks: a port goes to each address") {
  CHECK(read("192.0.2.8/30:8443").at(3) == Target{"192.0.2.11:8443", "192.0.2.11", 8443, true, {}});
  CHECK(read("[2001:db8::]/120:8443").at(255) == Target{"[2001:db8::ff]:8443", "2001:db8::ff", 8443, true, {}});
}

TEST_CASE("blocks: IPv6 with and without brackets") {
  CHECK(read("[2001:db8::100]/120").at(1).host == "2001:db8::101");
  CHECK(read("2001:db8::/108").size() == 1U << 20);
  CHECK(read("2001:db8::/108").at((1U << 20) - 1).text == "2001:db8::f:ffff");
}

TEST_CASE("blocks: one address is a block, and 2^20 are the most") {
  CHECK(read("192.0.2.7/32").size() == 1);
  CHECK(read("::1/128").at(0).host == "::1");
  CHECK(read("10.16.0.0/12").size() == 1U << 20);
  CHECK(read("10.16.0.0/12").at((1U << 20) - 1).host == "10.31.255.255");
  CHECK(error("10.0.0.0/8") == "'10.0.0.0/8': the block has 16777216 addresses; at most 1048576 (/12 and longer)");
  CHECK(error("2001:db8::/32") == "'2001:db8::/32': the block has 2^96 addresses; at most 1048576 (/108 and longer)");
}

TEST_CASE("blocks: set bits behind the prefix are an error that names the block") {
  CHECK(error("192.0.2.5/24") == "'192.0.2.5/24': bits are set behind the first 24; the block is 192.0.2.0/24");
  CHECK(error("2001:db8::ff/124") ==
        "'2001:db8::ff/124': bits are set behind the first 124; the block is 2001:db8::f0/124");
}

TEST_CASE("blocks: what is no block is an error") {
  CHECK(error("192.0.2.0/33") == "'192.0.2.0/33': prefix length '33' is not accepted; 0 to 32");
  CHECK(error("192.0.2.0/") == "'192.0.2.0/': prefix length '' is not accepted; 0 to 32");
  CHECK(error("192.0.2.0/24x").find("prefix length '24x'") != std::string::npos);
  CHECK(error("192.0.2.0/-1").find("prefix length '-1'") != std::string::npos);
  CHECK(error("192.0.2.0/24:0") == "'192.0.2.0/24:0': port 0 is out of range; 1 to 65535");
  CHECK(error("api.example/24").starts_with("'api.example/24': in front of '/' stands no IP address"));
  CHECK(error("api.example/v1?token=abc").starts_with("'api.example/v1': "));
  CHECK(error("[192.0.2.0]/24").find("no IP address") != std::string::npos);
  CHECK(error(std::string_view("192.0.2.0\0/24", 13)).find("no IP address") != std::string::npos);
}

TEST_CASE("blocks: names, URLs and what has a user name in it are none") {
  for (const char* text : {"192.0.2.1", "https://api.example/24", "user:secret@api.example/24", ""})
    CHECK_FALSE(parse_block(text));
}

}  // namespace
}  // namespace tlsward::probe
