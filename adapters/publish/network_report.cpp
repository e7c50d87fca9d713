#include "adapters/publish/network_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "adapters/publish/markdown_cell.hpp"
#include "engine/network/travel_profile.hpp"

namespace maillage {

namespace {

using detail::markdown_cell;

constexpr std::size_t kPartsShown = 20;
constexpr std::size_t kPlacesShown = 50;
constexpr std::array kStandings{RoadStanding::joined,  RoadStanding::closed,   RoadStanding::island,
                                RoadStanding::no_exit, RoadStanding::no_entry, RoadStanding::cut_off};

/// Kilometres with three digits, from centimetres, half up.
Decimal kilometres(const std::uint64_t length_cm) {
  return {.units = static_cast<std::int64_t>((length_cm + 50) / 100), .decimals = 3};
}

TableCell count(const std::size_t number) {
  return static_cast<std::int64_t>(number);
}

std::string heading_of(const TableColumn& column, const Language language) {
  return column.heading.in(language) + (column.unit.empty() ? "" : " (" + column.unit + ")");
}

std::string markdown(const Table& table, const Language language) {
  std::string text = "|";
  std::string rule = "|";
  for (std::size_t k = 0; k < table.columns.size(); ++k) {
    text += " " + heading_of(table.columns[k], language) + " |";
    const bool is_text = !table.rows.empty() && std::holds_alternative<Text>(table.rows.front()[k]);
    rule += is_text ? " --- |" : " ---: |";
  }
  text += "\n" + rule + "\n";
  for (const auto& row : table.rows) {
    text += "|";
    for (const TableCell& each : row) {
      text += " " + markdown_cell(to_text(each, language)) + " |";
    }
    text += "\n";
  }
  return text;
}

/// Words that are the same in both languages.
Text plain(const std::string& text) {
  return {.french = text, .english = text};
}

Table parts_table(const NetworkQuality& quality) {
  Table table{.name = "parts",
              .title = {},
              .base = {},
              .columns = {{.heading = {.french = "nature", .english = "kind"}, .unit = {}},
                          {.heading = {.french = "longueur", .english = "length"}, .unit = "km"},
                          {.heading = {.french = "tronçons", .english = "pieces"}, .unit = {}},
                          {.heading = {.french = "nœuds", .english = "nodes"}, .unit = {}},
                          {.heading = {.french = "classe", .english = "class"}, .unit = {}},
                          {.heading = {.french = "premier objet de la source", .english = "first feature of the source"},
                           .unit = {}}},
              .rows = {}};
  std::vector<const RoadFinding*> parts;
  for (const RoadFinding& finding : quality.audit.findings) {
    if (finding.fault <= RoadFault::dead_ferry) {
      parts.push_back(&finding);
    }
  }
  std::stable_sort(parts.begin(), parts.end(),
                   [](const RoadFinding* a, const RoadFinding* b) { return a->length_cm > b->length_cm; });
  parts.resize(std::min(parts.size(), kPartsShown));
  for (const RoadFinding* part : parts) {
    const Road& first = quality.network.road(part->roads.front());
    table.rows.push_back({fault_label(part->fault), kilometres(part->length_cm), count(part->roads.size()),
                          part->fault == RoadFault::dead_ferry ? TableCell{} : count(part->nodes),
                          plain(std::string{road_class_name(main_class(quality.network, *part))}),
                          plain(std::to_string(first.source_id))});
  }
  return table;
}

std::string places_listed(const std::vector<AuditedPlace>& places, const Language language) {
  std::string text;
  std::size_t listed = 0;
  std::size_t affected = 0;
  for (const AuditedPlace& place : places) {
    if (place.standing == RoadStanding::joined || ++affected > kPlacesShown) {
      continue;
    }
    ++listed;
    const std::string distance =
        place.standing == RoadStanding::closed ? "" : fmt::format(", {} m", std::llround(place.access_m));
    text += fmt::format("- {} {}{} : {}{}\n", place.kind == "lieu" && language == Language::english ? "place" : place.kind,
                        markdown_cell(place.key), place.name.empty() ? "" : " (" + markdown_cell(place.name) + ")",
                        standing_label(place.standing).in(language), distance);
  }
  if (affected > listed) {
    const std::string rest = to_text(count(affected - listed), language);
    text += language == Language::french ? fmt::format("\n… et {} autres : tous sont dans la couche audit_lieux.\n", rest)
                                         : fmt::format("\n… and {} more: all are in layer audit_lieux.\n", rest);
  }
  return text;
}

std::string places_section(const NetworkQuality& quality, const Language language) {
  const bool french = language == Language::french;
  std::string text = french ? "\n## Communes et structures concernées\n\n" : "\n## Communes and structures concerned\n\n";
  if (quality.places.empty()) {
    return text + (french ? "Aucun lieu n'a été donné : --region, --departement, --communes… et --places en donnent.\n"
                          : "No places were given: --region, --departement, --communes... and --places give some.\n");
  }
  const std::string metres = to_text(TableCell{static_cast<std::int64_t>(std::llround(quality.max_access_m))}, language);
  text += french ? fmt::format(
                       "Chaque commune est prise à son point, chaque lieu à ses coordonnées ; la route est cherchée à "
                       "{} m au plus. Un lieu qui n'est pas « relié » ne peut être quitté, ou atteint, ou ni l'un ni "
                       "l'autre, depuis le réseau principal.\n\n",
                       metres)
                 : fmt::format(
                       "Each commune is taken at its point, each place at its coordinates; a road is looked for within "
                       "{} m. A place that is not 'joined' cannot be left, or reached, or neither, from the core.\n\n",
                       metres);
  text += markdown(place_table(quality.places), language);
  const std::string listed = places_listed(quality.places, language);
  return text + (listed.empty() ? "" : "\n" + listed);
}

}  // namespace

Text fault_label(const RoadFault fault) {
  switch (fault) {
    case RoadFault::island:
      return {.french = "îlot", .english = "island"};
    case RoadFault::no_exit:
      return {.french = "piège sans sortie", .english = "trap without exit"};
    case RoadFault::no_entry:
      return {.french = "route sans entrée", .english = "road without entry"};
    case RoadFault::cut_off:
      return {.french = "coupé du réseau", .english = "cut off"};
    case RoadFault::dead_ferry:
      return {.french = "bac sans suite", .english = "dead ferry"};
    case RoadFault::assumed_speed:
      return {.french = "vitesse supposée", .english = "assumed speed"};
    case RoadFault::suspicious_speed:
      return {.french = "vitesse douteuse", .english = "suspicious speed"};
  }
  return {};
}

Text fault_meaning(const RoadFault fault) {
  switch (fault) {
    case RoadFault::island:
      return {.french = "aucune route ouverte ne mène au réseau principal : une île, une emprise privée, un raccord oublié",
              .english = "no open road leads to the core: an isle, private grounds, a joint forgotten"};
    case RoadFault::no_exit:
      return {.french = "on y entre et l'on ne peut revenir : un sens unique mal saisi, ou le bord des données",
              .english = "one comes in and cannot go back: a one-way street entered wrongly, or the edge of the data"};
    case RoadFault::no_entry:
      return {.french = "on peut en sortir et non y venir", .english = "one can come out and not in"};
    case RoadFault::cut_off:
      return {.french = "relié, mais dans des sens qui ne servent ni à venir ni à partir",
              .english = "joined, but in directions of use neither to come nor to go"};
    case RoadFault::dead_ferry:
      return {.french = "rien d'autre n'est attaché à une extrémité de la traversée",
              .english = "nothing else is attached to one end of the crossing"};
    case RoadFault::assumed_speed:
      return {.french = "aucune limite connue : la vitesse est celle de la classe dans le profil",
              .english = "no known limit: the speed is that of the class in the profile"};
    case RoadFault::suspicious_speed:
      return {.french = "la limite n'a pas été crue, est loin de la classe, ou le temps ne va pas avec la longueur",
              .english = "the limit was not believed, is far from its class, or time and length do not go together"};
  }
  return {};
}

Text standing_label(const RoadStanding standing) {
  switch (standing) {
    case RoadStanding::joined:
      return {.french = "relié au réseau principal", .english = "joined to the core"};
    case RoadStanding::closed:
      return {.french = "loin de toute route", .english = "far from any road"};
    case RoadStanding::island:
      return {.french = "sur un îlot", .english = "on an island"};
    case RoadStanding::no_exit:
      return {.french = "dans un piège sans sortie", .english = "in a trap without exit"};
    case RoadStanding::no_entry:
      return {.french = "sur une route sans entrée", .english = "on a road without entry"};
    case RoadStanding::cut_off:
      return {.french = "sur une route coupée du réseau", .english = "on a road that is cut off"};
  }
  return {};
}

Table fault_table(const RoadAudit& audit) {
  std::array<std::int64_t, kRoadFaults> findings{};
  std::array<std::int64_t, kRoadFaults> roads{};
  std::array<std::uint64_t, kRoadFaults> length_cm{};
  for (const RoadFinding& finding : audit.findings) {
    const auto fault = static_cast<std::size_t>(finding.fault);
    ++findings.at(fault);
    roads.at(fault) += static_cast<std::int64_t>(finding.roads.size());
    length_cm.at(fault) += finding.length_cm;
  }
  Table table{.name = "signalements",
              .title = {.french = "Signalements", .english = "Findings"},
              .base = {.french = "longueur des routes ouvertes", .english = "length of open roads"},
              .columns = {{.heading = {.french = "nature", .english = "kind"}, .unit = {}},
                          {.heading = {.french = "nombre", .english = "number"}, .unit = {}},
                          {.heading = {.french = "tronçons", .english = "pieces"}, .unit = {}},
                          {.heading = {.french = "longueur", .english = "length"}, .unit = "km"},
                          {.heading = {.french = "part", .english = "share"}, .unit = "%"}},
              .rows = {}};
  for (std::size_t fault = 0; fault < kRoadFaults; ++fault) {
    table.rows.push_back(
        {fault_label(static_cast<RoadFault>(fault)), findings.at(fault), roads.at(fault), kilometres(length_cm.at(fault)),
         percentage(static_cast<std::int64_t>(length_cm.at(fault)), static_cast<std::int64_t>(audit.length_cm), 2)});
  }
  return table;
}

Table place_table(const std::vector<AuditedPlace>& places) {
  struct Kind {
    std::string_view name;
    Text heading;
  };
  const std::array<Kind, 3> kinds{{{"commune", {.french = "communes", .english = "communes"}},
                                   {"structure", {.french = "structures", .english = "structures"}},
                                   {"lieu", {.french = "lieux", .english = "places"}}}};
  Table table{.name = "lieux",
              .title = {.french = "Lieux", .english = "Places"},
              .base = {},
              .columns = {{.heading = {.french = "état", .english = "state"}, .unit = {}}},
              .rows = {}};
  for (const RoadStanding standing : kStandings) {
    table.rows.push_back({standing_label(standing)});
  }
  for (const Kind& kind : kinds) {
    if (std::none_of(places.begin(), places.end(), [&](const AuditedPlace& place) { return place.kind == kind.name; })) {
      continue;
    }
    table.columns.push_back({.heading = kind.heading, .unit = {}});
    const bool with_people = kind.name == "commune";
    if (with_people) {
      table.columns.push_back({.heading = {.french = "habitants", .english = "inhabitants"}, .unit = {}});
    }
    for (std::size_t row = 0; row < kStandings.size(); ++row) {
      std::int64_t number = 0;
      std::int64_t people = 0;
      for (const AuditedPlace& place : places) {
        if (place.kind == kind.name && place.standing == kStandings.at(row)) {
          ++number;
          people += place.population.value_or(0);
        }
      }
      table.rows[row].emplace_back(number);
      if (with_people) {
        table.rows[row].emplace_back(people);
      }
    }
  }
  return table;
}

std::string table_text(const Table& table, const Language language) {
  constexpr std::size_t kFirst = 32;
  constexpr std::size_t kOther = 16;
  std::string text;
  const auto add = [&](const std::size_t column, const std::string& value) {
    text += column == 0 ? fmt::format("{:<{}}", value, kFirst) : fmt::format("{:>{}}", value, kOther);
  };
  for (std::size_t k = 0; k < table.columns.size(); ++k) {
    add(k, heading_of(table.columns[k], language));
  }
  for (const auto& row : table.rows) {
    text += "\n";
    for (std::size_t k = 0; k < row.size(); ++k) {
      add(k, to_text(row[k], language));
    }
  }
  return text;
}

std::string network_quality_markdown(const NetworkQuality& quality, const Language language) {
  const bool french = language == Language::french;
  const RoadAudit& audit = quality.audit;
  const auto number = [&](const std::size_t value) { return to_text(count(value), language); };
  const auto km = [&](const std::uint64_t length_cm) { return to_text(TableCell{kilometres(length_cm)}, language); };
  std::string text = fmt::format("# {} — {}\n\n", french ? "Qualité du réseau de routes" : "Quality of the road network",
                                 markdown_cell(quality.file));
  text += fmt::format("- source : {}{}\n", markdown_cell(quality.source),
                      quality.vintage.empty() ? "" : " (" + markdown_cell(quality.vintage) + ")");
  if (!quality.attribution.empty()) {
    text += fmt::format("- {} : {}\n", french ? "à mentionner" : "to be credited", markdown_cell(quality.attribution));
  }
  text += fmt::format("- mode : {}\n", markdown_cell(quality.network.mode));
  text += french ? fmt::format(
                       "- routes ouvertes : {} tronçons, {} km\n- réseau principal (d'où l'on va partout et revient) : "
                       "{} nœuds, {} km\n- nœuds sans route ouverte : {}\n",
                       number(audit.roads), km(audit.length_cm), number(audit.core_nodes), km(audit.core_length_cm),
                       number(audit.lone_nodes))
                 : fmt::format(
                       "- open roads: {} pieces, {} km\n- the core (from where one goes everywhere and comes back): {} "
                       "nodes, {} km\n- nodes without open road: {}\n",
                       number(audit.roads), km(audit.length_cm), number(audit.core_nodes), km(audit.core_length_cm),
                       number(audit.lone_nodes));
  text += french
              ? "\n## Signalements\n\nUne route à deux sens compte une fois ; une route peut avoir plusieurs défauts. "
                "Les interdictions de tourner ne sont pas regardées.\n\n"
              : "\n## Findings\n\nA road open both ways counts once; a road may have several faults. Turn restrictions are "
                "not looked at.\n\n";
  text += markdown(fault_table(audit), language) + "\n";
  for (std::size_t fault = 0; fault < kRoadFaults; ++fault) {
    text += fmt::format("- {} : {}.\n", fault_label(static_cast<RoadFault>(fault)).in(language),
                        fault_meaning(static_cast<RoadFault>(fault)).in(language));
  }
  if (const Table parts = parts_table(quality); !parts.rows.empty()) {
    text += french ? "\n## Les plus grands îlots, pièges et bacs\n\n" : "\n## The largest islands, traps and ferries\n\n";
    text += markdown(parts, language);
  }
  return text + places_section(quality, language);
}

}  // namespace maillage
