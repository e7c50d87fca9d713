#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <utility>

#include "engine/network/travel_costs.hpp"

namespace maillage {

/// The trips of consecutive origins: a view.
class TripRows {
 public:
  /// \param first  the origin of row `begin`; \param rows  viewed
  TripRows(const OriginIndex first, const Csr<OriginIndex, Reach>& rows, const std::size_t begin, const std::size_t end)
      : first_(first), rows_(&rows), begin_(begin), end_(end) {}

  [[nodiscard]] std::size_t size() const { return end_ - begin_; }
  [[nodiscard]] OriginIndex origin(const std::size_t row) const { return OriginIndex{first_.value() + row}; }
  [[nodiscard]] std::span<const Reach> operator[](const std::size_t row) const { return (*rows_)[OriginIndex{begin_ + row}]; }

 private:
  OriginIndex first_;
  const Csr<OriginIndex, Reach>* rows_;
  std::size_t begin_;
  std::size_t end_;
};

/// The pairs (origin, facility, cost) that measures of accessibility are made of, origin by origin in order, each row by
/// (cost, facility) unless it was made otherwise. May be walked several times and always gives the same.
class TripSource {
 public:
  using Visit = std::function<void(const TripRows&)>;
  using Walk = std::function<void(const Visit&)>;

  /// \param walk  calls its argument for blocks that together hold every origin, those that reach nothing too, in order
  TripSource(std::size_t origins, std::size_t facilities, Walk walk)
      : origins_(origins), facilities_(facilities), walk_(std::move(walk)) {}

  [[nodiscard]] std::size_t origins() const { return origins_; }
  [[nodiscard]] std::size_t facilities() const { return facilities_; }
  void each_block(const Visit& visit) const { walk_(visit); }

 private:
  std::size_t origins_;
  std::size_t facilities_;
  Walk walk_;
};

/// All trips of a travel model up to `limit`. Those that fit into the budget are kept, 8 bytes a pair, and found once;
/// otherwise they are found anew on every walk, a block of origins at a time. \param places  viewed: must outlive the
/// source, as must what the model views
[[nodiscard]] TripSource make_trip_source(const TravelModel& model, const TravelPlaces& origins,
                                          const TravelPlaces& facilities, Cost limit, std::size_t budget_bytes,
                                          ReachOrder order = ReachOrder::by_cost);

/// Trips that are in memory already.
[[nodiscard]] TripSource make_trip_source(Csr<OriginIndex, Reach> trips, std::size_t facilities);

}  // namespace maillage
