#include "adapters/pmtiles/write_pmtiles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "adapters/file/checked_file.hpp"
#include "adapters/file/gzip.hpp"
#include "adapters/pmtiles/tile_archive.hpp"
#include "adapters/pmtiles/tile_layer.hpp"
#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

using detail::GridArea;
using detail::StoredTile;
using detail::TileAddress;
using detail::TileLayer;

constexpr int kMostZoom = 12;  // a unit is 2 m there: finer than contours are
constexpr std::size_t kMostTiles = 1'500;
constexpr std::size_t kBlock = 64;

/// The areas in the Mercator square.
AreaSet in_square(const AreaSet& lonlat) {
  AreaSet square = lonlat;
  parallel_for_blocks(square.vertices.size(), 4096, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      square.vertices[k] = detail::web_mercator(square.vertices[k]);
    }
  });
  return square;
}

/// Lattices are a quarter of a pixel of 1/1024 tile, and finest at the last zoom, which is enlarged further by maps.
std::int32_t lattice_step(const int zoom, const int max_zoom) {
  constexpr std::int32_t kCoarse = 4;
  return zoom == max_zoom ? 1 : kCoarse;
}

std::vector<GridArea> areas_on_grid(const AreaSet& square, const int zoom, const std::int32_t step) {
  std::vector<GridArea> areas(square.areas());
  parallel_for_blocks(areas.size(), kBlock, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t k = begin; k < end; ++k) {
      areas[k] = detail::area_on_grid(square, AreaIndex{k}, zoom, step);
    }
  });
  return areas;
}

struct Membership {
  std::uint64_t number;
  std::size_t feature;
  TileAddress tile;
  friend bool operator<(const Membership& a, const Membership& b) {
    return std::pair{a.number, a.feature} < std::pair{b.number, b.feature};
  }
};

std::vector<Membership> memberships(const std::vector<GridArea>& areas, const int zoom) {
  std::vector<Membership> all;
  for (std::size_t feature = 0; feature < areas.size(); ++feature) {
    for (const TileAddress& tile : detail::tiles_of(areas[feature], zoom)) {
      all.push_back({.number = detail::tile_number(zoom, tile), .feature = feature, .tile = tile});
    }
  }
  std::ranges::sort(all, std::less{});
  return all;
}

/// How deep the tiles go: the last zoom with so many tiles at most.
int last_zoom(const AreaSet& square) {
  for (int zoom = 1; zoom <= kMostZoom; ++zoom) {
    std::set<std::uint64_t> tiles;
    for (std::size_t k = 0; k < square.areas(); ++k) {
      const Box box = bounding_box(square, AreaIndex{k});
      if (box.empty()) {
        continue;
      }
      const auto units = [&](const double value) {
        return static_cast<std::int32_t>(std::ldexp(value * detail::kTileUnits, zoom));
      };
      const GridArea corners{{{{units(box.min_x), units(box.min_y)}, {units(box.max_x), units(box.max_y)}}}};
      for (const TileAddress& tile : detail::tiles_of(corners, zoom)) {
        tiles.insert(detail::tile_number(zoom, tile));
      }
    }
    if (tiles.size() > kMostTiles) {
      return zoom - 1;
    }
  }
  return kMostZoom;
}

/// The tiles of a zoom, by number, compressed.
void add_zoom(std::vector<StoredTile>& stored, const TileLayer& layer, const std::vector<GridArea>& areas, const int zoom) {
  const std::vector<Membership> members = memberships(areas, zoom);
  std::vector<std::size_t> first;
  for (std::size_t k = 0; k < members.size(); ++k) {
    if (k == 0 || members[k].number != members[k - 1].number) {
      first.push_back(k);
    }
  }
  first.push_back(members.size());
  std::vector<StoredTile> tiles(first.size() - 1);
  parallel_for_blocks(tiles.size(), 1, [&](const std::size_t begin, const std::size_t end) {
    for (std::size_t tile = begin; tile < end; ++tile) {
      std::vector<detail::TilePart> parts;
      for (std::size_t k = first[tile]; k < first[tile + 1]; ++k) {
        detail::TilePart part{.feature = members[k].feature,
                              .area = detail::part_in_tile(areas[members[k].feature], members[k].tile)};
        if (!part.area.empty()) {
          parts.push_back(std::move(part));
        }
      }
      if (!parts.empty()) {
        tiles[tile] = {.number = members[first[tile]].number, .bytes = gzip(detail::encode_tile(layer, parts))};
      }
    }
  });
  std::erase_if(tiles, [](const StoredTile& tile) { return tile.bytes.empty(); });
  std::ranges::move(tiles, std::back_inserter(stored));
}

std::string metadata_of(const TileSources& sources, const TileLayer& layer, const int max_zoom) {
  nlohmann::ordered_json fields = nlohmann::ordered_json::object();
  for (const Field& field : layer.fields) {
    fields[field.name] = field.type == FieldType::text ? "String" : field.type == FieldType::boolean ? "Boolean" : "Number";
  }
  std::string attribution;
  for (const Text& source : sources.document.sources) {
    attribution += (attribution.empty() ? "" : " ; ") + source.french;
  }
  const nlohmann::ordered_json metadata{
      {"name", sources.document.title},
      {"type", "overlay"},
      {"attribution", attribution},
      {"generator", "maillage"},
      {"vector_layers",
       nlohmann::ordered_json::array({{{"id", layer.name}, {"minzoom", 0}, {"maxzoom", max_zoom}, {"fields", fields}}})}};
  return metadata.dump();
}

std::vector<RowNote> without_contour(const TileLayer& layer, const std::string& file) {
  std::vector<RowNote> notes;
  for (std::size_t k = 0; k < layer.areas_lonlat->areas(); ++k) {
    if (layer.areas_lonlat->area_first[k] == layer.areas_lonlat->area_first[k + 1]) {
      notes.push_back({.source = file,
                       .row = static_cast<std::int64_t>(k + 1),
                       .key = category_text(layer.columns.front()[k]),
                       .column = {},
                       .value = {},
                       .reason = "no_geometry",
                       .detail = {}});
    }
  }
  return notes;
}

}  // namespace

std::vector<RowNote> write_pmtiles(const std::filesystem::path& file, const TileSources& sources) {
  const std::optional<TileLayer> layer = detail::communes_for_tiles(sources.layers, sources.document);
  if (!layer || layer->areas_lonlat->vertices.empty()) {
    throw OutputError(Text{.french = fmt::format("{} : aucune commune n’a de contour à mettre en tuiles.", file.string()),
                           .english = fmt::format("{}: no commune has a contour to make tiles of.", file.string())});
  }
  const AreaSet square = in_square(*layer->areas_lonlat);
  const int max_zoom = last_zoom(square);
  std::vector<StoredTile> tiles;
  for (int zoom = 0; zoom <= max_zoom; ++zoom) {
    add_zoom(tiles, *layer, areas_on_grid(square, zoom, lattice_step(zoom, max_zoom)), zoom);
  }
  CheckedFile written{file};
  written.write(detail::archive_head({.min_zoom = 0,
                                      .max_zoom = max_zoom,
                                      .lonlat = bounding_box(*layer->areas_lonlat),
                                      .metadata = metadata_of(sources, *layer, max_zoom)},
                                     tiles));
  for (const StoredTile& tile : tiles) {
    written.write(tile.bytes);
  }
  written.close();
  return without_contour(*layer, file.filename().string());
}

}  // namespace maillage
