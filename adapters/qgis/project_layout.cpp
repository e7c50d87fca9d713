#include "adapters/qgis/project_layout.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <cmath>
#include <string_view>

#include "maps/qgis_symbols.hpp"

namespace maillage::detail {

namespace {

constexpr std::string_view kMapId = "{maillage-carte}";
constexpr double kPageWidthMm = 297;
constexpr double kPageHeightMm = 210;

// An arrow and its letter: the same everywhere, whatever pictures a computer's QGIS has. QGIS fills and strokes the params.
constexpr std::string_view kNorthArrow =
    R"(<svg xmlns="http://www.w3.org/2000/svg" width="60" height="100" viewBox="0 0 60 100"><path d="M30 30 L50 95 L30 82 L10 95 Z" fill="#252525"/><path d="M19 26 V4 H24 L36 19 V4 H41 V26 H36 L24 11 V26 Z" fill="#252525"/></svg>)";

/// Kinds of items, as QGIS numbers them.
constexpr int kPage = 65638;
constexpr int kMap = 65639;
constexpr int kPicture = 65640;
constexpr int kLabel = 65641;
constexpr int kLegend = 65642;
constexpr int kScaleBar = 65646;

struct Place {
  double x_mm;
  double y_mm;
  double width_mm;
  double height_mm;
};
constexpr Place kTitlePlace{10, 6, 277, 11};
constexpr Place kMapPlace{10, 19, 192, 172};
constexpr Place kLegendPlace{204, 19, 85, 172};
constexpr Place kNorthPlace{190, 22, 9, 15};
constexpr Place kScalePlace{12, 177, 60, 12};
constexpr Place kSourcesPlace{10, 193, 277, 12};

std::string base64(const std::string_view bytes) {
  constexpr std::size_t kGroup = 3;
  std::string text((bytes.size() + kGroup - 1) / kGroup * 4 + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

/// Items drawn later lie over those before.
int above_page(const int type) {
  return type == kPage ? 0 : type == kMap ? 1 : 2;
}

std::string item(const int type, const std::string& id, const Place& place, const std::string& attributes,
                 const std::string& content) {
  const std::string uuid = "{maillage-" + id + "}";
  return fmt::format(
      "<LayoutItem type=\"{0}\" id=\"{1}\" uuid=\"{2}\" templateUuid=\"{2}\" position=\"{3},{4},mm\" "
      "positionOnPage=\"{3},{4},mm\" size=\"{5},{6},mm\" visibility=\"1\" opacity=\"1\" blendMode=\"0\" "
      "referencePoint=\"0\" itemRotation=\"0\" positionLock=\"false\" excludeFromExports=\"0\" groupUuid=\"\" zValue=\"{9}\" {7}>"
      "<FrameColor red=\"99\" green=\"99\" blue=\"99\" alpha=\"255\"/>"
      "<BackgroundColor red=\"255\" green=\"255\" blue=\"255\" alpha=\"255\"/>{8}</LayoutItem>\n",
      type, id, uuid, place.x_mm, place.y_mm, place.width_mm, place.height_mm, attributes, content,
      above_page(type));
}

std::string font(const int points, const int weight) {
  return fmt::format("Sans Serif,{},-1,5,{},0,0,0,0,0", points, weight);
}

std::string label(const std::string& id, const Place& place, const std::string& text, const std::string& letters) {
  constexpr int kMiddle = 128;
  return item(kLabel, id, place,
              fmt::format("frame=\"false\" background=\"false\" htmlState=\"0\" halign=\"1\" valign=\"{}\" marginX=\"0\" "
                          "marginY=\"0\" labelText=\"{}\"",
                          kMiddle, xml_escape(text)),
              fmt::format("<LabelFont description=\"{}\" style=\"\"/><FontColor red=\"37\" green=\"37\" blue=\"37\" "
                          "alpha=\"255\"/>",
                          letters));
}

std::string map_item(const ProjectFrame& frame) {
  const Box shown = framed(frame.extent, kMapPlace.width_mm / kMapPlace.height_mm);
  return item(kMap, "carte", kMapPlace,
              "frame=\"true\" outlineWidthM=\"0.2,mm\" background=\"true\" keepLayerSet=\"false\" followPreset=\"false\" "
              "mapRotation=\"0\" drawCanvasItems=\"true\" mapFlags=\"0\" isTemporal=\"0\" labelMargin=\"0,mm\"",
              fmt::format("<Extent xmin=\"{}\" ymin=\"{}\" xmax=\"{}\" ymax=\"{}\"/><LayerSet/>", shown.min_x, shown.min_y,
                          shown.max_x, shown.max_y));
}

std::string legend_item(const Language language) {
  const std::string title = language == Language::french ? "Légende" : "Legend";
  std::string styles;
  constexpr int kBold = 75;
  constexpr int kPlain = 50;
  struct Part {
    const char* name;
    int points;
    int weight;
    double above_mm;
  };
  for (const Part& part : std::array<Part, 5>{{{"title", 10, kBold, 0},
                                               {"group", 8, kBold, 3},
                                               {"subgroup", 8, kBold, 3},
                                               {"symbol", 7, kPlain, 1.2},
                                               {"symbolLabel", 7, kPlain, 1.2}}}) {
    styles += fmt::format("<style name=\"{}\" alignment=\"1\" indent=\"0\" marginTop=\"{}\" marginLeft=\"2\">"
                          "<styleFont style=\"\" description=\"{}\"/></style>",
                          part.name, part.above_mm, font(part.points, part.weight));
  }
  return item(kLegend, "legende", kLegendPlace,
              fmt::format("frame=\"false\" background=\"true\" title=\"{}\" titleAlignment=\"1\" map_uuid=\"{}\" "
                          "legendFilterByMap=\"1\" legendFilterByAtlas=\"0\" resizeToContents=\"1\" columnCount=\"1\" "
                          "splitLayer=\"0\" equalColumnWidth=\"0\" symbolWidth=\"6\" symbolHeight=\"3.5\" lineSpacing=\"1\" "
                          "boxSpace=\"2\" columnSpace=\"2\" symbolAlignment=\"1\" fontColor=\"#252525\" wrapChar=\"\" "
                          "maxSymbolSize=\"0\" minSymbolSize=\"0\" wmsLegendWidth=\"50\" wmsLegendHeight=\"25\" "
                          "rasterBorder=\"1\" rasterBorderColor=\"0,0,0,255\" rasterBorderWidth=\"0\"",
                          title, kMapId),
              "<styles>" + styles + "</styles>");
}

/// Kilometres of one of two segments, so that the bar is a quarter of the map at most: 1, 2 or 5 times a power of ten.
double segment_km(const ProjectFrame& frame) {
  const Box shown = framed(frame.extent, kMapPlace.width_mm / kMapPlace.height_mm);
  constexpr double kSegmentsOfWidth = 8;
  const double most = (shown.max_x - shown.min_x) / 1000 / kSegmentsOfWidth;
  const double power = std::pow(10.0, std::floor(std::log10(most)));
  return power * (most / power >= 5 ? 5 : most / power >= 2 ? 2 : 1);
}

std::string scale_bar(const ProjectFrame& frame) {
  constexpr int kBarPoints = 8;
  return item(
      kScaleBar, "echelle", kScalePlace,
      fmt::format("frame=\"false\" background=\"false\" style=\"Single Box\" mapUuid=\"{}\" unitType=\"km\" unitLabel=\"km\" "
                  "numUnitsPerSegment=\"{}\" numMapUnitsPerScaleBarUnit=\"1\" numSegments=\"2\" numSegmentsLeft=\"0\" "
                  "segmentSizeMode=\"0\" minBarWidth=\"50\" maxBarWidth=\"150\" height=\"1.8\" labelBarSpace=\"1.5\" "
                  "boxContentSpace=\"1\" alignment=\"0\" labelVerticalPlacement=\"0\" labelHorizontalPlacement=\"0\" "
                  "outlineWidth=\"0.2\" lineJoinStyle=\"miter\" lineCapStyle=\"square\"",
                  kMapId, segment_km(frame)),
      fmt::format("<text-style fontSize=\"{}\" fontSizeUnit=\"Point\" textColor=\"37,37,37,255\" textOpacity=\"1\">"
                  "<text-buffer bufferDraw=\"1\" bufferSize=\"0.6\" bufferSizeUnits=\"MM\" "
                  "bufferColor=\"255,255,255,255\" bufferOpacity=\"1\"/></text-style>"
                  "<strokeColor red=\"37\" green=\"37\" blue=\"37\" alpha=\"255\"/>"
                  "<fillColor red=\"37\" green=\"37\" blue=\"37\" alpha=\"255\"/>"
                  "<fillColor2 red=\"255\" green=\"255\" blue=\"255\" alpha=\"255\"/>",
                  kBarPoints));
}

std::string north_arrow() {
  return item(kPicture, "nord", kNorthPlace,
              fmt::format("frame=\"false\" background=\"false\" file=\"base64:{}\" mode=\"1\" resizeMode=\"0\" "
                          "anchorPoint=\"4\" northMode=\"1\" northOffset=\"0\" pictureRotation=\"0\" mapUuid=\"{}\" "
                          "svgFillColor=\"37,37,37,255\" svgBorderColor=\"37,37,37,255\" svgBorderWidth=\"0\" "
                          "pictureWidth=\"{}\" pictureHeight=\"{}\"",
                          base64(kNorthArrow), kMapId, kNorthPlace.width_mm, kNorthPlace.height_mm),
              "");
}

std::string sources_text(const MapDocument& document, const Language language) {
  std::string text;
  for (const Text& source : document.sources) {
    text += (text.empty() ? "" : " ; ") + source.in(language);
  }
  if (!text.empty()) {
    text = (language == Language::french ? "Sources : " : "Sources: ") + text + ". ";
  }
  if (!document.data_date.in(language).empty()) {
    text += (language == Language::french ? "Données : " : "Data: ") + document.data_date.in(language) + ". ";
  }
  return text + (language == Language::french ? "Calculs et carte : Maillage." : "Computed and drawn by Maillage.");
}

}  // namespace

std::string layouts_xml(const ProjectFrame& frame, const MapDocument& document, const Language language) {
  if (frame.extent.empty()) {
    return "<Layouts/>\n";
  }
  constexpr int kTitlePoints = 15;
  constexpr int kSourcesPoints = 7;
  constexpr int kBold = 75;
  constexpr int kPlain = 50;
  const Symbol paper{.kind = Symbol::Kind::fill, .colour = "#ffffff", .border = "#ffffff", .border_mm = 0};
  const std::string page = item(kPage, "page", {0, 0, kPageWidthMm, kPageHeightMm}, "frame=\"false\" background=\"true\"",
                                fill_symbol("", paper.colour, paper.opacity, paper.border, paper.border_mm));
  const std::string name = language == Language::french ? "Carte A4" : "Map A4";
  return fmt::format(
      "<Layouts><Layout name=\"{}\" units=\"mm\" printResolution=\"300\" worldFileMap=\"{}\">\n"
      "<Snapper snapToGuides=\"1\" snapToItems=\"1\" snapToGrid=\"0\" tolerance=\"5\"/>\n<PageCollection>{}</PageCollection>\n",
      name, kMapId, page) +
         north_arrow() + scale_bar(frame) + legend_item(language) +
         label("sources", kSourcesPlace, sources_text(document, language), font(kSourcesPoints, kPlain)) +
         label("titre", kTitlePlace, document.title, font(kTitlePoints, kBold)) + map_item(frame) + "</Layout></Layouts>\n";
}

}  // namespace maillage::detail
