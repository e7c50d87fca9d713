#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "adapters/cli/opened_network.hpp"
#include "adapters/cli/study_inputs.hpp"

namespace maillage {

/// The travel models of a study, with what they view: networks opened once however many questions use them, and matrices.
class TravelModels {
 public:
  /// Opens all that the study's questions name; roads that are no network file yet are made into one beside
  /// them. Communes and structures too far from any road are noted in the quality report. \throws InputError, StudyError,
  /// OutputError
  TravelModels(const Study& study, StudyInputs& inputs, Console& console);

  /// The model of the study's k-th coverage. Valid while this object lives.
  [[nodiscard]] const TravelModel& of_coverage(const std::size_t k) const { return of_coverages_[k]; }
  /// That of the study's k-th access.
  [[nodiscard]] const TravelModel& of_access(const std::size_t k) const { return of_accesses_[k]; }
  /// That of the study's k-th question of continuity.
  [[nodiscard]] const TravelModel& of_continuity(const std::size_t k) const { return of_continuities_[k]; }

 private:
  [[nodiscard]] TravelModel make(const TravelStudy& travel, CostUnit unit, StudyInputs& inputs, Console& console);
  [[nodiscard]] OpenedNetwork& open(const TravelStudy& travel, const StudyInputs& inputs, Console& console);
  [[nodiscard]] const CostMatrix& read_matrix(const TravelStudy& travel, CostUnit unit, StudyInputs& inputs,
                                              Console& console);

  std::map<std::filesystem::path, std::unique_ptr<OpenedNetwork>> networks_;
  std::deque<RoadModel> roads_;
  std::map<std::pair<std::filesystem::path, CostUnit>, CostMatrix> matrices_;
  std::vector<TravelModel> of_coverages_;
  std::vector<TravelModel> of_accesses_;
  std::vector<TravelModel> of_continuities_;
};

}  // namespace maillage
