// YAML 1.2 (core schema) to Documents. yaml-cpp stays inside yaml.cc.
#pragma once

#include "core/document.h"
#include "core/source.h"

namespace tlsward {

/// Reads every document of the file. Aliases and `<<` are resolved (Node::used_at names the use). Unterminated quotes,
/// tabs used for indentation and duplicate keys are reported; comments are kept. Go templates are treated as in
/// read_json. A broken document ends the reading of that document, not of those after the next `---`.
ReadFile read_yaml(const SourceMap& sources, FileId file, const Limits& limits = {});

}  // namespace tlsward
