// A file is written under another name, brought to the disk and renamed, so it needs no repair. Which organisation a
// certificate belongs to is told by its id alone, so there is no index that could differ from the files.
#include "serve/certificates/store.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/rand.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>

#include "core/percent.h"
#include "pki/base64.h"
#include "pki/openssl_error.h"
#include "serve/certificates/pem_upload.h"
#include "serve/certificates/private_directory.h"

namespace tlsward::serve {
namespace {

constexpr std::string_view kSecretFile = "secret";
constexpr std::string_view kEnding = ".cert";
constexpr std::size_t kMaxName = 255;  // NAME_MAX of Linux
constexpr std::size_t kMaxFile = std::size_t{4} << 20;
constexpr std::size_t kDigestDigits = 64;
constexpr std::size_t kSecretSize = 32;

pki::SecretBytes secret_of(std::string_view text) {
  pki::SecretBytes secret(text.size());
  for (const char c : text) secret.push_back(static_cast<unsigned char>(c));
  return secret;
}

std::string file_name(std::string_view id) {
  return percent_encode(id) + std::string(kEnding);
}

/// The id whose file has this name; nullopt where no id has.
std::optional<std::string> id_of(std::string_view name) {
  if (!name.ends_with(kEnding)) return {};
  auto id = percent_decode(name.substr(0, name.size() - kEnding.size()));
  if (!id || id->size() < kDigestDigits || file_name(*id) != name) return {};
  return id;
}

/// Locked as long as it is open, also against other processes. Systems of files that cannot lock go without.
Result<Descriptor> lock(const std::string& directory) {
  Descriptor fd(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (fd.get() < 0) return Error{fmt::format("cannot open '{}': {}", directory, std::strerror(errno))};
  if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
    return Error{fmt::format("the certificate store '{}' is in use by another process", directory)};
  return fd;
}

Result<pki::SecretBytes> make_secret(const std::string& directory) {
  pki::SecretBytes bytes(kSecretSize);
  if (RAND_bytes(bytes.fill().data(), kSecretSize) != 1)
    return Error{"no random numbers: " + pki::take_openssl_error()};
  pki::SecretBytes text = pki::encode_base64(bytes.span());
  const auto written = write_private_file(directory, std::string(kSecretFile), text.view());
  if (!written) return written.error();
  return text;
}

}  // namespace

Result<pki::SecretBytes> store_secret(const std::string& directory, std::string_view encoding, std::string_view api) {
  if (!encoding.empty()) return secret_of(encoding);
  if (!api.empty()) return secret_of(api);
  if (auto made = ensure_private_directory(directory); !made) return made.error();
  const std::string path = fmt::format("{}/{}", directory, kSecretFile);
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 && errno == ENOENT) return make_secret(directory);
  auto text = read_whole_file(path, 4'096);
  if (!text) return text.error();
  pki::SecretBytes secret = secret_of(*text);
  OPENSSL_cleanse(text->data(), text->size());
  if (secret.empty()) return Error{fmt::format("'{}' is empty", path)};
  return secret;
}

Result<std::unique_ptr<CertificateStore>> CertificateStore::open(const std::string& directory,
                                                                 pki::SecretBytes secret) {
  if (secret.empty()) return Error{"the certificate store has no secret"};
  if (auto made = ensure_private_directory(directory); !made) return made.error();
  auto locked = lock(directory);
  if (!locked) return locked.error();
  std::unique_ptr<CertificateStore> store(new CertificateStore(directory, std::move(*locked), std::move(secret)));
  store->load_all();
  return store;
}

void CertificateStore::load_all() {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(directory_, error), end; !error && entry != end;
       entry.increment(error))
    names.push_back(entry->path().filename().string());
  if (error) problems_.push_back(fmt::format("cannot read '{}': {}", directory_, error.message()));
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    if (name.starts_with(kUnfinished)) {
      if (auto removed = remove_private_file(directory_, name); !removed) problems_.push_back(removed.error().message);
    } else if (name != kSecretFile) {
      load(name);
    }
  }
}

void CertificateStore::load(const std::string& name) {
  const std::string path = fmt::format("{}/{}", directory_, name);
  const auto id = id_of(name);
  if (!id) return problems_.push_back(fmt::format("'{}' is no file of the certificate store: left as it is", path));
  auto record = read(*id);
  if (record) {
    next_ = std::max(next_, record->sequence + 1);
    entries_.emplace(*id, record->sequence);
    return;
  }
  problems_.push_back(record.error().message + ": left as it is");
  unusable_.emplace(*id, record.error().message);
}

Result<StoreRecord> CertificateStore::read(const std::string& id) {
  const std::string path = fmt::format("{}/{}", directory_, file_name(id));
  const auto text = read_whole_file(path, kMaxFile);
  if (!text) return text.error();
  auto record = unseal(*text, id, keys_);
  if (!record) return Error{fmt::format("'{}' {}", path, record.error().message)};
  return record;
}

Result<std::string> CertificateStore::add(std::string_view pem, std::string_view organisation, tls::Time now) {
  auto upload = read_pem_upload(pem, now);
  if (!upload) return upload.error();
  const std::lock_guard guard(mutex_);
  StoreRecord record{std::string(organisation) + upload->sha256, next_, upload->pem, std::move(upload->key)};
  const std::string name = file_name(record.id);
  if (name.size() > kMaxName) return Error{"the organisation id is too long for the name of a file"};
  if (entries_.contains(record.id)) return Error{fmt::format("Certificate with {} id already exists", record.id)};
  if (const auto found = unusable_.find(record.id); found != unusable_.end()) return Error{found->second};
  const auto key = keys_.for_new_data();
  if (!key) return key.error();
  const auto text = seal(record, **key);
  if (!text) return text.error();
  if (text->size() > kMaxFile) return Error{fmt::format("the certificate is larger than {} bytes", kMaxFile)};
  if (auto written = write_private_file(directory_, name, *text); !written) return written.error();
  entries_.emplace(record.id, next_++);
  return record.id;
}

std::vector<std::string> CertificateStore::ids(std::string_view organisation) const {
  std::vector<std::pair<Sequence, std::string>> found;
  {
    const std::lock_guard guard(mutex_);
    for (const auto& [id, sequence] : entries_) {
      const std::string_view owner = std::string_view(id).substr(0, id.size() - kDigestDigits);
      if (organisation.empty() || owner == organisation) found.emplace_back(sequence, id);
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> ids;
  for (auto& [sequence, id] : found) ids.push_back(std::move(id));
  return ids;
}

Result<StoredCertificate> CertificateStore::get(std::string_view id) {
  const std::lock_guard guard(mutex_);
  if (!entries_.contains(id)) return Error{fmt::format("no certificate '{}' is in the store", id)};
  auto record = read(std::string(id));
  if (!record) return record.error();
  return StoredCertificate{std::string(id), std::move(record->pem), !record->key.empty()};
}

Result<pki::SecretBytes> CertificateStore::credential(std::string_view id) {
  const std::lock_guard guard(mutex_);
  if (!entries_.contains(id)) return Error{fmt::format("no certificate '{}' is in the store", id)};
  auto record = read(std::string(id));
  if (!record) return record.error();
  if (record->key.empty()) return Error{fmt::format("the certificate '{}' has no private key", id)};
  pki::SecretBytes both(record->pem.size() + record->key.size());
  for (const std::string_view part : {std::string_view(record->pem), record->key.view()})
    for (const char c : part) both.push_back(static_cast<unsigned char>(c));
  return both;
}

Result<Nothing> CertificateStore::remove(std::string_view id) {
  const std::lock_guard guard(mutex_);
  const auto entry = entries_.find(id);
  const auto unusable = unusable_.find(id);
  if (entry == entries_.end() && unusable == unusable_.end()) return Nothing{};
  if (auto removed = remove_private_file(directory_, file_name(id)); !removed) return removed;
  if (entry != entries_.end()) entries_.erase(entry);
  if (unusable != unusable_.end()) unusable_.erase(unusable);
  return Nothing{};
}

}  // namespace tlsward::serve
