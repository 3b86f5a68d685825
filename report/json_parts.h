// Pieces that every JSON output shares.
#pragma once

#include <cstdio>
#include <nlohmann/json_fwd.hpp>

#include "core/finding.h"
#include "core/source.h"

namespace tlsward::report {

/// {"path", "start": {"line", "column", "offset"}, "end": …}: lines and columns from 1, offsets in bytes from 0. Null
/// for no place.
nlohmann::ordered_json json_place(const SourceMap& sources, Span where);

/// {"endpoint", "address", "probed", "milliseconds"}, and "part" where it is one. Null address: there was none.
nlohmann::ordered_json json_place(const Endpoint& endpoint);

/// Prints the document, indented by two, with a line ending; bytes that are no UTF-8 become U+FFFD.
void write_json_document(const nlohmann::ordered_json& document, std::FILE* out);

}  // namespace tlsward::report
