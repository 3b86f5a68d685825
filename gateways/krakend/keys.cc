#include "gateways/krakend/keys.h"

#include <array>

// One row a key. Closed objects are those that are about TLS alone; of the others only the keys that lead there, or are
// easily confused with one, are written out.
//
// Where the schema and the program disagree, `since` and `gone` are the schema's: a program that still honours a key
// that its schema dropped (the legacy key pair) is the matter of rules of their own.

namespace tlsward::gateways::krakend {
namespace {

constexpr std::string_view kVersions = "SSL3.0|TLS10|TLS11|TLS12|TLS13";
constexpr ProductVersion kAlways{};

constexpr Key kRoot[] = {
    {"$schema", KeyType::Text},
    {"version", KeyType::Integer, {}, "3"},
    {"name", KeyType::Text},
    {"listen_ip", KeyType::Text, {}, {}, {2, 5, 0}},
    {"port", KeyType::Integer},
    {"host", KeyType::TextList},
    {"tls", KeyType::Object, "tls"},
    {"client_tls", KeyType::Object, "client_tls", {}, {2, 3, 0}},
    {"allow_insecure_connections",
     KeyType::Bool,
     {},
     {},
     {2, 1, 0},
     {2, 4, 0},
     "deprecated since 2.3: use client_tls.allow_insecure_connections"},
    {"use_h2c", KeyType::Bool, {}, {}, {2, 5, 0}},
    {"endpoints", KeyType::ObjectList, "endpoint"},
    {"async_agent", KeyType::ObjectList, "async_agent"},
    {"extra_config", KeyType::Object, "extra_config of the service"},
};

constexpr Key kTls[] = {
    {"public_key", KeyType::Text, {}, {}, kAlways, {2, 9, 0}, "deprecated since 2.7: use keys"},
    {"private_key", KeyType::Text, {}, {}, kAlways, {2, 9, 0}, "deprecated since 2.7: use keys"},
    {"keys", KeyType::ObjectList, "tls.keys[]", {}, {2, 7, 0}},
    {"disabled", KeyType::Bool},
    {"min_version", KeyType::Text, {}, kVersions},
    {"max_version", KeyType::Text, {}, kVersions},
    {"cipher_suites", KeyType::IntegerList},
    {"curve_preferences", KeyType::IntegerList, {}, "23|24|25"},
    {"enable_mtls", KeyType::Bool},
    {"ca_certs", KeyType::TextList, {}, {}, {2, 1, 0}},
    {"disable_system_ca_pool", KeyType::Bool, {}, {}, {2, 1, 0}},
    {"prefer_server_cipher_suites",
     KeyType::Bool,
     {},
     {},
     kAlways,
     {2, 4, 0},
     "deprecated since 2.3: Go 1.17 and later ignore it"},
};

constexpr Key kKeyPair[] = {
    {"public_key", KeyType::Text},
    {"private_key", KeyType::Text},
};

constexpr Key kClientTls[] = {
    {"allow_insecure_connections", KeyType::Bool},
    {"ca_certs", KeyType::TextList},
    {"disable_system_ca_pool", KeyType::Bool},
    {"min_version", KeyType::Text, {}, kVersions},
    {"max_version", KeyType::Text, {}, kVersions},
    {"cipher_suites", KeyType::IntegerList},
    {"curve_preferences", KeyType::IntegerList, {}, "23|24|25"},
    {"client_certs", KeyType::ObjectList, "client_tls.client_certs[]", {}, {2, 5, 0}},
};

constexpr Key kClientCertificate[] = {
    {"certificate", KeyType::Text},
    {"private_key", KeyType::Text},
};

constexpr Key kEndpoint[] = {
    {"endpoint", KeyType::Text},
    {"method", KeyType::Text},
    {"timeout", KeyType::Text},
    {"backend", KeyType::ObjectList, "backend"},
    {"extra_config", KeyType::Object, "extra_config of an endpoint"},
};

constexpr Key kBackend[] = {
    {"host", KeyType::TextList},  {"url_pattern", KeyType::Text},
    {"method", KeyType::Text},    {"sd", KeyType::Text},
    {"sd_scheme", KeyType::Text}, {"disable_host_sanitize", KeyType::Bool},
    {"target", KeyType::Text},    {"extra_config", KeyType::Object, "extra_config of a backend"},
};

constexpr Key kAsyncAgent[] = {
    {"name", KeyType::Text},
    {"backend", KeyType::ObjectList, "backend"},
    {"extra_config", KeyType::Object, "extra_config of an async agent"},
};

constexpr Key kEndpointExtra[] = {
    {"workflow", KeyType::Object, "workflow", {}, {2, 7, 0}, {}, "Enterprise Edition"},
};

constexpr Key kWorkflow[] = {
    {"endpoint", KeyType::Text},
    {"timeout", KeyType::Text},
    {"backend", KeyType::ObjectList, "backend"},
    {"extra_config", KeyType::Object, "extra_config of an endpoint"},
};

constexpr Key kBackendExtra[] = {
    {"backend/http", KeyType::Object, "backend/http"},
    {"workflow", KeyType::Object, "workflow", {}, {2, 7, 0}, {}, "Enterprise Edition"},
    {"backend/http/client", KeyType::Object, "backend/http/client", {}, {2, 3, 0}, {}, "Enterprise Edition"},
    {"backend/grpc", KeyType::Object, "backend/grpc", {}, {2, 3, 0}, {}, "Enterprise Edition"},
    {"backend/pubsub/publisher/kafka",
     KeyType::Object,
     "backend/pubsub/publisher/kafka",
     {},
     {2, 13, 0},
     {},
     "Enterprise Edition"},
    {"backend/pubsub/subscriber/kafka",
     KeyType::Object,
     "backend/pubsub/subscriber/kafka",
     {},
     {2, 13, 0},
     {},
     "Enterprise Edition"},
};

constexpr Key kAsyncExtra[] = {
    {"async/kafka", KeyType::Object, "async/kafka", {}, {2, 13, 0}, {}, "Enterprise Edition"},
};

constexpr Key kServiceExtra[] = {
    {"redis", KeyType::Object, "redis", {}, {2, 8, 0}, {}, "Enterprise Edition"},
};

constexpr Key kBackendHttp[] = {
    {"return_error_details", KeyType::Text},
    {"return_error_code", KeyType::Bool},
};
constexpr Key kClient[] = {
    {"client_tls", KeyType::Object, "client_tls"},
};
constexpr Key kRedis[] = {
    {"connection_pools", KeyType::ObjectList, "redis connection"},
    {"clusters", KeyType::ObjectList, "redis connection", {}, {2, 9, 0}},
};
constexpr Key kRedisConnection[] = {
    {"name", KeyType::Text},
    {"tls", KeyType::Object, "client_tls"},
};
constexpr Key kWriter[] = {
    {"writer", KeyType::Object, "kafka connection"},
};
constexpr Key kReader[] = {
    {"reader", KeyType::Object, "kafka connection"},
};
constexpr Key kKafkaConnection[] = {
    {"cluster", KeyType::Object, "messaging/kafka cluster"},
};

constexpr std::string_view kSchema = "https://www.krakend.io/schema/v2.1 to v2.13, krakend.json (read 2026-11-22)";
constexpr std::string_view kTlsPage = "https://www.krakend.io/docs/service-settings/tls/ and schema (read 2026-11-22)";

constexpr ObjectType kTypes[] = {
    {"KrakenD configuration", false, kRoot, kSchema},
    {"tls", true, kTls, kTlsPage},
    {"tls.keys[]", true, kKeyPair, kTlsPage},
    {"client_tls", true, kClientTls, kTlsPage},
    {"client_tls.client_certs[]", true, kClientCertificate, kTlsPage},
    {"endpoint", false, kEndpoint, kSchema},
    {"workflow", false, kWorkflow, kSchema},
    {"backend", false, kBackend, kSchema},
    {"async_agent", false, kAsyncAgent, kSchema},
    {"extra_config of the service", false, kServiceExtra, kSchema},
    {"extra_config of an endpoint", false, kEndpointExtra, kSchema},
    {"extra_config of a backend", false, kBackendExtra, kSchema},
    {"extra_config of an async agent", false, kAsyncExtra, kSchema},
    {"backend/http", false, kBackendHttp, kSchema},
    {"backend/http/client", false, kClient, kSchema},
    {"backend/grpc", false, kClient, kSchema},
    {"backend/pubsub/publisher/kafka", false, kWriter, kSchema},
    {"backend/pubsub/subscriber/kafka", false, kReader, kSchema},
    {"async/kafka", false, kKafkaConnection, kSchema},
    {"kafka connection", false, kKafkaConnection, kSchema},
    {"messaging/kafka cluster", false, kClient, kSchema},
    {"redis", false, kRedis, kSchema},
    {"redis connection", false, kRedisConnection, kSchema},
};

}  // namespace

std::span<const ObjectType> object_types() {
  return kTypes;
}

}  // namespace tlsward::gateways::krakend
