// Tyk chooses the client authentication of a handshake by the server name alone, before it knows which API is asked
// for. It walks over the APIs of the port and keeps one mode for each domain: "require" as long as every API of the
// domain uses mutual TLS, "request" as soon as one does not. On the port of the control API a "require" becomes
// "request" again, unless the control API itself uses mutual TLS. Whoever is let through without the right certificate
// gets 403 from the API later.
#include "gateways/tyk/client_auth.h"

#include <fmt/format.h>

#include <algorithm>

#include "gateways/tyk/versions.h"

namespace tlsward::gateways::tyk {
namespace {

enum class Mode : std::uint8_t { Unset, None, Request, Require };

struct DomainMode {
  Mode mode = Mode::Unset;
  bool by_order = false;  // static and dynamic mutual TLS: the API that is loaded first decides
};

bool uses_certificate(const Api& api) {
  return is_on(api.authentication.use_certificate) || is_on(api.authentication.certificate_auth);
}

DomainMode mode_of(const Door& door, std::string_view domain) {
  DomainMode result;
  bool fixed = false, dynamic = false, plain = false;
  for (const Api* api : door.apis) {
    if (domain_of(*api) != domain) continue;
    Mode& mode = result.mode;
    if (is_on(api->mutual_tls)) {
      fixed = true;
      if (mode == Mode::Unset) {
        mode = Mode::Require;
      } else if (mode != Mode::Require) {
        mode = Mode::Request;
      }
    } else if (uses_certificate(*api)) {
      dynamic = true;
      mode = std::max(mode, Mode::Request);
    } else {
      plain = true;
      mode = mode <= Mode::None ? Mode::None : Mode::Request;
    }
  }
  result.by_order = fixed && dynamic && !plain;
  return result;
}

bool is_unknown(const Door& door) {
  return std::any_of(door.apis.begin(), door.apis.end(), [](const Api* api) {
    return !api->mutual_tls.known() || !api->authentication.use_certificate.known() || !api->domain.known();
  });
}

const Api* first_certificate_api(const Door& door) {
  const auto found =
      std::find_if(door.apis.begin(), door.apis.end(), [](const Api* api) { return uses_certificate(*api); });
  return found == door.apis.end() ? nullptr : *found;
}

void set_control(tls::TlsContext& context, const Conf& conf) {
  context.client_auth = {tls::ClientAuth::RequireAndVerify, tls::Origin::Written, conf.control_api_use_mutual_tls.where,
                         "control_api_use_mutual_tls"};
  context.notes.push_back(
      "the certificates of security.certificates.control_api are asked for; allow-lists of APIs "
      "that share the port and server name are not");
}

tls::ClientAuth lowered(tls::TlsContext& context, const Door& door, Mode mode) {
  if (mode == Mode::Unset || mode == Mode::None) return tls::ClientAuth::None;
  if (mode == Mode::Request) return tls::ClientAuth::Request;
  const Conf& conf = *door.conf;
  if (is_on(conf.skip_client_ca_announcement) && can_skip_ca_announcement(conf.version)) {
    context.announces_authorities = false;
    context.notes.push_back(
        "skip_client_ca_announcement: no CA names are sent, and client chains through "
        "intermediates fail");
    return tls::ClientAuth::RequireAndVerify;
  }
  if (!door.control || !lowers_on_control_port(conf.version)) return tls::ClientAuth::RequireAndVerify;
  context.notes.push_back("the control API shares port and server name, so a certificate is requested, not required");
  return tls::ClientAuth::Request;
}

void note_http_checks(tls::TlsContext& context, const std::vector<const Api*>& apis) {
  for (const Api* api : apis) {
    context.notes.push_back(
        fmt::format("{} answers 403 to requests without a certificate of its allow-list, whatever the handshake let in",
                    api->subject));
  }
}

}  // namespace

std::vector<const Api*> own_mutual_apis(const Door& door) {
  std::vector<const Api*> result;
  for (const Api* api : door.apis) {
    if (is_on(api->mutual_tls) && domain_of(*api) == door.domain) result.push_back(api);
  }
  return result;
}

std::vector<const Api*> mutual_apis(const Door& door) {
  std::vector<const Api*> own = own_mutual_apis(door);
  if (!own.empty() || door.domain.empty()) return own;
  Door nameless = door;
  nameless.domain = {};
  return own_mutual_apis(nameless);
}

void set_client_auth(tls::TlsContext& context, const Door& door) {
  const std::vector<const Api*> mutual = mutual_apis(door);
  const std::vector<const Api*> own = own_mutual_apis(door);
  note_http_checks(context, own);
  if (own.size() == 1) {
    context.client_certificate_required = {true, tls::Origin::Written, own.front()->mutual_tls.where,
                                           "answered by the API, not by the handshake"};
  }
  if (door.conf && door.control && is_on(door.conf->control_api_use_mutual_tls)) {
    set_control(context, *door.conf);
    return;
  }

  DomainMode mode = mode_of(door, door.domain);
  if (mode.mode == Mode::Unset && !door.domain.empty()) mode = mode_of(door, {});
  const Api* asked_by = mutual.empty() ? first_certificate_api(door) : mutual.front();
  const Span where =
      asked_by ? (mutual.empty() ? asked_by->authentication.use_certificate.where : asked_by->mutual_tls.where)
               : Span{};
  context.client_auth = {tls::ClientAuth::None, tls::Origin::Default, {}, "no API here asks for client certificates"};
  if (!door.conf) {
    context.client_auth = {mode.mode == Mode::Require ? tls::ClientAuth::RequireAndVerify : tls::ClientAuth::Request,
                           tls::Origin::Unresolved, where, "tyk.conf is not in the input"};
    return;
  }
  const bool control_known = door.conf->control_api_use_mutual_tls.known();
  context.client_auth.value = lowered(context, door, mode.mode);
  if (asked_by && context.client_auth.value != tls::ClientAuth::None) {
    context.client_auth.origin = tls::Origin::Written;
    context.client_auth.where = where;
    context.client_auth.because = "of " + asked_by->subject;
  }
  if (mode.by_order) {
    context.notes.push_back(
        "static and dynamic mutual TLS share this domain: whether a certificate is required or "
        "only requested depends on which API is loaded first");
  }
  if (door.apis.empty()) {
    context.client_auth.origin = tls::Origin::Unresolved;
    context.client_auth.because = "no API definition of this port is in the input";
  } else if (is_unknown(door) || !control_known) {
    context.client_auth.origin = tls::Origin::Unresolved;
    context.client_auth.because = "part of the settings is a reference";
  }
}

}  // namespace tlsward::gateways::tyk
