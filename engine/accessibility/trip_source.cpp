#include "engine/accessibility/trip_source.hpp"

#include <memory>
#include <utility>

namespace maillage {

namespace {

/// So many trips at a time that what measures note of them stays at hand.
constexpr std::size_t kBlockTrips = std::size_t{1} << 17U;

void walk_blocks(const Csr<OriginIndex, Reach>& trips, const TripSource::Visit& visit) {
  std::size_t begin = 0;
  std::size_t count = 0;
  for (std::size_t row = 0; row < trips.rows(); ++row) {
    count += trips[OriginIndex{row}].size();
    if (count >= kBlockTrips || row + 1 == trips.rows()) {
      visit({OriginIndex{begin}, trips, begin, row + 1});
      begin = row + 1;
      count = 0;
    }
  }
}

}  // namespace

TripSource make_trip_source(Csr<OriginIndex, Reach> trips, const std::size_t facilities) {
  const std::size_t origins = trips.rows();
  auto kept = std::make_shared<const Csr<OriginIndex, Reach>>(std::move(trips));
  return {origins, facilities, [kept](const TripSource::Visit& visit) { walk_blocks(*kept, visit); }};
}

TripSource make_trip_source(const TravelModel& model, const TravelPlaces& origins, const TravelPlaces& facilities,
                            const Cost limit, const std::size_t budget_bytes, const ReachOrder order) {
  struct TooMany {};
  Csr<OriginIndex, Reach> kept;
  bool fits = true;
  try {
    stream_reach(
        model, origins, facilities, limit,
        [&](OriginIndex, const Csr<OriginIndex, Reach>& block) {
          if ((kept.values().size() + block.values().size()) * sizeof(Reach) > budget_bytes) {
            throw TooMany{};
          }
          for (const OriginIndex origin : block.indices()) {
            kept.push_row(block[origin]);
          }
        },
        order);
  } catch (const TooMany&) {
    fits = false;
  }
  if (fits) {
    return make_trip_source(std::move(kept), facilities.positions.size());
  }
  return {origins.positions.size(), facilities.positions.size(),
          [model, origins, facilities, limit, order](const TripSource::Visit& visit) {
            stream_reach(
                model, origins, facilities, limit,
                [&](const OriginIndex first, const Csr<OriginIndex, Reach>& block) {
                  visit({first, block, 0, block.rows()});
                },
                order);
          }};
}

}  // namespace maillage
