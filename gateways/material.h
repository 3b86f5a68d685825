// Certificates and keys that a configuration holds or names.
#pragma once

#include <string>
#include <string_view>

#include "core/document.h"
#include "gateways/gateway.h"
#include "tls/context.h"

namespace tlsward::gateways {

/// Material of a path-valued field: opens the file under `options.root` (else as it is, relative ones to the working
/// directory) unless files are not to be followed. Unresolved references and placeholders are never opened; nor is
/// anything but a regular file of at most 4 MiB.
tls::Material file_material(const Node& value, std::string field, tls::MaterialUse use, tls::MaterialPart part,
                            const ReadOptions& options);

/// Material of a field that holds the PEM text itself.
tls::Material inline_material(const Node& value, std::string field, tls::MaterialUse use, tls::MaterialPart part);

/// A Setting of a scalar: Unresolved where the node is, else Written. `value` is the scalar text.
tls::Setting<std::string> text_setting(const Node& value);

/// Host and port of "scheme://host:port/path"; port is empty where absent. IPv6 literals lose their brackets.
struct Address {
  std::string scheme, host, port, path;
};
Address parse_address(std::string_view text);
/// True for an IPv4 or IPv6 literal.
bool is_ip_literal(std::string_view host);
/// True for localhost, 127.0.0.0/8 and ::1.
bool is_loopback(std::string_view host);
/// The part of a host name that somebody registers ("api.a.co.uk" gives "a.co.uk"): last two labels, three where the
/// last two are a well-known public suffix. An IP literal gives itself.
std::string registrable_domain(std::string_view host);

}  // namespace tlsward::gateways
