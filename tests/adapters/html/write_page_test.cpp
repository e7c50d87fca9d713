#include "adapters/html/write_page.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/file/gzip.hpp"
#include "adapters/html/packed_text.hpp"
#include "adapters/html/page_columns.hpp"
#include "adapters/html/page_data.hpp"
#include "adapters/html/page_fields.hpp"
#include "engine/core/error.hpp"
#include "maps/qgis_symbols.hpp"
#include "tests/support/ascii_territory.hpp"

namespace maillage {
namespace {

using nlohmann::json;
using test::draw_territory;

std::string inflated(const std::string_view packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 31), Z_OK);
  std::string text(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  text.resize(stream.total_out);
  inflateEnd(&stream);
  return text;
}

std::string between(const std::string& text, const std::string& begin, const std::string& end) {
  const std::size_t from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

Field field(const std::string& name, const FieldType type) {
  return {.name = name, .short_name = name, .type = type, .unit = "", .decimals = 2, .label = {name, name}, .meaning = {}};
}

Layer layer_of(const std::string& name, const GeometryKind geometry) {
  Layer layer;
  layer.name = name;
  layer.title = {name, name};
  layer.geometry = geometry;
  return layer;
}

// Communes A and B, a structure in each, a measure with its ranks.
struct Drawn {
  Territory territory = draw_territory({"AABB"});
  LayerSet layers;
  MapDocument document;

  Drawn() {
    Layer communes = layer_of("communes", GeometryKind::multi_polygon);
    communes.fields = {field("code", FieldType::text), field("nom", FieldType::text),
                       field("population", FieldType::integer)};
    communes.columns = {{std::string{"5900A"}, std::string{"5900B"}},
                        {std::string{"A"}, std::string{"</script><b>B"}},
                        {std::int64_t{12}, Value{}}};
    communes.areas = territory.contours;
    Layer access = communes;
    access.name = "accessibilite";
    access.fields.push_back(field("m", FieldType::real));
    access.fields.push_back(field("m_rang", FieldType::real));
    access.columns.push_back({2.5, 1.5});
    access.columns.push_back({1.0, 2.0});
    Layer structures = layer_of("structures", GeometryKind::point);
    structures.fields = {field("cle", FieldType::text), field("nom", FieldType::text), field("commune", FieldType::text),
                         field("commune_nom", FieldType::text)};
    structures.columns = {{std::string{"s1"}, std::string{"s2"}},
                          {std::string{"x"}, std::string{"y"}},
                          {std::string{"5900B"}, Value{}},
                          {std::string{"</script><b>B"}, Value{}}};
    structures.points = {Point{500, 500}, std::nullopt};
    layers.territory = "Dessin";
    layers.plane = "EPSG:2154";
    layers.layers = {communes, access, structures};
    document.title = "</title><script>alert(1)</script>";
    document.territory = "Dessin";
    document.views = {{.layer = "communes", .name = "fond", .classes = {ViewClass{}}}};
    document.views.front().classes.front().symbol.colour = "#ffffff";
    document.maps = {{.name = "carte", .title = {"Carte", "Map"}, .views = {"fond"}}};
  }
  [[nodiscard]] PageSources sources() const { return {.layers = layers, .document = document}; }
};

TEST(PackedText, EncodesAsTheStandardsSay) {
  EXPECT_EQ(detail::base64(""), "");
  EXPECT_EQ(detail::base64("fooba"), "Zm9vYmE=");  // RFC 4648, section 10
  EXPECT_EQ(detail::base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(detail::policy_hash(""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  const std::string packed = gzip("abc abc abc");
  EXPECT_EQ(inflated(packed), "abc abc abc");
  EXPECT_EQ(packed.substr(4, 4), std::string(4, '\0'));  // no time
  EXPECT_EQ(detail::xml_escape(std::string{"<a href=\"x\">'&\0\n", 16}), "&lt;a href=&quot;x&quot;&gt;&apos;&amp;\n");
}

TEST(Page, LetsInItsOwnScriptAndStyleAlone) {
  const std::string page = page_html(Drawn{}.sources());
  const std::string policy = between(page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
  EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'sha256-"));
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_NE(policy.find(detail::policy_hash(between(page, "<script>", "</script>"))), std::string::npos);
  EXPECT_NE(policy.find(detail::policy_hash(between(page, "<style>", "</style>"))), std::string::npos);
}

TEST(Page, NeverTakesTextsForMarkup) {
  const std::string page = page_html(Drawn{}.sources());
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_EQ(page.find("</script><b>"), std::string::npos);
  EXPECT_NE(page.find("<title>&lt;/title&gt;&lt;script&gt;alert(1)"), std::string::npos);
}

TEST(Page, IsTheSameForTheSameSources) {
  EXPECT_EQ(page_html(Drawn{}.sources()), page_html(Drawn{}.sources()));
}

TEST(Page, CarriesLicencesOfWhatItBundles) {
  const std::string page = page_html(Drawn{}.sources());
  for (const char* const name : {"d3-zoom 3.0.1", "d3-selection 3.0.0", "flatbush 4.5.0"}) {
    EXPECT_NE(page.find(name), std::string::npos) << name;
  }
}

TEST(PageData, StoresNothingTwice) {
  const PageData data = make_page_data(Drawn{}.sources());
  const json first = json::parse(data.first);
  const json rest = json::parse(data.rest);
  EXPECT_EQ(first["topology"]["areas"].size(), 2u);
  EXPECT_EQ(first["topology"]["sizes"].size(), 3u);
  const json& columns = rest["columns"];
  EXPECT_TRUE(columns["accessibilite"].contains("m"));
  EXPECT_FALSE(columns["accessibilite"].contains("m_rang"));
  EXPECT_FALSE(columns["accessibilite"].contains("nom"));
  EXPECT_FALSE(columns["structures"].contains("commune_nom"));
  EXPECT_EQ(columns["structures"]["commune"]["of_positions"], (json{1, -1}));
  EXPECT_EQ(rest["points"]["structures"]["x"][1], json{});
  const auto layer = std::ranges::find_if(first["layers"], [](const json& one) { return one["name"] == "accessibilite"; });
  ASSERT_NE(layer, first["layers"].end());
  EXPECT_EQ((*layer)["fields"].back()["rank_of"], "m");
  EXPECT_EQ((*layer)["fields"].back()["least_first"], false);
}

TEST(PageData, NeedsCommunesAndAMap) {
  Drawn drawn;
  drawn.document.maps.clear();
  EXPECT_THROW((void)make_page_data(drawn.sources()), ArgumentError);
  drawn = Drawn{};
  drawn.layers.layers.erase(drawn.layers.layers.begin());
  EXPECT_THROW((void)make_page_data(drawn.sources()), ArgumentError);
}

TEST(PageColumns, ShortenNoValueIntoAnotherClass) {
  Layer layer = layer_of("l", GeometryKind::none);
  layer.fields = {field("v", FieldType::real)};
  layer.fields.front().decimals = 6;
  layer.columns = {{123.456789, 0.9999996, 0.0, Value{}}};
  const json whole = detail::column_json(layer, 0, {0, 1, 2, 3}, {});
  EXPECT_EQ(whole["numbers"], (json{123.456789, 1.0, 0.0, nullptr}));
  layer.columns = {{123.456789, 0.99996, 0.0, Value{}}};
  const json shorter = detail::column_json(layer, 0, {0, 1, 2, 3}, {.whole = false, .bounds = {1.0}});
  EXPECT_EQ(shorter["numbers"], (json{123.5, 0.99996, 0.0, nullptr}));
}

TEST(PageColumns, FindHowRanksFollow) {
  const std::vector<Value> values{3.0, 1.0, 1.0, Value{}};
  using Order = detail::RankRule::Order;
  EXPECT_EQ(detail::rank_rule(values, {3.0, 1.5, 1.5, Value{}}, 0).order, Order::least_first);
  EXPECT_EQ(detail::rank_rule(values, {1.0, 2.5, 2.5, Value{}}, 0).order, Order::greatest_first);
  EXPECT_EQ(detail::rank_rule(values, {1.0, 2.0, 3.0, Value{}}, 0).order, Order::none);
  const detail::RankRule last = detail::rank_rule(values, {3.0, 1.5, 1.5, 4.0}, 0);
  EXPECT_EQ(last.order, Order::least_first);
  EXPECT_TRUE(last.nothing_last);
}

TEST(PageColumns, KeepTextsThatAreNoKeys) {
  const std::map<std::string, std::size_t> keys{{"a", 0}, {"b", 1}};
  const json column =
      detail::reference_json({std::string{"b"}, std::string{"old"}, Value{}, std::string{"a"}}, {0, 1, 2, 3}, keys);
  EXPECT_EQ(column["of_positions"], (json{1, -1, -1, 0}));
  EXPECT_EQ(column["others"], (json::array({json::array({1, "old"})})));
  EXPECT_TRUE(detail::reference_json({std::string{"x"}, std::string{"a"}}, {0, 1}, keys).is_null());
}

}  // namespace
}  // namespace maillage
