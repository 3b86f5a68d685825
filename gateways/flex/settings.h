// What one TLS object says, without its address; for contexts.cc.
#pragma once

#include <string>
#include <string_view>

#include "gateways/flex/model.h"
#include "tls/context.h"

namespace tlsward::gateways::flex {

/// Last part of the address of the page that documents such an object: "policies-included-tls-outbound".
std::string_view page(Direction direction);
/// Setting::because of a default: "Flex Gateway default: 1.2, docs.mulesoft.com/gateway/latest/PAGE".
std::string because(std::string_view value, std::string_view page_name);

/// A context of the gateway with nothing but its name and version.
tls::TlsContext make_context(const Resource& resource, tls::Role role, std::string subject);
/// The groups, which cannot be configured.
void set_groups(tls::TlsContext& context);
/// Adds the note on the order of suites.
void note_assumptions(tls::TlsContext& context);
/// The context that the object makes: everything but the address.
tls::TlsContext read_context(const Model& model, const TlsObject& object);

}  // namespace tlsward::gateways::flex
