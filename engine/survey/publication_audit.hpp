#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/core/text.hpp"
#include "engine/survey/audit_cross_table.hpp"
#include "engine/survey/published_figure.hpp"
#include "engine/survey/table.hpp"

namespace maillage {

/// The answers to one question as printed.
struct PublishedQuestion {
  std::string name;
  std::string label;
  std::string remark;                ///< what only a reader can see, passed on to the report
  std::optional<std::int64_t> base;  ///< nothing: not printed
  CountRange possible_bases;         ///< where to look for the base when it is not printed
  bool multiple = false;             ///< several answers each: shares need not sum to 100
  std::vector<std::string> labels;
  std::vector<Decimal> percentages;               ///< one per label
  std::vector<std::int64_t> counts;               ///< empty, or one per label
  std::vector<std::vector<std::size_t>> unclear;  ///< groups of labels of which it is not known which has which share
};

/// A share printed of a group whose full size is known: "64 % of the 19".
struct PublishedShare {
  std::string name;
  std::string label;
  Decimal percentage;
  std::int64_t group = 0;
};

/// "At least one of", with the shares of those.
struct PublishedUnion {
  std::string name;
  std::string label;
  std::int64_t base = 0;
  Decimal percentage;
  std::vector<std::string> labels;
  std::vector<Decimal> percentages;
};

/// Response rates, and what else was said of the frame.
struct PublishedRates {
  std::string name;
  std::string label;
  std::vector<std::string> labels;
  std::vector<Decimal> percentages;
  std::vector<std::int64_t> respondents;  ///< empty, or one per label
  std::optional<std::int64_t> total_respondents;
  std::optional<Decimal> total_percentage;
  std::optional<std::int64_t> announced_frame;
  std::vector<std::pair<std::size_t, Decimal>> frame_shares;  ///< share of a category in the frame
};

/// A publication's figures, as the audit takes them.
struct PublishedStudy {
  std::string title;
  std::string source;
  std::vector<PublishedRates> rates;
  std::vector<PublishedQuestion> questions;
  std::vector<PublishedShare> shares;
  std::vector<PublishedUnion> unions;
  std::vector<PublishedCrossTable> cross_tables;
};

enum class AuditVerdict {
  consistent,        ///< counts exist that print as published
  impossible,        ///< none do
  hidden_base,       ///< none on the base given, some on another
  not_identifiable,  ///< several readings fit, and arithmetic cannot choose
  disclosive,        ///< tells of fewer units than may be told of
  undecided,         ///< the search was stopped
  remark             ///< not arithmetic: a reader's remark, an implied figure
};

[[nodiscard]] Text verdict_label(AuditVerdict verdict);
/// Stable identifier for files: "hidden_base".
[[nodiscard]] std::string verdict_name(AuditVerdict verdict);

/// One thing the audit found.
struct AuditFinding {
  std::string name;  ///< of the question, table...
  std::string label;
  AuditVerdict verdict = AuditVerdict::remark;
  Text message;
};

struct PublicationAuditOptions {
  std::int64_t least_units = 3;  ///< a certain count below it, and not 0, is disclosive
};

/// Every finding, in the order of the study: rates, questions, shares, unions, cross tables.
/// Findings are exact for half-up rounding.
[[nodiscard]] std::vector<AuditFinding> audit_publication(const PublishedStudy& study, const PublicationAuditOptions& options = {});

[[nodiscard]] std::vector<AuditFinding> audit_question(const PublishedQuestion& question);
[[nodiscard]] AuditFinding audit_share(const PublishedShare& share);
[[nodiscard]] AuditFinding audit_union(const PublishedUnion& published);
[[nodiscard]] std::vector<AuditFinding> audit_rates(const PublishedRates& rates);
/// The findings of `audit_cross_table` in words.
[[nodiscard]] std::vector<AuditFinding> cross_table_findings(const PublishedCrossTable& table, const CrossTableAudit& audit,
                                                             const PublicationAuditOptions& options);

/// One row per finding: name, label, verdict, message.
[[nodiscard]] Table findings_table(const std::vector<AuditFinding>& findings);

/// All tables compatible with a printed one, a row per table and row.
[[nodiscard]] Table compatible_tables_table(const PublishedCrossTable& table, const CrossTableAudit& audit);

}  // namespace maillage
