#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "adapters/cli/report_parts.hpp"
#include "adapters/cli/report_words.hpp"
#include "maps/french_grammar.hpp"

namespace maillage::detail {
namespace {

constexpr double kManyDoubtful = 0.05;
constexpr double kManyAtCommune = 0.2;
constexpr Noun kRowNoun{"ligne", "lignes", "row", "rows"};
constexpr Noun kDoubtNoun{"emplacement douteux", "emplacements douteux", "doubtful position", "doubtful positions"};

std::int64_t rejected_rows(const QualityReport& quality) {
  std::int64_t rows = 0;
  for (const InputReport& input : quality.inputs) {
    rows += static_cast<std::int64_t>(input.rejections.size());
  }
  return rows;
}

double share(const std::int64_t part, const std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

void write_inputs(const ReportSources& sources, ReportBuilder& out) {
  const Language language = out.language();
  DocumentTable table{.caption = out.say("Fichiers lus", "Files read"),
                      .note = out.say("Chaque ligne lue est retenue, hors du territoire, ou écartée avec une raison.",
                                      "Every row read is used, out of the territory, or rejected with a reason."),
                      .headings = {out.say("Fichier", "File"), out.say("Rôle", "Role"), out.say("Lues", "Read"),
                                   out.say("Retenues", "Used"), out.say("Hors territoire", "Out of the territory"),
                                   out.say("Écartées", "Rejected"), out.say("Réparées", "Repaired")},
                      .rows = {},
                      .is_number = {false, false, true, true, true, true, true}};
  for (const InputReport& input : sources.inputs.quality.inputs) {
    const std::size_t slash = input.file.find_last_of('/');
    table.rows.push_back({slash == std::string::npos ? input.file : input.file.substr(slash + 1), input.role.in(language),
                          count_text(input.rows_in, language), count_text(input.rows_used, language),
                          count_text(input.rows_out_of_scope, language),
                          count_text(static_cast<std::int64_t>(input.rejections.size()), language),
                          count_text(static_cast<std::int64_t>(input.repairs.size()), language)});
  }
  out.table(std::move(table));
}

void write_notes(const ReportSources& sources, ReportBuilder& out) {
  const QualityReport& quality = sources.inputs.quality;
  std::map<std::string, std::int64_t> reasons;
  const auto add = [&](const std::vector<RowNote>& notes) {
    for (const RowNote& note : notes) {
      ++reasons[note.reason];
    }
  };
  for (const InputReport& input : quality.inputs) {
    add(input.rejections);
    add(input.repairs);
  }
  for (const auto* notes : {&quality.territory_rejections, &quality.territory_repairs, &quality.placement_notes,
                            &quality.access_notes, &quality.hours_notes, &quality.duplicates}) {
    add(*notes);
  }
  std::vector<std::pair<std::string, std::int64_t>> ranked{reasons.begin(), reasons.end()};
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.second > b.second; });
  DocumentTable table{
      .caption = out.say("Ce qui a été écarté, réparé ou mis en doute", "What was rejected, repaired or doubted"),
      .note = out.say("La liste entière, ligne par ligne, est dans qualite.md et quality.json.",
                      "The whole list, row by row, is in qualite.md and quality.json."),
      .headings = {out.say("Constat", "Finding"), out.say("Cas", "Cases")},
      .rows = {},
      .is_number = {false, true}};
  for (const auto& [reason, number] : ranked) {
    table.rows.push_back({french::capitalised(reason_label(reason).in(out.language())), count_text(number, out.language())});
  }
  out.table(std::move(table));
}

void write_towns(const ReportSources& sources, ReportBuilder& out) {
  constexpr std::size_t kMost = 15;
  DocumentTable table{
      .caption = out.say("Villes sans structure alors que leurs semblables en ont : oubli ou vrai manque ?",
                         "Towns without a structure although their like have one: an omission or a true gap?"),
      .headings = {out.say("Commune", "Commune"), out.say("Habitants", "Inhabitants"),
                   out.say("Type absent", "Missing type")},
      .rows = {},
      .is_number = {false, true, false}};
  const auto& towns = sources.inputs.quality.suspicious_towns;
  for (std::size_t k = 0; k < std::min(towns.size(), kMost); ++k) {
    table.rows.push_back({towns[k].name, count_text(towns[k].population, out.language()),
                          towns[k].typology.empty() ? out.say("toute structure", "any structure") : towns[k].typology});
  }
  out.table(std::move(table));
}

std::string plane_text(const std::string& plane) {
  std::string text = plane;
  const std::size_t lambert = text.find("EPSG:2154");
  if (lambert != std::string::npos) {
    text.replace(lambert, 9, "Lambert-93 (EPSG:2154)");
  }
  return text;
}

}  // namespace

std::vector<std::string> doubts_of(const ReportSources& sources, const ReportBuilder& out) {
  const QualityReport& quality = sources.inputs.quality;
  const PlacementReport& placement = quality.placement;
  const Language language = out.language();
  const auto doubtful = static_cast<std::int64_t>(quality.placement_notes.size());
  const std::int64_t at_commune = placement.by_commune + placement.by_postcode;
  std::vector<std::string> doubts;
  if (share(placement.unplaced, placement.structures) > kManyDoubtful) {
    doubts.push_back(
        out.say(fmt::format("{} des structures n’ont pas pu être placées : les parts couvertes sont des minimums.",
                            percent_text(placement.unplaced, placement.structures, language)),
                fmt::format("{} of structures could not be placed: shares covered are lower bounds.",
                            percent_text(placement.unplaced, placement.structures, language))));
  }
  if (share(at_commune, placement.structures) > kManyAtCommune) {
    doubts.push_back(out.say(
        fmt::format(
            "{} des structures ne sont placées qu’au point de leur commune : les distances courtes sont incertaines.",
            percent_text(at_commune, placement.structures, language)),
        fmt::format("{} of structures stand at the point of their commune only: short distances are uncertain.",
                    percent_text(at_commune, placement.structures, language))));
  }
  if (share(doubtful, placement.structures) > kManyDoubtful) {
    doubts.push_back(out.say(
        fmt::format("{} pour {} : à vérifier avant de décider sur un lieu précis ; les grandes lignes en dépendent peu.",
                    french::capitalised(counted_text(doubtful, kDoubtNoun, language)),
                    counted_text(placement.structures, kStructureNoun, language)),
        fmt::format("{} among {}: check before deciding on any one place; the broad lines hardly depend on them.",
                    counted_text(doubtful, kDoubtNoun, language),
                    counted_text(placement.structures, kStructureNoun, language))));
  }
  const std::int64_t rejected = rejected_rows(quality);
  if (rejected > 0) {
    doubts.push_back(out.say(fmt::format("{} : ce qu’elles décrivaient manque aux résultats.",
                                         french::counted(rejected, "ligne a été écartée", "lignes ont été écartées")),
                             fmt::format("{} rejected: what they described is missing from the results.",
                                         counted_text(rejected, kRowNoun, language))));
  }
  if (quality.communes_without_population > 0) {
    doubts.push_back(
        out.say(fmt::format("La population {} n’est pas connue.",
                            quality.communes_without_population == 1
                                ? std::string{"d’une commune"}
                                : "de " + counted_text(quality.communes_without_population, kCommuneNoun, language)),
                fmt::format("The population of {} is not known.",
                            counted_text(quality.communes_without_population, kCommuneNoun, language))));
  }
  return doubts;
}

void write_quality(const ReportSources& sources, ReportBuilder& out) {
  out.heading(1, out.say("Qualité des données", "Quality of the data"));
  const std::vector<std::string> doubts = doubts_of(sources, out);
  if (doubts.empty()) {
    out.paragraph(out.say("Rien dans les fichiers lus ne met les résultats en doute.",
                          "Nothing in the files read casts doubt on the results."));
  } else {
    out.list(doubts);
  }
  write_inputs(sources, out);
  write_notes(sources, out);
  write_towns(sources, out);
}

void write_method(const ReportSources& sources, ReportBuilder& out) {
  out.heading(1, out.say("Méthode et sources", "Method and sources"));
  out.heading(2, out.say("Définitions", "Definitions"));
  std::vector<std::string> definitions{
      out.say(
          "Distance : du point de la commune (sa mairie, ou un point intérieur) à la structure, par le moyen que l’étude "
          "choisit ; à vol d’oiseau sauf indication contraire.",
          "Distance: from the commune’s point (its town hall, or a point inside) to the structure, by the means the study "
          "chooses; "
          "as the crow flies unless said otherwise."),
      out.say("Limite : fermée ; à 10 km exactement, on est couvert.", "Limit: closed; at exactly 10 km one is covered."),
      out.say("Lacune : communes contiguës dont aucune n’est couverte, d’un seul tenant.",
              "Gap: contiguous communes, none of them covered."),
      out.say("Habitants : population municipale de chaque commune, comptée à son point faute de localisation plus fine.",
              "Inhabitants: municipal population of each commune, counted at its point where nothing finer is known.")};
  for (const CoverageStudy& coverage : sources.study.coverages) {
    const char* how = coverage.travel.model == TravelStudy::Model::road ? out.french() ? "par la route" : "by road"
                      : coverage.travel.model == TravelStudy::Model::matrix
                          ? out.french() ? "selon une matrice de coûts" : "by a cost matrix"
                      : out.french() ? "à vol d’oiseau"
                                     : "as the crow flies";
    definitions.push_back(
        out.say(fmt::format("« {} » : limite de {}, {}.", coverage.label.empty() ? coverage.name : coverage.label,
                            coverage.limit_text, how),
                fmt::format("‘{}’: limit {}, {}.", coverage.label.empty() ? coverage.name : coverage.label,
                            coverage.limit_text, how)));
  }
  out.list(definitions);
  out.heading(2, out.say("Plan de calcul", "Plane of computation"));
  const std::string note = sources.inputs.quality.scale_note.in(out.language());
  out.paragraph(
      out.say(
          fmt::format("Longueurs et surfaces sont mesurées dans le système {}.", plane_text(sources.inputs.quality.plane)),
          fmt::format("Lengths and areas are measured in the system {}.", plane_text(sources.inputs.quality.plane))) +
      (note.empty() ? "" : " " + note));
  out.heading(2, "Sources");
  std::vector<std::string> credits;
  for (const Text& source : sources.maps.sources) {
    credits.push_back(source.in(out.language()));
  }
  out.list(credits);
  const std::string& date = sources.maps.data_date.in(out.language());
  if (!date.empty()) {
    out.paragraph(out.say("Date des données : ", "Date of the data: ") + date + ".");
  }
  out.paragraph(
      out.say("Les couches, les tableaux entiers, le rapport de qualité et le manifeste (paramètres, empreintes des "
              "fichiers) accompagnent "
              "ce rapport ; les mêmes fichiers d’entrée redonnent les mêmes résultats, à l’octet près.",
              "Layers, whole tables, the quality report and the manifest (parameters, hashes of files) come with this "
              "report; the same "
              "input files give the same results again, byte for byte."));
}

}  // namespace maillage::detail
