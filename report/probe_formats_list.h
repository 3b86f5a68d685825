// The rows of probe_formats.cc, each defined in the file of its format.
#pragma once

#include "report/probe_format.h"

namespace tlsward::report {

extern const ProbeFormat kProbeSslscan;
extern const ProbeFormat kProbeJson;
extern const ProbeFormat kProbeNdjson;
extern const ProbeFormat kProbeSarif;
extern const ProbeFormat kProbeJunit;
extern const ProbeFormat kProbeGithub;
extern const ProbeFormat kProbeSslscanXml;
extern const ProbeFormat kProbeCsv;
extern const ProbeFormat kProbeMarkdown;
extern const ProbeFormat kProbeHtml;

}  // namespace tlsward::report
