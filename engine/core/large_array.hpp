#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace maillage {

/// Memory for many values that is not filled in. Linux is asked for large pages, since the faults of small ones cost a fifth
/// of what fills a table.
template <typename T>
class LargeArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  /// For values that are written before they are read.
  explicit LargeArray(const std::size_t size) {
    const std::size_t bytes = (size * sizeof(T) + kLargePage - 1) / kLargePage * kLargePage;
    take(std::aligned_alloc(kLargePage, bytes), bytes);
  }
  /// All zero: as the system gives fresh memory, so that nothing is written here.
  [[nodiscard]] static LargeArray zeroed(const std::size_t size) {
    LargeArray array;
    array.take(std::calloc(size, sizeof(T)), size * sizeof(T));
    return array;
  }

  [[nodiscard]] T& operator[](const std::size_t position) { return values_.get()[position]; }
  [[nodiscard]] const T& operator[](const std::size_t position) const { return values_.get()[position]; }
  [[nodiscard]] T* data() { return values_.get(); }
  [[nodiscard]] std::span<T> first(const std::size_t count) { return {values_.get(), count}; }

 private:
  LargeArray() = default;

  static constexpr std::size_t kLargePage = std::size_t{2} << 20U;

  struct Free {
    void operator()(T* const values) const { std::free(values); }
  };

  void take(void* const memory, const std::size_t bytes) {
    values_.reset(static_cast<T*>(memory));
    if (memory == nullptr && bytes > 0) {
      throw std::bad_alloc();
    }
#if defined(__linux__)
    const auto start = reinterpret_cast<std::uintptr_t>(memory);
    const std::uintptr_t first = (start + kLargePage - 1) / kLargePage * kLargePage;
    const std::uintptr_t end = (start + bytes) / kLargePage * kLargePage;
    if (first < end) {
      (void)madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE);  // a wish: small pages do as well
    }
#endif
  }

  std::unique_ptr<T, Free> values_;
};

}  // namespace maillage
