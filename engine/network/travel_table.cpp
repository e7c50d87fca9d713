#include "engine/network/travel_table.hpp"

#include <tbb/enumerable_thread_specific.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
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

/// Positions ordered by key, or else by where in the hierarchy they start: those of a batch then share most of their search.
template <typename I>
std::vector<std::uint32_t> order_of(const ContractionHierarchy& hierarchy, const Csr<I, Terminal>& terminals,
                                    const std::span<const std::uint64_t> keys, const std::size_t begin,
                                    const std::size_t end) {
  std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
  keyed.reserve(end - begin);
  for (std::size_t k = begin; k < end; ++k) {
    const auto row = terminals[I{k}];
    const std::uint64_t place = row.empty() ? 0xffffffffU : hierarchy.place_of_state[row.front().state];
    keyed.emplace_back(keys.empty() ? place : keys[k], static_cast<std::uint32_t>(k));
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
               const TableOptions& options, const std::uint32_t first, const std::uint32_t count,
               tbb::enumerable_thread_specific<LabelSweep>& sweeps) {
  Tile tile{first, count, std::vector<std::uint32_t>(hierarchy.places(), kNoBucket), {0}, {}};
  const auto order = order_of(hierarchy, facilities, options.facility_keys, first, std::size_t{first} + count);
  std::vector<std::vector<Label>> labels = facility_labels(facilities, order, options.cutoff, sweeps);
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

/// Which halves of the lanes have a label.
enum class Halves : std::uint8_t { low, high, both };

/// columns[facility] = min(columns[facility], own + the facility's distance), for the entries of one bucket.
template <Halves kHalves>
[[gnu::always_inline]] inline void join_bucket(const Lanes& own, const BucketEntry* entry, const BucketEntry* const end,
                                               Lanes* const columns) {
  const lanes::Half* const half = reinterpret_cast<const lanes::Half*>(own.at);
  const lanes::Half low = half[0];
  const lanes::Half high = half[1];
  for (; entry != end; ++entry) {
    lanes::Half* const column = reinterpret_cast<lanes::Half*>(columns[entry->facility].at);
    if constexpr (kHalves != Halves::high) {
      const lanes::Half sum = low + entry->distance;
      column[0] = sum < column[0] ? sum : column[0];
    }
    if constexpr (kHalves != Halves::low) {
      const lanes::Half sum = high + entry->distance;
      column[1] = sum < column[1] ? sum : column[1];
    }
  }
}

/// Distances of one batch of origins to one tile of facilities, facility by facility. Origins that lie together meet the
/// lower places together: most of these are met by one half of the batch alone.
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
    const Lanes& own = sweep.distances(k);
    const BucketEntry* const begin = tile.entries.data() + tile.first[bucket];
    const BucketEntry* const end = tile.entries.data() + tile.first[bucket + 1];
    const bool low = !lanes::is_all<0>(own, kNoPath);
    const bool high = !lanes::is_all<1>(own, kNoPath);
    if (low && high) {
      join_bucket<Halves::both>(own, begin, end, columns);
    } else if (low) {
      join_bucket<Halves::low>(own, begin, end, columns);
    } else {
      join_bucket<Halves::high>(own, begin, end, columns);
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
  std::vector<Tile> tiles;
  {
    tbb::enumerable_thread_specific<LabelSweep> sweeps([&] { return LabelSweep(hierarchy, opposite(options.direction)); });
    for (std::size_t first = 0; first < width; first += kTileFacilities) {
      tiles.push_back(make_tile(hierarchy, facilities, options, static_cast<std::uint32_t>(first),
                                static_cast<std::uint32_t>(std::min(kTileFacilities, width - first)), sweeps));
    }
  }
  tbb::enumerable_thread_specific<OriginScratch> scratches([&] {
    return OriginScratch{LabelSweep(hierarchy, options.direction), std::vector<Lanes>(std::min(kTileFacilities, width))};
  });
  const std::size_t block = std::max(kLanes, options.block_bytes / (width * sizeof(std::uint32_t)));
  std::vector<std::uint32_t> rows(std::min(block, origins.rows()) * width);
  for (std::size_t first = 0; first < origins.rows(); first += block) {
    const std::size_t count = std::min(block, origins.rows() - first);
    const auto order = order_of(hierarchy, origins, options.origin_keys, first, first + count);
    parallel_for_blocks(count, kLanes, [&](const std::size_t begin, const std::size_t end) {
      OriginScratch& scratch = scratches.local();
      const auto members = std::span<const std::uint32_t>{order}.subspan(begin, end - begin);
      scratch.sweep.run(batch_of(origins, members), options.cutoff);
      for (const Tile& tile : tiles) {
        join(scratch.sweep, tile, scratch.columns.data());
        std::array<std::uint32_t*, kLanes> targets{};
        for (std::size_t lane = 0; lane < members.size(); ++lane) {
          targets[lane] = rows.data() + (members[lane] - first) * width + tile.first_facility;
        }
        write_rows(scratch.columns.data(), tile.facilities, options.cutoff, targets.data(), members.size());
      }
    });
    visit(OriginIndex{first}, std::span{rows}.first(count * width));
  }
}

}  // namespace maillage
