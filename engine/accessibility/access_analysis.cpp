#include "engine/accessibility/access_analysis.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/coverage/demand_origins.hpp"

namespace maillage {

namespace {

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// People who start at each origin.
std::vector<double> people_of(const Territory& territory, const DemandOrigins& origins, const AccessDefinition& definition) {
  std::vector<double> people(origins.population.begin(), origins.population.end());
  if (definition.demand.empty()) {
    return people;
  }
  if (definition.demand.size() != territory.communes.size()) {
    throw ArgumentError("analyse_access: one demand per commune is needed");
  }
  IndexedVector<CommuneIndex, std::int64_t> inhabitants(territory.communes.size());
  for (std::size_t origin = 0; origin < origins.size(); ++origin) {
    inhabitants[origins.commune(origin)] += origins.population[origin];
  }
  for (std::size_t origin = 0; origin < origins.size(); ++origin) {
    const CommuneIndex commune = origins.commune(origin);
    const double demand = std::isnan(definition.demand[commune]) ? 0 : definition.demand[commune];
    if (inhabitants[commune] > 0) {
      people[origin] *= demand / static_cast<double>(inhabitants[commune]);
    } else {  // nobody lives there that the population knows of: they are at the commune's point
      people[origin] = origin == commune.value() ? demand : 0;
    }
  }
  return people;
}

/// Measures that share out a total: the parts of a commune add up.
bool is_shared_out(const AccessMeasure& measure) {
  const auto* availability = std::get_if<SpatialAvailability>(&measure);
  return std::holds_alternative<TotalConstrainedAccess>(measure) ||
         (availability != nullptr && !availability->per_inhabitant);
}

/// From origins to communes. The mean is over the people whose origin has a value; without people the commune's point tells.
std::vector<double> values_of_communes(const std::vector<double>& of_origin, const DemandOrigins& origins,
                                       const std::vector<double>& people, const std::size_t communes, const bool add_up) {
  std::vector<double> values(of_origin.begin(), of_origin.begin() + static_cast<std::ptrdiff_t>(communes));
  if (origins.size() == communes) {
    return values;
  }
  std::vector<CompensatedSum> weighted(communes);
  std::vector<double> weights(communes);
  for (std::size_t origin = 0; origin < origins.size(); ++origin) {
    const double weight = add_up ? 1 : people[origin];
    if (weight > 0 && !std::isnan(of_origin[origin])) {
      weighted[origins.communes[origin]].add(of_origin[origin] * weight);
      weights[origins.communes[origin]] += weight;
    }
  }
  for (std::size_t commune = 0; commune < communes; ++commune) {
    if (weights[commune] > 0) {
      values[commune] = add_up ? weighted[commune].value() : weighted[commune].value() / weights[commune];
    }
  }
  return values;
}

MeasureValues measure_values(AccessResult&& result, const NamedMeasure& named, const AccessDefinition& definition,
                             const DemandOrigins& origins, const std::vector<double>& people, const std::size_t communes) {
  MeasureValues values;
  if (!result.of_origin.empty() && !std::holds_alternative<Crowding>(named.measure)) {
    values.of_commune = values_of_communes(result.of_origin, origins, people, communes, is_shared_out(named.measure));
  }
  values.of_structure = std::move(result.of_facility);
  for (const FacilityIndex facility : result.without_demand) {
    values.without_demand.push_back(definition.structures[facility.value()]);
  }
  for (const OriginIndex origin : result.without_facility) {
    if (origin.value() < communes) {
      values.without_structure.push_back(CommuneIndex{origin.value()});
    }
  }
  values.converged = result.converged;
  return values;
}

Disagreement disagreement_of(const AccessAnalysis& analysis, const std::size_t communes) {
  std::vector<RankedMeasure> ranked;
  for (std::size_t k = 0; k < analysis.measures.size(); ++k) {
    if (!analysis.values[k].of_commune.empty() && is_compared(analysis.measures[k].measure)) {
      ranked.push_back(
          {.values = analysis.values[k].of_commune, .more_is_better = more_is_better(analysis.measures[k].measure)});
    }
  }
  return compare_measures(ranked, communes);
}

/// Gives variable catchments the base population and the ratio that they were not given.
void settle_variable_catchments(AccessAnalysis& analysis, const AccessSupply& supply) {
  const auto structures = std::ranges::count_if(supply.of_structure, [](const double amount) { return amount > 0; });
  for (NamedMeasure& named : analysis.measures) {
    auto* variable = std::get_if<VariableCatchment>(&named.measure);
    if (variable == nullptr) {
      continue;
    }
    if (!(variable->base_population > 0) && structures > 0) {
      variable->base_population = analysis.total_demand / static_cast<double>(structures);
    }
    if (!(variable->enough_ratio > 0) && analysis.total_demand > 0) {
      variable->enough_ratio = analysis.total_supply / analysis.total_demand;
    }
  }
}

double sum_of(const std::vector<double>& values) {
  CompensatedSum sum;
  for (const double value : values) {
    sum.add(value);
  }
  return sum.value();
}

}  // namespace

bool more_is_better(const AccessMeasure& measure) {
  return !std::holds_alternative<CostToKth>(measure) && !std::holds_alternative<BalancingCost>(measure) &&
         !std::holds_alternative<Crowding>(measure) && !std::holds_alternative<RationalAgentAccess>(measure);
}

bool is_compared(const AccessMeasure& measure) {
  const auto* availability = std::get_if<SpatialAvailability>(&measure);
  return availability == nullptr || availability->per_inhabitant;
}

std::vector<AccessAnalysis> analyse_access(const Territory& territory, const Placements& placed,
                                           const AccessDefinition& definition, const Progress& progress) {
  const DemandOrigins origins = demand_origins(territory);
  const std::vector<double> people = people_of(territory, origins, definition);
  std::vector<Point> positions;
  std::vector<std::uint32_t> keys;
  for (const StructureIndex structure : definition.structures) {
    positions.push_back(placed.of[structure].position);
    keys.push_back(structure.value());
  }
  Cost limit = 0;
  for (const NamedMeasure& named : definition.measures) {
    limit = std::max(limit, std::min(definition.farthest, farthest_cost(named.measure)));
  }
  const TravelPlaces from = origins.places();
  const TravelPlaces to{positions, keys};
  const bool by_cost =
      std::ranges::any_of(definition.measures, [](const NamedMeasure& named) { return needs_order(named.measure); });
  const TripSource trips = make_trip_source(definition.travel, from, to, limit, definition.budget_bytes,
                                            by_cost ? ReachOrder::by_cost : ReachOrder::as_found);
  std::vector<AccessAnalysis> analyses;
  for (const AccessSupply& supply : definition.supplies) {
    AccessAnalysis analysis{.name = supply.name,
                            .label = supply.label,
                            .supply_unit = supply.unit,
                            .unit = cost_unit(definition.travel),
                            .structures = definition.structures,
                            .supply = supply.of_structure,
                            .total_supply = sum_of(supply.of_structure),
                            .total_demand = sum_of(people),
                            .measures = definition.measures,
                            .values = {},
                            .disagreement = {}};
    settle_variable_catchments(analysis, supply);
    std::vector<AccessMeasure> measures;
    for (const NamedMeasure& named : analysis.measures) {
      measures.push_back(named.measure);
    }
    std::vector<AccessResult> results =
        measure_access(trips, {.population = people, .supply = supply.of_structure}, measures);
    for (std::size_t k = 0; k < results.size(); ++k) {
      analysis.values.push_back(measure_values(std::move(results[k]), definition.measures[k], definition, origins, people,
                                               territory.communes.size()));
    }
    analysis.disagreement = disagreement_of(analysis, territory.communes.size());
    analyses.push_back(std::move(analysis));
    if (progress) {
      progress("access", analyses.size(), definition.supplies.size());
    }
  }
  return analyses;
}

}  // namespace maillage
