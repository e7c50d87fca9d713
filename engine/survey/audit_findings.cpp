#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "engine/survey/audit_text.hpp"
#include "engine/survey/publication_audit.hpp"

namespace maillage {
namespace {

AuditFinding finding(const PublishedCrossTable& table, const AuditVerdict verdict, Text message) {
  return {.name = table.name, .label = table.label, .verdict = verdict, .message = std::move(message)};
}

std::string column_name(const PublishedCrossTable& table, const std::size_t column) {
  return column < table.columns.size() ? table.columns[column] : table.remainder;
}

std::string row_text(const PublishedCrossTable& table, const std::size_t row, const Language language) {
  std::string shares;
  for (const Decimal& cell : table.cells[row]) {
    shares += (shares.empty() ? "" : " / ") + percent_text(cell, language);
  }
  return fmt::format(fmt::runtime(language == Language::french ? "« {} » ({})" : "'{}' ({})"), table.rows[row], shares);
}

std::string figure_name(const PublishedCrossTable& table, const FigurePlace& place) {
  switch (place.kind) {
    case FigurePlace::Kind::row_share:
      return table.rows[place.row];
    case FigurePlace::Kind::part:
      return table.parts[place.row].label;
    case FigurePlace::Kind::cell:
      break;
  }
  return table.rows[place.row] + ", " + column_name(table, place.column);
}

/// Distinct changes over all assignments, one text per figure: "Villages, public : 44 % → 43 % ou 45 %".
std::vector<std::string> repair_words(const PublishedCrossTable& table, const CrossTableAudit& audit,
                                      const Language language) {
  const bool french = language == Language::french;
  std::vector<std::pair<std::string, std::vector<std::string>>> changes;
  for (const Assignment& assignment : audit.assignments) {
    for (const Repair& repair : assignment.repairs) {
      const std::string figure = fmt::format(fmt::runtime(french ? "{} : {}" : "{}: {}"), figure_name(table, repair.place),
                                             percent_text(repair.printed, language));
      const std::string after = percent_text(repair.repaired, language);
      auto found = std::find_if(changes.begin(), changes.end(), [&](const auto& change) { return change.first == figure; });
      if (found == changes.end()) {
        found = changes.insert(changes.end(), {figure, {}});
      }
      if (std::find(found->second.begin(), found->second.end(), after) == found->second.end()) {
        found->second.push_back(after);
      }
    }
  }
  std::vector<std::string> words;
  for (const auto& [figure, after] : changes) {
    words.push_back(figure + " →");
    for (std::size_t k = 0; k < after.size(); ++k) {
      words.back() += (k > 0 ? (french ? " ou " : " or ") : " ") + after[k];
    }
  }
  return words;
}

/// Without a table: why, and which single changes would give one.
Text impossible_message(const PublishedCrossTable& table, const CrossTableAudit& audit) {
  return in_both([&](const Language language) {
    const bool french = language == Language::french;
    std::string text =
        fmt::format(fmt::runtime(french ? "Impossible tel qu'imprimé : aucun tableau d'effectifs entiers sur {} réponses "
                                          "({} ordres des chiffres essayés)."
                                        : "Impossible as printed: no table of whole counts on {} answers ({} orders of the "
                                          "figures tried)."),
                    count_text(table.base, language), audit.assignments_tested);
    for (const std::size_t row : audit.impossible_rows) {
      const CountRange totals = counts_printed_as(table.row_percentages[row], table.base);
      text += fmt::format(fmt::runtime(french ? " La ligne {} se contredit seule : aucun effectif de {} ne donne ces parts."
                                              : " Row {} contradicts itself: no count of {} gives these shares."),
                          row_text(table, row, language), range_text(totals, language));
    }
    const std::vector<std::string> repairs = repair_words(table, audit, language);
    if (repairs.empty()) {
      return text + (french ? " Aucun chiffre changé d'un point ne suffit : il y a plusieurs fautes, ou une autre base."
                            : " No figure changed by one point suffices: there are several faults, or another base.");
    }
    text += french ? " Corrections d'un seul chiffre qui suffisent : " : " Changes of one figure that suffice: ";
    text += fmt::format("{}", fmt::join(repairs, " ; ")) +
            fmt::format(" ({} {}).", audit.tables.size(), french ? "tableaux" : "tables");
    if (audit.faulty_row) {
      text += fmt::format(fmt::runtime(french ? " Toutes sont dans la ligne {} : la faute est là."
                                              : " All are in row {}: the fault is there."),
                          row_text(table, *audit.faulty_row, language));
    }
    if (audit.other_bases.empty()) {
      text += fmt::format(fmt::runtime(french ? " Aucune base commune de {} à {} ne convient non plus."
                                              : " No common base from {} to {} suits either."),
                          (table.base + 1) / 2, table.base - 1);
    } else {
      text += (french ? " Bases communes qui conviendraient : " : " Common bases that would suit: ") +
              list_text(audit.other_bases, 6, language) + ".";
    }
    return text;
  });
}

Text possible_message(const PublishedCrossTable& table, const CrossTableAudit& audit) {
  return in_both([&](const Language language) {
    return fmt::format(
        fmt::runtime(language == Language::french ? "Possible : {} d'effectifs entiers donnent ces parts sur {} réponses."
                                                  : "Possible: {} of whole counts give these shares on {} answers."),
        fmt::format(fmt::runtime(language == Language::french ? "{} tableaux" : "{} tables"), audit.tables.size()),
        count_text(table.base, language));
  });
}

/// Rows whose every cell is the same in all tables.
std::vector<std::size_t> certain_rows(const CrossTableAudit& audit) {
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < audit.ranges.size(); ++row) {
    if (std::all_of(audit.ranges[row].begin(), audit.ranges[row].end(),
                    [](const CountRange& range) { return range.first == range.last; })) {
      rows.push_back(row);
    }
  }
  return rows;
}

std::string row_counts(const PublishedCrossTable& table, const CrossTableAudit& audit, const std::size_t row,
                       const Language language) {
  std::vector<std::string> words;
  for (std::size_t column = 0; column < audit.ranges[row].size(); ++column) {
    words.push_back(fmt::format("{} {}", column_name(table, column), range_text(audit.ranges[row][column], language)));
  }
  return fmt::format(fmt::runtime(language == Language::french ? "« {} » = {}" : "'{}' = {}"), table.rows[row],
                     list_text(words, language));
}

Text certain_message(const PublishedCrossTable& table, const CrossTableAudit& audit, const std::vector<std::size_t>& rows) {
  return in_both([&](const Language language) {
    std::vector<std::string> words;
    for (const std::size_t row : rows) {
      words.push_back(row_counts(table, audit, row, language));
    }
    return fmt::format(fmt::runtime(language == Language::french ? "Certain, car identique dans les {} tableaux : {}."
                                                                 : "Certain, as it is the same in all {} tables: {}."),
                       audit.tables.size(), list_text(words, language));
  });
}

/// What the printed figures may mean when several orders of them fit: per row or part, the figures it may have.
struct Alternatives {
  std::vector<std::string> open;     ///< several figures possible
  std::vector<std::string> settled;  ///< its order was uncertain, but one figure is left
};

Alternatives alternatives(const std::vector<std::string>& labels, const std::vector<std::vector<std::size_t>>& groups,
                          const std::vector<std::vector<Decimal>>& orders, const Language language) {
  Alternatives result;
  for (const std::vector<std::size_t>& group : groups) {
    for (const std::size_t place : group) {
      std::vector<std::string> figures;
      for (const std::vector<Decimal>& order : orders) {
        std::string figure = percent_text(order[place], language);
        if (std::find(figures.begin(), figures.end(), figure) == figures.end()) {
          figures.push_back(std::move(figure));
        }
      }
      std::string words = fmt::format("{} ", labels[place]);
      for (std::size_t k = 0; k < figures.size(); ++k) {
        words += (k > 0 ? (language == Language::french ? " ou " : " or ") : "") + figures[k];
      }
      (figures.size() > 1 ? result.open : result.settled).push_back(std::move(words));
    }
  }
  return result;
}

void add_orders(const PublishedCrossTable& table, const CrossTableAudit& audit, std::vector<AuditFinding>& findings) {
  std::vector<std::string> parts;
  for (const ColumnPart& part : table.parts) {
    parts.push_back(part.label);
  }
  std::vector<std::vector<Decimal>> row_orders;
  std::vector<std::vector<Decimal>> part_orders;
  for (const Assignment& assignment : audit.assignments) {
    row_orders.push_back(assignment.row_percentages);
    part_orders.push_back(assignment.part_percentages);
  }
  const auto both = [&](const Language language) {
    Alternatives rows = alternatives(table.rows, table.uncertain_rows, row_orders, language);
    const Alternatives more = alternatives(parts, table.uncertain_parts, part_orders, language);
    rows.open.insert(rows.open.end(), more.open.begin(), more.open.end());
    rows.settled.insert(rows.settled.end(), more.settled.begin(), more.settled.end());
    return rows;
  };
  const Alternatives french = both(Language::french);
  const Alternatives english = both(Language::english);
  if (!french.settled.empty()) {
    findings.push_back(
        finding(table, AuditVerdict::consistent,
                {.french = "Ordre que le calcul impose : " + list_text(french.settled, Language::french) + ".",
                 .english = "Order that arithmetic imposes: " + list_text(english.settled, Language::english) + "."}));
  }
  if (!french.open.empty()) {
    findings.push_back(finding(table, AuditVerdict::not_identifiable,
                               {.french = "Le calcul ne peut pas choisir : " + list_text(french.open, Language::french) +
                                          ". Seul l'ordre de lecture le dit.",
                                .english = "Arithmetic cannot choose: " + list_text(english.open, Language::english) +
                                           ". Only the reading order tells."}));
  }
}

void add_disclosures(const PublishedCrossTable& table, const CrossTableAudit& audit, const PublicationAuditOptions& options,
                     std::vector<AuditFinding>& findings) {
  for (std::size_t row = 0; row < audit.ranges.size(); ++row) {
    std::int64_t total = 0;
    for (const CountRange& range : audit.ranges[row]) {
      total += range.first;
    }
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      const CountRange& range = audit.ranges[row][column];
      if (range.first < 1 || range.last >= options.least_units) {
        continue;
      }
      findings.push_back(
          finding(table, AuditVerdict::disclosive, in_both([&](const Language language) {
                    return fmt::format(
                        fmt::runtime(language == Language::french
                                         ? "La case « {} », {} ({}) révèle {} sur {} réponses : moins de {}, elle n'aurait "
                                           "pas dû être publiée."
                                         : "Cell '{}', {} ({}) tells of {} of {} answers: fewer than {}, it should not have "
                                           "been published."),
                        table.rows[row], table.columns[column], percent_text(table.cells[row][column], language),
                        range_text(range, language), total, options.least_units);
                  })));
    }
  }
}

}  // namespace

std::vector<AuditFinding> cross_table_findings(const PublishedCrossTable& table, const CrossTableAudit& audit,
                                               const PublicationAuditOptions& options) {
  std::vector<AuditFinding> findings;
  if (!audit.complete) {
    findings.push_back(
        finding(table, AuditVerdict::undecided,
                {.french = "Trop de tableaux possibles : la recherche a été arrêtée ; ce qui suit ne vaut que "
                           "pour les tableaux trouvés.",
                 .english = "Too many possible tables: the search was stopped; what follows holds for the "
                            "tables found only."}));
  }
  if (audit.possible) {
    findings.push_back(finding(table, AuditVerdict::consistent, possible_message(table, audit)));
  } else if (audit.complete) {
    findings.push_back(finding(table, AuditVerdict::impossible, impossible_message(table, audit)));
  }
  if (audit.tables.empty() || !audit.complete) {
    return findings;
  }
  if (const auto rows = certain_rows(audit); !rows.empty()) {
    findings.push_back(finding(table, AuditVerdict::consistent, certain_message(table, audit, rows)));
  }
  add_orders(table, audit, findings);
  add_disclosures(table, audit, options, findings);
  return findings;
}

}  // namespace maillage
