// What --diff prints: the changes of all files as one difference that git apply and patch take.
#pragma once

#include <string>
#include <vector>

namespace tlsward::cli {

struct FileChange {
  std::string path;
  std::string before, after;
};

/// Prints it to stdout, and to stderr what must be known to apply it. Names are relative to the working directory,
/// where `git apply` (also below the root of its repository) and `patch -p1` look for them; where a file lies
/// elsewhere, to the nearest folder above that holds them all.
void print_difference(const std::vector<FileChange>& changes);

}  // namespace tlsward::cli
