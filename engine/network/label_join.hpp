#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/network/label_sweep.hpp"
#include "engine/network/lanes.hpp"

namespace maillage {

/// How far a place is from the starts of a group.
struct Extent {
  std::uint32_t mean;
  std::uint32_t least;
};

/// The labels of up to 32 starts that lie together, as a LabelSweep leaves them.
struct LabelGroup {
  std::vector<std::uint32_t> places;  ///< ascending
  std::vector<Lanes> distances;       ///< per place; lanes not in use are like the first one, and hold nothing back
  std::vector<Extent> extents;        ///< per place
};

/// Positions of a common place in two groups.
struct CommonPlace {
  std::uint32_t own;
  std::uint32_t other;
};

/// \param starts  how many lanes are in use; at least one
[[nodiscard]] LabelGroup make_label_group(const LabelSweep& sweep, std::size_t starts);

/// Groups by the places of their labels (Knopp et al. 2007, doi:10.1137/1.9781611972870.4).
class LabelBuckets {
 public:
  struct Entry {
    std::uint32_t group;
    std::uint32_t position;  ///< of the place in the group
    Extent extent;
  };

  LabelBuckets(std::span<const LabelGroup> groups, std::size_t places);

  [[nodiscard]] std::span<const LabelGroup> groups() const { return groups_; }
  /// Of one place, by group.
  [[nodiscard]] std::span<const Entry> at(std::uint32_t place) const;

 private:
  struct Word {
    std::uint64_t places = 0;  ///< which of 64 places have a bucket
    std::uint32_t before = 0;  ///< buckets of smaller places
  };
  [[nodiscard]] std::size_t bucket_of(std::uint32_t place) const;

  std::span<const LabelGroup> groups_;
  std::vector<Word> words_;
  std::vector<std::uint32_t> first_;  ///< buckets + 1
  std::vector<Entry> entries_;
};

/// Joins the labels of one group with those of all groups of the buckets. Most common places of two groups that lie far
/// apart serve none of their pairs: those are left out over which no start of the one group comes sooner to any start of the
/// other than over one place in the middle of the way. One object per thread.
class LabelJoin {
 public:
  explicit LabelJoin(const LabelBuckets& buckets);

  /// Shortest distances between the starts of `own` and those of all groups; kNoPath or more where there is none within the
  /// cutoff.
  void run(const LabelGroup& own, std::uint32_t cutoff);

  /// Of a start of `own`: at k the distance to start k % kLanes of group k / kLanes, and after all groups kNoPath.
  [[nodiscard]] std::span<const std::uint32_t> row(const std::size_t start) const {
    return {rows_[start * stride()].at, stride() * kLanes};
  }

 private:
  struct Partner {
    std::uint32_t mean = 0;      ///< over the middle
    std::uint32_t farthest = 0;  ///< no two starts are farther apart than this
    CommonPlace middle{};
    std::vector<CommonPlace> places;  ///< that may serve
  };
  [[nodiscard]] std::size_t stride() const { return partners_.size() + 1; }
  void choose_middles(const LabelGroup& own);
  void choose_places(const LabelGroup& own, std::uint32_t cutoff);

  const LabelBuckets& buckets_;
  std::vector<Partner> partners_;  ///< per group
  std::vector<Lanes> rows_;        ///< per start, per group and one more
};

}  // namespace maillage
