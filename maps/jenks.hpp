#pragma once

#include <cstddef>
#include <vector>

namespace maillage {

/// The partition of sorted values into at most that many runs with the least sum of squared deviations from the means of
/// the runs, by dynamic programming; equal values stay together. Fewer runs where there are fewer distinct values.
/// Where several partitions are as good, the one with the earliest starts.
/// \returns position of the first value of each run but the first, ascending
/// Cost: O(classes x d log d) for d distinct values: the best start of a run moves up with its end.
/// Source: Fisher (1958), doi:10.1080/01621459.1958.10501479; Wang & Song (2011), doi:10.32614/RJ-2011-015.
[[nodiscard]] std::vector<std::size_t> jenks_starts(const std::vector<double>& sorted, std::size_t classes);

}  // namespace maillage
