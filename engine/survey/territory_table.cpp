#include "engine/core/error.hpp"
#include "engine/survey/cross_tab.hpp"

namespace maillage {

namespace {

constexpr std::int64_t kRateScale = 10'000;
constexpr int kRateDecimals = 2;

struct ClassSums {
  std::int64_t communes = 0;
  std::int64_t population = 0;
  std::int64_t structures = 0;
  std::int64_t communes_with = 0;
  std::int64_t population_without = 0;
};

std::vector<TableCell> row_of(const Text& label, const ClassSums& sums, const ClassSums& total, const int decimals) {
  return {label,
          sums.communes,
          sums.population,
          percentage(sums.population, total.population, decimals),
          sums.structures,
          percentage(sums.structures, total.structures, decimals),
          rounded_ratio(sums.structures, sums.population, kRateScale, kRateDecimals),
          sums.communes_with,
          sums.communes - sums.communes_with,
          sums.population_without};
}

void add_commune(ClassSums& sums, const std::int64_t population, const std::int64_t structures) {
  sums.communes += 1;
  sums.population += population;
  sums.structures += structures;
  sums.communes_with += structures > 0 ? 1 : 0;
  sums.population_without += structures > 0 ? 0 : population;
}

std::vector<TableColumn> columns_of(const Text& label, const Text& units) {
  return {{label, ""},
          {{.french = "Communes", .english = "Communes"}, ""},
          {{.french = "Population", .english = "Population"}, "hab"},
          {{.french = "Part de la population", .english = "Share of population"}, "%"},
          {{.french = "Nombre de " + units.french, .english = "Number of " + units.english}, ""},
          {{.french = "Part des " + units.french, .english = "Share of " + units.english}, "%"},
          {{.french = "Pour 10\u202F000 habitants", .english = "Per 10,000 inhabitants"}, ""},
          {{.french = "Communes avec", .english = "Communes with"}, ""},
          {{.french = "Communes sans", .english = "Communes without"}, ""},
          {{.french = "Population des communes sans", .english = "Population of communes without"}, "hab"}};
}

}  // namespace

Table territory_table(const Territory& territory, const Attribute& classes, const Placements& placed,
                      const std::span<const StructureIndex> which, const TableOptions& options) {
  if (classes.values.rows() != territory.communes.size()) {
    throw ArgumentError("territory_table: the classes must be an attribute of all communes");
  }
  IndexedVector<CommuneIndex, std::int64_t> structures(territory.communes.size());
  for (const StructureIndex structure : which) {
    if (!placed.of[structure].commune.is_none()) {
      structures[placed.of[structure].commune] += 1;
    }
  }
  const std::size_t missing = classes.categories.size();
  std::vector<ClassSums> sums(missing + 1);
  ClassSums total;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const auto categories = classes.values[UnitIndex{commune.value()}];
    const std::int64_t population = territory.communes[commune].population.value_or(0);
    add_commune(sums[categories.empty() ? missing : categories.front().value()], population, structures[commune]);
    add_commune(total, population, structures[commune]);
  }
  const auto text = [](const std::int64_t number, const Language language) { return to_text(TableCell{number}, language); };
  Table table{.name = "communes_" + classes.name,
              .title = {.french = "Communes et " + options.units.french + " selon : " + classes.label.french,
                        .english = "Communes and " + options.units.english + " by: " + classes.label.english},
              .base = {.french = "Base : " + text(total.communes, Language::french) + " communes, " +
                                 text(total.structures, Language::french) + " " + options.units.french + " localisées",
                       .english = "Base: " + text(total.communes, Language::english) + " communes, " +
                                  text(total.structures, Language::english) + " " + options.units.english + " located"},
              .columns = columns_of(classes.label, options.units),
              .rows = {}};
  for (std::size_t slot = 0; slot < missing; ++slot) {
    table.rows.push_back(row_of(classes.categories[CategoryIndex{slot}], sums[slot], total, options.decimals));
  }
  if (sums[missing].communes > 0) {
    table.rows.push_back(
        row_of({.french = "Non renseigné", .english = "Not stated"}, sums[missing], total, options.decimals));
  }
  table.rows.push_back(row_of({.french = "Total", .english = "Total"}, total, total, options.decimals));
  return table;
}

}  // namespace maillage
