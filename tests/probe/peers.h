// What Debian's own scanners say of a server, to compare with. Codes as in probed.h, ascending, by the versions' names
// of `tlsward probe`.
#pragma once

#include <map>
#include <string>

#include "tests/servers.h"

namespace tlsward::tests {

/// Suites by version, of nmap's ssl-enum-ciphers. Fails the test for a suite that has no number.
std::map<std::string, std::string> nmap_suites(const Server& server);
/// Suites by version, of sslscan's XML.
std::map<std::string, std::string> sslscan_suites(const Server& server);
/// Groups of TLS 1.3, of sslscan's XML.
std::string sslscan_groups(const Server& server);

}  // namespace tlsward::tests
