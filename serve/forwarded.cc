#include "serve/forwarded.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace tlsward::serve {
namespace {

bool is_claim(std::string_view name) {
  constexpr std::string_view kPrefix = "x-forwarded-";
  const bool prefixed = name.size() >= kPrefix.size() && same_name(name.substr(0, kPrefix.size()), kPrefix);
  return prefixed || same_name(name, "forwarded") || same_name(name, "x-real-ip");
}

/// In double quotes, with what would end them or the field escaped or left out.
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

/// A name of the certificate as a value: quoted where it holds what separates values.
std::string value_of(std::string_view text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != '"' && c != ';' && c != ',' && c != '=';
  });
  return plain ? std::string(text) : quoted(text);
}

}  // namespace

std::string forwarded_client_cert(const HandshakeFacts& tls) {
  if (!tls.client_certificate) return {};
  const tls::CertificateFacts& certificate = *tls.client_certificate;
  std::string value = fmt::format("Hash={};Subject={}", certificate.sha256, quoted(certificate.subject));
  for (const std::string& uri : certificate.uris) value += ";URI=" + value_of(uri);
  for (const std::string& name : certificate.dns_names) value += ";DNS=" + value_of(name);
  return value;
}

void set_forwarded(RequestHead& head, const net::Address& client, const HandshakeFacts* tls, std::uint16_t port) {
  std::erase_if(head.fields, [](const Field& field) { return is_claim(field.name); });
  head.fields.push_back({"X-Forwarded-For", net::ip_text(client)});
  if (!head.authority.empty()) head.fields.push_back({"X-Forwarded-Host", head.authority});
  head.fields.push_back({"X-Forwarded-Proto", tls ? "https" : "http"});
  head.fields.push_back({"X-Forwarded-Port", std::to_string(port)});
  if (tls == nullptr) return;
  std::string certificate = forwarded_client_cert(*tls);
  if (!certificate.empty()) head.fields.push_back({"X-Forwarded-Client-Cert", std::move(certificate)});
}

}  // namespace tlsward::serve
