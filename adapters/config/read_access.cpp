#include "adapters/config/read_access.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "adapters/config/study_parts.hpp"
#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

std::vector<std::string> kind_names() {
  const auto kinds = measure_kinds();
  return {kinds.begin(), kinds.end()};
}

/// Reads the keys of one [[access.measure]] table.
class MeasureReader {
 public:
  MeasureReader(KeyReader& reader, const MeasureSettings& settings) : reader_(reader), settings_(settings) {}

  NamedMeasure read() {
    const std::string kind = require_kind();
    NamedMeasure named{.name = reader_.text("name").value_or(""), .label = {}, .measure = measure(kind)};
    if (!is_identifier("m" + named.name)) {
      reader_.fail("name",
                   {.french = "un nom court est attendu (minuscules sans accent, chiffres, _) : il nomme une colonne.",
                    .english = "a short name is expected (lower case, digits, _): it names a column."});
    }
    const std::string label = reader_.text("label").value_or(named.name);
    named.label = {.french = label, .english = label};
    try {
      check(named.measure);
    } catch (const ArgumentError& error) {
      reader_.fail("", {.french = fmt::format("réglages sans signification pour cette mesure ({}).", error.what()),
                        .english = fmt::format("settings that make no sense for this measure ({}).", error.what())});
    }
    reader_.refuse_unknown_keys();
    return named;
  }

 private:
  std::string require_kind() {
    std::vector<std::string> kinds = kind_names();
    std::erase_if(kinds, [](const std::string& kind) {
      return kind == "apl" || kind == "apl_2015" || kind == "kd2sfca" || kind == "ga2sfca" || kind == "e2sfca";
    });
    const auto kind = reader_.choice("kind", kinds);
    if (!kind) {
      reader_.fail("kind", {.french = fmt::format("la sorte de mesure manque : {}.", fmt::join(kinds, ", ")),
                            .english = fmt::format("the kind of measure is missing: {}.", fmt::join(kinds, ", "))});
    }
    return *kind;
  }

  Cost cost(const std::string& key, const std::optional<Cost> otherwise) {
    const auto text = reader_.text(key);
    if (!text && otherwise) {
      return *otherwise;
    }
    const auto limit = parse_limit(text.value_or(""));
    if (!limit || limit->unit != settings_.unit) {
      const bool time = settings_.unit == CostUnit::seconds;
      reader_.fail(key, {.french = fmt::format("« {} » trouvé, {} attendue.", text.value_or(""),
                                               time ? "une durée comme \"15 min\"" : "une distance comme \"10 km\""),
                         .english = fmt::format("'{}' found, {} expected.", text.value_or(""),
                                                time ? "a time like \"15 min\"" : "a distance like \"10 km\"")});
    }
    return limit->value;
  }
  double cost_as_number(const std::string& key, const std::optional<Cost> otherwise) { return cost(key, otherwise); }
  double number(const std::string& key, const double otherwise) { return reader_.number(key).value_or(otherwise); }

  /// [["10 min", 1], ["20 min", 0.68]] is no TOML list of one type: two lists instead.
  SteppedDecay steps() {
    SteppedDecay stepped;
    const auto bounds = reader_.texts("steps");
    const auto weights = reader_.numbers("weights");
    if (bounds.empty() || bounds.size() != weights.size()) {
      reader_.fail("steps",
                   {.french = "autant de bornes que de poids : steps = [\"10 min\", \"20 min\"], weights = [1, 0.68].",
                    .english = "as many bounds as weights: steps = [\"10 min\", \"20 min\"], weights = [1, 0.68]."});
    }
    for (std::size_t k = 0; k < bounds.size(); ++k) {
      const auto limit = parse_limit(bounds[k]);
      if (!limit || limit->unit != settings_.unit) {
        reader_.fail("steps", {.french = fmt::format("« {} » n'est pas une limite dans l'unité de la mesure.", bounds[k]),
                               .english = fmt::format("'{}' is not a limit in the measure's unit.", bounds[k])});
      }
      stepped.steps.push_back({.up_to = limit->value, .weight = weights[k]});
    }
    return stepped;
  }

  Decay decay() {
    const std::string form = reader_
                                 .choice("decay", {"binary", "stepped", "power", "exponential", "gaussian",
                                                   "truncated_gaussian", "epanechnikov", "linear", "logistic"})
                                 .value_or("binary");
    if (form == "stepped") {
      SteppedDecay stepped = steps();
      const Cost last = stepped.steps.back().up_to;
      return {.kind = std::move(stepped), .farthest = last};
    }
    const Cost farthest = cost("cutoff", settings_.cutoffs.back());
    const double unit = settings_.unit == CostUnit::seconds ? 60 : 1000;
    if (form == "power") {
      return {.kind = InversePowerDecay{.exponent = number("exponent", 2), .scale = unit}, .farthest = farthest};
    }
    if (form == "exponential") {
      return {.kind = ExponentialDecay{.rate = number("rate", 0.1) / unit}, .farthest = farthest};
    }
    if (form == "gaussian") {
      return {.kind = GaussianDecay{.sigma = cost_as_number("sigma", farthest / 2)}, .farthest = farthest};
    }
    if (form == "logistic") {
      return {.kind = LogisticDecay{.middle = cost_as_number("middle", farthest / 2),
                                    .deviation = cost_as_number("deviation", farthest / 3)},
              .farthest = farthest};
    }
    if (form == "truncated_gaussian") {
      return {.kind = TruncatedGaussianDecay{}, .farthest = farthest};
    }
    if (form == "epanechnikov") {
      return {.kind = EpanechnikovDecay{}, .farthest = farthest};
    }
    if (form == "linear") {
      return {.kind = LinearDecay{}, .farthest = farthest};
    }
    return {.kind = BinaryDecay{}, .farthest = farthest};
  }

  AccessMeasure measure(const std::string& kind) {
    const Cost farthest = settings_.cutoffs.back();
    if (kind == "cost") {
      const std::int64_t k = reader_.integer("k").value_or(1);
      if (k < 1 || k > 1'000'000) {
        reader_.fail("k", {.french = "un rang à partir de 1 est attendu.", .english = "a rank from 1 on is expected."});
      }
      return CostToKth{.k = static_cast<std::uint32_t>(k)};
    }
    if (kind == "cumulative") {
      return CumulativeAccess{.cutoff = cost("cutoff", farthest)};
    }
    if (kind == "interval") {
      return IntervalCumulativeAccess{.from = cost("from", settings_.cutoffs.front()),
                                      .to = cost("to", farthest),
                                      .step = cost("step", settings_.unit == CostUnit::seconds ? 60 : 100),
                                      .median = reader_.boolean("median").value_or(false)};
    }
    if (kind == "balancing") {
      return BalancingCost{};
    }
    if (kind == "v2sfca") {
      return VariableCatchment{.least = cost("from", farthest / 3),
                               .most = cost("cutoff", farthest),
                               .base_population = number("base_population", 0),
                               .enough_ratio = number("ratio", 0)};
    }
    if (kind == "raam") {
      return RationalAgentAccess{.tau = cost_as_number("tau", settings_.unit == CostUnit::seconds ? 3600 : farthest),
                                 .farthest = cost("cutoff", farthest)};
    }
    return with_decay(kind);
  }

  AccessMeasure with_decay(const std::string& kind) {
    if (kind == "gravity") {
      return GravityAccess{decay()};
    }
    if (kind == "3sfca") {
      return ThreeStepCatchment{.decay = decay()};
    }
    if (kind == "huff3sfca") {
      const ThreeStepCatchment::Huff huff{.supply_exponent = number("supply_exponent", 1),
                                          .cost_exponent = number("cost_exponent", 1),
                                          .least_cost = settings_.unit == CostUnit::seconds ? 60U : 1000U};
      return ThreeStepCatchment{.decay = decay(), .huff = huff};
    }
    if (kind == "i2sfca") {
      return Crowding{decay()};
    }
    if (kind == "bfca") {
      return BalancedCatchment{decay()};
    }
    if (kind == "availability") {
      const double exponent = number("population_exponent", 1);
      const bool per_inhabitant = reader_.boolean("per_inhabitant").value_or(false);
      return SpatialAvailability{.decay = decay(), .population_exponent = exponent, .per_inhabitant = per_inhabitant};
    }
    if (kind == "total_constrained") {
      return TotalConstrainedAccess{decay()};
    }
    if (kind == "competitive") {
      return CompetitiveAccess{decay()};
    }
    return FloatingCatchment{.decay = decay(), .modified = kind == "m2sfca"};
  }

  /// What the engine would refuse, while the line is known.
  static void check(const AccessMeasure& measure) {
    std::visit(
        [](const auto& one) {
          if constexpr (requires { one.decay; }) {
            check_decay(one.decay);
          }
        },
        measure);
    const auto* interval = std::get_if<IntervalCumulativeAccess>(&measure);
    const auto* variable = std::get_if<VariableCatchment>(&measure);
    if ((interval != nullptr && interval->from > interval->to) ||
        (variable != nullptr && variable->least > variable->most)) {
      throw ArgumentError("from > to");
    }
  }

  KeyReader& reader_;
  const MeasureSettings& settings_;
};

MeasureSettings read_cutoffs(KeyReader& reader) {
  MeasureSettings settings;
  std::set<Cost> cutoffs;
  const auto texts = reader.texts("cutoffs");
  for (const std::string& text : texts) {
    const auto limit = parse_limit(text);
    if (!limit || (!cutoffs.empty() && limit->unit != settings.unit)) {
      reader.fail("cutoffs", {.french = fmt::format("« {} » : des limites d'une même unité sont attendues, par exemple "
                                                    "[\"5 km\", \"10 km\"] ou [\"15 min\"].",
                                                    text),
                              .english = fmt::format("'{}': limits of one unit are expected, e.g. [\"5 km\", \"10 km\"] or "
                                                     "[\"15 min\"].",
                                                     text)});
    }
    settings.unit = limit->unit;
    cutoffs.insert(limit->value);
  }
  if (cutoffs.empty()) {
    reader.fail("cutoffs", {.french = "au moins une limite est attendue : cutoffs = [\"10 km\"].",
                            .english = "at least one limit is expected: cutoffs = [\"10 km\"]."});
  }
  settings.cutoffs.assign(cutoffs.begin(), cutoffs.end());
  return settings;
}

std::optional<CommuneColumnStudy> read_commune_column(KeyReader& reader, const std::string& key) {
  auto table = reader.table(key);
  if (!table) {
    return std::nullopt;
  }
  const auto file = single_path(*table, "file");
  const auto column = table->text("column");
  if (!file || !column) {
    table->fail("", {.french = "un fichier et une colonne sont attendus : { file = \"communes.csv\", column = \"revenu\" }.",
                     .english = "a file and a column are expected: { file = \"communes.csv\", column = \"income\" }."});
  }
  table->refuse_unknown_keys();
  return CommuneColumnStudy{.file = *file, .column = *column};
}

void read_measures(KeyReader& reader, const MeasureSettings& settings, AccessStudy& access) {
  const auto kinds = reader.texts("measures");
  auto own = reader.tables("measure");
  if (!kinds.empty() || own.empty()) {
    try {
      access.measures = measures_of_kinds(kinds, settings);
    } catch (const StudyError& error) {
      reader.fail("measures", error.message());
    }
  }
  for (KeyReader& table : own) {
    access.measures.push_back(MeasureReader{table, settings}.read());
  }
  std::set<std::string> names;
  for (const NamedMeasure& named : access.measures) {
    if (!names.insert(named.name).second) {
      reader.fail("measure", {.french = fmt::format("deux mesures s'appellent « {} ».", named.name),
                              .english = fmt::format("two measures are called '{}'.", named.name)});
    }
  }
  access.clusters = reader.has("clusters") ? reader.texts("clusters") : default_clusters(access.measures);
  for (const std::string& name : access.clusters) {
    if (!names.contains(name)) {
      reader.fail(
          "clusters",
          {.french = fmt::format("« {} » n'est pas une mesure d'ici ; mesures : {}.", name, fmt::join(names, ", ")),
           .english = fmt::format("'{}' is not a measure of this table; measures: {}.", name, fmt::join(names, ", "))});
    }
  }
}

void require_speed(KeyReader& reader, const AccessStudy& access) {
  if (access.travel.model == TravelStudy::Model::straight_line && access.unit == CostUnit::seconds &&
      !(access.travel.speed_kmh > 0)) {
    reader.fail("cutoffs", {.french = "des limites en temps demandent une vitesse ([travel] speed_kmh = 50) ou un réseau de "
                                      "routes ([travel] network = \"routes.mlg\").",
                            .english = "limits in time need a speed ([travel] speed_kmh = 50) or a road network ([travel] "
                                       "network = \"roads.mlg\")."});
  }
}

AccessStudy read_access(KeyReader& reader, TravelStudy travel) {
  AccessStudy access;
  access.name = reader.text("name").value_or("");
  if (!is_identifier(access.name)) {
    reader.fail("name", {.french = "un nom court est attendu (minuscules sans accent, chiffres, _) : il nomme les colonnes, "
                                   "par exemple name = \"biblio\".",
                         .english = "a short name is expected (lower case, digits, _): it names the columns, e.g. name = "
                                    "\"library\"."});
  }
  access.label = reader.text("label").value_or(access.name);
  if (auto own_travel = reader.table("travel")) {
    travel = read_travel(*own_travel, travel);
  }
  access.travel = travel;
  const MeasureSettings settings = read_cutoffs(reader);
  access.unit = settings.unit;
  access.cutoffs = settings.cutoffs;
  require_speed(reader, access);
  read_measures(reader, settings, access);
  access.filters = read_filters(reader);
  if (auto typologies = reader.texts("typology"); !typologies.empty()) {
    access.filters.push_back({.attribute = "typology", .values = std::move(typologies)});
  }
  access.each = reader.text("each").value_or("");
  access.supply = reader.text("supply").value_or("1");
  access.supply_unit = reader.text("supply_unit").value_or("");
  access.demand = read_commune_column(reader, "demand");
  access.income = read_commune_column(reader, "income");
  access.poverty_line = reader.number("poverty_line").value_or(access.poverty_line);
  const std::int64_t budget = reader.integer("budget_mb").value_or(static_cast<std::int64_t>(access.budget_mb));
  if (!(access.poverty_line > 0 && access.poverty_line <= 10) || budget < 1 || budget > 1'000'000) {
    reader.fail("", {.french = "poverty_line est une part de la médiane (0,5) ; budget_mb un nombre de mégaoctets.",
                     .english = "poverty_line is a share of the median (0.5); budget_mb a number of megabytes."});
  }
  access.budget_mb = static_cast<std::size_t>(budget);
  reader.refuse_unknown_keys();
  return access;
}

}  // namespace

std::vector<NamedMeasure> measures_of_kinds(const std::vector<std::string>& kinds, const MeasureSettings& settings) {
  const bool all = kinds.empty() || (kinds.size() == 1 && kinds.front() == "all");
  std::vector<NamedMeasure> measures;
  for (const std::string& kind : all ? kind_names() : kinds) {
    if (all && kind == "competitive") {
      continue;
    }
    auto made = standard_measures(kind, settings);
    if (!made) {
      const auto near = closest_names(kind, kind_names(), 1);
      throw StudyError({.french = fmt::format("mesure « {} » inconnue{} ; mesures possibles : all, {}.", kind,
                                              near.empty() ? "" : fmt::format(" (vouliez-vous dire « {} » ?)", near.front()),
                                              fmt::join(kind_names(), ", ")),
                        .english = fmt::format("unknown measure '{}'{}; possible measures: all, {}.", kind,
                                               near.empty() ? "" : fmt::format(" (did you mean '{}'?)", near.front()),
                                               fmt::join(kind_names(), ", "))});
    }
    if (made->empty() && !all) {
      throw StudyError({.french = fmt::format("la mesure « {} » compte en minutes : donnez des limites en temps.", kind),
                        .english = fmt::format("the measure '{}' counts in minutes: give limits in time.", kind)});
    }
    measures.insert(measures.end(), std::make_move_iterator(made->begin()), std::make_move_iterator(made->end()));
  }
  return measures;
}

std::vector<std::string> default_clusters(const std::vector<NamedMeasure>& measures) {
  for (const NamedMeasure& named : measures) {
    if (named.name == "e2sfca") {
      return {named.name};
    }
  }
  return measures.empty() ? std::vector<std::string>{} : std::vector<std::string>{measures.front().name};
}

void read_accesses(KeyReader& top, const TravelStudy& travel, Study& study) {
  std::set<std::string> names;
  for (const CoverageStudy& coverage : study.coverages) {
    names.insert(coverage.name);
  }
  for (KeyReader& reader : top.tables("access")) {
    AccessStudy access = read_access(reader, travel);
    if (!names.insert(access.name).second) {
      reader.fail("name", {.french = fmt::format("le nom « {} » est déjà pris.", access.name),
                           .english = fmt::format("the name '{}' is taken.", access.name)});
    }
    study.accesses.push_back(std::move(access));
  }
}

}  // namespace maillage
