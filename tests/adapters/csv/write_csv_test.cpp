#include "adapters/csv/write_csv.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <clocale>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <locale>

#include "adapters/csv/read_csv.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

namespace fs = std::filesystem;

const std::string kMark = "\xEF\xBB\xBF";

Field field(const std::string& name, const FieldType type, const int decimals = 0) {
  return {.name = name, .short_name = name, .type = type, .unit = {}, .decimals = decimals, .label = {}, .meaning = {}};
}

/// A layer of one column.
Layer column(const Field& of, std::vector<Value> values) {
  Layer layer;
  layer.name = "essai";
  layer.fields = {of};
  layer.columns = {std::move(values)};
  return layer;
}

class WriteCsv : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path{testing::TempDir()} /
              ("csv_" + std::to_string(::getpid()) + testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path fresh() { return folder_ / (std::to_string(++files_) + ".csv"); }
  [[nodiscard]] static std::string content(const fs::path& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>{stream}, {}};
  }
  /// Written, verified, and read as bytes.
  std::string written(const Layer& layer, const CsvProfile profile) {
    const fs::path file = fresh();
    write_csv(file, layer, profile);
    EXPECT_NO_THROW(verify_csv(file, layer, profile));
    return content(file);
  }

  fs::path folder_;
  int files_ = 0;
};

TEST_F(WriteCsv, WritesEachValueInBothProfiles) {
  struct Case {
    FieldType type;
    int decimals;
    Value value;
    std::string rfc4180;
    std::string excel;
  };
  using enum FieldType;
  const std::vector<Case> cases{
      {text, 0, std::string{"Lille"}, "Lille", "Lille"},
      {text, 0, std::string{"01004"}, "01004", "\"=\"\"01004\"\"\""},
      {text, 0, std::string{"00"}, "00", "\"=\"\"00\"\"\""},
      {text, 0, std::string{"0"}, "0", "0"},
      {text, 0, std::string{"59350"}, "59350", "59350"},
      {text, 0, std::string{"2A004"}, "2A004", "2A004"},
      {text, 0, std::string{"12345678901"}, "12345678901", "12345678901"},
      {text, 0, std::string{"21590350100017"}, "21590350100017", "\"=\"\"21590350100017\"\"\""},
      {text, 0, std::string{"=1+1"}, "=1+1", "'=1+1"},
      {text, 0, std::string{"+33 3"}, "+33 3", "'+33 3"},
      {text, 0, std::string{"-"}, "-", "'-"},
      {text, 0, std::string{"@SUM(A1)"}, "@SUM(A1)", "'@SUM(A1)"},
      {text, 0, std::string{"\tx"}, "\tx", "'\tx"},
      {text, 0, std::string{"\rx"}, "\"\rx\"", "\"'\rx\""},
      {text, 0, std::string{"=A1;B1"}, "=A1;B1", "\"'=A1;B1\""},
      {text, 0, std::string{"a,b"}, "\"a,b\"", "a,b"},
      {text, 0, std::string{"a;b"}, "a;b", "\"a;b\""},
      {text, 0, std::string{"a\"b"}, "\"a\"\"b\"", "\"a\"\"b\""},
      {text, 0, std::string{"a\nb"}, "\"a\nb\"", "\"a\nb\""},
      {text, 0, std::string{"a\r\nb"}, "\"a\r\nb\"", "\"a\r\nb\""},
      {text, 0, std::string{" bords "}, " bords ", " bords "},
      {text, 0, std::string{"Œuvre d’été"}, "Œuvre d’été", "Œuvre d’été"},
      {text, 0, std::string{}, "", ""},
      {text, 0, std::monostate{}, "", ""},
      {integer, 0, std::int64_t{-5}, "-5", "-5"},
      {integer, 0, std::int64_t{1'234'567}, "1234567", "1234567"},
      {integer, 0, std::numeric_limits<std::int64_t>::min(), "-9223372036854775808", "-9223372036854775808"},
      {integer, 0, std::monostate{}, "", ""},
      {real, 2, 1234.5, "1234.50", "\"1234,50\""},
      {real, 1, -0.04, "0.0", "\"0,0\""},
      {real, 1, -0.06, "-0.1", "\"-0,1\""},
      {real, 0, 2.5, "2", "2"},
      {real, 3, 1e15, "1000000000000000.000", "\"1000000000000000,000\""},
      {real, 1, std::monostate{}, "", ""},
      {boolean, 0, true, "true", "oui"},
      {boolean, 0, false, "false", "non"},
      {boolean, 0, std::monostate{}, "", ""},
  };
  for (const Case& one : cases) {
    Layer layer = column(field("a", text), {std::string{"x"}});
    layer.fields.push_back(field("b", one.type, one.decimals));
    layer.columns.push_back({one.value});
    SCOPED_TRACE(one.rfc4180);
    EXPECT_EQ(written(layer, CsvProfile::rfc4180), "a,b\r\nx," + one.rfc4180 + "\r\n");
    // A decimal comma needs no quotes beside a semicolon.
    std::string excel = one.excel;
    if (one.type == real && excel.starts_with('"')) {
      excel = excel.substr(1, excel.size() - 2);
    }
    EXPECT_EQ(written(layer, CsvProfile::excel_france),
              kMark + (excel.find('\'') == std::string::npos ? "a;b" : "a;\"b\"") + "\r\nx;" + excel + "\r\n");
  }
}

TEST_F(WriteCsv, KeepsARowOfOneEmptyCell) {
  const Layer layer = column(field("a", FieldType::text), {std::monostate{}, std::string{"x"}});
  EXPECT_EQ(written(layer, CsvProfile::rfc4180), "a\r\n\"\"\r\nx\r\n");
}

TEST_F(WriteCsv, WritesALayerWithoutFeatures) {
  EXPECT_EQ(written(column(field("a", FieldType::text), {}), CsvProfile::rfc4180), "a\r\n");
  EXPECT_EQ(written(column(field("a", FieldType::text), {}), CsvProfile::excel_france), kMark + "a\r\n");
}

TEST_F(WriteCsv, GivesPointsTheirDegrees) {
  Layer layer = column(field("code", FieldType::text), {std::string{"a"}, std::string{"b"}, std::string{"c"}});
  layer.geometry = GeometryKind::point;
  layer.points_lonlat = {Point{3.05725634567, 50.62925}, std::nullopt, Point{std::numeric_limits<double>::quiet_NaN(), 1}};
  EXPECT_EQ(written(layer, CsvProfile::rfc4180), "code,longitude,latitude\r\na,3.0572563,50.6292500\r\nb,,\r\nc,,\r\n");
  EXPECT_EQ(written(layer, CsvProfile::excel_france),
            kMark + "code;longitude;latitude\r\na;3,0572563;50,6292500\r\nb;;\r\nc;;\r\n");
  layer.fields.front().name = "longitude";
  EXPECT_TRUE(written(layer, CsvProfile::rfc4180).starts_with("longitude\r\n"));
}

/// Every number the same whatever the locale of the process.
TEST_F(WriteCsv, DoesNotDependOnTheLocale) {
  struct Comma : std::numpunct<char> {
    [[nodiscard]] char do_decimal_point() const override { return ','; }
    [[nodiscard]] std::string do_grouping() const override { return "\3"; }
  };
  const Layer layer = column(field("a", FieldType::real, 1), {1234567.5});
  const std::locale before = std::locale::global(std::locale{std::locale::classic(), new Comma});
  const std::string c_before = std::setlocale(LC_ALL, nullptr);
  std::setlocale(LC_ALL, "fr_FR.UTF-8");
  const std::string bytes = written(layer, CsvProfile::rfc4180);
  std::setlocale(LC_ALL, c_before.c_str());
  std::locale::global(before);
  EXPECT_EQ(bytes, "a\r\n1234567.5\r\n");
}

TEST_F(WriteCsv, RefusesWhatItCannotHold) {
  for (const double value : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
    const fs::path file = fresh();
    EXPECT_THROW(write_csv(file, column(field("a", FieldType::real, 1), {value}), CsvProfile::rfc4180), OutputError);
    EXPECT_FALSE(fs::exists(file));
  }
  Layer uneven = column(field("a", FieldType::text), {std::string{"x"}});
  uneven.fields.push_back(field("b", FieldType::text));
  EXPECT_THROW(write_csv(fresh(), uneven, CsvProfile::rfc4180), ArgumentError);
  uneven.columns.emplace_back();
  EXPECT_THROW(write_csv(fresh(), uneven, CsvProfile::rfc4180), ArgumentError);
  Layer points = column(field("a", FieldType::text), {std::string{"x"}});
  points.geometry = GeometryKind::point;
  EXPECT_THROW(write_csv(fresh(), points, CsvProfile::rfc4180), ArgumentError);
}

TEST_F(WriteCsv, DoesNotWriteOverAFile) {
  const Layer layer = column(field("a", FieldType::text), {std::string{"x"}});
  const fs::path file = fresh();
  write_csv(file, layer, CsvProfile::rfc4180);
  EXPECT_THROW(write_csv(file, layer, CsvProfile::rfc4180), OutputError);
  EXPECT_EQ(content(file), "a\r\nx\r\n");
  EXPECT_THROW(write_csv(folder_ / "none" / "x.csv", layer, CsvProfile::rfc4180), OutputError);
  EXPECT_THROW(write_csv("/dev/full", layer, CsvProfile::rfc4180), OutputError);
}

TEST_F(WriteCsv, SeesAnyChangeOfTheFile) {
  Layer layer = column(field("a", FieldType::text), {std::string{"x"}, std::string{"y"}});
  layer.fields.push_back(field("b", FieldType::real, 1));
  layer.columns.push_back({1.5, std::monostate{}});
  const std::string good = "a,b\r\nx,1.5\r\ny,\r\n";
  ASSERT_EQ(written(layer, CsvProfile::rfc4180), good);
  for (const std::string bad :
       {"", "a,b\r\nx,1.5\r\n", "a,b\r\nx,1.5\r\ny,\r\nz,\r\n", "a,c\r\nx,1.5\r\ny,\r\n", "a,b\r\nx,1.4\r\ny,\r\n",
        "a,b\r\ny,\r\nx,1.5\r\n", "a,b\r\nx,1.5\r\ny,0\r\n", "a,b\r\nx,1.5\r\ny\r\n", "a,b\r\nx,1.5,9\r\ny,\r\n",
        "a,b\r\nx,\"1.5\r\ny,\r\n", "a;b\r\nx;1.5\r\ny;\r\n", "a,b\r\n\xE9,1.5\r\ny,\r\n"}) {
    const fs::path file = fresh();
    std::ofstream(file, std::ios::binary) << bad;
    EXPECT_THROW(verify_csv(file, layer, CsvProfile::rfc4180), OutputError) << bad;
  }
  EXPECT_THROW(verify_csv(folder_ / "none.csv", layer, CsvProfile::rfc4180), OutputError);
}

/// What a spreadsheet would take for a formula comes back as it was, and only from our own files.
TEST_F(WriteCsv, GivesBackTheTextsItGuards) {
  const std::vector<Value> texts{std::string{"=1+1"}, std::string{"-"},        std::string{"'=x"}, std::string{"''@"},
                                 std::string{"'tis"}, std::string{"+33;3"},    std::string{"'"},   std::string{"01004"},
                                 std::string{"\rx"},  std::string{"=\"01\"x"}, std::string{"="}};
  Layer layer = column(field("nom", FieldType::text), texts);
  layer.fields.push_back(field("population", FieldType::integer));
  layer.columns.emplace_back(texts.size(), std::int64_t{-5});
  const std::string file = written(layer, CsvProfile::excel_france);
  EXPECT_TRUE(file.starts_with(kMark + "nom;\"population\"\r\n'=1+1;-5\r\n'-;-5\r\n''=x;-5\r\n")) << file;
  const auto own = parse_csv(file, "own.csv");
  ASSERT_EQ(own.value.rows(), texts.size());
  for (std::size_t row = 0; row < texts.size(); ++row) {
    EXPECT_EQ(own.value.cells.at(row, 0), std::get<std::string>(texts[row]));
    EXPECT_EQ(own.value.cells.at(row, 1), "-5");
  }
  for (const std::string header :
       {"nom;population\r\n", "\"nom\";\"population\"\r\n", "nom;\"population\"\n", "nom;\"po;pu\"\r\n"}) {
    EXPECT_EQ(parse_csv(kMark + header + "'=x;1\r\n", "other.csv").value.cells.at(0, 0), "'=x") << header;
  }
  EXPECT_EQ(parse_csv("nom;\"population\"\r\n'=x;1\r\n", "other.csv").value.cells.at(0, 0), "'=x");
}

/// A cell that cannot come back is not passed over.
TEST_F(WriteCsv, SeesACellThatDoesNotComeBack) {
  for (const std::string& cell : {std::string{"a\0b", 3}, std::string{"\xE9"}}) {
    const Layer layer = column(field("a", FieldType::text), {cell});
    const fs::path file = fresh();
    write_csv(file, layer, CsvProfile::rfc4180);
    EXPECT_THROW(verify_csv(file, layer, CsvProfile::rfc4180), OutputError);
  }
}

/// In a child whose files may have `limit` bytes: 0 when an OutputError was thrown and no file is left.
int write_with_little_room(const fs::path& file, const Layer& layer, const rlim_t limit) {
  std::signal(SIGXFSZ, SIG_IGN);
  const rlimit room{.rlim_cur = limit, .rlim_max = limit};
  if (setrlimit(RLIMIT_FSIZE, &room) != 0) {
    return 2;
  }
  try {
    write_csv(file, layer, CsvProfile::rfc4180);
  } catch (const OutputError& error) {
    return error.kind() == OutputError::Kind::write_failed && !fs::exists(file) ? 0 : 3;
  }
  return 1;
}

TEST_F(WriteCsv, IsNeverSilentOnAFullDisk) {
  std::vector<Value> values;
  for (std::int64_t i = 0; i < 300'000; ++i) {
    values.emplace_back(i);
  }
  const Layer layer = column(field("a", FieldType::integer), std::move(values));
  const auto size = written(layer, CsvProfile::rfc4180).size();
  for (const rlim_t limit : {std::size_t{0}, std::size_t{1}, std::size_t{1} << 20U, size - 1}) {
    const fs::path file = fresh();
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      _exit(write_with_little_room(file, layer, limit));
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << limit << ": " << WEXITSTATUS(status);
  }
}

TEST_F(WriteCsv, WritesTheDictionaryOfFields) {
  Layer layer = column({.name = "population",
                        .short_name = "POP",
                        .type = FieldType::integer,
                        .unit = "hab",
                        .decimals = 0,
                        .label = {.french = "Population ; totale", .english = "Population"},
                        .meaning = {.french = "=1+1", .english = "Inhabitants."}},
                       {});
  layer.fields.push_back(field("couvert", FieldType::boolean));
  const fs::path file = fresh();
  write_fields_csv(file, layer);
  EXPECT_EQ(content(file), kMark +
                               "champ;champ_shapefile;type;unite;libelle;label;sens;meaning\r\n"
                               "population;POP;entier;hab;\"Population ; totale\";Population;'=1+1;Inhabitants.\r\n"
                               "couvert;couvert;oui/non;;;;;\r\n");
}

TEST_F(WriteCsv, WritesTablesExactlyInBothLanguages) {
  Table table;
  table.columns = {{.heading = {.french = "Strate", .english = "Tier"}, .unit = {}},
                   {.heading = {.french = "Part", .english = "Share"}, .unit = "%"}};
  table.rows = {{Text{.french = "2 000, et plus", .english = "2,000 and over"}, Decimal{543, 1}},
                {Text{.french = "01", .english = "01"}, Decimal{-5, 2}},
                {Text{.french = "-", .english = "-"}, std::monostate{}},
                {std::int64_t{1'234'567}, Decimal{9'007'199'254'740'993, 3}},
                {std::int64_t{0}, Decimal{std::numeric_limits<std::int64_t>::min(), 0}}};
  const fs::path french = fresh();
  write_table_csv(french, table, Language::french);
  EXPECT_EQ(content(french),
            kMark +
                "Strate;Part (%)\r\n2 000, et "
                "plus;54,3\r\n\"=\"\"01\"\"\";-0,05\r\n'-;\r\n1234567;9007199254740,993\r\n0;-9223372036854775808\r\n");
  const fs::path english = fresh();
  write_table_csv(english, table, Language::english);
  EXPECT_EQ(content(english),
            "Tier,Share (%)\r\n\"2,000 and "
            "over\",54.3\r\n01,-0.05\r\n-,\r\n1234567,9007199254740.993\r\n0,-9223372036854775808\r\n");
}

}  // namespace
}  // namespace maillage
