// A stapled OCSP response (RFC 6960) is the CA's word on one certificate, passed on by the server. It counts where it
// is about the leaf, signed by the leaf's issuer or by somebody whom the issuer named for this, and of the right time.
#include <openssl/ocsp.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include <fmt/format.h>

#include "pki/openssl_error.h"
#include "pki/openssl_ptr.h"
#include "pki/sct.h"
#include "pki/sent_chain.h"
#include "pki/signature_budget.h"
#include "pki/time.h"
#include "pki/verify.h"
#include "tls/material.h"

namespace tlsward::pki {
namespace {

using Status = OcspFacts::Status;
using BasicResponsePtr = OpenSslPtr<OCSP_BASICRESP, OCSP_BASICRESP_free>;
using CertificateIdPtr = OpenSslPtr<OCSP_CERTID, OCSP_CERTID_free>;
using ResponsePtr = OpenSslPtr<OCSP_RESPONSE, OCSP_RESPONSE_free>;

constexpr std::size_t kMaxResponseBytes = 64 * 1024;
/// A response is about one certificate; some responders answer for a handful.
constexpr int kMaxAnswers = 100;
/// Clocks of responders and of clients differ.
constexpr std::chrono::minutes kClockTolerance{5};

/// One answer of a response: what is said of the leaf.
struct Answer {
  OCSP_SINGLERESP* raw = nullptr;
  int status = V_OCSP_CERTSTATUS_UNKNOWN;
  int reason = OCSP_REVOKED_STATUS_NOSTATUS;
  std::optional<tls::Time> revoked, this_update, next_update;
};

std::optional<tls::Time> moment(const ASN1_GENERALIZEDTIME* time) {
  const Result<tls::Time> read = to_time(time);
  return read ? std::optional(*read) : std::nullopt;
}

bool is_about(const OCSP_SINGLERESP* single, const X509* leaf, const X509* issuer) {
  const OCSP_CERTID* id = OCSP_SINGLERESP_get0_id(single);
  ASN1_OBJECT* algorithm = nullptr;
  OCSP_id_get0_info(nullptr, &algorithm, nullptr, nullptr, const_cast<OCSP_CERTID*>(id));
  const EVP_MD* digest = EVP_get_digestbyobj(algorithm);
  if (digest == nullptr) return false;
  const CertificateIdPtr expected(OCSP_cert_to_id(digest, leaf, issuer));
  return expected && OCSP_id_cmp(id, expected.get()) == 0;
}

std::optional<Answer> find_answer(OCSP_BASICRESP* response, const X509* leaf, const X509* issuer) {
  const int count = std::min(OCSP_resp_count(response), kMaxAnswers);
  for (int i = 0; i < count; ++i) {
    OCSP_SINGLERESP* single = OCSP_resp_get0(response, i);
    if (!is_about(single, leaf, issuer)) continue;
    ASN1_GENERALIZEDTIME *revoked = nullptr, *this_update = nullptr, *next_update = nullptr;
    Answer answer;
    answer.raw = single;
    answer.status = OCSP_single_get0_status(single, &answer.reason, &revoked, &this_update, &next_update);
    if (revoked != nullptr) answer.revoked = moment(revoked);
    answer.this_update = moment(this_update);
    if (next_update != nullptr) answer.next_update = moment(next_update);
    return answer;
  }
  return std::nullopt;
}

/// Certificates that come with the response may be keys of any size.
bool signers_are_bounded(const OCSP_BASICRESP* response) {
  const STACK_OF(X509)* certificates = OCSP_resp_get0_certs(response);
  for (int i = 0; i < sk_X509_num(certificates); ++i) {
    const EVP_PKEY* key = X509_get0_pubkey(sk_X509_value(certificates, i));
    if (key == nullptr || !may_check_signatures_of(key)) return false;
  }
  return true;
}

/// Signed by `issuer`, or by a certificate that it issued for signing OCSP responses (RFC 6960, 4.2.2.2).
bool is_signed_for(OCSP_BASICRESP* response, X509* issuer, tls::Time at) {
  if (!signers_are_bounded(response)) return false;
  const StorePtr store(X509_STORE_new());
  const BorrowedCertificatesPtr known(sk_X509_new_null());
  if (!store || !known || X509_STORE_add_cert(store.get(), issuer) != 1 || sk_X509_push(known.get(), issuer) == 0) {
    return false;
  }
  X509_VERIFY_PARAM* parameters = X509_STORE_get0_param(store.get());
  X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_time(parameters, static_cast<std::time_t>(at.time_since_epoch().count()));
  X509_VERIFY_PARAM_set_auth_level(parameters, 0);
  return OCSP_basic_verify(response, known.get(), store.get(), 0) == 1;
}

std::string revoked_words(const Answer& answer) {
  std::string words = "revoked";
  if (answer.revoked) words += " on " + tls::date(*answer.revoked);
  if (answer.reason != OCSP_REVOKED_STATUS_NOSTATUS) words += fmt::format(" ({})", OCSP_crl_reason_str(answer.reason));
  return words;
}

/// Why the answer does not count at `at`; empty where it does.
std::string stale_words(const Answer& answer, tls::Time at) {
  if (!answer.this_update) return "without a readable date";
  if (*answer.this_update > at + kClockTolerance) return "not valid before " + tls::date(*answer.this_update);
  if (answer.next_update && *answer.next_update < at) return "out of date since " + tls::date(*answer.next_update);
  return {};
}

void judge(const Answer& answer, tls::Time at, OcspFacts& facts) {
  // A revocation is for good, whatever the age of the answer.
  if (answer.status == V_OCSP_CERTSTATUS_REVOKED) {
    facts.status = Status::Revoked;
    facts.words = revoked_words(answer);
    return;
  }
  const bool good = answer.status == V_OCSP_CERTSTATUS_GOOD;
  const std::string word = good ? "good" : "unknown to the responder";
  const std::string stale = stale_words(answer, at);
  if (!stale.empty()) {
    facts.status = Status::Stale;
    facts.words = word + ", " + stale;
    return;
  }
  facts.status = good ? Status::Good : Status::Unknown;
  facts.words = word + (answer.next_update ? ", until " + tls::date(*answer.next_update) : ", without an end");
}

OcspFacts verdict(Status status, std::string words) {
  return {status, std::move(words), 0};
}

OcspFacts read_basic(OCSP_BASICRESP* response, const SentChain& chain, tls::Time at) {
  if (chain.certificates.empty()) return verdict(Status::NotForThisCertificate, "no certificate was sent with it");
  const SentCertificate& leaf = chain.certificates.front();
  const SentCertificate* issuer = leaf.facts.self_signed ? &leaf : find_sent_issuer(chain, leaf);
  if (issuer == nullptr) {
    return verdict(Status::BadSignature,
                   fmt::format("signature cannot be checked: issuer '{}' was not sent", leaf.facts.issuer));
  }
  const std::optional<Answer> answer = find_answer(response, leaf.x509.get(), issuer->x509.get());
  if (!answer) {
    return verdict(Status::NotForThisCertificate, fmt::format("not about {}", tls::describe(leaf.facts)));
  }
  if (!issuer->may_issue || !is_signed_for(response, issuer->x509.get(), at)) {
    return verdict(Status::BadSignature, fmt::format("signature is not by {}, nor by a responder that it named",
                                                     tls::describe(issuer->facts)));
  }
  OcspFacts facts;
  judge(*answer, at, facts);
  const int place = OCSP_SINGLERESP_get_ext_by_NID(answer->raw, NID_ct_cert_scts, -1);
  if (place >= 0) facts.scts = count_scts(OCSP_SINGLERESP_get_ext(answer->raw, place));
  return facts;
}

}  // namespace

OcspFacts read_ocsp(const DerBytes& response, const std::vector<DerBytes>& chain, tls::Time at) {
  if (response.size() > kMaxResponseBytes) {
    return verdict(Status::Malformed, fmt::format("{} bytes; at most {} are read", response.size(), kMaxResponseBytes));
  }
  const unsigned char* at_byte = response.data();
  const ResponsePtr outer(d2i_OCSP_RESPONSE(nullptr, &at_byte, static_cast<long>(response.size())));
  if (!outer) return verdict(Status::Malformed, "no OCSP response (" + take_openssl_error() + ")");
  const int status = OCSP_response_status(outer.get());
  if (status != OCSP_RESPONSE_STATUS_SUCCESSFUL) {
    return verdict(Status::Malformed, fmt::format("the responder answered '{}'", OCSP_response_status_str(status)));
  }
  const BasicResponsePtr basic(OCSP_response_get1_basic(outer.get()));
  if (!basic) return verdict(Status::Malformed, "no basic OCSP response (" + take_openssl_error() + ")");
  const OcspFacts facts = read_basic(basic.get(), read_sent_chain(chain), at);
  drop_openssl_errors();
  return facts;
}

}  // namespace tlsward::pki
