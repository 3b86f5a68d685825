// From the arguments of the command line to the files that are linted.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <vector>

#include "core/document.h"
#include "lint/run.h"

namespace tlsward::lint {

/// What is told where files were found and none is left.
inline constexpr std::string_view kNothingLeft =
    "no file is left to check: exclude in .tlsward.yaml leaves out all that were found";

/// A file that an argument stands for, not opened yet.
struct FoundFile {
  std::string path;  // as findings print it
  bool standard_input = false;
  std::string error;  // why there is nothing to read: "no such file or directory"
  bool named = true;
  bool skip_unclaimed = false;  // as InputFile::skip_unclaimed
  std::size_t set = 0;          // as InputFile::set
};

/// The files behind `arguments`, in their order. `-` is standard input, printed as `stdin_filename` (or `<stdin>` where
/// that is empty). A directory gives every *.json, *.yaml, *.yml and *.conf below it that no `.gitignore` excludes
/// or git tracks all the same, sorted by path, .tlsward.yaml apart; `.git` and links to directories are not entered. A
/// file that was reached before is left out; of several names in one directory its own goes before symbolic links, then
/// the first in order. What does not exist, and a directory without any such file, gives an entry with an error.
std::vector<FoundFile> find_files(const std::vector<std::string>& arguments, const std::string& stdin_filename = {});

/// Reads the files. Those that cannot be read, or are larger than `limits` allow, have `error` set.
std::vector<InputFile> read_files(const std::vector<FoundFile>& files, std::istream& standard_input,
                                  const Limits& limits = {});

}  // namespace tlsward::lint
