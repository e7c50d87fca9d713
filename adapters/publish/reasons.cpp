#include <algorithm>
#include <array>
#include <string_view>

#include "adapters/publish/quality_report.hpp"

namespace maillage {
namespace {

struct Label {
  std::string_view reason;
  std::string_view french;
  std::string_view english;
};

constexpr std::array kLabels{
    Label{"ambiguous_duplicate", "ligne sans coordonnées qui pourrait être le double de plusieurs structures",
          "row without coordinates that could double several structures"},
    Label{"ambiguous_postcode", "code postal de plusieurs communes : la plus peuplée a été prise",
          "postcode of several communes: the most populous was taken"},
    Label{"arrondissement", "arrondissement municipal compté dans sa ville", "municipal arrondissement counted in its city"},
    Label{"arrondissement_beside_commune",
          "arrondissements donnés en plus de leur ville : ils ne sont pas comptés deux fois",
          "arrondissements beside their city: not counted twice"},
    Label{"code_outside_point_inside", "code d'une commune hors du territoire, point dans le territoire",
          "code of a commune outside the territory, point inside"},
    Label{"column_mended", "en-tête de colonne complété", "column heading mended"},
    Label{"commune_associated", "commune devenue associée d'une autre", "commune now associated with another"},
    Label{"commune_code_repaired", "code INSEE remis en forme (zéro initial, casse)",
          "INSEE code put in shape (leading zero, case)"},
    Label{"commune_conflict", "le point et le code désignent deux communes", "point and code name two communes"},
    Label{"commune_delegated", "commune devenue déléguée d'une autre", "commune now delegated of another"},
    Label{"commune_divided", "commune partagée entre plusieurs : son contour ne peut être attribué",
          "commune divided among several: its contour cannot be given to one"},
    Label{"commune_in_several_rows", "commune présente sur plusieurs lignes", "commune in several rows"},
    Label{"commune_merged", "commune fusionnée dans une autre", "commune merged into another"},
    Label{"commune_not_in_tables", "commune absente des tables : gardée sous son code",
          "commune not in the tables: kept under its code"},
    Label{"commune_recoded", "commune qui a changé de code", "commune whose code changed"},
    Label{"commune_reestablished", "commune rétablie", "commune established again"},
    Label{"commune_reestablished_without_contour", "commune rétablie depuis, comprise dans le contour d'une autre",
          "commune established again since, inside another's contour"},
    Label{"commune_without_contour", "commune sans contour", "commune without contour"},
    Label{"commune_without_demand_cell", "commune sans carreau de population", "commune without population cell"},
    Label{"commune_without_point", "commune sans contour ni mairie située : distances inconnues",
          "commune without contour nor located town hall: distances unknown"},
    Label{"coordinate_out_of_range", "coordonnée hors des limites du système", "coordinate out of its system's range"},
    Label{"coordinates_not_convertible", "coordonnées impossibles à convertir", "coordinates that cannot be converted"},
    Label{"coordinates_out_of_range", "coordonnées hors des limites", "coordinates out of range"},
    Label{"crowded_position", "point partagé par trop de lignes pour être celui d'un lieu",
          "point shared by too many rows to be a place's own"},
    Label{"declared_point_not_believed", "mairie située loin de sa commune : un point intérieur la remplace",
          "town hall placed far from its commune: an interior point stands in"},
    Label{"declared_point_outside_commune", "mairie située un peu hors de sa commune : gardée",
          "town hall placed a little outside its commune: kept"},
    Label{"degenerate_ring", "anneau sans surface retiré", "ring without surface left out"},
    Label{"demand_outside_territory", "habitants hors du territoire", "inhabitants outside the territory"},
    Label{"divided_commune_code", "code d'une commune partagée depuis entre plusieurs",
          "code of a commune divided since among several"},
    Label{"duplicate_commune_code", "code de commune en double", "commune code twice"},
    Label{"duplicate_column", "nom de colonne en double, numéroté", "column name twice, numbered"},
    Label{"duplicate_key", "même identifiant dans la même source", "same key in the same source"},
    Label{"duplicate_member", "membre JSON en double : le dernier compte", "JSON member twice: the last one counts"},
    Label{"duplicate_name_and_place", "nom semblable au même endroit", "like name at the same place"},
    Label{"duplicate_population", "population donnée deux fois", "population given twice"},
    Label{"empty_part", "partie vide retirée", "empty part left out"},
    Label{"empty_row", "ligne vide", "empty row"},
    Label{"extra_cells", "plus de cellules que de colonnes", "more cells than columns"},
    Label{"filtered_out", "lignes laissées de côté par where", "rows left out by where"},
    Label{"fractions_carried", "fractions d'habitants reportées d'un pixel au suivant",
          "fractions of inhabitants carried to the next pixel"},
    Label{"geometry_kind", "géométrie d'une autre sorte que celle de la couche",
          "geometry of another kind than the layer's"},
    Label{"hole_in_contours", "trou dans les contours : enclave, ou commune fusionnée dont la source a perdu le contour",
          "hole in the contours: an enclave, or a merged commune whose contour the source lost"},
    Label{"incomplete_coordinates", "une des deux coordonnées manque", "one of the two coordinates is missing"},
    Label{"incomplete_row", "ligne incomplète", "incomplete row"},
    Label{"invalid_code", "code mal formé", "malformed code"},
    Label{"invalid_commune_code", "code INSEE mal formé", "malformed INSEE code"},
    Label{"invalid_geometry", "contour qui se recoupe, reconstruit", "self-crossing contour, rebuilt"},
    Label{"invalid_population", "population illisible", "population not readable"},
    Label{"invalid_utf8", "octets qui ne sont pas de l'UTF-8, lus en Windows-1252",
          "bytes that are not UTF-8, read as Windows-1252"},
    Label{"key_reused", "identifiant repris dans plusieurs communes : il n'identifie rien",
          "key used again in several communes: it identifies nothing"},
    Label{"lambert93_in_degree_columns", "mètres Lambert-93 dans des colonnes de degrés, convertis",
          "Lambert-93 metres in columns of degrees, converted"},
    Label{"leading_zero_restored", "zéro initial du code rétabli", "leading zero of the code restored"},
    Label{"line_geometry", "ligne au lieu d'une surface ou d'un point", "line in place of an area or a point"},
    Label{"linked_crs_ignored", "système de coordonnées donné par un lien : jamais suivi",
          "CRS given by a link: never followed"},
    Label{"malformed_commune_code", "code INSEE mal formé", "malformed INSEE code"},
    Label{"malformed_postcode", "code postal mal formé", "malformed postcode"},
    Label{"merged_duplicate", "doublon fusionné", "duplicate merged"},
    Label{"metres_in_degree_columns", "mètres dans des colonnes de degrés, non convertis",
          "metres in columns of degrees, not converted"},
    Label{"misplaced_coordinates", "coordonnées trop loin de la commune du code : le point de la commune les remplace",
          "coordinates too far from the commune of the code: the commune's point stands in"},
    Label{"missing_commune_code", "code INSEE manquant", "missing INSEE code"},
    Label{"missing_population", "population manquante", "missing population"},
    Label{"mixed_geometry", "géométrie d'une autre sorte que celle du fichier", "geometry of another kind than the file's"},
    Label{"no_area_left", "contour sans surface", "contour without surface"},
    Label{"no_geometry", "sans géométrie", "without geometry"},
    Label{"non_finite_coordinate", "coordonnée qui n'est pas un nombre fini", "coordinate that is not a finite number"},
    Label{"not_an_object", "élément JSON inattendu", "unexpected JSON element"},
    Label{"obsolete_commune_code", "code d'une ancienne commune, suivi jusqu'à la présente",
          "code of a former commune, followed to the present one"},
    Label{"offshore_point", "point hors de toute commune, donné à la plus proche",
          "point in no commune, given to the nearest"},
    Label{"placed_by_commune_name", "placé d'après le nom de la commune", "placed by the name of the commune"},
    Label{"point_outside_territory", "point hors du territoire, code dans le territoire",
          "point outside the territory, code inside"},
    Label{"population_missing", "population inconnue", "population unknown"},
    Label{"population_unreadable", "population illisible", "population not readable"},
    Label{"position_out_of_range", "position hors des limites", "position out of range"},
    Label{"postcode_conflict", "le point et le code postal se contredisent", "point and postcode disagree"},
    Label{"recoded", "valeur remplacée à la demande de l'étude", "value replaced as the study asks"},
    Label{"repeated_header", "en-tête répété dans le fichier", "heading repeated inside the file"},
    Label{"repeated_vertices", "sommets répétés retirés", "repeated vertices left out"},
    Label{"ring_not_closed", "anneau refermé", "ring closed"},
    Label{"ring_too_short", "anneau de moins de quatre sommets", "ring of fewer than four positions"},
    Label{"several_points", "plusieurs points pour une ligne", "several points for a row"},
    Label{"short_row", "cellules manquantes en fin de ligne, laissées vides",
          "cells missing at the end of the row, left empty"},
    Label{"swapped_coordinates", "latitude et longitude échangées, remises en ordre",
          "latitude and longitude exchanged, put in order"},
    Label{"text_cut", "texte raccourci", "text cut"},
    Label{"unknown_commune_code", "code INSEE inconnu", "unknown INSEE code"},
    Label{"unknown_movement", "événement de commune inconnu", "unknown event of a commune"},
    Label{"unknown_postcode", "code postal inconnu", "unknown postcode"},
    Label{"unplaced_structure", "rien ne dit où elle se trouve", "nothing tells where it is"},
    Label{"unreadable_coordinates", "coordonnées illisibles", "coordinates not readable"},
    Label{"unreadable_number", "nombre illisible", "number not readable"},
    Label{"unsupported_geometry", "sorte de géométrie non prise en charge", "kind of geometry not supported"},
    Label{"unused_recoding", "remplacement demandé qui n'a servi à aucune ligne", "replacement asked for that met no row"},
    Label{"zero_coordinates", "coordonnées nulles", "zero coordinates"}};

}  // namespace

Text reason_label(const std::string& reason) {
  const auto found =
      std::find_if(kLabels.begin(), kLabels.end(), [&](const Label& label) { return label.reason == reason; });
  if (found == kLabels.end()) {
    return {.french = reason, .english = reason};
  }
  return {.french = std::string{found->french}, .english = std::string{found->english}};
}

}  // namespace maillage
