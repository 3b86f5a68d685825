// Puts it together: what the bytes are, the blocks in them, and the facts of each block. A bundle is never refused as
// a whole: people want to know about the second certificate although the first one is broken.
#include "pki/pem.h"

#include <algorithm>
#include <string>
#include <utility>

#include "pki/armor.h"
#include "pki/base64.h"
#include "pki/encoding.h"
#include "pki/key.h"
#include "pki/signature_budget.h"
#include "pki/x509.h"

namespace tlsward::pki {
namespace {

/// The system's bundle of all public CAs has about 150 certificates in 220 KB.
constexpr std::size_t kMaxBytes = 4 * 1024 * 1024;
constexpr std::size_t kMaxBlocks = 1000;

constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
constexpr std::string_view kSpace = " \t\r\n\v\f";

enum class Content { Certificate, PrivateKey, PublicKey, RsaPublicKey, Foreign, Ignored };

/// The labels of RFC 7468 and of OpenSSL.
struct Label {
  std::string_view label;
  Content content;
  std::string_view advice = {};  // Foreign: why nobody reads it
};
constexpr Label kLabels[] = {
    {"CERTIFICATE", Content::Certificate},
    {"PRIVATE KEY", Content::PrivateKey},
    {"RSA PRIVATE KEY", Content::PrivateKey},
    {"EC PRIVATE KEY", Content::PrivateKey},
    {"DSA PRIVATE KEY", Content::PrivateKey},
    {"ENCRYPTED PRIVATE KEY", Content::PrivateKey},
    {"PUBLIC KEY", Content::PublicKey},
    {"RSA PUBLIC KEY", Content::RsaPublicKey},
    {"TRUSTED CERTIFICATE", Content::Foreign, "a label of OpenSSL's own; CERTIFICATE is what others read"},
    {"X509 CERTIFICATE", Content::Foreign, "an old label; CERTIFICATE is what others read"},
    {"OPENSSH PRIVATE KEY", Content::Foreign, "a key for SSH; PKCS#8 (PRIVATE KEY) is what TLS servers read"},
};

Label find_label(std::string_view label) {
  const auto* found = std::find_if(std::begin(kLabels), std::end(kLabels),
                                   [&](const Label& candidate) { return candidate.label == label; });
  if (found != std::end(kLabels)) return *found;
  if (label.ends_with(" PRIVATE KEY")) return {label, Content::PrivateKey};
  return {label, Content::Ignored};
}

tls::PemKind kind_of(std::string_view label) {
  switch (find_label(label).content) {
    case Content::Certificate:
      return tls::PemKind::Certificate;
    case Content::PrivateKey:
      return tls::PemKind::PrivateKey;
    case Content::PublicKey:
    case Content::RsaPublicKey:
      return tls::PemKind::PublicKey;
    case Content::Foreign:
      return label.ends_with("PRIVATE KEY") ? tls::PemKind::PrivateKey : tls::PemKind::Other;
    case Content::Ignored:
      break;
  }
  return tls::PemKind::Other;
}

/// Reads the blocks of one text into a Bundle.
class BundleReader {
 public:
  void read(const ArmorBlock& block) {
    ++number_;
    block_ = {.kind = kind_of(block.label), .label = block.label};
    for (const std::string& flaw : block.flaws) problem(flaw);
    if (!block.broken.empty()) {
      problem(block.broken);
    } else {
      if (block.folded) note_folded();
      read_body(block);
    }
    bundle.blocks.push_back(std::move(block_));
  }

  tls::Bundle bundle;

 private:
  void read_body(const ArmorBlock& block) {
    if (is_sample_text(block.body)) {
      bundle.encoding = tls::Encoding::Placeholder;
      return problem("sample text instead of base64");
    }
    if (block.body.find("\\n") != std::string_view::npos) return problem("its line breaks are written as \\n");
    const ArmorBody body = split_headers(block);
    if (body.encrypted) return add_encrypted();
    const Result<SecretBytes> der = decode_base64(body.base64, body.base64_line);
    if (!der) return problem(der.error().message);
    if (der->empty()) return problem("nothing stands between BEGIN and END");
    read_der(find_label(block.label), der->span());
  }

  void read_der(const Label& label, std::span<const unsigned char> der) {
    switch (label.content) {
      case Content::Certificate:
        return add_certificate(read_certificate(der, budget_));
      case Content::PrivateKey:
        return add_key(read_private_key(der), bundle.private_keys);
      case Content::PublicKey:
        return add_key(read_public_key(der), bundle.public_keys);
      case Content::RsaPublicKey:
        return add_key(read_rsa_public_key(der), bundle.public_keys);
      case Content::Foreign:
        return problem(label.advice);
      case Content::Ignored:
        block_.decoded = true;
    }
  }

  void add_certificate(Result<ReadCertificate> certificate) {
    if (!certificate) return problem(certificate.error().message);
    for (const std::string& doubt : certificate->doubts) problem(doubt);
    place_in(bundle.certificates, std::move(certificate->facts));
  }

  void add_key(Result<tls::KeyFacts> key, std::vector<tls::KeyFacts>& keys) {
    if (!key) return problem(key.error().message);
    place_in(keys, std::move(*key));
  }

  /// RFC 1421 encryption: what stands there is no DER before it is decrypted.
  void add_encrypted() {
    if (block_.kind != tls::PemKind::PrivateKey) return problem("encrypted, which only private keys may be");
    tls::KeyFacts facts;
    facts.encrypted = true;
    place_in(bundle.private_keys, std::move(facts));
  }

  template <class Facts>
  void place_in(std::vector<Facts>& list, Facts facts) {
    block_.decoded = true;
    block_.index = list.size();
    list.push_back(std::move(facts));
  }

  void note_folded() {
    bundle.folded = true;
    problem("its line breaks are lost");
  }

  void problem(std::string_view text) {
    const std::string label = block_.label.empty() ? std::string() : " (" + block_.label + ")";
    bundle.problems.push_back("block " + std::to_string(number_) + label + ": " + std::string(text));
  }

  std::size_t number_ = 0;
  tls::PemBlock block_;
  SignatureBudget budget_;
};

tls::Bundle not_pem(tls::Encoding encoding, std::string problem) {
  tls::Bundle bundle;
  bundle.encoding = encoding;
  bundle.problems.push_back(std::move(problem));
  return bundle;
}

bool every_line_is_comment(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::size_t first = text.substr(0, end).find_first_not_of(kSpace);
    if (first != std::string_view::npos && text[first] != '#') return false;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return true;
}

/// PEM that is commented out as a whole: sample text, where all lines are comments or a body says so.
tls::Bundle read_commented(std::string_view text) {
  const Armor armor = scan_armor(text, kMaxBlocks, CommentedLines::Read);
  const bool sample =
      every_line_is_comment(text) || std::any_of(armor.blocks.begin(), armor.blocks.end(),
                                                 [](const ArmorBlock& block) { return is_sample_text(block.body); });
  if (!sample)
    return not_pem(tls::Encoding::Text, "no PEM block found: the BEGIN lines are comments, they start with '#'");
  tls::Bundle bundle = not_pem(tls::Encoding::Placeholder, "sample text: every PEM line starts with '#'");
  for (const ArmorBlock& block : armor.blocks) {
    bundle.blocks.push_back({.kind = kind_of(block.label), .label = block.label});
  }
  return bundle;
}

constexpr std::string_view kPemInBase64 = "LS0tLS1CRUdJTi";

/// True where the bytes are one SEQUENCE of DER, as long as it says.
bool is_sequence(std::span<const unsigned char> der) {
  constexpr unsigned char kSequence = 0x30, kLongForm = 0x80;
  if (der.size() < 4 || der[0] != kSequence) return false;
  if (der[1] < kLongForm) return der.size() == der[1] + std::size_t{2};
  const std::size_t octets = der[1] - std::size_t{kLongForm};
  if (octets == 0 || octets > 4 || der.size() < 2 + octets) return false;
  std::size_t length = 0;
  for (std::size_t i = 0; i < octets; ++i) length = length << 8U | der[2 + i];
  return der.size() == length + 2 + octets;
}

/// True for base64 of DER that has lost its BEGIN and END; also for the beginning of one that was cut off, where it is
/// longer than any name of a file would be: every SEQUENCE of 128 to 65,535 bytes begins with "MI".
bool is_bare_base64(std::string_view text) {
  const bool is_base64 = text.starts_with('M') && std::all_of(text.begin(), text.end(), [](char c) {
                           return is_base64_character(c) || kSpace.find(c) != std::string_view::npos;
                         });
  if (!is_base64) return false;
  if (text.starts_with("MI") && text.find_first_of(kSpace) > 63) return true;
  const Result<SecretBytes> der = decode_base64(text, 1);
  return der && is_sequence(der->span());
}

/// True for `...`, `<certificate>` and `insert certificate` without BEGIN and END. Other short texts may as well be
/// mistakes, such as the name of a file.
bool is_sample_note(std::string_view text) {
  if (text.starts_with("# ")) text.remove_prefix(2);
  return is_sample_text(text) && (text.starts_with("...") || text.starts_with("\u2026") || text.starts_with("<") ||
                                  text.starts_with("insert "));
}

/// Text without any BEGIN or END.
tls::Bundle read_other_text(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  if (is_binary(text)) return not_pem(tls::Encoding::Text, "no PEM block found: binary data of unknown kind");
  if (text.starts_with(kPemInBase64))
    return not_pem(tls::Encoding::Text, "no PEM block found: PEM that is base64 once more");
  if (is_bare_base64(text))
    return not_pem(tls::Encoding::Text, "no PEM block found: base64 without BEGIN and END lines");
  if (is_sample_note(text)) return not_pem(tls::Encoding::Placeholder, "sample text instead of PEM");
  return not_pem(tls::Encoding::Text, "no PEM block found");
}

bool has_utf16_mark(std::string_view bytes) {
  return bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
}

/// A bundle whose blocks are all of no use says what they are.
void note_nothing_useful(tls::Bundle& bundle) {
  if (!bundle.problems.empty() || !bundle.certificates.empty() || !bundle.private_keys.empty() ||
      !bundle.public_keys.empty()) {
    return;
  }
  bundle.problems.push_back("neither certificate nor key, only " + bundle.blocks.front().label);
}

tls::Bundle read_text(std::string_view text) {
  const bool marked = text.starts_with(kUtf8Mark);
  if (marked) text.remove_prefix(kUtf8Mark.size());
  Armor armor = scan_armor(text, kMaxBlocks);
  if (armor.blocks.empty() && armor.strays.empty()) {
    return armor.commented > 0 ? read_commented(text) : read_other_text(text);
  }
  BundleReader reader;
  reader.bundle.encoding = tls::Encoding::Pem;
  if (marked)
    reader.bundle.problems.emplace_back(
        "a byte-order mark stands in front of the text; readers pass over a BEGIN behind it");
  for (const ArmorBlock& block : armor.blocks) reader.read(block);
  tls::Bundle bundle = std::move(reader.bundle);
  std::move(armor.strays.begin(), armor.strays.end(), std::back_inserter(bundle.problems));
  if (armor.cut) bundle.problems.push_back("more than " + std::to_string(kMaxBlocks) + " blocks; the rest is not read");
  note_nothing_useful(bundle);
  return bundle;
}

}  // namespace

tls::Bundle read_bundle(std::string_view bytes, std::string_view file_name) {
  if (bytes.find_first_not_of(kSpace) == std::string_view::npos) return not_pem(tls::Encoding::Empty, "empty");
  if (const auto encoding = binary_encoding(bytes.substr(0, kMaxBytes), file_name)) {
    return not_pem(*encoding, "no PEM block found: " + std::string(tls::name(*encoding)) + ", which is binary");
  }
  if (has_utf16_mark(bytes)) return not_pem(tls::Encoding::Text, "no PEM block found: UTF-16 text, PEM is ASCII");
  if (bytes.size() > kMaxBytes) {
    return not_pem(tls::Encoding::Text, std::to_string(bytes.size()) + " bytes; no more than " +
                                            std::to_string(kMaxBytes) + " (4 MiB) are read");
  }
  return read_text(bytes);
}

bool holds_material(std::string_view text) {
  if (text.find("-----BEGIN ") != std::string_view::npos) return true;
  text.remove_prefix(std::min(text.find_first_not_of(kSpace), text.size()));
  return text.starts_with(kPemInBase64) || is_bare_base64(text);
}

}  // namespace tlsward::pki
