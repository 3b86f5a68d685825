// krakend/schema-violation: what the schema refuses though KrakenD reads it.
#include <algorithm>
#include <string>

#include <fmt/format.h>

#include "gateways/gateway.h"
#include "gateways/krakend/model.h"
#include "gateways/krakend/versions.h"
#include "lint/fields.h"
#include "lint/rule.h"

namespace tlsward::rules::krakend_schema_violation {
namespace {

namespace krakend = gateways::krakend;
using gateways::Key;
using gateways::KnownObject;

constexpr std::string_view kTypes[] = {"tls", "client_tls", "tls.keys[]", "client_tls.client_certs[]"};

bool is_about_tls(const KnownObject& object) {
  return std::find(std::begin(kTypes), std::end(kTypes), object.type->name) != std::end(kTypes);
}

std::string with_commas(std::string_view allowed) {
  std::string text;
  for (const char c : allowed) text += c == '|' ? ", " : std::string(1, c);
  return text;
}

/// X25519 is a curve of the schema in 2.1 alone.
bool is_listed(const gateways::Claimed& claimed, const Key& row, const Node& value) {
  const bool integers = row.type == gateways::KeyType::IntegerList || row.type == gateways::KeyType::Integer;
  const auto number = integers ? krakend::decode_integer(value) : std::nullopt;
  if (number == tls::kX25519.code && claimed.version.number < krakend::kX25519Gone) return true;
  return gateways::allows(row, number ? fmt::format("{}", *number) : std::string(value.scalar));
}

/// What stands at one place, and what the schema wants there.
class Violations {
 public:
  Violations(const gateways::Claimed& claimed, const KnownObject& object, lint::Reporter& out)
      : claimed_(claimed), object_(object), out_(out) {}

  void refuse_null(const Member& member, gateways::KeyType wanted) {
    if (member.value.unresolved) return;
    const std::string path = gateways::join_path(object_.path, member.key);
    add(member.value, fmt::format("{} is null", path), gateways::name(wanted), "takes it for absent");
  }

  void check(const Member& member, const Key& row) {
    const Node& value = member.value;
    const std::string path = gateways::join_path(object_.path, member.key);
    if (value.unresolved) return;
    if (value.is_null()) return refuse_null(member, row.type);
    if (value.is_list()) return check_items(value, member.key, path, row);
    check_listed(value, member.key, path, row);
  }

 private:
  void check_items(const Node& list, std::string_view key, const std::string& path, const Key& row) {
    if (row.type == gateways::KeyType::ObjectList && key == "keys" && list.items.empty() && !list.open)
      return add(list, fmt::format("{} is empty", path), "at least one pair", "reads on");
    for (std::size_t i = 0; i < list.items.size(); ++i) {
      const Node& item = list.items[i];
      const std::string place = gateways::join_path(path, i);
      if (item.is_null() && !item.unresolved) {
        add(item, fmt::format("{} is null", place), "a value",
            row.type == gateways::KeyType::IntegerList ? "takes it for 0" : "takes it for an empty one");
      } else {
        check_listed(item, key, place, row);
      }
    }
  }

  void check_listed(const Node& value, std::string_view key, const std::string& path, const Key& row) {
    if (!value.is_scalar() || value.unresolved || row.allowed.empty() || is_listed(claimed_, row, value)) return;
    add(value, fmt::format("{} is {}", path, lint::shown(value, key)), with_commas(row.allowed), {});
  }

  void add(const Node& value, std::string_view found, std::string_view wanted, std::string_view effect) {
    Span where = lint::place_of(value);
    if (!value.is_scalar() && !value.used_at.known()) where.end = where.begin + 1;
    Finding& finding = out_.add(
        where,
        fmt::format("{}, where the schema of {} wants {}", found, gateways::name(claimed_.version.number), wanted),
        object_.path);
    if (!effect.empty()) finding.message += fmt::format("; KrakenD {}", effect);
    lint::Reporter::by_version(finding, claimed_);
  }

  const gateways::Claimed& claimed_;
  const KnownObject& object_;
  lint::Reporter& out_;
};

/// Plain HTTP is written as null since 2.2 alone.
void check_null_tls(const gateways::Claimed& claimed, const KnownObject& root, lint::Reporter& out) {
  constexpr gateways::ProductVersion kNullSince{2, 2};
  if (claimed.version.number < krakend::kSchemaSince || claimed.version.number >= kNullSince) return;
  const Member* tls = root.node->find_member("tls");
  if (tls != nullptr && tls->value.is_null())
    Violations(claimed, root, out).refuse_null(*tls, gateways::KeyType::Object);
}

void check(const lint::InputSet& set, lint::Reporter& out) {
  if (set.gateway->id != "krakend") return;
  for (const KnownObject& object : set.reading.objects) {
    if (object.path.empty()) {
      if (const gateways::Claimed* owner = set.claimed(object.node->where)) check_null_tls(*owner, object, out);
      continue;
    }
    const gateways::Claimed* claimed = is_about_tls(object) ? set.claimed(object.node->where) : nullptr;
    if (!claimed) continue;
    Violations violations(*claimed, object, out);
    for (const Member& member : object.node->members) {
      const Key* row = gateways::find_key(*object.type, member.key);
      if (row != nullptr && claimed->version.number >= row->since) violations.check(member, *row);
    }
  }
}

}  // namespace

extern const lint::Rule rule;
const lint::Rule rule{
    .id = "krakend/schema-violation",
    .summary = "a value that the schema of the release refuses",
    .why =
        "KrakenD reads more than its JSON Schema allows: null and the empty text stand for an absent key. "
        "krakend check --lint and editors that know the schema refuse the file all the same. Told only where "
        "no other rule says more.",
    .cites = {{"KrakenD, configuration check", "--lint", "https://www.krakend.io/docs/configuration/check/"},
              {"KrakenD 2.6, TLS settings", "", "https://www.krakend.io/docs/v2.6/service-settings/tls/"}},
    .severity = Severity::Warning,
    .fix = "none: remove the value, or write one that the schema lists",
    .bad = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "max_version": ""   //~ krakend/schema-violation
  },
  "endpoints": []
}
)"},
    .good = {.gateway = "krakend@2.13", .text = R"({
  "$schema": "https://www.krakend.io/schema/v2.13/krakend.json",
  "version": 3,
  "port": 8443,
  "tls": {
    "keys": [{ "public_key": "/etc/krakend/tls/api.pem", "private_key": "/etc/krakend/tls/api.key" }],
    "min_version": "TLS12",
    "max_version": "TLS13"
  },
  "endpoints": []
}
)"},
    .check = check,
};

}  // namespace tlsward::rules::krakend_schema_violation
