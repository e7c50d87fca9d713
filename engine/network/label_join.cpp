#include "engine/network/label_join.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace maillage {

namespace {

constexpr std::uint32_t kNothing = 0xffffffffU;
using lanes::Half;

const Half* halves(const Lanes& lanes) {
  return reinterpret_cast<const Half*>(lanes.at);
}
Half* halves(Lanes& lanes) {
  return reinterpret_cast<Half*>(lanes.at);
}

MAILLAGE_LANE_KERNEL void measure(const std::span<const Lanes> distances, Extent* const extents) {
  for (std::size_t k = 0; k < distances.size(); ++k) {
    std::uint64_t sum = 0;
    std::uint32_t least = kNoPath;
    for (const std::uint32_t distance : distances[k].at) {
      sum += distance;
      least = std::min(least, distance);
    }
    extents[k] = {static_cast<std::uint32_t>(sum / kLanes), least};
  }
}

MAILLAGE_LANE_KERNEL std::uint32_t longest(const Lanes& distances) {
  std::uint32_t most = 0;
  for (const std::uint32_t distance : distances.at) {
    most = std::max(most, distance);
  }
  return most;
}

/// What the starts save at most if they go over `place` and not over `middle`; negative if all lose.
[[gnu::always_inline]] inline std::int32_t most_saved(const Lanes& middle, const Lanes& place) {
  std::int32_t most = std::numeric_limits<std::int32_t>::min();
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    most = std::max(most, static_cast<std::int32_t>(middle.at[lane]) - static_cast<std::int32_t>(place.at[lane]));
  }
  return most;
}

/// Moves the places that may save something to the front. \returns how many
MAILLAGE_LANE_KERNEL std::size_t keep_saving(const LabelGroup& own, const LabelGroup& other, const CommonPlace middle,
                                             const std::span<CommonPlace> places) {
  const Lanes own_middle = own.distances[middle.own];
  const Lanes other_middle = other.distances[middle.other];
  constexpr std::size_t kAhead = 8;  // the other group is far away in memory
  std::size_t kept = 0;
  for (std::size_t k = 0; k < places.size(); ++k) {
    const CommonPlace place = places[k];
    const Lanes& ahead = other.distances[places[std::min(k + kAhead, places.size() - 1)].other];
    __builtin_prefetch(&ahead.at[0]);
    __builtin_prefetch(&ahead.at[kLanes / 2]);
    const std::int64_t saved = std::int64_t{most_saved(own_middle, own.distances[place.own])} +
                               most_saved(other_middle, other.distances[place.other]);
    places[kept] = place;
    kept += saved > 0 ? 1 : 0;
  }
  return kept;
}

/// rows[start][other start] = least sum over `middle` and the places.
MAILLAGE_LANE_KERNEL void add_up(const LabelGroup& own, const LabelGroup& other, const CommonPlace middle,
                                 const std::span<const CommonPlace> places, Lanes* const rows, const std::size_t stride) {
  constexpr std::size_t kStarts = 4;  // their sums stay in registers
  for (std::size_t start = 0; start < kLanes; start += kStarts) {
    Half least[kStarts][2];
    const Half* const first = halves(other.distances[middle.other]);
    for (std::size_t k = 0; k < kStarts; ++k) {
      const std::uint32_t distance = own.distances[middle.own].at[start + k];
      least[k][0] = first[0] + distance;
      least[k][1] = first[1] + distance;
    }
    for (const CommonPlace place : places) {
      const Half low = halves(other.distances[place.other])[0];
      const Half high = halves(other.distances[place.other])[1];
      for (std::size_t k = 0; k < kStarts; ++k) {
        const std::uint32_t distance = own.distances[place.own].at[start + k];
        const Half low_sum = low + distance;
        const Half high_sum = high + distance;
        least[k][0] = low_sum < least[k][0] ? low_sum : least[k][0];
        least[k][1] = high_sum < least[k][1] ? high_sum : least[k][1];
      }
    }
    for (std::size_t k = 0; k < kStarts; ++k) {
      Half* const row = halves(rows[(start + k) * stride]);
      row[0] = least[k][0];
      row[1] = least[k][1];
    }
  }
}

}  // namespace

LabelGroup make_label_group(const LabelSweep& sweep, const std::size_t starts) {
  LabelGroup group{{sweep.places().begin(), sweep.places().end()},
                   {sweep.distances().begin(), sweep.distances().end()},
                   std::vector<Extent>(sweep.places().size())};
  if (starts < kLanes) {
    for (Lanes& distances : group.distances) {
      std::fill(distances.at + starts, distances.at + kLanes, distances.at[0]);
    }
  }
  measure(group.distances, group.extents.data());
  return group;
}

LabelBuckets::LabelBuckets(const std::span<const LabelGroup> groups, const std::size_t places)
    : groups_(groups), words_(places / 64 + 1) {
  for (const LabelGroup& group : groups) {
    for (const std::uint32_t place : group.places) {
      words_[place >> 6U].places |= std::uint64_t{1} << (place & 63U);
    }
  }
  std::uint32_t buckets = 0;
  for (Word& word : words_) {
    word.before = buckets;
    buckets += static_cast<std::uint32_t>(std::popcount(word.places));
  }
  first_.assign(buckets + 1, 0);
  for (const LabelGroup& group : groups) {
    for (const std::uint32_t place : group.places) {
      ++first_[bucket_of(place) + 1];
    }
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  entries_.resize(first_.back());
  std::vector<std::uint32_t> next(first_.begin(), first_.end() - 1);
  for (std::uint32_t group = 0; group < groups.size(); ++group) {
    for (std::uint32_t k = 0; k < groups[group].places.size(); ++k) {
      entries_[next[bucket_of(groups[group].places[k])]++] = {group, k, groups[group].extents[k]};
    }
  }
}

std::size_t LabelBuckets::bucket_of(const std::uint32_t place) const {
  const Word& word = words_[place >> 6U];
  const std::uint64_t smaller = (std::uint64_t{1} << (place & 63U)) - 1;
  return word.before + static_cast<std::size_t>(std::popcount(word.places & smaller));
}

std::span<const LabelBuckets::Entry> LabelBuckets::at(const std::uint32_t place) const {
  if ((words_[place >> 6U].places >> (place & 63U) & 1U) == 0) {
    return {};
  }
  const std::size_t bucket = bucket_of(place);
  return std::span{entries_}.subspan(first_[bucket], first_[bucket + 1] - first_[bucket]);
}

LabelJoin::LabelJoin(const LabelBuckets& buckets)
    : buckets_(buckets), partners_(buckets.groups().size()), rows_(kLanes * stride()) {
  for (Lanes& lanes : rows_) {
    lanes::set_all(lanes, kNoPath);
  }
}

void LabelJoin::choose_middles(const LabelGroup& own) {
  for (Partner& partner : partners_) {
    partner.mean = kNothing;
    partner.places.clear();
  }
  for (std::uint32_t k = 0; k < own.places.size(); ++k) {
    const std::uint32_t mean = own.extents[k].mean;
    for (const LabelBuckets::Entry& entry : buckets_.at(own.places[k])) {
      Partner& partner = partners_[entry.group];
      if (mean + entry.extent.mean < partner.mean) {
        partner.mean = mean + entry.extent.mean;
        partner.middle = {k, entry.position};
      }
    }
  }
}

void LabelJoin::choose_places(const LabelGroup& own, const std::uint32_t cutoff) {
  for (std::size_t k = 0; k < partners_.size(); ++k) {
    Partner& partner = partners_[k];
    if (partner.mean != kNothing) {
      const std::uint32_t farthest =
          longest(own.distances[partner.middle.own]) + longest(buckets_.groups()[k].distances[partner.middle.other]);
      partner.farthest = std::min(farthest, cutoff + 1);
    }
  }
  for (std::uint32_t k = 0; k < own.places.size(); ++k) {
    const std::uint32_t least = own.extents[k].least;
    for (const LabelBuckets::Entry& entry : buckets_.at(own.places[k])) {
      Partner& partner = partners_[entry.group];
      if (least + entry.extent.least < partner.farthest) {
        partner.places.push_back({k, entry.position});
      }
    }
  }
}

void LabelJoin::run(const LabelGroup& own, const std::uint32_t cutoff) {
  choose_middles(own);
  choose_places(own, cutoff);
  for (std::size_t k = 0; k < partners_.size(); ++k) {
    const LabelGroup& other = buckets_.groups()[k];
    Partner& partner = partners_[k];
    Lanes* const rows = rows_.data() + k;
    if (partner.mean == kNothing) {
      for (std::size_t start = 0; start < kLanes; ++start) {
        lanes::set_all(rows[start * stride()], kNoPath);
      }
      continue;
    }
    partner.places.resize(keep_saving(own, other, partner.middle, partner.places));
    add_up(own, other, partner.middle, partner.places, rows, stride());
  }
}

}  // namespace maillage
