// A certificate authority that nobody else trusts, with a server and a client certificate, for `serve` without a
// configuration and for certificates that are not on this machine.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"
#include "pki/issue.h"
#include "tls/certificate.h"

namespace tlsward::serve {

/// Paths of what was made, all in one directory.
struct ThrowAwayFiles {
  std::string directory;
  std::string authority, authority_key;        // ca.pem, ca.key
  std::string server_certificate, server_key;  // server.pem, server.key
  std::string client_certificate, client_key;  // client.pem, client.key
};

/// Makes them in `directory` (which is made with mode 0700), for localhost, 127.0.0.1, ::1 and `names`, valid for 30
/// days from an hour before `now`. Files have mode 0600 and appear whole. What is there, belongs together and is valid
/// for another day is used again, each of the three by itself: more `names` make a new server certificate and no new
/// authority. Error: the directory is not ours or is open to others, or what cannot be written.
Result<ThrowAwayFiles> make_throw_away_files(const std::string& directory, const std::vector<std::string>& names,
                                             tls::Time now);

/// Reads a certificate with its key as `issue` wants an issuer. Error: which file cannot be read.
Result<pki::IssuedCertificate> read_issued(const std::string& certificate, const std::string& key);

}  // namespace tlsward::serve
