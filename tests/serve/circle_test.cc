// The idea that holds the project together: a declared context is served, probed, and observed to be what was declared,
// less what is said at start-up to be impossible with this OpenSSL.
#include <fmt/format.h>

#include <cstdlib>
#include <random>
#include <utility>

#include "tests/catch.h"
#include "tests/serve/circle.h"
#include "tests/serve/configured.h"
#include "tests/serve/tls_endpoint.h"
#include "tests/servers.h"

namespace tlsward {
namespace {

using tests::Configured;

/// A seed of its own for each run, so that every run tries other contexts; TLSWARD_SEED repeats one.
unsigned seed() {
  const char* given = std::getenv("TLSWARD_SEED");
  return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10)) : std::random_device{}();
}

class Dice {
 public:
  explicit Dice(unsigned number) : engine_(number) {}
  std::size_t below(std::size_t bound) { return std::uniform_int_distribution<std::size_t>(0, bound - 1)(engine_); }
  bool one_in(std::size_t number) { return below(number) == 0; }
  template <class T>
  T pick(const std::vector<T>& from) {
    return from[below(from.size())];
  }
  /// Some of them, in an order of their own.
  template <class T>
  std::vector<T> some(std::vector<T> from, std::size_t most) {
    std::shuffle(from.begin(), from.end(), engine_);
    from.resize(1 + below(std::min(most, from.size())));
    return from;
  }

 private:
  std::mt19937 engine_;
};

/// The first port with everything that answers there; looked at by the name "localhost".
void check_circle(const Configured& configured, tls::KeyType key) {
  if (!configured.listener().start_failure.empty()) return;  // refused before anything is served
  const gateways::Service service = configured.service();
  std::vector<serve::AcceptorContext> served;
  const tls::TlsContext* seen = nullptr;
  for (const gateways::NamedContext& named : service.ports.front().contexts) {
    const tls::TlsContext& context = configured.contexts()[named.context];
    serve::AcceptorContext one;
    one.names = named.names;
    one.context = context;
    one.credentials = configured.credentials(context);
    served.push_back(std::move(one));
    const bool named_localhost = std::find(named.names.begin(), named.names.end(), "localhost") != named.names.end();
    if (named_localhost || (seen == nullptr && named.names.empty())) seen = &context;
  }
  REQUIRE(seen != nullptr);
  const tests::TlsEndpoint endpoint(std::move(served));
  const probe::HostResult result = tests::scan_all(endpoint.address().port);
  CHECK(tests::observed_text(result, *seen) == tests::declared_text(*seen, key));
}

using Files = std::vector<std::pair<std::string, std::string>>;

struct Certificates {
  tests::ServerFiles files;
  std::string rsa = files("rsa.pem", "rsa:2048 cn=localhost san=DNS:localhost with-key");
  std::string ecdsa = files("ecdsa.pem", "cn=localhost san=DNS:localhost with-key");
  bool shows_ecdsa = false;  // of the two; drawn for each context
  const std::string& server() const { return shows_ecdsa ? ecdsa : rsa; }
  std::string authority = files("ca.pem", "cn=\"Client CA\" ca");
};

std::string list_of(const std::vector<std::string>& words, std::string_view quote) {
  std::string text;
  for (const std::string& word : words) text += fmt::format("{}{}{}{}", text.empty() ? "" : ", ", quote, word, quote);
  return "[" + text + "]";
}

// --- KrakenD

Files krakend_configuration(Dice& dice, const Certificates& certificates) {
  const std::vector<std::string> versions = {"TLS10", "TLS11", "TLS12", "TLS13"};
  std::string text = fmt::format(R"("public_key": "{0}", "private_key": "{0}")", certificates.server());
  const std::size_t low = dice.below(4);
  if (!dice.one_in(4)) text += fmt::format(R"(, "min_version": "{}")", versions[low]);
  if (dice.one_in(2)) text += fmt::format(R"(, "max_version": "{}")", versions[low + dice.below(4 - low)]);
  if (!dice.one_in(3)) {
    std::vector<std::string> suites =
        dice.some<std::string>({"47", "53", "60", "156", "157", "49171", "49172", "49191", "49200", "52392", "49195",
                                "49187", "10", "49170", "5", "4865"},
                               10);
    suites.push_back("49199");  // or it does not start
    text += fmt::format(R"(, "cipher_suites": {})", list_of(suites, ""));
  }
  if (!dice.one_in(3))
    text += fmt::format(R"(, "curve_preferences": {})",
                        list_of(dice.some<std::string>({"23", "24", "25", "29", "4588"}, 5), ""));
  if (dice.one_in(3))
    text += fmt::format(R"(, "enable_mtls": true, "disable_system_ca_pool": true, "ca_certs": ["{}"])",
                        certificates.authority);
  return {{"krakend.json", fmt::format(R"({{"version": 3, "port": 8443, "tls": {{{}}}, "endpoints": []}})", text)}};
}

// --- Tyk

/// Several on one domain, with and without mutual TLS, are what makes Tyk ask for certificates without requiring them.
std::pair<std::string, std::string> tyk_api(Dice& dice, const Certificates& certificates, std::size_t number,
                                            bool domain) {
  std::string text =
      fmt::format(R"("api_id": "api{0}", "name": "api{0}", "use_keyless": true, "proxy": {{"listen_path": "/{0}/", )"
                  R"("target_url": "http://127.0.0.1:9"}})",
                  number);
  if (domain) text += R"(, "domain": "localhost")";
  if (dice.one_in(2))
    text += fmt::format(R"(, "use_mutual_tls_auth": true, "client_certificates": ["{}"])", certificates.authority);
  return {fmt::format("api{}.json", number), "{" + text + "}"};
}

Files tyk_configuration(Dice& dice, const Certificates& certificates) {
  std::string text = fmt::format(R"("use_ssl": true, "ssl_certificates": ["{}"])", certificates.server());
  const std::size_t low = dice.below(4);
  const std::size_t high = low + dice.below(4 - low);
  if (!dice.one_in(4)) text += fmt::format(R"(, "min_version": {})", 769 + low);
  if (dice.one_in(2) && high >= 2) text += fmt::format(R"(, "max_version": {})", 769 + high);
  if (!dice.one_in(3))
    text += fmt::format(R"(, "ssl_ciphers": {})",
                        list_of(dice.some<std::string>(
                                    {"TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA",
                                     "TLS_RSA_WITH_AES_128_GCM_SHA256", "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                                     "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
                                     "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                                     "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA"},
                                    10),
                                "\""));
  if (dice.one_in(2)) text += R"(, "enable_http2": true)";
  const bool domain = dice.one_in(2);
  std::string more = domain ? R"(, "enable_custom_domains": true, "control_api_port": 9000)" : "";
  if (dice.one_in(4))
    more += fmt::format(
        R"(, "security": {{"control_api_use_mutual_tls": true, "certificates": {{"control_api": ["{}"]}}}})",
        certificates.authority);
  Files files = {{"tyk.conf", fmt::format(R"({{"listen_port": 8443, "secret": "x"{}, "http_server_options": {{{}}}}})",
                                          more, text)}};
  for (std::size_t api = dice.below(3); api > 0; --api) files.push_back(tyk_api(dice, certificates, api, domain));
  return files;
}

// --- Flex Gateway

Files flex_configuration(Dice& dice, const Certificates& certificates) {
  const std::string pem = tests::read_file(certificates.server());
  const std::size_t cut = pem.find("-----BEGIN PRIVATE KEY");
  const auto block = [](const std::string& text) {
    std::string result;
    for (std::size_t begin = 0; begin < text.size();) {
      const std::size_t end = std::min(text.find('\n', begin), text.size());
      result += "        " + text.substr(begin, end - begin) + "\n";
      begin = end + 1;
    }
    return result;
  };
  const std::vector<std::string> versions = {"1.1", "1.2", "1.3"};
  const std::size_t low = dice.below(3);
  std::string text;
  if (!dice.one_in(3)) text += fmt::format("    minversion: \"{}\"\n", versions[low]);
  if (dice.one_in(2))
    text += fmt::format("    maxversion: \"{}\"\n", versions[std::max<std::size_t>(low, 1 + dice.below(2))]);
  if (!dice.one_in(3))
    text += fmt::format(
        "    ciphers: {}\n",
        list_of(
            dice.some<std::string>(
                {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                 "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256", "TLS_RSA_WITH_AES_128_GCM_SHA256",
                 "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_AES_256_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA",
                 "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA", "TLS_PSK_WITH_AES_128_CBC_SHA", "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
                 "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"},
                9),
            ""));
  if (dice.one_in(3))
    text += fmt::format("    alpn: {}\n", dice.pick<std::string>({"[h2]", "[http/1.1]", "[h2, http/1.1]"}));
  if (dice.one_in(3))
    text += "    requireClientCertificate: true\n    trustedCA: |\n" + block(tests::read_file(certificates.authority));
  std::string document = fmt::format(
      "apiVersion: gateway.mulesoft.com/v1alpha1\nkind: ApiInstance\nmetadata:\n  name: x\nspec:\n"
      "  address: https://127.0.0.1:8443\n---\napiVersion: gateway.mulesoft.com/v1alpha1\nkind: PolicyBinding\n"
      "metadata:\n  name: x-tls\nspec:\n  targetRef:\n    name: x\n  policyRef:\n    name: tls\n  config:\n"
      "    certificate:\n      crt: |\n{}      key: |\n{}{}",
      block(pem.substr(0, cut)), block(pem.substr(cut)), text);
  return {{"gateway.yaml", std::move(document)}};
}

using Generator = Files (*)(Dice&, const Certificates&);

void try_many(Generator generate, const std::vector<std::string>& gateways, int contexts) {
  Certificates certificates;
  const unsigned number = seed();
  Dice dice(number);
  for (int i = 0; i < contexts; ++i) {
    const std::string gateway = dice.pick(gateways);
    certificates.shows_ecdsa = dice.one_in(3);
    const Files files = generate(dice, certificates);
    std::string texts;
    for (const auto& [name, text] : files) texts += name + ": " + text + "\n";
    INFO("TLSWARD_SEED=" << number << ", context " << i << ", " << gateway << "\n" << texts);
    const Configured configured(gateway, files);
    check_circle(configured, certificates.shows_ecdsa ? tls::KeyType::Ec : tls::KeyType::Rsa);
  }
}

}  // namespace

TEST_CASE("circle: 100 contexts of KrakenD are observed as declared") {
  try_many(krakend_configuration,
           {"krakend@2.1", "krakend@2.4", "krakend@2.6", "krakend@2.8", "krakend@2.9", "krakend@2.10", "krakend@2.13"},
           100);
}

TEST_CASE("circle: 100 contexts of Tyk are observed as declared") {
  try_many(tyk_configuration, {"tyk@4.0", "tyk@5.3", "tyk@5.5", "tyk@5.8", "tyk@5.9", "tyk@5.12", "tyk@5.14"}, 100);
}

TEST_CASE("circle: 100 contexts of Flex Gateway are observed as declared") {
  try_many(flex_configuration, {"flex@1.4", "flex@1.8", "flex@1.11", "flex@1.13"}, 100);
}

}  // namespace tlsward
