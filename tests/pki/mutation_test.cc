// Whatever the bytes: no crash, no leak (under sanitizers), no quoting of key material.
#include <algorithm>
#include <array>
#include <random>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/pki/bundles.h"

namespace tlsward {
namespace {

constexpr int kMutations = 5000;
constexpr std::size_t kTelling = 8;  // characters in a row that would tell something about a key

std::vector<std::string> seeds() {
  tests::Files file;
  std::vector<std::string> texts;
  file("root", "ca");
  for (const char* spec :
       {"san=DNS:a,IP:10.0.0.1,URI:u:x,email:a@b eku=serverAuth ku=digitalSignature aia=http://a ocsp=http://b "
        "must-staple",
        "rsa:1024 with-key", "issuer=root chain with-root with-key", "ed25519 with-key", "key-only traditional",
        "rsa:1024 key-only traditional", "key-only encrypted", "key-only encrypted-legacy", "with-key folded",
        "public-key", "der", "key-only der", "p12", "v1", "ec:p521 with-key"}) {
    texts.push_back(file("mutant", spec));
  }
  texts.emplace_back("# -----BEGIN PRIVATE KEY-----\n# insert certificate key\n# -----END PRIVATE KEY-----\n");
  return texts;
}

class Mutator {
 public:
  std::string operator()(std::string text) {
    const std::size_t count = 1 + below(4);
    for (std::size_t i = 0; i < count; ++i) change(text);
    return text;
  }
  std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

 private:
  void change(std::string& text) {
    static constexpr std::array<std::string_view, 12> kPieces = {
        "-----", "-----BEGIN CERTIFICATE-----",   "-----END CERTIFICATE-----\n", "\n", "\r", " ", "=", "#", "...",
        "\\n",   "-----BEGIN PRIVATE KEY-----\n", "Proc-Type: 4,ENCRYPTED\n"};
    const std::size_t at = below(text.size() + 1);
    switch (below(6)) {
      case 0:
        text.resize(at);
        break;
      case 1:
        text.erase(at, below(40));
        break;
      case 2:
        text.insert(at, kPieces.at(below(kPieces.size())));
        break;
      case 3:
        text.insert(at, text.substr(below(text.size() + 1), below(200)));
        break;
      default:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
    }
  }

  std::mt19937 random_{20260101};
};

std::string decoded(const std::string& text) {
  std::string base64;
  std::copy_if(text.begin(), text.end(), std::back_inserter(base64), [](char c) { return c != '\n'; });
  base64.resize(base64.size() / 4 * 4);
  std::string bytes(base64.size(), '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(base64.data()), static_cast<int>(base64.size()));
  bytes.resize(static_cast<std::size_t>(std::max(size, 0)));
  return bytes;
}

/// True where `shown` has a piece of `secret` in it.
bool quotes(const std::string& shown, const std::string& secret) {
  for (std::size_t i = 0; i + kTelling <= shown.size(); ++i) {
    if (secret.find(shown.substr(i, kTelling)) != std::string::npos) return true;
  }
  return false;
}

/// Everything that a bundle says in words.
std::vector<std::string> words(const tls::Bundle& bundle) {
  std::vector<std::string> all = bundle.problems;
  for (const tls::PemBlock& block : bundle.blocks) all.push_back(block.label);
  return all;
}

void check_consistent(const tls::Bundle& bundle) {
  for (const tls::PemBlock& block : bundle.blocks) {
    if (!block.decoded) continue;
    if (block.kind == tls::PemKind::Certificate) CHECK(block.index < bundle.certificates.size());
    if (block.kind == tls::PemKind::PrivateKey) CHECK(block.index < bundle.private_keys.size());
    if (block.kind == tls::PemKind::PublicKey) CHECK(block.index < bundle.public_keys.size());
  }
}

TEST_CASE("pki: mutated PEM, DER and base64 of mutated DER are read without harm") {
  Mutator mutate;
  const std::vector<std::string> texts = seeds();
  for (int i = 0; i < kMutations; ++i) {
    const std::string& text = texts[mutate.below(texts.size())];
    const bool binary = text.find("-----") == std::string::npos;
    const std::string mutant = mutate(text);
    check_consistent(pki::read_bundle(mutant));
    if (!binary) continue;
    check_consistent(pki::read_bundle(tests::pem("CERTIFICATE", mutant)));
    check_consistent(pki::read_bundle(tests::pem("PRIVATE KEY", mutant)));
    check_consistent(pki::read_bundle(tests::pem("PUBLIC KEY", mutant)));
  }
}

TEST_CASE("pki: no problem and no label quotes a private key, however broken its file is") {
  Mutator mutate;
  for (const char* spec :
       {"key-only", "rsa:1024 key-only", "rsa:1024 key-only traditional", "ed25519 key-only", "key-only folded"}) {
    const std::string text = tests::Files()(spec);
    const std::size_t begin = text.find("KEY-----") + 9;
    const std::string body = text.substr(begin, text.find("-----END") - begin);
    const std::string bytes = decoded(body);
    REQUIRE(body.size() > kTelling);
    for (int i = 0; i < kMutations / 10; ++i) {
      for (const std::string& text_shown : words(pki::read_bundle(mutate(text)))) {
        INFO(text_shown);
        CHECK_FALSE(quotes(text_shown, body));
        CHECK_FALSE(quotes(text_shown, bytes));
      }
    }
  }
}

// Base64 may be capitals and digits for as long as you like, which is what labels are made of.
TEST_CASE("pki: no damaged BEGIN line makes a label of a private key") {
  const std::string begin = "-----BEGIN PRIVATE KEY-----\n";
  const std::string body = "MC4CAQAWBQYDK2VWBCIEIABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789ABCDEFG";
  for (std::size_t from = 0; from < begin.size(); ++from) {
    for (std::size_t count = 0; from + count <= begin.size(); ++count) {
      for (std::size_t dashes = kTelling; dashes <= body.size(); ++dashes) {
        std::string text = begin + body;
        text.insert(begin.size() + dashes, "-----");
        text.erase(from, count);
        text += "\n-----END PRIVATE KEY-----\n";
        for (const std::string& shown : words(pki::read_bundle(text))) {
          if (quotes(shown, body)) FAIL(text << "\nshows: " << shown);
        }
      }
    }
  }
}

}  // namespace
}  // namespace tlsward
