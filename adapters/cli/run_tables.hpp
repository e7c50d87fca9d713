#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "adapters/cli/study_inputs.hpp"
#include "engine/survey/linked_tables.hpp"
#include "engine/survey/weighted_figures.hpp"

namespace maillage {

/// The tables of one run about the same structures, gathered before any is shown, so that they are protected together.
class RunTables {
 public:
  /// \param units  that tables count, ascending \param confidential  names of attributes; nothing: all are
  RunTables(const StudyInputs& inputs, std::vector<StructureIndex> units, std::optional<std::vector<std::string>> confidential);

  [[nodiscard]] bool is_confidential(const std::string& attribute) const;

  /// The condition that units are among these; nothing when all are. The same structures are one population.
  /// \param chosen_by  attributes that chose them, known of everybody unless one is confidential
  [[nodiscard]] std::optional<CellCondition> population(std::span<const StructureIndex> which,
                                                        const std::vector<std::string>& chosen_by);

  /// Adds an attribute of structures, once. \throws StudyError on an unknown name
  void add(const std::string& attribute);
  /// Adds, once, an attribute that is made of a population's answers; confidential always.
  void add(const Attribute& attribute, std::span<const StructureIndex> which);

  void publish(PublishedTable table, const std::optional<CellCondition>& population);
  void publish(WeightedFigures figures, const std::optional<CellCondition>& population);
  void relate(KnownRelation relation, const std::optional<CellCondition>& population);
  void exclude(const CellCondition& first, const CellCondition& second);
  /// No more than those asked can have answered.
  void bound(CellKey key, std::int64_t most, const std::optional<CellCondition>& population);

  [[nodiscard]] const LinkLimits& limits() const { return linked_.limits; }
  [[nodiscard]] ProtectedTables protect(const DisclosureRules& rules) const { return maillage::protect(linked_, rules); }

 private:
  [[nodiscard]] bool knows(const std::string& attribute) const;
  void keep(Attribute attribute, bool open);

  const StudyInputs& inputs_;
  std::vector<StructureIndex> units_;
  std::optional<std::vector<std::string>> confidential_;
  LinkedTables linked_;
};

/// How many cells of a run are hidden, and what the audit does not hold for.
[[nodiscard]] std::vector<Text> secrecy_lines(const ProtectedTables& shown, const DisclosureRules& rules);

}  // namespace maillage
