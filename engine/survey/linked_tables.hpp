#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/survey/attribute.hpp"
#include "engine/survey/disclosure.hpp"

namespace maillage {

/// What the units of a cell have in common in one attribute.
struct CellCondition {
  enum class Kind : std::uint8_t { category, missing, answered };
  std::string attribute;  ///< its name
  Kind kind = Kind::category;
  std::string category;  ///< French text, of the kind `category` only
  friend auto operator<=>(const CellCondition&, const CellCondition&) = default;
};

[[nodiscard]] CellCondition has_category(const Attribute& attribute, const Text& category);
[[nodiscard]] CellCondition has_answered(const Attribute& attribute);
[[nodiscard]] CellCondition has_no_answer(const Attribute& attribute);

/// A cell is known by its conditions alone, one per attribute and in any order: the same cell in two tables is one number. No
/// condition: all units.
using CellKey = std::vector<CellCondition>;

/// What a published cell is for: of two that would do, the one that costs less is hidden.
enum class CellUse : std::uint8_t {
  inner,
  margin,  ///< shares are of it, or it stands in many tables
  base     ///< of a whole table, which is withheld when it is hidden
};

struct PublishedCell {
  CellKey key;
  CellUse use = CellUse::inner;
};

struct PublishedTable {
  std::string name;
  std::vector<PublishedCell> cells;
};

/// Cells times numbers that readers know, as a sum of weights.
struct CellSum {
  std::string name;
  std::vector<std::pair<CellKey, double>> terms;
};

/// Sums times numbers that readers know, printed between two bounds: a rounded percentage, a weighted share. Hidden when it would
/// tell a cell.
struct PublishedFigure {
  std::string name;
  std::vector<std::pair<std::string, double>> terms;  ///< names of sums
  double low = 0;
  double high = 0;
  double cost = 1;  ///< of hiding it, per unit that it moves, beside the counts of cells
};

/// What always holds between published cells: a union is at most the sum of its parts.
struct KnownRelation {
  std::vector<std::pair<CellKey, double>> terms;
  double low = 0;
  double high = 0;
};

/// Units asked: no more can have answered.
struct CellBound {
  CellKey key;
  std::int64_t most = 0;
};

/// How far tables are linked. Attributes that tables join directly or in a ring have their whole cross written down, as long as
/// it is not too large; else the crosses of every three of them.
struct LinkLimits {
  std::size_t cells_of_a_cross = 4'096;
  std::size_t cells = 40'000;  ///< of all crosses of three together
};

/// Every table of one run, of the same units.
struct LinkedTables {
  std::vector<Attribute> attributes;  ///< of one value each; a population is an attribute too
  std::vector<std::string> open;      ///< attributes that everybody knows of every unit, as a layer shows them
  std::vector<PublishedTable> tables;
  std::vector<CellSum> sums;
  std::vector<PublishedFigure> figures;  ///< of the sums; one of an unknown sum cannot be audited and is not shown
  std::vector<KnownRelation> relations;
  std::vector<CellBound> bounds;
  std::vector<std::pair<CellCondition, CellCondition>> impossible;  ///< which everybody knows no unit fulfils together
  LinkLimits limits;
};

/// What a reader can deduce of a cell.
struct DeducedCell {
  CellKey key;
  double low = 0;
  double high = 0;
  bool narrow = false;  ///< no hiding protects it
};

/// Which cells of linked tables may be shown: hidden in one is hidden in all.
class ProtectedTables {
 public:
  /// \throws ArgumentError on a cell of attributes that no table crosses
  [[nodiscard]] CellStatus status(const CellKey& key) const;
  [[nodiscard]] bool shows(const CellKey& key) const { return status(key) == CellStatus::published; }
  [[nodiscard]] bool shows_figure(const std::string& name) const;
  /// Whether the table may not be published at all: its base is hidden, or a cell of its attributes cannot be protected.
  [[nodiscard]] bool withholds(const std::string& table) const;
  /// Published cells that are hidden, each counted once.
  [[nodiscard]] std::int64_t hidden(CellStatus status) const;

  std::vector<DeducedCell> deduced;  ///< of every primary cell, published or implied
  bool safe = true;                  ///< no primary cell can be deduced too closely
  bool exact = true;                 ///< false: some crosses of a run with primary cells were beyond the limits, see `protect`

 private:
  friend ProtectedTables protect(const LinkedTables& linked, const DisclosureRules& rules);

  std::map<CellKey, CellStatus> statuses_;                ///< by the simplest conditions of the cell
  std::map<std::string, std::vector<std::string>> categories_;  ///< per attribute, those that have units, ascending
  std::map<std::string, bool> has_missing_;
  std::map<std::string, CellStatus> figures_;
  std::vector<std::string> withheld_;  ///< ascending
};

/// Protects all tables of a run at once. Primary: a count of 1 to `least_units` - 1 that holds an answer to an attribute that is
/// not open, in a published table or implied by one (those who answered one question and not the other, those outside of a
/// population), and with `single_category` a category of which all give one answer. Missing answers are a category, but how many
/// did not answer a question is no secret: of those, as of those of a category of open attributes or within a `bound`, a reader may
/// not learn more than that number tells. A cell is one variable wherever it stands; tables of differing bases and rings of tables meet
/// in crosses of all their attributes. Helpers and audit: `suppress`.
///
/// What is guaranteed: where every clique of the triangulated graph of attributes (an edge where tables or figures join two) has
/// a cross within the limits, intervals are those of a reader who tries every table of all attributes (Vorob'ev's theorem, see
/// source), `exact`. Beyond, only crosses of three attributes are written down: four or more that are all crossed with each
/// other can tell more than the audit sees. Statistics that are not linear in the counts are not audited, and combinations that
/// no table shows are not protected in themselves. Counts are real numbers in the audit. The same masks for any order of tables, attributes, categories or units.
/// \throws ArgumentError on attributes of several values or of differing units, or cells of unknown attributes
/// Cost: `suppress` on at most the limits' cells; enumerating crosses O(units * crosses).
/// Source: Vorob'ev (1962), doi:10.1137/1107014; Dobra & Fienberg (2000), doi:10.1073/pnas.97.22.11885.
[[nodiscard]] ProtectedTables protect(const LinkedTables& linked, const DisclosureRules& rules);

/// What may be shown of the cells of all units, or of a population among them.
struct ShownCells {
  const ProtectedTables& tables;
  std::optional<CellCondition> population;

  [[nodiscard]] bool shows(CellKey key) const;
};

/// The cells of `distribution`: categories and the number that answered.
[[nodiscard]] PublishedTable published_distribution(const Attribute& attribute);

/// The cells of `crossing`: those that answered both, with margins.
[[nodiscard]] PublishedTable published_crossing(const Attribute& rows, const Attribute& columns);

/// Names of these tables.
[[nodiscard]] std::string distribution_name(const Attribute& attribute);
[[nodiscard]] std::string crossing_name(const Attribute& rows, const Attribute& columns);

/// The table of a part of the units only: each cell has the condition too.
[[nodiscard]] PublishedTable within(const CellCondition& population, PublishedTable table);

}  // namespace maillage
