// Configurations as texts, read by the gateways as `serve` reads them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateways/service.h"
#include "lint/run.h"
#include "serve/tls/credentials.h"
#include "tls/context.h"

namespace tlsward::tests {

/// One set of files. Stays where it is.
class Configured {
 public:
  /// `gateway`: "krakend@2.6". Fails the test where nobody claims the files.
  Configured(const std::string& gateway, std::vector<std::pair<std::string, std::string>> files);
  ~Configured();

  const std::vector<tls::TlsContext>& contexts() const;
  /// The first listener.
  const tls::TlsContext& listener() const;
  gateways::Service service() const;
  const serve::MaterialSource& material() const;
  /// Certificates and keys of a context; fails the test where one cannot be read.
  std::shared_ptr<const serve::Credentials> credentials(const tls::TlsContext& context) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tlsward::tests
