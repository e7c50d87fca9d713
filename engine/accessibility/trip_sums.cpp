#include "engine/accessibility/trip_sums.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/lane_kernel.hpp"
#include "engine/core/parallel.hpp"

namespace maillage::access {

namespace {

constexpr std::size_t kLanes = 8;
/// So few sums as this are faster one by one than in lanes.
constexpr std::size_t kFew = 2;

using Lanes __attribute__((vector_size(kLanes * sizeof(double)))) = double;

/// What CompensatedSum does, in lanes: both find the rounding error exactly, Knuth's way needs no comparison.
/// \param last  the row of weights for all costs beyond
MAILLAGE_LANE_KERNEL void sum_row(const Reach* trip, const Reach* const end, const double* const weights,
                                  const std::size_t last, const double* const of_facility, double* const sums) {
  Lanes sum = {};
  Lanes correction = {};
  Lanes weight;
  Lanes amount;
  for (; trip != end; ++trip) {
    std::memcpy(&weight, weights + std::min<std::size_t>(trip->cost, last) * kLanes, sizeof(weight));
    std::memcpy(&amount, of_facility + std::size_t{trip->facility.value()} * kLanes, sizeof(amount));
    const Lanes value = weight * amount;
    const Lanes next = sum + value;
    const Lanes added = next - sum;
    correction += (sum - (next - added)) + (value - added);
    sum = next;
  }
  sum += correction;
  std::memcpy(sums, &sum, sizeof(sum));
}

MAILLAGE_LANE_KERNEL void share_row(const Reach* trip, const Reach* const end, const double* const weights,
                                    const std::size_t last, const double* const shares, double* const of_facility) {
  Lanes share;
  Lanes weight;
  Lanes sum;
  Lanes correction;
  std::memcpy(&share, shares, sizeof(share));
  for (; trip != end; ++trip) {
    double* const kept = of_facility + std::size_t{trip->facility.value()} * 2 * kLanes;
    std::memcpy(&weight, weights + std::min<std::size_t>(trip->cost, last) * kLanes, sizeof(weight));
    std::memcpy(&sum, kept, sizeof(sum));
    std::memcpy(&correction, kept + kLanes, sizeof(correction));
    const Lanes value = weight * share;
    const Lanes next = sum + value;
    const Lanes added = next - sum;
    correction += (sum - (next - added)) + (value - added);
    std::memcpy(kept, &next, sizeof(next));
    std::memcpy(kept + kLanes, &correction, sizeof(correction));
  }
}

double sum_of_row(const std::span<const Reach> trips, const CostWeights& weights, const std::vector<double>& of_facility) {
  CompensatedSum sum;
  const std::span<const double> of_cost = weights.values();
  for (const Reach& trip : trips) {
    if (trip.cost < of_cost.size()) {
      sum.add(of_cost[trip.cost] * of_facility[trip.facility.value()]);
    }
  }
  return sum.value();
}

void share_out_row(const std::span<const Reach> trips, const CostWeights& weights, const double share,
                   std::vector<double>& of_facility) {
  const std::span<const double> of_cost = weights.values();
  for (const Reach& trip : trips) {
    if (trip.cost >= of_cost.size()) {
      continue;
    }
    const double value = of_cost[trip.cost] * share;
    double* const kept = &of_facility[std::size_t{trip.facility.value()} * 2];
    const double next = kept[0] + value;
    const double added = next - kept[0];
    kept[1] += (kept[0] - (next - added)) + (value - added);
    kept[0] = next;
  }
}

/// Eight columns side by side, row after row; rows beyond the end of a column hold 0.
std::vector<double> side_by_side(const std::span<const std::span<const double>> columns, const std::size_t rows) {
  std::vector<double> values(rows * kLanes);
  for (std::size_t lane = 0; lane < columns.size(); ++lane) {
    for (std::size_t row = 0; row < columns[lane].size(); ++row) {
      values[row * kLanes + lane] = columns[lane][row];
    }
  }
  return values;
}

}  // namespace

std::vector<double> presence_of(const std::span<const double> supply) {
  std::vector<double> presence(supply.size());
  std::ranges::transform(supply, presence.begin(), [](const double amount) { return amount > 0 ? 1.0 : 0.0; });
  return presence;
}

TripSums::TripSums(const std::size_t origins, const std::span<const double> supply) : origins_(origins), supply_(supply) {}

TripSums::PerOrigin TripSums::per_origin(const CostWeights& weights, std::vector<double> of_facility) {
  const auto known = std::ranges::find_if(origin_sums_, [&](const OriginSum& sum) {
    return sum.weights == &weights && sum.of_facility == of_facility;
  });
  if (known == origin_sums_.end()) {
    origin_sums_.push_back({&weights, std::move(of_facility), std::vector<double>(origins_)});
    return {origin_sums_.size() - 1};
  }
  return {static_cast<std::size_t>(known - origin_sums_.begin())};
}

TripSums::PerFacility TripSums::per_facility(const CostWeights& weights, std::vector<double> of_origin,
                                             const std::optional<PerOrigin> shared_out) {
  const std::optional<std::size_t> slot = shared_out ? std::optional{shared_out->slot} : std::nullopt;
  const auto known = std::ranges::find_if(facility_sums_, [&](const FacilitySum& sum) {
    return sum.weights == &weights && sum.shared_out == slot && sum.of_origin == of_origin;
  });
  if (known == facility_sums_.end()) {
    facility_sums_.push_back({&weights, std::move(of_origin), slot});
    return {facility_sums_.size() - 1};
  }
  return {static_cast<std::size_t>(known - facility_sums_.begin())};
}

TripSums::Reached TripSums::reached(const CostWeights& weights) {
  Question question{&weights, {}};
  if (!weights.is_one_run()) {
    question.count = per_origin(weights, presence_of(supply_));
  }
  questions_.push_back(question);
  return {questions_.size() - 1};
}

template <typename Sum>
std::vector<TripSums::Group> TripSums::grouped(const std::vector<Sum>& sums) {
  std::vector<Group> groups;
  for (std::size_t first = 0; first < sums.size();) {
    const std::size_t left = sums.size() - first;
    const std::size_t count = left <= kFew ? 1 : std::min(left, kLanes);
    Group group;
    std::vector<std::span<const double>> columns;
    std::size_t costs = 0;
    for (std::size_t slot = first; slot < first + count; ++slot) {
      group.slots.push_back(slot);
      columns.push_back(sums[slot].weights->values());
      costs = std::max(costs, columns.back().size());
    }
    if (count == 1) {
      group.single = sums[first].weights;
    } else {
      group.weights = side_by_side(columns, costs + 1);
    }
    groups.push_back(std::move(group));
    first += count;
  }
  return groups;
}

void TripSums::start() {
  origin_groups_ = grouped(origin_sums_);
  for (Group& group : origin_groups_) {
    if (group.single == nullptr) {
      std::vector<std::span<const double>> columns;
      for (const std::size_t slot : group.slots) {
        columns.emplace_back(origin_sums_[slot].of_facility);
      }
      group.of_facility = side_by_side(columns, supply_.size());
    }
  }
  facility_groups_ = grouped(facility_sums_);
  for (Group& group : facility_groups_) {
    group.of_facility.assign(supply_.size() * 2 * (group.single == nullptr ? kLanes : 1), 0);
  }
  if (!questions_.empty()) {
    nearest_.assign(origins_, kUnreachable);
  }
}

void TripSums::note_nearest(const TripRows& rows, const std::size_t begin, const std::size_t end) {
  for (std::size_t row = begin; row < end; ++row) {
    Cost nearest = kUnreachable;
    for (const Reach& trip : rows[row]) {
      if (trip.cost < nearest && supply_[trip.facility.value()] > 0) {
        nearest = trip.cost;
      }
    }
    nearest_[rows.origin(row).value()] = nearest;
  }
}

void TripSums::add_rows(const Group& group, const TripRows& rows, const std::size_t begin, const std::size_t end) {
  if (group.single != nullptr) {
    OriginSum& sum = origin_sums_[group.slots.front()];
    for (std::size_t row = begin; row < end; ++row) {
      sum.values[rows.origin(row).value()] = sum_of_row(rows[row], *group.single, sum.of_facility);
    }
    return;
  }
  const std::size_t last = group.weights.size() / kLanes - 1;
  for (std::size_t row = begin; row < end; ++row) {
    double sums[kLanes];
    const std::span<const Reach> trips = rows[row];
    sum_row(trips.data(), trips.data() + trips.size(), group.weights.data(), last, group.of_facility.data(), sums);
    for (std::size_t lane = 0; lane < group.slots.size(); ++lane) {
      origin_sums_[group.slots[lane]].values[rows.origin(row).value()] = sums[lane];
    }
  }
}

void TripSums::add_per_origin(const TripRows& rows) {
  // Chunks of a group follow one another, so that its weights stay at hand.
  constexpr std::size_t kRows = 1024;
  const std::size_t chunks = (rows.size() + kRows - 1) / kRows;
  const std::size_t parts = origin_groups_.size() + (questions_.empty() ? 0 : 1);
  parallel_for_blocks(parts * chunks, 1, [&](const std::size_t first, const std::size_t last) {
    for (std::size_t task = first; task < last; ++task) {
      const std::size_t begin = task % chunks * kRows;
      const std::size_t end = std::min(begin + kRows, rows.size());
      if (const std::size_t part = task / chunks; part < origin_groups_.size()) {
        add_rows(origin_groups_[part], rows, begin, end);
      } else {
        note_nearest(rows, begin, end);
      }
    }
  });
}

double TripSums::share(const FacilitySum& sum, const OriginIndex origin) const {
  const double amount = sum.of_origin[origin.value()];
  if (!sum.shared_out) {
    return amount;
  }
  const double whole = origin_sums_[*sum.shared_out].values[origin.value()];
  return whole > 0 ? amount / whole : 0;
}

void TripSums::add_per_facility(const std::size_t part, const TripRows& rows) {
  Group& group = facility_groups_[part];
  for (std::size_t row = 0; row < rows.size(); ++row) {
    double shares[kLanes] = {};
    bool any = false;
    for (std::size_t lane = 0; lane < group.slots.size(); ++lane) {
      shares[lane] = share(facility_sums_[group.slots[lane]], rows.origin(row));
      any = any || shares[lane] != 0;
    }
    const std::span<const Reach> trips = rows[row];
    if (!any) {
      continue;
    }
    if (group.single != nullptr) {
      share_out_row(trips, *group.single, shares[0], group.of_facility);
    } else {
      share_row(trips.data(), trips.data() + trips.size(), group.weights.data(), group.weights.size() / kLanes - 1, shares,
                group.of_facility.data());
    }
  }
}

std::vector<double> TripSums::of(const PerFacility sum) const {
  std::vector<double> values(supply_.size());
  for (const Group& group : facility_groups_) {
    const auto lane = std::ranges::find(group.slots, sum.slot) - group.slots.begin();
    if (lane == static_cast<std::ptrdiff_t>(group.slots.size())) {
      continue;
    }
    const std::size_t lanes = group.single != nullptr ? 1 : kLanes;
    for (std::size_t facility = 0; facility < values.size(); ++facility) {
      const double* const kept = &group.of_facility[facility * 2 * lanes + static_cast<std::size_t>(lane)];
      values[facility] = kept[0] + kept[lanes];
    }
  }
  return values;
}

bool TripSums::is_reached(const Reached question, const OriginIndex origin) const {
  const Question& asked = questions_[question.number];
  return asked.count ? of(*asked.count)[origin.value()] > 0 : nearest_[origin.value()] < asked.weights->reach();
}

}  // namespace maillage::access
