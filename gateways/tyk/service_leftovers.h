// What of Tyk's files the proxy does not do.
#pragma once

#include "core/document.h"
#include "gateways/service_notes.h"
#include "gateways/tyk/model.h"

namespace tlsward::gateways::tyk {

/// Keys of an API definition that would change what happens to a request; `definition` as `definition_at` gives it.
void note_api_leftovers(const Api& api, const Node& definition, ServiceNotes& notes);
/// The same of tyk.conf.
void note_conf_leftovers(const Node& conf, ServiceNotes& notes);

}  // namespace tlsward::gateways::tyk
