#include "serve/tls/openssl_lacks.h"

#include <fmt/format.h>
#include <openssl/ssl.h>

#include <algorithm>
#include <set>

#include "net/openssl_names.h"
#include "net/ssl_ptr.h"
#include "net/tls_client.h"
#include "pki/openssl_error.h"

namespace tlsward::serve {
namespace {

std::set<tls::CipherSuite> openssl_suites() {
  std::set<tls::CipherSuite> suites;
  const net::SslContextPtr context(SSL_CTX_new(TLS_server_method()));
  if (!context) return suites;
  SSL_CTX_set_cipher_list(context.get(), "ALL:eNULL:@SECLEVEL=0");
  SSL_CTX_set_ciphersuites(context.get(),
                           "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:"
                           "TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256");
  const STACK_OF(SSL_CIPHER)* ciphers = SSL_CTX_get_ciphers(context.get());
  for (int i = 0; i < sk_SSL_CIPHER_num(ciphers); ++i)
    suites.insert({SSL_CIPHER_get_protocol_id(sk_SSL_CIPHER_value(ciphers, i))});
  pki::drop_openssl_errors();
  return suites;
}

bool has_suite(tls::CipherSuite suite) {
  static const std::set<tls::CipherSuite> known = openssl_suites();
  return known.contains(suite);
}

class Reducer {
 public:
  Reducer(const tls::TlsContext& context, std::vector<Deviation>& deviations)
      : context_(context), deviations_(deviations) {}

  tls::TlsContext reduce() {
    std::erase_if(context_.versions.value, [this](tls::Version version) {
      if (net::openssl_has(version)) return false;
      note(fmt::format("cannot speak {}: this OpenSSL has no such version", tls::name(version)));
      return true;
    });
    for (auto& [version, suites] : context_.ciphers.value) {
      std::erase_if(suites, [this](tls::CipherSuite suite) { return lacks(suite); });
    }
    std::erase_if(context_.groups.value, [this](tls::Group group) {
      if (net::openssl_has(group)) return false;
      note(fmt::format("cannot use the group {} ({}): this OpenSSL does not have it", tls::name(group), group.code));
      return true;
    });
    return std::move(context_);
  }

 private:
  bool lacks(tls::CipherSuite suite) {
    if (tls::uses_psk(suite)) {
      note(fmt::format("{} is inert, here as in the gateway: no pre-shared key can be set", tls::name(suite)));
      return true;
    }
    if (has_suite(suite)) return false;
    note(fmt::format("cannot use {}: this OpenSSL does not have it", tls::name(suite)));
    return true;
  }

  void note(std::string what) {
    const auto same = [&](const Deviation& one) { return one.subject == context_.subject && one.what == what; };
    if (std::none_of(deviations_.begin(), deviations_.end(), same))
      deviations_.push_back({context_.subject, std::move(what)});
  }

  tls::TlsContext context_;
  std::vector<Deviation>& deviations_;
};

}  // namespace

tls::TlsContext reduce_to_openssl(const tls::TlsContext& context, std::vector<Deviation>& deviations) {
  return Reducer(context, deviations).reduce();
}

}  // namespace tlsward::serve
