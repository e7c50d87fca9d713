#include "adapters/mlg/network_bundle.hpp"

#include <algorithm>

namespace maillage {

std::string metric_key(const RoadMetric metric) {
  return metric == RoadMetric::length_cm ? "length" : "travel_time";
}

const ContractionHierarchy* NetworkBundle::find_hierarchy(const std::string& metric) const {
  const auto found = std::find_if(hierarchies.begin(), hierarchies.end(),
                                  [&](const MetricHierarchy& each) { return each.metric == metric; });
  return found == hierarchies.end() ? nullptr : &found->hierarchy;
}

}  // namespace maillage
