#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "adapters/cli/report_parts.hpp"
#include "adapters/cli/report_words.hpp"
#include "engine/equity/inequality.hpp"
#include "maps/charts.hpp"
#include "maps/french_grammar.hpp"
#include "maps/week_chart.hpp"
#include "maps/week_text.hpp"

namespace maillage::detail {
namespace {

constexpr std::size_t kMeasuresShown = 5;

const Table* table_of_name(const StudyResults& results, const std::string& name) {
  const auto found = std::ranges::find(results.tables, name, &Table::name);
  return found == results.tables.end() ? nullptr : &*found;
}

/// Measures that a reader starts with: the cost of the first, what is within the widest cutoff, a shared one; then others.
std::vector<std::size_t> first_measures(const AccessAnalysis& analysis) {
  std::vector<std::size_t> chosen;
  const auto take = [&](const std::string_view beginning, const bool last) {
    for (std::size_t k = 0; k < analysis.measures.size(); ++k) {
      const std::size_t measure = last ? analysis.measures.size() - 1 - k : k;
      const std::string& name = analysis.measures[measure].name;
      if (name.starts_with(beginning) && !name.ends_with("intervalle") && !analysis.values[measure].of_commune.empty() &&
          std::ranges::find(chosen, measure) == chosen.end() && chosen.size() < kMeasuresShown) {
        chosen.push_back(measure);
        return;
      }
    }
  };
  take("cout", false);
  take("cumul", true);
  take("2sfca", true);
  take("e2sfca", false);
  take("raam", false);
  for (std::size_t k = 0; k < analysis.measures.size() && chosen.size() < kMeasuresShown; ++k) {
    take(analysis.measures[k].name, false);
  }
  std::ranges::sort(chosen);
  return chosen;
}

/// The measure of those shown that shares out the offer; else the first of which more is better.
std::vector<std::size_t>::const_iterator shared_measure(const AccessAnalysis& analysis,
                                                        const std::vector<std::size_t>& measures) {
  const auto shared =
      std::ranges::find_if(measures, [&](const std::size_t m) { return analysis.measures[m].name.starts_with("2sfca"); });
  return shared != measures.end() ? shared : std::ranges::find_if(measures, [&](const std::size_t m) {
    return more_is_better(analysis.measures[m].measure);
  });
}

WeightedValues inhabitants_values(const Territory& territory, const std::vector<double>& values) {
  std::vector<double> known;
  std::vector<double> population;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const auto people = static_cast<double>(territory.communes[commune].population.value_or(0));
    if (!std::isnan(values[commune.value()]) && people > 0) {
      known.push_back(values[commune.value()]);
      population.push_back(people);
    }
  }
  return weighted_values(known, population);
}

void write_lorenz(const ReportSources& sources, const AccessAnalysis& analysis, const std::vector<std::size_t>& measures,
                  ReportBuilder& out) {
  std::vector<LorenzLine> lines;
  std::string words;
  for (const std::size_t measure : measures) {
    if (!more_is_better(analysis.measures[measure].measure)) {
      continue;
    }
    const WeightedValues values = inhabitants_values(sources.inputs.territory, analysis.values[measure].of_commune);
    std::vector<LorenzPoint> points = lorenz_curve(values);
    if (points.empty()) {
      continue;
    }
    const auto index = gini(values);
    const std::string label = analysis.measures[measure].label.in(out.language());
    const std::string gini_text = index ? to_text(rounded_number(*index, 2), out.language()) : "—";
    lines.push_back({.label = out.set(fmt::format("{} (Gini {})", label, gini_text)), .points = std::move(points)});
    words += fmt::format(" {} : Gini {}.", label, gini_text);
  }
  if (lines.empty()) {
    return;
  }
  const std::string caption =
      out.say("Courbes de Lorenz : plus une courbe s’éloigne de la diagonale, plus l’accès est inégal entre habitants.",
              "Lorenz curves: the farther from the diagonal, the more unequal access is among inhabitants.");
  out.figure(lorenz_svg(lines, {.title = analysis.label, .description = caption + words}, out.language()), caption,
             caption + words);
}

/// The rows of the fairness table for the measures chosen, in few columns.
void write_fairness(const ReportSources& sources, const AccessAnalysis& analysis, const std::vector<std::size_t>& measures,
                    ReportBuilder& out) {
  const Table* fairness = table_of_name(sources.results, "acces_" + analysis.name + "_equite");
  if (fairness == nullptr) {
    return;
  }
  Table excerpt = *fairness;
  std::erase_if(excerpt.rows, [&](const std::vector<TableCell>& row) {
    return std::ranges::none_of(measures, [&](const std::size_t measure) {
      return std::get<Text>(row.front()) == analysis.measures[measure].label;
    });
  });
  for (auto& row : excerpt.rows) {  // six decimals are for files
    if (const auto* index = std::get_if<Decimal>(&row[8])) {
      row[8] = rounded_number(static_cast<double>(index->units) / 1e6, 2);
    }
  }
  out.table_of(excerpt, {.columns = {0, 1, 4, 5, 8, 11, 13, 14}});
}

void write_parts_of_inequality(const ReportSources& sources, const AccessAnalysis& analysis,
                               const std::vector<std::size_t>& measures, ReportBuilder& out) {
  const Table* parts = table_of_name(sources.results, "acces_" + analysis.name + "_equite_entre_et_dans");
  if (parts == nullptr) {
    return;
  }
  std::vector<std::string> shares;
  const auto shared = shared_measure(analysis, measures);
  if (shared == measures.end()) {
    return;
  }
  for (const std::vector<TableCell>& row : parts->rows) {
    if (std::get<Text>(row[0]) == analysis.measures[*shared].label && !std::holds_alternative<std::monostate>(row[5])) {
      if (const auto* none = std::get_if<Decimal>(&row[5]); none != nullptr && none->units == 0) {
        continue;  // one class alone, or all alike
      }
      const std::string zoning = std::get<Text>(row[1]).in(out.language());
      const std::string between = out.say(zoning == "strate"        ? "entre les strates de population"
                                          : zoning == "département" ? "entre les départements"
                                                                    : "entre les intercommunalités",
                                          "between " + zoning + "s");
      shares.push_back(to_text(row[5], out.language()) + out.say(" % ", "% ") + between);
    }
  }
  if (!shares.empty()) {
    out.paragraph(out.say(
        fmt::format("D’où viennent les écarts ? De l’inégalité mesurée par « {} » (indice de Theil), {} ; le reste est à "
                    "l’intérieur de ces ensembles.",
                    analysis.measures[*shared].label.french, french::list(shares)),
        fmt::format("Where do differences come from? Of the inequality of ‘{}’ (Theil’s index), {}; the rest lies within.",
                    analysis.measures[*shared].label.english, fmt::format("{}", fmt::join(shares, ", ")))));
  }
}

void write_means(const ReportSources& sources, const AccessAnalysis& analysis, const std::vector<std::size_t>& measures,
                 ReportBuilder& out) {
  const Table* means = table_of_name(sources.results, "acces_" + analysis.name + "_moyennes_tier");
  if (means == nullptr) {
    return;
  }
  std::vector<std::size_t> columns{0, 1};
  for (std::size_t column = 2; column < means->columns.size(); ++column) {
    for (const std::size_t measure : measures) {
      if (means->columns[column].heading == analysis.measures[measure].label) {
        columns.push_back(column);
      }
    }
  }
  out.table_of(*means, {.columns = columns});
}

void write_disagreement(const AccessAnalysis& analysis, const Territory& territory, ReportBuilder& out) {
  std::int64_t communes = 0;
  std::int64_t people = 0;
  std::uint32_t compared = 0;
  for (const CommuneIndex commune : territory.communes.indices()) {
    const std::size_t k = commune.value();
    if (k >= analysis.disagreement.measures.size()) {
      return;
    }
    compared = std::max(compared, analysis.disagreement.measures[k]);
    if (3 * analysis.disagreement.in_worst_tenth[k] >= 2 * analysis.disagreement.measures[k] &&
        analysis.disagreement.measures[k] > 1) {
      ++communes;
      people += territory.communes[commune].population.value_or(0);
    }
  }
  if (compared < 3) {
    return;
  }
  out.paragraph(
      out.say(fmt::format("Les {} mesures comparées ne s’accordent pas sur tout. {} ({}) {} parmi le dixième le moins bien "
                          "servi selon deux mesures "
                          "sur trois au moins : là, le constat ne dépend guère de l’indicateur choisi.",
                          compared, counted_text(communes, kCommuneNoun, out.language()),
                          counted_text(people, kInhabitantNoun, out.language()), french::agreed(communes, "est", "sont")),
              fmt::format("The {} measures compared do not agree on everything. {} ({}) are among the worst tenth under two "
                          "measures of three at "
                          "least: there, what is found hardly depends on the measure.",
                          compared, counted_text(communes, kCommuneNoun, out.language()),
                          counted_text(people, kInhabitantNoun, out.language()))));
}

/// The map of a measure is called like its field.
std::string map_of(const ReportSources& sources, const std::string& field) {
  const auto found = std::ranges::find_if(sources.maps.maps, [&](const MapView& map) { return map.subject.field == field; });
  return found == sources.maps.maps.end() ? "" : found->name;
}

void write_openings(const ReportSources& sources, const ContinuityAnalysis& analysis, ReportBuilder& out) {
  if (const Table* plan = table_of_name(sources.results, "continuite_" + analysis.week.definition.name + "_ouvertures")) {
    out.table_of(*plan, {.columns = {0, 2, 3, 4, 5, 6, 7}, .most_rows = 10});
  }
}

void write_week(const ReportSources& sources, const ContinuityAnalysis& analysis, ReportBuilder& out) {
  const Continuity& week = analysis.week;
  const PopulationTiers& tiers = sources.inputs.territory.tiers;
  std::vector<WeekPanel> panels{{.name = sources.inputs.territory.name, .share = &week.total}};
  for (const TierIndex tier : week.by_tier.indices()) {
    if (week.by_tier[tier].population > 0) {
      panels.push_back({.name = out.set(out.french() ? tiers.labels_french[tier] : tiers.labels_english[tier]),
                        .share = &week.by_tier[tier]});
    }
  }
  const Text title{.french = french::typeset(week.definition.label + " : part des habitants servis, heure par heure"),
                   .english = week.definition.label + ": share of inhabitants served, hour by hour"};
  const std::string caption = out.say(
      "Part des habitants servis à chaque moment de la semaine type, pour le territoire puis par strate de "
      "population. Les valeurs sont dans tableaux/.",
      "Share of inhabitants served at each moment of the typical week, for the territory and by "
      "population class. Values are in tableaux/.");
  out.figure(week_chart_svg(panels, week.definition.axis.step_minutes, title, out.language()), caption,
             title.in(out.language()) + ". " + caption);
}

}  // namespace

void write_access(const ReportSources& sources, ReportBuilder& out) {
  const std::vector<AccessAnalysis>& analyses = sources.results.access.analyses;
  if (analyses.empty()) {
    return;
  }
  out.heading(1, out.say("Accessibilité et équité", "Access and fairness"));
  out.paragraph(out.say(
      "Être couvert ne dit pas combien on obtient. Les mesures ci-dessous comptent ce qui est à portée, ou le partagent "
      "entre ceux qui y ont droit ; aucune n’est meilleure que les autres, elles répondent à des questions différentes.",
      "Being covered does not tell how much one gets. The measures below count what is in reach, or share it among "
      "those entitled; none is better than the others, they answer different questions."));
  for (const AccessAnalysis& analysis : analyses) {
    const std::vector<std::size_t> measures = first_measures(analysis);
    out.heading(2, analysis.label);
    write_fairness(sources, analysis, measures, out);
    write_parts_of_inequality(sources, analysis, measures, out);
    write_disagreement(analysis, sources.inputs.territory, out);
    write_lorenz(sources, analysis, measures, out);
    write_means(sources, analysis, measures, out);
    const auto shared = shared_measure(analysis, measures);
    if (shared != measures.end()) {
      out.map(sources, map_of(sources, analysis.name + "_" + analysis.measures[*shared].name), 130);
    }
  }
}

void write_continuity(const ReportSources& sources, ReportBuilder& out) {
  if (sources.results.continuities.empty()) {
    return;
  }
  out.heading(1, out.say("Continuité : quand une porte est ouverte", "Continuity: when a door is open"));
  const std::vector<Text> lines = continuity_lines(sources.inputs, sources.results.continuities);
  for (std::size_t k = 0; k < sources.results.continuities.size(); ++k) {
    const ContinuityAnalysis& analysis = sources.results.continuities[k];
    out.heading(2, analysis.week.definition.label);
    out.paragraph(lines[k].in(out.language()));
    const auto all = static_cast<std::int64_t>(analysis.structures.size());
    if (analysis.understood < all) {
      out.caution(out.say(fmt::format("Les horaires de {} sur {} ne sont pas connus ; ils ne comptent ni comme ouverts ni "
                                      "comme fermés, et les chiffres "
                                      "donnés en intervalle vont de ce qui est sûr à ce qui est possible.",
                                      counted_text(all - analysis.understood, kStructureNoun, out.language()),
                                      count_text(all, out.language())),
                          fmt::format("The hours of {} of {} are not known; they count neither as open nor as closed, and "
                                      "figures given as an interval go "
                                      "from what is sure to what is possible.",
                                      counted_text(all - analysis.understood, kStructureNoun, out.language()),
                                      count_text(all, out.language()))));
    }
    write_week(sources, analysis, out);
    if (const Table* classes = table_of_name(sources.results, "continuite_" + analysis.week.definition.name + "_classes")) {
      Table few = *classes;
      std::erase_if(few.rows, [](const std::vector<TableCell>& row) { return std::get<Text>(row[0]).english == "EPCI"; });
      out.table_of(few, {.columns = {2, 3, 4, 5, 6, 7}});
    }
    write_openings(sources, analysis, out);
    out.map(sources, map_of(sources, analysis.week.definition.name + "_heures"), 125);
  }
}

}  // namespace maillage::detail
