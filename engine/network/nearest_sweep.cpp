#include "engine/network/nearest_sweep.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <vector>

#include "engine/core/error.hpp"
#include "engine/core/lane_kernel.hpp"

namespace maillage {

namespace {

using Closeness = NearestFacilities::Closeness;
constexpr Closeness kNobody = 0;
constexpr Closeness kClosest = (Closeness{kNoPath} << 32U) | 0xffffffff;  // of facility 0 at no distance

constexpr Closeness farther(const Closeness entry, const std::uint32_t weight) {
  return entry - (Closeness{weight} << 32U);  // below kNobody where it is no path any more
}

/// The arcs of one direction, by the place they leave.
struct ArcRows {
  std::span<const std::uint32_t> first;
  std::span<const HierarchyArc> arcs;
};

/// A bit per place, and some words without any before the first place, so that walks may look ahead.
class MarkedPlaces {
 public:
  explicit MarkedPlaces(const std::size_t places) : words_(places / 64 + 1 + kAhead) {}

  void add(const std::size_t place) { words_[place / 64 + kAhead] |= std::uint64_t{1} << (place % 64); }

  /// Takes places out, the last first, and calls `climb(place)`, which may add lower ones. The rows of the next places are
  /// fetched meanwhile: they lie anywhere in the hierarchy's memory, which is most of what a climb costs.
  template <typename Climb>
  void take_all(const ArcRows& rows, const Climb& climb) {
    constexpr std::size_t kArcsPerLine = 64 / sizeof(HierarchyArc);
    for (std::size_t word = words_.size(); word-- > kAhead;) {
      for_each(word - kAhead, [&](const std::size_t place) { __builtin_prefetch(rows.first.data() + place); });
      for_each(word - kAhead / 2, [&](const std::size_t place) {
        const HierarchyArc* const arcs = rows.arcs.data() + rows.first[place];
        for (std::size_t line = 0; line < 4; ++line) {
          __builtin_prefetch(arcs + line * kArcsPerLine);
        }
      });
      while (words_[word] != 0) {
        const auto bit = static_cast<std::size_t>(std::bit_width(words_[word]) - 1);
        words_[word] ^= std::uint64_t{1} << bit;
        climb((word - kAhead) * 64 + bit);
      }
    }
  }

 private:
  static constexpr std::size_t kAhead = 8;

  template <typename Visit>
  void for_each(const std::size_t word, const Visit& visit) const {
    for (std::uint64_t bits = words_[word]; bits != 0; bits &= bits - 1) {
      visit((word - kAhead) * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
    }
  }

  std::vector<std::uint64_t> words_;
};

/// Upwards over places that keep one entry each.
void climb_one(const ArcRows& up, MarkedPlaces& marked, Closeness* const nearest) {
  marked.take_all(up, [&](const std::size_t place) {
    const Closeness own = nearest[place];
    for (std::uint32_t k = up.first[place], end = up.first[place + 1]; k < end; ++k) {
      const std::uint32_t higher = up.arcs[k].place;
      nearest[higher] = std::max(nearest[higher], farther(own, up.arcs[k].weight));
      marked.add(higher);
    }
  });
}

/// A place with what comes by its arcs from higher ones.
Closeness asked(const ArcRows& ask, const Closeness* const nearest, const std::size_t place) {
  Closeness own = nearest[place];
  for (std::uint32_t k = ask.first[place]; k < ask.first[place + 1]; ++k) {
    own = std::max(own, farther(nearest[ask.arcs[k].place], ask.arcs[k].weight));
  }
  return own;
}

/// Downwards over places that keep one entry each. Four arcs at a time and no branch: most rows are two to four arcs long,
/// and a processor that guesses each one's end wrong loses more than the arcs cost.
MAILLAGE_LANE_KERNEL void descend_one(const ArcRows ask, Closeness* const nearest) {
  constexpr std::size_t kStep = 4;
  using Step = Closeness __attribute__((vector_size(kStep * sizeof(Closeness))));
  constexpr Step kLane{0, 1, 2, 3};
  constexpr Step kWeight = Step{} + ~Closeness{0xffffffff};  // the half of an arc that is its weight
  static_assert(std::endian::native != std::endian::little || offsetof(HierarchyArc, weight) == 4);
  const std::size_t places = ask.first.size() - 1;
  const std::size_t arcs = ask.arcs.size();
  const HierarchyArc* const arc = ask.arcs.data();
  std::size_t place = 0;
  if constexpr (std::endian::native == std::endian::little) {
    for (std::size_t k = 0; place < places && k + kStep <= arcs;) {
      const auto left = static_cast<Closeness>(ask.first[place + 1] - k);  // of the row
      Step weight;
      std::memcpy(&weight, arc + k, sizeof weight);
      Step come{nearest[arc[k].place], nearest[arc[k + 1].place], nearest[arc[k + 2].place], nearest[arc[k + 3].place]};
      come -= weight & kWeight;
      come &= kLane < left;  // kNobody by the arcs of other rows
      Step other = __builtin_shufflevector(come, come, 2, 3, 0, 1);
      come = come > other ? come : other;
      other = __builtin_shufflevector(come, come, 1, 0, 3, 2);
      come = come > other ? come : other;
      nearest[place] = std::max(nearest[place], come[0]);
      const Closeness ends = (left - Closeness{kStep} - 1) >> 63U;  // all bits where the row does; comparing would branch
      k += kStep + static_cast<std::size_t>((left - Closeness{kStep}) & ends);
      place += static_cast<std::size_t>(-ends);
    }
  }
  for (; place < places; ++place) {
    nearest[place] = asked(ask, nearest, place);
  }
}

/// The k greatest entries of a place, of different facilities, in order.
class Nearest {
 public:
  Nearest(Closeness* const entries, const std::size_t k) : entries_(entries), k_(k) {}

  void add(const std::size_t place, const Closeness entry) {
    Closeness* const own = entries_ + place * k_;
    if (entry <= own[k_ - 1]) {
      return;
    }
    std::size_t at = k_ - 1;  // where the entry replaces its facility's farther one, or the last
    for (std::size_t i = 0; i < k_; ++i) {
      if (static_cast<std::uint32_t>(own[i]) == static_cast<std::uint32_t>(entry)) {
        if (own[i] >= entry) {
          return;
        }
        at = i;
        break;
      }
    }
    for (; at > 0 && own[at - 1] < entry; --at) {
      own[at] = own[at - 1];
    }
    own[at] = entry;
  }
  /// Adds what `from` has, farther by `weight`.
  void add_all(const std::size_t place, const std::size_t from, const std::uint32_t weight) {
    for (std::size_t i = 0; i < k_ && entries_[from * k_ + i] != kNobody; ++i) {
      add(place, farther(entries_[from * k_ + i], weight));
    }
  }

 private:
  Closeness* entries_;
  std::size_t k_;
};

void sweep_many(const ArcRows& up, const ArcRows& ask, MarkedPlaces& marked, Nearest& nearest) {
  marked.take_all(up, [&](const std::size_t place) {
    for (std::uint32_t k = up.first[place]; k < up.first[place + 1]; ++k) {
      nearest.add_all(up.arcs[k].place, place, up.arcs[k].weight);
      marked.add(up.arcs[k].place);
    }
  });
  for (std::size_t place = 0; place + 1 < ask.first.size(); ++place) {
    for (std::uint32_t k = ask.first[place]; k < ask.first[place + 1]; ++k) {
      nearest.add_all(place, ask.arcs[k].place, ask.arcs[k].weight);
    }
  }
}

}  // namespace

FacilityDistance NearestFacilities::at(const std::size_t place, const std::size_t rank) const {
  const Closeness entry = kClosest - entries_[place * ranks_ + rank];
  const auto distance = static_cast<std::uint32_t>(entry >> 32U);
  return distance == kNoPath ? FacilityDistance{}
                             : FacilityDistance{distance, FacilityIndex{static_cast<std::uint32_t>(entry)}};
}

NearestFacilities nearest_of_all_places(const ContractionHierarchy& hierarchy,
                                        const Csr<FacilityIndex, Terminal>& facilities, const Direction direction,
                                        const std::size_t k) {
  if (k == 0) {
    throw ArgumentError("nearest facilities: at least one must be asked for");
  }
  const ArcRows leaving{hierarchy.up_first.view(), hierarchy.up_arcs.view()};
  const ArcRows entering{hierarchy.down_first.view(), hierarchy.down_arcs.view()};
  const ArcRows& up = direction == Direction::forward ? entering : leaving;
  const ArcRows& ask = direction == Direction::forward ? leaving : entering;
  auto entries = LargeArray<Closeness>::zeroed(hierarchy.places() * k);
  Nearest nearest(entries.data(), k);
  MarkedPlaces marked(hierarchy.places());
  for (const FacilityIndex facility : facilities.indices()) {
    for (const Terminal& terminal : facilities[facility]) {
      const std::size_t place = hierarchy.place_of_state[terminal.state];
      nearest.add(place, farther(kClosest - facility.value(), terminal.weight));
      marked.add(place);
    }
  }
  if (facilities.rows() > 0 && hierarchy.places() > 0) {
    if (k == 1) {
      climb_one(up, marked, entries.data());
      descend_one(ask, entries.data());
    } else {
      sweep_many(up, ask, marked, nearest);
    }
  }
  return {hierarchy.places(), k, std::move(entries)};
}

}  // namespace maillage
