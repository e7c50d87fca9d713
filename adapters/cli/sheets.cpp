#include "adapters/cli/sheets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "adapters/cli/report_parts.hpp"
#include "adapters/cli/report_words.hpp"
#include "adapters/cli/sheet_ranks.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"
#include "maps/french_grammar.hpp"
#include "maps/measure_display.hpp"

namespace maillage {
namespace {

using detail::CoverageRanks;
using detail::Rank;

constexpr double kLeastWindowM = 24'000;  ///< of the surroundings shown
constexpr double kMapMm = 95;

/// "1er sur 120", "12e sur 120".
std::string rank_text(const Rank& rank, const ReportBuilder& out) {
  if (rank.among == 0) {
    return "—";
  }
  const std::string among = count_text(rank.among, out.language());
  return out.say(fmt::format("{}{} sur {}", count_text(rank.place, Language::french), rank.place == 1 ? "er" : "e", among),
                 fmt::format("{} of {}", count_text(rank.place, Language::english), among));
}

/// A square around an area: its surroundings, twice as wide as itself at least.
Box window_around(const Box& box, const double times) {
  const double side = std::max({times * (box.max_x - box.min_x), times * (box.max_y - box.min_y), kLeastWindowM});
  const double x = (box.min_x + box.max_x) / 2;
  const double y = (box.min_y + box.max_y) / 2;
  return {x - side / 2, y - side / 2, x + side / 2, y + side / 2};
}

/// What all sheets share, made once and only read.
class SheetWriter {
 public:
  explicit SheetWriter(const ReportSources& sources) : sources_(sources), ranks_(detail::coverage_ranks(sources)) {
    // The first question's map tells most; structures alone where there is none.
    const std::string name = sources.results.analyses.empty()
                                 ? (sources.maps.maps.empty() ? "" : sources.maps.maps.front().name)
                                 : "cout_" + sources.results.analyses.front().coverage.definition.name;
    const auto found = std::ranges::find(sources.maps.maps, name, &MapView::name);
    if (found != sources.maps.maps.end()) {
      map_ = &*found;
      drawing_.emplace(sources.maps, sources.layers, *found);
    }
  }

  [[nodiscard]] ReportDocument commune_sheet(const CommuneIndex commune) const {
    ReportBuilder out{sources_.language};
    const Commune& of = territory().communes[commune];
    out.title(fmt::format("{} ({})", of.name, of.code), zones_of(commune), foot(out));
    out.keys(commune_keys(commune, out));
    write_commune_coverage(commune, out);
    add_map(window_around(bounding_box(territory().contours, AreaIndex{commune.value()}), 2), of.code, of.name, out);
    write_access(commune, out);
    write_continuity(commune, out);
    write_sources(out);
    return out.finish();
  }

  [[nodiscard]] ReportDocument epci_sheet(const ZoneIndex epci) const {
    ReportBuilder out{sources_.language};
    const Zoning& epcis = territory().epcis;
    std::vector<CommuneIndex> members;
    Box box;
    std::int64_t population = 0;
    for (const CommuneIndex commune : territory().communes.indices()) {
      if (epcis.zone_of[commune] == epci) {
        members.push_back(commune);
        population += territory().communes[commune].population.value_or(0);
        const Box one = bounding_box(territory().contours, AreaIndex{commune.value()});
        if (!one.empty()) {
          box.extend({one.min_x, one.min_y});
          box.extend({one.max_x, one.max_y});
        }
      }
    }
    const auto communes = static_cast<std::int64_t>(members.size());
    out.title(
        epcis.names[epci],
        out.say(fmt::format("SIREN {} · {} · {}", epcis.codes[epci], counted_text(communes, kCommuneNoun, Language::french),
                            counted_text(population, kInhabitantNoun, Language::french)),
                fmt::format("SIREN {} · {} · {}", epcis.codes[epci], counted_text(communes, kCommuneNoun, Language::english),
                            counted_text(population, kInhabitantNoun, Language::english))),
        foot(out));
    write_epci_coverage(epci, out);
    if (!box.empty()) {
      add_map(window_around(box, 1.15), "", epcis.names[epci], out);
    }
    write_members(members, out);
    write_sources(out);
    return out.finish();
  }

 private:
  [[nodiscard]] const Territory& territory() const { return sources_.inputs.territory; }
  [[nodiscard]] std::size_t coverages() const { return sources_.results.analyses.size(); }
  [[nodiscard]] const Coverage& coverage(const std::size_t k) const { return sources_.results.analyses[k].coverage; }

  [[nodiscard]] std::string foot(const ReportBuilder& out) const {
    return sources_.study.title + out.say(" — fiche établie par Maillage", " — sheet made by Maillage");
  }

  [[nodiscard]] std::string zones_of(const CommuneIndex commune) const {
    std::string text;
    for (const Zoning* zoning : {&territory().departements, &territory().epcis}) {
      if (!zoning->zone_of.empty() && !zoning->zone_of[commune].is_none()) {
        text += (text.empty() ? "" : " · ") + zoning->names[zoning->zone_of[commune]];
      }
    }
    const TierIndex tier = territory().tier[commune];
    if (!tier.is_none()) {
      const PopulationTiers& tiers = territory().tiers;
      text += (text.empty() ? "" : " · ") +
              (sources_.language == Language::french ? tiers.labels_french[tier] : tiers.labels_english[tier]);
    }
    return text;
  }

  [[nodiscard]] std::vector<std::pair<std::string, std::string>> commune_keys(const CommuneIndex commune,
                                                                              const ReportBuilder& out) const {
    const auto& population = territory().communes[commune].population;
    std::int64_t structures = 0;
    for (const Placement& placed : sources_.inputs.placements.of) {
      structures += placed.commune == commune ? 1 : 0;
    }
    std::vector<std::pair<std::string, std::string>> keys{
        {population ? count_text(*population, out.language()) : out.say("inconnue", "unknown"),
         out.say("population municipale", "inhabitants")},
        {count_text(structures, out.language()),
         out.say(structures < 2 ? "structure dans la commune" : "structures dans la commune", "structures in the commune")}};
    for (std::size_t k = 0; k < std::min<std::size_t>(coverages(), 2); ++k) {
      const CommuneCoverage& of = coverage(k).communes[commune];
      keys.emplace_back(cost_text(of.cost, cost_unit(coverage(k).definition.travel), out.language()),
                        out.say("jusqu’à la plus proche : ", "to the nearest: ") + coverage(k).definition.label);
    }
    return keys;
  }

  void write_commune_coverage(const CommuneIndex commune, ReportBuilder& out) const {
    DocumentTable table{
        .caption = out.say("L’offre à portée", "The offer in reach"),
        .note = out.say("Rang : 1er = la plus proche de l’offre ; à égalité, même rang.",
                        "Rank: 1 = nearest to the offer; equals share it."),
        .headings = {out.say("Question", "Question"), out.say("Structure la plus proche", "Nearest structure"),
                     out.say("À", "At"), out.say("Couverte", "Covered"), out.say("À portée", "In reach"),
                     out.say("Rang dans sa strate", "Rank in its class"), out.say("Rang", "Rank")},
        .rows = {},
        .is_number = {false, false, true, false, true, true, true}};
    std::vector<std::string> sentences;
    for (std::size_t k = 0; k < coverages(); ++k) {
      const CommuneCoverage& of = coverage(k).communes[commune];
      const CoverageDefinition& definition = coverage(k).definition;
      table.rows.push_back({definition.label, of.nearest.is_none() ? "—" : detail::structure_name(sources_, of.nearest),
                            cost_beyond_text(of.cost, definition.limit, cost_unit(definition.travel), out.language()),
                            of.covered ? out.say("oui", "yes") : out.say("non", "no"), count_text(of.depth, out.language()),
                            rank_text(ranks_[k].in_tier[commune], out), rank_text(ranks_[k].in_territory[commune], out)});
      if (!of.covered) {
        sentences.push_back(what_would_cover(commune, k, out));
      }
    }
    out.table(std::move(table));
    if (!sentences.empty()) {
      out.heading(1, out.say("Ce qui la couvrirait", "What would cover it"));
      out.list(sentences);
    }
  }

  [[nodiscard]] std::string what_would_cover(const CommuneIndex commune, const std::size_t k,
                                             const ReportBuilder& out) const {
    const CoverageDefinition& definition = coverage(k).definition;
    const Language language = out.language();
    const std::string limit = limit_text(definition.limit, cost_unit(definition.travel), language);
    std::string text = out.say(fmt::format("« {} » : il faudrait une structure à {} au plus.", definition.label, limit),
                               fmt::format("‘{}’: a structure within {} is wanted.", definition.label, limit));
    if (const GapComponent* gap = ranks_[k].gap_of[commune.value()]; gap != nullptr && gap->communes.size() > 1) {
      const auto communes = static_cast<std::int64_t>(gap->communes.size());
      text += out.say(
          fmt::format(" La commune fait partie d’une lacune de {} et {}.", counted_text(communes, kCommuneNoun, language),
                      counted_text(gap->population, kInhabitantNoun, language)),
          fmt::format(" The commune is part of a gap of {} and {}.", counted_text(communes, kCommuneNoun, language),
                      counted_text(gap->population, kInhabitantNoun, language)));
    }
    if (!ranks_[k].would_cover.empty()) {
      const std::int64_t people = ranks_[k].would_cover[commune];
      text += out.say(fmt::format(" Placée ici, elle desservirait {} aujourd’hui au-delà de la limite.",
                                  counted_text(people, kInhabitantNoun, language)),
                      fmt::format(" Placed here, it would serve {} who are beyond the limit today.",
                                  counted_text(people, kInhabitantNoun, language)));
    }
    return text;
  }

  void add_map(const Box& window, const std::string& code, const std::string& name, ReportBuilder& out) const {
    if (!drawing_ || !std::isfinite(window.min_x)) {
      return;
    }
    const std::string svg = drawing_->figure({.most_height_mm = kMapMm,
                                              .language = out.language(),
                                              .identifier = map_->name,
                                              .window = window,
                                              .highlighted = code,
                                              .labels = 9});
    const std::string caption = out.say("Les alentours. ", "Surroundings. ") + map_->title.in(out.language()) + ".";
    out.figure(
        svg, caption,
        out.say(fmt::format("Carte des alentours {}. ", french::of_name(name)), fmt::format("Map around {}. ", name)) +
            map_->title.in(out.language()) +
            out.say(" ; les valeurs sont dans le tableau.", "; the values are in the table."));
  }

  void write_access(const CommuneIndex commune, ReportBuilder& out) const {
    DocumentTable table{
        .caption = out.say("Accessibilité", "Access"),
        .headings = {out.say("Question", "Question"), out.say("Mesures qui la classent", "Measures that rank it"),
                     out.say("Rang médian", "Median rank"), out.say("Écart entre rangs", "Spread of ranks"),
                     out.say("Mesures où elle est dans le dernier dixième", "Measures that put it in the worst tenth")},
        .rows = {},
        .is_number = {false, true, true, true, true}};
    for (const AccessAnalysis& analysis : sources_.results.access.analyses) {
      const Disagreement& ranks = analysis.disagreement;
      const std::size_t k = commune.value();
      if (k < ranks.measures.size() && ranks.measures[k] > 0) {
        const auto number = [&](const double value) {
          const std::string text = to_text(rounded_number(value, 0), out.language());
          return text.empty() ? "—" : text;
        };
        table.rows.push_back({analysis.label, count_text(ranks.measures[k], out.language()), number(ranks.median_rank[k]),
                              number(ranks.spread[k]), count_text(ranks.in_worst_tenth[k], out.language())});
      }
    }
    out.table(std::move(table));
  }

  void write_continuity(const CommuneIndex commune, ReportBuilder& out) const {
    for (const ContinuityAnalysis& analysis : sources_.results.continuities) {
      const CommuneContinuity& of = analysis.week.communes[commune];
      const auto hours = [&](const std::int64_t minutes) {
        return to_text(rounded_ratio(minutes, 60, 1, 1), out.language());
      };
      std::string text = out.say(
          fmt::format("« {} » : {} h par semaine à portée", analysis.week.definition.label, hours(of.minutes_served)),
          fmt::format("‘{}’: {} h a week in reach", analysis.week.definition.label, hours(of.minutes_served)));
      text += out.say(fmt::format(", et au plus long {} h sans offre.", hours(of.longest_gap_minutes)),
                      fmt::format(", at the longest {} h without any offer.", hours(of.longest_gap_minutes)));
      if (of.unknown_in_reach > 0) {
        const auto unknown = static_cast<std::int64_t>(of.unknown_in_reach);
        text += out.say(
            fmt::format(" Les horaires {} à portée ne sont pas connus : de {} à {} h possibles.",
                        unknown == 1 ? "d’une structure" : "de " + counted_text(unknown, kStructureNoun, Language::french),
                        hours(of.surely_minutes), hours(of.possibly_minutes)),
            fmt::format(" The hours of {} in reach are not known: {} to {} h are possible.",
                        counted_text(unknown, kStructureNoun, Language::english), hours(of.surely_minutes),
                        hours(of.possibly_minutes)));
      }
      out.paragraph(text);
    }
  }

  void write_epci_coverage(const ZoneIndex epci, ReportBuilder& out) const {
    DocumentTable table{
        .caption = out.say("Couverture", "Coverage"),
        .headings = {out.say("Question", "Question"), out.say("Communes couvertes", "Communes covered"),
                     out.say("Habitants couverts", "Inhabitants covered"), out.say("Part", "Share"),
                     out.say("Structures", "Structures"), out.say("Rang parmi les EPCI", "Rank among EPCIs")},
        .rows = {},
        .is_number = {false, true, true, true, true, true}};
    for (std::size_t k = 0; k < coverages(); ++k) {
      const CoverageShare& share = coverage(k).by_epci[epci];
      table.rows.push_back({coverage(k).definition.label, count_text(share.communes_covered, out.language()),
                            count_text(share.population_covered, out.language()),
                            percent_text(share.population_covered, share.population, out.language()),
                            count_text(share.structures, out.language()), rank_text(ranks_[k].of_epci[epci], out)});
    }
    out.table(std::move(table));
  }

  void write_members(std::vector<CommuneIndex> members, ReportBuilder& out) const {
    std::ranges::stable_sort(members, [&](const CommuneIndex a, const CommuneIndex b) {
      return territory().communes[a].population.value_or(0) > territory().communes[b].population.value_or(0);
    });
    constexpr std::size_t kMostCoverages = 4;
    DocumentTable table{
        .caption = out.say("Communes, et ce qui les sépare de l’offre", "Communes, and what parts them from the offer"),
        .headings = {out.say("Commune", "Commune"), out.say("Habitants", "Inhabitants")},
        .rows = {},
        .is_number = {false, true}};
    const std::size_t shown = std::min(coverages(), kMostCoverages);
    for (std::size_t k = 0; k < shown; ++k) {
      table.headings.push_back(coverage(k).definition.label);
      table.is_number.push_back(true);
    }
    for (const CommuneIndex commune : members) {
      const auto& population = territory().communes[commune].population;
      std::vector<std::string> row{territory().communes[commune].name,
                                   population ? count_text(*population, out.language()) : "—"};
      for (std::size_t k = 0; k < shown; ++k) {
        const CommuneCoverage& of = coverage(k).communes[commune];
        row.push_back(cost_text(of.cost, cost_unit(coverage(k).definition.travel), out.language()) +
                      (of.covered ? "" : out.say(" (non couverte)", " (not covered)")));
      }
      table.rows.push_back(std::move(row));
    }
    out.table(std::move(table));
  }

  void write_sources(ReportBuilder& out) const {
    std::string line;
    for (const Text& source : sources_.maps.sources) {
      line += (line.empty() ? "" : " ; ") + source.in(out.language());
    }
    const std::string& date = sources_.maps.data_date.in(out.language());
    out.paragraph((line.empty() ? "" : out.say("Sources : ", "Sources: ") + line + ". ") +
                  (date.empty() ? "" : out.say("Données : ", "Data: ") + date + "."));
  }

  const ReportSources& sources_;
  std::vector<CoverageRanks> ranks_;
  const MapView* map_ = nullptr;
  std::optional<MapDrawing> drawing_;
};

/// "index.html": all sheets, by departement where there are any.
void write_index(const ReportSources& sources, const SheetOptions& options, const std::filesystem::path& folder) {
  ReportBuilder out{sources.language};
  const Territory& territory = sources.inputs.territory;
  const bool communes = options.zones == SheetZones::commune;
  out.title(out.say(communes ? "Fiches des communes" : "Fiches des intercommunalités",
                    communes ? "Sheets of communes" : "Sheets of EPCIs"),
            sources.study.title + (territory.name.empty() ? "" : " · " + territory.name), sources.study.title);
  ReportDocument document = out.finish();
  const std::string ending = options.format == ReportFormat::pdf ? ".pdf" : ".html";
  if (!communes) {
    LinkList list;
    for (const ZoneIndex epci : territory.epcis.codes.indices()) {
      list.links.emplace_back(out.set(territory.epcis.names[epci]), territory.epcis.codes[epci] + ending);
    }
    std::ranges::sort(list.links);
    document.blocks.emplace_back(std::move(list));
  } else {
    std::vector<std::pair<std::string, LinkList>> groups;
    for (const CommuneIndex commune : territory.communes.indices()) {
      const Zoning& zoning = territory.departements;
      const ZoneIndex zone = zoning.zone_of.empty() ? ZoneIndex::none() : zoning.zone_of[commune];
      const std::string name =
          zone.is_none() ? (sources.language == Language::french ? "Communes" : "Communes") : zoning.names[zone];
      if (groups.empty() || groups.back().first != name) {
        groups.emplace_back(name, LinkList{});
      }
      groups.back().second.links.emplace_back(out.set(territory.communes[commune].name),
                                              territory.communes[commune].code + ending);
    }
    for (auto& [name, list] : groups) {
      document.blocks.emplace_back(Heading{.level = 1, .text = name});
      document.blocks.emplace_back(std::move(list));
    }
  }
  write_report(folder, "index", document, ReportFormat::html);
}

}  // namespace

std::size_t write_sheets(const ReportSources& sources, const SheetOptions& options, const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::create_directory(folder, error)) {
    throw OutputError(Text{.french = fmt::format("{} : dossier impossible à créer ({}).", folder.string(), error.message()),
                           .english = fmt::format("{}: folder cannot be created ({}).", folder.string(), error.message())},
                      OutputError::Kind::cannot_create);
  }
  const SheetWriter writer{sources};
  const Territory& territory = sources.inputs.territory;
  const bool communes = options.zones == SheetZones::commune;
  const std::size_t number = communes ? territory.communes.size() : territory.epcis.codes.size();
  parallel_for_blocks(number, 4, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      const ReportDocument sheet = communes ? writer.commune_sheet(CommuneIndex{k}) : writer.epci_sheet(ZoneIndex{k});
      write_report(folder, communes ? territory.communes[CommuneIndex{k}].code : territory.epcis.codes[ZoneIndex{k}], sheet,
                   options.format);
    }
  });
  write_index(sources, options, folder);
  return number;
}

}  // namespace maillage
