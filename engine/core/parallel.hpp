#pragma once

#include <cstddef>
#include <functional>

namespace maillage {

/// Calls `body(begin, end)` on consecutive blocks that together are [0, size), on the threads allowed by the living
/// ThreadLimit. Blocks are always the same `grain` elements whatever the thread count, so a per-block partial result reduced
/// in block order gives the same bits on one thread and on many. \throws whatever `body` throws first.
void parallel_for_blocks(std::size_t size, std::size_t grain, const std::function<void(std::size_t, std::size_t)>& body);

/// How many threads parallel_for_blocks may use now. For the size of working memory only: no result may depend on it.
[[nodiscard]] std::size_t allowed_threads();

/// Limits the threads used while the object lives; 0 means all the machine has.
class ThreadLimit {
 public:
  explicit ThreadLimit(std::size_t threads);
  ~ThreadLimit();
  ThreadLimit(const ThreadLimit&) = delete;
  ThreadLimit& operator=(const ThreadLimit&) = delete;

 private:
  void* control_;
};

}  // namespace maillage
