// Exit codes of every command.
#pragma once

namespace tlsward::cli {

inline constexpr int kDone = 0;        // nothing at or above --fail-on
inline constexpr int kFindings = 1;    // findings at or above --fail-on
inline constexpr int kUsage = 2;       // wrong usage or wrong configuration of tlsward itself
inline constexpr int kIncomplete = 3;  // some input could not be read or parsed, or some output not written
inline constexpr int kInterrupted = 130;

}  // namespace tlsward::cli
