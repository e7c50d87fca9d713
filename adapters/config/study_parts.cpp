#include "adapters/config/study_parts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace maillage {

std::optional<std::filesystem::path> single_path(KeyReader& reader, const std::string& key) {
  const auto paths = reader.paths(key);
  if (paths.size() > 1) {
    reader.fail(key, Text{.french = "un seul fichier attendu.", .english = "a single file is expected."});
  }
  return paths.empty() ? std::nullopt : std::optional{paths.front()};
}

TravelStudy read_travel(KeyReader reader, TravelStudy travel) {
  const auto network = single_path(reader, "network");
  const auto matrix = single_path(reader, "matrix");
  const std::string model = reader.choice("model", {"straight_line", "road", "matrix"})
                                .value_or(network  ? "road"
                                          : matrix ? "matrix"
                                                   : "");
  if (!model.empty()) {
    travel.model = model == "road"     ? TravelStudy::Model::road
                   : model == "matrix" ? TravelStudy::Model::matrix
                                       : TravelStudy::Model::straight_line;
  }
  travel.network = network.value_or(travel.network);
  travel.matrix = matrix.value_or(travel.matrix);
  travel.matrix_unit = reader.choice("matrix_unit", {"s", "min", "h", "m", "km"}).value_or(travel.matrix_unit);
  travel.mode = reader.text("mode").value_or(travel.mode);
  travel.from_structures = reader.choice("direction", {"to_structures", "from_structures"})
                               .value_or(travel.from_structures ? "from_structures" : "to_structures") == "from_structures";
  travel.max_access_m = reader.number("max_access_m").value_or(travel.max_access_m);
  travel.access_speed_kmh = reader.number("access_speed_kmh").value_or(travel.access_speed_kmh);
  travel.detour_factor = reader.number("detour_factor").value_or(travel.detour_factor);
  travel.speed_kmh = reader.number("speed_kmh").value_or(travel.speed_kmh);
  if (travel.model == TravelStudy::Model::road && travel.network.empty()) {
    reader.fail("network",
                Text{.french = "model = \"road\" demande un réseau : network = \"routes.mlg\" (écrit par « maillage "
                               "network build ») ou un fichier de routes (.osm.pbf, .gpkg...).",
                     .english = "model = \"road\" needs a network: network = \"roads.mlg\" (written by 'maillage "
                                "network build') or a file of roads (.osm.pbf, .gpkg...)."});
  }
  if (travel.model == TravelStudy::Model::matrix && travel.matrix.empty()) {
    reader.fail("matrix", Text{.french = "model = \"matrix\" demande un fichier : matrix = \"temps.csv\".",
                               .english = "model = \"matrix\" needs a file: matrix = \"times.csv\"."});
  }
  if (!(travel.max_access_m >= 0 && travel.max_access_m <= 100'000)) {
    reader.fail("max_access_m", Text{.french = "entre 0 et 100 000 mètres.", .english = "between 0 and 100,000 metres."});
  }
  if (!(travel.access_speed_kmh > 0 && travel.access_speed_kmh <= 1000)) {
    reader.fail("access_speed_kmh", Text{.french = "la vitesse est un nombre positif de km/h.",
                                         .english = "the speed is a positive number of km/h."});
  }
  if (!(travel.detour_factor >= 1) || travel.detour_factor > 100) {
    reader.fail("detour_factor",
                Text{.french = "le coefficient de détour vaut au moins 1.", .english = "the detour factor is at least 1."});
  }
  if (travel.speed_kmh < 0 || travel.speed_kmh > 1000) {
    reader.fail("speed_kmh", Text{.french = "la vitesse est un nombre positif de km/h.",
                                  .english = "the speed is a positive number of km/h."});
  }
  reader.refuse_unknown_keys();
  return travel;
}

bool is_identifier(const std::string_view name) {
  return !name.empty() && name.size() <= 40 && name.front() >= 'a' && name.front() <= 'z' &&
         std::all_of(name.begin(), name.end(),
                     [](const char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

std::vector<AttributeCondition> read_filters(KeyReader& reader) {
  std::vector<AttributeCondition> filters;
  for (auto& [attribute, values] : reader.texts_map("where")) {
    filters.push_back({.attribute = attribute, .values = values});
  }
  return filters;
}

CoverageStudy read_question(KeyReader& reader, TravelStudy travel) {
  CoverageStudy coverage;
  const auto name = reader.text("name");
  if (!name || !is_identifier(*name)) {
    reader.fail(
        "name",
        Text{.french = "un nom court est attendu (minuscules sans accent, chiffres, _) : il nomme les colonnes, par exemple "
                       "name = \"biblio_5km\".",
             .english =
                 "a short name is expected (lower case, digits, _): it names the columns, e.g. name = \"library_5km\"."});
  }
  coverage.name = *name;
  const auto limit_text = reader.text("limit");
  const auto limit = limit_text ? parse_limit(*limit_text) : std::nullopt;
  if (!limit) {
    reader.fail("limit", Text{.french = fmt::format(
                                  "« {} » n'est pas une limite ; écrivez par exemple \"5 km\", \"800 m\" ou \"15 min\".",
                                  limit_text.value_or("")),
                              .english = fmt::format("'{}' is not a limit; write e.g. \"5 km\", \"800 m\" or \"15 min\".",
                                                     limit_text.value_or(""))});
  }
  if (auto own_travel = reader.table("travel")) {
    travel = read_travel(*own_travel, travel);
  }
  if (travel.model == TravelStudy::Model::straight_line && limit->unit == CostUnit::seconds && !(travel.speed_kmh > 0)) {
    reader.fail("limit", Text{.french = "une limite en temps demande une vitesse ([travel] speed_kmh = 50) ou un réseau de "
                                        "routes ([travel] network = \"routes.mlg\").",
                              .english = "a limit in time needs a speed ([travel] speed_kmh = 50) or a road network "
                                         "([travel] network = \"roads.mlg\")."});
  }
  coverage.travel = travel;
  coverage.unit = limit->unit;
  coverage.limit = limit->value;
  coverage.limit_text = *limit_text;
  coverage.label = reader.text("label").value_or("");
  coverage.filters = read_filters(reader);
  if (auto typologies = reader.texts("typology"); !typologies.empty()) {
    coverage.filters.push_back({.attribute = "typology", .values = std::move(typologies)});
  }
  return coverage;
}

}  // namespace maillage
