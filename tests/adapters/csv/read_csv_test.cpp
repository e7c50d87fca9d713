#include "adapters/csv/read_csv.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <random>

namespace maillage {
namespace {

using namespace std::string_literals;

/// Header, then each row as line:cells; repairs as +reason@line, rejections as -reason@line.
std::string to_text(const Reading<FeatureTable>& reading) {
  const FeatureTable& table = reading.value;
  std::string text = fmt::format("[{}]", fmt::join(table.columns, "|"));
  for (std::size_t row = 0; row < table.rows(); ++row) {
    text += fmt::format(" {}:", table.row_numbers[row]);
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      text += column == 0 ? "" : "|";
      text += table.cells.at(row, column);
    }
  }
  for (const RowNote& repair : reading.repairs) {
    text += fmt::format(" +{}@{}", repair.reason, *repair.row);
  }
  for (const RowNote& rejection : reading.rejections) {
    text += fmt::format(" -{}@{}", rejection.reason, *rejection.row);
  }
  return text;
}

struct Case {
  std::string name;
  std::string bytes;
  std::string expected;
  CsvReadOptions options{};
};

void check(const std::vector<Case>& cases) {
  for (const Case& one : cases) {
    SCOPED_TRACE(one.name);
    const Reading<FeatureTable> reading = parse_csv(one.bytes, "t.csv", one.options);
    EXPECT_EQ(to_text(reading), one.expected);
    EXPECT_EQ(reading.rows_in, static_cast<std::int64_t>(reading.value.rows() + reading.rejections.size()));
    EXPECT_EQ(reading.value.cells.rows(), reading.value.rows());
    EXPECT_EQ(reading.value.format, "CSV");
    EXPECT_EQ(reading.value.source, "t.csv");
    EXPECT_EQ(reading.value.geometry, FeatureTable::Geometry::none);
  }
}

TEST(ReadCsv, KeepsQuotesLinesAndCells) {
  check({
      {"plain", "a,b\n1,2\n", "[a|b] 2:1|2"},
      {"no end of line at the end", "a,b\n1,2", "[a|b] 2:1|2"},
      {"last cell empty, no end of line", "a,b\n1,", "[a|b] 2:1|"},
      {"CR LF", "a,b\r\n1,2\r\n3,4\r\n", "[a|b] 2:1|2 3:3|4"},
      {"CR alone", "a,b\r1,2\r3,4\r", "[a|b] 2:1|2 3:3|4"},
      {"line ends of all kinds", "a,b\r\n1,2\r3,4\n5,6", "[a|b] 2:1|2 3:3|4 4:5|6"},
      {"delimiter in quotes", "a,b\n\"1,5\",2\n", "[a|b] 2:1,5|2"},
      {"doubled quotes", "a,b\n\"il dit \"\"oui\"\"\",2\n", "[a|b] 2:il dit \"oui\"|2"},
      {"only doubled quotes", "a,b\n\"\"\"\",\"\"\"\"\"\"\n", "[a|b] 2:\"|\"\""},
      {"doubled quotes in two cells", "a,b\n\"x\"\"y\",\"z\"\"\"\n", "[a|b] 2:x\"y|z\""},
      {"empty quotes", "a,b\n\"\",\"\"\n", "[a|b] 2:|"},
      {"quote inside an unquoted cell", "a,b\n5\" tube,2\n", "[a|b] 2:5\" tube|2"},
      {"text after a closing quote", "a,b\n\"Le\" Nom,2\n", "[a|b] 2:Le Nom|2"},
      {"spaces before a quote", "a,b\n \"x\",2\n", "[a|b] 2: \"x\"|2"},
      {"line end in quotes", "a,b\n\"1\n2\",3\n4,5\n", "[a|b] 2:1\n2|3 4:4|5"},
      {"CR LF in quotes", "a,b\r\n\"1\r\n2\",3\r\n4,5\r\n", "[a|b] 2:1\r\n2|3 4:4|5"},
      {"CR in quotes", "a,b\r\"1\r2\",3\r4,5\r", "[a|b] 2:1\r2|3 4:4|5"},
      {"CR last in quotes", "a,b\n\"1\r\",3\n4,5\n", "[a|b] 2:1\r|3 4:4|5"},
      {"line ends and doubled quotes", "a,b\n\"1\n\"\"\n\"\"\",3\n4,5\n", "[a|b] 2:1\n\"\n\"|3 5:4|5"},
      {"line end in a quoted heading", "\"a\nx\",b\n1,2\n", "[a\nx|b] 3:1|2"},
      {"blank lines", "\n\na,b\n\n1,2\n\r\n\n3,4\n\n\n", "[a|b] 5:1|2 8:3|4"},
      {"lines of blanks", "a,b\n   \n1,2\n \t \n", "[a|b] 3:1|2"},
      {"row of delimiters", "a,b\n,\n1,2\n", "[a|b] 2:| 3:1|2"},
      {"one column", "code\n01004\n\"\"\n\n2A004\n", "[code] 2:01004 3: 5:2A004"},
      {"header only", "a,b\n", "[a|b]"},
      {"header only, no end of line", "a;b", "[a|b]"},
      {"spaces stay in cells", "a,b\n 1 , 2\n", "[a|b] 2: 1 | 2"},
      {"codes stay text", "insee,tel\n01004,+33320000000\n", "[insee|tel] 2:01004|+33320000000"},
      {"end-of-file mark of DOS", "a,b\r\n1,2\r\n\x1A", "[a|b] 2:1|2"},
      {"sep= line", "sep=|\r\na|b\r\n1;2|3\r\n", "[a|b] 3:1;2|3"},
      {"sep= is a heading elsewhere", "sep=a;b\n1;2\n", "[sep=a|b] 2:1|2"},
      {"no-break space in a number", "a;b\n1\u202F234,5;2\n", "[a|b] 2:1\u202F234,5|2"},
  });
}

TEST(ReadCsv, RepairsAndRejectsWithALine) {
  check({
      {"short row", "a,b,c\n1,2\n3,4,5\n", "[a|b|c] 2:1|2| 3:3|4|5 +short_row@2"},
      {"one cell", "a,b,c\n1\n", "[a|b|c] 2:1|| +short_row@2"},
      {"extra empty cells", "a,b\n1,2,,\n3,4,\n", "[a|b] 2:1|2 3:3|4"},
      {"extra cell", "a,b\n1,2,3\n4,5\n", "[a|b] 3:4|5 -extra_cells@2"},
      {"extra cell after an empty one", "a,b\n1,2,,4\n", "[a|b] -extra_cells@2"},
      {"extra cell that is a blank", "a,b\n1,2, \n", "[a|b] -extra_cells@2"},
      {"line of a row after quoted lines", "a,b\n\"1\n2\n3\",x\n5\n", "[a|b] 2:1\n2\n3|x 5:5| +short_row@5"},
      {"heading twice", "a,b,a,a\n1,2,3,4\n", "[a|b|a_2|a_3] 2:1|2|3|4 +duplicate_column@1 +duplicate_column@1"},
      {"heading twice, its new name taken before", "a_2,a,a\n1,2,3\n", "[a_2|a|a_3] 2:1|2|3 +duplicate_column@1"},
      {"heading twice, its new name taken after", "a,a,a_2\n1,2,3\n",
       "[a|a_2|a_2_2] 2:1|2|3 +duplicate_column@1 +duplicate_column@1"},
      {"headings that differ in case", "Nom,nom\n1,2\n", "[Nom|nom] 2:1|2"},
      {"no heading", "a,,b,\n1,2,3,4\n", "[a|column_2|b|column_4] 2:1|2|3|4 +column_mended@1 +column_mended@1"},
      {"blank heading", "a, ,b\n1,2,3\n", "[a|column_2|b] 2:1|2|3 +column_mended@1"},
      {"made heading taken", "column_2,,b\n1,2,3\n", "[column_2|column_2_2|b] 2:1|2|3 +column_mended@1 +duplicate_column@1"},
      {"headings with blanks around", " a ,b\t\n1,2\n", "[a|b] 2:1|2"},
      {"header after blank lines", "\n\na,,b\n1,2,3\n", "[a|column_2|b] 4:1|2|3 +column_mended@3"},
  });
}

TEST(ReadCsv, FindsTheDelimiter) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {";", "Code;Nom, libellé;Pop\n1;a;3\n2;b;4\n"},
      {";", "Code;Nom, libellé;Pop\n1;a, b;3\n2;c, d;4\n"},
      {";", "Nom, rue, ville;Pop\na, b, c;3\nd, e, f;4\n"},
      {";", "Code;Lu,ma,me\n1;x\n2;y\n"},
      {";", "x;y\n1,5;2,5\n3,5;4,5\n"},
      {",", "a,b,c\n1;2,3,4\n"},
      {",", "a, b, c\n1, 2, 3\n"},
      {"\t", "a\tb\tc\n1,5\t2;3\t4\n"},
      {"|", "a|b|c\n1,5|2;3|4\n"},
      {";", "\"a;x\";\"b,y\"\n\"1,2,3\";4\n"},
      {";", "a;b\n\"x, \n y,\";2\n"},
      {",", "a\n1\n2\n"},
      {";", "a;b"},
      {";", "nom;horaires\nA;Mo-Fr 09:00-12:00,14:00-17:00\nB;Mo 09:00-12:00,14:00-17:00\nC;24/7\n"},
      {",", "nom,horaires\nA,\"Mo-Fr 09:00-12:00; Sa 09:00-12:00\"\nB,\"Mo 09:00-12:00; Tu off\"\n"},
  };
  for (const auto& [delimiter, bytes] : cases) {
    EXPECT_EQ(parse_csv(bytes, "t.csv").value.delimiter, delimiter) << bytes;
  }
}

TEST(ReadCsv, ObeysADelimiterThatIsGiven) {
  check({
      {"semicolon", "a,b;c\n1,2;3\n", "[a,b|c] 2:1,2|3", {.encoding = {}, .delimiter = ";"}},
      {"tabulation by name", "a\tb;c\n", "[a|b;c]", {.encoding = {}, .delimiter = "tab"}},
      {"tabulation escaped", "a\tb;c\n", "[a|b;c]", {.encoding = {}, .delimiter = "\\t"}},
      {"another", "a:b\n1:2\n", "[a|b] 2:1|2", {.encoding = {}, .delimiter = ":"}},
      {"over the sep= line", "sep=,\na;b\n", "[a|b]", {.encoding = {}, .delimiter = ";"}},
  });
}

TEST(ReadCsv, FindsTheEncoding) {
  struct EncodedCase {
    std::string bytes;
    std::string encoding;
    std::string expected;
    std::string wanted{};
  };
  const std::vector<EncodedCase> cases{
      {"a;b\n1;2\n", "UTF-8", "[a|b] 2:1|2"},
      {"\xEF\xBB\xBF"
       "a;b\n1;2\n",
       "UTF-8 (BOM)", "[a|b] 2:1|2"},
      {"\xEF\xBB\xBF\"a\";b\n1;2\n", "UTF-8 (BOM)", "[a|b] 2:1|2"},
      {"nom\nÉtaples\n", "UTF-8", "[nom] 2:Étaples"},
      {"nom\n\xC9taples\n", "ISO-8859-1", "[nom] 2:Étaples"},
      {"nom\n\xC9taples \x80 \x9Cuf\n", "windows-1252", "[nom] 2:Étaples € œuf"},
      {"nom\nl\x92\xC9tang\n", "windows-1252", "[nom] 2:l’Étang"},
      {"nom\n\x81\n", "windows-1252", "[nom] 2:\xC2\x81"},
      {"nom\n\xC3\xA9\xF0\x9F\x93\x9A\n", "UTF-8", "[nom] 2:é📚"},
      // Overlong, surrogate, beyond U+10FFFF, cut short: none of them is UTF-8.
      {"nom\n\xC0\xAF\n", "ISO-8859-1", "[nom] 2:À¯"},
      {"nom\n\xE0\x9F\xBF\n", "windows-1252", "[nom] 2:àŸ¿"},
      {"nom\n\xED\xA0\x80\n", "windows-1252", "[nom] 2:í\u00A0€"},
      {"nom\n\xF4\x90\x80\x80\n", "windows-1252", "[nom] 2:ô\u0090€€"},
      {"nom\n\xC3", "ISO-8859-1", "[nom] 2:Ã"},
      // One bad byte among good letters leaves these as they are.
      {"nom\nÉcole é\nd\xE9j\xE0 é\nà\n", "UTF-8", "[nom] 2:École é 3:déjà é 4:à +invalid_utf8@3"},
      {"\xEF\xBB\xBFnom\nd\xE9j\xE0\n", "UTF-8 (BOM)", "[nom] 2:déjà +invalid_utf8@2"},
      {"nom;x\n\"é\r\n\xE9é\";1\né;\xE9\n", "UTF-8", "[nom|x] 2:é\r\néé|1 4:é|é +invalid_utf8@2 +invalid_utf8@4"},
      {"pr\xE9nom\nÉéé\n", "UTF-8", "[prénom] 2:Ééé +invalid_utf8@1"},
      {"nom\né\n", "windows-1252", "[nom] 2:Ã©", "cp1252"},
      {"nom\n\x80\n", "ISO-8859-1", "[nom] 2:\xC2\x80", "latin1"},
      {"nom\né\n", "UTF-8", "[nom] 2:é", "utf-8"},
  };
  for (const EncodedCase& one : cases) {
    SCOPED_TRACE(one.bytes);
    const Reading<FeatureTable> reading = parse_csv(one.bytes, "t.csv", {.encoding = one.wanted, .delimiter = ";"});
    EXPECT_EQ(reading.value.encoding, one.encoding);
    EXPECT_EQ(to_text(reading), one.expected);
  }
}

std::string in_utf16(const std::u16string& text, const bool big_endian) {
  std::string bytes = big_endian ? "\xFE\xFF" : "\xFF\xFE";
  for (const char16_t unit : text) {
    const auto high = static_cast<char>(unit >> 8U);
    const auto low = static_cast<char>(unit & 0xFFU);
    bytes += big_endian ? high : low;
    bytes += big_endian ? low : high;
  }
  return bytes;
}

TEST(ReadCsv, ReadsUnicodeTextOfExcel) {
  const std::u16string text = u"nom\tville\r\nÉcole €\tŒuilly 📚\r\n\"a\r\nb\"\tL’Haÿ\uFFFD\r\n";
  const std::string expected = "[nom|ville] 2:École €|Œuilly 📚 3:a\r\nb|L’Haÿ\uFFFD";
  for (const bool big_endian : {false, true}) {
    const auto reading = parse_csv(in_utf16(text, big_endian), "t.csv");
    EXPECT_EQ(to_text(reading), expected);
    EXPECT_EQ(reading.value.encoding, big_endian ? "UTF-16BE" : "UTF-16LE");
    EXPECT_EQ(reading.value.delimiter, "\t");
    const std::string unmarked = in_utf16(text, big_endian).substr(2);
    const std::string name = big_endian ? "UTF-16BE" : "utf-16le";
    EXPECT_EQ(to_text(parse_csv(unmarked, "t.csv", {.encoding = name, .delimiter = {}})), expected);
    EXPECT_EQ(to_text(parse_csv(in_utf16(text, big_endian), "t.csv", {.encoding = "windows-1252", .delimiter = {}})),
              expected);
  }
}

TEST(ReadCsv, HeadingsInBracketsAreNoJson) {
  EXPECT_EQ(to_text(parse_csv("[id],[nom]\n1,2\n", "t.csv")), "[[id]|[nom]] 2:1|2");
  EXPECT_EQ(to_text(parse_csv("{id},{nom}\n1,2\n", "t.csv")), "[{id}|{nom}] 2:1|2");
}

TEST(ReadCsv, RefusesWhatIsNoTable) {
  struct Refusal {
    std::string name;
    std::string bytes;
    std::string french;  ///< a part of the message
    CsvReadOptions options{};
  };
  const std::vector<Refusal> cases{
      {"empty", "", "fichier vide"},
      {"only a mark", "\xEF\xBB\xBF", "fichier vide"},
      {"only blank lines", "\r\n \n\n", "fichier vide"},
      {"only a sep= line", "sep=;\n", "fichier vide"},
      {"NUL", "a,b\n1,\0\n"s, "octet nul à la ligne 2"},
      {"NUL after lines that end in CR", "a,b\r1,2\r\0"s, "octet nul à la ligne 3"},
      {"xlsx or ods", "PK\x03\x04 abc", "enregistrez-la en CSV"},
      {"xls", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "enregistrez-la en CSV"},
      {"half a byte pair of UTF-16",
       "\xFF\xFE"
       "a\0;\0\n\0b"s,
       "ligne 2 : moitié de caractère UTF-16"},
      {"first half of a surrogate pair at the end of UTF-16", "\xFE\xFF\0a\0\n\xD8\x3D"s, "ligne 2 : moitié de caractère"},
      {"first half of a surrogate pair before a letter", "\xFE\xFF\0a\xD8\x3D\0b\0\n"s, "ligne 1 : moitié de caractère"},
      {"second half of a surrogate pair alone", "\xFE\xFF\0a\0\n\xDC\xDA\0b"s, "ligne 2 : moitié de caractère"},
      {"NUL in UTF-16", "\xFE\xFF\0a\0\n\0\0"s, "octet nul à la ligne 2"},
      {"UTF-16 without mark", "a\0;\0"s, "octet nul à la ligne 1"},
      {"gzip", "\x1F\x8B\x08 abc", "gzip"},
      {"NUL: what to do", "a,b\n1,\0\n"s, "enregistrez-le en CSV UTF-8"},
      {"gzip: what to do", "\x1F\x8B\x08 abc", "décompressez-la"},
      {"PDF", "%PDF-1.7\n", "c'est un PDF"},
      {"SQLite", "SQLite format 3\0"s, "renommez-la en .gpkg"},
      {"an error page", "<!DOCTYPE html>\n<html>", "HTML"},
      {"a page after its mark and blank lines", "\xEF\xBB\xBF\r\n <html>", "HTML"},
      {"JSON", "{\"nom\": \"x\", \"lat\": 50.6}\n", "c'est du JSON"},
      {"JSON lists", "\n[ {\"nom\": \"x\"},\n{\"nom\": \"y\"}]", "exportez les données en CSV"},
      {"GeoJSON", "{\"type\": \"FeatureCollection\",\n\"features\": []}", "renommez le fichier en .geojson"},
      {"JSON in UTF-16", "\xFE\xFF\0{\0\"\0a\0\"\0:\0001\0}"s, "c'est du JSON"},
      {"quote never closed", "a,b\n1,2\n3,\"x\n5,6\n",
       "guillemet ouvert à la ligne 3 et jamais refermé. Refermez-le, ou doublez-le"},
      {"quote never closed after quoted lines", "a,b\n\"1\n\n\",2\n\"x,\n5,6\n", "guillemet ouvert à la ligne 5"},
      {"quote never closed in the header", "\"a,b\n1,2\n", "guillemet ouvert à la ligne 1"},
      {"quote never closed at the very end", "a,b\n1,\"", "guillemet ouvert à la ligne 2"},
      {"doubled quote at the very end", "a,b\n1,\"\"\"", "guillemet ouvert à la ligne 2"},
      {"unknown encoding", "a\n", "encoding", {.encoding = "EBCDIC", .delimiter = {}}},
      {"not the encoding that is given",
       "a\nb\n\xE9\n",
       "la ligne 3 n'est pas en UTF-8",
       {.encoding = "UTF-8", .delimiter = {}}},
      {"delimiter of two characters", "a\n", "delimiter", {.encoding = {}, .delimiter = ";;"}},
      {"delimiter that is a quote", "a\n", "delimiter", {.encoding = {}, .delimiter = "\""}},
      {"delimiter that is a line end", "a\n", "delimiter", {.encoding = {}, .delimiter = "\n"}},
      {"delimiter that is half a letter", "a\n", "delimiter", {.encoding = {}, .delimiter = "\xC3"}},
  };
  for (const Refusal& one : cases) {
    SCOPED_TRACE(one.name);
    try {
      (void)parse_csv(one.bytes, "t.csv", one.options);
      ADD_FAILURE() << "was read";
    } catch (const InputError& error) {
      EXPECT_NE(error.message().french.find(one.french), std::string::npos) << error.message().french;
      EXPECT_TRUE(error.message().french.starts_with("t.csv : ")) << error.message().french;
      EXPECT_TRUE(error.message().english.starts_with("t.csv: ")) << error.message().english;
    }
  }
}

TEST(ReadCsv, DoesNotFillTheMemoryForShortRows) {
  const std::string header(60'000, ';');
  std::string rows;
  for (int row = 0; row < 600; ++row) {
    rows += "x\n";
  }
  EXPECT_THROW((void)parse_csv(header + "\n" + rows, "t.csv", {.encoding = {}, .delimiter = ";"}), InputError);
}

TEST(ReadCsv, SaysWhatWasWrongWithARow) {
  const auto reading = parse_csv("id,nom\nA7,x,tout,\nB8\n", "t.csv");
  ASSERT_EQ(reading.rejections.size(), 1U);
  EXPECT_EQ(reading.rejections[0], (RowNote{"t.csv", 2, "A7", "", "tout", "extra_cells", "4 > 2"}));
  ASSERT_EQ(reading.repairs.size(), 1U);
  EXPECT_EQ(reading.repairs[0], (RowNote{"t.csv", 3, "B8", "", "", "short_row", "1 < 2"}));
}

/// Whatever is written in quotes comes back, whatever stands in it.
TEST(ReadCsv, GivesBackAnyQuotedCells) {
  std::mt19937 random{42};
  const std::vector<std::string> alphabet{"a", "b", ";", ",", "\t", "|", "\"", "\r", "\n", " ", "'", "é", "€"};
  for (int round = 0; round < 300; ++round) {
    const std::size_t columns = 1 + random() % 5;
    std::string bytes;
    std::vector<std::string> cells;
    for (std::size_t column = 0; column < columns; ++column) {
      bytes += (column == 0 ? "c" : ",c") + std::to_string(column);
    }
    const std::size_t rows = random() % 6;
    for (std::size_t row = 0; row < rows; ++row) {
      for (std::size_t column = 0; column < columns; ++column) {
        std::string cell;
        for (std::size_t length = random() % 8; length > 0; --length) {
          cell += alphabet[random() % alphabet.size()];
        }
        bytes += column == 0 ? "\r\n\"" : ",\"";
        for (const char c : cell) {
          bytes += c == '"' ? "\"\"" : std::string(1, c);
        }
        bytes += '"';
        cells.push_back(cell);
      }
    }
    const auto reading = parse_csv(bytes, "t.csv", {.encoding = {}, .delimiter = ","});
    ASSERT_EQ(reading.value.rows(), rows) << bytes;
    ASSERT_TRUE(reading.repairs.empty() && reading.rejections.empty()) << bytes;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      ASSERT_EQ(reading.value.cells.at(i / columns, i % columns), cells[i]) << bytes;
    }
  }
}

/// No bytes make it read out of bounds or lose a row; what it refuses it refuses by InputError.
TEST(ReadCsv, SurvivesNoise) {
  std::mt19937 random{7};
  const std::string alphabet = "a1;,\t|\"\"\r\n\n \xC3\xA9\xE9\xEF\xBB\xBF=";
  for (int round = 0; round < 5'000; ++round) {
    std::string bytes;
    for (std::size_t length = random() % 40; length > 0; --length) {
      bytes += alphabet[random() % alphabet.size()];
    }
    try {
      const auto reading = parse_csv(bytes, "t.csv");
      ASSERT_EQ(reading.rows_in, static_cast<std::int64_t>(reading.value.rows() + reading.rejections.size()));
      ASSERT_EQ(reading.value.cells.rows(), reading.value.rows());
      ASSERT_TRUE(std::is_sorted(reading.value.row_numbers.begin(), reading.value.row_numbers.end()));
    } catch (const InputError&) {
      continue;
    }
  }
}

TEST(ReadCsv, ReadsAFileOrSaysThatThereIsNone) {
  const std::filesystem::path file =
      std::filesystem::path{testing::TempDir()} / ("lieux_" + std::to_string(::getpid()) + ".csv");
  std::ofstream(file, std::ios::binary) << "code;nom\n59350;Lille\n";
  const auto reading = read_csv(file);
  std::filesystem::remove(file);
  EXPECT_EQ(to_text(reading), "[code|nom] 2:59350|Lille");
  EXPECT_EQ(reading.value.source, file.string());
  EXPECT_THROW((void)read_csv(file), InputError);
  EXPECT_THROW((void)read_csv(testing::TempDir()), InputError);
}

TEST(ReadCsvRealData, GivesEveryRow) {
  const std::filesystem::path folder = std::filesystem::path{MAILLAGE_SHARED_DATA} / "structures";
  if (!std::filesystem::is_directory(folder)) {
    GTEST_SKIP() << "no " << folder;
  }
  struct File {
    const char* name;
    std::size_t rows;
    std::size_t columns;
    const char* delimiter;
  };
  for (const File& file :
       {File{"bibliotheques_publiques_france.csv", 15'882, 23, ";"}, File{"france_services_20240801.csv", 2'845, 22, ","},
        File{"france_services_20221201.csv", 2'683, 21, ","},
        File{"mediation_conseillers_numeriques_2022.csv", 4'930, 14, ","},
        File{"mediation_data_inclusion_2023.csv", 3'811, 14, ","}, File{"mediation_hinaura_aura_2022.csv", 1'171, 8, ","},
        File{"mediation_numi_normandie_2023.csv", 757, 14, ","}, File{"fablabs_france.csv", 135, 8, ","},
        File{"basilic_lieux_petites_communes_points.csv", 11'931, 11, ";"},
        File{"etablissements_cinema_annual.csv", 43'132, 16, ";"}}) {
    SCOPED_TRACE(file.name);
    const auto reading = read_csv(folder / file.name);
    EXPECT_EQ(reading.value.rows(), file.rows);
    EXPECT_EQ(reading.value.columns.size(), file.columns);
    EXPECT_EQ(reading.value.delimiter, file.delimiter);
    EXPECT_TRUE(reading.value.encoding.starts_with("UTF-8"));
    EXPECT_TRUE(reading.repairs.empty() && reading.rejections.empty());
  }
}

TEST(ReadCsvRealData, ReadsLatinTablesOfInsee) {
  const std::filesystem::path file = std::filesystem::path{MAILLAGE_SHARED_DATA} / "population" / "insee_historiq2018.txt";
  if (!std::filesystem::is_regular_file(file)) {
    GTEST_SKIP() << "no " << file;
  }
  const auto reading = read_csv(file);
  EXPECT_EQ(reading.value.rows(), 16'290U);
  EXPECT_EQ(reading.value.delimiter, "\t");
  EXPECT_EQ(reading.value.encoding, "windows-1252");
}

TEST(ReadCsv, TakesTheTextOutOfASpreadsheetFormula) {
  const Reading<FeatureTable> reading =
      parse_csv("code;autre\r\n\"=\"\"01004\"\"\";=1+1\r\n=\"2A004\";=\"a\"\"b\"\r\n", "x.csv");
  EXPECT_EQ(reading.value.cells.at(0, 0), "01004");
  EXPECT_EQ(reading.value.cells.at(0, 1), "=1+1");
  EXPECT_EQ(reading.value.cells.at(1, 0), "2A004");
}

}  // namespace
}  // namespace maillage
