#include "adapters/osm/node_rules.hpp"

#include <osmium/osm/tag.hpp>
#include <string_view>

namespace maillage {

bool NodeRules::blocks(const osmium::TagList& tags, const char* barrier) const {
  if (const auto access = access_.find(tags, 0).access) {
    return *access == OsmAccess::closed;
  }
  if (lists(profile_->nodes.closed, barrier)) {
    return true;
  }
  return !profile_->nodes.others_open && !lists(profile_->nodes.open, barrier);
}

std::optional<NodeFeature> NodeRules::judge(const osmium::TagList& tags) const {
  if (tags.empty()) {
    return std::nullopt;
  }
  NodeFeature feature;
  if (const char* barrier = tags["barrier"]) {
    if (blocks(tags, barrier)) {
      feature.blocks = true;
      return feature;
    }
    feature.forward_s = static_cast<float>(find_value(profile_->nodes.delay_s, barrier).value_or(0));
    feature.backward_s = feature.forward_s;
  }
  if (const char* highway = tags["highway"]) {
    const auto delay_s = static_cast<float>(find_value(profile_->nodes.delay_s, highway).value_or(0));
    const char* signals = tags["traffic_signals:direction"];
    const char* direction = signals != nullptr ? signals : tags["direction"];
    const std::string_view only = direction == nullptr ? "" : direction;
    feature.forward_s += only == "backward" ? 0 : delay_s;
    feature.backward_s += only == "forward" ? 0 : delay_s;
  }
  if (feature.forward_s == 0 && feature.backward_s == 0) {
    return std::nullopt;
  }
  return feature;
}

}  // namespace maillage
