#include "engine/network/sample_mesh.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "engine/core/error.hpp"
#include "engine/geometry/predicates.hpp"

namespace maillage {
namespace {

std::vector<GridCell> square_of_cells(const std::int32_t side) {
  std::vector<GridCell> cells;
  for (std::int32_t row = 0; row < side; ++row) {
    for (std::int32_t column = 0; column < side; ++column) {
      cells.push_back({row, column});
    }
  }
  return cells;
}

/// The triangles turn left, fill the cells, and every edge inside has a triangle on either side: a partition.
void expect_partition(const SampleMesh& mesh, const double surface) {
  double sum = 0;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (const auto& triangle : mesh.triangles) {
    const Point& a = mesh.vertices[triangle[0]];
    const Point& b = mesh.vertices[triangle[1]];
    const Point& c = mesh.vertices[triangle[2]];
    EXPECT_GT(orientation(a, b, c), 0);
    sum += ((b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)) / 2;
    for (std::size_t k = 0; k < 3; ++k) {
      edges.emplace_back(triangle[k], triangle[(k + 1) % 3]);
    }
  }
  EXPECT_NEAR(sum, surface, surface * 1e-9);
  std::sort(edges.begin(), edges.end());
  EXPECT_EQ(std::adjacent_find(edges.begin(), edges.end()), edges.end());
  double border = 0;
  for (const auto& [from, to] : edges) {
    if (!std::binary_search(edges.begin(), edges.end(), std::pair{to, from})) {
      border += distance_m(mesh.vertices[from], mesh.vertices[to]);
    }
  }
  EXPECT_NEAR(border, 4 * std::sqrt(surface), 1e-6) << "cells fit together where places lie on their sides";
}

TEST(SampleMesh, CutsCellsAtPlacesInsideOnSidesAndOnCorners) {
  const std::vector<Point> places{{15, 12},  {15, 12}, {10, 13}, {13, 10}, {10, 10},
                                  {15, 15},  {0, 7},   {99, 7},  {17, 13}, {std::numeric_limits<double>::quiet_NaN(), 1},
                                  {1e300, 1}};
  const SampleMesh mesh = make_sample_mesh(square_of_cells(3), places, 10);
  expect_partition(mesh, 900);
  EXPECT_EQ(mesh.corners, 16U);
  EXPECT_EQ(mesh.vertex_of_place[0], mesh.vertex_of_place[1]);
  EXPECT_LT(mesh.vertex_of_place[4], mesh.corners) << "a corner is a vertex already";
  EXPECT_EQ(mesh.vertex_of_place[7], SampleMesh::kNoVertex);
  EXPECT_EQ(mesh.vertex_of_place[9], SampleMesh::kNoVertex);
  EXPECT_EQ(mesh.vertex_of_place[10], SampleMesh::kNoVertex);
  for (const std::size_t k : {0U, 2U, 3U, 4U, 5U, 6U, 8U}) {
    EXPECT_EQ(mesh.vertices[mesh.vertex_of_place[k]], places[k]);
  }
}

TEST(SampleMesh, CutsACellOfManyPlaces) {
  std::mt19937_64 random(1);
  std::vector<Point> places;
  for (int k = 0; k < 20'000; ++k) {
    places.push_back({static_cast<double>(random() % 1'001) / 100, static_cast<double>(random() % 1'001) / 100});
  }
  expect_partition(make_sample_mesh(square_of_cells(1), places, 10), 100);
  std::sort(places.begin(), places.end());
  expect_partition(make_sample_mesh(square_of_cells(1), places, 10), 100);
}

TEST(SampleMesh, IsTheSameForPlacesInAnyOrder) {
  std::mt19937_64 random(2);
  std::vector<Point> places;
  for (int k = 0; k < 500; ++k) {
    places.push_back({static_cast<double>(random() % 301) / 10, static_cast<double>(random() % 301) / 10});
  }
  const SampleMesh mesh = make_sample_mesh(square_of_cells(3), places, 10);
  expect_partition(mesh, 900);
  std::shuffle(places.begin(), places.end(), random);
  const SampleMesh again = make_sample_mesh(square_of_cells(3), places, 10);
  EXPECT_EQ(mesh.vertices, again.vertices);
  EXPECT_EQ(mesh.triangles, again.triangles);
}

TEST(SampleMesh, NumbersCellsByExactSides) {
  const double side = 0.1;
  for (int k = -1'000; k < 1'000; ++k) {
    EXPECT_EQ(cell_at({k * side, 0}, side).column, k);
    EXPECT_EQ(cell_at({std::nextafter(k * side, -1e9), 0}, side).column, k - 1);
  }
  EXPECT_THROW((void)cell_at({1e300, 0}, 1), ArgumentError);
  EXPECT_THROW((void)make_sample_mesh({}, {}, 0), ArgumentError);
}

}  // namespace
}  // namespace maillage
