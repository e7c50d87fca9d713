#include "adapters/routingkit/read_routingkit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/file/file_mapping.hpp"
#include "adapters/proj/road_plane.hpp"
#include "engine/network/pair_arcs.hpp"

namespace maillage {
namespace {

static_assert(std::endian::native == std::endian::little, "arrays are read as they are");

constexpr std::uint32_t kNever = 0x7fffffffU;
constexpr std::uint32_t kCentimetresPerMetre = 100;
constexpr std::string_view kFirstOut = "first_out";

[[noreturn]] void fail(const std::filesystem::path& file, const Text& why) {
  throw InputError(Text{.french = fmt::format("{} : {}", file.string(), why.french),
                        .english = fmt::format("{}: {}", file.string(), why.english)});
}

/// "luxembourg_" where the folder holds luxembourg_first_out.
std::string find_prefix(const std::filesystem::path& folder) {
  std::vector<std::string> found;
  std::error_code error;
  for (std::filesystem::directory_iterator it{folder, error}, end; !error && it != end; it.increment(error)) {
    const std::string name = it->path().filename().string();
    if (name.ends_with(kFirstOut)) {
      found.push_back(name.substr(0, name.size() - kFirstOut.size()));
    }
  }
  if (error) {
    throw InputError(Text{.french = fmt::format("{} : dossier introuvable ou illisible", folder.string()),
                          .english = fmt::format("{}: no such folder, or not readable", folder.string())},
                     InputError::Kind::missing);
  }
  if (found.size() != 1) {
    fail(folder,
         {.french =
              fmt::format("un tableau « first_out » attendu, {} trouvé(s) ; donnez un dossier par graphe", found.size()),
          .english = fmt::format("one array 'first_out' wanted, {} found; give one folder per graph", found.size())});
  }
  return found.front();
}

/// The arrays of one folder.
class Folder {
 public:
  explicit Folder(std::filesystem::path folder) : folder_(std::move(folder)), prefix_(find_prefix(folder_)) {}

  [[nodiscard]] std::filesystem::path file(const std::string_view name) const {
    return folder_ / (prefix_ + std::string{name});
  }

  template <typename T>
  [[nodiscard]] std::vector<T> read(const std::string_view name) const {
    const FileMapping mapping{file(name)};
    const auto bytes = mapping.bytes();
    if (bytes.size() % sizeof(T) != 0) {
      fail(file(name), {.french = fmt::format("{} octets : pas un nombre entier de valeurs de {} octets ; fichier tronqué ?",
                                              bytes.size(), sizeof(T)),
                        .english = fmt::format("{} bytes: not a whole number of values of {} bytes; cut short?",
                                               bytes.size(), sizeof(T))});
    }
    std::vector<T> values(bytes.size() / sizeof(T));
    if (!values.empty()) {
      std::memcpy(values.data(), bytes.data(), bytes.size());
    }
    return values;
  }
  template <typename T>
  [[nodiscard]] std::vector<T> read(const std::string_view name, const std::size_t size) const {
    std::vector<T> values = read<T>(name);
    if (values.size() != size) {
      fail(file(name),
           {.french = fmt::format("{} valeurs, {} attendues ; fichier tronqué ou d'un autre graphe ?", values.size(), size),
            .english = fmt::format("{} values, {} wanted; cut short, or of another graph?", values.size(), size)});
    }
    return values;
  }
  template <typename T>
  [[noreturn]] void bad_value(const std::string_view name, const std::size_t position, const T value) const {
    fail(file(name), {.french = fmt::format("valeur impossible à la position {} : {}", position, value),
                      .english = fmt::format("impossible value at position {}: {}", position, value)});
  }

 private:
  std::filesystem::path folder_;
  std::string prefix_;
};

std::vector<Point> read_positions(const Folder& folder, const std::size_t nodes) {
  const auto latitude = folder.read<float>("latitude", nodes);
  const auto longitude = folder.read<float>("longitude", nodes);
  std::vector<Point> degrees;
  degrees.reserve(nodes);
  for (std::size_t k = 0; k < nodes; ++k) {
    if (!(std::abs(latitude[k]) <= 90)) {
      folder.bad_value("latitude", k, latitude[k]);
    }
    if (!(std::abs(longitude[k]) <= 180)) {
      folder.bad_value("longitude", k, longitude[k]);
    }
    degrees.push_back({longitude[k], latitude[k]});
  }
  return degrees;
}

std::vector<std::uint32_t> read_first_out(const Folder& folder) {
  std::vector<std::uint32_t> first_out = folder.read<std::uint32_t>(kFirstOut);
  if (first_out.size() < 2 || first_out.front() != 0) {
    fail(folder.file(kFirstOut),
         {.french = "graphe vide, ou qui ne commence pas par 0", .english = "empty graph, or not starting with 0"});
  }
  for (std::size_t k = 1; k < first_out.size(); ++k) {
    if (first_out[k] < first_out[k - 1]) {
      folder.bad_value(kFirstOut, k, first_out[k]);
    }
  }
  return first_out;
}

DirectedArcs read_arcs(const Folder& folder, const std::vector<std::uint32_t>& first_out) {
  const std::size_t nodes = first_out.size() - 1;
  const auto head = folder.read<std::uint32_t>("head", first_out.back());
  const auto travel_time = folder.read<std::uint32_t>("travel_time", head.size());
  const auto geo_distance = folder.read<std::uint32_t>("geo_distance", head.size());
  DirectedArcs arcs;
  arcs.arcs.reserve(head.size());
  for (std::size_t node = 0; node < nodes; ++node) {
    for (std::size_t k = first_out[node]; k < first_out[node + 1]; ++k) {
      if (head[k] >= nodes) {
        folder.bad_value("head", k, head[k]);
      }
      if (travel_time[k] > kLongestArc && travel_time[k] != kNever) {
        folder.bad_value("travel_time", k, travel_time[k]);
      }
      if (geo_distance[k] > kLongestArc / kCentimetresPerMetre) {
        folder.bad_value("geo_distance", k, geo_distance[k]);
      }
      arcs.arcs.push_back({.tail = RoadNodeIndex{node},
                           .head = RoadNodeIndex{std::size_t{head[k]}},
                           .time_ms = travel_time[k] == kNever ? kClosed : travel_time[k],
                           .length_cm = geo_distance[k] * kCentimetresPerMetre,
                           .source_id = static_cast<std::int64_t>(k)});
    }
  }
  return arcs;
}

}  // namespace

Reading<ImportedRoads> read_routingkit(const std::filesystem::path& folder_path, const RoutingKitOptions& options) {
  const Folder folder{folder_path};
  const std::vector<std::uint32_t> first_out = read_first_out(folder);
  Reading<ImportedRoads> reading;
  RoadNetworkParts& parts = reading.value.parts;
  parts.nodes = read_positions(folder, first_out.size() - 1);
  parts.crs = to_road_plane({.definition = "OGC:CRS84", .geographic = true}, {parts.nodes}, options.crs);
  parts.mode = options.mode;
  const DirectedArcs arcs = read_arcs(folder, first_out);
  PairedRoads paired = pair_arcs(arcs);
  reading.rows_in = static_cast<std::int64_t>(arcs.arcs.size());
  reading.value.counts = {{"nodes", static_cast<std::int64_t>(parts.nodes.size())},
                          {"arcs_in", reading.rows_in},
                          {"roads", static_cast<std::int64_t>(paired.roads.size())},
                          {"two_way_roads", static_cast<std::int64_t>(paired.two_way)}};
  reading.value.arc_of_input = std::move(paired.arc_of_input);
  parts.roads = std::move(paired.roads);
  parts.shape_first = std::move(paired.shape_first);
  return reading;
}

}  // namespace maillage
