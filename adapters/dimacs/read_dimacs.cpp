#include "adapters/dimacs/read_dimacs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/file/file_mapping.hpp"
#include "adapters/proj/road_plane.hpp"
#include "engine/network/pair_arcs.hpp"

namespace maillage {
namespace {

constexpr double kDegreesPerUnit = 1e-6;
constexpr std::int64_t kMostNodes = 0xfffffffe;
constexpr std::int64_t kMostArcs = 0x7ffffffe;

/// A text file of the challenge, line after line.
class Lines {
 public:
  explicit Lines(std::filesystem::path path) : path_(std::move(path)), mapping_(path_) {
    const auto bytes = mapping_.bytes();
    rest_ = {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }

  /// The next line that is neither empty nor a comment.
  [[nodiscard]] std::optional<std::string_view> next() {
    while (!rest_.empty()) {
      const std::size_t end = rest_.find('\n');
      line_ = rest_.substr(0, end);
      rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
      ++number_;
      if (line_.ends_with('\r')) {
        line_.remove_suffix(1);
      }
      if (!line_.empty() && line_.front() != 'c') {
        return line_;
      }
    }
    return std::nullopt;
  }
  /// The whole numbers after a line's first words, exactly as many as wanted.
  template <std::size_t N>
  [[nodiscard]] std::array<std::int64_t, N> numbers(const std::string_view words) const {
    std::array<std::int64_t, N> values{};
    std::string_view text = line_;
    if (!text.starts_with(words)) {
      unknown();
    }
    text.remove_prefix(words.size());
    for (std::int64_t& value : values) {
      const std::size_t start = text.find_first_not_of(" \t");
      if (start == 0 || start == std::string_view::npos) {
        unknown();
      }
      text.remove_prefix(start);
      const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
      if (parsed.ec != std::errc{}) {
        unknown();
      }
      text.remove_prefix(static_cast<std::size_t>(parsed.ptr - text.data()));
    }
    if (text.find_first_not_of(" \t") != std::string_view::npos) {
      unknown();
    }
    return values;
  }
  [[noreturn]] void fail(const Text& why) const {
    throw InputError(Text{.french = fmt::format("{}, ligne {} : {}", path_.string(), number_, why.french),
                          .english = fmt::format("{}, line {}: {}", path_.string(), number_, why.english)});
  }
  [[noreturn]] void unknown() const {
    const std::string shown{line_.substr(0, 40)};
    fail({.french = fmt::format("« {} » n'est pas une ligne du format DIMACS attendu ici", shown),
          .english = fmt::format("'{}' is not a line of the DIMACS format wanted here", shown)});
  }
  void require_count(const std::int64_t found, const std::int64_t announced) const {
    if (found != announced) {
      fail({.french = fmt::format("{} lignes de données, {} annoncées ; fichier tronqué ?", found, announced),
            .english = fmt::format("{} lines of data, {} announced; cut short?", found, announced)});
    }
  }
  /// A number of announced things: no more than there is room for, so that nothing is reserved on a lie.
  [[nodiscard]] std::int64_t announced(const std::int64_t count, const std::int64_t most) const {
    if (count < 0 || count > most || count > static_cast<std::int64_t>(mapping_.bytes().size())) {
      fail({.french = fmt::format("{} annoncés : plus que le fichier ne peut en contenir", count),
            .english = fmt::format("{} announced: more than the file can hold", count)});
    }
    return count;
  }

 private:
  std::filesystem::path path_;
  FileMapping mapping_;
  std::string_view rest_;
  std::string_view line_;
  std::int64_t number_ = 0;
};

std::vector<Point> read_positions(const std::filesystem::path& path) {
  Lines lines{path};
  if (!lines.next()) {
    lines.unknown();
  }
  const std::int64_t nodes = lines.announced(lines.numbers<1>("p aux sp co")[0], kMostNodes);
  std::vector<Point> degrees(static_cast<std::size_t>(nodes), Point{NAN, NAN});
  std::int64_t found = 0;
  while (lines.next()) {
    const auto [node, x, y] = lines.numbers<3>("v");
    if (node < 1 || node > nodes || !std::isnan(degrees[static_cast<std::size_t>(node - 1)].x)) {
      lines.fail({.french = fmt::format("le sommet {} n'est pas annoncé, ou vient deux fois", node),
                  .english = fmt::format("node {} is not announced, or comes twice", node)});
    }
    const Point point{static_cast<double>(x) * kDegreesPerUnit, static_cast<double>(y) * kDegreesPerUnit};
    if (std::abs(point.x) > 180 || std::abs(point.y) > 90) {
      lines.fail({.french = fmt::format("({} ; {}) n'est pas une position en millionièmes de degré", x, y),
                  .english = fmt::format("({}; {}) is not a position in millionths of degrees", x, y)});
    }
    degrees[static_cast<std::size_t>(node - 1)] = point;
    ++found;
  }
  lines.require_count(found, nodes);
  return degrees;
}

/// Arcs of a .gr, with the weight as time_ms.
DirectedArcs read_arcs(const std::filesystem::path& path, const std::size_t nodes, const double unit) {
  Lines lines{path};
  if (!lines.next()) {
    lines.unknown();
  }
  const auto [announced_nodes, announced_arcs] = lines.numbers<2>("p sp");
  if (announced_nodes != static_cast<std::int64_t>(nodes)) {
    lines.fail({.french = fmt::format("{} sommets annoncés, mais {} dans le fichier de positions", announced_nodes, nodes),
                .english = fmt::format("{} nodes announced, but {} in the file of positions", announced_nodes, nodes)});
  }
  const std::int64_t count = lines.announced(announced_arcs, kMostArcs);
  DirectedArcs arcs;
  arcs.arcs.reserve(static_cast<std::size_t>(count));
  while (lines.next()) {
    const auto [tail, head, weight] = lines.numbers<3>("a");
    if (tail < 1 || tail > announced_nodes || head < 1 || head > announced_nodes) {
      lines.fail({.french = fmt::format("l'arc {} -> {} mène hors des {} sommets", tail, head, nodes),
                  .english = fmt::format("arc {} -> {} leads outside the {} nodes", tail, head, nodes)});
    }
    const double scaled = static_cast<double>(weight) * unit;
    if (!(scaled >= 0 && scaled <= kLongestArc)) {
      lines.fail({.french = fmt::format("poids {} impossible : négatif, ou trop grand", weight),
                  .english = fmt::format("impossible weight {}: negative, or too large", weight)});
    }
    arcs.arcs.push_back({.tail = RoadNodeIndex{static_cast<std::size_t>(tail - 1)},
                         .head = RoadNodeIndex{static_cast<std::size_t>(head - 1)},
                         .time_ms = static_cast<std::uint32_t>(std::llround(scaled))});
  }
  lines.require_count(static_cast<std::int64_t>(arcs.arcs.size()), count);
  return arcs;
}

void take_lengths(DirectedArcs& arcs, const std::size_t nodes, const DimacsOptions& options) {
  const DirectedArcs lengths = read_arcs(options.lengths, nodes, options.cm_per_unit);
  bool same = lengths.arcs.size() == arcs.arcs.size();
  for (std::size_t k = 0; same && k < arcs.arcs.size(); ++k) {
    same = lengths.arcs[k].tail == arcs.arcs[k].tail && lengths.arcs[k].head == arcs.arcs[k].head;
    arcs.arcs[k].length_cm = lengths.arcs[k].time_ms;
  }
  if (!same) {
    const std::string file = options.lengths.string();
    throw InputError(
        Text{.french = fmt::format("{} : ses arcs ne sont pas ceux du fichier de temps, dans le même ordre", file),
             .english = fmt::format("{}: its arcs are not those of the file of times, in the same order", file)});
  }
}

}  // namespace

Reading<ImportedRoads> read_dimacs(const std::filesystem::path& times, const std::filesystem::path& positions,
                                   const DimacsOptions& options) {
  if (!(options.ms_per_unit > 0) || !(options.cm_per_unit > 0)) {
    throw ArgumentError("read_dimacs: units must be positive");
  }
  Reading<ImportedRoads> reading;
  RoadNetworkParts& parts = reading.value.parts;
  parts.nodes = read_positions(positions);
  DirectedArcs arcs = read_arcs(times, parts.nodes.size(), options.ms_per_unit);
  if (!options.lengths.empty()) {
    take_lengths(arcs, parts.nodes.size(), options);
  }
  std::int64_t loops = 0;
  for (DirectedArc& arc : arcs.arcs) {
    loops += arc.tail == arc.head ? 1 : 0;
    if (options.lengths.empty()) {
      // Measured from the smaller node, so that both directions are of one length.
      const auto [low, high] = std::minmax(arc.tail, arc.head);
      const double metres = ground_distance_m(parts.nodes[low.value()], parts.nodes[high.value()]);
      arc.length_cm = std::min(kLongestArc, static_cast<std::uint32_t>(std::llround(metres * 100)));
    }
  }
  parts.crs = to_road_plane({.definition = "OGC:CRS84", .geographic = true}, {parts.nodes}, options.crs);
  parts.mode = options.mode;
  PairedRoads paired = pair_arcs(arcs);
  reading.rows_in = static_cast<std::int64_t>(arcs.arcs.size());
  reading.value.counts = {{"nodes", static_cast<std::int64_t>(parts.nodes.size())},
                          {"arcs_in", reading.rows_in},
                          {"loops", loops},
                          {"roads", static_cast<std::int64_t>(paired.roads.size())},
                          {"two_way_roads", static_cast<std::int64_t>(paired.two_way)}};
  reading.value.arc_of_input = std::move(paired.arc_of_input);
  parts.roads = std::move(paired.roads);
  parts.shape_first = std::move(paired.shape_first);
  return reading;
}

}  // namespace maillage
