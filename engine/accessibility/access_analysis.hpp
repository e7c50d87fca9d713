#pragma once

#include <string>
#include <vector>

#include "engine/accessibility/accessibility.hpp"
#include "engine/accessibility/disagreement.hpp"
#include "engine/accessibility/measure_catalogue.hpp"
#include "engine/core/indexed.hpp"
#include "engine/core/progress.hpp"
#include "engine/network/travel_costs.hpp"
#include "engine/structures/placement.hpp"
#include "engine/territory/territory.hpp"

namespace maillage {

/// What one kind of structure offers.
struct AccessSupply {
  std::string name;                  ///< identifier [a-z][a-z0-9_]*, used in field names: "biblio"
  std::string label;                 ///< for legends: "Bibliothèques"
  std::string unit;                  ///< of the amounts: "h", "places"; empty: structures
  std::vector<double> of_structure;  ///< parallel to the definition's structures; 0: none of this kind
};

/// One question of access: the same trips and the same measures for one or several supplies.
struct AccessDefinition {
  TravelModel travel;
  std::vector<StructureIndex> structures;  ///< placed, ascending
  std::vector<AccessSupply> supplies;
  /// A VariableCatchment without base population or ratio takes the people per structure and the supply per head that there
  /// are all in all.
  std::vector<NamedMeasure> measures;
  Cost farthest = 0;  ///< trips beyond it (closed) do not exist: the bound of measures that have none of their own
  /// People to serve per commune, shared among its demand points as its inhabitants are; empty: its inhabitants. NaN where
  /// unknown: nobody is counted.
  IndexedVector<CommuneIndex, double> demand;
  std::size_t budget_bytes = std::size_t{2} << 30U;  ///< of memory for trips; what does not fit is found anew every walk
};

/// The values of one measure of one supply.
struct MeasureValues {
  /// NaN where missing. A commune with several demand points has their mean, weighted by people, or their sum where the
  /// measure shares out a total. Empty for a measure of facilities alone.
  std::vector<double> of_commune;
  std::vector<double> of_structure;             ///< parallel to the definition's structures; empty: it has none
  std::vector<StructureIndex> without_demand;   ///< with supply, but nobody who lives in its reach
  std::vector<CommuneIndex> without_structure;  ///< communes whose point reaches none
  bool converged = true;                        ///< of a fixed point
};

struct AccessAnalysis {
  std::string name;  ///< of the supply
  std::string label;
  std::string supply_unit;
  CostUnit unit = CostUnit::metres;
  std::vector<StructureIndex> structures;  ///< the definition's
  std::vector<double> supply;              ///< parallel to them
  double total_supply = 0;
  double total_demand = 0;
  std::vector<NamedMeasure> measures;
  std::vector<MeasureValues> values;  ///< parallel to `measures`
  /// Over the measures that are compared and have a value per commune, in their order.
  Disagreement disagreement;
};

/// Whether more of it is better; costs, crowding and the burden of rational agents are better low.
[[nodiscard]] bool more_is_better(const AccessMeasure& measure);

/// Whether communes are ranked by it: not by how much of a total falls to them, which tells how large they are.
[[nodiscard]] bool is_compared(const AccessMeasure& measure);

/// Answers one definition: trips are found once (within the budget) for all supplies and measures. One analysis per supply.
/// Same result for any number of threads. \throws ArgumentError as measure_access does
[[nodiscard]] std::vector<AccessAnalysis> analyse_access(const Territory& territory, const Placements& placed,
                                                         const AccessDefinition& definition, const Progress& progress = {});

}  // namespace maillage
