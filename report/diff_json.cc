// tlsward-diff/1. Fields may be added, never changed.
#include <nlohmann/json.hpp>

#include "report/diff_output.h"
#include "report/json_parts.h"

namespace tlsward::report {
namespace {

using Json = nlohmann::ordered_json;
using probe::Effect;
using State = probe::HostDiff::State;

constexpr const char* kSchema = "tlsward-diff/1";

Json change_json(const probe::Change& change) {
  return {{"topic", name(change.topic)}, {"subject", change.subject},     {"before", change.before},
          {"after", change.after},       {"effect", name(change.effect)}, {"why", change.why}};
}

Json host_json(const probe::HostDiff& host) {
  Json changes = Json::array();
  for (const probe::Change& change : host.changes) changes.push_back(change_json(change));
  return {{"target", host.target},        {"host", host.key.host}, {"port", host.key.port},
          {"address", host.key.address},  {"sni", host.key.sni},   {"state", name(host.state)},
          {"changes", std::move(changes)}};
}

Json summary_json(const probe::Diff& diff) {
  return {{"before", diff.before},
          {"after", diff.after},
          {"same", diff.same},
          {"unreachable", diff.unreachable},
          {"changed", diff.count(State::Changed)},
          {"new", diff.count(State::New)},
          {"gone", diff.count(State::Gone)},
          {"worse", diff.count(Effect::Worse)},
          {"better", diff.count(Effect::Better)},
          {"neutral", diff.count(Effect::Neutral)},
          {"unknown", diff.count(Effect::Unknown)}};
}

}  // namespace

void write_diff_json(const probe::Diff& diff, std::FILE* out) {
  Json hosts = Json::array();
  for (const probe::HostDiff& host : diff.hosts) hosts.push_back(host_json(host));
  write_json_document(
      {{"schema", kSchema}, {"tool", json_tool()}, {"hosts", std::move(hosts)}, {"summary", summary_json(diff)}}, out);
}

void write_diff_ndjson(const probe::Diff& diff, std::FILE* out) {
  for (const probe::HostDiff& host : diff.hosts) {
    Json line = {{"schema", kSchema}};
    line.update(host_json(host));
    write_json_line(line, out);
  }
}

}  // namespace tlsward::report
