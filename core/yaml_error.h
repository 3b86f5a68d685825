// yaml-cpp's complaints in our words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tlsward {

/// What `complaint`, a message of yaml-cpp about the byte at `at`, means for the writer of the file. Never quotes
/// values, which may be secrets.
std::string yaml_error_text(std::string_view text, std::size_t at, std::string_view complaint);

}  // namespace tlsward
