#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace maillage {

/// Memory for many values that are written before they are read: nothing is filled in, and Linux is asked for large pages,
/// since the faults of small ones cost a fifth of what fills a table.
template <typename T>
class LargeArray {
  static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

 public:
  explicit LargeArray(const std::size_t size) {
    constexpr std::size_t kPage = std::size_t{2} << 20U;
    const std::size_t bytes = (size * sizeof(T) + kPage - 1) / kPage * kPage;
    values_.reset(static_cast<T*>(std::aligned_alloc(kPage, bytes)));
    if (values_ == nullptr && bytes > 0) {
      throw std::bad_alloc();
    }
#if defined(__linux__)
    (void)madvise(values_.get(), bytes, MADV_HUGEPAGE);  // a wish: where there are none, small pages do
#endif
  }

  [[nodiscard]] T* data() {
    return values_.get();
  }
  [[nodiscard]] std::span<T> first(const std::size_t count) {
    return {values_.get(), count};
  }

 private:
  struct Free {
    void operator()(T* const values) const { std::free(values); }
  };
  std::unique_ptr<T, Free> values_;
};

}  // namespace maillage
