#include "maps/map_labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "maps/svg_parts.hpp"
#include "maps/text_measure.hpp"

namespace maillage::detail {

namespace {

constexpr double kDotMm = 0.9;
constexpr double kMarginMm = 0.5;
constexpr std::size_t kTriedPerLabel = 3;

Box dot_box(const Point& dot) {
  return {dot.x - kDotMm, dot.y - kDotMm, dot.x + kDotMm, dot.y + kDotMm};
}

/// Right, left, above, below.
std::array<Point, 4> baselines(const Point& dot, const double width, const double size) {
  return {Point{dot.x + kDotMm, dot.y + size * 0.35}, Point{dot.x - kDotMm - width, dot.y + size * 0.35},
          Point{dot.x - width / 2, dot.y - kDotMm - 0.2}, Point{dot.x - width / 2, dot.y + kDotMm + size * 0.75}};
}

bool fits(const Box& box, const Point& dot, const std::vector<PlacedLabel>& placed, const PageBox& room) {
  if (box.min_x < room.left || box.max_x > room.left + room.width || box.min_y < room.top ||
      box.max_y > room.top + room.height) {
    return false;
  }
  return std::ranges::none_of(placed, [&](const PlacedLabel& other) {
    return overlap(box, other.box) || overlap(box, dot_box(other.dot)) || overlap(dot_box(dot), other.box);
  });
}

}  // namespace

std::vector<PlacedLabel> place_labels(std::vector<LabelCandidate> candidates, const PageBox& room, const std::size_t most,
                                      const double largest_mm) {
  std::ranges::sort(candidates, [](const LabelCandidate& a, const LabelCandidate& b) {
    return a.population != b.population ? a.population > b.population : a.name < b.name;
  });
  candidates.resize(std::min(candidates.size(), most * kTriedPerLabel));
  std::vector<PlacedLabel> placed;
  for (const LabelCandidate& candidate : candidates) {
    if (placed.size() >= most) {
      break;
    }
    const double size = largest_mm * (1 - 0.25 * std::min(1.0, static_cast<double>(placed.size()) / 12));
    const double width = text_width(candidate.name, size);
    for (const Point& baseline : baselines(candidate.position, width, size)) {
      const Box box{baseline.x - kMarginMm, baseline.y - size * 0.8 - kMarginMm / 2, baseline.x + width + kMarginMm,
                    baseline.y + size * 0.25 + kMarginMm / 2};
      if (fits(box, candidate.position, placed, room)) {
        placed.push_back(
            {.name = candidate.name, .dot = candidate.position, .baseline = baseline, .size_mm = size, .box = box});
        break;
      }
    }
  }
  return placed;
}

std::string draw_labels(const std::vector<PlacedLabel>& labels) {
  std::string svg = "<g fill=\"#161616\" stroke=\"#ffffff\" stroke-linejoin=\"round\" paint-order=\"stroke\">\n";
  for (const PlacedLabel& label : labels) {
    svg += fmt::format("<circle cx=\"{}\" cy=\"{}\" r=\"0.45\" stroke-width=\"0.3\"/>\n", short_number(label.dot.x),
                       short_number(label.dot.y));
    svg += svg_text(label.baseline.x, label.baseline.y, label.size_mm, label.name, "stroke-width=\"0.7\"");
  }
  return svg + "</g>\n";
}

}  // namespace maillage::detail
