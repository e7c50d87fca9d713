#include "adapters/cli/access_results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "adapters/cli/read_layer.hpp"
#include "adapters/expression/expression.hpp"
#include "engine/core/error.hpp"
#include "engine/core/number.hpp"
#include "engine/equity/spatial_weights.hpp"
#include "engine/survey/attribute.hpp"
#include "engine/survey/select_structures.hpp"
#include "engine/territory/commune_numbers.hpp"
#include "maps/field_dictionary.hpp"

namespace maillage {
namespace {

constexpr const char* kCapacity = "capacity";

/// The numbers that a supply may be made of: capacity, and carried columns under the names they have in the layers.
std::vector<std::string> supply_names(const StructureSet& structures) {
  std::vector<std::string> names{kCapacity};
  for (std::size_t column = 0; column < structures.carried_columns.size(); ++column) {
    names.push_back(carried_field(structures.carried_columns[column], column).name);
  }
  return names;
}

RowNote note_on(const Structure& structure, const char* reason, std::string value, std::string detail) {
  return {.source = structure.source,
          .row = structure.row,
          .key = structure.key,
          .column = {},
          .value = std::move(value),
          .reason = reason,
          .detail = std::move(detail)};
}

/// The structures of one question, with what each offers.
struct Offer {
  std::vector<StructureIndex> structures;
  std::vector<double> supply;
};

Offer offer_of(const AccessStudy& access, const StudyInputs& inputs, std::vector<RowNote>* notes) {
  Expression expression{access.supply, supply_names(inputs.structures)};
  std::vector<double> values(inputs.structures.carried_columns.size() + 1);
  Offer offer;
  for (const StructureIndex index :
       select_structures(inputs.territory, inputs.structures, inputs.placements, access.filters)) {
    if (inputs.placements.of[index].precision == PositionPrecision::none) {
      continue;
    }
    const Structure& structure = inputs.structures.structures[index];
    bool known = true;
    std::string found;
    for (const std::size_t position : expression.used()) {
      const auto number = position == 0 ? structure.capacity : parse_number(structure.carried[position - 1]);
      found += (found.empty() ? "" : "; ") + (position == 0 ? std::string{} : structure.carried[position - 1]);
      known = known && number.has_value();
      values[position] = number.value_or(0);
    }
    const double supply = known ? expression.value(values) : 0;
    if (!known || !std::isfinite(supply) || supply < 0) {
      if (notes != nullptr) {
        notes->push_back(note_on(structure, known ? "supply_makes_no_sense" : "supply_unknown", found,
                                 access.name + ": " + structure.name));
      }
      continue;
    }
    offer.structures.push_back(index);
    offer.supply.push_back(supply);
  }
  return offer;
}

/// One supply, or one for every value of the attribute `each`.
std::vector<AccessSupply> supplies_of(const AccessStudy& access, const Offer& offer, const StudyInputs& inputs) {
  if (access.each.empty()) {
    return {{.name = access.name, .label = access.label, .unit = access.supply_unit, .of_structure = offer.supply}};
  }
  const Attribute attribute = structure_attribute(inputs.territory, inputs.structures, inputs.placements, offer.structures,
                                                  {.name = access.each, .separator = ""});
  std::vector<AccessSupply> supplies;
  for (const CategoryIndex category : attribute.categories.indices()) {
    AccessSupply supply{.name = access.name + "_" + name_from_text(attribute.categories[category].french),
                        .label = attribute.categories[category].french + ", " + access.label,
                        .unit = access.supply_unit,
                        .of_structure = std::vector<double>(offer.supply.size())};
    bool any = false;
    for (std::size_t k = 0; k < offer.supply.size(); ++k) {
      if (std::ranges::find(attribute.values[UnitIndex{k}], category) != attribute.values[UnitIndex{k}].end()) {
        supply.of_structure[k] = offer.supply[k];
        any = any || offer.supply[k] > 0;
      }
    }
    if (any) {
      supplies.push_back(std::move(supply));
    }
  }
  return supplies;
}

IndexedVector<CommuneIndex, double> read_numbers(const CommuneColumnStudy& column, const Text& role, StudyInputs& inputs) {
  const Reading<FeatureTable> table = read_layer(column.file, {});
  Reading<CommuneNumbers> reading = read_commune_numbers(table.value, inputs.territory, column.column);
  InputReport report;
  report.role = role;
  report.file = column.file.string();
  report.format = table.value.format;
  report.encoding = table.value.encoding;
  report.rows_in = reading.rows_in + static_cast<std::int64_t>(table.rejections.size());
  report.rows_out_of_scope = reading.value.rows_elsewhere;
  report.rejections = table.rejections;
  report.rejections.insert(report.rejections.end(), reading.rejections.begin(), reading.rejections.end());
  report.rows_used = report.rows_in - report.rows_out_of_scope - static_cast<std::int64_t>(report.rejections.size());
  report.repairs = table.repairs;
  inputs.quality.inputs.push_back(std::move(report));
  return std::move(reading.value.of_commune);
}

/// Who is left out, by the measure of widest reach: structures that nobody has in reach, communes that have none.
void note_left_out(const AccessAnalysis& analysis, const StudyInputs& inputs, std::vector<RowNote>& notes) {
  const MeasureValues* demand = nullptr;
  const MeasureValues* reach = nullptr;
  for (const MeasureValues& values : analysis.values) {
    if (!values.of_structure.empty() &&
        (demand == nullptr || values.without_demand.size() < demand->without_demand.size())) {
      demand = &values;
    }
    if (reach == nullptr || values.without_structure.size() < reach->without_structure.size()) {
      reach = &values;
    }
  }
  if (demand != nullptr) {
    for (const StructureIndex structure : demand->without_demand) {
      const Structure& named = inputs.structures.structures[structure];
      notes.push_back(note_on(named, "nobody_in_reach", named.name, analysis.name));
    }
  }
  if (reach != nullptr) {
    for (const CommuneIndex commune : reach->without_structure) {
      notes.push_back({.source = inputs.territory.name,
                       .row = std::nullopt,
                       .key = inputs.territory.communes[commune].code,
                       .column = {},
                       .value = inputs.territory.communes[commune].name,
                       .reason = "no_structure_in_reach",
                       .detail = analysis.name});
    }
  }
}

void tell_unsettled(const AccessAnalysis& analysis, Console& console) {
  for (std::size_t k = 0; k < analysis.measures.size(); ++k) {
    if (!analysis.values[k].converged) {
      console.warn(
          {.french = fmt::format("{}, {} : pas de point fixe ; dans ces limites l'offre ne peut être partagée également. "
                                 "Élargissez les limites (cutoffs) ou retirez cette mesure.",
                                 analysis.label, analysis.measures[k].label.french),
           .english =
               fmt::format("{}, {}: no fixed point; within these cutoffs the supply cannot be shared equally. Widen the "
                           "cutoffs or leave this measure out.",
                           analysis.label, analysis.measures[k].label.english)});
    }
  }
}

void add_clusters(const AccessStudy& access, const std::size_t position, const SpatialWeights& weights, Console& console,
                  AccessResults& results) {
  const AccessAnalysis& analysis = results.analyses[position];
  for (std::size_t measure = 0; measure < analysis.measures.size(); ++measure) {
    const std::string& name = analysis.measures[measure].name;
    if (std::ranges::find(access.clusters, name) == access.clusters.end() || analysis.values[measure].of_commune.empty()) {
      continue;
    }
    console.step({.french = fmt::format("Grappes : {}, {}", analysis.label, analysis.measures[measure].label.french),
                  .english = fmt::format("Clusters: {}, {}", analysis.label, analysis.measures[measure].label.english)});
    results.clusters.push_back(
        {.access = position, .measure = measure, .found = find_clusters(weights, analysis.values[measure].of_commune)});
  }
}

}  // namespace

void require_accesses(const Study& study, const StudyInputs& inputs) {
  for (const AccessStudy& access : study.accesses) {
    const Offer offer = offer_of(access, inputs, nullptr);
    (void)supplies_of(access, offer, inputs);
  }
}

AccessResults compute_accesses(const Study& study, StudyInputs& inputs, const TravelModels& travel, Console& console) {
  AccessResults results;
  const SpatialWeights weights = study.accesses.empty() ? SpatialWeights{} : contiguity_weights(inputs.territory.neighbours);
  for (std::size_t k = 0; k < study.accesses.size(); ++k) {
    const AccessStudy& access = study.accesses[k];
    Offer offer = offer_of(access, inputs, &results.notes);
    AccessDefinition definition{.travel = travel.of_access(k),
                                .structures = offer.structures,
                                .supplies = supplies_of(access, offer, inputs),
                                .measures = access.measures,
                                .farthest = farthest_cost(access.measures, access.cutoffs.back()),
                                .demand = {},
                                .budget_bytes = access.budget_mb << 20U};
    if (access.demand) {
      definition.demand =
          read_numbers(*access.demand, {.french = "personnes à desservir", .english = "people to serve"}, inputs);
    }
    results.income.push_back(
        access.income
            ? read_numbers(*access.income, {.french = "revenu des communes", .english = "income of communes"}, inputs)
            : IndexedVector<CommuneIndex, double>{});
    console.step({.french = fmt::format("Accessibilité « {} » : {} structures, {} mesures", access.label,
                                        offer.structures.size(), access.measures.size()),
                  .english = fmt::format("Access '{}': {} structures, {} measures", access.label, offer.structures.size(),
                                         access.measures.size())});
    for (AccessAnalysis& analysis : analyse_access(inputs.territory, inputs.placements, definition, console.progress())) {
      note_left_out(analysis, inputs, results.notes);
      tell_unsettled(analysis, console);
      results.analyses.push_back(std::move(analysis));
      results.study_of.push_back(k);
      add_clusters(access, results.analyses.size() - 1, weights, console, results);
    }
  }
  return results;
}

}  // namespace maillage
