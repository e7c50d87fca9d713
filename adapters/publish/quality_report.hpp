#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/text.hpp"

namespace maillage {

/// What became of one input file. rows_in == rows_used + rows_out_of_scope + rejections.size(), checked before publishing.
struct InputReport {
  Text role;         ///< "structures", "contours des communes"...
  std::string file;  ///< as the study names it
  std::string format;
  std::string encoding;
  std::string crs;
  std::string sha256;
  std::int64_t bytes = 0;
  std::int64_t rows_in = 0;
  std::int64_t rows_used = 0;
  std::int64_t rows_out_of_scope = 0;  ///< structures that are elsewhere than in the territory: neither used nor bad
  std::vector<RowNote> rejections;
  std::vector<RowNote> repairs;
  std::vector<std::pair<std::string, std::int64_t>> vintages;  ///< (year of the information, rows), where the file tells
};

/// How the structures were placed; every structure of the territory counts once.
struct PlacementReport {
  std::int64_t structures = 0;
  std::int64_t by_point = 0;    ///< placed at their own coordinates
  std::int64_t by_commune = 0;  ///< placed at the point of their commune
  std::int64_t by_postcode = 0;
  std::int64_t unplaced = 0;
  std::int64_t agree = 0;     ///< point and code name the same commune
  std::int64_t conflict = 0;  ///< they name two
};

struct SuspiciousTown {
  std::string code;
  std::string name;
  std::int64_t population = 0;
  std::string typology;
};

/// Everything a reader should know before believing the results.
struct QualityReport {
  std::string title;
  std::string territory;
  std::string plane;
  Text scale_note;  ///< how far lengths in the plane are from lengths on the ground
  std::int64_t communes = 0;
  std::int64_t population = 0;
  std::int64_t communes_without_population = 0;
  std::vector<InputReport> inputs;
  std::vector<RowNote> territory_rejections;
  std::vector<RowNote> territory_repairs;
  PlacementReport placement;
  std::vector<RowNote> placement_notes;
  std::vector<RowNote> access_notes;  ///< supply unknown, structures that nobody reaches, communes that reach none
  std::vector<RowNote> hours_notes;   ///< opening hours not known, not understood, or only on appointment
  std::vector<RowNote> duplicates;
  std::vector<SuspiciousTown> suspicious_towns;
};

/// \throws ArgumentError when an input's rows do not add up: a row would have been lost silently.
void require_rows_add_up(const QualityReport& report);

/// The report as a person reads it (Markdown): counts by reason, then examples of each.
[[nodiscard]] std::string quality_markdown(const QualityReport& report, Language language);
/// The whole report, every note of it, for programs (JSON, sorted keys, no time of day).
[[nodiscard]] std::string quality_json(const QualityReport& report);

/// What a stable reason means for a reader: "commune_merged" -> "commune fusionnée dans une autre". The reason itself if
/// unknown.
[[nodiscard]] Text reason_label(const std::string& reason);

}  // namespace maillage
