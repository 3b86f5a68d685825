#include "probe/shard.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "tests/catch.h"

namespace tlsward::probe {
namespace {

std::string error(std::string_view text) {
  const auto shard = parse_shard(text);
  REQUIRE_FALSE(shard);
  return shard.error().message;
}

std::uint32_t part_of(const std::string& text, std::uint32_t count) {
  const auto target = parse_target(text);
  REQUIRE(target);
  std::uint32_t part = 0;
  for (std::uint32_t k = 1; k <= count; ++k) {
    if (!belongs(*target, {k, count})) continue;
    CHECK(part == 0);
    part = k;
  }
  return part;
}

TEST_CASE("shards: K/N with K from 1") {
  const auto shard = parse_shard("2/8");
  REQUIRE(shard);
  CHECK(shard->index == 2);
  CHECK(shard->count == 8);
  CHECK(parse_shard("1/1"));
  CHECK(parse_shard("65536/65536"));
}

TEST_CASE("shards: what is no part of a whole is an error") {
  CHECK(error("9/8") == "shard '9/8': K is 1 to N");
  CHECK(error("0/8") == "shard '0/8': K is 1 to N");
  CHECK(error("1/0") == "shard '1/0': N is 1 to 65536");
  CHECK(error("1/65537") == "shard '1/65537': N is 1 to 65536");
  CHECK(error("3") == "shard '3': accepted is K/N, as in 2/8");
  for (const char* text : {"a/8", "1/8x", "1/", "/8", "-1/8", "1/8/2", "1 /8", "99999999999/8", "1/99999999999"})
    CHECK(error(text) == fmt::format("shard '{}': K and N are whole numbers, as in 2/8", text));
}

// Each of these is what $((1 + 0x$(printf %s HOST:PORT | sha256sum | cut -c1-8) % N)) gives.
TEST_CASE("shards: the part is the one that sha256sum and a shell compute") {
  CHECK(part_of("api.example", 8) == 8);
  CHECK(part_of("api.example", 3) == 2);
  CHECK(part_of("API.example.:443", 8) == 8);
  CHECK(part_of("api.example:8443", 8) == 5);
  CHECK(part_of("192.0.2.7", 100) == 92);
  CHECK(part_of("[2001:DB8::1]:443", 100) == 80);
}

TEST_CASE("shards: N machines with one list take each target exactly once, in even parts") {
  std::array<int, 7> taken{};
  for (int i = 0; i < 7000; ++i) taken.at(part_of(fmt::format("10.0.{}.{}", i / 256, i % 256), 7) - 1) += 1;
  for (const int count : taken) {
    CHECK(count > 900);
    CHECK(count < 1100);
  }
}

TEST_CASE("shards: names that differ by two in their last digit do not all fall into one half") {
  int first = 0;
  for (int i = 1; i < 2000; i += 2) first += part_of(fmt::format("node{}.example", i), 2) == 1 ? 1 : 0;
  CHECK(first > 400);
  CHECK(first < 600);
}

TEST_CASE("shards: the only part has everything") {
  CHECK(belongs(*parse_target("a.example"), {}));
}

}  // namespace
}  // namespace tlsward::probe
