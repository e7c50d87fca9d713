#include "engine/network/travel_table.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/core/parallel.hpp"
#include "engine/network/label_sweep.hpp"
#include "engine/network/lanes.hpp"

namespace maillage {

namespace {

constexpr std::uint32_t kNoBucket = 0xffffffffU;
constexpr std::size_t kTileFacilities = 6144;  // 32 lanes of distances to a tile stay in the second-level cache

struct BucketEntry {
  std::uint32_t facility;  ///< position in its tile
  std::uint32_t distance;
};

/// Positions ordered by where in the hierarchy they start: those of a batch then share most of their search.
template <typename I>
std::vector<std::uint32_t> order_by_place(const ContractionHierarchy& hierarchy, const Csr<I, Terminal>& terminals,
                                          const std::size_t begin, const std::size_t end) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> keyed;
  keyed.reserve(end - begin);
  for (std::size_t k = begin; k < end; ++k) {
    const auto row = terminals[I{k}];
    keyed.emplace_back(row.empty() ? 0xffffffffU : hierarchy.place_of_state[row.front().state],
                       static_cast<std::uint32_t>(k));
  }
  std::sort(keyed.begin(), keyed.end());
  std::vector<std::uint32_t> order(keyed.size());
  std::transform(keyed.begin(), keyed.end(), order.begin(), [](const auto& entry) { return entry.second; });
  return order;
}

template <typename I>
std::vector<std::span<const Terminal>> batch_of(const Csr<I, Terminal>& terminals,
                                                const std::span<const std::uint32_t> members) {
  std::vector<std::span<const Terminal>> batch;
  for (const std::uint32_t member : members) {
    batch.push_back(terminals[I{std::size_t{member}}]);
  }
  return batch;
}

/// Labels of the facilities of one tile, by the place they were met at, then by facility.
struct Tile {
  std::uint32_t first_facility = 0;
  std::uint32_t facilities = 0;
  std::vector<std::uint32_t> bucket_of_place;
  std::vector<std::uint32_t> first;  ///< buckets + 1
  std::vector<BucketEntry> entries;
};

struct Label {
  std::uint32_t facility;
  std::uint32_t place;
  std::uint32_t distance;
};

/// Sweeps the facilities of a tile, batch by batch on all threads. \returns labels by batch
std::vector<std::vector<Label>> facility_labels(const Csr<FacilityIndex, Terminal>& facilities,
                                                const std::span<const std::uint32_t> order, const std::uint32_t cutoff,
                                                tbb::enumerable_thread_specific<LabelSweep>& sweeps) {
  std::vector<std::vector<Label>> labels((order.size() + kLanes - 1) / kLanes);
  parallel_for_blocks(order.size(), kLanes, [&](const std::size_t begin, const std::size_t end) {
    LabelSweep& sweep = sweeps.local();
    const auto members = order.subspan(begin, end - begin);
    sweep.run(batch_of(facilities, members), cutoff);
    std::vector<Label>& own = labels[begin / kLanes];
    for (std::size_t k = 0; k < sweep.places().size(); ++k) {
      const Lanes& distances = sweep.distances(k);
      for (std::size_t lane = 0; lane < members.size(); ++lane) {
        if (distances.at[lane] != kNoPath) {
          own.push_back({members[lane], sweep.places()[k], distances.at[lane]});
        }
      }
    }
  });
  return labels;
}

Tile make_tile(const ContractionHierarchy& hierarchy, const Csr<FacilityIndex, Terminal>& facilities,
               const std::uint32_t first, const std::uint32_t count, const std::uint32_t cutoff,
               tbb::enumerable_thread_specific<LabelSweep>& sweeps) {
  Tile tile{first, count, std::vector<std::uint32_t>(hierarchy.places(), kNoBucket), {0}, {}};
  const auto order = order_by_place(hierarchy, facilities, first, std::size_t{first} + count);
  std::vector<std::vector<Label>> labels = facility_labels(facilities, order, cutoff, sweeps);
  // Two counting sorts: by facility, so that a bucket is in facility order, then by bucket.
  std::vector<std::uint32_t> of_facility(count + 1);
  std::size_t total = 0;
  for (const std::vector<Label>& batch : labels) {
    total += batch.size();
    for (const Label& label : batch) {
      ++of_facility[label.facility - first + 1];
      std::uint32_t& bucket = tile.bucket_of_place[label.place];
      if (bucket == kNoBucket) {
        bucket = static_cast<std::uint32_t>(tile.first.size() - 1);
        tile.first.push_back(0);
      }
      ++tile.first[bucket + 1];
    }
  }
  std::partial_sum(of_facility.begin(), of_facility.end(), of_facility.begin());
  std::partial_sum(tile.first.begin(), tile.first.end(), tile.first.begin());
  std::vector<Label> by_facility(total);
  for (const std::vector<Label>& batch : labels) {
    for (const Label& label : batch) {
      by_facility[of_facility[label.facility - first]++] = label;
    }
  }
  labels.clear();
  tile.entries.resize(total);
  std::vector<std::uint32_t> next(tile.first.begin(), tile.first.end() - 1);
  for (const Label& label : by_facility) {
    tile.entries[next[tile.bucket_of_place[label.place]]++] = {label.facility - first, label.distance};
  }
  return tile;
}

/// Distances of one batch of origins to one tile of facilities, facility by facility.
MAILLAGE_LANE_KERNEL void join(const LabelSweep& sweep, const Tile& tile, Lanes* const columns) {
  for (std::uint32_t facility = 0; facility < tile.facilities; ++facility) {
    lanes::set_all(columns[facility], kNoPath);
  }
  const auto places = sweep.places();
  for (std::size_t k = 0; k < places.size(); ++k) {
    const std::uint32_t bucket = tile.bucket_of_place[places[k]];
    if (bucket == kNoBucket) {
      continue;
    }
    const lanes::Half* const own = reinterpret_cast<const lanes::Half*>(sweep.distances(k).at);
    const lanes::Half low = own[0];
    const lanes::Half high = own[1];
    const BucketEntry* const end = tile.entries.data() + tile.first[bucket + 1];
    for (const BucketEntry* entry = tile.entries.data() + tile.first[bucket]; entry != end; ++entry) {
      lanes::Half* const column = reinterpret_cast<lanes::Half*>(columns[entry->facility].at);
      const lanes::Half low_sum = low + entry->distance;
      const lanes::Half high_sum = high + entry->distance;
      column[0] = low_sum < column[0] ? low_sum : column[0];
      column[1] = high_sum < column[1] ? high_sum : column[1];
    }
  }
}

/// Writes the lanes of `columns` as rows, 16 facilities at a time so that both sides stay in the first-level cache.
MAILLAGE_LANE_KERNEL void write_rows(const Lanes* const columns, const std::size_t facilities, const std::uint32_t cutoff,
                                     std::uint32_t* const* const rows, const std::size_t lanes_used) {
  constexpr std::size_t kStep = 16;
  for (std::size_t begin = 0; begin < facilities; begin += kStep) {
    const std::size_t count = std::min(kStep, facilities - begin);
    for (std::size_t lane = 0; lane < lanes_used; ++lane) {
      std::uint32_t* const row = rows[lane] + begin;
      for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t distance = columns[begin + k].at[lane];
        row[k] = distance <= cutoff ? distance : kNoPath;
      }
    }
  }
}

struct OriginScratch {
  LabelSweep sweep;
  std::vector<Lanes> columns;
};

}  // namespace

void stream_table(const ContractionHierarchy& hierarchy, const Csr<OriginIndex, Terminal>& origins,
                  const Csr<FacilityIndex, Terminal>& facilities, const TableOptions& options, const TableBlock& visit) {
  const std::size_t width = facilities.rows();
  if (width == 0 || origins.rows() == 0) {
    return;
  }
  const std::uint32_t cutoff = std::min(options.cutoff, kNoPath - 1);
  std::vector<Tile> tiles;
  {
    tbb::enumerable_thread_specific<LabelSweep> sweeps([&] { return LabelSweep(hierarchy, opposite(options.direction)); });
    for (std::size_t first = 0; first < width; first += kTileFacilities) {
      tiles.push_back(make_tile(hierarchy, facilities, static_cast<std::uint32_t>(first),
                                static_cast<std::uint32_t>(std::min(kTileFacilities, width - first)), cutoff, sweeps));
    }
  }
  tbb::enumerable_thread_specific<OriginScratch> scratches([&] {
    return OriginScratch{LabelSweep(hierarchy, options.direction), std::vector<Lanes>(std::min(kTileFacilities, width))};
  });
  const std::size_t block = std::max(kLanes, options.block_bytes / (width * sizeof(std::uint32_t)));
  std::vector<std::uint32_t> rows(std::min(block, origins.rows()) * width);
  for (std::size_t first = 0; first < origins.rows(); first += block) {
    const std::size_t count = std::min(block, origins.rows() - first);
    const auto order = order_by_place(hierarchy, origins, first, first + count);
    parallel_for_blocks(count, kLanes, [&](const std::size_t begin, const std::size_t end) {
      OriginScratch& scratch = scratches.local();
      const auto members = std::span<const std::uint32_t>{order}.subspan(begin, end - begin);
      scratch.sweep.run(batch_of(origins, members), cutoff);
      for (const Tile& tile : tiles) {
        join(scratch.sweep, tile, scratch.columns.data());
        std::array<std::uint32_t*, kLanes> targets{};
        for (std::size_t lane = 0; lane < members.size(); ++lane) {
          targets[lane] = rows.data() + (members[lane] - first) * width + tile.first_facility;
        }
        write_rows(scratch.columns.data(), tile.facilities, cutoff, targets.data(), members.size());
      }
    });
    visit(OriginIndex{first}, std::span<const std::uint32_t>{rows}.first(count * width));
  }
}

}  // namespace maillage
