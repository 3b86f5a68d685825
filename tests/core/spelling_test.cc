#include "core/spelling.h"

#include <array>
#include <string_view>

#include "tests/catch.h"

namespace tlsward {
namespace {

TEST_CASE("spelling: the distance counts insertions, deletions, replacements and swaps") {
  CHECK(edit_distance("min_version", "min_version", 3) == 0);
  CHECK(edit_distance("min_verson", "min_version", 3) == 1);
  CHECK(edit_distance("min_versionn", "min_version", 3) == 1);
  CHECK(edit_distance("min-version", "min_version", 3) == 1);
  CHECK(edit_distance("min_vesrion", "min_version", 3) == 1);
  CHECK(edit_distance("mni_vesrion", "min_version", 3) == 2);
  CHECK(edit_distance("kitten", "sitting", 5) == 3);
  CHECK(edit_distance("", "ab", 2) == 2);
  CHECK(edit_distance("", "", 0) == 0);
}

TEST_CASE("spelling: more than the limit is one more than the limit") {
  CHECK(edit_distance("abcdef", "uvwxyz", 2) == 3);
  CHECK(edit_distance("a", "abcdef", 2) == 3);
  CHECK(edit_distance("abc", "abd", 0) == 1);
}

TEST_CASE("spelling: case does not count") {
  CHECK(edit_distance("tls_MIN", "TLS_min", 2) == 0);
}

constexpr std::array<std::string_view, 5> kWords = {"min_version", "max_version", "cipher_suites", "Ciphers",
                                                    "ciphers"};

TEST_CASE("spelling: the nearest candidate is found") {
  CHECK(nearest("min_verion", kWords) == "min_version");
  CHECK(nearest("MIN_VERSION", kWords) == "min_version");
  CHECK(nearest("cipher_suits", kWords) == "cipher_suites");
  CHECK(nearest("Min_Versoin", kWords, 1) == "min_version");
}

TEST_CASE("spelling: of equally near candidates the one of the same case wins, then the first") {
  CHECK(nearest("cipherz", kWords) == "ciphers");
  CHECK(nearest("Cipherz", kWords) == "Ciphers");
  constexpr std::array<std::string_view, 2> kTwins = {"abcx", "abcy"};
  CHECK(nearest("abcz", kTwins) == "abcx");
}

TEST_CASE("spelling: of equally near candidates one with the same first letter wins") {
  constexpr std::array<std::string_view, 3> kShells = {"zsh", "fish", "bash"};
  CHECK(nearest("bsh", kShells, 1) == "bash");
}

TEST_CASE("spelling: the beginning of one word alone, and the part behind the slash, are meant") {
  constexpr std::array<std::string_view, 4> kIds = {"warning", "tls/weak-cipher", "tls/weak-dh", "flex/weak-dh"};
  CHECK(intended("warn", kIds) == "warning");
  CHECK(intended("weak-cipher", kIds) == "tls/weak-cipher");
  CHECK(intended("tls/weak-chiper", kIds) == "tls/weak-cipher");
  CHECK_FALSE(intended("tls/weak", kIds));
  CHECK_FALSE(intended("weak-dh", kIds));
  CHECK_FALSE(intended("w", kIds));
}

TEST_CASE("spelling: nothing is suggested for something else altogether") {
  CHECK_FALSE(nearest("listen_port", kWords));
  CHECK_FALSE(nearest("min_versi", kWords, 1));
  constexpr std::array<std::string_view, 2> kShort = {"on", "off"};
  CHECK_FALSE(nearest("xy", kShort));
  CHECK_FALSE(nearest("x", {}));
}

}  // namespace
}  // namespace tlsward
