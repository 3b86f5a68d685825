// Tyk's certificate API as requests meet it: the store, and who may use it.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/task.h"
#include "serve/answer.h"
#include "serve/certificates/store.h"
#include "serve/http/exchange.h"
#include "serve/options.h"
#include "serve/tls/credentials.h"

namespace tlsward::serve {

/// Shared by all threads and kept over reloads.
struct CertificateService {
  std::shared_ptr<CertificateStore> store;
  std::string secret;  // of X-Tyk-Authorization; empty: nobody may. Never printed
};

/// Reads the request's body, at most 1 MiB, and answers it. Only for clients of this machine: to others it is not
/// there.
Task<Answer> answer_certificates(ServerExchange& exchange, const CertificateService& service,
                                 const net::Address& client, const ServeOptions& options);

/// Gives what `original` gives, and certificates of the store for ids that it does not know.
std::unique_ptr<MaterialSource> stored_material(std::unique_ptr<MaterialSource> original,
                                                std::shared_ptr<CertificateStore> store);

}  // namespace tlsward::serve
