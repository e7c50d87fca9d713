#include <array>

#include "maps/field_dictionary.hpp"
#include "maps/field_entries.hpp"

namespace maillage::detail {

namespace {

constexpr std::uint32_t bit(const LayerKind kind) {
  return 1U << static_cast<std::uint32_t>(kind);
}

constexpr std::uint32_t kAccess = bit(LayerKind::access);
constexpr std::uint32_t kClusters = bit(LayerKind::clusters);
constexpr std::uint32_t kStructures = bit(LayerKind::structures);

constexpr FieldType kText = FieldType::text;
constexpr FieldType kInteger = FieldType::integer;
constexpr FieldType kReal = FieldType::real;

constexpr auto kOfAccess = std::to_array<FieldEntry>({
    {kAccess, "mesures", "MESUR", kInteger, "", 0, "Mesures comparées", "Measures compared",
     "Nombre de mesures qui donnent un rang à la commune.", "Number of measures that rank the commune."},
    {kAccess, "rang_median", "RGMED", kReal, "", 1, "Rang médian", "Median rank",
     "Rang médian de la commune parmi les mesures ; 1 est la mieux desservie.",
     "Median rank of the commune among the measures; 1 is best served."},
    {kAccess, "etendue_rangs", "ETEND", kReal, "", 1, "Étendue des rangs", "Spread of ranks",
     "Écart entre son pire et son meilleur rang : grand quand les mesures se contredisent.",
     "Worst less best rank: large where the measures contradict one another."},
    {kAccess, "pires_dixiemes", "PIRES", kInteger, "", 0, "Mesures où elle est dans le pire dixième",
     "Measures that put it in the worst tenth",
     "Nombre de mesures qui la rangent parmi les 10 % de communes les moins bien desservies.",
     "Number of measures that rank it among the worst-served 10 % of communes."},
});

// "unit" stands for the unit of the measure.
constexpr auto kOfMeasure = std::to_array<FieldEntry>({
    {kAccess | kStructures, "", "V", kReal, "unit", 0, "", "", "", ""},
    {kAccess, "rang", "R", kReal, "", 1, "Rang", "Rank",
     "Rang de la commune sous cette mesure ; 1 est la mieux desservie, les égales partagent leur rang moyen ; vide "
     "pour une part d’un total, qui dit la taille de la commune.",
     "Rank of the commune under this measure; 1 is best served, equals share their mean rank; empty for a "
     "share of a total, which tells the commune's size."},
    {kClusters, "classe", "CL", kText, "", 0, "Grappe (Moran local)", "Cluster (local Moran)",
     "« haut-haut », « bas-bas », « bas-haut », « haut-bas » : la commune et ses voisines, quand p ne dépasse pas 0,05 ; « "
     "non "
     "significatif », « île » ou vide sans valeur. Anselin (1995).",
     "'haut-haut' high among high, 'bas-bas' low among low, 'bas-haut', 'haut-bas': the commune and its neighbours where p "
     "is at "
     "most 0.05; 'non significatif', 'île' (no neighbour), or empty without value. Anselin (1995)."},
    {kClusters, "moran_local", "I", kReal, "", 4, "Moran local", "Local Moran's I",
     "Indice de Moran local, échelle en n - 1.", "Local Moran's I, scaled by n - 1."},
    {kClusters, "moran_p", "P", kReal, "", 5, "p du Moran local", "p of local Moran",
     "p bilatéral par permutations conditionnelles, corrigé de la multiplicité (Benjamini et Hochberg, 1995).",
     "Two-sided p from conditional permutations, corrected for multiplicity (Benjamini and Hochberg, 1995)."},
    {kClusters, "foyer", "FO", kText, "", 0, "Point chaud ou froid (Gi*)", "Hot or cold spot (Gi*)",
     "« chaud » ou « froid » quand p ne dépasse pas 0,05 ; « non significatif », « île » ou vide. Ord et Getis (1995).",
     "'chaud' (hot) or 'froid' (cold) where p is at most 0.05; 'non significatif', 'île' or empty. Ord and Getis (1995)."},
    {kClusters, "gi_etoile", "G", kReal, "", 4, "Gi*", "Gi*", "Statistique Gi* centrée et réduite.",
     "Gi* as a standard deviate."},
    {kClusters, "gi_p", "Q", kReal, "", 5, "p de Gi*", "p of Gi*",
     "p bilatéral par permutations conditionnelles, corrigé de la multiplicité (Benjamini et Hochberg, 1995).",
     "Two-sided p from conditional permutations, corrected for multiplicity (Benjamini and Hochberg, 1995)."},
});

}  // namespace

std::span<const FieldEntry> access_field_entries() {
  return kOfAccess;
}
std::span<const FieldEntry> measure_field_entries() {
  return kOfMeasure;
}

}  // namespace maillage::detail
