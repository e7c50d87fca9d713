#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "adapters/cli/report_parts.hpp"
#include "adapters/cli/report_words.hpp"
#include "maps/charts.hpp"
#include "maps/french_grammar.hpp"

namespace maillage::detail {
namespace {

constexpr std::size_t kWorstZones = 10;
constexpr std::size_t kBesideTotal = 12;  ///< zones of a zoning that are all shown

std::string quoted(const std::string& label, const ReportBuilder& out) {
  return out.say("« " + label + " »", "‘" + label + "’");
}

/// Both coverage tables have these columns.
DocumentTable share_table(const ReportBuilder& out, const std::string& caption, const std::string& first) {
  return {.caption = caption,
          .note = {},
          .headings = {first, out.say("Communes", "Communes"), out.say("dont couvertes", "of which covered"),
                       out.say("Habitants", "Inhabitants"), out.say("dont couverts", "of which covered"),
                       out.say("Part des habitants couverts", "Share of inhabitants covered"),
                       out.say("Structures", "Structures")},
          .rows = {},
          .is_number = {false, true, true, true, true, true, true}};
}

void add_share(DocumentTable& table, const std::string& name, const CoverageShare& share, const Language language) {
  table.rows.push_back({name, count_text(share.communes, language), count_text(share.communes_covered, language),
                        count_text(share.population, language), count_text(share.population_covered, language),
                        percent_text(share.population_covered, share.population, language),
                        count_text(share.structures, language)});
}

double percent_of(const CoverageShare& share) {
  return share.population > 0 ? 100.0 * static_cast<double>(share.population_covered) / static_cast<double>(share.population)
                              : 0;
}

void write_sentence(const Coverage& coverage, ReportBuilder& out) {
  const Language language = out.language();
  const CoverageShare& total = coverage.total;
  const std::int64_t beyond = total.population - total.population_covered;
  const auto structures = static_cast<std::int64_t>(coverage.definition.structures.size());
  const std::string limit = limit_text(coverage.definition.limit, cost_unit(coverage.definition.travel), language);
  out.paragraph(out.say(
      fmt::format(
          "{} à {} au plus {} : {} sur {} {} couvertes, et {} des habitants ({} sur {}). {}",
          counted_text(structures, kStructureNoun, language), limit, structures < 2 ? "est comptée" : "sont comptées",
          count_text(total.communes_covered, language), counted_text(total.communes, kCommuneNoun, language),
          total.communes_covered < 2 ? "est" : "sont", percent_text(total.population_covered, total.population, language),
          count_text(total.population_covered, language), count_text(total.population, language),
          beyond == 0 ? "Personne n’est au-delà de la limite."
                      : fmt::format("{} au-delà de la limite.", french::counted(beyond, "habitant est", "habitants sont"))),
      fmt::format("{} within {}: {} of {} are covered, and {} of inhabitants ({} of {}). {} beyond the limit.",
                  counted_text(structures, kStructureNoun, language), limit, count_text(total.communes_covered, language),
                  counted_text(total.communes, kCommuneNoun, language),
                  percent_text(total.population_covered, total.population, language),
                  count_text(total.population_covered, language), count_text(total.population, language),
                  counted_text(beyond, {"", "", "inhabitant is", "inhabitants are"}, language))));
  if (structures > 0 && structures < 5) {
    out.caution(out.say("La réponse tient à très peu de structures : une position fausse la changerait.",
                        "The answer hangs on very few structures: one wrong position would change it."));
  }
}

void write_tiers(const ReportSources& sources, const Coverage& coverage, ReportBuilder& out) {
  const Language language = out.language();
  const PopulationTiers& tiers = sources.inputs.territory.tiers;
  DocumentTable table = share_table(out, out.say("Couverture par strate de population", "Coverage by population class"),
                                    out.say("Strate", "Class"));
  std::vector<ShareBar> bars;
  for (const TierIndex tier : coverage.by_tier.indices()) {
    const CoverageShare& share = coverage.by_tier[tier];
    const std::string name = out.set(language == Language::french ? tiers.labels_french[tier] : tiers.labels_english[tier]);
    if (share.communes == 0) {
      continue;
    }
    add_share(table, name, share, language);
    bars.push_back({.label = name,
                    .percent = percent_of(share),
                    .value = out.set(percent_text(share.population_covered, share.population, language))});
  }
  add_share(table, "Total", coverage.total, language);
  table.last_is_total = true;
  if (bars.size() > 1) {
    std::string alternative =
        out.say("Barres : part des habitants couverts par strate. ", "Bars: share of inhabitants covered by class. ");
    for (const ShareBar& bar : bars) {
      alternative += fmt::format("{} : {}. ", bar.label, bar.value);
    }
    out.figure(share_bars_svg(bars, {.title = out.set(coverage.definition.label), .description = alternative}),
               out.say("Part des habitants couverts, par strate de population.",
                       "Share of inhabitants covered, by population class."),
               alternative);
  }
  out.table(std::move(table));
}

void write_zones(const Zoning& zoning, const IndexedVector<ZoneIndex, CoverageShare>& shares,
                 const std::array<std::string, 3>& words, ReportBuilder& out) {
  const std::vector<ZoneShareText> zones = worst_zones(zoning, shares);
  if (zones.size() < 2 || zones.front().share->population_covered == zones.front().share->population) {
    return;  // everybody is covered everywhere
  }
  const bool all = zones.size() <= kBesideTotal;
  DocumentTable table = share_table(out, all ? words[1] : words[2], words[0]);
  for (std::size_t k = 0; k < (all ? zones.size() : kWorstZones); ++k) {
    add_share(table, zones[k].name, *zones[k].share, out.language());
  }
  out.table(std::move(table));
}

/// A step of a distribution: round, about `wanted` of them up to twice the limit.
Cost class_step(const Cost limit) {
  const double raw = static_cast<double>(limit) / 10;
  const double power = std::pow(10, std::floor(std::log10(std::max(raw, 1.0))));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (step * power >= raw && limit % static_cast<Cost>(step * power) == 0) {
      return static_cast<Cost>(step * power);
    }
  }
  return std::max<Cost>(1, limit / 10);
}

void write_distribution(const ReportSources& sources, const Coverage& coverage, ReportBuilder& out) {
  const CostUnit unit = cost_unit(coverage.definition.travel);
  const Cost step = class_step(coverage.definition.limit);
  constexpr std::size_t kClasses = 24;
  std::vector<CostClass> classes(kClasses);
  const double shown = unit == CostUnit::metres ? 1000 : 60;
  for (std::size_t k = 0; k < kClasses; ++k) {
    const double from = static_cast<double>(step) * static_cast<double>(k) / shown;
    classes[k].label = to_text(rounded_number(from, from == std::floor(from) ? 0 : 1), out.language());
    classes[k].is_beyond = static_cast<Cost>(k) * step >= coverage.definition.limit;
  }
  std::int64_t farther = 0;
  std::int64_t people = 0;
  for (const CommuneIndex commune : sources.inputs.territory.communes.indices()) {
    const CommuneCoverage& of = coverage.communes[commune];
    people += of.population;
    const auto k = of.cost == kUnreachable ? kClasses : static_cast<std::size_t>(of.cost / step);
    if (k < kClasses) {
      classes[k].amount += static_cast<double>(of.population);
    } else {
      farther += of.population;
    }
  }
  if (people == 0 || coverage.definition.structures.empty()) {
    return;
  }
  while (classes.size() > 1 && classes.back().amount == 0 && classes[classes.size() - 2].is_beyond) {
    classes.pop_back();
  }
  const std::string axis = unit == CostUnit::metres
                               ? out.say("km jusqu’à la structure la plus proche, depuis le point de chaque commune",
                                         "km to the nearest structure, from each commune’s point")
                               : out.say("minutes jusqu’à la structure la plus proche, depuis le point de chaque commune",
                                         "minutes to the nearest structure, from each commune’s point");
  std::string caption = out.say("Habitants selon ce qui les sépare de la structure la plus proche.",
                                "Inhabitants by what parts them from the nearest structure.");
  if (farther > 0) {
    caption +=
        out.say(fmt::format(" {} plus loin que le graphique.", french::counted(farther, "habitant est", "habitants sont")),
                fmt::format(" {} farther than the chart.",
                            counted_text(farther, {"", "", "inhabitant is", "inhabitants are"}, out.language())));
  }
  const auto most = std::ranges::max_element(classes, {}, &CostClass::amount);
  const std::string alternative =
      caption + out.say(fmt::format(" La classe la plus nombreuse commence à {} : {} habitants.", most->label,
                                    count_text(std::llround(most->amount), out.language())),
                        fmt::format(" The largest class begins at {}: {} inhabitants.", most->label,
                                    count_text(std::llround(most->amount), out.language())));
  out.figure(cost_columns_svg(classes, {.title = out.set(coverage.definition.label), .description = alternative},
                              out.set(axis), out.language()),
             caption, alternative);
}

}  // namespace

std::vector<ZoneShareText> worst_zones(const Zoning& zoning, const IndexedVector<ZoneIndex, CoverageShare>& shares) {
  std::vector<ZoneShareText> zones;
  for (const ZoneIndex zone : shares.indices()) {
    if (shares[zone].population > 0) {
      zones.push_back({zoning.names[zone], &shares[zone]});
    }
  }
  std::ranges::stable_sort(zones, [](const ZoneShareText& a, const ZoneShareText& b) {
    const double left = percent_of(*a.share);
    const double right = percent_of(*b.share);
    return left != right ? left < right : a.name < b.name;
  });
  return zones;
}

void write_coverage(const ReportSources& sources, ReportBuilder& out) {
  if (sources.results.analyses.empty()) {
    return;
  }
  out.heading(1, out.say("Qui est couvert", "Who is covered"));
  out.paragraph(
      out.say("Une commune est dite couverte quand la moitié au moins de ses habitants est dans la limite ; les parts "
              "d’habitants, elles, comptent chacun là où il habite.",
              "A commune is called covered when at least half of its inhabitants are within the limit; shares of "
              "inhabitants count everybody where they live."));
  const Territory& territory = sources.inputs.territory;
  for (const CoverageAnalysis& analysis : sources.results.analyses) {
    const Coverage& coverage = analysis.coverage;
    out.heading(2, coverage.definition.label);
    write_sentence(coverage, out);
    write_tiers(sources, coverage, out);
    if (coverage.total.communes_covered < coverage.total.communes) {
      out.map(sources, "couverture_" + coverage.definition.name, 135);
    }
    write_distribution(sources, coverage, out);
    write_zones(territory.departements, coverage.by_departement,
                {out.say("Département", "Departement"), out.say("Couverture par département", "Coverage by departement"),
                 out.say("Les dix départements les moins couverts", "The ten least covered departements")},
                out);
    write_zones(territory.epcis, coverage.by_epci,
                {out.say("Intercommunalité", "EPCI"), out.say("Couverture par intercommunalité", "Coverage by EPCI"),
                 out.say("Les dix intercommunalités les moins couvertes", "The ten least covered EPCIs")},
                out);
  }
}

void write_discontinuities(const ReportSources& sources, ReportBuilder& out) {
  constexpr std::size_t kShown = 8;
  const Territory& territory = sources.inputs.territory;
  bool begun = false;
  for (const CoverageAnalysis& analysis : sources.results.analyses) {
    const Coverage& coverage = analysis.coverage;
    const CostUnit unit = cost_unit(coverage.definition.travel);
    std::vector<Discontinuity> large = analysis.discontinuities;
    std::erase_if(large, [&](const Discontinuity& one) { return 2 * one.absolute < coverage.definition.limit; });
    std::ranges::stable_sort(large, [](const Discontinuity& a, const Discontinuity& b) { return a.absolute > b.absolute; });
    if (analysis.discontinuities.empty()) {
      continue;
    }
    if (!begun) {
      out.heading(1, out.say("Où l’offre s’interrompt entre voisines", "Where the offer breaks off between neighbours"));
      out.paragraph(out.say(
          "Une discontinuité est l’écart, entre deux communes qui se touchent, de ce qui les sépare de la structure la "
          "plus proche. Elle montre où l’on est mieux servi de l’autre côté d’une limite communale.",
          "A discontinuity is the difference, between two communes that touch, of what parts them from the "
          "nearest structure. It shows where one is better served across a border."));
      begun = true;
    }
    const auto number = static_cast<std::int64_t>(large.size());
    const std::string limit = limit_text((coverage.definition.limit + 1) / 2, unit, out.language());
    out.paragraph(
        out.say(fmt::format("{} : {} d’au moins {} entre communes voisines.", quoted(coverage.definition.label, out),
                            number == 0 ? "aucun écart" : french::counted(number, "écart", "écarts"), limit),
                fmt::format("{}: {} of {} or more between neighbouring communes.", quoted(coverage.definition.label, out),
                            number == 0 ? "no difference"
                                        : counted_text(number, {"", "", "difference", "differences"}, out.language()),
                            limit)));
    DocumentTable table{
        .caption = out.say("Les plus grands écarts : ", "The largest differences: ") + coverage.definition.label,
        .headings = {out.say("Commune bien servie", "Well-served commune"), out.say("Sa distance", "Its cost"),
                     out.say("Voisine", "Neighbour"), out.say("Sa distance", "Its cost"), out.say("Écart", "Difference")},
        .rows = {},
        .is_number = {false, true, false, true, true}};
    if (unit == CostUnit::seconds) {
      table.headings[1] = table.headings[3] = out.say("Son temps", "Its time");
    }
    for (std::size_t k = 0; k < std::min(large.size(), kShown); ++k) {
      const bool first_near = coverage.communes[large[k].first].cost <= coverage.communes[large[k].second].cost;
      const CommuneIndex near = first_near ? large[k].first : large[k].second;
      const CommuneIndex far = first_near ? large[k].second : large[k].first;
      table.rows.push_back({territory.communes[near].name, cost_text(coverage.communes[near].cost, unit, out.language()),
                            territory.communes[far].name, cost_text(coverage.communes[far].cost, unit, out.language()),
                            cost_text(large[k].absolute, unit, out.language())});
    }
    out.table(std::move(table));
    if (!large.empty()) {
      out.map(sources, "discontinuites_" + coverage.definition.name, 120);
    }
  }
}

}  // namespace maillage::detail
