// TLS contexts for `show`: as text, as JSON and as the table that an sslscan of the endpoint would print.
#pragma once

#include <cstdio>

#include "lint/run.h"

namespace tlsward::report {

/// Every setting of every context with its origin.
void write_contexts_text(const lint::Run& run, bool color, std::FILE* out);
/// {"schema": "tlsward-contexts/1", "contexts": […], "errors": […]}: fields of the effective context in snake_case,
/// each value's source under `provenance`.
void write_contexts_json(const lint::Run& run, std::FILE* out);
/// For each listener the layout of sslscan 2.x: protocols, suites with the group they would use, groups, certificate.
void write_contexts_sslscan(const lint::Run& run, std::FILE* out);

}  // namespace tlsward::report
