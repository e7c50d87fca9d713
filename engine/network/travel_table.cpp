#include "engine/network/travel_table.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/large_array.hpp"
#include "engine/core/parallel.hpp"
#include "engine/network/label_join.hpp"
#include "engine/network/label_sweep.hpp"
#include "engine/network/lanes.hpp"

namespace maillage {

namespace {

/// Positions of what is on the network, ordered by key, or else by where in the hierarchy they start: those of a batch then
/// share most of their search.
template <typename I>
std::vector<std::uint32_t> order_of(const ContractionHierarchy& hierarchy, const Csr<I, Terminal>& terminals,
                                    const std::span<const std::uint64_t> keys, const std::size_t begin,
                                    const std::size_t end) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  keyed.reserve(end - begin);
  for (std::size_t k = begin; k < end; ++k) {
    if (const auto row = terminals[I{k}]; !row.empty()) {
      const std::uint64_t place = hierarchy.place_of_state[row.front().state];
      keyed.emplace_back(keys.empty() ? place : keys[k], static_cast<std::uint32_t>(k));
    }
  }
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::uint32_t> order(keyed.size());
  std::transform(keyed.begin(), keyed.end(), order.begin(), [](const auto& entry) { return entry.second; });
  return order;
}

template <typename I>
LabelGroup group_of(LabelSweep& sweep, const Direction direction, const Csr<I, Terminal>& terminals,
                    const std::span<const std::uint32_t> members, const std::uint32_t cutoff) {
  std::vector<std::span<const Terminal>> starts;
  for (const std::uint32_t member : members) {
    starts.push_back(terminals[I{std::size_t{member}}]);
  }
  sweep.run(direction, starts, cutoff);
  return make_label_group(sweep, starts.size());
}

/// row[k] = joined[columns[k]], or kNoPath beyond the cutoff.
MAILLAGE_LANE_KERNEL void write_row(const std::uint32_t* const __restrict joined,
                                    const std::span<const std::int32_t> columns, const std::uint32_t cutoff,
                                    std::uint32_t* const __restrict row) {
  const std::int32_t* const __restrict column = columns.data();
  const std::size_t count = columns.size();
  for (std::size_t k = 0; k < count; ++k) {
    const std::uint32_t distance = joined[column[k]];
    row[k] = distance <= cutoff ? distance : kNoPath;
  }
}

}  // namespace

void stream_table(const ContractionHierarchy& hierarchy, const Csr<OriginIndex, Terminal>& origins,
                  const Csr<FacilityIndex, Terminal>& facilities, const TableOptions& asked, const TableBlock& visit) {
  const std::size_t width = facilities.rows();
  if (width == 0 || origins.rows() == 0) {
    return;
  }
  if ((!asked.origin_keys.empty() && asked.origin_keys.size() != origins.rows()) ||
      (!asked.facility_keys.empty() && asked.facility_keys.size() != width)) {
    throw ArgumentError("table: not a key per origin or facility");
  }
  TableOptions options = asked;
  options.cutoff = std::min(asked.cutoff, kNoPath - 1);
  tbb::enumerable_thread_specific<LabelSweep> sweeps([&] { return LabelSweep(hierarchy); });
  const auto facility_order = order_of(hierarchy, facilities, options.facility_keys, 0, width);
  std::vector<LabelGroup> groups((facility_order.size() + kLanes - 1) / kLanes);
  parallel_for_blocks(facility_order.size(), kLanes, [&](const std::size_t begin, const std::size_t end) {
    groups[begin / kLanes] = group_of(sweeps.local(), opposite(options.direction), facilities,
                                      std::span{facility_order}.subspan(begin, end - begin), options.cutoff);
  });
  const LabelBuckets buckets(groups, hierarchy.places());
  std::vector<std::int32_t> columns(width, static_cast<std::int32_t>(groups.size() * kLanes));  // of kNoPath
  for (std::size_t k = 0; k < facility_order.size(); ++k) {
    columns[facility_order[k]] = static_cast<std::int32_t>(k);
  }
  tbb::enumerable_thread_specific<LabelJoin> joins([&] { return LabelJoin(buckets); });
  const std::size_t block =
      std::min(std::max(kLanes, options.block_bytes / (width * sizeof(std::uint32_t))), origins.rows());
  LargeArray<std::uint32_t> rows(block * width);
  for (std::size_t first = 0; first < origins.rows(); first += block) {
    const std::size_t count = std::min(block, origins.rows() - first);
    const auto order = order_of(hierarchy, origins, options.origin_keys, first, first + count);
    if (order.size() < count) {
      std::fill_n(rows.data(), count * width, kNoPath);
    }
    parallel_for_blocks(order.size(), kLanes, [&](const std::size_t begin, const std::size_t end) {
      const auto members = std::span{order}.subspan(begin, end - begin);
      LabelJoin& join = joins.local();
      join.run(group_of(sweeps.local(), options.direction, origins, members, options.cutoff), options.cutoff);
      for (std::size_t lane = 0; lane < members.size(); ++lane) {
        write_row(join.row(lane).data(), columns, options.cutoff, rows.data() + (members[lane] - first) * width);
      }
    });
    visit(OriginIndex{first}, rows.first(count * width));
  }
}

}  // namespace maillage
