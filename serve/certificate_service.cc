#include "serve/certificate_service.h"

#include <array>
#include <chrono>
#include <utility>

#include "pki/issue.h"
#include "serve/certificates/api.h"

namespace tlsward::serve {
namespace {

constexpr std::size_t kMaxBody = std::size_t{1} << 20;

/// Nullopt: it broke off, or is too long.
Task<std::optional<std::string>> read_body(ServerExchange& exchange, const ServeOptions& options) {
  std::string body;
  std::array<std::uint8_t, 4096> buffer;
  for (;;) {
    const net::Deadline deadline = net::Clock::now() + options.inbound.body_timeout;
    auto got = co_await exchange.read_body(buffer, deadline);
    if (!got) co_return std::nullopt;
    if (*got == 0) co_return body;
    body.append(reinterpret_cast<const char*>(buffer.data()), *got);
    if (body.size() > kMaxBody) co_return std::nullopt;
  }
}

class StoredMaterial final : public MaterialSource {
 public:
  StoredMaterial(std::unique_ptr<MaterialSource> original, std::shared_ptr<CertificateStore> store)
      : original_(std::move(original)), store_(std::move(store)) {}

  Result<std::string> text(const tls::Material& material, tls::Role role) const override {
    if (!material.store_id || !material.file.empty()) return original_->text(material, role);
    const bool wants_key = material.part != tls::MaterialPart::Certificate;
    if (wants_key) {
      auto credential = store_->credential(material.written);
      if (!credential) return original_->text(material, role);
      const auto bytes = credential->span();
      return std::string(bytes.begin(), bytes.end());
    }
    auto stored = store_->get(material.written);
    if (!stored) return original_->text(material, role);
    return stored->pem;
  }

 private:
  std::unique_ptr<MaterialSource> original_;
  std::shared_ptr<CertificateStore> store_;
};

}  // namespace

Task<Answer> answer_certificates(ServerExchange& exchange, const CertificateService& service,
                                 const net::Address& client, const ServeOptions& options) {
  if (!net::is_loopback(client)) co_return Answer{404, {}, "Not Found"};
  const RequestHead& request = exchange.request();
  std::optional<std::string> body = std::string();
  if (request.has_body) {
    body = co_await read_body(exchange, options);
  }
  const std::string* authorization = find(request.fields, "X-Tyk-Authorization");
  CertificateRequest asked;
  asked.method = request.method;
  asked.target = request.target;
  if (authorization != nullptr) asked.authorization = *authorization;
  if (body) asked.body = *body;
  const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  Answer answer = gateway_answer(answer_certificate_request(asked, service.secret, *service.store, now));
  if (body) pki::wipe(*body);  // it may hold a private key
  co_return answer;
}

std::unique_ptr<MaterialSource> stored_material(std::unique_ptr<MaterialSource> original,
                                                std::shared_ptr<CertificateStore> store) {
  return std::make_unique<StoredMaterial>(std::move(original), std::move(store));
}

}  // namespace tlsward::serve
