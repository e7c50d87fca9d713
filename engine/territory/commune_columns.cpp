#include "engine/territory/commune_columns.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "engine/core/closest_name.hpp"
#include "engine/core/fold_text.hpp"
#include "engine/territory/commune_code.hpp"

namespace maillage {

namespace {

const std::array<std::string, kCommuneFields> kFieldNames{
    "code",   "type",        "parent", "name",      "population", "departement", "departement_name",
    "region", "region_name", "epci",   "epci_name", "longitude",  "latitude"};

using Aliases = std::vector<std::string_view>;

/// Spellings of each field, folded, the most telling first.
const Aliases& aliases_of(const CommuneField field) {
  static const std::array<Aliases, kCommuneFields> kAliases{
      Aliases{"inseecom",
              "codeinsee",
              "codeinseecommune",
              "codecommuneinsee",
              "codeinseedelacommune",
              "inseecode",
              "inseecommune",
              "communeinsee",
              "codgeo",
              "codecommune",
              "codedelacommune",
              "codeofficielcommune",
              "codeofficielgeographique",
              "depcom",
              "codecom",
              "comcode",
              "codcom",
              "inseecomm",
              "insee",
              "com",
              "cog",
              "code"},
      Aliases{"typecom", "typecommune", "type"},
      Aliases{"comparent", "codeparent", "cheflieu"},
      Aliases{"nomcom", "nomcommune", "nomdelacommune", "libgeo", "libcom", "libellecommune", "nomofficiel",
              "nomofficielcommune", "nomstandard", "libelle", "nom", "nomcomm", "commune", "name", "nccenr", "nomm", "ncc"},
      Aliases{"pmun", "population", "popul", "populationmunicipale", "popmunicipale", "popmun", "ppop", "poplegale", "ptot",
              "populationtotale", "pop", "habitants", "nbhabitants", "nombrehabitants"},
      Aliases{"inseedep", "codedept", "codedep", "codedepartement", "codeinseedudepartement", "departementcode", "depcode",
              "codedpt", "codeofficieldepartement", "dep", "dept", "departement"},
      Aliases{"nomdep", "nomdept", "nomdepartement", "nomdudepartement", "libdep", "libelledepartement", "departementnom",
              "departement"},
      Aliases{"inseereg", "codereg", "coderegion", "codeinseedelaregion", "regioncode", "codeofficielregion", "reg",
              "region"},
      Aliases{"nomreg", "nomregion", "nomdelaregion", "libreg", "libelleregion", "regionnom", "region"},
      Aliases{"sirenepci", "codeepci", "codesirenepci", "codessirendesepci", "epcicode", "epcisiren", "epci"},
      Aliases{"nomepci", "nomdelepci", "libepci", "libelleepci", "epcinom", "epciname", "epci"},
      Aliases{"longitude", "lon", "lng", "long", "xlongitude"},
      Aliases{"latitude", "lat", "ylatitude"}};
  return kAliases[static_cast<std::size_t>(field)];
}

bool all_digits(const std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](const char letter) { return letter >= '0' && letter <= '9'; });
}

/// The name without the year of its vintage, and the year: ("pmun21" -> "pmun", 21), ("p21pop" -> "ppop", 21).
std::pair<std::string, int> without_year(const std::string& name) {
  if (name.size() > 4 && name[0] == 'p' && all_digits(std::string_view{name}.substr(1, 2)) && name.substr(3) == "pop") {
    return {"ppop", std::stoi(name.substr(1, 2)) % 100};
  }
  std::size_t end = name.size();
  while (end > 0 && all_digits(std::string_view{name}.substr(end - 1, 1))) {
    --end;
  }
  const std::size_t digits = name.size() - end;
  if (end == 0 || (digits != 2 && digits != 4)) {
    return {name, -1};
  }
  return {name.substr(0, end), std::stoi(name.substr(end)) % 100};
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  return first == std::string_view::npos ? std::string_view{}
                                         : text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

/// Columns whose name is one of the field's, best first; of several vintages the latest.
std::vector<std::size_t> columns_named(const FeatureTable& table, const CommuneField field) {
  struct Named {
    std::size_t rank;
    int minus_year;
    std::size_t column;
    auto operator<=>(const Named&) const = default;
  };
  const Aliases& aliases = aliases_of(field);
  std::vector<Named> found;
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    const std::string name = fold_column_name(table.columns[column]);
    const auto [stem, year] = without_year(name);
    const auto exact = std::find(aliases.begin(), aliases.end(), name);
    const auto dated = std::find(aliases.begin(), aliases.end(), stem);
    if (exact != aliases.end() || dated != aliases.end()) {
      const auto alias = exact != aliases.end() ? exact : dated;
      found.push_back({static_cast<std::size_t>(alias - aliases.begin()), -year, column});
    }
  }
  std::sort(found.begin(), found.end());
  std::vector<std::size_t> columns;
  for (const Named& one : found) {
    columns.push_back(one.column);
  }
  return columns;
}

/// True when at least half of the filled cells pass the test, and one does.
template <typename Test>
bool mostly(const FeatureTable& table, const std::size_t column, const Test& test) {
  std::size_t filled = 0;
  std::size_t passed = 0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string_view cell = trimmed(table.cells.at(row, column));
    if (!cell.empty()) {
      ++filled;
      passed += test(cell) ? 1U : 0U;
    }
  }
  return filled == 0 ? true : passed * 2 >= filled && passed > 0;
}

bool is_departement_code(const std::string_view cell) {
  return cell.size() <= 3 && !cell.empty() && (cell[0] >= '0' && cell[0] <= '9');
}
bool is_region_code(const std::string_view cell) {
  return cell.size() <= 3 && all_digits(cell);
}
bool is_epci_code(const std::string_view cell) {
  return cell.size() >= 9 && all_digits(cell.substr(0, 9));
}
bool is_three_digit_code(const std::string_view cell) {
  return cell.size() <= 3 && all_digits(cell);
}
bool is_commune_type(const std::string_view cell) {
  return cell == "COM" || cell == "COMA" || cell == "COMD" || cell == "ARM";
}

std::string quoted_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "« " : ", « ") + name + " »";
  }
  return list;
}

std::string english_list(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) {
    list += (list.empty() ? "\"" : ", \"") + name + "\"";
  }
  return list;
}

[[noreturn]] void throw_no_code_column(const FeatureTable& table) {
  std::vector<std::string> near;
  for (const char* wanted : {"code_insee", "insee_com", "codgeo", "code"}) {
    for (const std::string& name : closest_names(wanted, table.columns)) {
      if (std::find(near.begin(), near.end(), name) == near.end()) {
        near.push_back(name);
      }
    }
  }
  throw InputError{
      Text{.french = fmt::format(
               "{} : aucune colonne n'est un code INSEE de commune ; colonnes trouvées : {}{} ; indiquez-la, par "
               "exemple code = \"{}\"",
               table.source, table.columns.empty() ? "aucune" : quoted_list(table.columns),
               near.empty() ? "" : " ; les plus proches : " + quoted_list(near), near.empty() ? "ma_colonne" : near.front()),
           .english = fmt::format(
               "{}: no column is an INSEE commune code; columns found: {}{}; name it, for instance code = \"{}\"",
               table.source, table.columns.empty() ? "none" : english_list(table.columns),
               near.empty() ? "" : "; the nearest: " + english_list(near), near.empty() ? "my_column" : near.front())}};
}

bool say_the_same(const FeatureTable& table, const std::size_t a, const std::size_t b) {
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto code_a = parse_commune_code(table.cells.at(row, a));
    const auto code_b = parse_commune_code(table.cells.at(row, b));
    if (code_a && code_b && code_a->code != code_b->code) {
      return false;
    }
  }
  return true;
}

/// The last names of the list are so common that they decide only where no better one does.
bool is_weak_code_name(const std::string& column) {
  const std::string name = without_year(fold_column_name(column)).first;
  return name == "insee" || name == "com" || name == "cog" || name == "code";
}

void find_code_column(const FeatureTable& table, CommuneColumns& columns) {
  std::vector<std::size_t> usable;
  std::optional<std::size_t> short_codes;
  for (const std::size_t column : columns_named(table, CommuneField::code)) {
    if (mostly(table, column, [](const std::string_view cell) { return parse_commune_code(cell).has_value(); })) {
      usable.push_back(column);
    } else if (!short_codes && mostly(table, column, is_three_digit_code)) {
      short_codes = column;
    }
  }
  auto& chosen = columns.column_of[static_cast<std::size_t>(CommuneField::code)];
  if (usable.empty()) {
    if (!short_codes || !columns[CommuneField::departement]) {
      throw_no_code_column(table);
    }
    chosen = short_codes;
    columns.code_needs_departement = true;
    return;
  }
  for (const std::size_t other : usable) {
    if (is_weak_code_name(table.columns[other]) == is_weak_code_name(table.columns[usable.front()]) &&
        !say_the_same(table, usable.front(), other)) {
      const std::vector<std::string> both{table.columns[usable.front()], table.columns[other]};
      throw InputError{Text{
          .french = fmt::format("{} : plusieurs colonnes peuvent être le code INSEE et ne disent pas la même chose : {} ; "
                                "choisissez, par exemple code = \"{}\" ; colonnes trouvées : {}",
                                table.source, quoted_list(both), both.front(), quoted_list(table.columns)),
          .english = fmt::format("{}: several columns may be the INSEE code and do not agree: {}; choose one, for instance "
                                 "code = \"{}\"; columns found: {}",
                                 table.source, english_list(both), both.front(), english_list(table.columns))}};
    }
  }
  chosen = usable.front();
}

void apply_mapping(const FeatureTable& table, const CommuneMapping& mapping, CommuneColumns& columns) {
  for (const auto& [field, column_name] : mapping) {
    const auto found_field = std::find(kFieldNames.begin(), kFieldNames.end(), field);
    if (found_field == kFieldNames.end()) {
      const auto near = closest_names(field, kFieldNames);
      throw StudyError{Text{.french = fmt::format("champ de commune inconnu : « {} »{} ; champs possibles : {}", field,
                                                  near.empty() ? "" : " ; vouliez-vous dire " + quoted_list(near) + " ?",
                                                  quoted_list({kFieldNames.begin(), kFieldNames.end()})),
                            .english = fmt::format("unknown field of a commune: \"{}\"{}; possible fields: {}", field,
                                                   near.empty() ? "" : "; did you mean " + english_list(near) + "?",
                                                   english_list({kFieldNames.begin(), kFieldNames.end()}))}};
    }
    std::optional<std::size_t> column = table.find_column(column_name);
    for (std::size_t other = 0; !column && other < table.columns.size(); ++other) {
      if (fold_column_name(table.columns[other]) == fold_column_name(column_name)) {
        column = other;
      }
    }
    if (!column) {
      const auto near = closest_names(column_name, table.columns);
      throw InputError{Text{
          .french = fmt::format("{} : la colonne « {} » n'existe pas{} ; colonnes trouvées : {}", table.source, column_name,
                                near.empty() ? "" : " ; vouliez-vous dire " + quoted_list(near) + " ?",
                                quoted_list(table.columns)),
          .english =
              fmt::format("{}: there is no column \"{}\"{}; columns found: {}", table.source, column_name,
                          near.empty() ? "" : "; did you mean " + english_list(near) + "?", english_list(table.columns))}};
    }
    columns.column_of[static_cast<std::size_t>(found_field - kFieldNames.begin())] = column;
  }
}

bool may_hold(const FeatureTable& table, const std::size_t column, const CommuneField field) {
  switch (field) {
    case CommuneField::departement:
      return mostly(table, column, is_departement_code);
    case CommuneField::region:
      return mostly(table, column, is_region_code);
    case CommuneField::epci:
      return mostly(table, column, is_epci_code);
    case CommuneField::departement_name:
      return !mostly(table, column, is_departement_code);
    case CommuneField::region_name:
      return !mostly(table, column, is_region_code);
    case CommuneField::epci_name:
      return !mostly(table, column, is_epci_code);
    case CommuneField::commune_type:
      return mostly(table, column, is_commune_type);
    case CommuneField::parent_code:
      return mostly(table, column, [](const std::string_view cell) { return parse_commune_code(cell).has_value(); });
    default:
      return true;
  }
}

}  // namespace

std::span<const std::string> commune_field_names() {
  return kFieldNames;
}

CommuneColumns recognise_commune_columns(const FeatureTable& table, const CommuneMapping& mapping) {
  CommuneColumns columns;
  apply_mapping(table, mapping, columns);
  for (std::size_t position = 0; position < kCommuneFields; ++position) {
    const auto field = static_cast<CommuneField>(position);
    if (field == CommuneField::code || columns.column_of[position]) {
      continue;
    }
    for (const std::size_t column : columns_named(table, field)) {
      if (may_hold(table, column, field)) {
        columns.column_of[position] = column;
        break;
      }
    }
  }
  if (!columns[CommuneField::commune_type]) {
    columns.column_of[static_cast<std::size_t>(CommuneField::parent_code)].reset();
  }
  if (!columns[CommuneField::code]) {
    find_code_column(table, columns);
  }
  return columns;
}

}  // namespace maillage
