// Pieces that every JSON output shares.
#pragma once

#include <cstdio>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

#include "core/finding.h"
#include "core/source.h"
#include "lint/rule.h"

namespace tlsward::report {

/// {"path", "start": {"line", "column", "offset"}, "end": …}: lines and columns from 1, offsets in bytes from 0. Null
/// for no place.
nlohmann::ordered_json json_place(const SourceMap& sources, Span where);

/// {"endpoint", "address", "probed", "milliseconds"}, and "part" where it is about one.
nlohmann::ordered_json json_place(const Endpoint& endpoint);

/// {"name": "tlsward", "version", "rules"}.
nlohmann::ordered_json json_tool();

/// One finding, as in tlsward-findings/1. `rule` may be null; `place` is what json_place or the caller made.
nlohmann::ordered_json json_finding(const SourceMap& sources, const Finding& finding, const lint::Rule* rule,
                                    std::string_view fingerprint, nlohmann::ordered_json place);

/// Prints the document, indented by two, with a line ending; bytes that are no UTF-8 become U+FFFD.
void write_json_document(const nlohmann::ordered_json& document, std::FILE* out);

/// Prints one element of a list that is `depth` levels deep in a document printed as above; `first` leaves out the
/// comma in front. For lists that are written as they come.
void write_json_element(const nlohmann::ordered_json& element, int depth, bool first, std::FILE* out);
/// One member of an object that is `depth` levels deep, with the comma in front of it.
void write_json_member(std::string_view key, const nlohmann::ordered_json& value, int depth, std::FILE* out);
/// The document on one line, with a line ending.
void write_json_line(const nlohmann::ordered_json& document, std::FILE* out);
/// The same as text, without the line ending.
std::string json_line(const nlohmann::ordered_json& document);

}  // namespace tlsward::report
