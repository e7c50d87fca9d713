#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/report_parts.hpp"
#include "adapters/cli/report_words.hpp"
#include "engine/survey/table.hpp"
#include "maps/french_grammar.hpp"

namespace maillage::detail {
namespace {

constexpr std::size_t kGapsShown = 10;
constexpr std::size_t kCommunesShown = 12;
constexpr std::size_t kNamesShown = 4;

/// "Saint-Omer, Arques, Longuenesse et 486 autres": the most populous first.
std::string names_of(const Territory& territory, const GapComponent& gap, const ReportBuilder& out) {
  std::vector<CommuneIndex> communes = gap.communes;
  std::ranges::stable_sort(communes, [&](const CommuneIndex a, const CommuneIndex b) {
    return territory.communes[a].population.value_or(0) > territory.communes[b].population.value_or(0);
  });
  std::vector<std::string> names;
  for (std::size_t k = 0; k < std::min(communes.size(), kNamesShown); ++k) {
    names.push_back(territory.communes[communes[k]].name);
  }
  if (communes.size() > kNamesShown) {
    const auto left = static_cast<std::int64_t>(communes.size() - kNamesShown);
    names.push_back(out.say(french::counted(left, "autre", "autres"), count_text(left, Language::english) + " more"));
  }
  return out.french() ? french::list(names) : fmt::format("{}", fmt::join(names, ", "));
}

std::string nearest_of(const ReportSources& sources, const CoverageDefinition& definition, const GapComponent& gap,
                       const ReportBuilder& out) {
  if (gap.nearest.is_none() || gap.nearest_cost == kUnreachable) {
    return out.say("aucune", "none");
  }
  return fmt::format("{}, {}", structure_name(sources, gap.nearest),
                     cost_beyond_text(gap.nearest_cost, definition.limit, cost_unit(definition.travel), out.language()));
}

void write_sentence(const ReportSources& sources, const CoverageAnalysis& analysis, ReportBuilder& out) {
  const Language language = out.language();
  const auto gaps = static_cast<std::int64_t>(analysis.gaps_beyond_limit.size());
  std::int64_t people = 0;
  std::int64_t communes = 0;
  for (const GapComponent& gap : analysis.gaps_beyond_limit) {
    people += gap.population;
    communes += static_cast<std::int64_t>(gap.communes.size());
  }
  if (gaps == 0) {
    out.paragraph(out.say("Aucune commune n’est au-delà de la limite.", "No commune is beyond the limit."));
    return;
  }
  const GapComponent& largest = analysis.gaps_beyond_limit.front();
  const std::string& name = sources.inputs.territory.communes[naming_commune(sources.inputs.territory, largest)].name;
  out.paragraph(
      out.say(fmt::format("Les communes au-delà de la limite forment {}, soit {} et {}. {} s’étend autour {} : {} et {}.",
                          french::counted(gaps, "lacune d’un seul tenant", "lacunes d’un seul tenant"),
                          counted_text(communes, kCommuneNoun, language), counted_text(people, kInhabitantNoun, language),
                          gaps == 1 ? "Elle" : "La plus peuplée", french::of_name(name),
                          counted_text(static_cast<std::int64_t>(largest.communes.size()), kCommuneNoun, language),
                          counted_text(largest.population, kInhabitantNoun, language)),
              fmt::format("Communes beyond the limit form {}: {} and {}. The most populous lies around {}: {} and {}.",
                          counted_text(gaps, {"", "", "connected gap", "connected gaps"}, language),
                          counted_text(communes, kCommuneNoun, language), counted_text(people, kInhabitantNoun, language),
                          name, counted_text(static_cast<std::int64_t>(largest.communes.size()), kCommuneNoun, language),
                          counted_text(largest.population, kInhabitantNoun, language))));
}

void write_ground(const CoverageAnalysis& analysis, ReportBuilder& out) {
  if (!analysis.geometric_gaps || analysis.geometric_gaps->territory_m2 <= 0) {
    return;
  }
  const GeometricGaps& gaps = *analysis.geometric_gaps;
  const std::string km2 = to_text(rounded_number(gaps.gap_m2 / 1e6, 0), out.language());
  const std::string share = to_text(rounded_number(100 * gaps.gap_m2 / gaps.territory_m2, 1), out.language());
  out.paragraph(out.say(
      fmt::format("À la surface, {} km², soit {} % du territoire, sont à plus que la limite de toute structure ; en "
                  "répartissant les "
                  "habitants de chaque commune sur son étendue, environ {} y vivent.",
                  km2, share, counted_text(gaps.population, kInhabitantNoun, out.language())),
      fmt::format("On the ground, {} km², {}% of the territory, lie farther than the limit from any structure; with the "
                  "inhabitants of each commune spread over its surface, about {} live there.",
                  km2, share, counted_text(gaps.population, kInhabitantNoun, out.language()))));
}

void write_gap_table(const ReportSources& sources, const CoverageAnalysis& analysis, ReportBuilder& out) {
  DocumentTable table{
      .caption =
          out.say("Les lacunes les plus peuplées : ", "The most populous gaps: ") + analysis.coverage.definition.label,
      .headings = {out.say("Communes, de la plus peuplée", "Communes, most populous first"), out.say("Communes", "Communes"),
                   out.say("Habitants", "Inhabitants"), out.say("Structure la plus proche", "Nearest structure")},
      .rows = {},
      .is_number = {false, true, true, false}};
  for (std::size_t k = 0; k < std::min(analysis.gaps_beyond_limit.size(), kGapsShown); ++k) {
    const GapComponent& gap = analysis.gaps_beyond_limit[k];
    table.rows.push_back({names_of(sources.inputs.territory, gap, out),
                          count_text(static_cast<std::int64_t>(gap.communes.size()), out.language()),
                          count_text(gap.population, out.language()),
                          nearest_of(sources, analysis.coverage.definition, gap, out)});
  }
  out.table(std::move(table));
}

void write_commune_table(const ReportSources& sources, const CoverageAnalysis& analysis, ReportBuilder& out) {
  const Territory& territory = sources.inputs.territory;
  const Coverage& coverage = analysis.coverage;
  std::vector<CommuneIndex> uncovered;
  for (const CommuneIndex commune : territory.communes.indices()) {
    if (!coverage.communes[commune].covered && coverage.communes[commune].population > 0) {
      uncovered.push_back(commune);
    }
  }
  std::ranges::stable_sort(uncovered, [&](const CommuneIndex a, const CommuneIndex b) {
    return coverage.communes[a].population > coverage.communes[b].population;
  });
  DocumentTable table{
      .caption = out.say("Les communes non couvertes les plus peuplées : ", "The most populous communes not covered: ") +
                 coverage.definition.label,
      .headings = {out.say("Commune", "Commune"), out.say("Département", "Departement"), out.say("Habitants", "Inhabitants"),
                   out.say("Structure la plus proche", "Nearest structure"), out.say("À", "At")},
      .rows = {},
      .is_number = {false, false, true, false, true}};
  for (std::size_t k = 0; k < std::min(uncovered.size(), kCommunesShown); ++k) {
    const CommuneCoverage& of = coverage.communes[uncovered[k]];
    const Zoning& departements = territory.departements;
    const ZoneIndex zone = departements.zone_of.empty() ? ZoneIndex::none() : departements.zone_of[uncovered[k]];
    table.rows.push_back(
        {territory.communes[uncovered[k]].name, zone.is_none() ? "—" : departements.names[zone],
         count_text(of.population, out.language()), of.nearest.is_none() ? "—" : structure_name(sources, of.nearest),
         cost_beyond_text(of.cost, coverage.definition.limit, cost_unit(coverage.definition.travel), out.language())});
  }
  out.table(std::move(table));
}

}  // namespace

void write_gaps(const ReportSources& sources, ReportBuilder& out) {
  if (sources.results.analyses.empty()) {
    return;
  }
  out.heading(1, out.say("Où sont les manques", "Where the gaps are"));
  for (const CoverageAnalysis& analysis : sources.results.analyses) {
    out.heading(2, analysis.coverage.definition.label);
    write_sentence(sources, analysis, out);
    write_ground(analysis, out);
    if (!analysis.gaps_beyond_limit.empty()) {
      out.map(sources, "lacunes_" + analysis.coverage.definition.name, 135);
    }
    write_gap_table(sources, analysis, out);
    write_commune_table(sources, analysis, out);
    const RemoteCommunes& remote = analysis.remote;
    if (remote.communes > 0) {
      out.paragraph(
          out.say(fmt::format("{} ({}) n’{} aucune de ces structures, ni chez {} ni dans une commune voisine.",
                              counted_text(remote.communes, kCommuneNoun, out.language()),
                              counted_text(remote.population, kInhabitantNoun, out.language()),
                              french::agreed(remote.communes, "a", "ont"), french::agreed(remote.communes, "elle", "elles")),
                  fmt::format("{} ({}) have none of these structures, neither at home nor next door.",
                              counted_text(remote.communes, kCommuneNoun, out.language()),
                              counted_text(remote.population, kInhabitantNoun, out.language()))));
    }
  }
}

}  // namespace maillage::detail
