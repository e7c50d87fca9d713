#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/cli/report_words.hpp"
#include "adapters/cli/study_results.hpp"
#include "maps/french_grammar.hpp"

namespace maillage {
namespace {

constexpr Noun kRejected{"ligne écartée", "lignes écartées", "row", "rows"};
constexpr Noun kDoubtful{"emplacement douteux", "emplacements douteux", "doubtful position", "doubtful positions"};
constexpr Noun kDuplicate{"doublon probable", "doublons probables", "probable duplicate", "probable duplicates"};
constexpr Noun kTown{"ville", "villes", "town", "towns"};

std::string structures_line(const StudyInputs& inputs, const bool french, const Language language) {
  std::map<std::string, std::int64_t> by_source;
  for (const Structure& structure : inputs.structures.structures) {
    ++by_source[structure.source];
  }
  std::string sources;
  for (const auto& [source, number] : by_source) {
    sources += (sources.empty() ? "" : ", ") + source + " " + count_text(number, language);
  }
  const PlacementReport& placement = inputs.quality.placement;
  return french
             ? fmt::format(
                   "Structures : {} ({}) ; {} à leurs coordonnées, {} au point de leur commune, {} sans emplacement.",
                   count_text(placement.structures, language), sources, count_text(placement.by_point, language),
                   count_text(placement.by_commune + placement.by_postcode, language),
                   count_text(placement.unplaced, language))
             : fmt::format("Structures: {} ({}); {} at their coordinates, {} at the point of their commune, {} not placed.",
                           count_text(placement.structures, language), sources, count_text(placement.by_point, language),
                           count_text(placement.by_commune + placement.by_postcode, language),
                           count_text(placement.unplaced, language));
}

std::string coverage_line(const StudyResults& results, const bool french, const Language language) {
  std::string line;
  for (const CoverageAnalysis& analysis : results.analyses) {
    const CoverageShare& total = analysis.coverage.total;
    line += line.empty() ? "" : " ; ";
    line += french ? fmt::format("{} : {} des habitants, {} communes sur {}", analysis.coverage.definition.label,
                                 percent_text(total.population_covered, total.population, language),
                                 count_text(total.communes_covered, language), count_text(total.communes, language))
                   : fmt::format("{}: {} of inhabitants, {} of {} communes", analysis.coverage.definition.label,
                                 percent_text(total.population_covered, total.population, language),
                                 count_text(total.communes_covered, language), count_text(total.communes, language));
  }
  return (french ? "Couverture : " : "Coverage: ") +
         (line.empty() ? (french ? std::string{"aucune demandée"} : std::string{"none asked for"}) : line) + ".";
}

std::string gap_line(const StudyInputs& inputs, const StudyResults& results, const bool french, const Language language) {
  const GapComponent* worst = nullptr;
  const CoverageAnalysis* of = nullptr;
  for (const CoverageAnalysis& analysis : results.analyses) {
    if (!analysis.gaps_beyond_limit.empty() &&
        (worst == nullptr || analysis.gaps_beyond_limit.front().population > worst->population)) {
      worst = &analysis.gaps_beyond_limit.front();
      of = &analysis;
    }
  }
  if (worst == nullptr) {
    return french ? "Lacunes : aucune commune au-delà des limites." : "Gaps: no commune beyond the limits.";
  }
  const std::string name = inputs.territory.communes[naming_commune(inputs.territory, *worst)].name;
  const auto communes = static_cast<std::int64_t>(worst->communes.size());
  const std::string cost = cost_beyond_text(worst->nearest_cost, of->coverage.definition.limit,
                                            cost_unit(of->coverage.definition.travel), language);
  return french ? fmt::format("Plus grande lacune ({}) : {} et {} autour {}, première structure à {}.",
                              of->coverage.definition.label, counted_text(communes, kCommuneNoun, language),
                              counted_text(worst->population, kInhabitantNoun, language), french::of_name(name), cost)
                : fmt::format("Largest gap ({}): {} and {} around {}, first structure at {}.", of->coverage.definition.label,
                              counted_text(communes, kCommuneNoun, language),
                              counted_text(worst->population, kInhabitantNoun, language), name, cost);
}

std::string check_line(const StudyInputs& inputs, const bool french, const Language language) {
  std::int64_t rejected = 0;
  for (const InputReport& input : inputs.quality.inputs) {
    rejected += static_cast<std::int64_t>(input.rejections.size());
  }
  const auto notes = static_cast<std::int64_t>(inputs.quality.placement_notes.size());
  const auto duplicates = static_cast<std::int64_t>(inputs.quality.duplicates.size());
  const auto towns = static_cast<std::int64_t>(inputs.quality.suspicious_towns.size());
  return french
             ? fmt::format("À vérifier : {}, {}, {}, {} sans structure alors que leurs semblables en ont (voir qualite.md).",
                           counted_text(rejected, kRejected, language), counted_text(notes, kDoubtful, language),
                           counted_text(duplicates, kDuplicate, language), counted_text(towns, kTown, language))
             : fmt::format(
                   "To check: {} rejected, {}, {}, {} without structure although their like have one (see qualite.md).",
                   counted_text(rejected, kRejected, language), counted_text(notes, kDoubtful, language),
                   counted_text(duplicates, kDuplicate, language), counted_text(towns, kTown, language));
}

/// Characters a terminal shows, for alignment.
std::size_t width_of(const std::string& utf8) {
  return static_cast<std::size_t>(std::count_if(
      utf8.begin(), utf8.end(), [](const char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// A long heading up to its explanation: "Villages" of "Villages : moins de 2 000 hab.". Files keep the whole.
std::string short_heading(const std::string& heading) {
  constexpr std::size_t kLong = 20;
  const std::size_t colon = heading.find(" : ") == std::string::npos ? heading.find(": ") : heading.find(" : ");
  return width_of(heading) > kLong && colon != std::string::npos ? heading.substr(0, colon) : heading;
}

std::string padded(const std::string& text, const std::size_t width, const bool to_the_right) {
  const std::size_t missing = width - std::min(width, width_of(text));
  return to_the_right ? std::string(missing, ' ') + text : text + std::string(missing, ' ');
}

}  // namespace

std::vector<std::string> summary_lines(const StudyInputs& inputs, const StudyResults& results, const Language language) {
  const bool french = language == Language::french;
  const QualityReport& quality = inputs.quality;
  const std::string name = quality.territory.empty() ? "" : quality.territory + ", ";
  std::vector<std::string> lines{
      french ? fmt::format("Territoire : {}{} communes, {} habitants.", name, count_text(quality.communes, language),
                           count_text(quality.population, language))
             : fmt::format("Territory: {}{} communes, {} inhabitants.", name, count_text(quality.communes, language),
                           count_text(quality.population, language)),
      structures_line(inputs, french, language), coverage_line(results, french, language),
      gap_line(inputs, results, french, language), check_line(inputs, french, language)};
  for (const Text& line : continuity_lines(inputs, results.continuities)) {
    lines.insert(lines.end() - 1, line.in(language));
  }
  return lines;
}

std::vector<std::string> table_lines(const Table& table, const Language language) {
  std::vector<std::vector<std::string>> cells(1);
  for (const TableColumn& column : table.columns) {
    const std::string heading = short_heading(column.heading.in(language));
    cells[0].push_back(column.unit.empty() ? heading : fmt::format("{} ({})", heading, column.unit));
  }
  for (const auto& row : table.rows) {
    cells.emplace_back();
    for (const TableCell& cell : row) {
      cells.back().push_back(to_text(cell, language));
    }
  }
  std::vector<std::size_t> widths(table.columns.size(), 0);
  for (const auto& row : cells) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      widths[column] = std::max(widths[column], width_of(row[column]));
    }
  }
  std::vector<std::string> lines{table.title.in(language)};
  if (!table.base.in(language).empty()) {
    lines.push_back(table.base.in(language));
  }
  for (const auto& row : cells) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
      line += (column == 0 ? "  " : "   ") + padded(row[column], widths[column], column > 0);
    }
    lines.push_back(line);
  }
  return lines;
}

}  // namespace maillage
