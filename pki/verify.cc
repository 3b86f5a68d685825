// Three readings of one chain. OpenSSL looks for a path to an anchor; dates, which it reports as it goes, are kept
// apart so that "expired" is said only of a chain that would be trusted otherwise; and what it would refuse by its
// security level is judged here, with the actual sizes. The shape of what was sent (order, gaps, a root too much) is
// read from names and key identifiers alone: the signatures of the path were OpenSSL's to check.
#include "pki/verify.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "pki/key.h"
#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/sent_chain.h"
#include "pki/text.h"
#include "pki/time.h"
#include "pki/trust_anchors.h"
#include "pki/verify_reason.h"
#include "pki/x509.h"
#include "tls/material.h"

namespace tlsward::pki {
namespace {

/// NIST SP 800-57 part 1 revision 5, table 2: RSA 2048, P-224. Less is not approved, and browsers refuse it.
constexpr int kMinStrength = 112;

/// Hashes for which collisions were made. OpenSSL's names, and what people call them.
struct Hash {
  std::string_view openssl, name;
};
constexpr std::array kBrokenHashes = {Hash{"MD2", "MD2"}, Hash{"MD4", "MD4"}, Hash{"MD5", "MD5"},
                                      Hash{"SHA1", "SHA-1"}};

/// What OpenSSL's verification came across.
struct Findings {
  std::optional<VerifyError> date;   // the first one: it does not stop the search for a path
  std::optional<VerifyError> error;  // what stopped it
};

bool is_date(int code) {
  return code == X509_V_ERR_CERT_HAS_EXPIRED || code == X509_V_ERR_CERT_NOT_YET_VALID;
}

int note(int ok, X509_STORE_CTX* context) {
  if (ok == 1) return 1;
  auto& findings = *static_cast<Findings*>(X509_STORE_CTX_get_app_data(context));
  const VerifyError error{X509_STORE_CTX_get_error(context), X509_STORE_CTX_get_error_depth(context),
                          X509_STORE_CTX_get_current_cert(context)};
  std::optional<VerifyError>& place = is_date(error.code) ? findings.date : findings.error;
  if (!place) place = error;
  return is_date(error.code) ? 1 : 0;
}

/// One verification by OpenSSL, and questions that need its store.
class PathSearch {
 public:
  PathSearch(const SentChain& chain, X509_STORE* store, tls::Time at)
      : untrusted_(sk_X509_new_null()), context_(X509_STORE_CTX_new()) {
    for (const SentCertificate& sent : chain.certificates) {
      if (sent.may_issue) sk_X509_push(untrusted_.get(), sent.x509.get());
    }
    ready_ = context_ &&
             X509_STORE_CTX_init(context_.get(), store, chain.certificates.front().x509.get(), untrusted_.get()) == 1;
    if (!ready_) return;
    X509_STORE_CTX_set_default(context_.get(), "ssl_server");
    X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context_.get());
    X509_VERIFY_PARAM_set_time(parameters, static_cast<std::time_t>(at.time_since_epoch().count()));
    X509_VERIFY_PARAM_set_auth_level(parameters, 0);
    X509_VERIFY_PARAM_set_depth(parameters, static_cast<int>(kMaxChainLength));
    X509_STORE_CTX_set_app_data(context_.get(), &findings_);
    X509_STORE_CTX_set_verify_cb(context_.get(), note);
  }
  PathSearch(const PathSearch&) = delete;
  PathSearch& operator=(const PathSearch&) = delete;

  const Findings& run() {
    if (!ready_ || X509_verify_cert(context_.get()) != 1) {
      if (!findings_.error) findings_.error = VerifyError{X509_V_ERR_UNSPECIFIED, 0, nullptr};
    }
    drop_openssl_errors();
    return findings_;
  }

  /// From leaf to anchor, after a run without error.
  std::vector<X509*> path() const {
    std::vector<X509*> certificates;
    STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context_.get());
    for (int i = 0; i < sk_X509_num(chain); ++i) certificates.push_back(sk_X509_value(chain, i));
    return certificates;
  }

  bool has_anchor_named(const X509_NAME* name) {
    const OwnedCertificatesPtr found(ready_ ? X509_STORE_CTX_get1_certs(context_.get(), name) : nullptr);
    drop_openssl_errors();
    return found && sk_X509_num(found.get()) > 0;
  }

 private:
  BorrowedCertificatesPtr untrusted_;
  StoreContextPtr context_;
  Findings findings_;
  bool ready_ = false;
};

/// "", for the leaf, which needs no name, or "'CN=X' ".
std::string prefix(const X509* certificate, std::size_t depth) {
  return depth == 0 ? std::string() : describe(certificate) + " ";
}

std::string date_reason(const VerifyError& error) {
  const bool expired = error.code == X509_V_ERR_CERT_HAS_EXPIRED;
  const Result<tls::Time> when =
      to_time(expired ? X509_get0_notAfter(error.certificate) : X509_get0_notBefore(error.certificate));
  return fmt::format("{}{} {}", prefix(error.certificate, static_cast<std::size_t>(error.depth)),
                     expired           ? "expired on"
                     : error.depth > 0 ? "is not valid before"
                                       : "not valid before",
                     when ? tls::date(*when) : "an unreadable date");
}

/// "1024-bit RSA key"; empty where the key is strong enough, or of a kind that we cannot judge.
std::string weak_key(const X509* certificate) {
  const tls::KeyFacts key = key_facts(X509_get_X509_PUBKEY(certificate));
  if (key.type == tls::KeyType::Unknown || tls::equivalent_strength(key) >= kMinStrength) return {};
  if (key.type == tls::KeyType::Ec && key.bits == 0) return fmt::format("EC key on an unusual curve ({})", key.curve);
  return fmt::format("{}-bit {} key", key.bits, tls::name(key.type));
}

/// "SHA-1"; empty where the hash of the signature is sound.
std::string_view broken_hash(const X509* certificate) {
  int digest = NID_undef;
  OBJ_find_sigid_algs(X509_get_signature_nid(certificate), &digest, nullptr);
  const std::string_view name = digest == NID_undef ? "" : OBJ_nid2sn(digest);
  const auto* found =
      std::find_if(kBrokenHashes.begin(), kBrokenHashes.end(), [&](const Hash& hash) { return hash.openssl == name; });
  return found == kBrokenHashes.end() ? std::string_view() : found->name;
}

/// What OpenSSL's security level would refuse; empty where nothing is weak.
std::string weak_reason(const std::vector<X509*>& path) {
  for (std::size_t i = 0; i < path.size(); ++i) {
    const std::string key = weak_key(path[i]);
    if (!key.empty()) return fmt::format("{}{}", i == 0 ? "" : describe(path[i]) + " has a weak key: ", key);
    // Nobody checks the signature of an anchor.
    const std::string_view hash = i + 1 < path.size() ? broken_hash(path[i]) : std::string_view();
    if (!hash.empty()) return fmt::format("{}signed with {}", i == 0 ? "" : describe(path[i]) + " is ", hash);
  }
  return {};
}

bool is_ordered(const SentChain& chain) {
  const auto& sent = chain.certificates;
  const auto stray = std::adjacent_find(sent.begin(), sent.end(), [](const auto& certificate, const auto& next) {
    return !tls::issued(next.facts, certificate.facts);
  });
  return !chain.gaps && stray == sent.end();
}

bool has_extra_anchor(const SentChain& chain) {
  return std::any_of(chain.certificates.begin() + 1, chain.certificates.end(),
                     [](const SentCertificate& sent) { return sent.facts.self_signed; });
}

/// Goes up from the leaf through what was sent; true where it ends below an issuer whom the store does not have.
bool lacks_issuer(const SentChain& chain, PathSearch& search) {
  const SentCertificate* at = &chain.certificates.front();
  for (std::size_t steps = 0; steps < chain.certificates.size(); ++steps) {
    if (at->facts.self_issued || search.has_anchor_named(X509_get_issuer_name(at->x509.get()))) return false;
    const SentCertificate* issuer = find_sent_issuer(chain, *at);
    if (issuer == nullptr) return true;
    at = issuer;
  }
  return false;
}

void judge(Verification& result, const SentChain& chain, PathSearch& search) {
  const Findings& findings = search.run();
  if (findings.error) {
    Judgement judgement = judge_error(*findings.error, chain);
    result.trust = judgement.trust;
    result.reason = std::move(judgement.reason);
    result.missing_intermediate = lacks_issuer(chain, search);
    return;
  }
  const std::vector<X509*> path = search.path();
  for (const X509* certificate : path) result.path.push_back(name_text(X509_get_subject_name(certificate)));
  result.reason = findings.date ? date_reason(*findings.date) : weak_reason(path);
  result.trust = result.reason.empty() ? Trust::Trusted : Trust::Untrusted;
}

}  // namespace

Verification verify_chain(const std::vector<DerBytes>& chain, const TrustAnchors& anchors, tls::Time at) {
  Verification result;
  const SentChain sent = read_sent_chain(chain);
  if (sent.certificates.empty()) {
    result.trust = Trust::Untrusted;
    result.reason = chain.empty() ? "no certificate was sent" : sent.leaf_problem;
    return result;
  }
  result.ordered = is_ordered(sent);
  result.extra_anchor = has_extra_anchor(sent);
  if (anchors.empty()) {
    result.reason = anchors.description();
    return result;
  }
  for (const SentCertificate& certificate : sent.certificates) anchors.impl().prepare(certificate.x509.get());
  PathSearch search(sent, anchors.impl().store.get(), at);
  judge(result, sent, search);
  return result;
}

}  // namespace tlsward::pki
