#include "maps/page_layout.hpp"

#include <algorithm>

namespace maillage::detail {

namespace {

constexpr double kLegendMm = 66;
constexpr double kGapMm = 6;
constexpr double kInsetMm = 34;      ///< of the side on which insets are stacked
constexpr double kInsetLabelMm = 4;  ///< above each inset

/// Insets in a column on the left of `room`, or in a row below it; `room` loses what they take.
std::vector<PageBox> place_insets(const std::size_t count, const bool in_column, PageBox& room) {
  std::vector<PageBox> boxes;
  if (count == 0) {
    return boxes;
  }
  const double share = (in_column ? room.height : room.width) / static_cast<double>(count);
  const double side = std::min(share - 2, kInsetMm * 1.25);
  for (std::size_t k = 0; k < count; ++k) {
    const double at = static_cast<double>(k) * share;
    boxes.push_back(in_column ? PageBox{room.left, room.top + at + kInsetLabelMm, kInsetMm, side - kInsetLabelMm}
                              : PageBox{room.left + at, room.top + room.height - kInsetMm, side, kInsetMm});
  }
  if (in_column) {
    room.left += kInsetMm + kGapMm;
    room.width -= kInsetMm + kGapMm;
  } else {
    room.height -= kInsetMm + kGapMm + kInsetLabelMm;
  }
  return boxes;
}

void add_frames(const std::vector<MapPart>& parts, const PageBox& main, const std::vector<PageBox>& insets,
                PageLayout& layout) {
  layout.frames.push_back(frame_of(parts.front(), main, false));
  for (std::size_t k = 0; k < insets.size(); ++k) {
    MapPart part = parts[k + 1];
    const double border = 0.04 * std::max(part.box.max_x - part.box.min_x, part.box.max_y - part.box.min_y);
    part.box = {part.box.min_x - border, part.box.min_y - border, part.box.max_x + border, part.box.max_y + border};
    layout.frames.push_back(frame_of(part, insets[k], true));
    layout.frames.back().is_inset = true;
  }
}

PageLayout lay_out(const std::vector<MapPart>& parts, const bool lying, const PageBox& paper, const PageWords& words,
                   const LegendHeight& legend_height) {
  PageLayout layout{.width_mm = paper.width, .height_mm = paper.height};
  PageBox room{kPageMarginMm, kPageMarginMm + words.head_mm, paper.width - 2 * kPageMarginMm,
               paper.height - 2 * kPageMarginMm - words.head_mm - words.foot_mm};
  if (lying) {
    layout.legend = {room.left + room.width - kLegendMm, room.top, kLegendMm, room.height};
    room.width -= kLegendMm + kGapMm;
  } else {
    layout.legend_columns = paper.width > 250 ? 4 : 3;
    const double column = room.width / static_cast<double>(layout.legend_columns) - kGapMm;
    const double height = legend_height(layout.legend_columns, column);
    layout.legend = {room.left, room.top + room.height - height, room.width, height};
    room.height -= height + kGapMm;
  }
  const std::vector<PageBox> insets = place_insets(parts.size() - 1, lying, room);
  add_frames(parts, room, insets, layout);
  return layout;
}

}  // namespace

PageLayout lay_out_page(const std::vector<MapPart>& parts, const double short_side_mm, const double long_side_mm,
                        const PageWords& words, const LegendHeight& legend_height) {
  PageLayout lying = lay_out(parts, true, {0, 0, long_side_mm, short_side_mm}, words, legend_height);
  PageLayout standing = lay_out(parts, false, {0, 0, short_side_mm, long_side_mm}, words, legend_height);
  return standing.frames.front().mm_per_m > lying.frames.front().mm_per_m ? standing : lying;
}

PageLayout lay_out_figure(const std::vector<MapPart>& parts, const double width_mm, const double most_height_mm,
                          const LegendHeight& legend_height) {
  const double legend_mm = std::min(kLegendMm, width_mm * 0.34);
  const double legend = legend_height(1, legend_mm);
  PageLayout layout{.width_mm = width_mm};
  PageBox room{0, 1, width_mm - legend_mm - kGapMm, most_height_mm};
  std::vector<PageBox> insets = place_insets(parts.size() - 1, true, room);
  const Box& box = parts.front().box;
  const double height = room.width * (box.max_y - box.min_y) / std::max(box.max_x - box.min_x, 1.0);
  room.height = std::min(most_height_mm, height);
  add_frames(parts, room, insets, layout);
  layout.height_mm = std::max(insets.empty() ? room.height : most_height_mm, legend) + 2;
  layout.legend = {width_mm - legend_mm, 0, legend_mm, layout.height_mm};
  return layout;
}

}  // namespace maillage::detail
