// From the bytes of a file to documents that a gateway has claimed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/document.h"
#include "core/source.h"
#include "gateways/gateway.h"
#include "lint/options.h"

namespace tlsward::lint {

/// Why the file is not read at all, judged by its name ("TOML is not read; …"), or nullopt.
std::optional<std::string> unread_format(std::string_view path);

/// JSON or YAML: by the ending .json, .yaml or .yml, else by the first byte that is no blank (`{` and `[` are JSON).
Format format_of(std::string_view path, std::string_view text);

/// Reads the file in the format that `format_of` says.
ReadFile read_input(const SourceMap& sources, FileId file, const Limits& limits);

/// The gateway that all named files are for, because exactly one `--gateway` was given; else nullptr.
const gateways::Gateway* forced_gateway(const Options& options);

/// The gateway with the strongest sign of itself in the document, or nullopt. A weak sign is enough in a file that was
/// named; in one that was found by walking a directory it most likely is another program's. `version` is not filled in.
std::optional<gateways::Claimed> detect(const Document& document, bool named);

/// The kind of a Kubernetes object ("ConfigMap") that cannot be a configuration of the gateway, whose files have no
/// `apiVersion`; empty for any other document.
std::string_view foreign_kind(const Document& document, const gateways::Gateway& gateway);

/// What the `gateways` of .tlsward.yaml say of a file, or nullptr. Of several globs that match the last counts.
const gateways::GatewayChoice* glob_choice(const std::string& path, const Options& options);

/// The version that a document of this gateway is judged by: `--gateway ID@VERSION`, else `by_glob`, else what the
/// document says, else the latest that is known.
gateways::GatewayVersion version_for(const gateways::Gateway& gateway, const Document& document, const Options& options,
                                     const gateways::GatewayChoice* by_glob = nullptr);

/// Marks every scalar that holds a reference or placeholder as unresolved. Where `--define` gives all references of a
/// scalar, it is replaced by its value instead.
void resolve_references(Document& document, const SourceMap& sources, const gateways::Gateway& gateway,
                        const Options& options);

}  // namespace tlsward::lint
