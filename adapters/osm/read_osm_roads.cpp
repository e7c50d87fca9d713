#include "adapters/osm/read_osm_roads.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <osmium/osm/node.hpp>
#include <osmium/osm/relation.hpp>
#include <osmium/osm/way.hpp>
#include <utility>

#include "adapters/osm/node_rules.hpp"
#include "adapters/osm/noding.hpp"
#include "adapters/osm/osm_source.hpp"
#include "adapters/osm/read_relations.hpp"
#include "adapters/osm/resolve_restrictions.hpp"
#include "adapters/osm/road_draft.hpp"
#include "adapters/osm/travel_times.hpp"
#include "adapters/proj/default_plane.hpp"
#include "adapters/proj/make_planes.hpp"

namespace maillage {

namespace {

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20U;

/// Peak bytes per node reference of a way: its id, the sorted copy, its number, its position, its share of ways and roads.
constexpr std::uint64_t kBytesPerRef = 60;

[[noreturn]] void refuse_over_budget(const std::string& source, const std::uint64_t needed, const std::uint64_t budget) {
  throw InputError(Text{
      .french = fmt::format("{} : la lecture demanderait environ {} Mio de mémoire, {} Mio sont permis. Donnez-en plus, ou "
                            "un extrait plus petit.",
                            source, needed / kMebibyte, budget / kMebibyte),
      .english = fmt::format("{}: reading would take about {} MiB of memory, {} MiB are allowed. Allow more, or give a "
                             "smaller extract.",
                             source, needed / kMebibyte, budget / kMebibyte)});
}

void require_budget(const std::string& source, const std::uint64_t needed, const OsmReadOptions& options) {
  if (options.memory_budget_bytes > 0 && needed > options.memory_budget_bytes) {
    refuse_over_budget(source, needed, options.memory_budget_bytes);
  }
}

/// The first pass: ways that the mode may travel, and turn restrictions.
class FirstPass {
 public:
  FirstPass(const TravelProfile& profile, std::string source, RoadDraft& draft, OsmRoads& roads)
      : ways_(profile), restrictions_(profile), source_(std::move(source)), draft_(&draft), roads_(&roads) {}

  void read(const osmium::memory::Buffer& buffer) {
    for (const auto& object : buffer.select<osmium::OSMObject>()) {
      if (object.type() == osmium::item_type::way) {
        add_way(static_cast<const osmium::Way&>(object));
      } else if (object.type() == osmium::item_type::relation) {
        ++roads_->counts.relations_read;
        restrictions_.read(static_cast<const osmium::Relation&>(object), source_, draft_->restrictions, *roads_);
      }
    }
  }

 private:
  void add_way(const osmium::Way& way) {
    OsmCounts& counts = roads_->counts;
    ++counts.ways_read;
    const WayVerdict verdict = ways_.judge(way.tags());
    if (!verdict.is_road) {
      return;
    }
    ++counts.road_ways;
    if (!verdict.rule) {
      ++counts.ways_closed_to_mode;
      draft_->closed_way_ids.push_back(way.id());
      return;
    }
    for (const WayDoubt& doubt : verdict.doubts) {
      roads_->repairs.push_back({.source = source_,
                                 .row = std::nullopt,
                                 .key = fmt::format("way/{}", way.id()),
                                 .column = doubt.column,
                                 .value = doubt.value,
                                 .reason = doubt.reason,
                                 .detail = ""});
    }
    draft_->ways.push_back({.id = way.id(),
                            .first_ref = draft_->ref_ids.size(),
                            .refs = static_cast<std::uint32_t>(way.nodes().size()),
                            .rule = *verdict.rule});
    for (const osmium::NodeRef& ref : way.nodes()) {
      draft_->ref_ids.push_back(ref.ref());
    }
  }

  WayRules ways_;
  RestrictionRules restrictions_;
  std::string source_;
  RoadDraft* draft_;
  OsmRoads* roads_;
};

/// The second pass: positions of the nodes that ways use, and what is met there.
class SecondPass {
 public:
  SecondPass(const TravelProfile& profile, RoadDraft& draft, OsmRoads& roads)
      : rules_(profile), draft_(&draft), roads_(&roads) {}

  void read(const osmium::memory::Buffer& buffer) {
    for (const auto& node : buffer.select<osmium::Node>()) {
      ++roads_->counts.nodes_read;
      const std::uint32_t number = find(node.id());
      // A node that stands twice in the file keeps its first position.
      if (number == kNoNumber || !node.location().valid() || draft_->locations[number].valid()) {
        continue;
      }
      draft_->locations[number] = node.location();
      if (auto feature = rules_.judge(node.tags())) {
        feature->node = number;
        roads_->counts.blocking_barriers += feature->blocks ? 1 : 0;
        draft_->features.push_back(*feature);
      }
    }
  }

 private:
  /// Files are sorted as a rule: the next node wanted is at the cursor or a little further.
  std::uint32_t find(const std::int64_t id) {
    const std::vector<std::int64_t>& ids = draft_->node_ids;
    if (cursor_ < ids.size() && ids[cursor_] == id) {
      return static_cast<std::uint32_t>(cursor_++);
    }
    if (cursor_ < ids.size() && id < ids[cursor_] && (cursor_ == 0 || ids[cursor_ - 1] < id)) {
      return kNoNumber;
    }
    const auto found = std::ranges::lower_bound(ids, id);
    cursor_ = static_cast<std::size_t>(found - ids.begin());
    if (found == ids.end() || *found != id) {
      return kNoNumber;
    }
    return static_cast<std::uint32_t>(cursor_++);
  }

  NodeRules rules_;
  RoadDraft* draft_;
  OsmRoads* roads_;
  std::size_t cursor_ = 0;
};

void require_roads(const std::filesystem::path& file, const TravelProfile& profile, const OsmRoads& roads) {
  if (!roads.parts.roads.empty()) {
    return;
  }
  const OsmCounts& counts = roads.counts;
  throw InputError(Text{
      .french =
          fmt::format("{} : aucune route pour le mode « {} » ({} nœuds, {} voies lus, dont {} routes). Le fichier est-il "
                      "complet, et d'un lieu où il y a des routes ?",
                      file.string(), profile.name, counts.nodes_read, counts.ways_read, counts.road_ways),
      .english =
          fmt::format("{}: no road for mode '{}' ({} nodes, {} ways read, {} of them roads). Is the file whole, and of a "
                      "place with roads?",
                      file.string(), profile.name, counts.nodes_read, counts.ways_read, counts.road_ways)});
}

void to_plane(const std::filesystem::path& file, const std::string& wanted, RoadNetworkParts& parts) {
  Box degrees;
  for (const Point& node : parts.nodes) {
    degrees.extend(node);
  }
  parts.crs = wanted.empty() ? default_plane(degrees) : wanted;
  const Conversion convert = make_conversion({.definition = "OGC:CRS84", .geographic = true}, {.definition = parts.crs});
  const auto finite = [](const Point& point) { return std::isfinite(point.x) && std::isfinite(point.y); };
  for (std::vector<Point>* points : {&parts.nodes, &parts.shape_points}) {
    convert(*points);
    if (!std::ranges::all_of(*points, finite)) {
      throw InputError(Text{
          .french = fmt::format("{} : des positions ne peuvent pas être projetées en {}. Indiquez un autre système (crs).",
                                file.string(), parts.crs),
          .english = fmt::format("{}: some positions cannot be projected to {}. Give another system (crs).", file.string(),
                                 parts.crs)});
    }
  }
}

}  // namespace

std::uint64_t estimate_osm_memory_bytes(const std::filesystem::path& file) {
  // Bytes of memory per byte of file, above what was measured on real extracts; decoding takes a fixed part besides.
  constexpr std::uint64_t kDecoding = 200 * kMebibyte;
  std::uint64_t per_byte = 14;
  switch (osm_format_of(file)) {
    case OsmFormat::pbf:
      break;
    case OsmFormat::xml:
      per_byte = 1;
      break;
    case OsmFormat::xml_gzip:
      per_byte = 9;
      break;
    case OsmFormat::xml_bzip2:
      per_byte = 13;
      break;
  }
  return kDecoding + per_byte * static_cast<std::uint64_t>(std::filesystem::file_size(file));
}

OsmRoads read_osm_roads(const std::filesystem::path& file, const TravelProfile& profile, const OsmReadOptions& options) {
  OsmSource source{file};
  require_budget(source.name(), estimate_osm_memory_bytes(file), options);
  OsmRoads roads;
  roads.licence = "OpenStreetMap contributors, ODbL 1.0";
  roads.parts.mode = profile.name;
  RoadDraft draft;
  FirstPass first{profile, source.name(), draft, roads};
  source.pass(osmium::osm_entity_bits::way | osmium::osm_entity_bits::relation, options.progress,
              [&](const osmium::memory::Buffer& buffer) {
                first.read(buffer);
                require_budget(source.name(), draft.ref_ids.size() * kBytesPerRef, options);
              });
  for (const std::int64_t id : number_nodes(draft)) {
    ++roads.counts.ways_rejected;
    roads.rejections.push_back({.source = source.name(),
                                .row = std::nullopt,
                                .key = fmt::format("way/{}", id),
                                .column = "",
                                .value = "",
                                .reason = "duplicate_way",
                                .detail = ""});
  }
  SecondPass second{profile, draft, roads};
  source.pass(osmium::osm_entity_bits::node, options.progress,
              [&second](const osmium::memory::Buffer& buffer) { second.read(buffer); });
  std::ranges::sort(draft.features, {}, &NodeFeature::node);
  roads.vintage = source.vintage();
  const Noding noding = node_ways(draft, source.name(), roads);
  require_roads(file, profile, roads);
  to_plane(file, options.crs, roads.parts);
  mark_urban_roads(draft, noding, profile, roads);
  set_travel_times(draft, noding, profile, {.congestion = options.congestion}, roads);
  resolve_restrictions(draft, noding, source.name(), roads);
  return roads;
}

}  // namespace maillage
