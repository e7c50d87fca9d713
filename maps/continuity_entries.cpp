#include <array>

#include "maps/field_dictionary.hpp"
#include "maps/field_entries.hpp"

namespace maillage::detail {

namespace {

constexpr std::uint32_t kContinuity = 1U << static_cast<std::uint32_t>(LayerKind::continuity);

constexpr FieldType kText = FieldType::text;
constexpr FieldType kInteger = FieldType::integer;
constexpr FieldType kReal = FieldType::real;
constexpr FieldType kBoolean = FieldType::boolean;

// Prefixed by the question's name, "H01_" in a Shapefile. The order is the columns'.
constexpr auto kOfContinuity = std::to_array<FieldEntry>({
    {kContinuity, "heures", "HEURES", kReal, "h", 2, "Heures par semaine", "Hours a week",
     "Heures de la semaine où l’on peut partir et trouver une porte ouverte à portée, d’après les seuls horaires connus ; au "
     "moins la moitié des habitants.",
     "Hours of the week at which one may leave and find an open door in reach, by known hours alone; at least half of the "
     "inhabitants."},
    {kContinuity, "part_semaine", "PARTSE", kReal, "%", 2, "Part de la semaine", "Share of the week",
     "La même durée en part de la semaine.", "The same as a share of the week."},
    {kContinuity, "trou_max_h", "TROU", kReal, "h", 2, "Plus long temps sans offre", "Longest time without an offer",
     "Plus longue durée sans offre ; la fin de la semaine rejoint son début.",
     "Longest time without an offer; the week's end joins its beginning."},
    {kContinuity, "trou_debut", "TROUDE", kText, "", 0, "Début du plus long trou", "Beginning of the longest",
     "Moment où ce temps commence.", "Moment at which it begins."},
    {kContinuity, "jours_sans", "JSANS", kInteger, "j", 0, "Jours sans offre", "Days without an offer",
     "Jours de la semaine sans aucune offre.", "Days of the week without any offer."},
    {kContinuity, "regularite", "REGUL", kReal, "", 4, "Régularité", "Regularity",
     "Entropie de Shannon des heures entre les jours, rapportée à ln 7 : 1 chaque jour autant, 0 un seul jour ou jamais.",
     "Shannon's entropy of the hours over the days, over ln 7: 1 every day the same, 0 one day only or never."},
    {kContinuity, "structures_ouvertes", "OUVERT", kReal, "", 3, "Structures ouvertes à portée, en moyenne",
     "Structures open in reach, mean",
     "Moyenne, sur toute la semaine, des structures ouvertes à portée du point de la commune.",
     "Mean over the whole week of the structures open in reach of the commune's point."},
    {kContinuity, "structures_ouvertes_max", "OUVMAX", kInteger, "", 0, "Structures ouvertes à portée, au plus",
     "Structures open in reach, at most", "Au meilleur moment de la semaine.", "At the best moment of the week."},
    {kContinuity, "horaires_inconnus", "INCONN", kInteger, "", 0, "Structures aux horaires inconnus",
     "Structures of unknown hours", "Structures à portée du point de la commune dont les horaires ne sont pas connus.",
     "Structures in reach of the commune's point whose hours are not known."},
    {kContinuity, "heures_sures", "SURES", kReal, "h", 2, "Heures sûres", "Hours for sure",
     "Au moins ce nombre d’heures, quels que soient les horaires inconnus.",
     "At least so many hours, whatever the unknown ones."},
    {kContinuity, "heures_possibles", "POSSI", kReal, "h", 2, "Heures possibles", "Hours at most",
     "Au plus ce nombre d’heures : les horaires inconnus ou les seuls totaux hebdomadaires s’ajouteraient sans se "
     "recouvrir.",
     "At most so many hours: unknown hours or weekly totals would add up without overlap."},
    {kContinuity, "ensemble_h", "ENSEMB", kReal, "h", 2, "Heures ensemble", "Hours together",
     "Heures de la semaine où l’autre question de l’étude (together) est servie au même moment.",
     "Hours of the week at which the study's other question (together) is served too.", FieldNeeds::together},
    {kContinuity, "ensemble_possibles_h", "ENSPOS", kReal, "h", 2, "Heures ensemble, au plus", "Hours together, at most",
     "Au plus ce nombre d’heures ensemble, quels que soient les horaires inconnus des deux questions.",
     "At most so many hours together, whatever the unknown hours of both questions.", FieldNeeds::together},
    {kContinuity, "part_annee", "PARTAN", kReal, "%", 2, "Part de l’année", "Share of the year",
     "Part des heures de l’année, jours fériés, vacances et saisons compris.",
     "Share of the hours of the year, holidays and seasons included.", FieldNeeds::year},
    {kContinuity, "jours_sans_annee", "JANNEE", kInteger, "j", 0, "Jours de l’année sans offre",
     "Days of the year without an offer", "Jours de l’année sans aucune offre.", "Days of the year without any offer.",
     FieldNeeds::year},
    {kContinuity, "jours_sans_suite", "JSUITE", kInteger, "j", 0, "Jours de suite sans offre",
     "Days in a row without an offer", "Plus longue suite de jours sans offre dans l’année.",
     "Longest run of days without an offer in the year.", FieldNeeds::year},
    {kContinuity, "continue_annee", "CONTIN", kBoolean, "", 0, "Continue toute l’année", "Continuous all year",
     "Vrai si cette suite ne dépasse pas most_days_without.", "True where that run is at most most_days_without.",
     FieldNeeds::year},
    {kContinuity, "prochaine_depart", "PROCHA", kText, "", 0, "Prochain départ", "Next leave",
     "Depuis le moment demandé (at) : premier instant où l’on peut partir et trouver une porte ouverte à portée, dans les 90 "
     "jours ; depuis le point de la commune.",
     "From the moment asked for (at): first instant at which one may leave and find an open door in reach, within 90 days; "
     "from the commune's point.",
     FieldNeeds::next},
    {kContinuity, "prochaine_attente_h", "ATTENT", kReal, "h", 2, "Attente", "Wait",
     "Heures du moment demandé à ce départ.", "Hours from the moment asked for to that leave.", FieldNeeds::next},
    {kContinuity, "prochaine_cle", "PROCLE", kText, "", 0, "Prochaine structure ouverte, identifiant",
     "Next structure open, key", "Structure ouverte alors ; la plus proche s’il y en a plusieurs.",
     "Structure open then; the nearest of several.", FieldNeeds::next},
    {kContinuity, "prochaine_nom", "PRONOM", kText, "", 0, "Prochaine structure ouverte", "Next structure open",
     "Son nom.", "Its name.", FieldNeeds::next},
    {kContinuity, "prochaine_cout", "PROCOU", kInteger, "cost", 0, "Coût jusqu’à elle", "Cost to it",
     "Mètres ou secondes, selon la limite.", "Metres or seconds, as the limit.", FieldNeeds::next},
});

// "" stands for the window's name.
constexpr FieldEntry kOfWindow{kContinuity,
                               "",
                               "W",
                               kReal,
                               "%",
                               2,
                               "Part de la fenêtre",
                               "Share of the window",
                               "Part de la fenêtre où l’on peut partir et trouver une porte ouverte à portée, d’après les "
                               "seuls horaires connus.",
                               "Share of the window at which one may leave and find an open door in reach, by known hours "
                               "alone."};
constexpr FieldEntry kMostOfWindow{kContinuity,
                                   "possible",
                                   "X",
                                   kReal,
                                   "%",
                                   2,
                                   "Part de la fenêtre, au plus",
                                   "Share of the window, at most",
                                   "La même part si les horaires inconnus tombaient tous dans la fenêtre ; là seulement où "
                                   "des horaires sont inconnus.",
                                   "The same if all unknown hours fell into the window; only where some hours are unknown."};

}  // namespace

std::span<const FieldEntry> continuity_field_entries() {
  return kOfContinuity;
}
const FieldEntry& window_field_entry() {
  return kOfWindow;
}
const FieldEntry& most_of_window_field_entry() {
  return kMostOfWindow;
}

}  // namespace maillage::detail
