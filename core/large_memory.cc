#include "core/large_memory.h"

#include <sys/mman.h>

#include <cstddef>
#include <new>

namespace tlsward {
namespace {

constexpr std::size_t kLarge = std::size_t{4} << 20;

class LargeMemory final : public std::pmr::memory_resource {
  void* do_allocate(std::size_t bytes, std::size_t alignment) override {
    if (bytes < kLarge) return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    void* place = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED) throw std::bad_alloc();
    // Advice only: without huge pages the memory is as good, and slower.
    (void)madvise(place, bytes, MADV_HUGEPAGE);
    return place;
  }

  void do_deallocate(void* place, std::size_t bytes, std::size_t alignment) override {
    if (bytes < kLarge) return std::pmr::new_delete_resource()->deallocate(place, bytes, alignment);
    munmap(place, bytes);
  }

  bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override { return this == &other; }
};

}  // namespace

std::pmr::memory_resource* large_memory() {
  static LargeMemory memory;
  return &memory;
}

}  // namespace tlsward
