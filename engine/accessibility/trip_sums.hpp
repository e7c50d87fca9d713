#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "engine/accessibility/cost_weights.hpp"
#include "engine/accessibility/trip_source.hpp"

namespace maillage::access {

/// 1 for facilities with supply, 0 for the others, which are none.
[[nodiscard]] std::vector<double> presence_of(std::span<const double> supply);

/// The sums that one walk over all trips adds up, for all measures at once: per origin over its facilities, and per facility
/// over its origins. Those asked for twice are added up once; eight of them advance together, in lanes of vectors. Sums are
/// compensated, and trips come in the source's order: the same bits for any number of threads and for any company.
///
/// Use: ask for sums, `start`, then both additions for every block of the walk, then read them.
class TripSums {
 public:
  struct PerOrigin {
    std::size_t slot;
  };
  struct PerFacility {
    std::size_t slot;
  };
  struct Reached {
    std::size_t number;
  };

  /// \param supply  viewed; facilities without any are none
  TripSums(std::size_t origins, std::span<const double> supply);

  /// Of every origin i: sum over its trips of of_facility[j] weight(t_ij). \param weights  viewed, as are all below
  [[nodiscard]] PerOrigin per_origin(const CostWeights& weights, std::vector<double> of_facility);

  /// Of every facility j: sum over its trips of of_origin[i] weight(t_ij); over `shared_out` where one is given, the sum of
  /// the same origin in the same walk; an origin of which that is 0 adds nothing.
  [[nodiscard]] PerFacility per_facility(const CostWeights& weights, std::vector<double> of_origin,
                                         std::optional<PerOrigin> shared_out = {});

  /// Of every origin: whether it has a trip with a weight above 0.
  [[nodiscard]] Reached reached(const CostWeights& weights);

  /// After the last question.
  void start();

  /// Adds up what a block brings to its origins, on all threads allowed.
  void add_per_origin(const TripRows& rows);
  /// Then what it brings to facilities: parts that may run at the same time.
  [[nodiscard]] std::size_t facility_parts() const { return facility_groups_.size(); }
  void add_per_facility(std::size_t part, const TripRows& rows);

  /// After the walk.
  [[nodiscard]] std::span<const double> of(const PerOrigin sum) const { return origin_sums_[sum.slot].values; }
  [[nodiscard]] std::vector<double> of(PerFacility sum) const;
  [[nodiscard]] bool is_reached(Reached question, OriginIndex origin) const;

 private:
  struct OriginSum {
    const CostWeights* weights;
    std::vector<double> of_facility;
    std::vector<double> values;  ///< per origin
  };
  struct FacilitySum {
    const CostWeights* weights;
    std::vector<double> of_origin;
    std::optional<std::size_t> shared_out;
  };
  struct Question {
    const CostWeights* weights;
    std::optional<PerOrigin> count;  ///< where the costs that weigh are not in one run
  };
  /// Sums that advance together: eight lanes, those that are not used with weights of 0, or a single one.
  struct Group {
    std::vector<std::size_t> slots;
    const CostWeights* single = nullptr;  ///< of the only sum
    std::vector<double> weights{};        ///< eight of each cost, then eight of 0 for all costs beyond
    std::vector<double> of_facility{};    ///< eight of each facility; of sums per facility sixteen: sums and corrections
  };

  template <typename Sum>
  [[nodiscard]] static std::vector<Group> grouped(const std::vector<Sum>& sums);
  void note_nearest(const TripRows& rows, std::size_t begin, std::size_t end);
  void add_rows(const Group& group, const TripRows& rows, std::size_t begin, std::size_t end);
  [[nodiscard]] double share(const FacilitySum& sum, OriginIndex origin) const;

  std::size_t origins_;
  std::span<const double> supply_;
  std::vector<OriginSum> origin_sums_;
  std::vector<FacilitySum> facility_sums_;
  std::vector<Question> questions_;
  std::vector<Cost> nearest_;  ///< per origin, of facilities with supply
  std::vector<Group> origin_groups_;
  std::vector<Group> facility_groups_;
};

}  // namespace maillage::access
