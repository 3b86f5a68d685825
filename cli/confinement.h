// What the process takes from itself before it serves (Linux, landlock(7)).
#pragma once

#include <string>
#include <vector>

namespace tlsward::cli {

/// From now on this thread, and those that it starts, can run no other program and can write, make and remove files in
/// `writable` alone; files that are open stay so. False where the kernel has no landlock: then nothing changes.
bool confine(const std::vector<std::string>& writable);

}  // namespace tlsward::cli
