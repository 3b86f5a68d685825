// Names whose values are secrets.
#pragma once

#include <string_view>

namespace tlsward {

/// True where the name of a key, a header or a parameter holds secret, password, passwd, passphrase, token, apikey,
/// credential or cypher_key, in letters of any size and with or without '-' and '_': "X-Api-Key", "clientSecret".
bool is_secret_name(std::string_view name);

}  // namespace tlsward
