// A bundle of all public roots has 140 certificates, and OpenSSL needs 0.3 ms to decode each, most of it for the public
// key. Until a chain asks for an issuer its subject is all that counts, and that is found without decoding.
#include "pki/anchor_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <mutex>
#include <string_view>

#include "pki/armor.h"
#include "pki/base64.h"
#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"

namespace tlsward::pki {
namespace {

constexpr std::size_t kMaxFileBytes = 4 * 1024 * 1024;
constexpr std::size_t kMaxBlocks = 1000;
constexpr std::array<std::string_view, 3> kLabels = {"CERTIFICATE", "TRUSTED CERTIFICATE", "X509 CERTIFICATE"};

using NamePtr = OpenSslPtr<X509_NAME, X509_NAME_free>;
using Der = std::vector<unsigned char>;

struct Entry {
  unsigned long subject_hash = 0;
  Der der;  // empty once it was added to the store
};

/// Steps into or over the DER value at `at`, which must have this tag.
bool take(const unsigned char*& at, const unsigned char* end, int wanted_tag, bool into) {
  long length = 0;
  int tag = 0;
  int type = 0;
  const int flags = ASN1_get_object(&at, &length, &tag, &type, end - at);
  if ((flags & 0x80) != 0 || tag != wanted_tag) return false;
  if (!into) at += length;
  return true;
}

/// RFC 5280, 4.1: Certificate { TBSCertificate { [0] version, serial, algorithm, issuer, validity, subject … } … }. The
/// subject's hash as OpenSSL names files by; 0 where the outline is another one.
unsigned long subject_hash(const Der& der) {
  const unsigned char* at = der.data();
  const unsigned char* const end = at + der.size();
  if (!take(at, end, V_ASN1_SEQUENCE, /*into=*/true) || !take(at, end, V_ASN1_SEQUENCE, /*into=*/true)) return 0;
  const unsigned char* behind = at;
  if (take(behind, end, /*[0]*/ 0, /*into=*/false)) at = behind;
  for (const int tag : {V_ASN1_INTEGER, V_ASN1_SEQUENCE, V_ASN1_SEQUENCE, V_ASN1_SEQUENCE}) {
    if (!take(at, end, tag, /*into=*/false)) return 0;
  }
  const NamePtr subject(d2i_X509_NAME(nullptr, &at, end - at));
  return subject ? X509_NAME_hash(subject.get()) : 0;
}

Result<std::string> read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return Error{"cannot be opened"};
  std::string text;
  std::array<char, 16 * 1024> piece{};
  while (in) {
    in.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
    if (text.size() > kMaxFileBytes) return Error{"more than 4 MiB, which no file of trust anchors has"};
  }
  if (in.bad()) return Error{"cannot be read"};
  return text;
}

Result<Entry> read_entry(const ArmorBlock& block) {
  if (!block.broken.empty()) return Error{block.broken};
  const ArmorBody body = split_headers(block);
  const Result<SecretBytes> bytes = decode_base64(body.base64, body.base64_line);
  if (!bytes) return bytes.error();
  Entry entry{0, {bytes->span().begin(), bytes->span().end()}};
  entry.subject_hash = subject_hash(entry.der);
  drop_openssl_errors();
  if (entry.subject_hash == 0) return Error{"no certificate"};
  return entry;
}

Result<std::vector<Entry>> read_entries(std::string_view text) {
  std::vector<Entry> entries;
  for (const ArmorBlock& block : scan_armor(text, kMaxBlocks).blocks) {
    if (std::find(kLabels.begin(), kLabels.end(), block.label) == kLabels.end()) continue;
    Result<Entry> entry = read_entry(block);
    if (!entry) return Error{"certificate in line " + std::to_string(block.line) + ": " + entry.error().message};
    entries.push_back(std::move(*entry));
  }
  if (entries.empty()) return Error{"no certificate in PEM (BEGIN CERTIFICATE) in it"};
  return entries;
}

}  // namespace

struct AnchorFile::Index {
  std::mutex mutex;
  std::vector<Entry> entries;  // by subject_hash
};

AnchorFile::AnchorFile(std::unique_ptr<Index> index) : index_(std::move(index)) {}
AnchorFile::AnchorFile(AnchorFile&&) noexcept = default;
AnchorFile& AnchorFile::operator=(AnchorFile&&) noexcept = default;
AnchorFile::~AnchorFile() = default;

Result<AnchorFile> AnchorFile::read(const std::string& path) {
  const Result<std::string> text = read_text(path);
  if (!text) return Error{path + ": " + text.error().message};
  Result<std::vector<Entry>> entries = read_entries(*text);
  if (!entries) return Error{path + ": " + entries.error().message};
  auto index = std::make_unique<Index>();
  index->entries = std::move(*entries);
  std::stable_sort(index->entries.begin(), index->entries.end(),
                   [](const Entry& a, const Entry& b) { return a.subject_hash < b.subject_hash; });
  return AnchorFile(std::move(index));
}

void AnchorFile::add_named(const X509_NAME* name, X509_STORE* store) const {
  const unsigned long hash = X509_NAME_hash(name);
  const std::lock_guard lock(index_->mutex);
  auto entry =
      std::lower_bound(index_->entries.begin(), index_->entries.end(), hash,
                       [](const Entry& candidate, unsigned long wanted) { return candidate.subject_hash < wanted; });
  for (; entry != index_->entries.end() && entry->subject_hash == hash; ++entry) {
    if (entry->der.empty()) continue;
    const unsigned char* at = entry->der.data();
    const X509Ptr certificate(d2i_X509(nullptr, &at, static_cast<long>(entry->der.size())));
    if (certificate) X509_STORE_add_cert(store, certificate.get());
    entry->der.clear();
  }
  drop_openssl_errors();
}

}  // namespace tlsward::pki
