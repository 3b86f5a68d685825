// Names and numbers of certificates as text that is safe to print.
#pragma once

#include <openssl/asn1.h>
#include <openssl/x509.h>

#include <span>
#include <string>

namespace tlsward::pki {

/// A distinguished name as RFC 4514 writes it, but in the order in which it is stored and with ", " between its parts:
/// "C=US, O=Org, CN=host". UTF-8; control characters and those that reverse the writing direction are \XX.
std::string name_text(const X509_NAME* name);

/// The last commonName of `name`, escaped as above but for `,` and its like; empty where there is none.
std::string common_name(const X509_NAME* name);

/// A string of type IA5String (host names, addresses, URIs); bytes that are no printable ASCII are \XX.
std::string ascii_text(const ASN1_STRING* string);

/// An object identifier in dotted numbers: "1.3.6.1.5.5.7.3.1".
std::string oid_text(const ASN1_OBJECT* object);

/// Lower-case hex.
std::string hex(std::span<const unsigned char> bytes);
/// The content of `string` in lower-case hex; empty for a null pointer.
std::string hex(const ASN1_STRING* string);

}  // namespace tlsward::pki
