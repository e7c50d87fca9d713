#include "maps/svg_map.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <regex>

#include "engine/core/error.hpp"
#include "maps/colour.hpp"
#include "maps/map_labels.hpp"
#include "maps/map_legend.hpp"
#include "maps/page_layout.hpp"
#include "maps/text_measure.hpp"

namespace maillage {
namespace {

/// A checkerboard of communes, 10 km each, whose cost is 2,000 x column.
LayerSet board(const std::size_t columns, const std::size_t rows, const double shift_m = 0) {
  Layer communes{.name = "communes", .title = {"Communes", "Communes"}, .geometry = GeometryKind::multi_polygon};
  for (const char* name : {"code", "nom", "departement_nom"}) {
    communes.fields.push_back({.name = name, .short_name = name});
  }
  communes.fields.push_back({.name = "population", .short_name = "POP", .type = FieldType::integer, .unit = "hab"});
  communes.fields.push_back({.name = "cout", .short_name = "COUT", .type = FieldType::integer, .unit = "m"});
  communes.columns.resize(communes.fields.size());
  for (std::size_t row = 0; row < rows; ++row) {
    for (std::size_t column = 0; column < columns; ++column) {
      const double x = shift_m + static_cast<double>(column) * 10'000;
      const double y = static_cast<double>(row) * 10'000;
      const std::vector<Point> ring{{x, y}, {x + 10'000, y}, {x + 10'000, y + 10'000}, {x, y + 10'000}, {x, y}};
      communes.areas.add_ring(ring);
      communes.areas.end_polygon();
      communes.areas.end_area();
      communes.columns[0].push_back("C" + std::to_string(row * columns + column));
      communes.columns[1].push_back("Ville <" + std::to_string(row * columns + column) + ">");
      communes.columns[2].push_back(std::string{"Aisne"});
      communes.columns[3].push_back(static_cast<std::int64_t>(100 * (row * columns + column)));
      communes.columns[4].push_back(static_cast<std::int64_t>(column * 2'000));
    }
  }
  return {.territory = "Ici", .plane = "EPSG:2154", .layers = {communes}};
}

MapDocument document() {
  LayerView costs{.layer = "communes", .name = "couts", .title = {"Coûts", "Costs"}, .field = "cout"};
  costs.classes = {{.holds = ViewClass::Holds::interval,
                    .below = 5'000,
                    .label = {"Moins de 5 km", "Under 5 km"},
                    .symbol = {.colour = "#111111"}},
                   {.holds = ViewClass::Holds::interval,
                    .from = 5'000,
                    .label = {"5 km et plus", "5 km or more"},
                    .symbol = {.colour = "#222222"}},
                   {.holds = ViewClass::Holds::rest, .label = {"Sans valeur", "No value"}, .symbol = {.colour = "#333333"}}};
  costs.legend = {"Distance (km)", "Distance (km)"};
  LayerView people{.layer = "communes", .name = "gens", .title = {"Habitants", "Inhabitants"}};
  people.classes = {{.label = {"Communes", "Communes"}, .symbol = {.colour = "#f0f0f0"}}};
  people.circles = ProportionalCircles{.field = "population",
                                       .largest_value = 2'300,
                                       .largest_mm = 12,
                                       .colour = "#0570b0",
                                       .legend = {"Habitants (hab)", "Inhabitants"}};
  return {.title = "Étude",
          .territory = "Ici",
          .sources = {{"IGN & INSEE", "IGN & INSEE"}},
          .data_date = {"2024", "2024"},
          .views = {costs, people},
          .maps = {{.name = "couts",
                    .title = {"Qui est <loin> ?", "Who is <far>?"},
                    .question = {"Où ?", "Where?"},
                    .views = {"couts"}},
                   {.name = "gens", .title = {"Gens", "People"}, .views = {"gens"}}}};
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++found;
  }
  return found;
}

/// The paths of the group that is filled with a colour.
std::size_t paths_filled(const std::string& svg, const std::string& colour) {
  std::size_t found = 0;
  const std::string begin = "fill=\"" + colour + "\"";
  for (std::size_t at = svg.find("<g fill-rule=\"evenodd\" " + begin); at != std::string::npos;
       at = svg.find("<g fill-rule=\"evenodd\" " + begin, at + 1)) {
    found += count(svg.substr(at, svg.find("</g>", at) - at), "<path");
  }
  return found;
}

TEST(SvgMaps, ThePageSaysAllThatAMapMustSay) {
  const LayerSet layers = board(6, 4);
  const MapDocument maps = document();
  const std::string svg = MapDrawing{maps, layers, maps.maps[0]}.page({});
  EXPECT_TRUE(
      svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"297mm\" height=\"210mm\" viewBox=\"0 0 297 210\""));
  for (const char* wanted :
       {"<title>Qui est &lt;loin&gt; ?</title>", "<desc>", "Ici · Où ?", "Distance (km)", "Moins de 5 km", ">N</text>",
        "Échelle 1", "Sources : IGN &amp; INSEE. Données : 2024.", "Ville &lt;23&gt;"}) {
    EXPECT_NE(svg.find(wanted), std::string::npos) << wanted;
  }
  EXPECT_EQ(svg.find("<style"), std::string::npos);
  EXPECT_EQ(svg.find("style="), std::string::npos);
  EXPECT_EQ(svg.find("Sans valeur"), std::string::npos);  // nothing is in it
  EXPECT_EQ(svg, (MapDrawing{maps, layers, maps.maps[0]}.page({})));
}

TEST(SvgMaps, DrawsEachFeatureInTheClassThatClassesOfGives) {
  const LayerSet layers = board(6, 4);
  const MapDocument maps = document();
  const std::string svg = MapDrawing{maps, layers, maps.maps[0]}.page({});
  const auto classes = classes_of(maps.views[0], layers.layers[0]);
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(paths_filled(svg, maps.views[0].classes[k].symbol.colour),
              static_cast<std::size_t>(std::ranges::count(classes, std::optional{k})));
  }
}

TEST(SvgMaps, AStandingTerritoryHasAStandingPage) {
  const MapDocument maps = document();
  const LayerSet tall = board(3, 9);
  EXPECT_NE((MapDrawing{maps, tall, maps.maps[0]}.page({}).find("width=\"210mm\" height=\"297mm\"")), std::string::npos);
  const LayerSet wide = board(9, 3);
  EXPECT_NE((MapDrawing{maps, wide, maps.maps[0]}.page({.paper = PaperSize::a3}).find("width=\"420mm\" height=\"297mm\"")),
            std::string::npos);
}

TEST(SvgMaps, TheScaleBarIsAsLongAsItSays) {
  for (const double mm_per_m : {1.3e-3, 8e-4, 2.1e-5, 4.2e-6}) {
    const double length_m = detail::scale_bar_m(mm_per_m, 34);
    EXPECT_LE(length_m * mm_per_m, 34 + 1e-9);
    EXPECT_GT(length_m * mm_per_m, 34 / 2.6);
    const double digit = length_m / std::pow(10, std::floor(std::log10(length_m) + 1e-9));
    EXPECT_TRUE(std::abs(digit - 1) < 1e-9 || std::abs(digit - 2) < 1e-9 || std::abs(digit - 5) < 1e-9) << length_m;
  }
  // On the page: two columns of the board are 20 km; the bar says how many millimetres of its own those are.
  const std::string bar = detail::draw_scale_bar(0, 0, 0.002, 34, Language::french);
  EXPECT_NE(bar.find("h20v"), std::string::npos) << bar;
  EXPECT_NE(bar.find("10\u00a0km"), std::string::npos);
  EXPECT_EQ(detail::scale_ratio(1000.0 / 1'250'000, Language::french), "1\u00a0:\u00a01\u202f250\u202f000");
}

TEST(SvgMaps, OverseasPartsHaveFramesWithScalesOfTheirOwn) {
  LayerSet layers = board(6, 4);
  LayerSet far = board(2, 2, 20'000'000);
  Layer& communes = layers.layers[0];
  for (std::size_t area = 0; area < 4; ++area) {
    communes.areas.add_area(far.layers[0].areas, AreaIndex{area});
    for (std::size_t field = 0; field < communes.columns.size(); ++field) {
      communes.columns[field].push_back(field == 2 ? Value{std::string{"Guadeloupe"}} : far.layers[0].columns[field][area]);
    }
  }
  const MapDocument maps = document();
  const std::string svg = MapDrawing{maps, layers, maps.maps[0]}.page({});
  EXPECT_EQ(count(svg, "<clipPath"), 1U);
  EXPECT_NE(svg.find(">Guadeloupe</text>"), std::string::npos);
  EXPECT_EQ(count(svg, "\u00a0km</text>"), 2U);  // two scale bars
  EXPECT_EQ(paths_filled(svg, "#111111"), 3U * 4U + 4U);
}

TEST(SvgMaps, AWindowShowsOnlyItsSurroundings) {
  const LayerSet layers = board(20, 20);
  const MapDocument maps = document();
  const std::string svg =
      MapDrawing{maps, layers, maps.maps[0]}.figure({.window = Box{50'500, 50'500, 69'500, 69'500}, .highlighted = "C105"});
  EXPECT_EQ(paths_filled(svg, "#111111") + paths_filled(svg, "#222222"), 4U);
  EXPECT_EQ(count(svg, "<clipPath"), 1U);
}

TEST(SvgMaps, CirclesAreProportionalAndHaveReferences) {
  const LayerSet layers = board(6, 4);
  const MapDocument maps = document();
  const std::string svg = MapDrawing{maps, layers, maps.maps[1]}.figure({});
  EXPECT_NE(svg.find("r=\"6\""), std::string::npos);  // the largest is 12 mm wide
  const std::vector<double> values = detail::reference_values(2'300);
  EXPECT_EQ(values, (std::vector<double>{2'000, 200, 50}));
  EXPECT_NE(svg.find("2\u202f000\u00a0hab"), std::string::npos);
}

TEST(SvgMaps, UnknownViewsAreRefused) {
  const LayerSet layers = board(2, 2);
  MapDocument maps = document();
  maps.maps[0].views = {"rien"};
  EXPECT_THROW((void)(MapDrawing{maps, layers, maps.maps[0]}), ArgumentError);
}

TEST(MapLabels, NeverOverlapNorLeaveTheirRoom) {
  std::vector<detail::LabelCandidate> towns;
  std::uint32_t state = 7;
  const auto next = [&] { return (state = state * 1'664'525U + 1'013'904'223U) >> 8U; };
  for (int k = 0; k < 400; ++k) {
    towns.push_back({.name = "Ville-" + std::to_string(k) + std::string(next() % 12, 'e'),
                     .population = static_cast<std::int64_t>(next() % 100'000),
                     .position = {static_cast<double>(next() % 2'000) / 10, static_cast<double>(next() % 1'500) / 10}});
  }
  const auto labels = detail::place_labels(towns, {0, 0, 200, 150}, 120, 3);
  ASSERT_GT(labels.size(), 40U);
  for (std::size_t a = 0; a < labels.size(); ++a) {
    EXPECT_GE(labels[a].box.min_x, 0);
    EXPECT_LE(labels[a].box.max_x, 200);
    for (std::size_t b = a + 1; b < labels.size(); ++b) {
      EXPECT_FALSE(detail::overlap(labels[a].box, labels[b].box)) << labels[a].name << ' ' << labels[b].name;
    }
  }
  // The largest of all is there, whatever the order of the candidates.
  const auto largest = std::ranges::max_element(towns, {}, &detail::LabelCandidate::population);
  EXPECT_EQ(labels.front().name, largest->name);
  std::ranges::reverse(towns);
  EXPECT_EQ(detail::place_labels(towns, {0, 0, 200, 150}, 120, 3).back().name, labels.back().name);
}

TEST(TextMeasure, CountsLettersNotBytesAndBreaksAtSpaces) {
  EXPECT_DOUBLE_EQ(detail::text_width("abc", 10), 10 * (556 + 556 + 500) / 1000.0);
  EXPECT_DOUBLE_EQ(detail::text_width("é", 10), 5.56);
  EXPECT_GT(detail::text_width("abc", 10, true), detail::text_width("abc", 10));
  EXPECT_EQ(detail::wrapped("un deux trois", 10, 45), (std::vector<std::string>{"un deux", "trois"}));
  EXPECT_EQ(detail::wrapped("anticonstitutionnellement", 10, 5).size(), 1U);
  EXPECT_TRUE(detail::wrapped("", 10, 5).empty());
}

/// Contrast of each text of a drawing with white, and whether names that lie on communes have a white halo around them.
void expect_readable(const std::string& svg) {
  const std::regex part{"<(g|/g|svg|text)([^>]*)>"};
  const std::regex fill{"fill=\"(#[0-9a-f]{6})\""};
  const LinearColour white = linear_colour("#ffffff");
  std::vector<std::string> fills;
  std::size_t texts = 0;
  for (auto match = std::sregex_iterator{svg.begin(), svg.end(), part}; match != std::sregex_iterator{}; ++match) {
    const std::string attributes = (*match)[2];
    std::smatch own;
    const std::string colour =
        std::regex_search(attributes, own, fill) ? own[1].str() : fills.empty() ? std::string{"#000000"} : fills.back();
    if ((*match)[1] == "/g") {
      fills.pop_back();
    } else if ((*match)[1] != "text") {
      fills.push_back(colour);
    } else {
      ++texts;
      EXPECT_GE(contrast_ratio(linear_colour(colour), white), kTextContrast) << match->str();
    }
  }
  EXPECT_GT(texts, 4U);
}

TEST(MapDrawings, TextIsReadOnWhatIsBehindIt) {
  const LayerSet layers = board(6, 4);
  const MapDocument maps = document();
  for (const MapView& map : maps.maps) {
    const MapDrawing drawing{maps, layers, map};
    for (const std::string& svg : {drawing.page({}), drawing.figure({})}) {
      expect_readable(svg);
      // Legend, title and foot stand on the white page. Names lie on communes: the halo is white, as opaque as can be, and as wide
      // as a letter's stroke on both sides.
      const std::size_t names = svg.find("stroke=\"#ffffff\" stroke-linejoin=\"round\" paint-order=\"stroke\"");
      ASSERT_NE(names, std::string::npos);
      const std::string group = svg.substr(names, svg.find("</g>", names) - names);
      EXPECT_NE(group.find("<text"), std::string::npos);
      EXPECT_EQ(group.find("stroke-opacity"), std::string::npos);
      const std::regex text{"<text[^>]*>"};
      for (auto match = std::sregex_iterator{group.begin(), group.end(), text}; match != std::sregex_iterator{}; ++match) {
        EXPECT_NE(match->str().find("stroke-width=\"0.7\""), std::string::npos) << match->str();
      }
    }
  }
}

}  // namespace
}  // namespace maillage
