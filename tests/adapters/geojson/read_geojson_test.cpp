#include "adapters/geojson/read_geojson.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <random>

#include "engine/core/parallel.hpp"

namespace maillage {
namespace {

using namespace std::string_literals;

/// Header, then each row as number:cells@geometry; repairs as +reason@row, rejections as -reason@row.
std::string to_text(const Reading<FeatureTable>& reading) {
  const FeatureTable& table = reading.value;
  std::string text = fmt::format("[{}]", fmt::join(table.columns, "|"));
  for (std::size_t row = 0; row < table.rows(); ++row) {
    text += fmt::format(" {}:", table.row_numbers[row]);
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      text += column == 0 ? "" : "|";
      text += table.cells.at(row, column);
    }
    if (table.geometry == FeatureTable::Geometry::points) {
      const auto& point = table.points.at(row);
      text += point ? fmt::format("@{},{}", point->x, point->y) : "@-";
    } else if (table.geometry == FeatureTable::Geometry::areas) {
      const auto rings = table.areas.rings_of(AreaIndex{row});
      text += fmt::format("@{}/{}", table.areas.area_first[row + 1] - table.areas.area_first[row], rings.last - rings.first);
    }
  }
  for (const RowNote& repair : reading.repairs) {
    text += fmt::format(" +{}@{}", repair.reason, repair.row.value_or(0));
  }
  for (const RowNote& rejection : reading.rejections) {
    text += fmt::format(" -{}@{}", rejection.reason, rejection.row.value_or(0));
  }
  return text;
}

std::string read(const std::string& bytes) {
  const auto reading = parse_geojson(bytes, "essai.geojson");
  EXPECT_EQ(reading.rows_in, static_cast<std::int64_t>(reading.value.rows() + reading.rejections.size())) << bytes;
  return to_text(reading);
}

std::string collection(const std::string& features, const std::string& members = {}) {
  return R"({"type":"FeatureCollection",)" + members + R"("features":[)" + features + "]}";
}
std::string feature(const std::string& geometry, const std::string& properties = "{}") {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}
std::string point(const std::string& position) {
  return R"({"type":"Point","coordinates":)" + position + "}";
}
std::string polygon(const std::string& rings) {
  return R"({"type":"Polygon","coordinates":)" + rings + "}";
}
const std::string kSquare = "[[0,0],[1,0],[1,1],[0,1],[0,0]]";

struct Case {
  std::string bytes;
  std::string expected;
};

TEST(ReadGeoJson, UnderstandsEveryFormOfADocument) {
  const std::vector<Case> cases{
      {collection(""), "[]"},
      {collection(feature(point("[2.5,48]"), R"({"a":"x"})")), "[a] 1:x@2.5,48"},
      {feature(point("[2.5,48]"), R"({"a":1})"), "[a] 1:1@2.5,48"},
      {point("[2.5,48]"), "[] 1:@2.5,48"},
      {polygon("[" + kSquare + "]"), "[] 1:@1/1"},
      {R"({"type":"MultiPolygon","coordinates":[[)" + kSquare + "],[" + kSquare + "]]}", "[] 1:@2/2"},
      {"\xEF\xBB\xBF" + point("[2,3]"), "[] 1:@2,3"},
      {" \r\n\t" + point("[ 2 ,\n3 ]") + "\n ", "[] 1:@2,3"},
      {point("[2,3,120.5]"), "[] 1:@2,3"},
      {R"({"type":"MultiPoint","coordinates":[[2,3]]})", "[] 1:@2,3"},
      {R"({"coordinates":[2,3],"type":"Point"})", "[] 1:@2,3"},
      {R"({"features":[],"type":"FeatureCollection"})", "[]"},
      {R"({"geometry":{"coordinates":[2,3],"type":"Point"},"properties":{"a":1},"type":"Feature"})", "[a] 1:1@2,3"},
      {collection(
           R"({"geometry":{"coordinates":[2,3],"bbox":[1,2],"type":"Point"},"id":7,"properties":{"a":1},"type":"Feature"})"),
       "[a] 1:1@2,3"},
      {R"({"features":[)" + feature(point("[2,3]")) + "]}", "[] 1:@2,3"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(read(one.bytes), one.expected) << one.bytes;
  }
}

TEST(ReadGeoJson, KeepsTheTextOfValues) {
  const std::vector<Case> cases{
      {R"({"a":9007199254740993})", "9007199254740993"},
      {R"({"a":1.50})", "1.50"},
      {R"({"a":-0.0e+10})", "-0.0e+10"},
      {R"({"a":123456789012345678901234567890.1})", "123456789012345678901234567890.1"},
      {R"({"a":true})", "true"},
      {R"({"a":false})", "false"},
      {R"({"a":null})", ""},
      {R"({"a":""})", ""},
      {R"({"a":"01004"})", "01004"},
      {R"({"a":"l'\u00c9pine \"x\" \\ \/ \n\t\b\f\r"})", "l'Épine \"x\" \\ / \n\t\b\f\r"},
      {R"({"a":"\ud83d\ude00"})", "😀"},
      {R"({"a":"\ud83d"})", "\xEF\xBF\xBD"},
      {R"({"a":"\ude00z"})", "\xEF\xBF\xBDz"},
      {R"({"a":"\u0000"})", " +nul_removed@1"},
      {R"({"a":{ "b" : [ 1 , null , " x " ] } })", R"({"b":[1,null," x "]})"},
      {R"({"a":[]})", "[]"},
      {R"({"a":1,"a":2})", "2"},
      {R"({"a":1,"a":null})", ""},
      {"{\"\\u0061\":5}", "5"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(read(collection(feature("null", one.bytes))), "[a] 1:" + one.expected) << one.bytes;
  }
}

TEST(ReadGeoJson, TakesNulOutOfTexts) {
  const auto reading = parse_geojson(
      R"({"type":"FeatureCollection","features":[{"type":"Feature","properties":{"nom":"a\u0000b\u0000","x":"\u0000"},"geometry":null},)"
      R"({"type":"Feature","properties":{"nom":"c","x":"d"},"geometry":null}]})",
      "t.geojson");
  EXPECT_EQ(reading.value.cells.at(0, 0), "ab");
  EXPECT_EQ(reading.value.cells.at(0, 1), "");
  EXPECT_EQ(reading.value.cells.at(1, 1), "d");
  ASSERT_EQ(reading.repairs.size(), 1U);
  EXPECT_EQ(reading.repairs[0].reason, "nul_removed");
  EXPECT_EQ(reading.repairs[0].row, 1);
}

TEST(ReadGeoJson, NamesTheFileOfAnUnknownSystem) {
  try {
    (void)parse_geojson(
        R"({"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:999999"}},"features":[]})",
        "t.geojson");
    FAIL() << "was read";
  } catch (const InputError& error) {
    EXPECT_TRUE(error.message().french.starts_with("t.geojson : ")) << error.message().french;
  }
}

TEST(ReadGeoJson, UnitesColumnsInTheOrderTheyAppear) {
  EXPECT_EQ(read(collection(feature("null", R"({"b":1,"a":2})") + "," + feature("null", R"({"a":3,"c":4})") + "," +
                            feature("null", "null") + "," + feature("null", R"({"c":5,"b":6})"))),
            "[b|a|c] 1:1|2| 2:|3|4 3:|| 4:6||5");
  EXPECT_EQ(read(collection(feature("null", R"({"a":"x\\","a\\":"y"})"))), R"([a|a\] 1:x\|y)");
}

TEST(ReadGeoJson, TakesTheLastOfMembersGivenTwice) {
  EXPECT_EQ(read(R"({"type":"FeatureCollection","features":[)" + feature("null") + R"(],"features":[)" +
                 feature(point("[5,6]")) + "]}"),
            "[] 1:@5,6");
  EXPECT_EQ(read(R"({"type":"Feature","geometry":)" + point("[1,2]") + R"(,"geometry":null,"properties":null})"), "[] 1:");
  EXPECT_EQ(read(collection(R"({"type":"Feature","properties":{"a":1},"properties":{"b":2},"geometry":null})")),
            "[a|b] 1:|2");
  EXPECT_EQ(read(R"({"type":"Point","coordinates":[1,2],"coordinates":[3,4]})"), "[] 1:@3,4");
  EXPECT_EQ(read(R"({"type":"Polygon","coordinates":[3,4],"type":"Point"})"), "[] 1:@3,4");
}

TEST(ReadGeoJson, ForeignMembersOfACollectionAreNoFeatures) {
  EXPECT_EQ(read(collection(feature("null", R"({"a":1})"), R"("properties":{"auteur":"x"},"geometry":)" +
                                                               polygon("[" + kSquare + "]") +
                                                               R"(,"bbox":[1],"name":{"features":[{}]},)")),
            "[a] 1:1");
}

TEST(ReadGeoJson, RejectsRowsAndSaysWhy) {
  const std::string good = feature(point("[2,3]")) + ",";
  const std::vector<Case> cases{
      {R"({"type":"LineString","coordinates":[[1,2],[3,4]]})", "unsupported_geometry"},
      {R"({"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]}]})", "unsupported_geometry"},
      {R"({"type":"Sphere","coordinates":[[[[[[1]]]]]]})", "unsupported_geometry"},
      {R"({"type":"Point"})", "unsupported_geometry"},
      {R"({"coordinates":[1,2]})", "unsupported_geometry"},
      {"{}", "unsupported_geometry"},
      {R"({"type":"MultiPoint","coordinates":[[1,2],[3,4]]})", "several_points"},
      {point("[181,3]"), "position_out_of_range"},
      {point("[2,-90.5]"), "position_out_of_range"},
      {point("[1e25,3]"), "position_out_of_range"},
      {point("[1e999,3]"), "position_out_of_range"},
      {point("[2]"), "position_out_of_range"},
      {point("[null,null]"), "position_out_of_range"},
      {point("[\"2\",\"3\"]"), "position_out_of_range"},
      {point("\"2,3\""), "position_out_of_range"},
      {point("null"), "position_out_of_range"},
      {point("[[2,3]]"), "position_out_of_range"},
      {polygon("[" + kSquare + "]"), "mixed_geometry"},
      {polygon("[[[0,0],[1,0],[0,0]]]"), "ring_too_short"},
      {polygon("[[[0,0],[1,0]]]"), "ring_too_short"},
      {polygon("[[]]"), "ring_too_short"},
      {polygon("[2,3]"), "position_out_of_range"},
      {polygon("[[[0,0],[1,0],[],[0,1],[0,0]]]"), "position_out_of_range"},
      {polygon("[[[0,0],[1,0],{},[0,1],[0,0]]]"), "position_out_of_range"},
  };
  for (const Case& one : cases) {
    EXPECT_EQ(read(collection(good + good + feature(one.bytes, R"({"a":1})") + "," + feature(point("[4,5]")))),
              "[a] 1:@2,3 2:@2,3 4:@4,5 -" + one.expected + "@3")
        << one.bytes;
  }
}

TEST(ReadGeoJson, KeepsRowsWithoutGeometry) {
  EXPECT_EQ(read(collection(feature("null") + "," + feature(point("[2,3]")) + "," + feature(point("[]")))),
            "[] 1:@- 2:@2,3 3:@-");
  EXPECT_EQ(read(collection(feature("null") + "," + feature(polygon("[" + kSquare + "]")) + "," + feature(polygon("[]")))),
            "[] 1:@0/0 2:@1/1 3:@0/0");
}

TEST(ReadGeoJson, ARejectedAreaLeavesNothingBehind) {
  const std::string area = feature(polygon("[" + kSquare + "]"));
  EXPECT_EQ(
      read(collection(area + "," + feature(polygon("[" + kSquare + ",[[0,0],[1,1]]]")) + "," + feature(point("[1,2]")) +
                      "," + area + "," + feature(polygon("[[[0,0],[200,0],[1,1],[0,0]]]")) + "," + area)),
      "[] 1:@1/1 4:@1/1 6:@1/1 -ring_too_short@2 -mixed_geometry@3 -position_out_of_range@5");
}

TEST(ReadGeoJson, ClosesRings) {
  const auto reading = parse_geojson(polygon("[[[0,0],[1,0],[1,1]]]"), "x");
  EXPECT_EQ(to_text(reading), "[] 1:@1/1 +ring_not_closed@1");
  ASSERT_EQ(reading.value.areas.vertices.size(), 4U);
  EXPECT_EQ(reading.value.areas.vertices.front(), reading.value.areas.vertices.back());
}

TEST(ReadGeoJson, ReadsTheOldCrsMember) {
  const auto named = [](const std::string& name) {
    return R"("crs":{"type":"name","properties":{"name":")" + name + R"("}},)";
  };
  const auto crs_of = [](const std::string& members, const std::string& position) {
    const auto reading = parse_geojson(collection(feature(point(position)), members), "x");
    return fmt::format("{} {} {}", reading.value.crs.definition, reading.value.crs.geographic, to_text(reading));
  };
  EXPECT_EQ(crs_of("", "[2,48]"), "OGC:CRS84 true [] 1:@2,48");
  EXPECT_EQ(crs_of(named("urn:ogc:def:crs:OGC:1.3:CRS84"), "[2,48]"), "OGC:CRS84 true [] 1:@2,48");
  EXPECT_EQ(crs_of(named("EPSG:4326"), "[2,48]"), "OGC:CRS84 true [] 1:@2,48");
  EXPECT_EQ(crs_of(named("urn:ogc:def:crs:EPSG::2154"), "[652000,6862000]"), "EPSG:2154 false [] 1:@652000,6862000");
  EXPECT_EQ(crs_of(named("EPSG:2154"), "[652000,6862000]"), "EPSG:2154 false [] 1:@652000,6862000");
  EXPECT_EQ(crs_of("\"crs\":null,", "[2,48]"), "OGC:CRS84 true [] 1:@2,48");
  EXPECT_EQ(crs_of("\"crs\":{},", "[2,48]"), "OGC:CRS84 true [] 1:@2,48");
  EXPECT_EQ(crs_of("\"crs\":\"EPSG:2154\",", "[2,48]"), "OGC:CRS84 true [] 1:@2,48");
  EXPECT_EQ(crs_of(R"("crs":{"type":"link","properties":{"href":"http://localhost:1/x","name":"EPSG:2154"}},)", "[2,48]"),
            "OGC:CRS84 true [] 1:@2,48 +linked_crs_ignored@0");
  EXPECT_EQ(crs_of("", "[652000,6862000]"), " false [] 1:@652000,6862000")
      << "metres without a system: the study must name it";
  EXPECT_THROW((void)crs_of(named("EPSG:999999"), "[2,48]"), InputError);
  EXPECT_THROW((void)crs_of(named("http://localhost:1/crs"), "[2,48]"), InputError);
}

TEST(ReadGeoJson, RoundsNumbersCorrectly) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20'000; ++i) {
    const int decimals = static_cast<int>(random() % 22);
    const double value = std::uniform_real_distribution<double>(-90, 90)(random);
    std::string text = fmt::format("{:.{}f}", value, decimals);
    text += i % 50 == 0 ? "e-1" : i % 51 == 0 ? "E+0" : "";
    const std::string padding(random() % 12, ' ');
    const auto reading = parse_geojson(point("[1," + text + padding + "]"), "x");
    ASSERT_EQ(reading.value.points.at(0)->y, std::stod(text)) << text;
  }
}

TEST(ReadGeoJson, RefusesWhatIsNoGeoJson) {
  const std::string deep_array(100'000, '[');
  std::string deep_object;
  for (int i = 0; i < 100'000; ++i) {
    deep_object += "{\"a\":";
  }
  const std::vector<std::string> hostile{
      "",
      " ",
      "\xEF\xBB\xBF",
      "null",
      "1",
      "\"x\"",
      "[]",
      "[{}]",
      "{}",
      "{",
      "}",
      "{]",
      "[",
      "\0"s,
      "{\"a\"}",
      "{\"a\":}",
      "{,}",
      "{\"type\"",
      "{'type':'Point'}",
      R"({"type":"FeatureCollection"})",
      R"({"type":"FeatureCollection","features":null})",
      R"({"type":"FeatureCollection","features":{}})",
      R"({"type":7})",
      R"({"type":null})",
      collection("1"),
      collection("null"),
      collection("[]"),
      collection("\"x\""),
      collection("{},"),
      collection(",{}"),
      collection("{} {}"),
      collection("{}") + "x",
      collection("{}") + "{}",
      collection("{}") + "\0"s,
      collection("{}") + "\0garbage"s,
      collection("{\"geometry\":1}"),
      collection("{\"geometry\":\"x\"}"),
      collection("{\"properties\":[]}"),
      collection("{\"properties\":\"x\"}"),
      collection(feature("null", R"({"a":1,})")),
      collection(feature("null", R"({"a":01})")),
      collection(feature("null", R"({"a":+1})")),
      collection(feature("null", R"({"a":.5})")),
      collection(feature("null", R"({"a":1.})")),
      collection(feature("null", R"({"a":1e})")),
      collection(feature("null", R"({"a":NaN})")),
      collection(feature("null", R"({"a":Infinity})")),
      collection(feature("null", R"({"a":-})")),
      collection(feature("null", R"({"a":tru})")),
      collection(feature("null", R"({"a":"\x"})")),
      collection(feature("null", R"({"a":"\u12G4"})")),
      collection(feature("null", "{\"a\":\"line\nbreak\"}")),
      collection(feature("null", "{\"a\":\"\0\"}"s)),
      collection(feature("null", R"({"a":"\ud83d\u12"})")),
      collection(feature("null", "{\"a\":\"\xE9\"}")),
      collection(feature("null", "{\"a\":\"\xC0\x80\"}")),
      collection(feature("null", "{\"a\":\"\xED\xA0\x80\"}")),
      collection(feature(point("[NaN,1]"))),
      collection(feature(point("[1 2]"))),
      collection(feature(point("[1,2"))),
      collection(feature(point("[1,,2]"))),
      collection(feature(point("[0x10,2]"))),
      collection(feature(point("[01,2]"))),
      collection(feature(point("[1.,2]"))),
      "{\"a\":" + deep_array,
      deep_object,
      collection(feature("null", "{\"a\":" + deep_array + "}")),
      collection(feature(point(deep_array))),
      collection(feature("{\"x\":" + deep_object + "}")),
      R"({"crs":)" + deep_object,
      "\xFF\xFE{\0}\0"s,
      "PK\x03\x04zip",
      "<html></html>",
      "%PDF-1.4",
      "{\"type\":\"Topology\",\"objects\":{}",
      "// comment\n{}",
      collection("{}/* */"),
      "a,b\n1,2\n",
  };
  EXPECT_GE(hostile.size(), 40U);
  for (const std::string& bytes : hostile) {
    try {
      const auto reading = parse_geojson(bytes, "essai.geojson");
      ADD_FAILURE() << "read: " << bytes.substr(0, 200) << " as " << to_text(reading);
    } catch (const InputError& error) {
      EXPECT_NE(error.message().french.find("essai.geojson"), std::string::npos) << bytes.substr(0, 200);
      EXPECT_NE(error.message().english.find("essai.geojson"), std::string::npos) << bytes.substr(0, 200);
    }
  }
}

TEST(ReadGeoJson, NamesTheLineOfAFault) {
  try {
    (void)parse_geojson("{\"type\":\"FeatureCollection\",\n\"features\":[\n{\"type\":\"Feature\",\"geometry\":nul}\n]}",
                        "essai.geojson");
    FAIL();
  } catch (const InputError& error) {
    EXPECT_EQ(error.message().french, "essai.geojson, ligne 3, caractère 30 : valeur JSON attendue.");
    EXPECT_EQ(error.message().english, "essai.geojson, line 3, character 30: a JSON value is expected.");
  }
}

TEST(ReadGeoJson, RefusesEveryTruncation) {
  const std::string whole = collection(
      feature(polygon("[" + kSquare + "]"), R"({"a":"é\n","b":[1,{"c":2}],"d":-1.5e3})") + ",\n" + feature("null"),
      R"("crs":{"type":"name","properties":{"name":"EPSG:4326"}},)");
  EXPECT_EQ(read(whole), "[a|b|d] 1:é\n|[1,{\"c\":2}]|-1.5e3@1/1 2:||@0/0");
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_THROW((void)parse_geojson(whole.substr(0, length), "x"), InputError) << whole.substr(0, length);
  }
}

TEST(ReadGeoJson, SurvivesDamage) {
  const std::string whole =
      collection(feature(polygon("[" + kSquare + "]"), R"({"a":"é\u00e9","b":[1,{"c":2}],"d":-1.5e3})") + "," +
                 feature(point("[1.5,2]")));
  std::mt19937 random(3);
  int refused = 0;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = whole;
    for (std::uint32_t change = 1 + random() % 3; change > 0; --change) {
      constexpr std::string_view kLikely = "[]{},:\"\\0e-.n \0\x80";
      bytes[random() % bytes.size()] = random() % 2 == 0 ? kLikely[random() % kLikely.size()] : static_cast<char>(random());
    }
    try {
      const auto reading = parse_geojson(bytes, "x");
      ASSERT_EQ(reading.rows_in, static_cast<std::int64_t>(reading.value.rows() + reading.rejections.size()));
    } catch (const InputError&) {
      ++refused;
    }
  }
  EXPECT_GT(refused, 10'000);
  EXPECT_LT(refused, 20'000);
}

TEST(ReadGeoJson, BoundsTheNumberOfColumns) {
  std::string features;
  for (int i = 0; i < 2001; ++i) {
    features += i == 0 ? "" : ",";
    features += feature("null", fmt::format(R"({{"p{}":1}})", i));
  }
  EXPECT_THROW((void)parse_geojson(collection(features), "x"), InputError);
}

/// Long enough for several blocks, with texts that look like features where a block could begin.
std::string several_blocks(const bool trap) {
  std::mt19937 random(11);
  std::string features;
  for (int i = 0; features.size() < 5'000'000; ++i) {
    const std::string column = random() % 1000 == 0 ? fmt::format("rare_{}", i) : "b";
    const std::string text = trap ? R"(\n{\"type\":\"Feature\"},{"},)" : "x";
    std::string properties = fmt::format(R"({{"code":"{:05}","{}":{}}})", i, column, i);
    if (trap) {
      properties = fmt::format(
          R"({{"nested":[{{"type":"Feature","properties":{{"z":1}},"geometry":null}},{{"type":"Feature"}}],"code":"{:05}","text":"{{\"type\":\"Feature\"","{}":{}}})",
          i, column, i);
    }
    features += i == 0 ? "" : ",\n";
    features += feature(
        random() % 50 == 0 ? point("[1,2]") : polygon("[[[0,0],[1,0],[1," + std::to_string(1 + i % 80) + "],[0,0]]]"),
        properties);
  }
  return collection(features);
}

TEST(ReadGeoJson, IsTheSameOnAnyNumberOfThreads) {
  for (const bool trap : {false, true}) {
    const std::string bytes = several_blocks(trap);
    const auto on = [&](const std::size_t threads) {
      const ThreadLimit limit(threads);
      return parse_geojson(bytes, "x");
    };
    const auto one = on(1);
    EXPECT_GT(one.value.rows(), 1000U);
    EXPECT_GT(one.rejections.size(), 20U);
    const std::string expected = to_text(one);
    for (const std::size_t threads : {2U, 3U, 5U}) {
      const auto many = on(threads);
      EXPECT_TRUE(to_text(many) == expected) << threads;
      EXPECT_EQ(many.value.areas, one.value.areas);
    }
    const ThreadLimit limit(4);
    std::string damaged = bytes;
    damaged[bytes.size() - 100'000] = '\x01';
    damaged[bytes.size() / 3] = '\x01';
    std::string first;
    try {
      (void)parse_geojson(damaged, "x");
    } catch (const InputError& error) {
      first = error.message().english;
    }
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 3), '\n');
    EXPECT_TRUE(first.starts_with(fmt::format("x, line {},", line))) << first << " for line " << line;
  }
}

TEST(ReadGeoJson, RefusesPathsThatAreNoFiles) {
  for (const char* path : {"/nonexistent.geojson", "/", "/vsicurl/http://localhost/x.geojson", "http://localhost/x.geojson",
                           "{\"type\":\"Point\"}"}) {
    EXPECT_THROW((void)read_geojson(path), InputError) << path;
  }
}

TEST(ReadGeoJsonRealData, ReadsEveryDepartement) {
  const std::filesystem::path folder = std::filesystem::path{MAILLAGE_SHARED_DATA} / "communes-2018";
  if (!std::filesystem::exists(folder)) {
    GTEST_SKIP() << folder << " is absent";
  }
  std::size_t features = 0;
  std::size_t files = 0;
  std::size_t region = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".geojson") {
      continue;
    }
    const auto reading = read_geojson(entry.path());
    EXPECT_EQ(reading.value.columns, (std::vector<std::string>{"code", "nom"})) << entry.path();
    EXPECT_EQ(reading.value.geometry, FeatureTable::Geometry::areas);
    EXPECT_EQ(reading.value.areas.areas(), reading.value.rows());
    EXPECT_TRUE(reading.value.crs.geographic);
    EXPECT_TRUE(reading.rejections.empty()) << entry.path();
    if (entry.path().filename() == "communes-hauts-de-france.geojson") {
      region = reading.value.rows();
    } else {
      features += reading.value.rows();
      ++files;
    }
  }
  EXPECT_EQ(files, 101U);
  EXPECT_EQ(features, 35'357U);
  EXPECT_EQ(region, 3'808U);
}

}  // namespace
}  // namespace maillage
