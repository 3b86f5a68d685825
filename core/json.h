// JSON (RFC 8259) to a Document. nlohmann/json stays inside json.cc.
#pragma once

#include "core/document.h"
#include "core/source.h"

namespace tlsward {

/// Reads the file as one strict JSON text: no comments, no trailing commas. A byte-order mark is skipped. Duplicate
/// keys are kept and listed. Go templates (`{{ … }}`, KrakenD's flexible configuration) round a value, a key, a member,
/// an item or inside a string become unresolved nodes or make their container open. Comments and trailing commas are
/// errors that are read past. A file that is broken in another way is read up to there: every container that was open
/// keeps what it holds so far and is marked open.
ReadFile read_json(const SourceMap& sources, FileId file, const Limits& limits = {});

}  // namespace tlsward
