#include "engine/network/nearest_sweep.hpp"

#include <algorithm>
#include <bit>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

/// Distance in the high half, facility in the low one: the order of numbers is the order of FacilityDistance.
using Packed = std::uint64_t;
constexpr Packed kNobody = (Packed{kNoPath} << 32U) | 0xffffffffU;

constexpr Packed farther(const Packed entry, const std::uint32_t weight) {
  const Packed moved = entry + (Packed{weight} << 32U);  // two distances below 2^31 add up in 32 bits
  return std::min(moved, kNobody);
}

/// The arcs that a search from the facilities climbs, and those by which a place asks the higher ones.
struct Arcs {
  std::span<const std::uint32_t> climb_first;
  std::span<const HierarchyArc> climb;
  std::span<const std::uint32_t> ask_first;
  std::span<const HierarchyArc> ask;
};

/// Up and down over places that keep one entry each.
void sweep_one(const Arcs& arcs, std::vector<Packed>& nearest, const std::size_t last) {
  for (std::size_t place = last + 1; place-- > 0;) {
    const Packed own = nearest[place];
    if (own == kNobody) {
      continue;
    }
    for (std::uint32_t k = arcs.climb_first[place]; k < arcs.climb_first[place + 1]; ++k) {
      Packed& other = nearest[arcs.climb[k].place];
      other = std::min(other, farther(own, arcs.climb[k].weight));
    }
  }
  for (std::size_t place = 0; place < nearest.size(); ++place) {
    Packed own = nearest[place];
    for (std::uint32_t k = arcs.ask_first[place]; k < arcs.ask_first[place + 1]; ++k) {
      own = std::min(own, farther(nearest[arcs.ask[k].place], arcs.ask[k].weight));
    }
    nearest[place] = own;
  }
}

/// The k least entries of a place, of different facilities, in order.
class Nearest {
 public:
  Nearest(std::vector<Packed>& entries, const std::size_t k) : entries_(entries), k_(k) {}

  void add(const std::size_t place, const Packed entry) {
    Packed* const own = entries_.data() + place * k_;
    if (entry >= own[k_ - 1]) {
      return;
    }
    std::size_t at = k_ - 1;  // where the entry replaces its facility's farther one, or the last
    for (std::size_t i = 0; i < k_; ++i) {
      if (static_cast<std::uint32_t>(own[i]) == static_cast<std::uint32_t>(entry)) {
        if (own[i] <= entry) {
          return;
        }
        at = i;
        break;
      }
    }
    for (; at > 0 && own[at - 1] > entry; --at) {
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
  std::vector<Packed>& entries_;
  std::size_t k_;
};

void sweep_many(const Arcs& arcs, const std::size_t places, Nearest& nearest, const std::size_t last) {
  for (std::size_t place = last + 1; place-- > 0;) {
    for (std::uint32_t k = arcs.climb_first[place]; k < arcs.climb_first[place + 1]; ++k) {
      nearest.add_all(arcs.climb[k].place, place, arcs.climb[k].weight);
    }
  }
  for (std::size_t place = 0; place < places; ++place) {
    for (std::uint32_t k = arcs.ask_first[place]; k < arcs.ask_first[place + 1]; ++k) {
      nearest.add_all(place, arcs.ask[k].place, arcs.ask[k].weight);
    }
  }
}

}  // namespace

std::vector<FacilityDistance> nearest_of_all_places(const ContractionHierarchy& hierarchy,
                                                    const Csr<FacilityIndex, Terminal>& facilities,
                                                    const Direction direction, const std::size_t k) {
  if (k == 0) {
    throw ArgumentError("nearest facilities: at least one must be asked for");
  }
  const Arcs to{hierarchy.down_first.view(), hierarchy.down_arcs.view(), hierarchy.up_first.view(),
                hierarchy.up_arcs.view()};
  const Arcs arcs = direction == Direction::forward ? to : Arcs{to.ask_first, to.ask, to.climb_first, to.climb};
  std::vector<Packed> entries(hierarchy.places() * k, kNobody);
  Nearest nearest(entries, k);
  std::size_t last = 0;
  for (const FacilityIndex facility : facilities.indices()) {
    for (const Terminal& terminal : facilities[facility]) {
      const std::size_t place = hierarchy.place_of_state[terminal.state];
      nearest.add(place, farther(facility.value(), terminal.weight));
      last = std::max(last, place);
    }
  }
  if (facilities.rows() > 0 && !entries.empty()) {
    k == 1 ? sweep_one(arcs, entries, last) : sweep_many(arcs, hierarchy.places(), nearest, last);
  }
  std::vector<FacilityDistance> result(entries.size());
  std::transform(entries.begin(), entries.end(), result.begin(), [](const Packed entry) {
    const auto distance = static_cast<std::uint32_t>(entry >> 32U);
    return distance == kNoPath ? FacilityDistance{}
                               : FacilityDistance{distance, FacilityIndex{static_cast<std::uint32_t>(entry)}};
  });
  return result;
}

}  // namespace maillage
