// What of Flex Gateway's resources the proxy does not do.
#pragma once

#include "gateways/flex/model.h"
#include "gateways/service_notes.h"

namespace tlsward::gateways::flex {

/// Policies that do not concern TLS or routes, and resources that do not concern requests.
void note_resource_leftovers(const Model& model, ServiceNotes& notes);
/// Keys of an ApiInstance.
void note_instance_leftovers(const Model& model, const Instance& instance, ServiceNotes& notes);

}  // namespace tlsward::gateways::flex
