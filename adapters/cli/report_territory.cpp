#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/cli/report_parts.hpp"
#include "adapters/cli/report_words.hpp"
#include "maps/french_grammar.hpp"

namespace maillage::detail {
namespace {

constexpr Noun kDepartementNoun{"département", "départements", "departement", "departements"};
constexpr Noun kTypeNoun{"type", "types", "type", "types"};
constexpr std::int64_t kFewStructures = 30;

const Table* table_named(const StudyResults& results, const std::string_view ending) {
  const auto found = std::ranges::find_if(results.tables, [&](const Table& table) { return table.name.ends_with(ending); });
  return found == results.tables.end() ? nullptr : &*found;
}

/// "Les Hauts-de-France comptent", "L’Aisne compte", "La Réunion compte", "Le territoire étudié compte".
std::string territory_counts(const std::string& name) {
  const std::string with = french::with_article(name);
  if (!french::is_area(name)) {
    return name.empty() ? "Le territoire étudié compte" : fmt::format("Le territoire étudié ({}) compte", name);
  }
  return french::capitalised(with) + (with.starts_with("les ") ? " comptent" : " compte");
}

CommuneIndex largest_commune(const Territory& territory) {
  CommuneIndex largest;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const std::int64_t population = territory.communes[commune].population.value_or(0);
    if (population > 0 && (largest.is_none() || population > territory.communes[largest].population.value_or(0))) {
      largest = commune;
    }
  }
  return largest;
}

/// How the communes are spread: "Les villages, 88,9 % des communes, abritent 38,7 % des habitants."
std::string tier_sentence(const ReportSources& sources, const ReportBuilder& out) {
  const Territory& territory = sources.inputs.territory;
  std::int64_t communes = 0;
  std::int64_t people = 0;
  std::int64_t all_people = 0;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const std::int64_t population = territory.communes[commune].population.value_or(0);
    all_people += population;
    if (!territory.tier[commune].is_none() && territory.tier[commune].value() == 0) {
      ++communes;
      people += population;
    }
  }
  if (communes == 0 || territory.tiers.lower_bounds.size() < 2) {
    return {};
  }
  const auto all = static_cast<std::int64_t>(territory.communes.size());
  const TierIndex second{1};
  const std::string bound = count_text(territory.tiers.lower_bounds[second], out.language());
  return out.say(
      fmt::format("Les communes de moins de {} habitants forment {} des communes et abritent {} des habitants.", bound,
                  percent_text(communes, all, out.language()), percent_text(people, all_people, out.language())),
      fmt::format("Communes under {} inhabitants are {} of communes and home to {} of inhabitants.", bound,
                  percent_text(communes, all, out.language()), percent_text(people, all_people, out.language())));
}

std::vector<std::pair<std::string, std::int64_t>> counts_by(const StructureSet& set, const std::string Structure::*member) {
  std::map<std::string, std::int64_t> counts;
  for (const Structure& structure : set.structures) {
    ++counts[structure.*member];
  }
  std::vector<std::pair<std::string, std::int64_t>> ranked{counts.begin(), counts.end()};
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.second > b.second; });
  return ranked;
}

void write_placement(const ReportSources& sources, ReportBuilder& out) {
  const PlacementReport& placement = sources.inputs.quality.placement;
  const Language language = out.language();
  const std::int64_t at_commune = placement.by_commune + placement.by_postcode;
  out.paragraph(out.say(
      fmt::format("{} à {} propres coordonnées ({}){}{}.",
                  french::counted(placement.by_point, "structure est placée", "structures sont placées"),
                  french::agreed(placement.by_point, "ses", "leurs"),
                  percent_text(placement.by_point, placement.structures, language),
                  at_commune > 0 ? fmt::format(", {} au point de {} commune", count_text(at_commune, language),
                                               french::agreed(at_commune, "sa", "leur"))
                                 : "",
                  placement.unplaced > 0
                      ? fmt::format(" ; {} n’{} pas pu l’être et {} à part", count_text(placement.unplaced, language),
                                    french::agreed(placement.unplaced, "a", "ont"),
                                    french::agreed(placement.unplaced, "reste", "restent"))
                      : ""),
      fmt::format("{} at their own coordinates ({}), {} at the point of their commune, {} not placed.",
                  counted_text(placement.by_point, {"", "", "structure is", "structures are"}, language),
                  percent_text(placement.by_point, placement.structures, language), count_text(at_commune, language),
                  count_text(placement.unplaced, language))));
  if (placement.structures > 0 && placement.structures < kFewStructures) {
    out.caution(
        out.say("Les structures sont peu nombreuses : une seule de plus ou de moins change sensiblement les parts "
                "ci-dessous, qui se lisent comme des ordres de grandeur.",
                "There are few structures: one more or less changes the shares below noticeably; read them as orders of "
                "magnitude."));
  }
}

}  // namespace

std::string structure_name(const ReportSources& sources, const StructureIndex structure) {
  const std::string& name = sources.inputs.structures.structures[structure].name;
  const CommuneIndex commune = sources.inputs.placements.of[structure].commune;
  if (commune.is_none()) {
    return name;
  }
  const std::string& place = sources.inputs.territory.communes[commune].name;
  if (name.empty()) {
    return place;
  }
  return name.find(place) != std::string::npos ? name : fmt::format("{} ({})", name, place);
}

void write_territory(const ReportSources& sources, ReportBuilder& out) {
  const Territory& territory = sources.inputs.territory;
  const QualityReport& quality = sources.inputs.quality;
  const Language language = out.language();
  out.heading(1, out.say("Le territoire", "The territory"));
  const auto departements = static_cast<std::int64_t>(territory.departements.codes.size());
  const auto epcis = static_cast<std::int64_t>(territory.epcis.codes.size());
  const std::string zones =
      departements > 1 && epcis > 1
          ? out.say(fmt::format(", dans {} et {}", counted_text(departements, kDepartementNoun, language),
                                french::counted(epcis, "intercommunalité", "intercommunalités")),
                    fmt::format(", in {} and {} EPCIs", counted_text(departements, kDepartementNoun, language),
                                count_text(epcis, language)))
          : "";
  out.paragraph(out.say(
      fmt::format("{} {} et {}{}.", territory_counts(territory.name), counted_text(quality.communes, kCommuneNoun, language),
                  counted_text(quality.population, kInhabitantNoun, language), zones),
      fmt::format("{} has {} and {}{}.", territory.name.empty() ? "The territory" : territory.name,
                  counted_text(quality.communes, kCommuneNoun, language),
                  counted_text(quality.population, kInhabitantNoun, language), zones)));
  const CommuneIndex largest = largest_commune(territory);
  std::string more = tier_sentence(sources, out);
  if (!largest.is_none()) {
    const std::string people = counted_text(*territory.communes[largest].population, kInhabitantNoun, language);
    more += out.say(fmt::format(" La commune la plus peuplée est {} ({}).", territory.communes[largest].name, people),
                    fmt::format(" The most populous commune is {} ({}).", territory.communes[largest].name, people));
  }
  if (quality.communes_without_population > 0) {
    more += out.say(
        fmt::format(" La population {} n’est pas connue ; {} dans aucun total d’habitants.",
                    quality.communes_without_population == 1
                        ? "d’une commune"
                        : fmt::format("de {}", counted_text(quality.communes_without_population, kCommuneNoun, language)),
                    quality.communes_without_population == 1 ? "elle n’entre" : "elles n’entrent"),
        fmt::format(" The population of {} is not known; they count in no total of inhabitants.",
                    counted_text(quality.communes_without_population, kCommuneNoun, language)));
  }
  out.paragraph(more);
  for (const char* table : {"00_communes_tier", "00_communes_departement"}) {
    if (const Table* found = table_named(sources.results, table);
        found != nullptr && (departements > 1 || std::string_view{table} == "00_communes_tier")) {
      // Shares of structures and communes that have some follow from the other columns.
      out.table_of(*found, {.columns = {0, 1, 2, 3, 4, 6, 8, 9}});
    }
  }
}

void write_structures(const ReportSources& sources, ReportBuilder& out) {
  const Language language = out.language();
  const PlacementReport& placement = sources.inputs.quality.placement;
  out.heading(1, out.say("Les structures", "The structures"));
  if (placement.structures == 0) {
    out.paragraph(out.say("Aucune structure n’est retenue dans le territoire.", "No structure is used in the territory."));
    return;
  }
  const auto types = counts_by(sources.inputs.structures, &Structure::typology);
  std::vector<std::string> largest;
  for (std::size_t k = 0; k < std::min<std::size_t>(types.size(), 3); ++k) {
    const std::string name = types[k].first.empty() ? out.say("type non renseigné", "type not given") : types[k].first;
    largest.push_back(fmt::format("{} ({})", name, count_text(types[k].second, language)));
  }
  const auto number = static_cast<std::int64_t>(types.size());
  const std::vector<std::string> confidential = confidential_attributes(sources.study);
  const std::string kinds =
      std::ranges::find(confidential, "typology") != confidential.end()
          ? out.say("dont le type est confidentiel", "whose type is confidential")
      : number == 1
          ? out.say(fmt::format("d’un seul type : {}", largest.front()), fmt::format("of one type: {}", largest.front()))
          : out.say(fmt::format("de {} ; les plus nombreux : {}", counted_text(number, kTypeNoun, language),
                                french::list(largest)),
                    fmt::format("of {}; the most frequent: {}", counted_text(number, kTypeNoun, language),
                                fmt::format("{}", fmt::join(largest, ", "))));
  out.paragraph(
      out.say(fmt::format("L’étude retient {}, {}.", counted_text(placement.structures, kStructureNoun, language), kinds),
              fmt::format("The study uses {}, {}.", counted_text(placement.structures, kStructureNoun, language), kinds)));
  write_placement(sources, out);
  out.map(sources, "structures", 130);
  for (const Table& table : sources.results.tables) {
    const bool asked = !table.name.starts_with("00_") && !table.name.starts_with("enquete_") && is_shown(table);
    if (asked) {
      out.table_of(table);
    }
  }
}

void write_survey(const ReportSources& sources, ReportBuilder& out) {
  constexpr std::size_t kMostColumns = 9;
  bool begun = false;
  for (const Table& table : sources.results.tables) {
    if (!table.name.starts_with("enquete_") || table.columns.size() > kMostColumns || table.rows.empty()) {
      continue;
    }
    if (!begun) {
      out.heading(1, out.say("L’enquête", "The survey"));
      out.paragraph(
          out.say("Les réponses sont rapportées à l’ensemble interrogé ; les intervalles disent ce que le hasard des "
                  "réponses laisse d’incertain.",
                  "Answers are set against all who were asked; intervals say what the chance of answering leaves open."));
      begun = true;
    }
    out.table_of(table, {.most_rows = 25});
  }
}

}  // namespace maillage::detail
