#include "tests/serve/configured.h"

#include <algorithm>
#include <utility>

#include "serve/document_material.h"
#include "tests/catch.h"

namespace tlsward::tests {

struct Configured::State {
  lint::Options options;
  std::unique_ptr<lint::Run> run;
  const lint::InputSet* set = nullptr;
  std::unique_ptr<serve::MaterialSource> material;
};

Configured::Configured(const std::string& gateway, std::vector<std::pair<std::string, std::string>> files)
    : state_(std::make_unique<State>()) {
  std::string error;
  const auto choice = gateways::parse_gateway_choice(gateway, error);
  INFO(error);
  REQUIRE(choice);
  state_->options.gateways = {*choice};
  std::vector<lint::InputFile> inputs;
  std::string texts;
  for (auto& [path, text] : files) {
    texts += text + "\n";
    inputs.push_back({path, std::move(text), {}});
  }
  state_->run = lint::run(std::move(inputs), {}, state_->options);
  INFO(texts);
  REQUIRE(state_->run->errors.empty());
  for (const auto& set : state_->run->sets) {
    if (set->gateway != nullptr) state_->set = set.get();
  }
  REQUIRE(state_->set != nullptr);
  state_->material = serve::document_material(state_->set->documents);
}

Configured::~Configured() = default;

const std::vector<tls::TlsContext>& Configured::contexts() const {
  return state_->set->reading.contexts;
}

const tls::TlsContext& Configured::listener() const {
  const auto found = std::find_if(contexts().begin(), contexts().end(),
                                  [](const tls::TlsContext& context) { return context.role == tls::Role::Listener; });
  REQUIRE(found != contexts().end());
  return *found;
}

gateways::Service Configured::service() const {
  return state_->set->gateway->service(state_->set->documents, state_->set->reading);
}

const serve::MaterialSource& Configured::material() const {
  return *state_->material;
}

std::shared_ptr<const serve::Credentials> Configured::credentials(const tls::TlsContext& context) const {
  auto loaded = serve::load_credentials(context, *state_->material);
  INFO((loaded ? std::string() : loaded.error().message));
  REQUIRE(loaded);
  return std::make_shared<const serve::Credentials>(std::move(*loaded));
}

}  // namespace tlsward::tests
