#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

#include "engine/core/csr.hpp"
#include "engine/network/contraction_hierarchy.hpp"
#include "engine/network/dijkstra.hpp"
#include "engine/network/travel_costs.hpp"

namespace maillage {

/// Consecutive origins from `first_origin`: their rows, one after another, a distance per facility; kNoPath where there is
/// no path within the cutoff.
/// They may be written to.
using TableBlock = std::function<void(OriginIndex first_origin, std::span<std::uint32_t> rows)>;

struct TableOptions {
  Direction direction = Direction::forward;  ///< forward: from origins to facilities; backward: the way back
  std::uint32_t cutoff = kNoPath - 1;        ///< longer distances are kNoPath; closed
  /// Per origin and per facility, where it lies along a curve that fills the plane: those that are swept together should lie
  /// together. Empty: by their places in the hierarchy, which takes a tenth longer.
  std::span<const std::uint64_t> origin_keys{};
  std::span<const std::uint64_t> facility_keys{};
  std::size_t block_bytes = std::size_t{64} << 20U;  ///< memory of one block of rows; at least 32 rows are held
};

/// All distances from every origin to every facility, streamed in blocks of origins. Method: labels of 32 origins or
/// facilities at a time (LabelSweep), the facilities' labels in buckets by place, groups of 32 joined with groups of 32 in
/// vector lanes (LabelJoin). Same rows for any number of threads.
/// \param origins     per origin, where its trips start and what they have cost till there
/// \param facilities  per facility, where trips end and what is left to pay
/// Cost: O((origins + facilities) x label search + pairs x places that serve two groups); memory: one block, the
/// facilities' labels (128 bytes a place of 32 facilities' labels, some 3 KiB a facility), and per thread 4 bytes a state
/// and 32 rows.
void stream_table(const ContractionHierarchy& hierarchy, const Csr<OriginIndex, Terminal>& origins,
                  const Csr<FacilityIndex, Terminal>& facilities, const TableOptions& options, const TableBlock& visit);

}  // namespace maillage
