#include "adapters/osm/noding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "adapters/proj/road_plane.hpp"

namespace maillage {

namespace {

constexpr std::uint8_t kJunction = 2;  ///< used twice, or an end
constexpr std::uint8_t kUsesMask = 0x0f;
constexpr std::uint8_t kHasFeature = 0x40;
constexpr std::uint8_t kBlocks = 0x80;

Point degrees_of(const osmium::Location& location) {
  return {location.lon_without_check(), location.lat_without_check()};
}

class Noder {
 public:
  Noder(const RoadDraft& draft, const std::string& source, OsmRoads& roads)
      : draft_(&draft), source_(&source), roads_(&roads), marks_(draft.node_ids.size()) {
    noding_.junction_of_node.resize(draft.node_ids.size(), kNoNumber);
  }

  Noding run() {
    for (const NodeFeature& feature : draft_->features) {
      marks_[feature.node] |= static_cast<std::uint8_t>(kHasFeature | (feature.blocks ? kBlocks : 0));
    }
    for (const WayDraft& way : draft_->ways) {
      for_each_run(way, [this](const std::vector<std::uint32_t>& run) { count_uses(run); });
    }
    for (std::uint32_t way = 0; way < draft_->ways.size(); ++way) {
      noding_.first_road.push_back(static_cast<std::uint32_t>(roads_->parts.roads.size()));
      cut_way(way);
    }
    noding_.first_road.push_back(static_cast<std::uint32_t>(roads_->parts.roads.size()));
    return std::move(noding_);
  }

 private:
  /// Calls `visit` on each longest row of nodes that are there, repeated ones taken once, of two nodes or more.
  template <typename Visit>
  void for_each_run(const WayDraft& way, Visit visit) {
    run_.clear();
    missing_ = 0;
    for (const std::uint32_t node : draft_->refs_of(way)) {
      if (!draft_->locations[node].valid()) {
        ++missing_;
        if (run_.size() > 1) {
          visit(run_);
        }
        run_.clear();
      } else if (run_.empty() || run_.back() != node) {
        run_.push_back(node);
      }
    }
    if (run_.size() > 1) {
      visit(run_);
    }
  }

  void use(const std::uint32_t node, const std::uint8_t times) {
    std::uint8_t& mark = marks_[node];
    const int uses = std::min((mark & kUsesMask) + times, int{kUsesMask});
    mark = static_cast<std::uint8_t>((mark & ~kUsesMask) | uses);
  }

  void count_uses(const std::vector<std::uint32_t>& run) {
    for (const std::uint32_t node : run) {
      use(node, 1);
    }
    use(run.front(), 1);
    use(run.back(), 1);
  }

  void cut_way(const std::uint32_t number) {
    const WayDraft& way = draft_->ways[number];
    const std::size_t before = roads_->parts.roads.size();
    for_each_run(way, [&](const std::vector<std::uint32_t>& run) {
      std::size_t start = 0;
      for (std::size_t k = 1; k < run.size(); ++k) {
        if ((marks_[run[k]] & kUsesMask) >= kJunction || (marks_[run[k]] & kBlocks) != 0) {
          add_road(number, std::span{run}.subspan(start, k - start + 1));
          start = k;
        }
      }
    });
    const bool used = roads_->parts.roads.size() > before;
    OsmCounts& counts = roads_->counts;
    ++(used ? counts.ways_used : counts.ways_rejected);
    if (!used) {
      note(roads_->rejections, way.id, missing_ > 0 ? "way_without_nodes" : "way_of_one_node", way.refs);
    } else if (missing_ > 0) {
      note(roads_->repairs, way.id, "way_cut_at_border", way.refs);
    }
  }

  void note(std::vector<RowNote>& notes, const std::int64_t way, const char* reason, const std::uint32_t refs) const {
    notes.push_back({.source = *source_,
                     .row = std::nullopt,
                     .key = fmt::format("way/{}", way),
                     .column = "",
                     .value = "",
                     .reason = reason,
                     .detail = fmt::format("{} / {}", missing_, refs)});
  }

  RoadNodeIndex road_node(const std::uint32_t node) {
    const bool blocks = (marks_[node] & kBlocks) != 0;
    std::uint32_t& junction = noding_.junction_of_node[node];
    if (!blocks && junction != kNoNumber) {
      return RoadNodeIndex{junction};
    }
    const std::size_t fresh = roads_->parts.nodes.size();
    roads_->parts.nodes.push_back(degrees_of(draft_->locations[node]));
    roads_->node_ids.push_back(draft_->node_ids[node]);
    if (!blocks) {
      junction = static_cast<std::uint32_t>(fresh);
    }
    return RoadNodeIndex{fresh};
  }

  void add_road(const std::uint32_t way, const std::span<const std::uint32_t> nodes) {
    double length_m = 0;
    for (std::size_t k = 1; k < nodes.size(); ++k) {
      length_m += ground_distance_m(degrees_of(draft_->locations[nodes[k - 1]]), degrees_of(draft_->locations[nodes[k]]));
    }
    constexpr double kCentimetres = 100;
    if (length_m * kCentimetres > kLongestArc) {
      note(roads_->repairs, draft_->ways[way].id, "road_too_long", static_cast<std::uint32_t>(nodes.size()));
      return;
    }
    const WayRule& rule = draft_->ways[way].rule;
    Road road;
    road.from = road_node(nodes.front());
    road.to = road_node(nodes.back());
    road.length_cm = static_cast<std::uint32_t>(std::llround(length_m * kCentimetres));
    road.road_class = rule.road_class;
    road.flags = rule.flags;
    road.source_id = draft_->ways[way].id;
    roads_->parts.roads.push_back(road);
    for (const std::uint32_t node : nodes.subspan(1, nodes.size() - 2)) {
      roads_->parts.shape_points.push_back(degrees_of(draft_->locations[node]));
    }
    roads_->parts.shape_first.push_back(roads_->parts.shape_points.size());
    noding_.way_of_road.push_back(way);
    noding_.length_m.push_back(length_m);
    add_delays(nodes);
  }

  /// Time lost at a node is paid by whoever arrives at it or passes it, hence once at each.
  void add_delays(const std::span<const std::uint32_t> nodes) {
    float forward_s = 0;
    float backward_s = 0;
    for (std::size_t k = 0; k < nodes.size(); ++k) {
      if ((marks_[nodes[k]] & kHasFeature) == 0) {
        continue;
      }
      const NodeFeature& feature = *std::ranges::lower_bound(draft_->features, nodes[k], {}, &NodeFeature::node);
      forward_s += k > 0 ? feature.forward_s : 0;
      backward_s += k + 1 < nodes.size() ? feature.backward_s : 0;
    }
    noding_.forward_delay_s.push_back(forward_s);
    noding_.backward_delay_s.push_back(backward_s);
  }

  const RoadDraft* draft_;
  const std::string* source_;
  OsmRoads* roads_;
  std::vector<std::uint8_t> marks_;
  std::vector<std::uint32_t> run_;
  std::int64_t missing_ = 0;
  Noding noding_;
};

}  // namespace

Noding node_ways(const RoadDraft& draft, const std::string& source, OsmRoads& roads) {
  return Noder{draft, source, roads}.run();
}

}  // namespace maillage
