#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "adapters/cli/access_results.hpp"
#include "engine/equity/inequality.hpp"
#include "engine/equity/inequality_groups.hpp"
#include "engine/equity/join_counts.hpp"
#include "engine/survey/attribute.hpp"
#include "maps/measure_display.hpp"

namespace maillage {
namespace {

constexpr int kIndexDecimals = 6;
constexpr double kAversion = 0.5;
constexpr int kPercentiles = 100;

TableCell optional_number(const std::optional<double>& value, const int decimals) {
  return value ? rounded_number(*value, decimals) : TableCell{};
}
TableCell count_cell(const std::size_t count) {
  return static_cast<std::int64_t>(count);
}
TableColumn column(const char* french, const char* english, std::string unit = "") {
  return {.heading = {.french = french, .english = english}, .unit = std::move(unit)};
}

/// The communes that have a value, with their inhabitants: what fairness is measured among.
struct Sample {
  std::vector<CommuneIndex> communes;
  std::vector<double> values;
  std::vector<double> population;
};

Sample sample_of(const Territory& territory, const std::vector<double>& values) {
  Sample sample;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const double population = static_cast<double>(territory.communes[commune].population.value_or(0));
    if (!std::isnan(values[commune.value()]) && population > 0) {
      sample.communes.push_back(commune);
      sample.values.push_back(values[commune.value()]);
      sample.population.push_back(population);
    }
  }
  return sample;
}

/// The value that half of the inhabitants do not exceed.
double median_of(const WeightedValues& values) {
  double below = 0;
  for (const ValueClass& one : values.classes) {
    below += one.population;
    if (2 * below >= values.population) {
      return one.value;
    }
  }
  return std::numeric_limits<double>::quiet_NaN();
}

/// One measure of one analysis that has a value per commune.
struct Shown {
  const AccessAnalysis& analysis;
  std::size_t measure;
  MeasureDisplay display;

  [[nodiscard]] const std::vector<double>& values() const { return analysis.values[measure].of_commune; }
  [[nodiscard]] Text label() const { return analysis.measures[measure].label; }
  [[nodiscard]] bool more_is_better() const { return maillage::more_is_better(analysis.measures[measure].measure); }
};

std::vector<Shown> shown_measures(const AccessAnalysis& analysis) {
  std::vector<Shown> shown;
  for (std::size_t measure = 0; measure < analysis.measures.size(); ++measure) {
    if (!analysis.values[measure].of_commune.empty()) {
      shown.push_back({analysis, measure, measure_display(analysis.measures[measure].measure, analysis)});
    }
  }
  return shown;
}

Table make_table(const AccessAnalysis& analysis, const std::string& what, const Text& title) {
  Table table;
  table.name = "acces_" + analysis.name + "_" + what;
  table.title = {.french = fmt::format("{} : {}", analysis.label, title.french),
                 .english = fmt::format("{}: {}", analysis.label, title.english)};
  table.base = {.french = "habitants des communes qui ont une valeur",
                .english = "inhabitants of communes that have a value"};
  return table;
}

std::vector<TableCell> ranked_cells(const Sample& sample, const IndexedVector<CommuneIndex, double>& income) {
  std::vector<double> values;
  std::vector<double> ranks;
  std::vector<double> population;
  for (std::size_t k = 0; k < sample.communes.size() && !income.empty(); ++k) {
    if (!std::isnan(income[sample.communes[k]])) {
      values.push_back(sample.values[k]);
      ranks.push_back(income[sample.communes[k]]);
      population.push_back(sample.population[k]);
    }
  }
  if (values.empty()) {
    return {TableCell{}, TableCell{}, TableCell{}};
  }
  const RankedValues ranked{.values = values, .rank_by = ranks, .population = population};
  return {optional_number(palma_ratio(ranked).split_units, kIndexDecimals),
          optional_number(concentration_index(ranked), kIndexDecimals),
          optional_number(erreygers_index(ranked), kIndexDecimals)};
}

Table fairness_table(const AccessStudy& access, const StudyInputs& inputs, const AccessAnalysis& analysis,
                     const IndexedVector<CommuneIndex, double>& income) {
  Table table =
      make_table(analysis, "equite", {.french = "équité entre habitants", .english = "fairness among inhabitants"});
  table.columns = {column("Mesure", "Measure"),
                   column("Unité", "Unit"),
                   column("Communes", "Communes"),
                   column("Habitants", "Inhabitants", "hab"),
                   column("Moyenne", "Mean"),
                   column("Médiane", "Median"),
                   column("Minimum", "Minimum"),
                   column("Maximum", "Maximum"),
                   column("Gini", "Gini"),
                   column("Theil T", "Theil T"),
                   column("Theil L (valeurs positives)", "Theil L (positive values)"),
                   column("Part des habitants à zéro", "Share of inhabitants at zero", "%"),
                   column("Atkinson (0,5)", "Atkinson (0.5)"),
                   column("Part du cinquième le moins pourvu", "Share of the least-served fifth", "%"),
                   column("Part du cinquième le mieux pourvu", "Share of the best-served fifth", "%"),
                   column("Habitants sous le seuil (FGT 0)", "Inhabitants below the line (FGT 0)", "%"),
                   column("Intensité (FGT 1)", "Gap (FGT 1)"),
                   column("Sévérité (FGT 2)", "Severity (FGT 2)"),
                   column("Palma (revenu)", "Palma (income)"),
                   column("Indice de concentration", "Concentration index"),
                   column("Erreygers", "Erreygers")};
  for (const Shown& shown : shown_measures(analysis)) {
    const Sample sample = sample_of(inputs.territory, shown.values());
    const WeightedValues values = weighted_values(sample.values, sample.population);
    const double median = median_of(values);
    const double scale = shown.display.scale;
    const auto shares = quantile_shares(values, 5);
    const MeanLogDeviation deviation = mean_log_deviation(values);
    std::vector<TableCell> row{
        shown.label(),
        Text{shown.display.unit, shown.display.unit},
        count_cell(sample.communes.size()),
        static_cast<std::int64_t>(std::llround(values.population)),
        rounded_number(values.mean * scale, shown.display.decimals),
        rounded_number(median * scale, shown.display.decimals),
        values.classes.empty() ? TableCell{} : rounded_number(values.classes.front().value * scale, shown.display.decimals),
        values.classes.empty() ? TableCell{} : rounded_number(values.classes.back().value * scale, shown.display.decimals),
        optional_number(gini(values), kIndexDecimals),
        optional_number(theil_t(values), kIndexDecimals),
        optional_number(deviation.among_positive, kIndexDecimals),
        rounded_number(100 * deviation.zero_share, 2),
        optional_number(atkinson(values, kAversion), kIndexDecimals),
        shares.empty() ? TableCell{} : rounded_number(100 * shares.front(), 2),
        shares.empty() ? TableCell{} : rounded_number(100 * shares.back(), 2)};
    if (shown.more_is_better() && median > 0) {
      const Poverty poverty = foster_greer_thorbecke(values, access.poverty_line * median);
      row.insert(row.end(), {rounded_number(100 * poverty.head_count, 2), rounded_number(poverty.gap, kIndexDecimals),
                             rounded_number(poverty.severity, kIndexDecimals)});
    } else {
      row.insert(row.end(), 3, TableCell{});
    }
    for (TableCell& cell : ranked_cells(sample, income)) {
      row.push_back(std::move(cell));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// A zoning by its French attribute name, with the class of each commune.
struct Classes {
  std::string name;
  Text label;
  Attribute attribute;
};

std::vector<Classes> classes_of(const Territory& territory) {
  std::vector<Classes> all;
  for (const auto& [name, label] :
       {std::pair{"tier", Text{"strate", "tier"}}, std::pair{"departement", Text{"département", "departement"}},
        std::pair{"epci", Text{"EPCI", "EPCI"}}}) {
    Attribute attribute = commune_attribute(territory, name);
    if (!attribute.categories.empty()) {
      all.push_back({name, label, std::move(attribute)});
    }
  }
  return all;
}

std::vector<GroupIndex> groups_of(const Classes& classes, const Sample& sample) {
  std::vector<GroupIndex> groups;
  for (const CommuneIndex commune : sample.communes) {
    const auto values = classes.attribute.values[UnitIndex{commune.value()}];
    groups.push_back(values.empty() ? GroupIndex::none() : GroupIndex{values.front().value()});
  }
  return groups;
}

Table decomposition_table(const StudyInputs& inputs, const AccessAnalysis& analysis, const std::vector<Classes>& zonings) {
  Table table = make_table(
      analysis, "equite_entre_et_dans",
      {.french = "inégalité entre les classes et dans les classes", .english = "inequality between and within classes"});
  table.columns = {column("Mesure", "Measure"),
                   column("Classes", "Classes"),
                   column("Theil T", "Theil T"),
                   column("entre", "between"),
                   column("dans", "within"),
                   column("Part entre", "Share between", "%"),
                   column("Gini", "Gini"),
                   column("Gini entre", "Gini between"),
                   column("Gini dans", "Gini within"),
                   column("Gini chevauchement", "Gini overlap")};
  for (const Shown& shown : shown_measures(analysis)) {
    const Sample sample = sample_of(inputs.territory, shown.values());
    for (const Classes& zoning : zonings) {
      const auto groups = groups_of(zoning, sample);
      const InequalityDecomposition parts = decompose_inequality({.values = sample.values,
                                                                  .population = sample.population,
                                                                  .groups = groups,
                                                                  .group_count = zoning.attribute.categories.size()});
      if (!parts.theil_t || !parts.gini) {
        continue;
      }
      const AdditiveParts& theil = *parts.theil_t;
      table.rows.push_back(
          {shown.label(), zoning.label, rounded_number(theil.total, kIndexDecimals),
           rounded_number(theil.between, kIndexDecimals), rounded_number(theil.within, kIndexDecimals),
           theil.total > 0 ? rounded_number(100 * theil.between / theil.total, 1) : TableCell{},
           rounded_number(parts.gini->total, kIndexDecimals), rounded_number(parts.gini->between, kIndexDecimals),
           rounded_number(parts.gini->within, kIndexDecimals), rounded_number(parts.gini->overlap, kIndexDecimals)});
    }
  }
  return table;
}

/// Mean access of the inhabitants of each class: a row per class, a column per measure.
Table means_table(const StudyInputs& inputs, const AccessAnalysis& analysis, const Classes& zoning) {
  Table table = make_table(analysis, "moyennes_" + zoning.name,
                           {.french = "accès moyen des habitants par " + zoning.label.french,
                            .english = "mean access of inhabitants by " + zoning.label.english});
  table.columns = {{.heading = zoning.attribute.label, .unit = ""}, column("Habitants", "Inhabitants", "hab")};
  const std::vector<Shown> measures = shown_measures(analysis);
  for (const CategoryIndex category : zoning.attribute.categories.indices()) {
    table.rows.push_back({zoning.attribute.categories[category], TableCell{}});
  }
  std::vector<std::int64_t> inhabitants(table.rows.size());
  for (const CommuneIndex commune : inputs.territory.communes.indices()) {
    for (const CategoryIndex category : zoning.attribute.values[UnitIndex{commune.value()}]) {
      inhabitants[category.value()] += inputs.territory.communes[commune].population.value_or(0);
    }
  }
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    table.rows[row][1] = inhabitants[row];
  }
  for (const Shown& shown : measures) {
    table.columns.push_back({.heading = shown.label(), .unit = shown.display.unit});
    const Sample sample = sample_of(inputs.territory, shown.values());
    const auto groups = groups_of(zoning, sample);
    const InequalityDecomposition parts = decompose_inequality({.values = sample.values,
                                                                .population = sample.population,
                                                                .groups = groups,
                                                                .group_count = zoning.attribute.categories.size()});
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      const GroupInequality& group = parts.groups[row];
      table.rows[row].push_back(group.population_share > 0
                                    ? rounded_number(group.mean * shown.display.scale, shown.display.decimals)
                                    : TableCell{});
    }
  }
  return table;
}

/// Share of access held by the worst-served p % of inhabitants, for p = 0, 1 ... 100.
Table lorenz_table(const StudyInputs& inputs, const AccessAnalysis& analysis) {
  Table table = make_table(analysis, "lorenz", {.french = "courbes de Lorenz", .english = "Lorenz curves"});
  table.columns = {column("Part des habitants, les moins pourvus d’abord", "Share of inhabitants, least served first", "%")};
  for (int percent = 0; percent <= kPercentiles; ++percent) {
    table.rows.push_back({std::int64_t{percent}});
  }
  for (const Shown& shown : shown_measures(analysis)) {
    const Sample sample = sample_of(inputs.territory, shown.values());
    const auto shares = quantile_shares(weighted_values(sample.values, sample.population), kPercentiles);
    table.columns.push_back({.heading = shown.label(), .unit = "%"});
    double sum = 0;
    for (int percent = 0; percent <= kPercentiles; ++percent) {
      sum += percent > 0 && !shares.empty() ? shares[static_cast<std::size_t>(percent) - 1] : 0;
      table.rows[static_cast<std::size_t>(percent)].push_back(shares.empty() ? TableCell{} : rounded_number(100 * sum, 3));
    }
  }
  return table;
}

double deviate(const GlobalStatistic& statistic) {
  return (statistic.value - statistic.expected) / std::sqrt(statistic.variance_randomisation);
}

TableCell permutation_p(const std::optional<PermutationTest>& test) {
  return test ? rounded_number(test->p_two_sided, 4) : TableCell{};
}

Table autocorrelation_table(const AccessResults& results, const std::size_t position) {
  const AccessAnalysis& analysis = results.analyses[position];
  Table table =
      make_table(analysis, "autocorrelation",
                 {.french = "les communes voisines se ressemblent-elles ?", .english = "are neighbouring communes alike?"});
  table.base = {.french = "communes contiguës, poids égaux par commune",
                .english = "contiguous communes, weights standardised by row"};
  table.columns = {column("Mesure", "Measure"),
                   column("Communes", "Communes"),
                   column("sans valeur", "without value"),
                   column("îles", "islands"),
                   column("Moran I", "Moran's I"),
                   column("attendu", "expected"),
                   column("écart réduit", "deviate"),
                   column("p", "p"),
                   column("Geary c", "Geary's c"),
                   column("écart réduit (Geary)", "deviate (Geary)"),
                   column("p (Geary)", "p (Geary)"),
                   column("haut-haut", "high-high"),
                   column("bas-bas", "low-low"),
                   column("bas-haut", "low-high"),
                   column("haut-bas", "high-low"),
                   column("points chauds", "hot spots"),
                   column("points froids", "cold spots")};
  for (const MeasureClusters& clusters : results.clusters) {
    const ValueClusters& found = clusters.found;
    if (clusters.access != position || !found.moran || !found.geary) {
      continue;
    }
    const auto count = [&](const auto& is) {
      return count_cell(static_cast<std::size_t>(std::ranges::count_if(found.units, is)));
    };
    const auto of_kind = [&](const ClusterKind kind) {
      return count([kind](const UnitClusters& unit) { return unit.kind == kind; });
    };
    const auto spots = [&](const ClusterKind kind) {
      return count([kind](const UnitClusters& unit) { return unit.spot == kind; });
    };
    table.rows.push_back({analysis.measures[clusters.measure].label, count_cell(found.moran->units),
                          count_cell(found.without_value), count_cell(found.islands),
                          rounded_number(found.moran->value, kIndexDecimals),
                          rounded_number(found.moran->expected, kIndexDecimals), rounded_number(deviate(*found.moran), 2),
                          permutation_p(found.moran->permutation), rounded_number(found.geary->value, kIndexDecimals),
                          rounded_number(deviate(*found.geary), 2), permutation_p(found.geary->permutation),
                          of_kind(ClusterKind::high_high), of_kind(ClusterKind::low_low), of_kind(ClusterKind::low_high),
                          of_kind(ClusterKind::high_low), spots(ClusterKind::high_high), spots(ClusterKind::low_low)});
  }
  return table;
}

/// What each structure offers, and what it comes to per inhabitant or person under every measure that says so.
Table structures_table(const StudyInputs& inputs, const AccessAnalysis& analysis) {
  Table table = make_table(
      analysis, "structures",
      {.french = "offre et partage de chaque structure", .english = "supply of every structure and how it is shared"});
  table.base = {};
  table.columns = {column("Identifiant", "Identifier"), column("Nom", "Name"), column("Commune", "Commune"),
                   column("Offre", "Supply", analysis.supply_unit)};
  std::vector<std::size_t> measures;
  for (std::size_t measure = 0; measure < analysis.measures.size(); ++measure) {
    if (!analysis.values[measure].of_structure.empty()) {
      measures.push_back(measure);
      table.columns.push_back({.heading = analysis.measures[measure].label,
                               .unit = structure_display(analysis.measures[measure].measure, analysis).unit});
    }
  }
  for (std::size_t k = 0; k < analysis.structures.size(); ++k) {
    if (!(analysis.supply[k] > 0)) {
      continue;
    }
    const Structure& structure = inputs.structures.structures[analysis.structures[k]];
    const CommuneIndex commune = inputs.placements.of[analysis.structures[k]].commune;
    const std::string code = commune.is_none() ? "" : inputs.territory.communes[commune].code;
    std::vector<TableCell> row{Text{structure.key, structure.key}, Text{structure.name, structure.name}, Text{code, code},
                               rounded_number(analysis.supply[k], 2)};
    for (const std::size_t measure : measures) {
      const StructureDisplay display = structure_display(analysis.measures[measure].measure, analysis);
      row.push_back(rounded_number(analysis.values[measure].of_structure[k] * display.scale, display.decimals));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<Table> access_tables(const Study& study, const StudyInputs& inputs, const AccessResults& results) {
  std::vector<Table> tables;
  const std::vector<Classes> zonings = results.analyses.empty() ? std::vector<Classes>{} : classes_of(inputs.territory);
  for (std::size_t position = 0; position < results.analyses.size(); ++position) {
    const AccessAnalysis& analysis = results.analyses[position];
    const std::size_t question = results.study_of[position];
    tables.push_back(fairness_table(study.accesses[question], inputs, analysis, results.income[question]));
    tables.push_back(decomposition_table(inputs, analysis, zonings));
    for (const Classes& zoning : zonings) {
      tables.push_back(means_table(inputs, analysis, zoning));
    }
    tables.push_back(lorenz_table(inputs, analysis));
    tables.push_back(autocorrelation_table(results, position));
    tables.push_back(structures_table(inputs, analysis));
  }
  return tables;
}

std::optional<Table> join_count_table(const StudyInputs& inputs, const std::vector<CoverageAnalysis>& analyses) {
  Table table;
  table.name = "00_voisines_couvertes";
  table.title = {.french = "Communes couvertes et voisines", .english = "Covered communes and their neighbours"};
  table.base = {.french = "paires de communes contiguës", .english = "pairs of contiguous communes"};
  table.columns = {column("Couverture", "Coverage"),
                   column("les deux couvertes", "both covered"),
                   column("attendues au hasard", "expected at random"),
                   column("écart réduit", "deviate"),
                   column("une seule", "one of them"),
                   column("attendues", "expected"),
                   column("écart réduit (une)", "deviate (one)"),
                   column("aucune", "neither"),
                   column("attendues (aucune)", "expected (neither)"),
                   column("p (une seule)", "p (one of them)")};
  const SpatialWeights weights = contiguity_weights(inputs.territory.neighbours, WeightStyle::binary);
  for (const CoverageAnalysis& analysis : analyses) {
    std::vector<std::uint8_t> covered;
    for (const CommuneCoverage& commune : analysis.coverage.communes) {
      covered.push_back(commune.covered ? 1 : 0);
    }
    const auto joins = join_counts(weights, covered);
    if (!joins) {
      continue;
    }
    const auto z = [](const JoinCount& count) {
      return rounded_number((count.count - count.expected) / std::sqrt(count.variance), 2);
    };
    const std::string& label = analysis.coverage.definition.label;
    table.rows.push_back({Text{label, label}, rounded_number(joins->black_black.count, 0),
                          rounded_number(joins->black_black.expected, 1), z(joins->black_black),
                          rounded_number(joins->black_white.count, 0), rounded_number(joins->black_white.expected, 1),
                          z(joins->black_white), rounded_number(joins->white_white.count, 0),
                          rounded_number(joins->white_white.expected, 1), permutation_p(joins->black_white.permutation)});
  }
  return table.rows.empty() ? std::nullopt : std::optional{std::move(table)};
}

}  // namespace maillage
