#include <oneapi/tbb/parallel_sort.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/core/parallel.hpp"
#include "engine/geometry/hilbert.hpp"
#include "engine/network/snap.hpp"

namespace maillage {

namespace {

constexpr std::size_t kRoadsPerBlock = 8'192;

template <typename B>
void extend(B& box, const B& other) {
  box.min_x = std::min(box.min_x, other.min_x);
  box.min_y = std::min(box.min_y, other.min_y);
  box.max_x = std::max(box.max_x, other.max_x);
  box.max_y = std::max(box.max_y, other.max_y);
}

}  // namespace

/// Cuts roads into pieces, sorts them along the curve and packs boxes over them.
class RoadLocatorBuilder {
 public:
  RoadLocatorBuilder(RoadLocator& locator, const RoadNetwork& network, const RoadComponents& components)
      : locator_(locator), network_(network), components_(components) {}

  void build() {
    measure();
    sort_pieces();
    pack_boxes();
  }

 private:
  struct SortedPiece {
    std::uint64_t key;
    RoadLocator::Piece piece;
    friend bool operator<(const SortedPiece& a, const SortedPiece& b) {
      if (a.key != b.key) {
        return a.key < b.key;
      }
      return a.piece.road != b.piece.road ? a.piece.road < b.piece.road : a.piece.first_segment < b.piece.first_segment;
    }
  };

  [[nodiscard]] bool is_open(const RoadIndex road) const {
    return network_.road(road).forward_ms != kClosed || network_.road(road).backward_ms != kClosed;
  }
  [[nodiscard]] Box box_of(const RoadIndex road, const std::size_t first_segment) const {
    Box box;
    const std::size_t last = std::min(first_segment + RoadLocator::kPieceSegments, road_segments(network_, road));
    for (std::size_t k = first_segment; k <= last; ++k) {
      box.extend(road_vertex(network_, road, k));
    }
    return box;
  }
  [[nodiscard]] static RoadLocator::CoarseBox coarse(const Box& box) {
    const auto below = [](const double x) {
      return std::nextafter(static_cast<float>(x), -std::numeric_limits<float>::infinity());
    };
    const auto above = [](const double x) {
      return std::nextafter(static_cast<float>(x), std::numeric_limits<float>::infinity());
    };
    return {below(box.min_x), below(box.min_y), above(box.max_x), above(box.max_y)};
  }
  template <typename Visit>
  void for_roads(const Visit& visit) const {
    parallel_for_blocks(network_.roads.size(), kRoadsPerBlock, [&](const std::size_t begin, const std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        if (is_open(RoadIndex{k})) {
          visit(begin / kRoadsPerBlock, RoadIndex{k});
        }
      }
    });
  }

  /// The box of everything, and the place of each block's first piece.
  void measure() {
    const std::size_t blocks = (network_.roads.size() + kRoadsPerBlock - 1) / kRoadsPerBlock;
    std::vector<Box> boxes(blocks);
    first_piece_.assign(blocks + 1, 0);
    for_roads([&](const std::size_t block, const RoadIndex road) {
      const std::size_t segments = road_segments(network_, road);
      for (std::size_t k = 0; k <= segments; ++k) {
        boxes[block].extend(road_vertex(network_, road, k));
      }
      first_piece_[block + 1] += (segments + RoadLocator::kPieceSegments - 1) / RoadLocator::kPieceSegments;
    });
    for (std::size_t block = 0; block < blocks; ++block) {
      extend(locator_.box_, boxes[block]);
      first_piece_[block + 1] += first_piece_[block];
    }
  }

  void sort_pieces() {
    const HilbertSquare square(locator_.box_);
    std::vector<SortedPiece> sorted(first_piece_.back());
    std::vector<std::size_t> place(first_piece_);
    for_roads([&](const std::size_t block, const RoadIndex road) {
      const bool in_biggest = lies_in(network_, road, components_, components_.biggest_strong);
      for (std::size_t k = 0; k < road_segments(network_, road); k += RoadLocator::kPieceSegments) {
        const Box box = box_of(road, k);
        sorted[place[block]++] = {square.key({(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2}),
                                  {road.value(), static_cast<std::uint32_t>(k) & 0x7fffffffU, in_biggest ? 1U : 0U}};
      }
    });
    oneapi::tbb::parallel_sort(sorted.begin(), sorted.end());
    locator_.pieces_.resize(sorted.size());
    for (std::size_t k = 0; k < sorted.size(); ++k) {
      locator_.pieces_[k] = sorted[k].piece;
    }
  }

  void pack_boxes() {
    const auto& pieces = locator_.pieces_;
    const auto groups = [](const std::size_t size, const std::size_t each) { return (size + each - 1) / each; };
    std::vector<RoadLocator::CoarseBox> level(groups(pieces.size(), RoadLocator::kLeafPieces));
    parallel_for_blocks(pieces.size(), kRoadsPerBlock, [&](const std::size_t begin, const std::size_t end) {
      for (std::size_t k = begin; k < end; ++k) {
        extend(level[k / RoadLocator::kLeafPieces],
               coarse(box_of(RoadIndex{std::size_t{pieces[k].road}}, pieces[k].first_segment)));
      }
    });
    static_assert(kRoadsPerBlock % RoadLocator::kLeafPieces == 0, "a group is filled by one thread");
    while (level.size() > 1) {
      std::vector<RoadLocator::CoarseBox> above(groups(level.size(), RoadLocator::kFanOut));
      for (std::size_t k = 0; k < level.size(); ++k) {
        extend(above[k / RoadLocator::kFanOut], level[k]);
      }
      locator_.levels_.push_back(std::move(level));
      level = std::move(above);
    }
    if (!level.empty()) {
      locator_.levels_.push_back(std::move(level));
    }
  }

  RoadLocator& locator_;
  const RoadNetwork& network_;
  const RoadComponents& components_;
  std::vector<std::size_t> first_piece_;
};

RoadLocator::RoadLocator(const RoadNetwork& network, const RoadComponents& components) : network_(&network) {
  RoadLocatorBuilder{*this, network, components}.build();
}

std::size_t RoadLocator::bytes() const {
  std::size_t sum = pieces_.capacity() * sizeof(Piece);
  for (const std::vector<CoarseBox>& level : levels_) {
    sum += level.capacity() * sizeof(CoarseBox);
  }
  return sum;
}

}  // namespace maillage
