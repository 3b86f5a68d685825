// One document of a YAML file, read by yaml-cpp, which stays inside yaml.cc.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/document.h"
#include "core/template.h"
#include "core/yaml_anchors.h"
#include "core/yaml_scan.h"

namespace tlsward {

/// The file that is read. `parsed` is `original`, or a copy of the same length without templates.
struct YamlInput {
  FileId file = 0;
  std::string_view original;
  std::string_view parsed;
  /// The templates that were taken out, or nullptr.
  const std::vector<TemplateUse>* templates = nullptr;
};

/// What one go at a document has brought.
struct YamlAttempt {
  Document document;
  std::vector<SyntaxError> errors;
  /// Place of the error at which the reading stopped.
  std::optional<std::size_t> stopped_at;
  /// False where the document holds nothing that could be read.
  bool found_something = false;
};

/// Reads the document at `extent`. With `cut_off` it goes on behind its extent, but what follows cannot be read.
YamlAttempt read_yaml_document(const YamlInput& input, DocumentExtent extent, bool cut_off, const Limits& limits,
                               AliasBudget& budget);

}  // namespace tlsward
