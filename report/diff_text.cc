#include <fmt/format.h>

#include "core/print.h"
#include "core/width.h"
#include "probe/host_text.h"
#include "report/counted.h"
#include "report/diff_output.h"
#include "report/paint.h"

namespace tlsward::report {
namespace {

using probe::Effect;
using State = probe::HostDiff::State;

std::string_view color_of(Effect effect) {
  switch (effect) {
    case Effect::Worse:
      return kRed;
    case Effect::Better:
      return kGreen;
    case Effect::Unknown:
      return kYellow;
    case Effect::Neutral:
      break;
  }
  return {};
}

/// "api.example:443 (192.0.2.7)".
std::string title(const probe::HostDiff& host) {
  const std::string endpoint = probe::endpoint_text(host.key.host, host.key.port);
  if (host.key.address.empty() || host.key.address == host.key.host) return endpoint;
  return fmt::format("{} ({})", endpoint, host.key.address);
}

void write_change(const probe::Change& change, const Paint& paint, std::FILE* out) {
  const std::string why = change.why.empty() ? "" : fmt::format(" ({})", change.why);
  print_to(out, "  {} {}\n", paint(color_of(change.effect), fmt::format("{:<7}", name(change.effect))),
           printable(fmt::format("{}: {}, now {}{}", change.subject, change.before, change.after, why)));
}

}  // namespace

void write_diff_text(const probe::Diff& diff, bool color, std::FILE* out) {
  const Paint paint{color};
  for (const probe::HostDiff& host : diff.hosts) {
    print_to(out, "{}\n", paint(kBold, printable(title(host))));
    for (const probe::Change& change : host.changes) write_change(change, paint, out);
    print_to(out, "\n");
  }
  print_to(out, "{}\n", summary(diff));
}

std::string summary(const probe::Diff& diff) {
  const std::size_t compared = diff.same + diff.count(State::Changed);
  std::string text = fmt::format("{} of {} changed", diff.count(State::Changed), counted(compared, "endpoint"));
  if (const std::size_t added = diff.count(State::New); added > 0) text += fmt::format(", {} new", added);
  if (const std::size_t gone = diff.count(State::Gone); gone > 0) text += fmt::format(", {} gone", gone);
  if (diff.unreachable > 0) text += fmt::format(", {} unreachable both times", diff.unreachable);
  if (diff.hosts.empty()) return text;
  return text + fmt::format(": {} worse, {} better, {} neutral, {} unknown", diff.count(Effect::Worse),
                            diff.count(Effect::Better), diff.count(Effect::Neutral), diff.count(Effect::Unknown));
}

}  // namespace tlsward::report
