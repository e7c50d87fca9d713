#include "maps/measure_display.hpp"

#include "maps/field_dictionary.hpp"

namespace maillage {

namespace {

constexpr double kPerInhabitants = 10'000;
constexpr int kRatioDecimals = 4;

std::string per_inhabitants_unit(const AccessAnalysis& access) {
  return access.supply_unit.empty() ? "pour 10000 hab" : access.supply_unit + "/10000 hab";
}

class Display {
 public:
  explicit Display(const AccessAnalysis& access) : access_(access) {}

  MeasureDisplay operator()(const CostToKth& measure) const {
    const std::string k = std::to_string(measure.k);
    return cost({.french = "Coût jusqu’à la structure n° " + k + " par ordre de coût ; vide quand aucune n’est à portée.",
                 .english = "Cost to structure number " + k + " by cost; empty when none is in reach."});
  }
  MeasureDisplay operator()(const BalancingCost&) const {
    return cost({.french = "Coût en deçà duquel l’offre atteint la population de la commune ; vide quand elle ne l’atteint "
                           "pas. Barboza et al. (2021).",
                 .english =
                     "Cost within which the supply reaches the commune's population; empty when it never does. Barboza et "
                     "al. (2021)."});
  }
  MeasureDisplay operator()(const CumulativeAccess& measure) const {
    const std::string cutoff = cost_label(measure.cutoff, access_.unit);
    return amount({.french = "Offre à " + cutoff + " au plus. Wachs et Kumagai (1973).",
                   .english = "Supply within " + cutoff + ". Wachs and Kumagai (1973)."});
  }
  MeasureDisplay operator()(const IntervalCumulativeAccess&) const {
    return amount(
        {.french = "Moyenne ou médiane de l’offre à portée pour toutes les limites d’un intervalle. Tomasiello et "
                   "al. (2023).",
         .english = "Mean or median of the supply in reach over all limits of an interval. Tomasiello et al. (2023)."});
  }
  MeasureDisplay operator()(const GravityAccess&) const {
    return amount({.french = "Offre pondérée par une fonction décroissante du coût. Hansen (1959).",
                   .english = "Supply weighted by a decreasing function of cost. Hansen (1959)."});
  }
  MeasureDisplay operator()(const TotalConstrainedAccess&) const {
    return amount(
        {.french = "Accès gravitaire ramené à l’offre totale : la somme sur les communes est l’offre. Wilson (1971).",
         .english = "Gravity access scaled to the whole supply: the sum over communes is the supply. Wilson (1971)."});
  }
  MeasureDisplay operator()(const SpatialAvailability& measure) const {
    const Text meaning{
        .french = "Part de l’offre qui revient à la commune, en concurrence avec les autres. Soukhov et al. (2023).",
        .english =
            "Share of the supply that falls to the commune in competition with the others. Soukhov et al. "
            "(2023)."};
    return measure.per_inhabitant ? per_inhabitant(meaning) : amount(meaning);
  }
  MeasureDisplay operator()(const FloatingCatchment& measure) const {
    return per_inhabitant(
        measure.modified
            ? Text{.french =
                       "Offre par habitant après partage, pondérée deux fois par l’éloignement : ce que la configuration "
                       "fait perdre est perdu. Delamater (2013).",
                   .english =
                       "Supply per inhabitant after sharing, weighted twice by remoteness: what the layout wastes is lost. "
                       "Delamater (2013)."}
            : Text{.french =
                       "Offre par habitant, chaque structure étant partagée entre ceux qui l’ont à portée. Luo et Wang "
                       "(2003) ; avec paliers Luo et Qi (2009), avec noyau Dai (2010).",
                   .english = "Supply per inhabitant, every structure shared among those who have it in reach. Luo and Wang "
                              "(2003); with bands Luo and Qi (2009), with a kernel Dai (2010)."});
  }
  MeasureDisplay operator()(const ThreeStepCatchment& measure) const {
    return per_inhabitant(
        measure.huff
            ? Text{.french = "2SFCA où chacun choisit parmi les structures selon le modèle de Huff. Luo (2014).",
                   .english = "2SFCA where people choose among structures by Huff's model. Luo (2014)."}
            : Text{.french =
                       "2SFCA où chacun répartit sa demande entre les structures à portée. Wan, Zou et Sternberg (2012) ; "
                       "critiqué par Paez et al. (2019).",
                   .english = "2SFCA where people split their demand among the structures in reach. Wan, Zou and Sternberg "
                              "(2012); criticised by Paez et al. (2019)."});
  }
  MeasureDisplay operator()(const BalancedCatchment&) const {
    return per_inhabitant(
        {.french = "2SFCA équilibré : demande et offre ne sont comptées qu’une fois. Paez, Higgins et Vivona (2019).",
         .english = "Balanced 2SFCA: demand and supply are counted once. Paez, Higgins and Vivona (2019)."});
  }
  MeasureDisplay operator()(const VariableCatchment&) const {
    return per_inhabitant(
        {.french = "2SFCA à aires variables, étendues jusqu’à une population puis un ratio. Luo et Whippo (2012).",
         .english = "2SFCA with catchments that grow to a population, then to a ratio. Luo and Whippo (2012)."});
  }
  MeasureDisplay operator()(const Crowding&) const {
    MeasureDisplay display =
        real("hab", 2,
             {.french = "Habitants par unité d’offre que l’on trouve dans la structure. Wang (2018).",
              .english = "Inhabitants per unit of supply that one meets in the structure. Wang (2018)."});
    display.unit = access_.supply_unit.empty() ? "hab" : "hab/" + access_.supply_unit;
    return display;
  }
  MeasureDisplay operator()(const CompetitiveAccess&) const {
    return real(
        "", kRatioDecimals,
        {.french = "Accès où offre et demande se font concurrence des deux côtés (contrainte double de Wilson), 1 en "
                   "moyenne. Allen et Farber (2020).",
         .english = "Access with competition on both sides (Wilson's double constraint), 1 on average. Allen and Farber "
                    "(2020)."});
  }
  MeasureDisplay operator()(const RationalAgentAccess&) const {
    return real(
        "", kRatioDecimals,
        {.french = "Affluence et trajet réunis, chacun allant où la somme est la moindre ; plus c’est bas, mieux c’est. "
                   "Saxon et Snow (2020).",
         .english = "Crowding and travel together where everybody goes where the sum is least; the lower the better. "
                    "Saxon and Snow (2020)."});
  }

 private:
  [[nodiscard]] static MeasureDisplay real(std::string unit, const int decimals, Text meaning) {
    return {.scale = 1, .unit = std::move(unit), .decimals = decimals, .meaning = std::move(meaning)};
  }
  [[nodiscard]] MeasureDisplay cost(Text meaning) const { return real(unit_name(access_.unit), 0, std::move(meaning)); }
  [[nodiscard]] MeasureDisplay amount(Text meaning) const {
    return real(access_.supply_unit, kRatioDecimals, std::move(meaning));
  }
  [[nodiscard]] MeasureDisplay per_inhabitant(Text meaning) const {
    meaning.french += " Pour 10\u202F000 habitants.";
    meaning.english += " Per 10,000 inhabitants.";
    return {.scale = kPerInhabitants,
            .unit = per_inhabitants_unit(access_),
            .decimals = kRatioDecimals,
            .meaning = std::move(meaning)};
  }

  const AccessAnalysis& access_;
};

}  // namespace

MeasureDisplay measure_display(const AccessMeasure& measure, const AccessAnalysis& access) {
  return std::visit(Display{access}, measure);
}

StructureDisplay structure_display(const AccessMeasure& measure, const AccessAnalysis& access) {
  if (std::holds_alternative<Crowding>(measure)) {
    const MeasureDisplay crowding = measure_display(measure, access);
    return {.scale = 1, .unit = crowding.unit, .decimals = crowding.decimals};
  }
  if (std::holds_alternative<RationalAgentAccess>(measure)) {
    return {.scale = 1, .unit = "hab", .decimals = 1};
  }
  if (std::holds_alternative<CompetitiveAccess>(measure)) {
    return {.scale = 1, .unit = "", .decimals = kRatioDecimals};
  }
  return {.scale = kPerInhabitants, .unit = per_inhabitants_unit(access), .decimals = kRatioDecimals};
}

}  // namespace maillage
