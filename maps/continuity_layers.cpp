#include <algorithm>
#include <iterator>

#include "engine/geometry/dissolve.hpp"
#include "engine/time/calendar_date.hpp"
#include "maps/layer_builder.hpp"
#include "maps/layer_parts.hpp"
#include "maps/week_text.hpp"

namespace maillage::detail {

namespace {

constexpr double kMinutesPerHour = 60;
constexpr double kPercent = 100;

Value hours_value(const std::int64_t minutes) {
  return static_cast<double>(minutes) / kMinutesPerHour;
}

std::string moment_text(const std::int32_t moment, const TimeAxis& axis) {
  const std::int32_t minute = moment * axis.step_minutes;
  return day_name(minute).french + " " + clock_text(minute);
}

/// A column of a window for each window of each axis. \param minutes_of  of an axis, a window and a commune
template <typename MinutesOf>
void fill_windows(LayerBuilder& builder, std::size_t& column, const ContinuityAnalysis& analysis,
                  const MinutesOf& minutes_of) {
  for (const Continuity* axis : {&analysis.week, analysis.year ? &*analysis.year : nullptr}) {
    for (std::size_t window = 0; axis != nullptr && window < axis->window_minutes.size(); ++window) {
      builder.fill_at(column++, [&](const std::size_t commune) {
        return ratio_value(minutes_of(*axis, window, CommuneIndex{commune}), axis->window_lengths[window], kPercent);
      });
    }
  }
}

// "2026-03-16T08:45:00"
std::string instant_text(const std::int32_t first_day, const std::int32_t minute) {
  return format_date(date_of_day(first_day + minute / kMinutesPerDay)) + "T" + clock_text(minute % kMinutesPerDay) + ":00";
}

void fill_next(LayerBuilder& builder, std::size_t& column, const ContinuityAnalysis& analysis,
               const StructureSet& structures) {
  const auto fill = [&](const auto& value_of) {
    builder.fill_at(column++, [&](const std::size_t commune) -> Value {
      const std::optional<NextOpening>& next = analysis.next[CommuneIndex{commune}];
      return next ? Value{value_of(*next)} : Value{};
    });
  };
  fill([&](const NextOpening& next) { return Value{instant_text(analysis.next_first_day, next.leave_minute)}; });
  fill([&](const NextOpening& next) { return hours_value(next.leave_minute - analysis.next_from_minute); });
  fill([&](const NextOpening& next) { return text_value(structures.structures[next.structure].key); });
  fill([&](const NextOpening& next) { return text_value(structures.structures[next.structure].name); });
  fill([](const NextOpening& next) { return cost_value(next.cost); });
}

void fill_continuity(LayerBuilder& builder, const ContinuityAnalysis& analysis, const std::size_t position,
                     const StructureSet& structures) {
  const Continuity& week = analysis.week;
  const TimeAxis& axis = week.definition.axis;
  std::size_t column = builder.add(continuity_fields(LayerKind::continuity, analysis, position));
  const auto fill = [&](const auto& value_of) {
    builder.fill_at(column++, [&](const std::size_t commune) -> Value { return value_of(CommuneIndex{commune}); });
  };
  const auto found = [&](const CommuneIndex commune) -> const CommuneContinuity& { return week.communes[commune]; };
  fill([&](const CommuneIndex c) { return hours_value(found(c).minutes_served); });
  fill([&](const CommuneIndex c) { return ratio_value(found(c).minutes_served, axis.minutes(), kPercent); });
  fill([&](const CommuneIndex c) { return hours_value(found(c).longest_gap_minutes); });
  fill([&](const CommuneIndex c) {
    return found(c).longest_gap_minutes == 0 || found(c).minutes_served == 0
               ? Value{}
               : Value{moment_text(found(c).longest_gap_begin, axis)};
  });
  fill([&](const CommuneIndex c) { return Value{std::int64_t{found(c).days_without}}; });
  fill([&](const CommuneIndex c) { return Value{found(c).regularity}; });
  fill([&](const CommuneIndex c) { return Value{found(c).mean_depth}; });
  fill([&](const CommuneIndex c) { return Value{std::int64_t{found(c).greatest_depth}}; });
  fill([&](const CommuneIndex c) { return Value{std::int64_t{found(c).unknown_in_reach}}; });
  fill([&](const CommuneIndex c) { return hours_value(found(c).surely_minutes); });
  fill([&](const CommuneIndex c) { return hours_value(found(c).possibly_minutes); });
  if (!analysis.minutes_together.empty()) {
    fill([&](const CommuneIndex c) { return hours_value(analysis.minutes_together[c]); });
    fill([&](const CommuneIndex c) { return hours_value(analysis.most_together[c]); });
  }
  if (analysis.year) {
    const auto of_year = [&](const CommuneIndex commune) -> const CommuneContinuity& {
      return analysis.year->communes[commune];
    };
    fill([&](const CommuneIndex c) {
      return ratio_value(of_year(c).minutes_served, analysis.year->definition.axis.minutes(), kPercent);
    });
    fill([&](const CommuneIndex c) { return Value{std::int64_t{of_year(c).days_without}}; });
    fill([&](const CommuneIndex c) { return Value{std::int64_t{of_year(c).longest_days_without}}; });
    fill([&](const CommuneIndex c) { return Value{of_year(c).longest_days_without <= analysis.most_days_without}; });
  }
  if (!analysis.next.empty()) {
    fill_next(builder, column, analysis, structures);
  }
  fill_windows(builder, column, analysis, [](const Continuity& of, const std::size_t window, const CommuneIndex commune) {
    return of.window_minutes[window][commune];
  });
  if (is_uncertain(analysis)) {
    fill_windows(builder, column, analysis, most_window_minutes);
  }
}

// One hour of one gap: the communes that are without an offer at some moment of it.
struct GapRow {
  const ContinuityAnalysis* analysis;
  std::size_t gap;
  std::int32_t hour;  // of the week
  std::vector<CommuneIndex> communes{};
  std::int64_t population = 0;
  std::int64_t uncertain = 0;  // of those, where unknown hours may be open

  [[nodiscard]] const SpaceTimeGap& found() const { return analysis->gaps[gap]; }
  [[nodiscard]] const ContinuityDefinition& definition() const { return analysis->week.definition; }
  [[nodiscard]] std::int32_t minute(const std::int32_t moment) const { return moment * definition().axis.step_minutes; }
};

constexpr std::int32_t kHour = 60;

// By hour, then by gap: at one moment gaps have no commune in common, so that one hour is mostly one dissolve.
std::vector<GapRow> gap_rows(const ContinuityAnalysis& analysis) {
  const std::size_t drawn = std::min(analysis.gaps.size(), kDrawnGaps);
  const std::int32_t step = analysis.week.definition.axis.step_minutes;
  std::vector<std::vector<GapRow>> by_hour(static_cast<std::size_t>(kMinutesPerWeek / kHour));
  for (std::size_t gap = 0; gap < drawn; ++gap) {
    for (const CommuneWant& want : analysis.gaps[gap].wants) {
      for (std::int32_t hour = want.moments.begin * step / kHour; hour * kHour < want.moments.end * step; ++hour) {
        std::vector<GapRow>& rows = by_hour[static_cast<std::size_t>(hour)];
        if (rows.empty() || rows.back().gap != gap) {
          rows.push_back({.analysis = &analysis, .gap = gap, .hour = hour});
        }
        if (rows.back().communes.empty() || rows.back().communes.back() != want.commune) {
          rows.back().communes.push_back(want.commune);
          const CommuneContinuity& commune = analysis.week.communes[want.commune];
          rows.back().population += commune.population;
          rows.back().uncertain += commune.unknown_in_reach > 0 ? commune.population : 0;
        }
      }
    }
  }
  std::vector<GapRow> rows;
  for (std::vector<GapRow>& hour : by_hour) {
    std::ranges::move(hour, std::back_inserter(rows));
  }
  return rows;
}

// A commune that is in two gaps within the hour, one after the other, needs a dissolve of its own for the second.
AreaSet areas_of(const Territory& territory, const std::vector<GapRow>& rows) {
  AreaSet areas;
  std::vector<std::uint32_t> group_of(territory.communes.size(), kNoGroup);
  std::size_t first = 0;
  const auto flush = [&](const std::size_t end) {
    append_areas(areas, dissolve(territory.contours, group_of, end - first));
    std::ranges::fill(group_of, kNoGroup);
    first = end;
  };
  for (std::size_t row = 0; row < rows.size(); ++row) {
    const bool taken = std::ranges::any_of(
        rows[row].communes, [&](const CommuneIndex commune) { return group_of[commune.value()] != kNoGroup; });
    if (row > first && (taken || rows[row].hour != rows[first].hour)) {
      flush(row);
    }
    for (const CommuneIndex commune : rows[row].communes) {
      group_of[commune.value()] = static_cast<std::uint32_t>(row - first);
    }
  }
  if (first < rows.size()) {
    flush(rows.size());
  }
  return areas;
}

void fill_gaps(LayerBuilder& builder, const LayerContext& context, const std::vector<GapRow>& rows) {
  const Territory& territory = context.sources.territory;
  const auto fill = [&](const char* field, const auto& value_of) {
    builder.fill(field, [&](const std::size_t row) -> Value { return value_of(rows[row]); });
  };
  const auto nearest = [&](const GapRow& row, const std::string Structure::*text) {
    return row.found().nearest.is_none() ? Value{}
                                         : text_value(context.sources.structures.structures[row.found().nearest].*text);
  };
  fill("definition", [](const GapRow& row) { return text_value(row.definition().name); });
  fill("definition_libelle", [](const GapRow& row) { return text_value(row.definition().label); });
  fill("rang_lacune", [](const GapRow& row) { return Value{static_cast<std::int64_t>(row.gap + 1)}; });
  fill("debut", [](const GapRow& row) { return Value{week_instant(row.hour * kHour)}; });
  fill("fin", [](const GapRow& row) { return Value{week_instant((row.hour + 1) * kHour)}; });
  fill("communes_heure", [](const GapRow& row) { return Value{static_cast<std::int64_t>(row.communes.size())}; });
  fill("habitants_heure", [](const GapRow& row) { return Value{row.population}; });
  fill("habitants_incertains", [](const GapRow& row) { return Value{row.uncertain}; });
  fill("jour", [](const GapRow& row) { return Value{day_name(row.minute(row.found().begin)).french}; });
  fill("de", [](const GapRow& row) { return Value{clock_text(row.minute(row.found().begin))}; });
  fill("a", [](const GapRow& row) { return Value{clock_text(row.minute(row.found().end))}; });
  fill("communes_touchees", [](const GapRow& row) { return Value{static_cast<std::int64_t>(row.found().communes.size())}; });
  fill("habitants", [](const GapRow& row) { return Value{row.found().population}; });
  fill("habitants_heures", [](const GapRow& row) { return hours_value(row.found().population_minutes); });
  fill("commune_la_plus_touchee", [&](const GapRow& row) { return text_value(territory.communes[row.found().core].name); });
  fill("strate_pire", [&](const GapRow& row) {
    const TierIndex tier = territory.tier[row.found().core];
    return tier.is_none() ? Value{} : Value{territory.tiers.labels_french[tier]};
  });
  fill("ouverte_cle", [&](const GapRow& row) { return nearest(row, &Structure::key); });
  fill("ouverte_nom", [&](const GapRow& row) { return nearest(row, &Structure::name); });
  fill("ouverte_cout", [](const GapRow& row) { return cost_value(row.found().nearest_cost); });
  fill("attente_h",
       [](const GapRow& row) { return row.found().wait_minutes ? hours_value(*row.found().wait_minutes) : Value{}; });
}

}  // namespace

Layer continuity_layer(const LayerContext& context) {
  const Territory& territory = context.sources.territory;
  LayerBuilder builder{LayerKind::continuity, territory.communes.size(), {}};
  fill_identity(builder, territory);
  for (std::size_t position = 0; position < context.sources.continuities.size(); ++position) {
    fill_continuity(builder, context.sources.continuities[position], position, context.sources.structures);
  }
  builder.layer().areas = territory.contours;
  builder.layer().areas_lonlat = context.lonlat.contours();
  return builder.take();
}

Layer space_time_gaps_layer(const LayerContext& context) {
  std::vector<GapRow> rows;
  AreaSet areas;
  for (const ContinuityAnalysis& analysis : context.sources.continuities) {
    std::vector<GapRow> of_one = gap_rows(analysis);
    append_areas(areas, areas_of(context.sources.territory, of_one));
    std::ranges::move(of_one, std::back_inserter(rows));
  }
  LayerBuilder builder{LayerKind::space_time_gaps, rows.size(), {}};
  fill_gaps(builder, context, rows);
  builder.layer().areas = std::move(areas);
  builder.layer().areas_lonlat = context.lonlat.convert(builder.layer().areas);
  return builder.take();
}

}  // namespace maillage::detail
