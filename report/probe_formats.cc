#include <algorithm>
#include <array>

#include "report/probe_format.h"
#include "report/probe_formats_list.h"

namespace tlsward::report {
namespace {

constexpr std::array kFormats = {
    &kProbeSslscan, &kProbeJson,       &kProbeNdjson, &kProbeSarif,    &kProbeJunit,
    &kProbeGithub,  &kProbeSslscanXml, &kProbeCsv,    &kProbeMarkdown, &kProbeHtml,
};

}  // namespace

std::span<const ProbeFormat* const> probe_formats() {
  return kFormats;
}

const ProbeFormat* find_probe_format(std::string_view name) {
  const auto found =
      std::find_if(kFormats.begin(), kFormats.end(), [&](const ProbeFormat* f) { return f->name == name; });
  return found == kFormats.end() ? nullptr : *found;
}

}  // namespace tlsward::report
