#include "adapters/publish/quality_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "adapters/publish/markdown_cell.hpp"

namespace maillage {
namespace {

using detail::markdown_cell;

constexpr std::size_t kExamplesShown = 20;

std::string grouped(const std::int64_t number, const Language language) {
  const std::string digits = std::to_string(number < 0 ? -number : number);
  const std::string separator = language == Language::french ? "\u202f" : ",";
  std::string text = number < 0 ? "-" : "";
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) {
      text += separator;
    }
    text += digits[i];
  }
  return text;
}

class Writer {
 public:
  explicit Writer(const Language language) : language_(language) {}

  void line(const std::string& text = "") { out_ += text + "\n"; }
  void heading(const Text& text) { line(fmt::format("\n## {}\n", text.in(language_))); }
  void say(const Text& text) { line(text.in(language_)); }
  [[nodiscard]] std::string number(const std::int64_t value) const { return grouped(value, language_); }
  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] const std::string& text() const { return out_; }

  /// Counts by reason, then the first notes of each.
  void notes(const std::vector<RowNote>& notes) {
    std::map<std::string, std::vector<const RowNote*>> by_reason;
    for (const RowNote& note : notes) {
      by_reason[note.reason].push_back(&note);
    }
    const bool french = language_ == Language::french;
    for (const auto& [reason, members] : by_reason) {
      line(fmt::format("\n### {} : {}\n", reason_label(reason).in(language_),
                       number(static_cast<std::int64_t>(members.size()))));
      line(french ? "| fichier | ligne | identifiant | colonne | valeur | détail |"
                  : "| file | row | key | column | value | detail |");
      line("| --- | ---: | --- | --- | --- | --- |");
      for (std::size_t i = 0; i < std::min(members.size(), kExamplesShown); ++i) {
        const RowNote& note = *members[i];
        line(fmt::format("| {} | {} | {} | {} | {} | {} |", markdown_cell(note.source), note.row ? std::to_string(*note.row) : "",
                         markdown_cell(note.key), markdown_cell(note.column), markdown_cell(note.value), markdown_cell(note.detail)));
      }
      if (members.size() > kExamplesShown) {
        const auto rest = number(static_cast<std::int64_t>(members.size() - kExamplesShown));
        line(french ? fmt::format("\n… et {} autres : la liste entière est dans quality.json.", rest)
                    : fmt::format("\n… and {} more: the whole list is in quality.json.", rest));
      }
    }
  }

 private:
  Language language_;
  std::string out_;
};

void write_inputs(Writer& out, const QualityReport& report) {
  out.heading({.french = "Fichiers lus", .english = "Files read"});
  out.say({.french = "Chaque ligne lue est retenue, hors du territoire étudié, ou écartée avec une raison.",
           .english = "Every row read is used, out of the territory, or rejected with a reason."});
  out.line();
  out.say({.french = "| fichier | rôle | format | encodage | lues | retenues | hors territoire | écartées |",
           .english = "| file | role | format | encoding | read | used | out of the territory | rejected |"});
  out.line("| --- | --- | --- | --- | ---: | ---: | ---: | ---: |");
  for (const InputReport& input : report.inputs) {
    out.line(fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |", markdown_cell(input.file), input.role.in(out.language()),
                         input.format, input.encoding, out.number(input.rows_in), out.number(input.rows_used),
                         out.number(input.rows_out_of_scope),
                         out.number(static_cast<std::int64_t>(input.rejections.size()))));
  }
}

template <typename Member>
std::vector<RowNote> gathered(const QualityReport& report, const Member member, const std::vector<RowNote>& more) {
  std::vector<RowNote> all;
  for (const InputReport& input : report.inputs) {
    const auto& notes = input.*member;
    all.insert(all.end(), notes.begin(), notes.end());
  }
  all.insert(all.end(), more.begin(), more.end());
  return all;
}

void write_notes(Writer& out, const Text& heading, const std::vector<RowNote>& notes) {
  if (!notes.empty()) {
    out.heading(heading);
    out.notes(notes);
  }
}

void write_placement(Writer& out, const PlacementReport& placement) {
  out.heading({.french = "Emplacement des structures", .english = "Position of the structures"});
  const auto item = [&](const Text& label, const std::int64_t count) {
    out.line(fmt::format("- {} : {}", label.in(out.language()), out.number(count)));
  };
  item({.french = "structures du territoire", .english = "structures of the territory"}, placement.structures);
  item({.french = "placées à leurs propres coordonnées", .english = "placed at their own coordinates"}, placement.by_point);
  item({.french = "placées au point de leur commune", .english = "placed at the point of their commune"},
       placement.by_commune);
  item({.french = "placées d'après le seul code postal", .english = "placed by postcode alone"}, placement.by_postcode);
  item({.french = "non placées", .english = "not placed"}, placement.unplaced);
  item({.french = "point et code désignent la même commune", .english = "point and code name the same commune"},
       placement.agree);
  item({.french = "point et code se contredisent", .english = "point and code name two communes"}, placement.conflict);
}

void write_suspicious(Writer& out, const std::vector<SuspiciousTown>& towns) {
  if (towns.empty()) {
    return;
  }
  out.heading({.french = "Trous suspects", .english = "Suspicious holes"});
  out.say({.french = "Ces villes n'ont aucune structure dans les fichiers alors que presque toutes celles de leur taille en "
                     "ont : plus souvent un oubli du fichier qu'une absence sur le terrain. À vérifier avant de conclure.",
           .english = "These towns have no structure in the files although nearly all of their size have: more often a gap "
                      "in the file than on the ground. To be checked first."});
  out.line();
  for (const SuspiciousTown& town : towns) {
    out.line(fmt::format("- {} ({}) : {} hab.{}", markdown_cell(town.name), town.code, out.number(town.population),
                         town.typology.empty() ? "" : " — " + markdown_cell(town.typology)));
  }
}

nlohmann::json notes_json(const std::vector<RowNote>& notes) {
  nlohmann::json list = nlohmann::json::array();
  for (const RowNote& note : notes) {
    nlohmann::json entry{{"source", note.source}, {"key", note.key},       {"column", note.column},
                         {"value", note.value},   {"reason", note.reason}, {"detail", note.detail}};
    entry["row"] = note.row ? nlohmann::json(*note.row) : nlohmann::json(nullptr);
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace

void require_rows_add_up(const QualityReport& report) {
  for (const InputReport& input : report.inputs) {
    if (input.rows_in != input.rows_used + input.rows_out_of_scope + static_cast<std::int64_t>(input.rejections.size())) {
      throw ArgumentError(fmt::format("{}: {} rows in, {} used, {} out of scope and {} rejected do not add up", input.file,
                                      input.rows_in, input.rows_used, input.rows_out_of_scope, input.rejections.size()));
    }
  }
}

std::string quality_markdown(const QualityReport& report, const Language language) {
  Writer out{language};
  const bool french = language == Language::french;
  out.line(fmt::format("# {} — {}", french ? "Qualité des données" : "Data quality", markdown_cell(report.title)));
  out.line();
  out.line(french ? fmt::format("{} : {} communes, {} habitants.", markdown_cell(report.territory), out.number(report.communes),
                                out.number(report.population))
                  : fmt::format("{}: {} communes, {} inhabitants.", markdown_cell(report.territory), out.number(report.communes),
                                out.number(report.population)));
  if (report.communes_without_population > 0) {
    const auto count = out.number(report.communes_without_population);
    out.line(french ? fmt::format(
                          "Population inconnue : {} commune(s) ; elles comptent dans les communes, pas dans les habitants.",
                          count)
                    : fmt::format("Population unknown: {} commune(s); counted as communes, not as inhabitants.", count));
  }
  out.line(fmt::format("{} {}. {}", french ? "Distances et surfaces en mètres dans" : "Distances and areas in metres in",
                       report.plane, report.scale_note.in(language)));
  write_inputs(out, report);
  write_placement(out, report.placement);
  write_suspicious(out, report.suspicious_towns);
  write_notes(out, {.french = "Lignes écartées", .english = "Rows rejected"},
              gathered(report, &InputReport::rejections, report.territory_rejections));
  write_notes(out, {.french = "Lignes réparées ou douteuses", .english = "Rows repaired or doubtful"},
              gathered(report, &InputReport::repairs, report.territory_repairs));
  write_notes(out, {.french = "Emplacements douteux", .english = "Doubtful positions"}, report.placement_notes);
  write_notes(out, {.french = "Hors de l’accessibilité", .english = "Left out of access"}, report.access_notes);
  write_notes(out, {.french = "Horaires inconnus ou incompris", .english = "Opening hours unknown or not understood"},
              report.hours_notes);
  write_notes(out, {.french = "Doublons probables", .english = "Probable duplicates"}, report.duplicates);
  return out.text();
}

std::string quality_json(const QualityReport& report) {
  nlohmann::json root;
  root["title"] = report.title;
  root["territory"] = {{"name", report.territory},
                       {"plane", report.plane},
                       {"communes", report.communes},
                       {"population", report.population},
                       {"communes_without_population", report.communes_without_population},
                       {"rejections", notes_json(report.territory_rejections)},
                       {"repairs", notes_json(report.territory_repairs)}};
  root["inputs"] = nlohmann::json::array();
  for (const InputReport& input : report.inputs) {
    root["inputs"].push_back({{"file", input.file},
                              {"role", input.role.english},
                              {"format", input.format},
                              {"encoding", input.encoding},
                              {"rows_in", input.rows_in},
                              {"rows_used", input.rows_used},
                              {"rows_out_of_scope", input.rows_out_of_scope},
                              {"rejections", notes_json(input.rejections)},
                              {"repairs", notes_json(input.repairs)}});
  }
  const PlacementReport& placement = report.placement;
  root["placement"] = {{"structures", placement.structures}, {"by_point", placement.by_point},
                       {"by_commune", placement.by_commune}, {"by_postcode", placement.by_postcode},
                       {"unplaced", placement.unplaced},     {"agree", placement.agree},
                       {"conflict", placement.conflict},     {"notes", notes_json(report.placement_notes)}};
  root["access_notes"] = notes_json(report.access_notes);
  root["hours_notes"] = notes_json(report.hours_notes);
  root["duplicates"] = notes_json(report.duplicates);
  root["suspicious_towns"] = nlohmann::json::array();
  for (const SuspiciousTown& town : report.suspicious_towns) {
    root["suspicious_towns"].push_back(
        {{"code", town.code}, {"name", town.name}, {"population", town.population}, {"typology", town.typology}});
  }
  return root.dump(1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

}  // namespace maillage
