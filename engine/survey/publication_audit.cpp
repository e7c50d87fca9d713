#include "engine/survey/publication_audit.hpp"

#include <array>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

struct VerdictWords {
  AuditVerdict verdict;
  const char* name;
  Text label;
};

const std::array<VerdictWords, 7>& verdict_words() {
  static const std::array<VerdictWords, 7> kWords{
      {{AuditVerdict::consistent, "consistent", {.french = "cohérent", .english = "consistent"}},
       {AuditVerdict::impossible, "impossible", {.french = "impossible", .english = "impossible"}},
       {AuditVerdict::hidden_base, "hidden_base", {.french = "base cachée", .english = "hidden base"}},
       {AuditVerdict::not_identifiable, "not_identifiable", {.french = "non identifiable", .english = "not identifiable"}},
       {AuditVerdict::disclosive, "disclosive", {.french = "à ne pas publier", .english = "not to be published"}},
       {AuditVerdict::undecided, "undecided", {.french = "non tranché", .english = "undecided"}},
       {AuditVerdict::remark, "remark", {.french = "remarque", .english = "remark"}}}};
  return kWords;
}

const VerdictWords& words_of(const AuditVerdict verdict) {
  for (const VerdictWords& words : verdict_words()) {
    if (words.verdict == verdict) {
      return words;
    }
  }
  throw ArgumentError("audit: unknown verdict");
}

Text same(const std::string& text) {
  return {.french = text, .english = text};
}

void append(std::vector<AuditFinding>& findings, std::vector<AuditFinding> more) {
  findings.insert(findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace

Text verdict_label(const AuditVerdict verdict) {
  return words_of(verdict).label;
}

std::string verdict_name(const AuditVerdict verdict) {
  return words_of(verdict).name;
}

std::vector<AuditFinding> audit_publication(const PublishedStudy& study, const PublicationAuditOptions& options) {
  std::vector<AuditFinding> findings;
  for (const PublishedRates& rates : study.rates) {
    append(findings, audit_rates(rates));
  }
  for (const PublishedQuestion& question : study.questions) {
    append(findings, audit_question(question));
  }
  for (const PublishedShare& share : study.shares) {
    findings.push_back(audit_share(share));
  }
  for (const PublishedUnion& published : study.unions) {
    findings.push_back(audit_union(published));
  }
  for (const PublishedCrossTable& table : study.cross_tables) {
    append(findings, cross_table_findings(table, audit_cross_table(table), options));
  }
  return findings;
}

Table findings_table(const std::vector<AuditFinding>& findings) {
  Table table{.name = "constats",
              .title = {.french = "Constats", .english = "Findings"},
              .base = {},
              .columns = {{.heading = {.french = "nom", .english = "name"}, .unit = {}},
                          {.heading = {.french = "figure", .english = "figure"}, .unit = {}},
                          {.heading = {.french = "verdict", .english = "verdict"}, .unit = {}},
                          {.heading = {.french = "constat", .english = "finding"}, .unit = {}}},
              .rows = {}};
  for (const AuditFinding& finding : findings) {
    table.rows.push_back({same(finding.name), same(finding.label), verdict_label(finding.verdict), finding.message});
  }
  return table;
}

Table compatible_tables_table(const PublishedCrossTable& printed, const CrossTableAudit& audit) {
  Table table{.name = "tableaux_" + printed.name,
              .title = {.french = "Tableaux d'effectifs compatibles : " + printed.label,
                        .english = "Compatible tables of counts: " + printed.label},
              .base = {},
              .columns = {{.heading = {.french = "tableau", .english = "table"}, .unit = {}},
                          {.heading = {.french = "ligne", .english = "row"}, .unit = {}}},
              .rows = {}};
  for (const std::string& column : printed.columns) {
    table.columns.push_back({.heading = same(column), .unit = {}});
  }
  if (!printed.remainder.empty()) {
    table.columns.push_back({.heading = same(printed.remainder), .unit = {}});
  }
  for (std::size_t k = 0; k < audit.tables.size(); ++k) {
    for (std::size_t row = 0; row < printed.rows.size(); ++row) {
      table.rows.push_back({static_cast<std::int64_t>(k + 1), same(printed.rows[row])});
      for (const std::int64_t count : audit.tables[k][row]) {
        table.rows.back().emplace_back(count);
      }
    }
  }
  return table;
}

}  // namespace maillage
