#include "engine/network/matrix_travel.hpp"

#include <algorithm>
#include <utility>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

std::size_t key_of(const TravelPlaces& places, const std::size_t place) {
  return places.keys.empty() ? place : places.keys[place];
}

/// The facilities that stand in each column of the matrix: several in one where costs are known between communes.
class Columns {
 public:
  explicit Columns(const TravelPlaces& facilities) {
    for (std::size_t k = 0; k < facilities.positions.size(); ++k) {
      by_column_.emplace_back(key_of(facilities, k), FacilityIndex{k});
    }
    std::sort(by_column_.begin(), by_column_.end());
  }
  template <typename Visit>
  void each_in(const std::size_t column, const Visit& visit) const {
    auto it = std::lower_bound(by_column_.begin(), by_column_.end(), std::pair{column, FacilityIndex{0}});
    for (; it != by_column_.end() && it->first == column; ++it) {
      visit(it->second);
    }
  }

 private:
  std::vector<std::pair<std::size_t, FacilityIndex>> by_column_;
};

/// Facilities in reach of an origin, by (cost, facility).
std::vector<Reach> reach_of(const CostMatrix& matrix, const std::size_t row, const Columns& columns, const Cost limit) {
  if (row >= matrix.rows.rows()) {
    throw ArgumentError("cost matrix: an origin names a row that is not there");
  }
  std::vector<Reach> reached;
  for (const Reach& cell : matrix.rows[OriginIndex{row}]) {
    if (cell.cost <= limit && cell.cost != kUnreachable) {
      columns.each_in(cell.facility.value(), [&](const FacilityIndex facility) {
        reached.push_back({facility, cell.cost});
      });
    }
  }
  std::sort(reached.begin(), reached.end(),
            [](const Reach& a, const Reach& b) { return a.cost != b.cost ? a.cost < b.cost : a.facility < b.facility; });
  return reached;
}

}  // namespace

void stream_matrix_reach(const CostMatrix& matrix, const TravelPlaces& origins, const TravelPlaces& facilities,
                         const Cost limit, const ReachBlock& visit) {
  constexpr std::size_t kBlock = 4096;
  const Columns columns(facilities);
  for (std::size_t begin = 0; begin < origins.positions.size(); begin += kBlock) {
    Csr<OriginIndex, Reach> block;
    for (std::size_t k = begin; k < std::min(begin + kBlock, origins.positions.size()); ++k) {
      block.push_row(reach_of(matrix, key_of(origins, k), columns, limit));
    }
    visit(OriginIndex{begin}, block);
  }
}

std::vector<Reach> nearest_in_matrix(const CostMatrix& matrix, const TravelPlaces& origins, const TravelPlaces& facilities) {
  const Columns columns(facilities);
  std::vector<Reach> nearest;
  for (std::size_t k = 0; k < origins.positions.size(); ++k) {
    const std::vector<Reach> reached = reach_of(matrix, key_of(origins, k), columns, kUnreachable - 1);
    nearest.push_back(reached.empty() ? Reach{} : reached.front());
  }
  return nearest;
}

}  // namespace maillage
