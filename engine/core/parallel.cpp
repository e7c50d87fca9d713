#include "engine/core/parallel.hpp"

#include <oneapi/tbb/blocked_range.h>
#include <oneapi/tbb/global_control.h>
#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>

#include <algorithm>

#include "engine/core/error.hpp"

namespace maillage {

void parallel_for_blocks(const std::size_t size, const std::size_t grain,
                         const std::function<void(std::size_t, std::size_t)>& body) {
  if (grain == 0) {
    throw ArgumentError("parallel_for_blocks: grain must be at least 1");
  }
  const std::size_t blocks = (size + grain - 1) / grain;
  oneapi::tbb::parallel_for(std::size_t{0}, blocks, [&](const std::size_t block) {
    const std::size_t begin = block * grain;
    body(begin, std::min(size, begin + grain));
  });
}

std::size_t allowed_threads() {
  return oneapi::tbb::global_control::active_value(oneapi::tbb::global_control::max_allowed_parallelism);
}

ThreadLimit::ThreadLimit(const std::size_t threads)
    : control_(new oneapi::tbb::global_control(
          oneapi::tbb::global_control::max_allowed_parallelism,
          threads == 0 ? static_cast<std::size_t>(oneapi::tbb::info::default_concurrency()) : threads)) {}

ThreadLimit::~ThreadLimit() {
  delete static_cast<oneapi::tbb::global_control*>(control_);
}

}  // namespace maillage
