#include "pki/pem.h"

#include <algorithm>
#include <string>
#include <vector>

#include "tests/catch.h"
#include "tests/pki/bundles.h"

namespace tlsward {
namespace {

using tests::Files;
using tls::Encoding;
using tls::PemKind;
using Problems = std::vector<std::string>;

std::string replaced(std::string text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
  return text;
}

std::string without_last_lines(std::string text, int count) {
  for (int i = 0; i < count; ++i) text.resize(text.rfind('\n', text.size() - 2) + 1);
  return text;
}

TEST_CASE("pem: a file with certificate and key gives both, in order") {
  const auto bundle = pki::read_bundle(Files()("cn=api with-key"));
  CHECK(bundle.encoding == Encoding::Pem);
  CHECK_FALSE(bundle.folded);
  CHECK(bundle.problems.empty());
  REQUIRE(bundle.blocks.size() == 2);
  CHECK(bundle.blocks[0].kind == PemKind::Certificate);
  CHECK(bundle.blocks[0].label == "CERTIFICATE");
  CHECK(bundle.blocks[0].decoded);
  CHECK(bundle.blocks[1].kind == PemKind::PrivateKey);
  CHECK(bundle.blocks[1].label == "PRIVATE KEY");
  CHECK(bundle.blocks[1].index == 0);
  REQUIRE(bundle.certificates.size() == 1);
  REQUIRE(bundle.private_keys.size() == 1);
  CHECK(bundle.certificates[0].key == bundle.private_keys[0]);
}

TEST_CASE("pem: a chain gives its certificates in file order, and blocks point at them") {
  Files file;
  file("root", "ca");
  file("sub", "ca issuer=root");
  const auto bundle = pki::read_bundle(file("leaf", "issuer=sub chain with-root with-key"));
  REQUIRE(bundle.certificates.size() == 3);
  CHECK(bundle.certificates[0].subject == "CN=leaf");
  CHECK(bundle.certificates[1].subject == "CN=sub");
  CHECK(bundle.certificates[2].subject == "CN=root");
  REQUIRE(bundle.blocks.size() == 4);
  CHECK(bundle.blocks[2].index == 2);
  CHECK(bundle.problems.empty());
}

TEST_CASE("pem: text between blocks, as openssl x509 -text and pkcs12 write it, is passed over") {
  Files file;
  const std::string text =
      "Bag Attributes\n    friendlyName: api\n" + file("a", "") + "\n# next one\n" + file("b", "") + "end\n";
  const auto bundle = pki::read_bundle(text);
  CHECK(bundle.certificates.size() == 2);
  CHECK(bundle.problems.empty());
}

TEST_CASE("pem: CRLF line ends and blanks at the end of lines do no harm") {
  const std::string text = Files()("with-key");
  for (const char* end : {"\r\n", "  \n", "\t\r\n"}) {
    const auto bundle = pki::read_bundle(replaced(text, "\n", end));
    CHECK(bundle.certificates.size() == 1);
    CHECK(bundle.private_keys.size() == 1);
    CHECK(bundle.problems.empty());
    CHECK_FALSE(bundle.folded);
  }
}

TEST_CASE("pem: a missing line break at the end of the file does no harm") {
  std::string text = Files()("");
  text.pop_back();
  CHECK(pki::read_bundle(text).problems.empty());
}

TEST_CASE("pem: a block that never ends is named, and so is one that a new BEGIN cuts off") {
  Files file;
  const std::string half = file("half", "half");
  CHECK(pki::read_bundle(half).problems == Problems{"block 1 (CERTIFICATE): BEGIN without END"});
  CHECK(pki::read_bundle(half).encoding == Encoding::Pem);

  const auto bundle = pki::read_bundle(half + "\n" + file("whole", ""));
  CHECK(bundle.problems == Problems{"block 1 (CERTIFICATE): BEGIN without END"});
  REQUIRE(bundle.blocks.size() == 2);
  CHECK_FALSE(bundle.blocks[0].decoded);
  CHECK(bundle.blocks[1].decoded);
  CHECK(bundle.certificates.size() == 1);
}

TEST_CASE("pem: an END without BEGIN is named with its line") {
  const std::string text = Files()("");
  const std::string tail = text.substr(text.find('\n') + 1);
  const auto lines = std::count(tail.begin(), tail.end(), '\n');
  CHECK(pki::read_bundle(tail).problems ==
        Problems{"line " + std::to_string(lines) + ": END CERTIFICATE without BEGIN"});
}

TEST_CASE("pem: an END of another kind is named") {
  const std::string text = replaced(Files()(""), "END CERTIFICATE", "END PRIVATE KEY");
  const auto bundle = pki::read_bundle(text);
  CHECK(bundle.problems == Problems{"block 1 (CERTIFICATE): ends with END PRIVATE KEY"});
  CHECK(bundle.certificates.empty());
}

TEST_CASE("pem: a BEGIN line without its closing dashes is named") {
  const auto bundle = pki::read_bundle(replaced(Files()(""), "BEGIN CERTIFICATE-----", "BEGIN CERTIFICATE"));
  REQUIRE(bundle.problems.size() == 2);
  CHECK(bundle.problems[0] == "line 1: BEGIN without label and closing dashes");
}

TEST_CASE("pem: bad base64 is named with block and line") {
  Files file;
  std::string text = file("a", "") + file("b", "");
  const std::size_t second = text.rfind("BEGIN");
  text[text.find('\n', second) + 5] = '!';
  const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(second), '\n') + 2;
  CHECK(pki::read_bundle(text).problems ==
        Problems{"block 2 (CERTIFICATE): bad base64: a character that is none of A-Z a-z 0-9 + / = in line " +
                 std::to_string(line)});
}

TEST_CASE("pem: a lost character of base64 is named") {
  const auto problem_of = [](const std::string& base64) {
    const auto bundle = pki::read_bundle("-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    return bundle.problems.at(0);
  };
  CHECK(problem_of("MAMCAQ") ==
        "block 1 (CERTIFICATE): bad base64: length is no multiple of 4, the end or a character is missing");
  CHECK(problem_of("MAMCA\n") ==
        "block 1 (CERTIFICATE): bad base64: length is no multiple of 4, the end or a character is missing");
  CHECK(problem_of("MAMC\n==") == "block 1 (CERTIFICATE): bad base64: '=' out of place in line 3");
  CHECK(problem_of("MAMCAQ==\nMAMC") == "block 1 (CERTIFICATE): bad base64: text after the closing '=' in line 3");
}

TEST_CASE("pem: base64 without its last lines is a certificate cut short") {
  const std::string text = without_last_lines(Files()("rsa:2048"), 3) + "-----END CERTIFICATE-----\n";
  const auto bundle = pki::read_bundle(text);
  REQUIRE(bundle.problems.size() == 1);
  CHECK(bundle.problems[0].starts_with("block 1 (CERTIFICATE): no certificate that OpenSSL can read ("));
  CHECK_FALSE(bundle.blocks[0].decoded);
}

TEST_CASE("pem: bytes behind the DER are named; the facts of a certificate are kept, those of a key are not") {
  Files file;
  const auto trusted = pki::read_bundle(tests::pem("CERTIFICATE", file("der") + "xy"));
  CHECK(trusted.certificates.size() == 1);
  CHECK(trusted.problems == Problems{"block 1 (CERTIFICATE): 2 bytes follow the certificate"});
  const auto key = pki::read_bundle(tests::pem("PRIVATE KEY", file("key-only der") + "xy"));
  CHECK(key.private_keys.empty());
  CHECK(key.problems == Problems{"block 1 (PRIVATE KEY): 2 bytes follow the key"});
}

TEST_CASE("pem: an empty block is named") {
  CHECK(pki::read_bundle("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n").problems ==
        Problems{"block 1 (CERTIFICATE): nothing stands between BEGIN and END"});
}

TEST_CASE("pem: folded PEM is recognised and still read") {
  for (const char* spec :
       {"folded", "rsa:2048 folded", "with-key folded", "key-only folded", "rsa:2048 key-only folded"}) {
    INFO(spec);
    const auto bundle = pki::read_bundle(Files()(spec));
    CHECK(bundle.encoding == Encoding::Pem);
    CHECK(bundle.folded);
    CHECK(bundle.certificates.size() + bundle.private_keys.size() == bundle.blocks.size());
    REQUIRE_FALSE(bundle.problems.empty());
    CHECK(bundle.problems[0] == "block 1 (" + bundle.blocks[0].label + "): its line breaks are lost");
  }
}

TEST_CASE("pem: PEM without anything between its lines is folded as well") {
  std::string text = replaced(Files()(""), "\n", "");
  CHECK(pki::read_bundle(text).folded);
  CHECK(pki::read_bundle(text).certificates.size() == 1);
}

TEST_CASE("pem: a folded key under a passphrase is recognised") {
  const auto bundle = pki::read_bundle(Files()("rsa:2048 key-only encrypted-legacy folded"));
  CHECK(bundle.folded);
  REQUIRE(bundle.private_keys.size() == 1);
  CHECK(bundle.private_keys[0].encrypted);
}

TEST_CASE("pem: line breaks written as backslash and n are named") {
  const auto bundle = pki::read_bundle(replaced(Files()(""), "\n", "\\n"));
  REQUIRE_FALSE(bundle.problems.empty());
  CHECK(bundle.problems.back() == "block 1 (CERTIFICATE): its line breaks are written as \\n");
}

TEST_CASE("pem: files joined without a line break between them are named and still read") {
  Files file;
  std::string text = file("a", "");
  text.pop_back();
  const auto bundle = pki::read_bundle(text + file("b", ""));
  CHECK(bundle.certificates.size() == 2);
  CHECK(bundle.problems == Problems{"block 2 (CERTIFICATE): BEGIN stands in the line of the END before it"});
}

TEST_CASE("pem: BEGIN and END that do not have their lines for themselves are named") {
  const std::string text = Files()("");
  CHECK(pki::read_bundle("  " + text).problems == Problems{"block 1 (CERTIFICATE): its BEGIN line is indented"});
  CHECK(pki::read_bundle("crt: " + text).problems ==
        Problems{"block 1 (CERTIFICATE): other text stands in front of BEGIN in its line"});
  CHECK(pki::read_bundle(text.substr(0, text.size() - 1) + "\"\n").problems ==
        Problems{"block 1 (CERTIFICATE): other text follows END in its line"});
}

TEST_CASE("pem: a byte-order mark is named, since readers pass over the block behind it") {
  const auto bundle = pki::read_bundle("\xEF\xBB\xBF" + Files()(""));
  CHECK(bundle.certificates.size() == 1);
  REQUIRE(bundle.problems.size() == 1);
  CHECK(bundle.problems[0].starts_with("a byte-order mark"));
}

TEST_CASE("pem: labels in lower case are named and not read") {
  const auto bundle = pki::read_bundle(replaced(Files()(""), "CERTIFICATE", "Certificate"));
  CHECK(bundle.certificates.empty());
  REQUIRE_FALSE(bundle.problems.empty());
  CHECK(bundle.problems[0].starts_with("block 1: its label is unusual"));
}

TEST_CASE("pem: labels that only some programs read are named") {
  const auto bundle = pki::read_bundle(replaced(Files()(""), "CERTIFICATE", "TRUSTED CERTIFICATE"));
  CHECK(bundle.certificates.empty());
  CHECK(bundle.problems ==
        Problems{"block 1 (TRUSTED CERTIFICATE): a label of OpenSSL's own; CERTIFICATE is what others read"});
}

TEST_CASE("pem: words that no label has are not shown, and a private key stays one") {
  const auto bundle = pki::read_bundle(replaced(Files()("key-only"), "PRIVATE KEY", "QUANTUM PRIVATE KEY"));
  CHECK(bundle.private_keys.size() == 1);
  REQUIRE(bundle.blocks.size() == 1);
  CHECK(bundle.blocks[0].label == "\u2026 PRIVATE KEY");
  CHECK(pki::read_bundle(replaced(Files()(""), "CERTIFICATE", "A\x1b[31mB CERTIFICATE")).blocks.at(0).label ==
        "\u2026 CERTIFICATE");
}

TEST_CASE("pem: a bundle of other things says that there is no certificate") {
  const auto bundle = pki::read_bundle("-----BEGIN DH PARAMETERS-----\nMAYCAQUCAQI=\n-----END DH PARAMETERS-----\n");
  CHECK(bundle.problems == Problems{"neither certificate nor key, only DH PARAMETERS"});
  REQUIRE(bundle.blocks.size() == 1);
  CHECK(bundle.blocks[0].kind == PemKind::Other);
  CHECK(bundle.blocks[0].decoded);
}

TEST_CASE("pem: parameters in front of an EC key do no harm") {
  const auto bundle =
      pki::read_bundle("-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n" +
                       Files()("key-only traditional"));
  CHECK(bundle.problems.empty());
  REQUIRE(bundle.private_keys.size() == 1);
  CHECK(bundle.private_keys[0].curve == "P-256");
  CHECK(bundle.blocks[1].label == "EC PRIVATE KEY");
}

TEST_CASE("pem: a certificate under the label of a key is named") {
  const auto bundle = pki::read_bundle(replaced(Files()(""), "CERTIFICATE", "PRIVATE KEY"));
  CHECK(bundle.private_keys.empty());
  REQUIRE(bundle.problems.size() == 1);
  CHECK(bundle.problems[0].starts_with("block 1 (PRIVATE KEY): no private key that OpenSSL can read"));
}

TEST_CASE("pem: nothing, blanks and plain text are told apart") {
  CHECK(pki::read_bundle("").encoding == Encoding::Empty);
  CHECK(pki::read_bundle(" \n\t\r\n").encoding == Encoding::Empty);
  CHECK(pki::read_bundle("hello").encoding == Encoding::Text);
  CHECK(pki::read_bundle("not a certificate").encoding == Encoding::Text);
  CHECK(pki::read_bundle("hello").problems == Problems{"no PEM block found"});
  CHECK(pki::read_bundle("0123456789", "key.der").encoding == Encoding::Text);
  CHECK(pki::read_bundle("LS0tLS1CRUdJTiBDRVJU").problems ==
        Problems{"no PEM block found: PEM that is base64 once more"});
}

TEST_CASE("pem: base64 without BEGIN and END is named") {
  const auto lines = tests::Files()("");
  const std::size_t begin = lines.find('\n') + 1;
  CHECK(pki::read_bundle(lines.substr(begin, lines.find("-----END") - begin)).problems ==
        Problems{"no PEM block found: base64 without BEGIN and END lines"});
}

TEST_CASE("pem: a control character does not make PEM binary") {
  std::string text = Files()("") + '\0';
  CHECK(pki::read_bundle(text, "api.crt").encoding == Encoding::Pem);
  CHECK(pki::read_bundle(text, "api.crt").certificates.size() == 1);
}

TEST_CASE("pem: UTF-16 is named") {
  using namespace std::string_literals;
  CHECK(pki::read_bundle("\xFF\xFE-\0-\0"s).problems == Problems{"no PEM block found: UTF-16 text, PEM is ASCII"});
}

TEST_CASE("pem: DER, PKCS#12, PKCS#7 and Java key stores are recognised by their first bytes") {
  using namespace std::string_literals;
  Files file;
  CHECK(pki::read_bundle(file("der")).encoding == Encoding::Der);
  CHECK(pki::read_bundle(file("key-only der")).encoding == Encoding::Der);
  CHECK(pki::read_bundle(file("rsa:2048 key-only der")).encoding == Encoding::Der);
  CHECK(pki::read_bundle(file("p12")).encoding == Encoding::Pkcs12);
  CHECK(pki::read_bundle("\x30\x80\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x80"s).encoding == Encoding::Pkcs7);
  CHECK(pki::read_bundle("\x30\x82\x03\x00\x06\x09\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02\xA0\x82"s).encoding ==
        Encoding::Pkcs7);
  CHECK(pki::read_bundle("\xFE\xED\xFE\xED\0\0\0\x02"s).encoding == Encoding::JavaKeyStore);
  CHECK(pki::read_bundle("\xCE\xCE\xCE\xCE\0\0\0\x02"s).encoding == Encoding::JavaKeyStore);
  CHECK(pki::read_bundle(file("p12")).problems == Problems{"no PEM block found: PKCS#12, which is binary"});
}

TEST_CASE("pem: binary data of no known kind is what the name of the file says") {
  using namespace std::string_literals;
  const std::string bytes = "\0\1\2\3"s;
  CHECK(pki::read_bundle(bytes).encoding == Encoding::Text);
  CHECK(pki::read_bundle(bytes, "api.p12").encoding == Encoding::Pkcs12);
  CHECK(pki::read_bundle(bytes, "API.PFX").encoding == Encoding::Pkcs12);
  CHECK(pki::read_bundle(bytes, "api.p7b").encoding == Encoding::Pkcs7);
  CHECK(pki::read_bundle(bytes, "api.jks").encoding == Encoding::JavaKeyStore);
  CHECK(pki::read_bundle(bytes, "api.cer").encoding == Encoding::Der);
  CHECK(pki::read_bundle(Files()(""), "api.p12").encoding == Encoding::Pem);
}

TEST_CASE("pem: sample text is a placeholder, with or without hash signs") {
  for (const char* text : {
           "# -----BEGIN PRIVATE KEY-----\n# insert certificate key\n# -----END PRIVATE KEY-----\n",
           "  # -----BEGIN CERTIFICATE-----\n\n  # insert certificate\n  # -----END CERTIFICATE-----\n",
           "# -----BEGIN CERTIFICATE----- # insert certificate # -----END CERTIFICATE-----\n",
           "-----BEGIN CERTIFICATE-----\n...\n-----END CERTIFICATE-----\n",
           "-----BEGIN CERTIFICATE-----\n\xE2\x80\xA6\n-----END CERTIFICATE-----\n",
           "-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkq...\n-----END CERTIFICATE-----\n",
           "-----BEGIN CERTIFICATE-----\ninsert certificate\n-----END CERTIFICATE-----\n",
           "-----BEGIN PRIVATE KEY-----\n# insert certificate key\n-----END PRIVATE KEY-----\n",
           "-----BEGIN PRIVATE KEY-----\nprivate key part\n-----END PRIVATE KEY-----\n",
           "-----BEGIN PRIVATE KEY-----\n<your key>\n-----END PRIVATE KEY-----\n",
           "-----BEGIN CERTIFICATE----- ... -----END CERTIFICATE-----",
           "...",
           "insert certificate\n",
           "# insert certificate\n",
           "<certificate>",
       }) {
    INFO(text);
    const auto bundle = pki::read_bundle(text);
    CHECK(bundle.encoding == Encoding::Placeholder);
    CHECK(bundle.problems.size() >= 1);
    CHECK(bundle.certificates.empty());
    CHECK(bundle.private_keys.empty());
  }
}

TEST_CASE("pem: the blocks of a placeholder are listed by their labels") {
  const auto bundle =
      pki::read_bundle("# -----BEGIN PRIVATE KEY-----\n# insert certificate key\n# -----END PRIVATE KEY-----\n");
  REQUIRE(bundle.blocks.size() == 1);
  CHECK(bundle.blocks[0].kind == PemKind::PrivateKey);
  CHECK(bundle.blocks[0].label == "PRIVATE KEY");
  CHECK_FALSE(bundle.blocks[0].decoded);
}

TEST_CASE("pem: a commented block beside a real one is a comment") {
  const std::string text = Files()("");
  const auto bundle =
      pki::read_bundle("# old:\n# -----BEGIN CERTIFICATE-----\n# MIIB\n# -----END CERTIFICATE-----\n" + text);
  CHECK(bundle.encoding == Encoding::Pem);
  CHECK(bundle.blocks.size() == 1);
  CHECK(bundle.problems.empty());
}

TEST_CASE("pem: real base64 between commented BEGIN and END is no placeholder") {
  std::string text = Files()("");
  text = "# " + replaced(text, "-----END", "# -----END");
  const auto bundle = pki::read_bundle(text);
  CHECK(bundle.encoding == Encoding::Text);
  CHECK(bundle.problems == Problems{"no PEM block found: the BEGIN lines are comments, they start with '#'"});
}

TEST_CASE("pem: very long texts and very many blocks are refused by number") {
  CHECK(pki::read_bundle(std::string(5'000'000, 'a')).problems ==
        Problems{"5000000 bytes; no more than 4194304 (4 MiB) are read"});
  std::string many;
  for (int i = 0; i < 1001; ++i) many += "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n";
  const auto bundle = pki::read_bundle(many);
  CHECK(bundle.blocks.size() == 1000);
  CHECK(bundle.problems == Problems{"more than 1000 blocks; the rest is not read"});
}

TEST_CASE("pem: texts made to be slow are read in linear time") {
  std::string text;
  for (const char* piece :
       {"-", "-----BEGIN ", "-----BEGIN A-----", "-----END A-----", " \n", "\t", "# -----BEGIN A-----"}) {
    text.clear();
    while (text.size() < 1'000'000) text += piece;
    CHECK(pki::read_bundle(text).certificates.empty());
  }
}

}  // namespace
}  // namespace tlsward
