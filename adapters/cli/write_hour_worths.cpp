#include <filesystem>
#include <string>

#include "adapters/cli/continuity_results.hpp"
#include "adapters/csv/write_csv.hpp"
#include "maps/week_text.hpp"

namespace maillage {
namespace {

TableColumn column(const char* french, const char* english, const char* unit) {
  return {.heading = {.french = french, .english = english}, .unit = unit};
}

std::vector<TableColumn> worth_columns() {
  return {column("Identifiant", "Identifier", ""),
          column("Structure", "Structure", ""),
          column("Jour", "Day", ""),
          column("De", "From", ""),
          column("Ouverte", "Open", ""),
          column("Habitants servis en plus", "Inhabitants newly served", "hab"),
          column("Habitants-heures gagnées", "Inhabitant-hours gained", "h"),
          column("Habitants qui la perdraient", "Inhabitants who would lose it", "hab"),
          column("Habitants-heures perdues", "Inhabitant-hours lost", "h")};
}

/// The slots of one question, structure after structure.
class WorthRows {
 public:
  WorthRows(const StudyInputs& inputs, const ContinuityAnalysis& analysis) : inputs_(inputs), analysis_(analysis) {}

  std::optional<std::vector<TableCell>> next() {
    for (; structure_ < analysis_.worths.size(); ++structure_, slot_ = 0) {
      const std::vector<SlotWorth>& worths = analysis_.worths[structure_];
      while (slot_ < worths.size()) {
        const std::size_t slot = slot_++;
        const bool known = analysis_.week.definition.hours[structure_].known;
        if (known && (analysis_.worth_allowed[slot] != 0 || worths[slot].is_open)) {
          return row(slot, worths[slot]);
        }
      }
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] std::vector<TableCell> row(const std::size_t slot, const SlotWorth& worth) const {
    constexpr int kDecimals = 2;
    const auto words = [](const std::string& text) { return TableCell{Text{.french = text, .english = text}}; };
    const Structure& structure = inputs_.structures.structures[analysis_.week.definition.structures[structure_]];
    const std::int32_t minute = static_cast<std::int32_t>(slot) * analysis_.worth_minutes;
    return {words(structure.key),
            words(structure.name),
            day_name(minute),
            words(clock_text(minute)),
            Text{.french = worth.is_open ? "oui" : "non", .english = worth.is_open ? "yes" : "no"},
            worth.gained_population,
            rounded_ratio(worth.gained_population_minutes, 60, 1, kDecimals),
            worth.lost_population,
            rounded_ratio(worth.lost_population_minutes, 60, 1, kDecimals)};
  }

  const StudyInputs& inputs_;
  const ContinuityAnalysis& analysis_;
  std::size_t structure_ = 0;
  std::size_t slot_ = 0;
};

}  // namespace

void write_hour_worths(const StudyInputs& inputs, const std::vector<ContinuityAnalysis>& analyses,
                       const std::filesystem::path& folder, const Language language) {
  for (const ContinuityAnalysis& analysis : analyses) {
    if (analysis.worth_minutes > 0) {
      WorthRows rows{inputs, analysis};
      write_table_csv(folder / ("continuite_" + analysis.week.definition.name + "_heures_une_a_une.csv"), worth_columns(),
                      [&rows] { return rows.next(); }, language);
    }
  }
}

}  // namespace maillage
