#include "engine/accessibility/trip_sums.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/parallel.hpp"

namespace maillage::access {
namespace {

constexpr std::size_t kOrigins = 3'000;
constexpr std::size_t kFacilities = 200;

Csr<OriginIndex, Reach> random_trips() {
  std::mt19937 random(3);
  Csr<OriginIndex, Reach> trips;
  for (std::size_t origin = 0; origin < kOrigins; ++origin) {
    std::vector<Reach> row(random() % 40);
    for (Reach& trip : row) {
      trip = {FacilityIndex{random() % kFacilities}, static_cast<Cost>(random() % 120)};
    }
    trips.push_row(row);
  }
  return trips;
}

std::vector<double> random_amounts(const std::size_t count, const unsigned seed) {
  std::mt19937 random(seed);
  std::vector<double> amounts(count);
  for (double& amount : amounts) {
    amount = random() % 7 == 0 ? 0 : static_cast<double>(random()) / 1e6;
  }
  return amounts;
}

struct Sums {
  std::vector<std::vector<double>> of_origin;
  std::vector<std::vector<double>> of_facility;
};

/// `count` sums of each kind, each sum per facility shared out by the sum per origin of the same number.
Sums add_up(const Csr<OriginIndex, Reach>& trips, const std::size_t first, const std::size_t count,
            const std::size_t threads) {
  const ThreadLimit limit(threads);
  WeightPool pool;
  const std::vector<double> supply = random_amounts(kFacilities, 1);
  TripSums sums{kOrigins, supply};
  std::vector<TripSums::PerOrigin> per_origin;
  std::vector<TripSums::PerFacility> per_facility;
  for (std::size_t k = first; k < first + count; ++k) {
    const CostWeights& weights = pool.of({.decay = {LinearDecay{}, static_cast<Cost>(40 + 3 * k)}});
    per_origin.push_back(sums.per_origin(weights, random_amounts(kFacilities, static_cast<unsigned>(k % 5))));
    per_facility.push_back(sums.per_facility(weights, random_amounts(kOrigins, static_cast<unsigned>(k)), per_origin.back()));
  }
  sums.start();
  make_trip_source(trips, kFacilities).each_block([&](const TripRows& rows) {
    sums.add_per_origin(rows);
    for (std::size_t part = 0; part < sums.facility_parts(); ++part) {
      sums.add_per_facility(part, rows);
    }
  });
  Sums result;
  for (std::size_t k = 0; k < count; ++k) {
    const auto of_origin = sums.of(per_origin[k]);
    result.of_origin.emplace_back(of_origin.begin(), of_origin.end());
    result.of_facility.push_back(sums.of(per_facility[k]));
  }
  return result;
}

TEST(TripSums, AreTheSumsWrittenOut) {
  const auto trips = random_trips();
  const Sums sums = add_up(trips, 0, 11, 2);
  for (std::size_t k = 0; k < 11; ++k) {
    const Decay decay{LinearDecay{}, static_cast<Cost>(40 + 3 * k)};
    const std::vector<double> of_facility = random_amounts(kFacilities, static_cast<unsigned>(k % 5));
    const std::vector<double> of_origin = random_amounts(kOrigins, static_cast<unsigned>(k));
    std::vector<CompensatedSum> come(kFacilities);
    for (std::size_t origin = 0; origin < kOrigins; ++origin) {
      CompensatedSum sum;
      for (const Reach& trip : trips[OriginIndex{origin}]) {
        sum.add(decay_weight(decay, trip.cost) * of_facility[trip.facility.value()]);
      }
      EXPECT_EQ(sums.of_origin[k][origin], sum.value()) << "to the last bit";
      for (const Reach& trip : trips[OriginIndex{origin}]) {
        come[trip.facility.value()].add(
            sum.value() > 0 ? decay_weight(decay, trip.cost) * (of_origin[origin] / sum.value()) : 0);
      }
    }
    for (std::size_t facility = 0; facility < kFacilities; ++facility) {
      EXPECT_EQ(sums.of_facility[k][facility], come[facility].value()) << k;
    }
  }
}

TEST(TripSums, AreTheSameAloneInCompanyAndOnAnyThreads) {
  const auto trips = random_trips();
  const Sums together = add_up(trips, 0, 19, 2);
  const Sums on_one = add_up(trips, 0, 19, 1);
  EXPECT_EQ(together.of_origin, on_one.of_origin);
  EXPECT_EQ(together.of_facility, on_one.of_facility);
  for (std::size_t k = 0; k < 19; ++k) {
    const Sums alone = add_up(trips, k, 1, 1);
    EXPECT_EQ(alone.of_origin.front(), together.of_origin[k]) << k;
    EXPECT_EQ(alone.of_facility.front(), together.of_facility[k]) << k;
  }
}

TEST(TripSums, AddEqualSumsUpOnce) {
  WeightPool pool;
  const std::vector<double> supply{1, 2};
  TripSums sums{3, supply};
  const CostWeights& weights = pool.of({.decay = {BinaryDecay{}, 10}});
  const auto first = sums.per_origin(weights, {4, 5});
  EXPECT_EQ(sums.per_origin(weights, {4, 5}).slot, first.slot);
  EXPECT_NE(sums.per_origin(weights, {4, 6}).slot, first.slot);
  EXPECT_NE(sums.per_origin(pool.of({.decay = {BinaryDecay{}, 11}}), {4, 5}).slot, first.slot);
  const auto plain = sums.per_facility(weights, {1, 1, 1});
  EXPECT_EQ(sums.per_facility(weights, {1, 1, 1}).slot, plain.slot);
  EXPECT_NE(sums.per_facility(weights, {1, 1, 1}, first).slot, plain.slot);
}

TEST(TripSums, TellWhoIsReachedAtAWeightAboveNothing) {
  // The nearest facility has no supply; the next counts only where the weights say so.
  const Csr<OriginIndex, Reach> trips({0, 2, 3, 3}, {{FacilityIndex{0U}, 1}, {FacilityIndex{1U}, 5}, {FacilityIndex{1U}, 3}});
  WeightPool pool;
  const std::vector<double> supply{0, 2};
  TripSums sums{3, supply};
  const auto near = sums.reached(pool.of({.decay = {BinaryDecay{}, 4}}));
  const auto far = sums.reached(pool.of({.decay = {SteppedDecay{{{4, 0}, {9, 1}}}, 9}}));
  sums.start();
  make_trip_source(trips, 2).each_block([&](const TripRows& rows) { sums.add_per_origin(rows); });
  EXPECT_FALSE(sums.is_reached(near, OriginIndex{0U}));
  EXPECT_TRUE(sums.is_reached(far, OriginIndex{0U}));
  EXPECT_TRUE(sums.is_reached(near, OriginIndex{1U}));
  EXPECT_FALSE(sums.is_reached(far, OriginIndex{1U}));
  EXPECT_FALSE(sums.is_reached(near, OriginIndex{2U}));
}

}  // namespace
}  // namespace maillage::access
