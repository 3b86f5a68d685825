// What the HTML page has beside its text: report/html/page.css and report/html/page.js, put into the program by CMake.
#pragma once

#include <string_view>

namespace tlsward::report {

/// The text of the page's `style` and `script` elements, byte by byte: the page's Content-Security-Policy names their
/// hashes.
extern const std::string_view kPageStyle;
extern const std::string_view kPageScript;

}  // namespace tlsward::report
