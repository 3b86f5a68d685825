#include "tests/net/tls_server.h"

#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include <algorithm>
#include <new>
#include <string_view>
#include <utility>

#include "pki/openssl_error.h"
#include "tests/catch.h"

namespace tlsward::test {

using BioPtr = pki::OpenSslPtr<BIO, BIO_free_all>;

namespace {

constexpr unsigned kSctExtension = 18;

void add_identity(SSL_CTX* context, const std::string& pem) {
  const BioPtr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const pki::X509Ptr leaf(PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr));
  REQUIRE(leaf);
  const pki::OwnedCertificatesPtr chain(sk_X509_new_null());
  while (X509* next = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)) sk_X509_push(chain.get(), next);
  pki::drop_openssl_errors();
  const BioPtr again(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const pki::KeyPtr key(PEM_read_bio_PrivateKey(again.get(), nullptr, nullptr, nullptr));
  REQUIRE(key);
  REQUIRE(SSL_CTX_use_cert_and_key(context, leaf.get(), key.get(), chain.get(), 1) == 1);
}

void add_authorities(SSL_CTX* context, const std::string& pem) {
  const BioPtr in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  while (const pki::X509Ptr authority{PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)}) {
    REQUIRE(SSL_CTX_add_client_CA(context, authority.get()) == 1);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), authority.get());
  }
  pki::drop_openssl_errors();
}

int accept_any(int, X509_STORE_CTX*) {
  return 1;
}

/// Even at level 0 OpenSSL minds short primes.
int allow_all(const SSL*, const SSL_CTX*, int, int, int, void*, void*) {
  return 1;
}

/// Diffie-Hellman modulo a number of this size, which need not be prime.
pki::KeyPtr dh_parameters(int bits) {
  using BignumPtr = pki::OpenSslPtr<BIGNUM, BN_free>;
  using BuilderPtr = pki::OpenSslPtr<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
  using ContextPtr = pki::OpenSslPtr<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;
  using ParametersPtr = pki::OpenSslPtr<OSSL_PARAM, OSSL_PARAM_free>;
  const BignumPtr prime(BN_new()), generator(BN_new());
  REQUIRE(BN_rand(prime.get(), bits, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ODD) == 1);
  REQUIRE(BN_set_word(generator.get(), 2) == 1);
  const BuilderPtr builder(OSSL_PARAM_BLD_new());
  REQUIRE(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_P, prime.get()) == 1);
  REQUIRE(OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_FFC_G, generator.get()) == 1);
  const ParametersPtr parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const ContextPtr context(EVP_PKEY_CTX_new_from_name(nullptr, "DH", nullptr));
  EVP_PKEY* raw = nullptr;
  REQUIRE(EVP_PKEY_fromdata_init(context.get()) == 1);
  REQUIRE(EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_KEY_PARAMETERS, parameters.get()) == 1);
  return pki::KeyPtr(raw);
}

}  // namespace

/// What OpenSSL calls; `argument` is the setup.
struct ServerCallbacks {
  static int choose_alpn(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* offered,
                         unsigned offered_size, void* argument) {
    tls::wire::Reader in({offered, offered_size});
    const auto& setup = *static_cast<const ServerSetup*>(argument);
    while (!in.empty()) {
      const tls::wire::View name = in.vector8();
      const std::string_view text(reinterpret_cast<const char*>(name.data()), name.size());
      if (std::find(setup.alpn.begin(), setup.alpn.end(), text) == setup.alpn.end()) continue;
      *out = name.data();
      *out_size = static_cast<unsigned char>(name.size());
      return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }

  static int staple(SSL* ssl, void* argument) {
    const auto& response = static_cast<const ServerSetup*>(argument)->ocsp_response;
    if (response.empty()) return SSL_TLSEXT_ERR_NOACK;
    auto* copy = static_cast<unsigned char*>(OPENSSL_malloc(response.size()));
    std::copy(response.begin(), response.end(), copy);
    SSL_set_tlsext_status_ocsp_resp(ssl, copy, static_cast<long>(response.size()));
    return SSL_TLSEXT_ERR_OK;
  }

  static int add_scts(SSL*, unsigned, unsigned, const unsigned char** out, size_t* size, X509*, size_t place, int*,
                      void* argument) {
    const auto& scts = static_cast<const ServerSetup*>(argument)->scts;
    if (scts.empty() || place != 0) return 0;
    *out = scts.data();
    *size = scts.size();
    return 1;
  }

  static int allow_early_data(SSL*, void*) { return 1; }
};

TlsServer::TlsServer(ServerSetup setup) : setup_(std::move(setup)), context_(SSL_CTX_new(TLS_server_method())) {
  SSL_CTX* const context = context_.get();
  SSL_CTX_set_security_level(context, 0);
  SSL_CTX_set_security_callback(context, allow_all);
  if (setup_.dh_bits == 0) {
    SSL_CTX_set_dh_auto(context, 1);
  } else {
    REQUIRE(SSL_CTX_set0_tmp_dh_pkey(context, dh_parameters(setup_.dh_bits).release()) == 1);
  }
  REQUIRE(SSL_CTX_set_min_proto_version(context, setup_.min_version) == 1);
  REQUIRE(SSL_CTX_set_max_proto_version(context, setup_.max_version) == 1);
  REQUIRE(SSL_CTX_set_cipher_list(context, setup_.ciphers.c_str()) == 1);
  if (!setup_.suites.empty()) REQUIRE(SSL_CTX_set_ciphersuites(context, setup_.suites.c_str()) == 1);
  if (!setup_.groups.empty()) REQUIRE(SSL_CTX_set1_groups_list(context, setup_.groups.c_str()) == 1);
  for (const std::string& identity : setup_.identities) add_identity(context, identity);
  if (!setup_.client_authorities.empty()) add_authorities(context, setup_.client_authorities);
  if (setup_.client_certificate != WantsCertificate::No) {
    const bool required = setup_.client_certificate == WantsCertificate::Required;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | (required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), accept_any);
  }
  if (!setup_.alpn.empty()) SSL_CTX_set_alpn_select_cb(context, ServerCallbacks::choose_alpn, &setup_);
  SSL_CTX_set_tlsext_status_cb(context, ServerCallbacks::staple);
  SSL_CTX_set_tlsext_status_arg(context, &setup_);
  SSL_CTX_add_custom_ext(context, kSctExtension,
                         SSL_EXT_CLIENT_HELLO | SSL_EXT_TLS1_2_SERVER_HELLO | SSL_EXT_TLS1_3_CERTIFICATE,
                         ServerCallbacks::add_scts, nullptr, &setup_, nullptr, nullptr);
  SSL_CTX_set_options(context, SSL_OP_CIPHER_SERVER_PREFERENCE);
  if (!setup_.tickets) SSL_CTX_set_options(context, SSL_OP_NO_TICKET);
  if (!setup_.encrypt_then_mac) SSL_CTX_set_options(context, SSL_OP_NO_ENCRYPT_THEN_MAC);
  SSL_CTX_set_max_early_data(context, setup_.max_early_data);
  SSL_CTX_set_allow_early_data_cb(context, ServerCallbacks::allow_early_data, nullptr);
  static constexpr unsigned char kSessionContext[] = "test";
  SSL_CTX_set_session_id_context(context, kSessionContext, sizeof kSessionContext);
  SSL_CTX_set_timeout(context, setup_.session_lifetime);
  if (setup_.fragment != 0) SSL_CTX_set_max_send_fragment(context, setup_.fragment);
  if (setup_.padding != 0) SSL_CTX_set_block_padding(context, setup_.padding);
}

ServerPtr TlsServer::connection() const {
  // No REQUIRE: this is called from threads too.
  ServerPtr ssl(SSL_new(context_.get()));
  if (!ssl) throw std::bad_alloc();
  SSL_set_accept_state(ssl.get());
  return ssl;
}

tls::wire::Bytes TlsServer::answer(tls::wire::View client) const {
  return MemoryServer(*this).answer(client);
}

MemoryServer::MemoryServer(const TlsServer& server) : ssl_(server.connection()) {
  SSL_set_bio(ssl_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
}

tls::wire::Bytes MemoryServer::answer(tls::wire::View client) {
  BIO_write(SSL_get_rbio(ssl_.get()), client.data(), static_cast<int>(client.size()));
  SSL_do_handshake(ssl_.get());
  pki::drop_openssl_errors();
  char* data = nullptr;
  const long size = BIO_get_mem_data(SSL_get_wbio(ssl_.get()), &data);
  tls::wire::Bytes bytes(data, data + size);
  BIO_reset(SSL_get_wbio(ssl_.get()));
  return bytes;
}

}  // namespace tlsward::test
