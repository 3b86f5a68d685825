#include "pki/time.h"

#include <openssl/asn1.h>

#include <chrono>
#include <string>

#include "tests/catch.h"

namespace tlsward {
namespace {

using namespace std::chrono_literals;

Result<tls::Time> time_of(int type, const std::string& text) {
  ASN1_TIME* time = ASN1_STRING_type_new(type);
  ASN1_STRING_set(time, text.data(), static_cast<int>(text.size()));
  auto result = pki::to_time(time);
  ASN1_STRING_free(time);
  return result;
}

tls::Time at(std::chrono::year_month_day date, std::chrono::seconds seconds = 0s) {
  return tls::Time{std::chrono::sys_days{date}} + seconds;
}

TEST_CASE("times: UTCTime has two digits for the years 1950 to 2049") {
  CHECK(*time_of(V_ASN1_UTCTIME, "260101123456Z") == at(2026y / 1 / 1, 12h + 34min + 56s));
  CHECK(*time_of(V_ASN1_UTCTIME, "491231235959Z") == at(2049y / 12 / 31, 24h - 1s));
  CHECK(*time_of(V_ASN1_UTCTIME, "500101000000Z") == at(1950y / 1 / 1));
}

TEST_CASE("times: GeneralizedTime reaches from year 0 to 9999") {
  CHECK(*time_of(V_ASN1_GENERALIZEDTIME, "99991231235959Z") == at(9999y / 12 / 31, 24h - 1s));
  CHECK(*time_of(V_ASN1_GENERALIZEDTIME, "00000101000000Z") == at(0y / 1 / 1));
  CHECK(*time_of(V_ASN1_GENERALIZEDTIME, "20240229000000Z") == at(2024y / 2 / 29));
}

TEST_CASE("times: what is no date is an error") {
  CHECK_FALSE(time_of(V_ASN1_GENERALIZEDTIME, "20230229000000Z"));
  CHECK_FALSE(time_of(V_ASN1_GENERALIZEDTIME, "20231301000000Z"));
  CHECK_FALSE(time_of(V_ASN1_UTCTIME, "260101256100Z"));
  CHECK_FALSE(time_of(V_ASN1_UTCTIME, ""));
  CHECK_FALSE(time_of(V_ASN1_UTCTIME, "yesterday"));
  CHECK_FALSE(pki::to_time(nullptr));
}

}  // namespace
}  // namespace tlsward
