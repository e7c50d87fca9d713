#include "engine/accessibility/trip_source.hpp"

#include <memory>
#include <utility>

namespace maillage {

namespace {

void walk_rows(const Csr<OriginIndex, Reach>& trips, const TripSource::Row& row) {
  for (const OriginIndex origin : trips.indices()) {
    row(origin, trips[origin]);
  }
}

}  // namespace

TripSource make_trip_source(Csr<OriginIndex, Reach> trips, const std::size_t facilities) {
  const std::size_t origins = trips.rows();
  auto kept = std::make_shared<const Csr<OriginIndex, Reach>>(std::move(trips));
  return {origins, facilities, [kept](const TripSource::Row& row) { walk_rows(*kept, row); }};
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
          [model, origins, facilities, limit, order](const TripSource::Row& row) {
            stream_reach(
                model, origins, facilities, limit,
                [&](const OriginIndex first, const Csr<OriginIndex, Reach>& block) {
                  for (const OriginIndex origin : block.indices()) {
                    row(OriginIndex{first.value() + origin.value()}, block[origin]);
                  }
                },
                order);
          }};
}

}  // namespace maillage
