#include "adapters/cli/read_frame_counts.hpp"

#include <fmt/format.h>

#include <charconv>
#include <initializer_list>
#include <set>

#include "adapters/csv/read_csv.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

std::size_t column_of(const FeatureTable& table, const std::initializer_list<const char*> names) {
  for (const char* name : names) {
    if (const auto column = table.find_column(name)) {
      return *column;
    }
  }
  throw InputError(Text{
      .french = fmt::format("{} : il manque la colonne « {} » ; les nombres d'interrogés se donnent en trois colonnes : "
                            "variable, modalite, interroges.",
                            table.source, *names.begin()),
      .english = fmt::format("{}: column '{}' is missing; numbers asked take three columns: attribute, category, count.",
                             table.source, *(names.begin() + 1))});
}

std::int64_t count_of(const FeatureTable& table, const std::size_t row, const std::size_t column) {
  constexpr std::int64_t kMost = 1'000'000'000;
  const std::string_view cell = table.cells.at(row, column);
  std::int64_t count = -1;
  const auto [end, error] = std::from_chars(cell.data(), cell.data() + cell.size(), count);
  if (error != std::errc{} || end != cell.data() + cell.size() || count < 0 || count > kMost) {
    throw InputError(Text{.french = fmt::format("{}, ligne {} : « {} » trouvé, un nombre entier d'interrogés attendu.",
                                                table.source, table.row_numbers[row], cell),
                          .english = fmt::format("{}, line {}: '{}' found, a whole number of those asked expected.",
                                                 table.source, table.row_numbers[row], cell)});
  }
  return count;
}

}  // namespace

std::map<std::string, FrameCounts> read_frame_counts(const std::filesystem::path& file) {
  const Reading<FeatureTable> reading = read_csv(file);
  const FeatureTable& table = reading.value;
  const std::size_t attribute = column_of(table, {"variable", "attribute"});
  const std::size_t category = column_of(table, {"modalite", "category"});
  const std::size_t count = column_of(table, {"interroges", "count"});
  std::map<std::string, FrameCounts> frames;
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string name{table.cells.at(row, attribute)};
    const std::string value{table.cells.at(row, category)};
    if (!seen.emplace(name, value).second) {
      throw InputError(Text{.french = fmt::format("{}, ligne {} : « {} », « {} » y est déjà.", table.source,
                                                  table.row_numbers[row], name, value),
                            .english = fmt::format("{}, line {}: '{}', '{}' stands there already.", table.source,
                                                   table.row_numbers[row], name, value)});
    }
    frames[name].categories.push_back({.french = value, .english = value});
    frames[name].counts.push_back(count_of(table, row, count));
  }
  return frames;
}

}  // namespace maillage
