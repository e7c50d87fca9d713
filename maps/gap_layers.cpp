#include <algorithm>
#include <string>

#include "engine/geometry/dissolve.hpp"
#include "engine/territory/contiguity.hpp"
#include "maps/layer_builder.hpp"
#include "maps/layer_parts.hpp"

namespace maillage::detail {

namespace {

constexpr double kSquareMetresPerKm2 = 1e6;
constexpr double kPercent = 100;

// A gap component with what its layer says beside it.
struct GapRow {
  const GapComponent* gap;
  const CoverageDefinition* definition;
  std::string_view nature;
  std::int64_t number;
  std::int64_t total_population;
};

void add_rows(std::vector<GapRow>& rows, const std::vector<GapComponent>& gaps, const Coverage& coverage,
              const std::string_view nature) {
  std::int64_t number = 0;
  for (const GapComponent& gap : gaps) {
    rows.push_back({&gap, &coverage.definition, nature, ++number, coverage.total.population});
  }
}

AreaSet dissolved(const Territory& territory, const std::vector<GapComponent>& gaps) {
  std::vector<std::uint32_t> group_of(territory.communes.size(), kNoGroup);
  for (std::size_t gap = 0; gap < gaps.size(); ++gap) {
    for (const CommuneIndex commune : gaps[gap].communes) {
      group_of[commune.value()] = static_cast<std::uint32_t>(gap);
    }
  }
  return dissolve(territory.contours, group_of, gaps.size());
}

CommuneIndex most_populous(const Territory& territory, const std::vector<CommuneIndex>& communes) {
  return *std::ranges::max_element(communes, {}, [&](const CommuneIndex commune) {
    // The lower code wins among equals: max_element keeps the first.
    return territory.communes[commune].population.value_or(-1);
  });
}

void fill_gaps(LayerBuilder& builder, const LayerContext& context, const std::vector<GapRow>& rows) {
  const Territory& territory = context.sources.territory;
  const auto nearest_text = [&](const std::size_t row, const std::string Structure::*text) {
    const StructureIndex nearest = rows[row].gap->nearest;
    return nearest.is_none() ? Value{} : text_value(context.sources.structures.structures[nearest].*text);
  };
  const auto main_commune = [&](const std::size_t row) -> const Commune& {
    return territory.communes[most_populous(territory, rows[row].gap->communes)];
  };
  builder.fill("definition", [&](const std::size_t row) { return text_value(rows[row].definition->name); });
  builder.fill("definition_libelle", [&](const std::size_t row) { return text_value(rows[row].definition->label); });
  builder.fill("nature", [&](const std::size_t row) -> Value { return std::string{rows[row].nature}; });
  builder.fill("numero", [&](const std::size_t row) -> Value { return rows[row].number; });
  builder.fill("communes",
               [&](const std::size_t row) -> Value { return static_cast<std::int64_t>(rows[row].gap->communes.size()); });
  builder.fill("population", [&](const std::size_t row) -> Value { return rows[row].gap->population; });
  builder.fill("part_population", [&](const std::size_t row) {
    return ratio_value(rows[row].gap->population, rows[row].total_population, kPercent);
  });
  builder.fill("superficie_km2",
               [&](const std::size_t row) -> Value { return rows[row].gap->area_m2 / kSquareMetresPerKm2; });
  builder.fill("commune_principale", [&](const std::size_t row) { return text_value(main_commune(row).code); });
  builder.fill("commune_principale_nom", [&](const std::size_t row) { return text_value(main_commune(row).name); });
  builder.fill("proche_cle", [&](const std::size_t row) { return nearest_text(row, &Structure::key); });
  builder.fill("proche_nom", [&](const std::size_t row) { return nearest_text(row, &Structure::name); });
  builder.fill("proche_depuis", [&](const std::size_t row) {
    const CommuneIndex from = rows[row].gap->nearest_from;
    return from.is_none() ? Value{} : text_value(territory.communes[from].code);
  });
  builder.fill("proche_cout", [&](const std::size_t row) { return cost_value(rows[row].gap->nearest_cost); });
  builder.fill("unite", [&](const std::size_t row) -> Value { return unit_name(cost_unit(rows[row].definition->travel)); });
}

// A geometric gap with its definition.
struct PartRow {
  const CoverageAnalysis* analysis;
  std::size_t part;
  [[nodiscard]] const GeometricGap& gap() const { return analysis->geometric_gaps->parts[part]; }
  [[nodiscard]] const CoverageDefinition& definition() const { return analysis->coverage.definition; }
};

Value populations_by_tier(const GeometricGap& gap) {
  std::vector<std::string> counts;
  for (const GapShare& share : gap.by_tier) {
    counts.push_back(std::to_string(share.population));
  }
  return joined_value(counts);
}

Value main_tier(const PopulationTiers& tiers, const GeometricGap& gap) {
  TierIndex best;
  for (const TierIndex tier : gap.by_tier.indices()) {
    const std::int64_t most = best.is_none() ? 0 : gap.by_tier[best].population;
    if (gap.by_tier[tier].population > most) {
      best = tier;
    }
  }
  return best.is_none() ? Value{} : Value{tiers.labels_french[best]};
}

void append_lines(LineSet& lines, const LineSet& from, const std::size_t feature) {
  for (std::uint32_t line = from.feature_first[feature]; line < from.feature_first[feature + 1]; ++line) {
    const auto vertices = from.line(line);
    lines.vertices.insert(lines.vertices.end(), vertices.begin(), vertices.end());
    lines.end_line();
  }
  lines.end_feature();
}

struct JumpRow {
  const Coverage* coverage;
  const Discontinuity* jump;
};

void fill_jumps(LayerBuilder& builder, const Territory& territory, const std::vector<JumpRow>& rows) {
  const auto commune = [&](const CommuneIndex index) -> const Commune& { return territory.communes[index]; };
  const auto cost = [&](const std::size_t row, const CommuneIndex index) {
    return cost_value(rows[row].coverage->communes[index].cost);
  };
  builder.fill("definition", [&](const std::size_t row) { return text_value(rows[row].coverage->definition.name); });
  builder.fill("definition_libelle",
               [&](const std::size_t row) { return text_value(rows[row].coverage->definition.label); });
  builder.fill("commune_1", [&](const std::size_t row) { return text_value(commune(rows[row].jump->first).code); });
  builder.fill("commune_1_nom", [&](const std::size_t row) { return text_value(commune(rows[row].jump->first).name); });
  builder.fill("commune_2", [&](const std::size_t row) { return text_value(commune(rows[row].jump->second).code); });
  builder.fill("commune_2_nom", [&](const std::size_t row) { return text_value(commune(rows[row].jump->second).name); });
  builder.fill("cout_1", [&](const std::size_t row) { return cost(row, rows[row].jump->first); });
  builder.fill("cout_2", [&](const std::size_t row) { return cost(row, rows[row].jump->second); });
  builder.fill("saut", [&](const std::size_t row) -> Value { return std::int64_t{rows[row].jump->absolute}; });
  builder.fill("saut_relatif", [&](const std::size_t row) {
    return rows[row].jump->relative > 0 ? Value{rows[row].jump->relative} : Value{};
  });
  builder.fill("frontiere_m", [&](const std::size_t row) -> Value { return rows[row].jump->border_m; });
  builder.fill("unite",
               [&](const std::size_t row) -> Value { return unit_name(cost_unit(rows[row].coverage->definition.travel)); });
}

}  // namespace

void append_areas(AreaSet& areas, const AreaSet& more) {
  for (std::size_t area = 0; area < more.areas(); ++area) {
    areas.add_area(more, AreaIndex{area});
  }
}

Layer commune_gaps_layer(const LayerContext& context) {
  std::vector<GapRow> rows;
  AreaSet areas;
  for (const CoverageAnalysis& analysis : context.sources.analyses) {
    add_rows(rows, analysis.gaps_without_structure, analysis.coverage, kGapWithoutStructure);
    append_areas(areas, dissolved(context.sources.territory, analysis.gaps_without_structure));
    add_rows(rows, analysis.gaps_beyond_limit, analysis.coverage, kGapBeyondLimit);
    append_areas(areas, dissolved(context.sources.territory, analysis.gaps_beyond_limit));
  }
  LayerBuilder builder{LayerKind::commune_gaps, rows.size(), context.definitions};
  fill_gaps(builder, context, rows);
  builder.layer().areas = std::move(areas);
  builder.layer().areas_lonlat = context.lonlat.convert(builder.layer().areas);
  return builder.take();
}

Layer geometric_gaps_layer(const LayerContext& context) {
  std::vector<PartRow> rows;
  AreaSet areas;
  for (const CoverageAnalysis& analysis : context.sources.analyses) {
    if (analysis.geometric_gaps) {
      for (std::size_t part = 0; part < analysis.geometric_gaps->parts.size(); ++part) {
        rows.push_back({&analysis, part});
      }
      append_areas(areas, analysis.geometric_gaps->polygons);
    }
  }
  LayerBuilder builder{LayerKind::geometric_gaps, rows.size(), context.definitions};
  builder.fill("definition", [&](const std::size_t row) { return text_value(rows[row].definition().name); });
  builder.fill("definition_libelle", [&](const std::size_t row) { return text_value(rows[row].definition().label); });
  builder.fill("numero", [&](const std::size_t row) -> Value { return static_cast<std::int64_t>(rows[row].part + 1); });
  builder.fill("population", [&](const std::size_t row) -> Value { return rows[row].gap().population; });
  builder.fill("part_population", [&](const std::size_t row) {
    return ratio_value(rows[row].gap().population, rows[row].analysis->coverage.total.population, kPercent);
  });
  builder.fill("superficie_km2",
               [&](const std::size_t row) -> Value { return rows[row].gap().area_m2 / kSquareMetresPerKm2; });
  builder.fill("communes_touchees",
               [&](const std::size_t row) -> Value { return static_cast<std::int64_t>(rows[row].gap().communes.size()); });
  builder.fill("strate_principale",
               [&](const std::size_t row) { return main_tier(context.sources.territory.tiers, rows[row].gap()); });
  builder.fill("strates_population", [&](const std::size_t row) { return populations_by_tier(rows[row].gap()); });
  builder.fill("erreur_m", [&](const std::size_t row) -> Value { return rows[row].analysis->geometric_gaps->max_error_m; });
  builder.layer().areas = std::move(areas);
  builder.layer().areas_lonlat = context.lonlat.convert(builder.layer().areas);
  return builder.take();
}

Layer discontinuities_layer(const LayerContext& context) {
  const Territory& territory = context.sources.territory;
  const BorderLines borders = border_lines(territory.source_contours, territory.contours);
  std::vector<JumpRow> rows;
  LineSet lines;
  for (const CoverageAnalysis& analysis : context.sources.analyses) {
    for (const Discontinuity& jump : analysis.discontinuities) {
      rows.push_back({&analysis.coverage, &jump});
      const CommunePair pair{jump.first, jump.second};
      const auto found = std::ranges::lower_bound(borders.pairs, pair);
      if (found != borders.pairs.end() && *found == pair) {
        append_lines(lines, borders.lines, static_cast<std::size_t>(found - borders.pairs.begin()));
      } else {
        lines.end_feature();
      }
    }
  }
  LayerBuilder builder{LayerKind::discontinuities, rows.size(), context.definitions};
  fill_jumps(builder, territory, rows);
  builder.layer().lines = std::move(lines);
  builder.layer().lines_lonlat = context.lonlat.convert(builder.layer().lines);
  return builder.take();
}

}  // namespace maillage::detail
