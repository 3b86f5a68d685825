#include "lint/companion_sets.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>
#include <vector>

namespace tlsward::lint {
namespace {

namespace fs = std::filesystem;

fs::path folder_of(const Run& run, const gateways::Claimed& claimed) {
  return fs::path(run.sources.path(claimed.document->file)).lexically_normal().parent_path();
}

/// The folders that documents of the set name.
std::vector<fs::path> companions(const Run& run, const InputSet& set) {
  std::vector<fs::path> folders;
  for (const gateways::Claimed& claimed : set.documents) {
    const std::string folder = set.gateway->companion_folder(*claimed.document);
    if (!folder.empty()) folders.push_back(folder_of(run, claimed) / folder);
  }
  return folders;
}

bool lies_in(const Run& run, const InputSet& set, const fs::path& folder) {
  return std::all_of(set.documents.begin(), set.documents.end(),
                     [&](const gateways::Claimed& claimed) { return folder_of(run, claimed) == folder; });
}

void take_in(InputSet& set, InputSet& other) {
  std::move(other.documents.begin(), other.documents.end(), std::back_inserter(set.documents));
  other.documents.clear();
  std::stable_sort(
      set.documents.begin(), set.documents.end(), [](const gateways::Claimed& a, const gateways::Claimed& b) {
        return std::pair(a.document->file, a.document->index) < std::pair(b.document->file, b.document->index);
      });
}

}  // namespace

void join_companion_sets(Run& run) {
  for (const auto& set : run.sets) {
    if (set->gateway->companion_folder == nullptr) continue;
    for (const fs::path& folder : companions(run, *set)) {
      for (const auto& other : run.sets) {
        const bool joins =
            other != set && other->gateway == set->gateway && !other->documents.empty() && lies_in(run, *other, folder);
        if (joins) take_in(*set, *other);
      }
    }
  }
  std::erase_if(run.sets, [](const auto& set) { return set->documents.empty(); });
}

}  // namespace tlsward::lint
