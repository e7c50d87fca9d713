#include "engine/accessibility/measure_catalogue.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr double kLeftAtFarthest = 0.05;
constexpr Cost kMinute_s = 60;
constexpr Cost kKilometre_m = 1000;

constexpr auto kKinds = std::to_array<std::string_view>(
    {"cost",   "cumulative", "interval",  "balancing",    "gravity",           "2sfca",       "e2sfca",
     "m2sfca", "3sfca",      "huff3sfca", "kd2sfca",      "ga2sfca",           "v2sfca",      "i2sfca",
     "bfca",   "apl",        "apl_2015",  "availability", "total_constrained", "competitive", "raam"});

/// The catalogue for given cutoffs.
class Catalogue {
 public:
  explicit Catalogue(const MeasureSettings& settings)
      : settings_(settings),
        farthest_(settings.cutoffs.back()),
        one_(settings.unit == CostUnit::seconds ? kMinute_s : kKilometre_m) {}

  [[nodiscard]] std::vector<NamedMeasure> of(const std::string_view kind) const {
    if (kind == "cost") {
      return costs();
    }
    if (kind == "cumulative") {
      return each_cutoff("cumul", {.french = "Cumul", .english = "Cumulative"},
                         [](const Cost cutoff) { return CumulativeAccess{.cutoff = cutoff}; });
    }
    if (kind == "2sfca") {
      return each_cutoff("2sfca", {.french = "2SFCA", .english = "2SFCA"},
                         [this](const Cost cutoff) { return FloatingCatchment{.decay = binary(cutoff)}; });
    }
    if (kind == "gravity") {
      return gravities();
    }
    if (kind == "interval") {
      return {
          {.name = "cumul_intervalle",
           .label = {.french = "Cumul moyen, " + range(), .english = "Mean cumulative, " + range()},
           .measure = IntervalCumulativeAccess{.from = settings_.cutoffs.front(),
                                               .to = farthest_,
                                               .step = settings_.unit == CostUnit::seconds ? kMinute_s : kKilometre_m / 10,
                                               .median = false}}};
    }
    if (kind == "balancing") {
      return {{.name = "cout_equilibre",
               .label = {.french = "Coût d’équilibre", .english = "Balancing cost"},
               .measure = BalancingCost{}}};
    }
    return catchments(kind);
  }

 private:
  [[nodiscard]] std::string range() const {
    return cost_label(settings_.cutoffs.front(), settings_.unit) + " – " + cost_label(farthest_, settings_.unit);
  }
  [[nodiscard]] static Decay binary(const Cost cutoff) { return {.kind = BinaryDecay{}, .farthest = cutoff}; }
  [[nodiscard]] Decay truncated() const { return {.kind = TruncatedGaussianDecay{}, .farthest = farthest_}; }
  /// Weights up to fractions of the farthest cutoff, rounded to whole costs.
  struct Band {
    double of_farthest;
    double weight;
  };
  [[nodiscard]] Decay bands(const std::vector<Band>& bands) const {
    SteppedDecay stepped;
    for (const Band& band : bands) {
      const auto up_to = static_cast<Cost>(std::lround(band.of_farthest * farthest_));
      if (stepped.steps.empty() || up_to > stepped.steps.back().up_to) {
        stepped.steps.push_back({.up_to = up_to, .weight = band.weight});
      }
    }
    return {.kind = std::move(stepped), .farthest = farthest_};
  }
  [[nodiscard]] Decay slow() const { return bands({{1.0 / 3, 1}, {2.0 / 3, 0.68}, {1, 0.22}}); }

  [[nodiscard]] std::vector<NamedMeasure> costs() const {
    std::vector<NamedMeasure> measures;
    for (const std::uint32_t k : {1U, 2U, 3U}) {
      const std::string number = std::to_string(k);
      measures.push_back({.name = "cout_" + number,
                          .label = {.french = k == 1 ? "Coût jusqu’à la plus proche" : "Coût jusqu’à la " + number + "e",
                                    .english = k == 1   ? "Cost to the nearest"
                                               : k == 2 ? "Cost to the 2nd"
                                                        : "Cost to the 3rd"},
                          .measure = CostToKth{.k = k}});
    }
    return measures;
  }

  template <typename Make>
  [[nodiscard]] std::vector<NamedMeasure> each_cutoff(const std::string& name, const Text& label, const Make& make) const {
    std::vector<NamedMeasure> measures;
    for (const Cost cutoff : settings_.cutoffs) {
      const std::string within = ", " + cost_label(cutoff, settings_.unit);
      measures.push_back({.name = name + "_" + cost_name(cutoff, settings_.unit),
                          .label = {.french = label.french + within, .english = label.english + within},
                          .measure = make(cutoff)});
    }
    return measures;
  }

  [[nodiscard]] std::vector<NamedMeasure> gravities() const {
    const double c = farthest_;
    const double rate = -std::log(kLeftAtFarthest) / c;
    const double sigma = c / std::sqrt(-2 * std::log(kLeftAtFarthest));
    struct Form {
      const char* name;
      Text label;
      DecayKind kind;
    };
    const std::vector<Form> forms{
        {"puissance", {"puissance", "power"}, InversePowerDecay{.exponent = 2, .scale = static_cast<double>(one_)}},
        {"exponentielle", {"exponentielle", "exponential"}, ExponentialDecay{.rate = rate}},
        {"gaussienne", {"gaussienne", "Gaussian"}, GaussianDecay{.sigma = sigma}},
        {"gaussienne_tronquee", {"gaussienne tronquée", "truncated Gaussian"}, TruncatedGaussianDecay{}},
        {"epanechnikov", {"Epanechnikov", "Epanechnikov"}, EpanechnikovDecay{}},
        {"lineaire", {"linéaire", "linear"}, LinearDecay{}},
        {"logistique", {"logistique", "logistic"}, LogisticDecay{.middle = c / 2, .deviation = c / 3}}};
    std::vector<NamedMeasure> measures;
    for (const Form& form : forms) {
      measures.push_back({.name = std::string{"gravite_"} + form.name,
                          .label = {.french = "Gravité " + form.label.french, .english = "Gravity, " + form.label.english},
                          .measure = GravityAccess{.decay = {.kind = form.kind, .farthest = farthest_}}});
    }
    return measures;
  }

  [[nodiscard]] std::vector<NamedMeasure> catchments(const std::string_view kind) const {
    const auto one = [](const std::string& name, const std::string& label, AccessMeasure measure) {
      return std::vector<NamedMeasure>{
          {.name = name, .label = {.french = label, .english = label}, .measure = std::move(measure)}};
    };
    if (kind == "e2sfca") {
      auto measures = one("e2sfca", "E2SFCA", FloatingCatchment{.decay = slow()});
      measures.push_back({.name = "e2sfca_rapide",
                          .label = {.french = "E2SFCA, décroissance rapide", .english = "E2SFCA, fast decay"},
                          .measure = FloatingCatchment{.decay = bands({{1.0 / 3, 1}, {2.0 / 3, 0.42}, {1, 0.09}})}});
      return measures;
    }
    if (kind == "m2sfca") {
      return one("m2sfca", "M2SFCA", FloatingCatchment{.decay = slow(), .modified = true});
    }
    if (kind == "3sfca") {
      return one("3sfca", "3SFCA",
                 ThreeStepCatchment{.decay = bands({{1.0 / 6, 0.962}, {1.0 / 3, 0.704}, {1.0 / 2, 0.377}, {1, 0.042}})});
    }
    if (kind == "huff3sfca") {
      return one("huff3sfca", "Huff-3SFCA",
                 ThreeStepCatchment{
                     .decay = truncated(),
                     .huff = ThreeStepCatchment::Huff{.supply_exponent = 1, .cost_exponent = 1, .least_cost = one_}});
    }
    if (kind == "kd2sfca") {
      return one("kd2sfca", "KD2SFCA", FloatingCatchment{.decay = {.kind = EpanechnikovDecay{}, .farthest = farthest_}});
    }
    if (kind == "ga2sfca") {
      return one("ga2sfca", "Ga2SFCA", FloatingCatchment{.decay = truncated()});
    }
    if (kind == "v2sfca") {
      return one("v2sfca", "V2SFCA",
                 VariableCatchment{.least = farthest_ / 3, .most = farthest_, .base_population = 0, .enough_ratio = 0});
    }
    if (kind == "i2sfca") {
      return one("i2sfca", "i2SFCA", Crowding{.decay = binary(farthest_)});
    }
    if (kind == "bfca") {
      return one("bfca", "BFCA", BalancedCatchment{.decay = slow()});
    }
    if (kind == "apl" || kind == "apl_2015") {
      return apl(kind == "apl" ? std::array<Cost, 3>{5, 10, 15} : std::array<Cost, 3>{10, 15, 20}, std::string{kind});
    }
    return constrained(kind);
  }

  [[nodiscard]] std::vector<NamedMeasure> apl(const std::array<Cost, 3>& minutes, const std::string& name) const {
    if (settings_.unit != CostUnit::seconds) {
      return {};
    }
    const SteppedDecay steps{{{minutes[0] * kMinute_s, 1}, {minutes[1] * kMinute_s, 0.3}, {minutes[2] * kMinute_s, 0.1}}};
    const std::string range =
        std::to_string(minutes[0]) + "/" + std::to_string(minutes[1]) + "/" + std::to_string(minutes[2]);
    return {{.name = name,
             .label = {.french = "Pondération de l’APL, " + range + " min", .english = "Weights of APL, " + range + " min"},
             .measure = FloatingCatchment{.decay = {.kind = steps, .farthest = minutes[2] * kMinute_s}}}};
  }

  [[nodiscard]] std::vector<NamedMeasure> constrained(const std::string_view kind) const {
    if (kind == "availability") {
      return {{.name = "dispo_spatiale",
               .label = {.french = "Disponibilité spatiale", .english = "Spatial availability"},
               .measure = SpatialAvailability{.decay = truncated()}},
              {.name = "dispo_spatiale_hab",
               .label = {.french = "Disponibilité spatiale par habitant", .english = "Spatial availability per inhabitant"},
               .measure = SpatialAvailability{.decay = truncated(), .population_exponent = 1, .per_inhabitant = true}}};
    }
    if (kind == "total_constrained") {
      return {{.name = "contrainte_totale",
               .label = {.french = "Accès à total contraint", .english = "Total constrained access"},
               .measure = TotalConstrainedAccess{.decay = truncated()}}};
    }
    if (kind == "competitive") {
      return {{.name = "concurrence",
               .label = {.french = "Accès concurrentiel", .english = "Competitive access"},
               .measure = CompetitiveAccess{.decay = truncated()}}};
    }
    const bool in_time = settings_.unit == CostUnit::seconds;
    return {{.name = "raam",
             .label = {.french = "RAAM", .english = "RAAM"},
             .measure = RationalAgentAccess{.tau = in_time ? 60.0 * kMinute_s : static_cast<double>(farthest_),
                                            .farthest = farthest_}}};
  }

  const MeasureSettings& settings_;
  Cost farthest_;
  Cost one_;  ///< a minute or a kilometre
};

}  // namespace

std::span<const std::string_view> measure_kinds() {
  return kKinds;
}

std::optional<std::vector<NamedMeasure>> standard_measures(const std::string_view kind, const MeasureSettings& settings) {
  if (settings.cutoffs.empty() || settings.cutoffs.front() == 0 || !std::ranges::is_sorted(settings.cutoffs)) {
    throw ArgumentError("standard_measures: cutoffs must be there, positive and ascending");
  }
  if (std::ranges::find(kKinds, kind) == kKinds.end()) {
    return std::nullopt;
  }
  return Catalogue{settings}.of(kind);
}

Cost farthest_cost(const std::span<const NamedMeasure> measures, const Cost otherwise) {
  Cost farthest = 0;
  for (const NamedMeasure& named : measures) {
    const Cost own = farthest_cost(named.measure);
    farthest = std::max(farthest, own == kUnreachable - 1 ? otherwise : own);
  }
  return farthest;
}

std::string cost_name(const Cost cost, const CostUnit unit) {
  const Cost large = unit == CostUnit::seconds ? kMinute_s : kKilometre_m;
  const bool whole = cost >= large && cost % large == 0;
  const std::string number = std::to_string(whole ? cost / large : cost);
  return number + (unit == CostUnit::seconds ? (whole ? "min" : "s") : (whole ? "km" : "m"));
}

std::string cost_label(const Cost cost, const CostUnit unit) {
  std::string label = cost_name(cost, unit);
  label.insert(std::min(label.find_first_not_of("0123456789"), label.size()), "\u00A0");
  return label;
}

}  // namespace maillage
