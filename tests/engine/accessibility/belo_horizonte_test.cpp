#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "engine/accessibility/accessibility.hpp"

/// The data that the R package "accessibility" ships (898 cells of Belo Horizonte, 748,437 trips; MIT), against its measures
/// as its documentation defines them, written out over a dense matrix without any of our code. Where we differ on purpose:
/// costs are whole seconds, which its tenths of minutes are exactly; its balancing cost steps by 1 minute and ours
/// stops at the very trip; its Theil index leaves zeros out of the population and ours does not.
namespace maillage {
namespace {

constexpr Cost kMinute = 60;

struct City {
  std::vector<double> population;
  std::vector<double> jobs;
  std::vector<std::vector<double>> minutes;  ///< to a tenth; -1: no trip
  Csr<OriginIndex, Reach> trips;
};

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream stream(line);
  for (std::string cell; std::getline(stream, cell, ',');) {
    cell.erase(std::remove_if(cell.begin(), cell.end(), [](const char c) { return c == '"' || c == '\r'; }), cell.end());
    cells.push_back(cell);
  }
  return cells;
}

std::size_t column(const std::vector<std::string>& header, const std::string& name) {
  return static_cast<std::size_t>(std::find(header.begin(), header.end(), name) - header.begin());
}

City read_city(const std::filesystem::path& folder) {
  City city;
  std::map<std::string, std::uint32_t> cell_of;
  std::ifstream land(folder / "land_use_data.csv");
  std::string line;
  std::getline(land, line);
  const auto names = cells_of(line);
  while (std::getline(land, line)) {
    const auto cells = cells_of(line);
    cell_of.emplace(cells[column(names, "id")], static_cast<std::uint32_t>(cell_of.size()));
    city.population.push_back(std::stod(cells[column(names, "population")]));
    city.jobs.push_back(std::stod(cells[column(names, "jobs")]));
  }
  city.minutes.assign(cell_of.size(), std::vector<double>(cell_of.size(), -1));
  std::ifstream matrix(folder / "travel_matrix.csv");
  std::getline(matrix, line);
  const auto header = cells_of(line);
  const std::size_t from = column(header, "from_id");
  const std::size_t to = column(header, "to_id");
  const std::size_t time = column(header, "travel_time");
  while (std::getline(matrix, line)) {
    const auto cells = cells_of(line);
    const auto i = cell_of.find(cells[from]);
    const auto j = cell_of.find(cells[to]);
    if (i != cell_of.end() && j != cell_of.end()) {
      city.minutes[i->second][j->second] = std::stod(cells[time]);
    }
  }
  std::vector<Reach> row;
  for (const auto& minutes : city.minutes) {
    row.clear();
    for (std::size_t j = 0; j < minutes.size(); ++j) {
      if (minutes[j] >= 0) {
        row.push_back({FacilityIndex{j}, static_cast<Cost>(std::lround(minutes[j] * kMinute))});
      }
    }
    std::ranges::sort(
        row, [](const Reach& a, const Reach& b) { return a.cost != b.cost ? a.cost < b.cost : a.facility < b.facility; });
    city.trips.push_row(row);
  }
  return city;
}

class BeloHorizonteRealData : public testing::Test {
 protected:
  void SetUp() override {
    const std::filesystem::path folder = std::filesystem::path{MAILLAGE_SHARED_DATA} / "accessibility/belo-horizonte";
    if (!std::filesystem::exists(folder / "travel_matrix.csv")) {
      GTEST_SKIP() << "no " << folder;
    }
    city_ = read_city(folder);
  }

  [[nodiscard]] AccessResult ours(const AccessMeasure& measure) const {
    return measure_access(make_trip_source(city_.trips, city_.jobs.size()),
                          {.population = city_.population, .supply = city_.jobs}, {&measure, 1})
        .front();
  }

  void expect_same(const std::vector<double>& ours, const std::vector<double>& theirs) const {
    ASSERT_EQ(ours.size(), theirs.size());
    for (std::size_t i = 0; i < ours.size(); ++i) {
      if (std::isnan(theirs[i])) {
        EXPECT_TRUE(std::isnan(ours[i])) << i;
      } else {
        EXPECT_NEAR(ours[i], theirs[i], 1e-10 * std::max(1.0, std::abs(theirs[i]))) << i;
      }
    }
  }

  template <typename Weight>
  [[nodiscard]] std::vector<double> gravity(const Weight& weight) const {
    std::vector<double> access(city_.minutes.size());
    for (std::size_t i = 0; i < access.size(); ++i) {
      for (std::size_t j = 0; j < access.size(); ++j) {
        access[i] += city_.minutes[i][j] < 0 ? 0 : city_.jobs[j] * weight(city_.minutes[i][j]);
      }
    }
    return access;
  }

  City city_;
};

TEST_F(BeloHorizonteRealData, HasItsCellsAndTrips) {
  EXPECT_EQ(city_.population.size(), 898U);
  EXPECT_EQ(city_.trips.values().size(), 748'437U);
}

TEST_F(BeloHorizonteRealData, CumulativeIsTheirs) {
  expect_same(ours(CumulativeAccess{.cutoff = 30 * kMinute}).of_origin,
              gravity([](const double t) { return t <= 30 ? 1.0 : 0.0; }));
}

TEST_F(BeloHorizonteRealData, GravityIsTheirsUnderTheirDecays) {
  const Cost all = 10'000 * kMinute;
  expect_same(ours(GravityAccess{.decay = {.kind = ExponentialDecay{.rate = 0.1 / kMinute}, .farthest = all}}).of_origin,
              gravity([](const double t) { return std::exp(-0.1 * t); }));
  expect_same(ours(GravityAccess{.decay = {.kind = LinearDecay{}, .farthest = 40 * kMinute}}).of_origin,
              gravity([](const double t) { return t <= 40 ? 1 - t / 40 : 0.0; }));
  expect_same(ours(GravityAccess{.decay = {.kind = InversePowerDecay{.exponent = 1.2, .scale = kMinute}, .farthest = all}})
                  .of_origin,
              gravity([](const double t) { return t == 0 ? 1.0 : std::min(1.0, std::pow(t, -1.2)); }));
  expect_same(
      ours(GravityAccess{
               .decay = {.kind = LogisticDecay{.middle = 30.0 * kMinute, .deviation = 10.0 * kMinute}, .farthest = all}})
          .of_origin,
      gravity([](const double t) {
        const auto g = [](const double at) { return 1 + std::exp((at - 30) * std::acos(-1.0) / (10 * std::sqrt(3.0))); };
        return g(0) / g(t);
      }));
}

TEST_F(BeloHorizonteRealData, CostToTheNearestWithJobsIsTheirs) {
  for (const std::uint32_t k : {1U, 3U}) {
    std::vector<double> theirs;
    for (const auto& minutes : city_.minutes) {
      std::vector<double> found;
      for (std::size_t j = 0; j < minutes.size(); ++j) {
        if (minutes[j] >= 0 && city_.jobs[j] > 0) {
          found.push_back(minutes[j]);
        }
      }
      std::ranges::sort(found);
      theirs.push_back(found.size() < k ? std::nan("") : std::round(found[k - 1] * kMinute));
    }
    expect_same(ours(CostToKth{.k = k}).of_origin, theirs);
  }
}

TEST_F(BeloHorizonteRealData, FloatingCatchmentsAreTheirs) {
  const std::size_t n = city_.population.size();
  std::vector<double> two_step(n);
  std::vector<double> balanced(n);
  const auto weight = [&](const std::size_t i, const std::size_t j) {
    const double t = city_.minutes[i][j];
    return t < 0 ? 0 : t <= 10 ? 1 : t <= 20 ? 0.68 : t <= 30 ? 0.22 : 0;
  };
  std::vector<double> of_row(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      of_row[i] += city_.jobs[j] > 0 ? weight(i, j) : 0;
    }
  }
  for (std::size_t j = 0; j < n; ++j) {
    double in_reach = 0;
    double share = 0;
    double of_column = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const double t = city_.minutes[i][j];
      in_reach += t >= 0 && t <= 30 ? city_.population[i] : 0;
      share += weight(i, j) > 0 && city_.jobs[j] > 0 ? city_.population[i] * weight(i, j) / of_row[i] : 0;
      of_column += weight(i, j);
    }
    for (std::size_t i = 0; i < n; ++i) {
      const double t = city_.minutes[i][j];
      two_step[i] += t >= 0 && t <= 30 && in_reach > 0 ? city_.jobs[j] / in_reach : 0;
      balanced[i] += weight(i, j) > 0 && share > 0 ? city_.jobs[j] / share * weight(i, j) / of_column : 0;
    }
  }
  expect_same(ours(FloatingCatchment{.decay = {.kind = BinaryDecay{}, .farthest = 30 * kMinute}}).of_origin, two_step);
  const SteppedDecay steps{{{10 * kMinute, 1}, {20 * kMinute, 0.68}, {30 * kMinute, 0.22}}};
  expect_same(ours(BalancedCatchment{.decay = {.kind = steps, .farthest = 30 * kMinute}}).of_origin, balanced);
}

}  // namespace
}  // namespace maillage
