// What of a PEM label may be shown to people.
#pragma once

#include <string>
#include <string_view>

namespace tlsward::pki {

/// `label` (what stands between BEGIN and the closing dashes) with every word that no kind of PEM text uses replaced by
/// an ellipsis; empty where no word is known. In a damaged file the "label" may be a piece of a private key, also one
/// that consists of capitals and digits alone, so words are taken over by list and never by their characters. The words
/// are those of RFC 7468, of OpenSSL 3.0's PEM routines, of OpenSSH and of OpenPGP (RFC 9580, 6.2).
std::string printable_label(std::string_view label);

}  // namespace tlsward::pki
