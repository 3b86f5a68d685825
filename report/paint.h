// Colours and links of a terminal (ECMA-48 SGR, OSC 8), empty where they are off.
#pragma once

#include <string>
#include <string_view>

#include "core/finding.h"

namespace tlsward::report {

inline constexpr std::string_view kBold = "1";
inline constexpr std::string_view kBlue = "1;34";
inline constexpr std::string_view kRed = "31";
inline constexpr std::string_view kGreen = "32";
inline constexpr std::string_view kYellow = "33";
inline constexpr std::string_view kPurple = "35";
inline constexpr std::string_view kOnRed = "41";

/// Wraps text in a colour.
struct Paint {
  bool on = false;
  /// `text` in the colour `code`; as it is where colour is off or `code` is empty.
  std::string operator()(std::string_view code, std::string_view text) const;
};

/// Red, yellow or cyan, bold.
std::string_view severity_color(Severity severity);

/// `text` as a hyperlink to `url`.
std::string hyperlink(std::string_view url, std::string_view text);

}  // namespace tlsward::report
