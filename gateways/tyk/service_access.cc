#include "gateways/tyk/service_access.h"

#include <fmt/format.h>

#include <algorithm>

namespace tlsward::gateways::tyk {
namespace {

/// Adds the entries of `list` that are in the context, which holds them by the place that they were written at.
void add_entries(const CertificateList& list, const tls::TlsContext& listener, std::vector<std::size_t>& found) {
  for (const CertificateReference& reference : list.entries) {
    if (reference.form == ReferenceForm::Empty) continue;
    for (const tls::TrustSource& trusted : listener.trust) {
      if (trusted.material == tls::kNoMaterial) continue;
      const bool is_known = std::find(found.begin(), found.end(), trusted.material) != found.end();
      if (!is_known && listener.material[trusted.material].where == reference.where) found.push_back(trusted.material);
    }
  }
}

std::size_t count_entries(const CertificateList& list) {
  return static_cast<std::size_t>(
      std::count_if(list.entries.begin(), list.entries.end(),
                    [](const CertificateReference& reference) { return reference.form != ReferenceForm::Empty; }));
}

void set_allow_list(const Api& api, const Conf& conf, const tls::TlsContext& listener, std::size_t index,
                    ServiceRoute& route, ServiceNotes& notes) {
  route.demand = CertificateDemand::AllowList;
  route.allow_list_context = index;
  add_entries(api.client_certificates, listener, route.allow_list);
  add_entries(conf.apis, listener, route.allow_list);
  const std::size_t written = count_entries(api.client_certificates) + count_entries(conf.apis);
  if (route.allow_list.size() < written && listener.enabled)
    notes.add(api.subject, "part of its allow-list is not known at its port, so those clients are refused");
  if (route.allow_list.empty()) notes.add(api.subject, "its allow-list is empty, so it refuses every client");
}

}  // namespace

void set_access(const Api& api, const Conf& conf, const tls::TlsContext& listener, std::size_t index,
                ServiceRoute& route, ServiceNotes& notes) {
  const Authentication& authentication = api.authentication;
  const bool checks_keys = !is_on(authentication.keyless);
  route.strip_auth_data = checks_keys && is_on(authentication.strip_auth_data);
  route.certificate_is_identity =
      checks_keys && (is_on(authentication.use_certificate) || is_on(authentication.certificate_auth));
  if (route.certificate_is_identity)
    notes.add(api.subject,
              "keys of clients are not at hand, so any certificate that the handshake let in is an identity");
  else if (checks_keys)
    notes.add(api.subject, "it is not keyless, but keys and tokens of clients are not checked");
  if (!api.mutual_tls.known())
    notes.add(api.subject, fmt::format("{} is not known, so no certificate is asked for", mutual_tls_key(api)));
  if (is_on(api.mutual_tls)) set_allow_list(api, conf, listener, index, route, notes);
}

}  // namespace tlsward::gateways::tyk
