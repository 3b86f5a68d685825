#include "report/probe_result_read.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "probe/quoted.h"
#include "report/json_fields.h"
#include "report/probe_result_parts.h"
#include "report/rfc3339_read.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::json;
using probe::Enumeration;
using probe::HostResult;

// There are about 420 suites; lists are compared with one another, so that they must not be endless.
constexpr std::size_t kMaxEnumerated = 4096;
constexpr std::size_t kMaxPrimes = 4096;
constexpr std::size_t kMaxFindings = 10'000;
constexpr std::size_t kMaxRuleId = 100;
constexpr std::size_t kMaxRuleIds = 10'000;

std::optional<Severity> parse_severity(std::string_view word) {
  for (const Severity value : {Severity::Info, Severity::Warning, Severity::Error})
    if (name(value) == word) return value;
  return {};
}

std::optional<Confidence> parse_confidence(std::string_view word) {
  for (const Confidence value : {Confidence::Low, Confidence::Medium, Confidence::High})
    if (name(value) == word) return value;
  return {};
}

void read_value(const Json& entry, JsonFields& fields, probe::SeenSuite& seen) {
  seen.suite.code = fields.number<std::uint16_t>(entry, "code");
  if (const auto group = fields.optional_number<std::uint16_t>(entry, "group")) seen.group = tls::Group{*group};
  seen.dh_bits = fields.number<int>(entry, "dh_bits");
  seen.retry_only = fields.flag(entry, "retry_only");
}

void read_value(const Json& entry, JsonFields& fields, tls::Group& group) {
  group.code = fields.number<std::uint16_t>(entry, "code");
}

void read_value(const Json& entry, JsonFields& fields, tls::SignatureScheme& scheme) {
  scheme.code = fields.number<std::uint16_t>(entry, "code");
}

void read_value(const Json& entry, JsonFields& fields, std::string& text) {
  if (!entry.is_string()) return fields.fail("accepted", "this is no list of texts");
  text = entry.get<std::string>();
}

template <class T>
Enumeration<T> read_enumeration(const Json& object, JsonFields& fields) {
  Enumeration<T> list;
  for (const Json& entry : fields.list(object, "accepted", kMaxEnumerated))
    read_value(entry, fields, list.accepted.emplace_back());
  list.order = fields.word(object, "order", probe::parse_order, probe::Order::Unknown);
  list.order_evidence = fields.text(object, "order_evidence");
  list.complete = fields.flag(object, "complete");
  list.gap = fields.text(object, "gap");
  return list;
}

/// Calls `read` with each version that a field has and what stands under it. Names that are no version are what a later
/// tlsward may have added.
template <class Read>
void for_each_version(const Json& object, const char* key, JsonFields& fields, Read read) {
  const Json& versions = fields.object(object, key);
  for (auto member = versions.begin(); member != versions.end(); ++member)
    if (const auto version = tls::parse_version(member.key())) read(*version, member.key(), member.value());
}

template <class T>
std::map<tls::Version, Enumeration<T>> read_lists(const Json& object, const char* key, JsonFields& fields) {
  std::map<tls::Version, Enumeration<T>> lists;
  for_each_version(object, key, fields, [&](tls::Version version, const std::string&, const Json& value) {
    lists[version] = read_enumeration<T>(value, fields);
  });
  return lists;
}

std::map<tls::Version, probe::Told> read_versions(const Json& object, const char* key, JsonFields& fields) {
  std::map<tls::Version, probe::Told> versions;
  const Json& all = fields.object(object, key);
  for_each_version(object, key, fields, [&](tls::Version version, const std::string& name, const Json&) {
    versions[version] = read_told(all, name.c_str(), fields);
  });
  return versions;
}

std::map<probe::Question, probe::Told> read_questions(const Json& verdicts, JsonFields& fields) {
  std::map<probe::Question, probe::Told> questions;
  for (auto member = verdicts.begin(); member != verdicts.end(); ++member)
    if (const auto* row = probe::find_question(member.key()))
      questions[row->question] = read_told(verdicts, member.key().c_str(), fields);
  return questions;
}

std::vector<probe::SeenPrime> read_primes(const Json& result, JsonFields& fields) {
  std::vector<probe::SeenPrime> primes;
  for (const Json& entry : fields.list(result, "primes", kMaxPrimes))
    primes.push_back({fields.number<int>(entry, "bits"), fields.text(entry, "name"), fields.flag(entry, "shared"),
                      fields.flag(entry, "safe"), fields.text(entry, "sha256")});
  return primes;
}

std::vector<tls::wire::Sslv2Cipher> read_sslv2(const Json& result, JsonFields& fields) {
  std::vector<tls::wire::Sslv2Cipher> ciphers;
  for (const Json& entry : fields.list(result, "sslv2", kMaxEnumerated))
    ciphers.push_back({fields.number<std::uint32_t>(entry, "code")});
  return ciphers;
}

net::Service read_service(const Json& result, JsonFields& fields) {
  const Json& service = fields.object(result, "service");
  return {fields.text(service, "name"), fields.word(service, "starttls", net::parse_starttls, net::StartTls::None),
          fields.text(service, "banner")};
}

Endpoint read_place(const Json& place, JsonFields& fields) {
  return {fields.text(place, "endpoint"), fields.text(place, "address"), fields.text(place, "probed"),
          fields.number<std::int64_t>(place, "milliseconds"), fields.text(place, "part")};
}

Finding read_finding(const Json& entry, JsonFields& fields, RuleIds& rules) {
  Finding finding;
  const auto rule = rules.keep(fields.text(entry, "rule"));
  if (!rule) fields.fail("rule", "this is no rule id");
  finding.rule = rule.value_or(std::string_view());
  finding.severity = fields.word(entry, "severity", parse_severity, Severity::Warning);
  finding.confidence = fields.word(entry, "confidence", parse_confidence, Confidence::High);
  finding.place = read_place(fields.object(entry, "place"), fields);
  finding.subject = fields.text(entry, "subject");
  finding.value = fields.text(entry, "value");
  finding.message = fields.text(entry, "message");
  finding.notes = fields.texts(entry, "notes");
  return finding;
}

std::chrono::sys_time<std::chrono::milliseconds> read_started(const Json& result, JsonFields& fields) {
  const std::string text = fields.text(result, "started");
  if (text.empty()) return {};
  const auto time = parse_rfc3339(text);
  if (!time) fields.fail("started", fmt::format("{} is no time (RFC 3339)", probe::quoted(text)));
  return time.value_or(std::chrono::sys_time<std::chrono::milliseconds>());
}

void read_head(const Json& json, JsonFields& fields, HostResult& result) {
  result.target = fields.text(json, "target");
  result.host = fields.text(json, "host");
  result.port = fields.number<std::uint16_t>(json, "port");
  if (result.host.empty()) fields.fail("host", "there is none");
  if (result.port == 0) fields.fail("port", "there is none; 1 to 65535");
  result.address = fields.text(json, "address");
  result.sni = fields.text(json, "sni");
  result.starttls = fields.text(json, "starttls");
  result.started = read_started(json, fields);
  result.milliseconds = fields.number<std::int64_t>(json, "milliseconds");
  result.connections = fields.number<int>(json, "connections");
  const Json& trouble = fields.object(json, "trouble");
  result.trouble.kind = fields.word(trouble, "kind", probe::parse_trouble, probe::Trouble::Kind::None);
  result.trouble.message = fields.text(trouble, "message");
  result.service = read_service(json, fields);
  result.notes = fields.texts(json, "notes");
  result.needs_sni = fields.flag(json, "needs_sni");
  result.rate_limited = fields.flag(json, "rate_limited");
  result.serial = fields.flag(json, "serial");
}

void read_answers(const Json& json, JsonFields& fields, HostResult& result) {
  const Json& verdicts = fields.object(json, "verdicts");
  result.versions = read_versions(verdicts, "versions", fields);
  result.questions = read_questions(verdicts, fields);
  result.heartbleed = read_versions(json, "heartbleed", fields);
  result.sslv2_ciphers = read_sslv2(json, fields);
  result.suites = read_lists<probe::SeenSuite>(json, "suites", fields);
  result.groups = read_lists<tls::Group>(json, "groups", fields);
  result.signatures = read_lists<tls::SignatureScheme>(json, "signatures", fields);
  result.primes = read_primes(json, fields);
  result.alpn = read_enumeration<std::string>(fields.object(json, "alpn"), fields);
  result.npn = fields.texts(json, "npn");
  result.client_cas = fields.texts(json, "client_cas");
  result.ticket_lifetime_seconds = fields.optional_number<std::uint32_t>(json, "ticket_lifetime_seconds");
  result.max_early_data_bytes = fields.number<std::uint32_t>(json, "max_early_data_bytes");
  result.clock_skew_seconds = fields.optional_number<std::int64_t>(json, "clock_skew_seconds");
  result.chains = read_chains(json, fields);
  result.no_chain = fields.text(json, "no_chain");
}

Result<Json> parse(std::string_view text) {
  try {
    return Json::parse(text);
  } catch (const Json::parse_error& error) {
    return Error{fmt::format("no valid JSON at byte {}", error.byte)};
  } catch (const Json::exception&) {
    return Error{"a number in it is too large"};
  }
}

}  // namespace

std::optional<std::string_view> RuleIds::keep(std::string_view id) {
  if (const auto found = ids_.find(id); found != ids_.end()) return *found;
  if (id.size() > kMaxRuleId || ids_.size() >= kMaxRuleIds) return {};
  return *ids_.emplace(id).first;
}

Result<HostResult> read_probe_result(std::string_view text, RuleIds& rules) {
  const auto json = parse(text);
  if (!json) return json.error();
  JsonFields fields;
  HostResult result;
  read_head(*json, fields, result);
  read_answers(*json, fields, result);
  for (const Json& entry : fields.list(*json, "findings", kMaxFindings))
    result.findings.push_back(read_finding(entry, fields, rules));
  if (!fields.error().empty()) return Error{fields.error()};
  return result;
}

probe::Told read_told(const Json& object, const char* key, JsonFields& fields) {
  const Json& told = fields.object(object, key);
  return {fields.word(told, "verdict", probe::parse_verdict, probe::Verdict::Unknown), fields.text(told, "evidence")};
}

}  // namespace tlsward::report
