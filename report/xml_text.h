// Text inside XML 1.0. Characters that XML cannot hold at all, even escaped (control characters, U+FFFE, bytes that are
// no UTF-8), become U+FFFD.
#pragma once

#include <string>
#include <string_view>

namespace tlsward::report {

/// For element content and for attribute values in double quotes.
std::string xml_text(std::string_view text);
/// A CDATA section with the text; "]]>" inside it is split over two sections.
std::string xml_cdata(std::string_view text);

}  // namespace tlsward::report
