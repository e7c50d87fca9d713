#pragma once

#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "adapters/cli/opened_network.hpp"
#include "adapters/cli/study_inputs.hpp"

namespace maillage {

/// The travel models of a study, with what they view: networks opened once however many coverages use them, and matrices.
class TravelModels {
 public:
  /// Opens all that the study's coverages name; roads that are no network file yet are made into one beside them. Communes
  /// and structures too far from any road are noted in the quality report. \throws InputError, StudyError, OutputError
  TravelModels(const Study& study, StudyInputs& inputs, Console& console);

  /// The model of the study's k-th coverage. Valid while this object lives.
  [[nodiscard]] const TravelModel& of_coverage(const std::size_t k) const { return models_[k]; }

 private:
  [[nodiscard]] TravelModel make(const CoverageStudy& coverage, StudyInputs& inputs, Console& console);
  [[nodiscard]] OpenedNetwork& open(const TravelStudy& travel, const StudyInputs& inputs, Console& console);
  [[nodiscard]] const CostMatrix& read_matrix(const CoverageStudy& coverage, StudyInputs& inputs, Console& console);

  std::map<std::filesystem::path, std::unique_ptr<OpenedNetwork>> networks_;
  std::deque<RoadModel> roads_;
  std::map<std::pair<std::filesystem::path, CostUnit>, CostMatrix> matrices_;
  std::vector<TravelModel> models_;
};

}  // namespace maillage
