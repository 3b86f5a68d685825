// What an API definition says of routing, in one form for classic and OAS.
#pragma once

#include <cstddef>
#include <span>
#include <string>

#include "core/document.h"
#include "gateways/gateway.h"
#include "gateways/tyk/model.h"

namespace tlsward::gateways::tyk {

/// The object that an API's settings stand in: a classic definition, or x-tyk-api-gateway. Nullptr where its document
/// is not among `documents`.
const Node* definition_at(std::span<const Claimed> documents, const Api& api);
/// The root of tyk.conf; nullptr as above.
const Node* conf_at(std::span<const Claimed> documents, const Conf& conf);

struct Routing {
  std::string api_id;
  const Node* listen_path = nullptr;
  const Node* target = nullptr;  // the URL that is called; of a load-balanced API the first
  std::string target_place;      // "proxy.target_url"
  std::size_t balanced = 0;      // number of targets that requests are spread over; 0: no load balancing
  bool strip = false;            // strip_listen_path
  bool preserve_host = false;    // preserve_host_header
  bool active = true;            // also where that is not known
  bool internal = false;         // other APIs alone call it
};
Routing read_routing(const Api& api, const Node& definition);

}  // namespace tlsward::gateways::tyk
