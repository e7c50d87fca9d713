#include "engine/network/service_area.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>
#include <utility>

#include "engine/core/compensated_sum.hpp"
#include "engine/core/error.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {

namespace {

std::uint32_t sum_of(const std::uint32_t a, const std::uint32_t b) {
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(std::uint64_t{a} + b, kNoPath));
}

/// The least fraction of 0..1 where a predicate holds that, once it holds, holds on to 1, where it does. By bisection on
/// the bits, whose order is that of the numbers they stand for.
template <typename Holds>
double least_fraction(const Holds& holds) {
  if (holds(0.0)) {
    return 0;
  }
  auto below = std::bit_cast<std::uint64_t>(0.0);
  auto above = std::bit_cast<std::uint64_t>(1.0);
  while (above - below > 1) {
    const std::uint64_t middle = below + (above - below) / 2;
    (holds(std::bit_cast<double>(middle)) ? above : below) = middle;
  }
  return std::bit_cast<double>(above);
}

/// The greatest fraction where a predicate holds that holds at 0 and, once it fails, fails on to 1.
template <typename Holds>
double greatest_fraction(const Holds& holds) {
  if (holds(1.0)) {
    return 1;
  }
  const double first_failure = least_fraction([&](const double fraction) { return !holds(fraction); });
  return std::nextafter(first_failure, 0.0);
}

/// Sorts the stretches of one road from `first` on and unites those that overlap or leave no number between them.
void unite(std::vector<RoadStretch>& stretches, const std::size_t first) {
  const auto begin = stretches.begin() + static_cast<std::ptrdiff_t>(first);
  std::sort(begin, stretches.end(), [](const RoadStretch& a, const RoadStretch& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
  });
  std::size_t last = first;
  for (std::size_t k = first + 1; k < stretches.size(); ++k) {
    if (stretches[k].begin <= std::nextafter(stretches[last].end, 2.0)) {
      stretches[last].end = std::max(stretches[last].end, stretches[k].end);
    } else {
      stretches[++last] = stretches[k];
    }
  }
  if (first < stretches.size()) {
    stretches.resize(last + 1);
  }
}

/// The least entry of each arc, ascending. \param entries  arc in the high half, cost in the low one
std::vector<ArcCost> least_of_arcs(std::vector<std::uint64_t> entries, const std::size_t arcs) {
  std::vector<ArcCost> least;
  if (entries.size() > arcs / 16) {
    std::vector<std::uint32_t> cost(arcs, kNoPath);
    for (const std::uint64_t entry : entries) {
      cost[entry >> 32U] = std::min(cost[entry >> 32U], static_cast<std::uint32_t>(entry));
    }
    for (std::size_t arc = 0; arc < arcs; ++arc) {
      if (cost[arc] != kNoPath) {
        least.push_back({ArcIndex{arc}, cost[arc]});
      }
    }
    return least;
  }
  std::sort(entries.begin(), entries.end());
  for (const std::uint64_t entry : entries) {
    const ArcIndex arc{static_cast<std::size_t>(entry >> 32U)};
    if (least.empty() || least.back().arc != arc) {
      least.push_back({arc, static_cast<std::uint32_t>(entry)});
    }
  }
  return least;
}

}  // namespace

StateArcs::StateArcs(const RoadNetwork& network, const SearchGraph& graph, const Direction direction,
                     const RoadMetric metric)
    : network_(network), graph_(graph), direction_(direction), metric_(metric) {
  if (direction == Direction::forward) {
    return;
  }
  const std::size_t arcs = network.roads.size() * 2;
  const auto is_open = [&](const std::size_t arc) { return network.time_ms(ArcIndex{arc}) != kClosed; };
  first_.assign(graph.states() + 2, 0);
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    first_[graph.arrival[arc] + 2] += is_open(arc) ? 1U : 0U;
  }
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  arcs_.resize(first_.back());
  for (std::size_t arc = 0; arc < arcs; ++arc) {
    if (is_open(arc)) {
      arcs_[first_[graph.arrival[arc] + 1]++] = static_cast<std::uint32_t>(arc);
    }
  }
}

ArcCosts StateArcs::costs(const std::span<const Terminal> reached) const {
  std::vector<std::uint64_t> entries;
  const auto add = [&](const std::uint32_t arc, const std::uint32_t cost) {
    if (cost != kNoPath) {
      entries.push_back((std::uint64_t{arc} << 32U) | cost);
    }
  };
  const bool turns = metric_ == RoadMetric::travel_time_ms && !graph_.turn_ms.empty();
  for (const Terminal& each : reached) {
    if (direction_ == Direction::backward) {
      for (std::uint32_t k = first_[each.state]; k < first_[each.state + 1]; ++k) {
        add(arcs_[k], each.weight);
      }
      continue;
    }
    for (std::uint32_t move = graph_.first_out[each.state]; move < graph_.first_out[each.state + 1]; ++move) {
      add(graph_.arc[move], sum_of(each.weight, turns ? graph_.turn_ms[move] : 0));
    }
  }
  return {direction_, metric_, least_of_arcs(std::move(entries), network_.roads.size() * 2)};
}

PositionCosts::PositionCosts(const RoadNetwork& network, ArcCosts arcs, const std::span<const ServiceOrigin> origins)
    : network_(&network), arcs_(std::move(arcs)) {
  const auto not_ascending = std::adjacent_find(arcs_.costs.begin(), arcs_.costs.end(),
                                                [](const ArcCost& a, const ArcCost& b) { return !(a.arc < b.arc); });
  if (not_ascending != arcs_.costs.end() ||
      (!arcs_.costs.empty() && arcs_.costs.back().arc.value() >= network.roads.size() * 2)) {
    throw ArgumentError("service area: arcs must be the network's, ascending, each once");
  }
  for (const ServiceOrigin& origin : origins) {
    if (!origin.snap.road.is_none()) {
      origins_.push_back({origin.snap.road, origin});
    }
  }
  std::stable_sort(origins_.begin(), origins_.end(), [](const OnRoad& a, const OnRoad& b) { return a.road < b.road; });
}

std::uint32_t PositionCosts::weight(const ArcIndex arc) const {
  return arcs_.metric == RoadMetric::travel_time_ms ? network_->time_ms(arc) : network_->road(road_of(arc)).length_cm;
}

std::uint32_t PositionCosts::position(const std::uint32_t weight, const ArcIndex arc, const double fraction) {
  return static_cast<std::uint32_t>(std::lround((is_backward(arc) ? 1 - fraction : fraction) * weight));
}

std::span<const PositionCosts::OnRoad> PositionCosts::origins_on(const RoadIndex road) const {
  if (origins_.empty()) {
    return {};
  }
  const auto first = std::lower_bound(origins_.begin(), origins_.end(), road,
                                      [](const OnRoad& each, const RoadIndex wanted) { return each.road < wanted; });
  auto last = first;
  while (last != origins_.end() && last->road == road) {
    ++last;
  }
  return {first, last};
}

/// Of its two arcs.
std::array<std::uint32_t, 2> PositionCosts::costs_of(const RoadIndex road) const {
  std::array<std::uint32_t, 2> costs{kNoPath, kNoPath};
  for (auto it = std::lower_bound(arcs_.costs.begin(), arcs_.costs.end(), forward_arc(road),
                                  [](const ArcCost& driven, const ArcIndex wanted) { return driven.arc < wanted; });
       it != arcs_.costs.end() && road_of(it->arc) == road; ++it) {
    costs[is_backward(it->arc) ? 1 : 0] = it->cost;
  }
  return costs;
}

std::uint32_t PositionCosts::at(const RoadIndex road, const double fraction) const {
  std::uint32_t least = kNoPath;
  const bool forward = arcs_.direction == Direction::forward;
  const std::array<std::uint32_t, 2> costs = costs_of(road);
  for (const ArcIndex arc : {forward_arc(road), backward_arc(road)}) {
    if (network_->time_ms(arc) == kClosed) {
      continue;
    }
    const std::uint32_t whole = weight(arc);
    const std::uint32_t here = position(whole, arc, fraction);
    least = std::min(least, sum_of(costs[is_backward(arc) ? 1 : 0], forward ? here : whole - here));
    for (const OnRoad& each : origins_on(road)) {
      const std::uint32_t there = position(whole, arc, each.origin.snap.fraction);
      if (forward ? there <= here : here <= there) {
        least = std::min(least, sum_of(each.origin.access, forward ? here - there : there - here));
      }
    }
  }
  return least;
}

/// Adds the fractions whose position on the arc is from `least` to `most`.
void PositionCosts::add_between(const ArcIndex arc, const std::uint64_t least, const std::uint64_t most,
                                std::vector<RoadStretch>& stretches) const {
  const std::uint32_t whole = weight(arc);
  if (least > whole || least > most) {
    return;
  }
  const auto at_least = [&](const double fraction) { return position(whole, arc, fraction) >= least; };
  const auto at_most = [&](const double fraction) { return position(whole, arc, fraction) <= most; };
  // Positions rise with the fraction on the forward arc and fall on the backward one.
  const double begin = is_backward(arc) ? least_fraction(at_most) : least_fraction(at_least);
  const double end = is_backward(arc) ? greatest_fraction(at_least) : greatest_fraction(at_most);
  if (begin <= end) {
    stretches.push_back({road_of(arc), begin, end});
  }
}

void PositionCosts::collect(const RoadIndex road, const std::uint32_t cutoff, std::vector<RoadStretch>& stretches) const {
  const std::size_t first = stretches.size();
  const bool forward = arcs_.direction == Direction::forward;
  const std::array<std::uint32_t, 2> costs = costs_of(road);
  for (const ArcIndex arc : {forward_arc(road), backward_arc(road)}) {
    if (network_->time_ms(arc) == kClosed) {
      continue;
    }
    const std::uint32_t whole = weight(arc);
    if (const std::uint32_t cost = costs[is_backward(arc) ? 1 : 0]; cost != kNoPath && cost <= cutoff) {
      const std::uint32_t left = cutoff - cost;
      if (left >= whole) {
        stretches.push_back({road, 0, 1});
      } else if (forward) {
        add_between(arc, 0, left, stretches);
      } else {
        add_between(arc, whole - left, whole, stretches);
      }
    }
    for (const OnRoad& each : origins_on(road)) {
      if (each.origin.access <= cutoff) {
        const std::uint64_t left = cutoff - each.origin.access;
        const std::uint64_t there = position(whole, arc, each.origin.snap.fraction);
        add_between(arc, forward ? there : there - std::min(there, left), forward ? there + left : there, stretches);
      }
    }
  }
  unite(stretches, first);
}

/// Roads that may have a position within the cutoff, ascending.
std::vector<RoadIndex> PositionCosts::roads_within(const std::uint32_t cutoff) const {
  std::vector<RoadIndex> roads;
  auto origin = origins_.begin();
  const auto add = [&](const RoadIndex road) {
    if (roads.empty() || roads.back() != road) {
      roads.push_back(road);
    }
  };
  for (const ArcCost& each : arcs_.costs) {
    const RoadIndex road = road_of(each.arc);
    for (; origin != origins_.end() && origin->road < road; ++origin) {
      add(origin->road);
    }
    if (each.cost <= cutoff) {
      add(road);
    }
  }
  for (; origin != origins_.end(); ++origin) {
    add(origin->road);
  }
  return roads;
}

std::vector<RoadStretch> PositionCosts::within(const std::uint32_t cutoff) const {
  constexpr std::size_t kRoadsPerBlock = 16'384;
  const std::uint32_t limit = std::min(cutoff, kNoPath - 1);
  const std::vector<RoadIndex> roads = roads_within(limit);
  std::vector<std::vector<RoadStretch>> blocks((roads.size() + kRoadsPerBlock - 1) / kRoadsPerBlock);
  parallel_for_blocks(roads.size(), kRoadsPerBlock, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      collect(roads[k], limit, blocks[begin / kRoadsPerBlock]);
    }
  });
  std::vector<RoadStretch> stretches;
  for (const std::vector<RoadStretch>& block : blocks) {
    stretches.insert(stretches.end(), block.begin(), block.end());
  }
  return stretches;
}

double length_m(const RoadNetwork& network, const std::span<const RoadStretch> stretches) {
  CompensatedSum sum_cm;
  for (const RoadStretch& stretch : stretches) {
    sum_cm.add((stretch.end - stretch.begin) * network.road(stretch.road).length_cm);
  }
  return sum_cm.value() / 100;
}

}  // namespace maillage
