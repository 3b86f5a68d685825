// Everything is written with OpenSSL's own configuration strings ("DNS:a,IP:10.0.0.1"), so that the certificates are
// those which `openssl req` and `openssl x509` make.
#include "tests/certificates.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/sha256.h"
#include "tests/certificate_recipe.h"

namespace tlsward::tests {
namespace {

using BignumPtr = pki::OpenSslPtr<BIGNUM, BN_free>;
using BioPtr = pki::OpenSslPtr<BIO, BIO_free_all>;
using ExtensionPtr = pki::OpenSslPtr<X509_EXTENSION, X509_EXTENSION_free>;
using IntegerPtr = pki::OpenSslPtr<ASN1_INTEGER, ASN1_INTEGER_free>;
using Pkcs12Ptr = pki::OpenSslPtr<PKCS12, PKCS12_free>;

constexpr char kPassphrase[] = "secret";
constexpr int kPassphraseLength = sizeof kPassphrase - 1;
constexpr int kDefaultDaysBefore = -30;
constexpr int kDefaultDaysAfter = 335;

Error openssl_error(const std::string& what) {
  return Error{what + ": " + pki::take_openssl_error()};
}

std::string contents(BIO* bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

std::optional<int> number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::vector<std::string> split(std::string_view list) {
  std::vector<std::string> parts;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    parts.emplace_back(list.substr(0, comma));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return parts;
}

/// RFC 8017, 3.1, allows more than two primes, and shorter ones are found much faster.
EVP_PKEY* generate_long_rsa(int bits) {
  constexpr int kPrimes = 5;
  const pki::OpenSslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free> context(EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nullptr));
  EVP_PKEY* key = nullptr;
  const bool made = context && EVP_PKEY_keygen_init(context.get()) == 1 &&
                    EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), bits) == 1 &&
                    EVP_PKEY_CTX_set_rsa_keygen_primes(context.get(), kPrimes) == 1 &&
                    EVP_PKEY_generate(context.get(), &key) == 1;
  return made ? key : nullptr;
}

EVP_PKEY* generate(const std::string& kind) {
  if (kind == "ed25519") return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519");
  if (kind == "ed448") return EVP_PKEY_Q_keygen(nullptr, nullptr, "ED448");
  const std::string size = kind.substr(kind.find(':') + 1);
  if (kind.starts_with("rsa:")) {
    constexpr int kLong = 8192;
    const int bits = number(size).value_or(0);
    return bits > kLong ? generate_long_rsa(bits) : EVP_RSA_gen(static_cast<unsigned>(bits));
  }
  if (size.size() < 2) return nullptr;
  const std::string curve = "P-" + size.substr(1);
  return EVP_EC_gen(curve.c_str());
}

/// The `index`th key of its kind. Making RSA keys takes long, so all factories draw from the same ones.
Result<EVP_PKEY*> pooled_key(const std::string& kind, std::size_t index) {
  static std::map<std::string, std::vector<pki::KeyPtr>> pool;
  std::vector<pki::KeyPtr>& keys = pool[kind];
  while (keys.size() <= index) {
    pki::KeyPtr key(generate(kind));
    if (!key) return openssl_error("recipe: no key of the kind '" + kind + "'");
    keys.push_back(std::move(key));
  }
  return keys[index].get();
}

pki::KeyPtr shared(EVP_PKEY* key) {
  EVP_PKEY_up_ref(key);
  return pki::KeyPtr(key);
}

/// As YAML's `>` does: only the last line break stays.
void fold(std::string& text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.ends_with(' ')) text.back() = '\n';
}

/// Fills in one certificate from its recipe.
class CertificateMaker {
 public:
  CertificateMaker(const CertificateRecipe& recipe, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key,
                   tls::Time reference)
      : recipe_(recipe),
        certificate_(X509_new()),
        key_(key),
        issuer_(issuer != nullptr ? issuer : certificate_.get()),
        issuer_key_(issuer_key != nullptr ? issuer_key : key),
        reference_(reference) {}

  Result<pki::X509Ptr> make(std::string_view name) {
    if (const std::string* digest_name = recipe_.find("digest");
        digest_name && !EVP_get_digestbyname(digest_name->c_str())) {
      return Error{"recipe: no digest '" + *digest_name + "'"};
    }
    if (!set_names(name) || !set_serial(name)) return openssl_error("recipe: serial or name");
    if (!set_validity()) return Error{"recipe: 'days' is not FROM..TO"};
    X509_set_pubkey(certificate_.get(), key_);
    X509_set_version(certificate_.get(), recipe_.has("v1") ? X509_VERSION_1 : X509_VERSION_3);
    if (!recipe_.has("v1")) add_extensions();
    if (!failed_.empty()) return openssl_error("recipe: " + failed_);
    if (X509_sign(certificate_.get(), issuer_key_, digest()) <= 0) return openssl_error("recipe: cannot sign");
    return std::move(certificate_);
  }

 private:
  bool set_names(std::string_view name) {
    const std::string* cn = recipe_.find("cn");
    const std::string common_name = cn != nullptr ? *cn : std::string(name);
    X509_NAME* subject = X509_get_subject_name(certificate_.get());
    const bool named =
        common_name.empty() || X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8,
                                                          reinterpret_cast<const unsigned char*>(common_name.data()),
                                                          static_cast<int>(common_name.size()), -1, 0) == 1;
    return named && X509_set_issuer_name(certificate_.get(), X509_get_subject_name(issuer_)) == 1;
  }

  bool set_serial(std::string_view name) {
    const std::string* given = recipe_.find("serial");
    const std::string text = given != nullptr ? *given : "4" + pki::sha256_hex(name).substr(0, 15);
    BIGNUM* raw = nullptr;
    const int digits = BN_hex2bn(&raw, text.c_str());
    const BignumPtr value(raw);
    if (digits != static_cast<int>(text.size())) return false;
    const IntegerPtr serial(BN_to_ASN1_INTEGER(value.get(), nullptr));
    return serial && X509_set_serialNumber(certificate_.get(), serial.get()) == 1;
  }

  bool set_validity() {
    std::optional<int> from = kDefaultDaysBefore;
    std::optional<int> to = kDefaultDaysAfter;
    if (const std::string* days = recipe_.find("days")) {
      const std::size_t dots = days->find("..");
      if (dots == std::string::npos) return false;
      from = number(std::string_view(*days).substr(0, dots));
      to = number(std::string_view(*days).substr(dots + 2));
    }
    if (!from || !to) return false;
    return set_time(X509_getm_notBefore(certificate_.get()), *from) &&
           set_time(X509_getm_notAfter(certificate_.get()), *to);
  }

  bool set_time(ASN1_TIME* time, int days) const {
    return ASN1_TIME_adj(time, reference_.time_since_epoch().count(), days, 0) != nullptr;
  }

  void add_extensions() {
    const bool default_request = recipe_.has("openssl-req-default");
    if (recipe_.has("ca") || default_request) {
      const std::string* length = recipe_.find("pathlen");
      add(NID_basic_constraints, "critical,CA:TRUE" + (length != nullptr ? ",pathlen:" + *length : std::string()));
    }
    if (recipe_.has("no-ca")) add(NID_basic_constraints, "CA:FALSE");
    if (const std::string* usage = recipe_.find("ku")) {
      add(NID_key_usage, "critical," + *usage);
    } else if (recipe_.has("ca") && !default_request) {
      add(NID_key_usage, "critical,keyCertSign,cRLSign");
    }
    add_value(NID_ext_key_usage, "eku");
    add_value(NID_subject_alt_name, "san");
    add_access();
    if (recipe_.has("must-staple")) add(NID_tlsfeature, "status_request");
    add(NID_subject_key_identifier, "hash");
    if (X509_get_ext_by_NID(issuer_, NID_subject_key_identifier, -1) >= 0)
      add(NID_authority_key_identifier, "keyid:always");
  }

  void add_access() {
    std::string access;
    if (const std::string* url = recipe_.find("aia")) access = "caIssuers;URI:" + *url;
    if (const std::string* url = recipe_.find("ocsp")) access += (access.empty() ? "OCSP;URI:" : ",OCSP;URI:") + *url;
    if (!access.empty()) add(NID_info_access, access);
  }

  void add_value(int nid, std::string_view word) {
    if (const std::string* value = recipe_.find(word)) add(nid, *value);
  }

  void add(int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, issuer_, certificate_.get(), nullptr, nullptr, 0);
    X509V3_set_ctx_nodb(&context);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str()));
    if (!extension || X509_add_ext(certificate_.get(), extension.get(), -1) != 1) failed_ = value;
  }

  const EVP_MD* digest() {
    const int kind = EVP_PKEY_get_base_id(issuer_key_);
    if (kind == EVP_PKEY_ED25519 || kind == EVP_PKEY_ED448) return nullptr;
    const std::string* name = recipe_.find("digest");
    return EVP_get_digestbyname(name != nullptr ? name->c_str() : "sha256");
  }

  const CertificateRecipe& recipe_;
  pki::X509Ptr certificate_;
  EVP_PKEY* key_;
  X509* issuer_;
  EVP_PKEY* issuer_key_;
  tls::Time reference_;
  std::string failed_;  // the value that OpenSSL refused
};

bool write_key(BIO* out, EVP_PKEY* key, const CertificateRecipe& recipe) {
  if (recipe.has("encrypted")) {
    return PEM_write_bio_PKCS8PrivateKey(out, key, EVP_aes_256_cbc(), kPassphrase, kPassphraseLength, nullptr,
                                         nullptr) == 1;
  }
  if (recipe.has("encrypted-legacy")) {
    return PEM_write_bio_PrivateKey_traditional(out, key, EVP_aes_256_cbc(),
                                                reinterpret_cast<const unsigned char*>(kPassphrase), kPassphraseLength,
                                                nullptr, nullptr) == 1;
  }
  if (recipe.has("traditional")) {
    return PEM_write_bio_PrivateKey_traditional(out, key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
  }
  return PEM_write_bio_PKCS8PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
}

bool write_pkcs12(BIO* out, X509* certificate, EVP_PKEY* key) {
  const Pkcs12Ptr store(PKCS12_create(kPassphrase, "certificate", key, certificate, nullptr, 0, 0, 0, 0, 0));
  return store && i2d_PKCS12_bio(out, store.get()) == 1;
}

}  // namespace

class CertificateFactory::Impl {
 public:
  explicit Impl(tls::Time reference) : reference_(reference) {}

  Result<std::string> make(std::string_view name, std::string_view spec) {
    const Result<CertificateRecipe> recipe = parse_certificate_recipe(spec);
    if (!recipe) return recipe.error();
    Made made;
    Result<std::string> text = make_text(*recipe, name, made);
    if (!text) return text;
    if (recipe->has("half")) text->resize(text->size() / 2);
    if (recipe->has("folded")) fold(*text);
    made.text = *text;
    made_.insert_or_assign(std::string(name), std::move(made));
    return text;
  }

 private:
  struct Made {
    std::string text;
    pki::X509Ptr certificate;
    pki::KeyPtr key;
    std::string issuer;  // name of its recipe; empty: itself
  };

  Result<std::string> make_text(const CertificateRecipe& recipe, std::string_view name, Made& made) {
    if (const std::string* text = recipe.find("text")) return *text;
    if (const std::string* names = recipe.find("concat")) return concatenate(*names);
    Result<pki::KeyPtr> key = make_key(recipe);
    if (!key) return key.error();
    made.key = std::move(*key);
    if (recipe.has("key-only") || recipe.has("public-key")) return write(recipe, made);
    Result<pki::X509Ptr> certificate = make_certificate(recipe, name, made);
    if (!certificate) return certificate.error();
    made.certificate = std::move(*certificate);
    return write(recipe, made);
  }

  Result<std::string> concatenate(std::string_view names) {
    std::string text;
    for (const std::string& name : split(names)) {
      const Made* part = find(name);
      if (part == nullptr) return unknown(name);
      text += part->text;
    }
    return text;
  }

  Result<pki::KeyPtr> make_key(const CertificateRecipe& recipe) {
    if (const std::string* other = recipe.find("key-of")) {
      const Made* made = find(*other);
      if (made == nullptr || !made->key) return unknown(*other);
      return shared(made->key.get());
    }
    const Result<EVP_PKEY*> key = pooled_key(recipe.key, keys_[recipe.key]++);
    if (!key) return key.error();
    return shared(key.value());
  }

  Result<pki::X509Ptr> make_certificate(const CertificateRecipe& recipe, std::string_view name, Made& made) {
    const Made* issuer = nullptr;
    if (const std::string* issuer_name = recipe.find("issuer")) {
      issuer = find(*issuer_name);
      if (issuer == nullptr || !issuer->certificate) return unknown(*issuer_name);
      made.issuer = *issuer_name;
    }
    CertificateMaker maker(recipe, made.key.get(), issuer != nullptr ? issuer->certificate.get() : nullptr,
                           issuer != nullptr ? issuer->key.get() : nullptr, reference_);
    return maker.make(name);
  }

  Result<std::string> write(const CertificateRecipe& recipe, const Made& made) {
    const BioPtr out(BIO_new(BIO_s_mem()));
    if (!write_file(out.get(), recipe, made)) return openssl_error("recipe: cannot write");
    return contents(out.get());
  }

  bool write_file(BIO* out, const CertificateRecipe& recipe, const Made& made) {
    if (recipe.has("p12")) return write_pkcs12(out, made.certificate.get(), made.key.get());
    if (recipe.has("public-key")) return PEM_write_bio_PUBKEY(out, made.key.get()) == 1;
    if (recipe.has("key-only")) {
      return recipe.has("der") ? i2d_PrivateKey_bio(out, made.key.get()) == 1 : write_key(out, made.key.get(), recipe);
    }
    if (recipe.has("der")) return i2d_X509_bio(out, made.certificate.get()) == 1;
    std::vector<X509*> chain = chain_of(recipe, made);
    if (recipe.has("chain-reversed")) std::reverse(chain.begin(), chain.end());
    const bool certificates = std::all_of(chain.begin(), chain.end(),
                                          [&](X509* certificate) { return PEM_write_bio_X509(out, certificate) == 1; });
    return certificates && (!recipe.has("with-key") || write_key(out, made.key.get(), recipe));
  }

  /// The certificate and, where asked for, its issuers.
  std::vector<X509*> chain_of(const CertificateRecipe& recipe, const Made& made) {
    std::vector<X509*> chain = {made.certificate.get()};
    const bool with_root = recipe.has("with-root");
    if (!with_root && !recipe.has("chain") && !recipe.has("chain-reversed")) return chain;
    for (const Made* issuer = find(made.issuer); issuer != nullptr; issuer = find(issuer->issuer)) {
      if (issuer->issuer.empty() && !with_root) break;
      chain.push_back(issuer->certificate.get());
    }
    return chain;
  }

  const Made* find(std::string_view name) const {
    const auto found = made_.find(name);
    return found == made_.end() ? nullptr : &found->second;
  }

  static Error unknown(const std::string& name) { return Error{"recipe: '" + name + "' is no earlier recipe of use"}; }

  tls::Time reference_;
  std::map<std::string, Made, std::less<>> made_;
  std::map<std::string, std::size_t> keys_;  // of each kind, so far
};

CertificateFactory::CertificateFactory(tls::Time reference) : impl_(std::make_unique<Impl>(reference)) {}
CertificateFactory::~CertificateFactory() = default;

Result<std::string> CertificateFactory::make(std::string_view name, std::string_view spec) {
  return impl_->make(name, spec);
}

}  // namespace tlsward::tests
