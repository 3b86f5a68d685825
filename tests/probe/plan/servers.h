// Everyday servers, scripted.
#pragma once

#include "tests/probe/plan/scripted_server.h"

namespace tlsward::tests {

/// 27 suites of TLS 1.2 that OpenSSL 3.0 has for an RSA certificate, in its order.
inline constexpr const char* kRsaSuites =
    "c030 009f cca8 ccaa c02f 009e c028 006b c077 c027 0067 c014 0039 c013 "
    "0033 009d c09d c051 009c c09c c050 003d 003c 0035 0084 002f 0041";
inline constexpr const char* kTls13Suites = "1302 1303 1301";

/// "a b" to "[a b]": the client's order decides.
inline std::string client_order(const std::string& words) {
  return "[" + words + "]";
}

/// TLS 1.2 and 1.3 with an RSA certificate, as nginx has them; the client's order decides.
inline ScriptedServer nginx_like() {
  ScriptedServer server;
  server.suites[tls::kTls12] = client_order(kRsaSuites);
  server.suites[tls::kTls13] = client_order(kTls13Suites);
  server.groups = client_order("001d 0017 001e 0019 0018");
  server.certificates = {scripted_certificate("rsa:2048 cn=www.example.org")};
  server.answers = usual_answers();
  server.dh_prime.assign(256, 0xfb);
  return server;
}

}  // namespace tlsward::tests
