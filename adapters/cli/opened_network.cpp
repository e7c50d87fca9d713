#include "adapters/cli/opened_network.hpp"

#include <fmt/format.h>

#include <utility>
#include <vector>

namespace maillage {

namespace {

Column<Point> in_plane(const Column<Point>& points, const Conversion& to_plane) {
  if (!to_plane) {
    return Column<Point>::viewing(points.view());
  }
  std::vector<Point> converted(points.begin(), points.end());
  to_plane(converted);
  return converted;
}

RoadNetwork in_plane(const RoadNetwork& network, const Conversion& to_plane) {
  return {.crs = network.crs,
          .mode = network.mode,
          .nodes = in_plane(network.nodes, to_plane),
          .roads = Column<Road>::viewing(network.roads.view()),
          .shape_first = Column<std::uint64_t>::viewing(network.shape_first.view()),
          .shape_points = in_plane(network.shape_points, to_plane),
          .restriction_first = Column<std::uint64_t>::viewing(network.restriction_first.view()),
          .restriction_arcs = Column<std::uint32_t>::viewing(network.restriction_arcs.view()),
          .restriction_mandatory = Column<std::uint8_t>::viewing(network.restriction_mandatory.view())};
}

void say_opening(const std::filesystem::path& file, Console& console) {
  console.step({.french = fmt::format("Ouverture du réseau : {}", file.string()),
                .english = fmt::format("Opening the network: {}", file.string())});
}

}  // namespace

OpenedNetwork::OpenedNetwork(const std::filesystem::path& file, const Conversion& to_plane, Console& console)
    : file_((say_opening(file, console), file)),
      network_(in_plane(file_.network(), to_plane)),
      components_(find_components(network_)),
      locator_(std::make_unique<RoadLocator>(network_, components_)) {}

RoadModel OpenedNetwork::model(const RoadMetric metric, const RoadAccess& access, Console& console) {
  const ContractionHierarchy* hierarchy = bundle().find_hierarchy(metric_key(metric));
  if (hierarchy == nullptr) {
    auto found = built_.find(metric);
    if (found == built_.end()) {
      console.step({.french = "Préparation des plus courts chemins (le fichier de réseau ne les contient pas)",
                    .english = "Preparing shortest paths (the network file does not hold them)"});
      found = built_
                  .emplace(metric, build_contraction_hierarchy(file_.graph(), move_weights(network_, file_.graph(), metric),
                                                               console.progress()))
                  .first;
    }
    hierarchy = &found->second;
  }
  return {.network = network_,
          .graph = file_.graph(),
          .hierarchy = *hierarchy,
          .locator = *locator_,
          .metric = metric,
          .access = access};
}

}  // namespace maillage
