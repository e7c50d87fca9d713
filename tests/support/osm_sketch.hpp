#pragma once

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/config/travel_profiles.hpp"
#include "adapters/osm/read_osm_roads.hpp"

namespace maillage::testing {

/// A file of its own in the temporary folder, gone with the object.
class TemporaryFile {
 public:
  TemporaryFile(const std::string& ending, const std::string_view bytes) {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() / fmt::format("maillage-test-{}-{}{}", ::getpid(), number++, ending);
    std::ofstream{path_, std::ios::binary} << bytes;
  }
  ~TemporaryFile() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A drawn piece of OpenStreetMap: letters are nodes, one character is 100 m to the east, one row 100 m to the south, near
/// 47° N in France; other characters are decoration. Ways are named by their letters, tags written "highway=primary,
/// maxspeed=30 mph". Ways get the ids 1, 2... in order, restrictions 101, 102..., nodes the letter's character code.
///
///     OsmSketch map{"A--B--C"};
///     map.way("ABC", "highway=residential, oneway=yes");
///     EXPECT_EQ(open_arcs(map.read("car")), "AC");
class OsmSketch {
 public:
  OsmSketch(std::initializer_list<std::string_view> rows) {
    double y = 0;
    for (const std::string_view row : rows) {
      for (std::size_t x = 0; x < row.size(); ++x) {
        if (std::isalpha(static_cast<unsigned char>(row[x])) != 0) {
          places_[row[x]] = {static_cast<double>(x), y};
        }
      }
      ++y;
    }
  }

  OsmSketch& way(const std::string& letters, const std::string& tags) {
    ways_.emplace_back(letters, tags);
    return *this;
  }
  OsmSketch& node(const char letter, const std::string& tags) {
    node_tags_[letter] = tags;
    return *this;
  }
  /// Members by the letters of ways, or of one node: restriction("no_left_turn", "AB", {"B"}, "BC").
  OsmSketch& restriction(const std::string& kind, const std::string& from, const std::vector<std::string>& vias,
                         const std::string& to, const std::string& more_tags = "") {
    std::string members = member("from", from);
    for (const std::string& via : vias) {
      members += member("via", via);
    }
    members += member("to", to);
    return relation("type=restriction, restriction=" + kind + (more_tags.empty() ? "" : ", " + more_tags), members);
  }
  OsmSketch& relation(const std::string& tags, const std::string& members_xml) {
    relations_.emplace_back(tags, members_xml);
    return *this;
  }
  /// Leaves a node out of the file, as an extract's border does.
  OsmSketch& without(const char letter) {
    left_out_.push_back(letter);
    return *this;
  }
  [[nodiscard]] std::string member(const std::string& role, const std::string& letters) const {
    if (letters.size() == 1) {
      return fmt::format("<member type='node' ref='{}' role='{}'/>", static_cast<int>(letters[0]), role);
    }
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      if (ways_[i].first == letters) {
        return fmt::format("<member type='way' ref='{}' role='{}'/>", i + 1, role);
      }
    }
    return fmt::format("<member type='way' ref='999' role='{}'/>", role);
  }

  [[nodiscard]] std::string xml() const {
    // Metres per degree at 47° N on the WGS 84 ellipsoid.
    constexpr double kNorth_m = 111'170.0;
    constexpr double kEast_m = 76'056.5;
    std::string text = "<?xml version='1.0' encoding='UTF-8'?>\n<osm version='0.6' generator='test'>\n";
    for (const auto& [letter, place] : places_) {
      if (std::ranges::find(left_out_, letter) != left_out_.end()) {
        continue;
      }
      const auto tags = node_tags_.find(letter);
      text += fmt::format("<node id='{}' lon='{:.7f}' lat='{:.7f}'>{}</node>\n", static_cast<int>(letter),
                          2 + place.first * 100 / kEast_m, 47 - place.second * 100 / kNorth_m,
                          tags == node_tags_.end() ? "" : tags_xml(tags->second));
    }
    for (std::size_t i = 0; i < ways_.size(); ++i) {
      text += fmt::format("<way id='{}'>", i + 1);
      for (const char letter : ways_[i].first) {
        text += fmt::format("<nd ref='{}'/>", static_cast<int>(letter));
      }
      text += tags_xml(ways_[i].second) + "</way>\n";
    }
    for (std::size_t i = 0; i < relations_.size(); ++i) {
      text +=
          fmt::format("<relation id='{}'>{}{}</relation>\n", 101 + i, relations_[i].second, tags_xml(relations_[i].first));
    }
    return text + "</osm>\n";
  }

  [[nodiscard]] OsmRoads read(const TravelProfile& profile, const OsmReadOptions& options = {}) const {
    const TemporaryFile file{".osm", xml()};
    return read_osm_roads(file.path(), profile, options);
  }
  [[nodiscard]] OsmRoads read(const std::string& mode) const { return read(builtin_travel_profile(mode)); }

 private:
  static std::string tags_xml(std::string_view tags) {
    std::string text;
    while (!tags.empty()) {
      const std::size_t comma = std::min(tags.find(", "), tags.size());
      const std::string_view tag = tags.substr(0, comma);
      const std::size_t equals = tag.find('=');
      text += fmt::format("<tag k='{}' v='{}'/>", tag.substr(0, equals), tag.substr(equals + 1));
      tags.remove_prefix(std::min(tags.size(), comma + 2));
    }
    return text;
  }

  std::map<char, std::pair<double, double>> places_;
  std::map<char, std::string> node_tags_;
  std::vector<std::pair<std::string, std::string>> ways_;
  std::vector<std::pair<std::string, std::string>> relations_;
  std::vector<char> left_out_;
};

/// The two letters of an arc: its start and its end.
[[nodiscard]] inline std::string letters_of(const OsmRoads& roads, const std::uint32_t arc) {
  const Road& road = roads.parts.roads[arc / 2];
  std::string letters{static_cast<char>(roads.node_ids[road.from.value()]),
                      static_cast<char>(roads.node_ids[road.to.value()])};
  if (arc % 2 == 1) {
    std::ranges::reverse(letters);
  }
  return letters;
}

/// Every direction that may be travelled, sorted: "AB BA BC".
[[nodiscard]] inline std::string open_arcs(const OsmRoads& roads) {
  std::vector<std::string> arcs;
  for (std::uint32_t arc = 0; arc < 2 * roads.parts.roads.size(); ++arc) {
    const Road& road = roads.parts.roads[arc / 2];
    if ((arc % 2 == 0 ? road.forward_ms : road.backward_ms) != kClosed) {
      arcs.push_back(letters_of(roads, arc));
    }
  }
  std::ranges::sort(arcs);
  return fmt::format("{}", fmt::join(arcs, " "));
}

/// Seconds of the quickest road from one letter straight to the other, if one is open.
[[nodiscard]] inline std::optional<double> seconds(const OsmRoads& roads, const std::string& letters) {
  std::uint32_t least_ms = kClosed;
  for (std::uint32_t arc = 0; arc < 2 * roads.parts.roads.size(); ++arc) {
    const Road& road = roads.parts.roads[arc / 2];
    if (letters_of(roads, arc) == letters) {
      least_ms = std::min(least_ms, arc % 2 == 0 ? road.forward_ms : road.backward_ms);
    }
  }
  return least_ms == kClosed ? std::nullopt : std::optional{least_ms / 1000.0};
}

/// Kilometres per hour of that road without what is lost at nodes: its length over its time; 0 when closed.
[[nodiscard]] inline double speed_kmh(const OsmRoads& roads, const std::string& letters) {
  for (std::uint32_t arc = 0; arc < 2 * roads.parts.roads.size(); ++arc) {
    const Road& road = roads.parts.roads[arc / 2];
    const std::uint32_t ms = arc % 2 == 0 ? road.forward_ms : road.backward_ms;
    if (letters_of(roads, arc) == letters && ms != kClosed) {
      return road.length_cm * 36.0 / ms;
    }
  }
  return 0;
}

/// Turn restrictions as the letters they pass, "no ABC" or "only ABC", sorted.
[[nodiscard]] inline std::string turns(const OsmRoads& roads) {
  std::vector<std::string> all;
  const RoadNetworkParts& parts = roads.parts;
  for (std::size_t k = 0; k < parts.restriction_mandatory.size(); ++k) {
    std::string text = parts.restriction_mandatory[k] == 1 ? "only " : "no ";
    for (std::uint64_t i = parts.restriction_first[k]; i < parts.restriction_first[k + 1]; ++i) {
      const std::string arc = letters_of(roads, parts.restriction_arcs[i]);
      text += i == parts.restriction_first[k] ? arc : arc.substr(1);
    }
    all.push_back(text);
  }
  std::ranges::sort(all);
  return fmt::format("{}", fmt::join(all, ", "));
}

/// The reasons of notes, sorted: "way_cut_at_border way/1".
[[nodiscard]] inline std::string reasons(const std::vector<RowNote>& notes) {
  std::vector<std::string> all;
  for (const RowNote& note : notes) {
    all.push_back(note.reason + " " + note.key);
  }
  std::ranges::sort(all);
  return fmt::format("{}", fmt::join(all, ", "));
}

}  // namespace maillage::testing
