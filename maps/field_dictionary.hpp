#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/accessibility/access_analysis.hpp"
#include "engine/coverage/continuity_analysis.hpp"
#include "engine/coverage/coverage.hpp"
#include "maps/layer.hpp"

namespace maillage {

/// The kinds of layers: those of a run, then those of road networks.
enum class LayerKind {
  communes,
  structures,
  commune_gaps,
  geometric_gaps,
  discontinuities,
  departements,
  epcis,
  access,
  clusters,
  continuity,
  space_time_gaps,
  isochrones,
  reached_roads,
  network_audit,
  audited_places
};

/// "communes", "structures", "lacunes_communes", "lacunes_geometriques", "discontinuites", "departements", "epci",
/// "accessibilite", "grappes", "continuite", "lacunes_temps", "isochrones", "routes_atteintes", "audit_reseau",
/// "audit_lieux".
[[nodiscard]] std::string layer_name(LayerKind kind);
[[nodiscard]] Text layer_title(LayerKind kind);
[[nodiscard]] std::span<const LayerKind> all_layer_kinds();

/// Fields that a layer always has, in their order.
[[nodiscard]] std::vector<Field> common_fields(LayerKind kind);

/// Fields that a layer has for each coverage definition, in their order: named "<definition>_cout" and, in a Shapefile,
/// "C01_COUT" after the definition's place in the study (from 0 here, from 1 there).
/// \throws StudyError on more than 99 definitions.
[[nodiscard]] std::vector<Field> coverage_fields(LayerKind kind, const CoverageDefinition& definition, std::size_t position);

/// Fields that a layer has for each question of access: named "<access>_etendue" and, in a Shapefile, "A01_ETEND" after its
/// place in the study (from 0 here, from 1 there). \throws StudyError on more than 99.
[[nodiscard]] std::vector<Field> access_fields(LayerKind kind, const AccessAnalysis& access, std::size_t position);

/// Fields for one measure of it: value and rank in the layer of access, the value in that of structures, clusters in theirs.
/// Named "<access>_<measure>...", in a Shapefile "A01_V03" after the measure's place.
[[nodiscard]] std::vector<Field> measure_fields(LayerKind kind, const AccessAnalysis& access, std::size_t position,
                                                std::size_t measure);

/// Fields that a layer has for each question of continuity: named "<continuity>_heures" and, in a Shapefile, "H01_HEURES"
/// after its place in the study; then one per window, of the week and of the year: "<continuity>_<window>", "H01_W01".
/// \throws StudyError on more than 99
[[nodiscard]] std::vector<Field> continuity_fields(LayerKind kind, const ContinuityAnalysis& continuity,
                                                   std::size_t position);

/// A text as part of a name: its letters without accents in lower case, its digits, and _ between words; may be empty.
[[nodiscard]] std::string name_from_text(std::string_view text);

/// One field of a layer of structures for a column that the user carries through: a name made of the column's letters and
/// digits, "X01_" and its first six in a Shapefile. \throws StudyError on more than 99 carried columns.
[[nodiscard]] Field carried_field(std::string_view column, std::size_t position);

/// Makes names unique by a number at the end of those that come back. \throws StudyError if a short name comes twice.
void make_names_unique(std::string_view layer, std::vector<Field>& fields);

/// Unit of a cost: "m" or "s".
[[nodiscard]] std::string unit_name(CostUnit unit);

struct DictionaryEntry {
  LayerKind layer = LayerKind::communes;
  Field field;  ///< names of repeated fields as "<definition>_cout" and "Cnn_COUT", "<acces>_<mesure>_rang" and "Ann_Rnn"
  bool repeated = false;
};

/// Every field of every layer, for documentation.
[[nodiscard]] std::vector<DictionaryEntry> field_dictionary();

}  // namespace maillage
