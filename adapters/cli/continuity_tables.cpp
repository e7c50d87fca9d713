#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/continuity_results.hpp"
#include "adapters/csv/write_csv.hpp"
#include "engine/time/calendar_date.hpp"
#include "maps/week_chart.hpp"
#include "maps/week_text.hpp"

namespace maillage {
namespace {

constexpr int kHourDecimals = 2;

TableColumn column(const char* french, const char* english, std::string unit = "") {
  return {.heading = {.french = french, .english = english}, .unit = std::move(unit)};
}
TableCell words(const std::string& text) {
  return Text{.french = text, .english = text};
}
TableCell hours_cell(const std::int64_t minutes) {
  return rounded_ratio(minutes, 60, 1, kHourDecimals);
}

/// A class of communes, as both tables show it.
struct ZoneShare {
  Text kind;
  std::string code;
  Text name;
  const ContinuityShare* week = nullptr;
  const ContinuityShare* year = nullptr;
};

template <typename Shares>
const ContinuityShare* share_at(const std::optional<Continuity>& year, const Shares Continuity::*shares,
                                const std::size_t position) {
  return year ? &((*year).*shares).raw()[position] : nullptr;
}

std::vector<ZoneShare> zone_shares(const Territory& territory, const ContinuityAnalysis& analysis) {
  std::vector<ZoneShare> zones{{.kind = {.french = "territoire", .english = "territory"},
                                .code = {},
                                .name = {.french = territory.name, .english = territory.name},
                                .week = &analysis.week.total,
                                .year = analysis.year ? &analysis.year->total : nullptr}};
  for (const TierIndex tier : analysis.week.by_tier.indices()) {
    zones.push_back(
        {.kind = {.french = "strate", .english = "tier"},
         .code = std::to_string(tier.value() + 1),
         .name = {.french = territory.tiers.labels_french[tier], .english = territory.tiers.labels_english[tier]},
         .week = &analysis.week.by_tier[tier],
         .year = share_at(analysis.year, &Continuity::by_tier, tier.value())});
  }
  const auto add = [&](const Text& kind, const Zoning& zoning, const auto shares) {
    for (const ZoneIndex zone : (analysis.week.*shares).indices()) {
      zones.push_back({.kind = kind,
                       .code = zoning.codes[zone],
                       .name = {.french = zoning.names[zone], .english = zoning.names[zone]},
                       .week = &(analysis.week.*shares)[zone],
                       .year = share_at(analysis.year, shares, zone.value())});
    }
  };
  add({.french = "département", .english = "departement"}, territory.departements, &Continuity::by_departement);
  add({.french = "EPCI", .english = "EPCI"}, territory.epcis, &Continuity::by_epci);
  return zones;
}

Table make_table(const ContinuityAnalysis& analysis, const std::string& what, const Text& title) {
  const ContinuityDefinition& definition = analysis.week.definition;
  Table table;
  table.name = "continuite_" + definition.name + "_" + what;
  table.title = {.french = fmt::format("{} : {}", definition.label, title.french),
                 .english = fmt::format("{}: {}", definition.label, title.english)};
  table.base = {.french = "habitants du territoire", .english = "inhabitants of the territory"};
  return table;
}

/// Share of a window at which inhabitants may be served, at most.
TableCell most_of_window(const ContinuityShare& share, const std::size_t window, const std::int32_t length) {
  const std::int64_t whole = share.population * length;
  return percentage(std::min(whole, share.window_population_minutes[window] + share.window_unknown_minutes[window]), whole, 1);
}

Table class_table(const std::vector<ZoneShare>& zones, const ContinuityAnalysis& analysis) {
  const ContinuityDefinition& definition = analysis.week.definition;
  Table table = make_table(analysis, "classes",
                           {.french = "part du temps où une porte est ouverte à portée, en moyenne par habitant",
                            .english = "share of time with an open door in reach, mean over inhabitants"});
  table.columns = {column("Découpage", "Zoning"),
                   column("Code", "Code"),
                   column("Nom", "Name"),
                   column("Communes", "Communes"),
                   column("Population", "Population", "hab"),
                   column("Heures par semaine, horaires connus", "Hours a week, known hours", "h"),
                   column("Part de la semaine", "Share of the week", "%")};
  for (const TimeWindow& window : definition.windows) {
    table.columns.push_back({.heading = window.label, .unit = "%"});
    table.columns.push_back({.heading = {.french = "Habitants servis à un moment : " + window.label.french,
                                         .english = "Inhabitants served at some moment: " + window.label.english},
                             .unit = "hab"});
    if (is_uncertain(analysis)) {
      table.columns.push_back({.heading = {.french = window.label.french + ", au plus",
                                           .english = window.label.english + ", at most"},
                               .unit = "%"});
    }
  }
  table.columns.push_back(column("Heures par semaine, au moins", "Hours a week, at least", "h"));
  table.columns.push_back(column("Heures par semaine, au plus", "Hours a week, at most", "h"));
  table.columns.push_back(column("Réponse incertaine (horaires inconnus)", "Answer uncertain (unknown hours)", "%"));
  if (analysis.year) {
    table.columns.push_back(column("Part de l'année", "Share of the year", "%"));
    for (const TimeWindow& window : analysis.year->definition.windows) {
      table.columns.push_back({.heading = window.label, .unit = "%"});
    }
  }
  for (const ZoneShare& zone : zones) {
    const ContinuityShare& share = *zone.week;
    std::vector<TableCell> row{zone.kind,
                               words(zone.code),
                               zone.name,
                               share.communes,
                               share.population,
                               rounded_ratio(share.population_minutes, share.population * 60, 1, kHourDecimals),
                               percentage(share.population_minutes, share.population * definition.axis.minutes(), 2)};
    for (std::size_t window = 0; window < definition.windows.size(); ++window) {
      row.push_back(
          percentage(share.window_population_minutes[window], share.population * analysis.week.window_lengths[window], 1));
      row.emplace_back(share.window_population[window]);
      if (is_uncertain(analysis)) {
        row.push_back(most_of_window(share, window, analysis.week.window_lengths[window]));
      }
    }
    row.push_back(rounded_ratio(share.surely_population_minutes, share.population * 60, 1, kHourDecimals));
    row.push_back(rounded_ratio(share.possibly_population_minutes, share.population * 60, 1, kHourDecimals));
    row.push_back(percentage(share.population_uncertain, share.population, 1));
    if (analysis.year) {
      row.push_back(
          percentage(zone.year->population_minutes, zone.year->population * analysis.year->definition.axis.minutes(), 2));
      for (std::size_t window = 0; window < analysis.year->definition.windows.size(); ++window) {
        row.push_back(percentage(zone.year->window_population_minutes[window],
                                 zone.year->population * analysis.year->window_lengths[window], 1));
      }
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// The moments of every zone, one after the other: too many to be held for a country.
class ProfileRows {
 public:
  ProfileRows(std::vector<ZoneShare> zones, const TimeAxis& axis) : zones_(std::move(zones)), axis_(axis) {}

  static std::vector<TableColumn> columns() {
    return {column("Découpage", "Zoning"),
            column("Code", "Code"),
            column("Nom", "Name"),
            column("Moment", "Moment"),
            column("Jour", "Day"),
            column("Heure", "Hour"),
            column("Habitants servis", "Inhabitants served", "hab"),
            column("Part des habitants", "Share of inhabitants", "%")};
  }

  std::optional<std::vector<TableCell>> next() {
    if (moment_ == axis_.moments) {
      moment_ = 0;
      ++zone_;
    }
    if (zone_ == zones_.size()) {
      return std::nullopt;
    }
    const ZoneShare& zone = zones_[zone_];
    const std::int64_t people = zone.week->profile[static_cast<std::size_t>(moment_)];
    const std::int32_t minute = moment_ * axis_.step_minutes;
    return std::vector<TableCell>{zone.kind,         words(zone.code),          zone.name, std::int64_t{++moment_},
                                  day_name(minute), words(clock_text(minute)), people,
                                  percentage(people, zone.week->population, 1)};
  }

 private:
  std::vector<ZoneShare> zones_;
  const TimeAxis& axis_;
  std::size_t zone_ = 0;
  std::int32_t moment_ = 0;
};

/// Who and where a structure is.
std::vector<TableCell> structure_cells(const StudyInputs& inputs, const StructureIndex index) {
  const Structure& structure = inputs.structures.structures[index];
  const CommuneIndex commune = inputs.placements.of[index].commune;
  return {words(structure.key), words(structure.name),
          words(commune.is_none() ? std::string{} : inputs.territory.communes[commune].name)};
}

/// What the hours of a plan gain, and what is known of any other choice.
Text plan_base(const OpeningPlan& plan, const bool is_exact) {
  const auto hours = [](const std::int64_t minutes, const Language language) {
    return to_text(rounded_ratio(minutes, 60, 1, 0), language);
  };
  const auto say = [&](const Language language, const char* how, const char* proven, const char* bounded) {
    return fmt::format(fmt::runtime(plan.proven ? proven : bounded), how, hours(plan.population_minutes, language),
                       hours(plan.upper_bound, language));
  };
  return {.french = say(Language::french, is_exact ? "recherche exacte" : "heures choisies une à une",
                        "{} ; ensemble {} habitants-heures par semaine : aucun choix d'autant d'heures n'en gagne plus",
                        "{} ; ensemble {} habitants-heures par semaine, et aucun choix d'autant d'heures n'en gagne plus de {}"),
          .english = say(Language::english, is_exact ? "exact search" : "hours chosen one by one",
                         "{}; together {} inhabitant-hours a week: no choice of as many hours gains more",
                         "{}; together {} inhabitant-hours a week, and no choice of as many hours gains more than {}")};
}

Table plan_table(const StudyInputs& inputs, const ContinuityAnalysis& analysis, const OpeningPlan& plan,
                 const bool is_exact) {
  Table table =
      make_table(analysis, is_exact ? "ouvertures_exactes" : "ouvertures",
                 {.french = is_exact ? "les meilleures heures à ouvrir ensemble" : "les heures à ouvrir d'abord",
                  .english = is_exact ? "the best hours to open together" : "the hours to open first"});
  table.base = plan_base(plan, is_exact);
  table.columns = {column("Rang", "Rank"),
                   column("Identifiant", "Identifier"),
                   column("Structure", "Structure"),
                   column("Commune", "Commune"),
                   column("Jour", "Day"),
                   column("De", "From"),
                   column("À", "To"),
                   column("Habitants servis en plus", "Inhabitants newly served", "hab"),
                   column("Habitants-heures gagnées", "Inhabitant-hours gained", "h"),
                   column("Gagnées jusqu'à ce rang", "Gained down to this rank", "h"),
                   column(plan.proven ? "Gain de toutes ces heures, qu'aucun choix d'autant ne dépasse"
                                      : "Gain qu'aucun choix d'autant d'heures ne dépasse",
                          plan.proven ? "Gain of all these hours, that no choice of as many exceeds"
                                      : "Gain that no choice of as many hours exceeds",
                          "h")};
  std::int64_t gained = 0;
  for (const Opening& opening : plan.openings) {
    std::vector<TableCell> row;
    row.emplace_back(static_cast<std::int64_t>(table.rows.size() + 1));
    for (TableCell& cell : structure_cells(inputs, analysis.week.definition.structures[opening.structure])) {
      row.push_back(std::move(cell));
    }
    const std::int32_t minute = opening.slot * analysis.slot_minutes;
    row.emplace_back(day_name(minute));
    row.push_back(words(clock_text(minute)));
    row.push_back(words(clock_text(minute + analysis.slot_minutes)));
    row.emplace_back(opening.gained_population);
    row.push_back(hours_cell(opening.gained_population_minutes));
    gained += opening.gained_population_minutes;
    row.push_back(hours_cell(gained));
    row.push_back(hours_cell(plan.proven ? plan.population_minutes : plan.upper_bound));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table worth_table(const StudyInputs& inputs, const ContinuityAnalysis& analysis) {
  Table table = make_table(analysis, "valeur_des_heures",
                           {.french = "meilleure heure à ajouter et heure la moins utile de chaque structure",
                            .english = "best hour to add and least useful hour of each structure"});
  table.columns = {column("Identifiant", "Identifier"),
                   column("Structure", "Structure"),
                   column("Commune", "Commune"),
                   column("Heures par semaine", "Hours a week", "h"),
                   column("Meilleure heure à ouvrir", "Best hour to open"),
                   column("Habitants servis en plus", "Inhabitants newly served", "hab"),
                   column("Habitants-heures gagnées", "Inhabitant-hours gained", "h"),
                   column("Heure la moins utile", "Least useful hour"),
                   column("Habitants qui la perdraient", "Inhabitants who would lose it", "hab"),
                   column("Habitants-heures perdues", "Inhabitant-hours lost", "h")};
  const auto moment = [&](const std::int32_t slot) {
    if (slot < 0) {
      return TableCell{};
    }
    const std::int32_t minute = slot * analysis.slot_minutes;
    const Text day = day_name(minute);
    return TableCell{
        Text{.french = day.french + " " + clock_text(minute), .english = day.english + " " + clock_text(minute)}};
  };
  for (std::size_t k = 0; k < analysis.structures.size(); ++k) {
    const StructureWorth& worth = analysis.structures[k];
    const StructureHours& hours = analysis.week.definition.hours[k];
    std::vector<TableCell> row = structure_cells(inputs, analysis.week.definition.structures[k]);
    row.push_back(hours.known ? hours_cell(total_minutes(hours.open)) : TableCell{});
    const bool gains = worth.best.gained_population_minutes > 0;
    row.push_back(moment(gains ? worth.best_slot : -1));
    row.emplace_back(worth.best.gained_population);
    row.push_back(hours_cell(worth.best.gained_population_minutes));
    const bool open = worth.least_slot >= 0;
    row.push_back(moment(worth.least_slot));
    row.push_back(open ? TableCell{worth.least.lost_population} : TableCell{});
    row.push_back(open ? hours_cell(worth.least.lost_population_minutes) : TableCell{});
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

std::vector<Table> continuity_tables(const StudyInputs& inputs, const std::vector<ContinuityAnalysis>& analyses) {
  std::vector<Table> tables;
  for (const ContinuityAnalysis& analysis : analyses) {
    const std::vector<ZoneShare> zones = zone_shares(inputs.territory, analysis);
    tables.push_back(class_table(zones, analysis));
    tables.push_back(plan_table(inputs, analysis, analysis.plan, false));
    if (analysis.exact) {
      tables.push_back(plan_table(inputs, analysis, *analysis.exact, true));
    }
    tables.push_back(worth_table(inputs, analysis));
  }
  return tables;
}

void write_week_profiles(const StudyInputs& inputs, const std::vector<ContinuityAnalysis>& analyses,
                         const std::filesystem::path& folder, const Language language) {
  for (const ContinuityAnalysis& analysis : analyses) {
    const ContinuityDefinition& definition = analysis.week.definition;
    ProfileRows rows{zone_shares(inputs.territory, analysis), definition.axis};
    write_table_csv(folder / ("continuite_" + definition.name + "_semaine.csv"), ProfileRows::columns(),
                    [&rows] { return rows.next(); }, language);
  }
}

std::vector<std::pair<std::string, std::string>> continuity_charts(const StudyInputs& inputs,
                                                                   const std::vector<ContinuityAnalysis>& analyses,
                                                                   const Language language) {
  std::vector<std::pair<std::string, std::string>> charts;
  for (const ContinuityAnalysis& analysis : analyses) {
    const ContinuityDefinition& definition = analysis.week.definition;
    std::vector<WeekPanel> panels;
    for (const ZoneShare& zone : zone_shares(inputs.territory, analysis)) {
      if (zone.kind.english != "EPCI" && zone.week->population > 0) {
        panels.push_back({.name = zone.name.in(language), .share = zone.week});
      }
    }
    charts.emplace_back("semaine_" + definition.name + ".svg",
                        week_chart_svg(panels, definition.axis.step_minutes,
                                       {.french = definition.label + " : part des habitants servis, heure par heure",
                                        .english = definition.label + ": share of inhabitants served, hour by hour"},
                                       language));
  }
  return charts;
}

namespace {

// Who finds a door from the moment asked for: at once, and within a day.
std::string next_text(const ContinuityAnalysis& analysis, const Language language) {
  std::int64_t at_once = 0;
  std::int64_t within_a_day = 0;
  for (const CommuneIndex commune : analysis.next.indices()) {
    const std::optional<NextOpening>& next = analysis.next[commune];
    const std::int64_t people = analysis.week.communes[commune].population;
    const std::int32_t wait = next ? next->leave_minute - analysis.next_from_minute : kMinutesPerWeek;
    at_once += wait == 0 ? people : 0;
    within_a_day += wait <= kMinutesPerDay ? people : 0;
  }
  const std::int64_t all = analysis.week.total.population;
  const bool french = language == Language::french;
  return fmt::format(fmt::runtime(french ? " ; le {} à {}, porte ouverte pour {} % des habitants, dans les 24 h pour {} %"
                                         : "; on {} at {}, an open door for {} % of inhabitants, within 24 h for {} %"),
                     format_date(date_of_day(analysis.next_first_day)), clock_text(analysis.next_from_minute),
                     to_text(percentage(at_once, all, 1), language), to_text(percentage(within_a_day, all, 1), language));
}

/// Who is never left longer than the study allows.
std::string all_year_text(const Territory& territory, const ContinuityAnalysis& analysis, const Language language) {
  std::int64_t communes = 0;
  std::int64_t people = 0;
  for (const CommuneIndex commune : territory.communes.indices()) {
    if (analysis.year->communes[commune].longest_days_without <= analysis.most_days_without) {
      ++communes;
      people += territory.communes[commune].population.value_or(0);
    }
  }
  const bool french = language == Language::french;
  return fmt::format(
      fmt::runtime(french ? " ; sur l'année, jamais plus de {} jours de suite sans offre dans {} communes ({} habitants)"
                          : "; over the year, never more than {} days in a row without offer in {} communes ({} inhabitants)"),
      analysis.most_days_without, to_text(TableCell{communes}, language), to_text(TableCell{people}, language));
}

/// Hours in reach: of the week, an interval where some are unknown; of the year where all offers have dates only.
std::string hours_text(const ContinuityAnalysis& analysis, const Language language) {
  const bool french = language == Language::french;
  const auto mean_hours = [&](const ContinuityShare& share, const std::int64_t population_minutes) {
    return to_text(rounded_ratio(population_minutes, share.population * 60, 1, 1), language);
  };
  const ContinuityShare& week = analysis.week.total;
  const std::vector<StructureHours>& hours = analysis.week.definition.hours;
  const bool only_dated = analysis.understood > 0 && std::ranges::all_of(hours, [](const StructureHours& one) {
    return one.known && one.open.empty();
  });
  if (only_dated && analysis.year) {
    return fmt::format(fmt::runtime(french ? "offre à dates : {} h dans l'année à portée, en moyenne par habitant"
                                           : "dated offers: {} h of the year in reach, mean over inhabitants"),
                       mean_hours(analysis.year->total, analysis.year->total.population_minutes));
  }
  if (only_dated) {
    return french ? "offre à dates seulement, que la semaine type ne dit pas (demandez une année : year)"
                  : "dated offers only, of which the typical week says nothing (ask for a year: year)";
  }
  std::string text = mean_hours(week, week.population_minutes);
  if (week.population_uncertain > 0) {  // an interval is said as one
    text = fmt::format(fmt::runtime(french ? "de {} à {}" : "{} to {}"), mean_hours(week, week.surely_population_minutes),
                       mean_hours(week, week.possibly_population_minutes));
  }
  return text + (french ? " h par semaine à portée, en moyenne par habitant" : " h a week in reach, mean over inhabitants");
}

}  // namespace

std::vector<Text> continuity_lines(const StudyInputs& inputs, const std::vector<ContinuityAnalysis>& analyses) {
  std::vector<Text> lines;
  for (const ContinuityAnalysis& analysis : analyses) {
    const ContinuityShare& total = analysis.week.total;
    const auto say = [&](const Language language) {
      const bool french = language == Language::french;
      std::string line = fmt::format(fmt::runtime(french ? "Continuité ({}) : {}" : "Continuity ({}): {}"),
                                     analysis.week.definition.label, hours_text(analysis, language));
      if (total.population_uncertain > 0) {
        line += fmt::format(
            fmt::runtime(french ? " ; horaires connus de {} structures sur {} ; la réponse de {} % des habitants dépend des autres"
                                : "; hours known of {} structures of {}; the answer of {} % of inhabitants depends on the others"),
            to_text(TableCell{analysis.understood}, language),
            to_text(TableCell{static_cast<std::int64_t>(analysis.structures.size())}, language),
            to_text(percentage(total.population_uncertain, total.population, 1), language));
      }
      if (!analysis.plan.openings.empty()) {
        const Opening& best = analysis.plan.openings.front();
        const StructureIndex structure = analysis.week.definition.structures[best.structure];
        const std::int32_t minute = best.slot * analysis.slot_minutes;
        line += fmt::format(fmt::runtime(french ? " ; l'heure qui servirait le plus de monde : {}, {} à {} ({} habitants)"
                                                : "; the hour that would serve most people: {}, {} at {} ({} inhabitants)"),
                            inputs.structures.structures[structure].name, day_name(minute).in(language), clock_text(minute),
                            to_text(TableCell{best.gained_population}, language));
      }
      if (analysis.year) {
        line += all_year_text(inputs.territory, analysis, language);
      }
      if (!analysis.next.empty()) {
        line += next_text(analysis, language);
      }
      return line + ".";
    };
    lines.push_back({.french = say(Language::french), .english = say(Language::english)});
  }
  return lines;
}

}  // namespace maillage
