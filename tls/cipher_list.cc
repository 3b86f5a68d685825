#include "tls/cipher_list.h"

#include <algorithm>

namespace tlsward::tls {
namespace {

/// For a suite that no fix of an ineffective entry takes away.
bool works(const TlsContext& context, const ListedCipher& entry) {
  return may_be_negotiated(context, entry) && !is_tls13(*entry.suite) && !uses_psk(*entry.suite);
}

}  // namespace

bool may_be_negotiated(const TlsContext& context, const ListedCipher& entry) {
  if (!entry.accepted || !entry.suite) return false;
  const bool range_known = context.versions.known() && !context.versions.value.empty();
  return !range_known || reachable(context, entry);
}

bool keeps_sound_suite(const TlsContext& context) {
  const auto& list = context.cipher_list.value;
  return std::any_of(list.begin(), list.end(), [&](const ListedCipher& entry) {
    return works(context, entry) && !broken_reason(*entry.suite) && weak_reasons(*entry.suite).empty();
  });
}

bool keeps_working_suite(const TlsContext& context) {
  const auto& list = context.cipher_list.value;
  return std::any_of(list.begin(), list.end(), [&](const ListedCipher& entry) { return works(context, entry); });
}

bool prohibited_in_http2(CipherSuite suite) {
  const CipherSuiteFacts* row = facts(suite);
  return row && row->http2_prohibited;
}

}  // namespace tlsward::tls
