#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <vector>

#include "adapters/routingkit/read_routingkit.hpp"
#include "engine/core/parallel.hpp"
#include "engine/network/label_sweep.hpp"
#include "engine/network/travel_table.hpp"
#include "tests/support/searchable_roads.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;
using testing::SearchableRoads;

std::vector<std::uint32_t> read_array(const fs::path& file) {
  std::vector<std::uint32_t> values(fs::file_size(file) / sizeof(std::uint32_t));
  std::ifstream{file, std::ios::binary}.read(reinterpret_cast<char*>(values.data()),
                                             static_cast<std::streamsize>(values.size() * sizeof(std::uint32_t)));
  return values;
}

/// 100,000 queries whose answers others have computed, in milliseconds and in metres.
class LuxembourgQueriesRealData : public ::testing::TestWithParam<RoadMetric> {
 protected:
  void SetUp() override {
    const fs::path folder = fs::path{MAILLAGE_SHARED_DATA} / "roads/luxembourg_routingkit";
    if (!fs::exists(folder)) {
      GTEST_SKIP() << folder << " is not there";
    }
    const bool by_time = GetParam() == RoadMetric::travel_time_ms;
    roads_ = std::make_unique<SearchableRoads>(read_routingkit(folder).value.parts,
                                               testing::SearchableOptions{.metric = GetParam()});
    sources_ = read_array(folder / "luxembourg_source_node");
    targets_ = read_array(folder / "luxembourg_target_node");
    lengths_ = read_array(folder / (by_time ? "luxembourg_query_reference_travel_time_length"
                                            : "luxembourg_query_reference_geo_distance_length"));
    ASSERT_EQ(sources_.size(), 100'000U);
    ASSERT_EQ(targets_.size(), 100'000U);
    ASSERT_EQ(lengths_.size(), 100'000U);
    constexpr std::uint32_t kCentimetres = 100;
    for (std::uint32_t& length : lengths_) {
      length = length == kNoPath || by_time ? length : length * kCentimetres;
    }
  }
  std::unique_ptr<SearchableRoads> roads_;
  std::vector<std::uint32_t> sources_;
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint32_t> lengths_;
};

std::vector<std::span<const Terminal>> views(const std::vector<Terminal>& terminals) {
  std::vector<std::span<const Terminal>> each;
  for (const Terminal& terminal : terminals) {
    each.emplace_back(&terminal, 1);
  }
  return each;
}

/// Distances of up to 32 pairs: labels of the sources met with those of the targets.
void meet(const LabelSweep& up, const LabelSweep& down, std::span<std::uint32_t> distances) {
  std::size_t other = 0;
  for (std::size_t k = 0; k < up.places().size(); ++k) {
    while (other < down.places().size() && down.places()[other] < up.places()[k]) {
      ++other;
    }
    if (other == down.places().size() || down.places()[other] != up.places()[k]) {
      continue;
    }
    for (std::size_t lane = 0; lane < distances.size(); ++lane) {
      distances[lane] = std::min(distances[lane], up.distances()[k].at[lane] + down.distances()[other].at[lane]);
    }
  }
}

TEST_P(LuxembourgQueriesRealData, AllHundredThousandAreExact) {
  std::vector<std::uint32_t> found(sources_.size(), kNoPath);
  LabelSweep up(roads_->hierarchy);
  LabelSweep down(roads_->hierarchy);
  for (std::size_t begin = 0; begin < found.size(); begin += kLanes) {
    const std::size_t count = std::min(kLanes, found.size() - begin);
    std::vector<Terminal> starts;
    std::vector<Terminal> ends;
    for (std::size_t k = begin; k < begin + count; ++k) {
      starts.push_back({sources_[k], 0});
      ends.push_back({targets_[k], 0});
    }
    up.run(Direction::forward, views(starts), kNoPath - 1);
    down.run(Direction::backward, views(ends), kNoPath - 1);
    meet(up, down, std::span{found}.subspan(begin, count));
  }
  std::size_t differ = 0;
  for (std::size_t k = 0; k < found.size(); ++k) {
    differ += found[k] != lengths_[k] ? 1 : 0;
  }
  EXPECT_EQ(differ, 0U);
}

TEST_P(LuxembourgQueriesRealData, TablesHoldThemAndDijkstraAgrees) {
  constexpr std::size_t kQueries = 2'000;
  Csr<OriginIndex, Terminal> origins;
  Csr<FacilityIndex, Terminal> facilities;
  for (std::size_t k = 0; k < kQueries; ++k) {
    origins.push_row(std::vector<Terminal>{{sources_[k], 0}});
    facilities.push_row(std::vector<Terminal>{{targets_[k], 0}});
  }
  std::vector<std::uint32_t> diagonal;
  stream_table(roads_->hierarchy, origins, facilities, {}, [&](const OriginIndex first, const auto rows) {
    for (std::size_t row = 0; row * kQueries < rows.size(); ++row) {
      diagonal.push_back(rows[row * kQueries + first.value() + row]);
    }
  });
  EXPECT_EQ(diagonal, std::vector<std::uint32_t>(lengths_.begin(), lengths_.begin() + kQueries));
  const MoveLists lists = make_move_lists(roads_->graph, roads_->weights, Direction::forward);
  std::vector<std::uint32_t> searched(kQueries);
  parallel_for_blocks(kQueries, 100, [&](const std::size_t begin, const std::size_t end) {
    DijkstraQuery query(lists);
    for (std::size_t k = begin; k < end; ++k) {
      query.run(origins[OriginIndex{k}]);
      searched[k] = query.distance(targets_[k]);
    }
  });
  EXPECT_EQ(searched, diagonal);
}

INSTANTIATE_TEST_SUITE_P(Metrics, LuxembourgQueriesRealData,
                         ::testing::Values(RoadMetric::travel_time_ms, RoadMetric::length_cm), [](const auto& test) {
                           return std::string{test.param == RoadMetric::travel_time_ms ? "time" : "length"};
                         });

}  // namespace
}  // namespace maillage
