#include "adapters/osm/road_draft.hpp"

#include <algorithm>

#include "engine/core/parallel.hpp"

namespace maillage {

namespace {

std::vector<std::int64_t> drop_duplicates(std::vector<WayDraft>& ways) {
  std::ranges::stable_sort(ways, {}, &WayDraft::id);
  std::vector<std::int64_t> dropped;
  for (std::size_t i = 1; i < ways.size(); ++i) {
    if (ways[i].id == ways[i - 1].id) {
      dropped.push_back(ways[i].id);
    }
  }
  const auto rest = std::ranges::unique(ways, {}, &WayDraft::id);
  ways.erase(rest.begin(), rest.end());
  return dropped;
}

}  // namespace

std::uint32_t node_number(const RoadDraft& draft, const std::int64_t id) {
  const auto found = std::ranges::lower_bound(draft.node_ids, id);
  return found != draft.node_ids.end() && *found == id ? static_cast<std::uint32_t>(found - draft.node_ids.begin())
                                                       : kNoNumber;
}

std::vector<std::int64_t> number_nodes(RoadDraft& draft) {
  std::vector<std::int64_t> dropped = drop_duplicates(draft.ways);
  std::ranges::stable_sort(draft.restrictions, {}, &RestrictionDraft::id);
  std::ranges::sort(draft.closed_way_ids);
  draft.node_ids = draft.ref_ids;
  std::ranges::sort(draft.node_ids);
  const auto rest = std::ranges::unique(draft.node_ids);
  draft.node_ids.erase(rest.begin(), rest.end());
  draft.node_ids.shrink_to_fit();
  draft.refs.resize(draft.ref_ids.size());
  constexpr std::size_t kGrain = std::size_t{1} << 16U;
  parallel_for_blocks(draft.refs.size(), kGrain, [&draft](const std::size_t begin, const std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
      draft.refs[i] = node_number(draft, draft.ref_ids[i]);
    }
  });
  std::vector<std::int64_t>{}.swap(draft.ref_ids);
  draft.locations.resize(draft.node_ids.size());
  return dropped;
}

}  // namespace maillage
