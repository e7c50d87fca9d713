#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/territory/territory.hpp"

namespace maillage::test {

/// What the letters of a drawn territory stand for. Letters that are not listed get 100 inhabitants, departement 59, no
/// EPCI.
struct AsciiTerritoryOptions {
  double cell_m = 1000;
  std::map<char, std::optional<std::int64_t>> population{};
  std::map<char, std::string> departement{};
  std::map<char, std::string> epci{};
};

/// Draws a territory: every letter is a commune made of unit squares of `cell_m`, '.' is outside, the last row lies at y =
/// 0. Commune 'A' has the code "5900A" and the name "A", its point is the centre of its first square (top left), where its
/// population lives. Contours, contiguity and zonings are built by hand, from squares, without the engine.
///
///     const Territory territory = draw_territory({"AAB",
///                                                 "ACB"});
class TerritoryDrawing {
 public:
  TerritoryDrawing(std::vector<std::string> rows, AsciiTerritoryOptions options)
      : rows_(std::move(rows)), options_(std::move(options)) {
    for (const std::string& row : rows_) {
      for (const char letter : row) {
        if (letter != '.' && std::ranges::find(letters_, letter) == letters_.end()) {
          letters_.push_back(letter);
        }
      }
    }
    std::ranges::sort(letters_);
  }

  [[nodiscard]] Territory territory() const {
    Territory territory;
    territory.name = "Territoire dessiné";
    territory.plane = "EPSG:2154";
    territory.source_is_geographic = false;
    territory.tiers = default_population_tiers();
    for (const char letter : letters_) {
      add_commune(territory, letter);
    }
    territory.source_contours = territory.contours;
    add_neighbours(territory);
    territory.departements = zoning(territory, "departement", [](const Commune& commune) { return commune.departement; });
    territory.epcis = zoning(territory, "epci", [](const Commune& commune) { return commune.epci; });
    territory.regions = zoning(territory, "region", [](const Commune& commune) { return commune.region; });
    return territory;
  }

 private:
  struct Cell {
    int column;
    int row;  // 0 at the bottom
    friend bool operator==(const Cell&, const Cell&) = default;
    friend auto operator<=>(const Cell&, const Cell&) = default;
  };
  // Right, up, left, down: the way a square's edges run when its inside is on their left, from the bottom edge on.
  static constexpr std::array<std::array<int, 2>, 4> kStep{{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}};
  struct Edge {
    Cell from;
    int direction;
    friend auto operator<=>(const Edge&, const Edge&) = default;
  };

  [[nodiscard]] char letter_at(const Cell& cell) const {
    const int top = static_cast<int>(rows_.size()) - 1 - cell.row;
    if (top < 0 || top >= static_cast<int>(rows_.size()) || cell.column < 0 ||
        cell.column >= static_cast<int>(rows_[static_cast<std::size_t>(top)].size())) {
      return '.';
    }
    return rows_[static_cast<std::size_t>(top)][static_cast<std::size_t>(cell.column)];
  }
  // Top row first, left to right.
  [[nodiscard]] std::vector<Cell> cells_of(const char letter) const {
    std::vector<Cell> cells;
    for (int row = static_cast<int>(rows_.size()) - 1; row >= 0; --row) {
      for (int column = 0; column < 200; ++column) {
        if (letter_at({column, row}) == letter) {
          cells.push_back({column, row});
        }
      }
    }
    return cells;
  }
  [[nodiscard]] Point corner(const Cell& cell) const { return {cell.column * options_.cell_m, cell.row * options_.cell_m}; }

  // Square on the left of an edge, and the one on its right.
  static Cell left_of(const Edge& edge) {
    constexpr std::array<std::array<int, 2>, 4> kLeft{{{0, 0}, {-1, 0}, {-1, -1}, {0, -1}}};
    return {edge.from.column + kLeft[edge.direction][0], edge.from.row + kLeft[edge.direction][1]};
  }
  static Cell right_of(const Edge& edge) {
    constexpr std::array<std::array<int, 2>, 4> kRight{{{0, -1}, {0, 0}, {-1, 0}, {-1, -1}}};
    return {edge.from.column + kRight[edge.direction][0], edge.from.row + kRight[edge.direction][1]};
  }
  static Cell end_of(const Edge& edge) {
    return {edge.from.column + kStep[edge.direction][0], edge.from.row + kStep[edge.direction][1]};
  }
  // A ring of the letter's border from `start`; turning left first keeps squares that touch at a corner apart.
  [[nodiscard]] std::vector<Edge> ring_from(const Edge& start, std::map<Edge, bool>& unused) const {
    std::vector<Edge> ring;
    Edge edge = start;
    do {
      ring.push_back(edge);
      unused[edge] = false;
      for (const int turn : {1, 0, 3}) {
        const Edge next{end_of(edge), (edge.direction + turn) % 4};
        const auto found = unused.find(next);
        if (found != unused.end() && (found->second || next == start)) {
          edge = next;
          break;
        }
      }
    } while (edge != start);
    return ring;
  }

  [[nodiscard]] std::map<Cell, int> pieces_of(const std::vector<Cell>& cells) const {
    std::map<Cell, int> piece;
    int pieces = 0;
    for (const Cell& cell : cells) {
      if (piece.contains(cell)) {
        continue;
      }
      std::vector<Cell> todo{cell};
      piece[cell] = pieces;
      while (!todo.empty()) {
        const Cell at = todo.back();
        todo.pop_back();
        for (const auto& step : kStep) {
          const Cell beside{at.column + step[0], at.row + step[1]};
          if (letter_at(beside) == letter_at(at) && !piece.contains(beside)) {
            piece[beside] = pieces;
            todo.push_back(beside);
          }
        }
      }
      ++pieces;
    }
    return piece;
  }

  void add_contour(AreaSet& contours, const char letter) const {
    const std::vector<Cell> cells = cells_of(letter);
    const std::map<Cell, int> piece = pieces_of(cells);
    std::map<Edge, bool> unused;
    for (const Cell& cell : cells) {
      const std::array<Edge, 4> edges{{{cell, 0},
                                       {{cell.column + 1, cell.row}, 1},
                                       {{cell.column + 1, cell.row + 1}, 2},
                                       {{cell.column, cell.row + 1}, 3}}};
      for (const Edge& edge : edges) {
        if (letter_at(right_of(edge)) != letter) {
          unused[edge] = true;
        }
      }
    }
    std::map<int, std::vector<std::vector<Point>>> rings_of_piece;
    for (const auto& [edge, is_unused] : unused) {
      if (!is_unused) {
        continue;
      }
      std::vector<Point> ring;
      for (const Edge& at : ring_from(edge, unused)) {
        ring.push_back(corner(at.from));
      }
      ring.push_back(ring.front());
      auto& rings = rings_of_piece[piece.at(left_of(edge))];
      rings.insert(twice_signed_area(ring) > 0 ? rings.begin() : rings.end(), ring);
    }
    for (const auto& [number, rings] : rings_of_piece) {
      for (const auto& ring : rings) {
        contours.add_ring(ring);
      }
      contours.end_polygon();
    }
    contours.end_area();
  }

  void add_commune(Territory& territory, const char letter) const {
    Commune commune;
    commune.code = std::string{"5900"} + letter;
    commune.name = std::string{letter};
    const auto population = options_.population.find(letter);
    commune.population = population == options_.population.end() ? std::optional<std::int64_t>{100} : population->second;
    const auto departement = options_.departement.find(letter);
    commune.departement = departement == options_.departement.end() ? "59" : departement->second;
    const auto epci = options_.epci.find(letter);
    commune.epci = epci == options_.epci.end() ? "" : epci->second;
    commune.region = "32";
    const Point low = corner(cells_of(letter).front());
    const Point centre{low.x + options_.cell_m / 2, low.y + options_.cell_m / 2};
    const CommuneIndex index = territory.communes.push_back(commune);
    territory.points.push_back({centre, CommunePoint::Origin::interior});
    territory.tier.push_back(tier_of(territory.tiers, commune.population));
    if (commune.population) {
      territory.demand.push_back({centre, *commune.population, index});
    }
    add_contour(territory.contours, letter);
  }

  void add_neighbours(Territory& territory) const {
    std::map<std::pair<char, char>, double> border_m;
    for (const char letter : letters_) {
      for (const Cell& cell : cells_of(letter)) {
        for (const auto& step : kStep) {
          const char beside = letter_at({cell.column + step[0], cell.row + step[1]});
          if (beside != '.' && beside != letter) {
            border_m[{letter, beside}] += options_.cell_m;
          }
        }
      }
    }
    for (const char letter : letters_) {
      std::vector<Neighbour> row;
      for (const auto& [pair, length_m] : border_m) {
        if (pair.first == letter) {
          const auto position = std::ranges::find(letters_, pair.second) - letters_.begin();
          row.push_back({CommuneIndex{static_cast<std::size_t>(position)}, length_m});
        }
      }
      territory.neighbours.push_row(row);
    }
  }

  template <typename CodeOf>
  static Zoning zoning(const Territory& territory, const std::string& name, const CodeOf& code_of) {
    Zoning zoning;
    zoning.name = name;
    std::vector<std::string> codes;
    for (const Commune& commune : territory.communes) {
      if (!code_of(commune).empty()) {
        codes.push_back(code_of(commune));
      }
    }
    std::ranges::sort(codes);
    codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
    for (const Commune& commune : territory.communes) {
      const auto found = std::ranges::find(codes, code_of(commune));
      zoning.zone_of.push_back(found == codes.end() ? ZoneIndex::none()
                                                    : ZoneIndex{static_cast<std::size_t>(found - codes.begin())});
    }
    zoning.codes = IndexedVector<ZoneIndex, std::string>{codes};
    zoning.names = zoning.codes;
    return zoning;
  }

  std::vector<std::string> rows_;
  AsciiTerritoryOptions options_;
  std::vector<char> letters_;
};

[[nodiscard]] inline Territory draw_territory(std::vector<std::string> rows, AsciiTerritoryOptions options = {}) {
  return TerritoryDrawing{std::move(rows), std::move(options)}.territory();
}

/// The commune drawn with that letter.
[[nodiscard]] inline CommuneIndex at(const Territory& territory, const char letter) {
  return territory.find(std::string{"5900"} + letter).value();
}

}  // namespace maillage::test
