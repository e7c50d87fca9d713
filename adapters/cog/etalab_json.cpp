#include "adapters/cog/etalab_json.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <simdjson.h>

#include "engine/territory/commune_code.hpp"

namespace maillage {

namespace {

using simdjson::dom::array;
using simdjson::dom::element;
using simdjson::dom::object;

std::string text_of(const object& item, const std::string_view key) {
  std::string_view text;
  return item.at_key(key).get(text) == simdjson::SUCCESS ? std::string{text} : std::string{};
}

/// A code given as text ("59"), under a longer name ("codeDepartement"), or within an object ({"code": "59", "nom":
/// "Nord"}).
struct CodeAndName {
  std::string code;
  std::string name;
};
CodeAndName code_of(const object& item, const std::string_view key, const std::string_view long_key) {
  object inner;
  if (item.at_key(key).get(inner) == simdjson::SUCCESS) {
    return {text_of(inner, "code"), text_of(inner, "nom")};
  }
  std::string code = text_of(item, key);
  return {code.empty() ? text_of(item, long_key) : code, {}};
}

std::optional<Point> town_hall(const object& item) {
  array coordinates;
  double longitude = 0;
  double latitude = 0;
  const bool found = item.at_pointer("/mairie/coordinates").get(coordinates) == simdjson::SUCCESS &&
                     coordinates.at(0).get(longitude) == simdjson::SUCCESS &&
                     coordinates.at(1).get(latitude) == simdjson::SUCCESS;
  return found ? std::optional{Point{longitude, latitude}} : std::nullopt;
}

template <typename Visit>
void for_each_text(const object& item, const std::string_view key, const Visit& visit) {
  array values;
  if (item.at_key(key).get(values) != simdjson::SUCCESS) {
    return;
  }
  for (const element value : values) {
    std::string_view text;
    if (value.get(text) == simdjson::SUCCESS) {
      visit(std::string{text});
    }
  }
}

class EtalabReader {
 public:
  EtalabReader(std::string name, const OfficialFile kind) : name_(std::move(name)), kind_(kind) {
    reading_.value.crs = {.definition = "OGC:CRS84", .geographic = true};
  }

  void read(const element& value) {
    ++reading_.rows_in;
    object item;
    if (value.get(item) != simdjson::SUCCESS) {
      reject({}, "not_an_object");
    } else if (kind_ == OfficialFile::etalab_communes) {
      read_commune(item);
    } else if (kind_ == OfficialFile::etalab_epci) {
      read_epci(item);
    } else {
      read_zone(item);
    }
  }

  Reading<TerritorySource> finish() {
    TerritorySource& source = reading_.value;
    for (auto* const names : {&source.postcodes, &source.departement_names, &source.region_names, &source.epci_names}) {
      std::sort(names->begin(), names->end());
      names->erase(std::unique(names->begin(), names->end()), names->end());
    }
    return std::move(reading_);
  }

 private:
  void reject(const std::string& code, std::string reason) {
    reading_.rejections.push_back({name_, reading_.rows_in, code, "code", code, std::move(reason), {}});
  }

  void add_event(const std::string& old_code, const std::string& new_code, const CodeEventKind kind) {
    if (!old_code.empty() && !new_code.empty() && old_code != new_code) {
      reading_.value.history.push_back({old_code, new_code, kind, {}});
    }
  }

  void read_commune(const object& item) {
    const std::optional<CommuneCode> code = parse_commune_code(text_of(item, "code"));
    if (!code) {
      reject(text_of(item, "code"), "invalid_commune_code");
      return;
    }
    const std::string type = text_of(item, "type");
    if (type == "commune-deleguee") {
      add_event(code->code, text_of(item, "chefLieu"), CodeEventKind::delegated);
    } else if (type == "commune-associee") {
      add_event(code->code, text_of(item, "chefLieu"), CodeEventKind::associated);
    } else if (type == "arrondissement-municipal") {
      add_event(code->code, text_of(item, "commune"), CodeEventKind::arrondissement);
    } else {
      add_commune(item, code->code);
    }
  }

  void add_commune(const object& item, const std::string& code) {
    TerritorySource& source = reading_.value;
    const CodeAndName departement = code_of(item, "departement", "codeDepartement");
    const CodeAndName region = code_of(item, "region", "codeRegion");
    const CodeAndName epci = code_of(item, "epci", "codeEpci");
    std::int64_t population = 0;
    const bool has_population = item.at_key("population").get(population) == simdjson::SUCCESS && population >= 0;
    source.records.push_back({.code = code,
                              .name = text_of(item, "nom"),
                              .population = has_population ? std::optional{population} : std::nullopt,
                              .departement = departement.code,
                              .region = region.code,
                              .epci = epci.code,
                              .point = town_hall(item),
                              .source = name_,
                              .row = reading_.rows_in});
    remember(source.departement_names, departement);
    remember(source.region_names, region);
    remember(source.epci_names, epci);
    for_each_text(item, "codesPostaux",
                  [&](std::string postcode) { source.postcodes.emplace_back(std::move(postcode), code); });
    for_each_text(item, "anciensCodes",
                  [&](const std::string& old_code) { add_event(old_code, code, CodeEventKind::merged); });
  }

  static void remember(std::vector<std::pair<std::string, std::string>>& names, const CodeAndName& zone) {
    if (!zone.code.empty() && !zone.name.empty()) {
      names.emplace_back(zone.code, zone.name);
    }
  }

  void read_epci(const object& item) {
    const CodeAndName epci{text_of(item, "code"), text_of(item, "nom")};
    array members;
    if (epci.code.empty() || item.at_key("membres").get(members) != simdjson::SUCCESS) {
      reject(epci.code, "invalid_code");
      return;
    }
    remember(reading_.value.epci_names, epci);
    for (const element value : members) {
      object member;
      const bool is_object = value.get(member) == simdjson::SUCCESS;
      const std::string text = is_object ? text_of(member, "code") : std::string{};
      if (const std::optional<CommuneCode> code = parse_commune_code(text)) {
        // Membership only: population and name are those of the list of communes.
        reading_.value.records.push_back({.code = code->code,
                                          .name = {},
                                          .population = {},
                                          .departement = {},
                                          .region = {},
                                          .epci = epci.code,
                                          .point = {},
                                          .source = name_,
                                          .row = reading_.rows_in});
      } else {
        reading_.repairs.push_back({name_, reading_.rows_in, epci.code, "membres", text, "invalid_commune_code", {}});
      }
    }
  }

  void read_zone(const object& item) {
    const CodeAndName zone{text_of(item, "code"), text_of(item, "nom")};
    if (zone.code.empty()) {
      reject({}, "invalid_code");
      return;
    }
    remember(kind_ == OfficialFile::etalab_regions ? reading_.value.region_names : reading_.value.departement_names, zone);
  }

  std::string name_;
  OfficialFile kind_;
  Reading<TerritorySource> reading_;
};

}  // namespace

OfficialFile detect_etalab_json(const std::string_view beginning) {
  const std::size_t object_end = beginning.find('}');
  const std::string_view first = beginning.substr(0, object_end);
  const auto has = [&](const std::string_view key) { return first.find(key) != std::string_view::npos; };
  const std::size_t code = first.find("\"code\"");
  if (!has("\"nom\"") || code == std::string_view::npos) {
    return OfficialFile::other;
  }
  if (has("\"membres\"")) {
    return OfficialFile::etalab_epci;
  }
  const std::size_t colon = first.find(':', code);
  const std::size_t open = colon == std::string_view::npos ? colon : first.find_first_not_of(" \t\r\n", colon + 1);
  const std::size_t close =
      open == std::string_view::npos || first[open] != '"' ? std::string_view::npos : first.find('"', open + 1);
  if (close == std::string_view::npos) {
    return OfficialFile::other;
  }
  if (close - open - 1 == 5) {
    return OfficialFile::etalab_communes;
  }
  if (close - open - 1 > 3) {
    return OfficialFile::other;
  }
  return has("\"region\"") || has("\"codeRegion\"") ? OfficialFile::etalab_departements : OfficialFile::etalab_regions;
}

Reading<TerritorySource> parse_etalab_json(const std::string_view text, const OfficialFile kind, const std::string& name) {
  simdjson::dom::parser parser;
  const simdjson::padded_string padded{text};
  element root;
  array items;
  simdjson::error_code error = parser.parse(padded).get(root);
  if (error == simdjson::SUCCESS) {
    error = root.get(items);
  }
  if (error != simdjson::SUCCESS) {
    throw InputError{Text{.french = fmt::format("{} : JSON illisible ({}) ; le fichier est-il complet ?", name,
                                                simdjson::error_message(error)),
                          .english = fmt::format("{}: not readable as JSON ({}); is the file complete?", name,
                                                 simdjson::error_message(error))}};
  }
  EtalabReader reader{name, kind};
  for (const element item : items) {
    reader.read(item);
  }
  return reader.finish();
}

}  // namespace maillage
