#pragma once

#include <filesystem>
#include <map>
#include <memory>

#include "adapters/cli/console.hpp"
#include "adapters/mlg/network_file.hpp"
#include "engine/network/components.hpp"
#include "engine/network/road_travel.hpp"
#include "engine/network/snap.hpp"
#include "engine/territory/planes.hpp"

namespace maillage {

/// A network file, open for travel costs in some plane: the mapped file, the index of its roads, and the hierarchies that
/// the file does not hold, built when they are asked for.
class OpenedNetwork {
 public:
  /// \param to_plane  from the network's plane to that of the places; empty when they are the same. Length and time of roads
  /// are the file's whatever the plane. \throws InputError as MappedNetwork
  OpenedNetwork(const std::filesystem::path& file, const Conversion& to_plane, Console& console);
  OpenedNetwork(const OpenedNetwork&) = delete;
  OpenedNetwork& operator=(const OpenedNetwork&) = delete;

  [[nodiscard]] const NetworkBundle& bundle() const { return file_.bundle(); }
  [[nodiscard]] const RoadNetwork& network() const { return network_; }
  [[nodiscard]] const RoadComponents& components() const { return components_; }
  [[nodiscard]] const RoadLocator& locator() const { return *locator_; }
  /// Views what this object keeps. Builds the metric's hierarchy if need be.
  [[nodiscard]] RoadModel model(RoadMetric metric, const RoadAccess& access, Console& console);

 private:
  MappedNetwork file_;
  RoadNetwork network_;  ///< views the file, except for positions in another plane
  RoadComponents components_;
  std::unique_ptr<RoadLocator> locator_;
  std::map<RoadMetric, ContractionHierarchy> built_;
};

}  // namespace maillage
