#include "serve/outgoing.h"

#include <algorithm>

#include "serve/forwarded.h"

namespace tlsward::serve {
namespace {

bool is_listed(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& listed) { return same_name(listed, name); });
}

/// What a gateway needs itself to pass a message on, whatever its list of fields says.
bool belongs_to_message(const std::string& name) {
  return same_name(name, "Content-Type") || same_name(name, "Content-Encoding") || same_name(name, "TE");
}

void keep_listed(Fields& fields, const std::vector<std::string>& names) {
  std::erase_if(fields,
                [&](const Field& field) { return !is_listed(names, field.name) && !belongs_to_message(field.name); });
}

}  // namespace

RequestHead outgoing_request(const RequestHead& request, const gateways::ServiceRoute& route, const Upstream& upstream,
                             const std::string& target, const ProxyScope& scope) {
  RequestHead out = request;
  out.version = HttpVersion::Http11;
  out.scheme = upstream.connector ? "https" : "http";
  out.target = target;
  if (!route.method.empty()) out.method = route.method;
  out.expects_continue = false;  // the proxy has the body sent itself
  remove_hop_by_hop(out.fields);
  if (!route.forward_all_headers && request.upgrade.empty()) keep_listed(out.fields, route.header_names);
  if (route.strip_auth_data) remove(out.fields, "Authorization");
  set_forwarded(out, scope.client, scope.tls, scope.site.service.ports[scope.port].port);
  if (!route.preserve_host) out.authority = upstream.authority;
  return out;
}

ResponseHead outgoing_response(ResponseHead response) {
  remove_hop_by_hop(response.fields);
  return response;
}

}  // namespace tlsward::serve
