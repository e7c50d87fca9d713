#include "engine/survey/publication_audit.hpp"

#include <gtest/gtest.h>

#include "engine/core/error.hpp"
#include "tests/engine/survey/published_cross_table.hpp"

namespace maillage {
namespace {

std::vector<Decimal> percents(const std::vector<std::int64_t>& units) {
  std::vector<Decimal> figures;
  for (const std::int64_t unit : units) {
    figures.push_back({.units = unit, .decimals = 0});
  }
  return figures;
}

std::vector<std::string> letters(const std::size_t count) {
  std::vector<std::string> labels;
  for (std::size_t k = 0; k < count; ++k) {
    labels.push_back(std::string(1, static_cast<char>('a' + k)));
  }
  return labels;
}

PublishedQuestion question(const std::vector<std::int64_t>& units, const std::optional<std::int64_t> base) {
  PublishedQuestion question;
  question.name = "q";
  question.label = "Q";
  question.base = base;
  question.percentages = percents(units);
  question.labels = letters(units.size());
  return question;
}

AuditVerdict verdict(const PublishedQuestion& of) {
  return audit_question(of).front().verdict;
}

TEST(AuditQuestion, T01CountsAndPercentagesAgree) {
  PublishedQuestion types = question({54, 19, 7, 5, 5, 4, 4, 2}, 258);
  types.counts = {140, 49, 19, 13, 12, 10, 10, 5};
  EXPECT_EQ(verdict(types), AuditVerdict::consistent);
  types.percentages[1].units = 20;
  EXPECT_EQ(verdict(types), AuditVerdict::impossible);
  EXPECT_NE(audit_question(types).front().message.french.find("« b » (20\u00a0%) pour 49 sur 258"), std::string::npos)
      << audit_question(types).front().message.french;
  types.counts[0] = 141;
  EXPECT_EQ(audit_question(types).front().message.english, "The counts sum to 259, the base given is 258.");
}

TEST(AuditQuestion, T10T19T20SharesThatSumToTheBase) {
  EXPECT_EQ(verdict(question({59, 32, 5, 3, 1}, 258)), AuditVerdict::consistent);
  EXPECT_EQ(verdict(question({55, 15, 30}, 258)), AuditVerdict::consistent);
  EXPECT_NE(audit_question(question({55, 15, 30}, 258)).front().message.french.find("a 141 à 143"), std::string::npos);
  const AuditFinding wrong = audit_question(question({55, 15, 32}, 258)).front();
  EXPECT_EQ(wrong.verdict, AuditVerdict::impossible);
  EXPECT_NE(wrong.message.english.find("One changed figure would do: 'b' (15%) → 14% and 'c' (32%) → 31%"),
            std::string::npos)
      << wrong.message.english;
}

TEST(AuditQuestion, T13SeveralAnswersEach) {
  PublishedQuestion skills = question({55, 39, 37, 29, 29, 28, 22, 18, 17, 12, 8, 31}, 258);
  EXPECT_EQ(verdict(skills), AuditVerdict::impossible);
  skills.multiple = true;
  EXPECT_EQ(verdict(skills), AuditVerdict::consistent);
  skills.base = 19;
  EXPECT_EQ(verdict(skills), AuditVerdict::hidden_base);
}

TEST(AuditQuestion, T21BasesThatAreNotPrinted) {
  PublishedQuestion intended = question({71, 42, 39, 37, 36, 35, 29}, std::nullopt);
  intended.multiple = true;
  intended.possible_bases = {120, 122};
  EXPECT_EQ(verdict(intended), AuditVerdict::hidden_base);
  intended.possible_bases = {10, 12};
  EXPECT_EQ(verdict(intended), AuditVerdict::impossible);
}

TEST(AuditQuestion, T17UnclearLabelsAndRemarksAreFindings) {
  PublishedQuestion themes = question({60, 40}, 10);
  themes.unclear = {{0, 1}};
  themes.remark = "lu de haut en bas";
  const auto findings = audit_question(themes);
  ASSERT_EQ(findings.size(), 3U);
  EXPECT_EQ(findings[1].verdict, AuditVerdict::not_identifiable);
  EXPECT_EQ(findings[2].verdict, AuditVerdict::remark);
}

TEST(AuditShare, T14AndT15AndT23) {
  const auto share = [](const std::int64_t units, const std::int64_t group) {
    return audit_share({.name = "s", .label = "S", .percentage = {.units = units, .decimals = 0}, .group = group});
  };
  EXPECT_EQ(share(64, 19).verdict, AuditVerdict::hidden_base);
  EXPECT_NE(share(64, 19).message.french.find("9 sur 14 et 7 sur 11"), std::string::npos) << share(64, 19).message.french;
  EXPECT_EQ(share(67, 49).verdict, AuditVerdict::consistent);
  EXPECT_NE(share(67, 49).message.english.find("(33)"), std::string::npos);
  EXPECT_EQ(share(50, 10).verdict, AuditVerdict::consistent);
  EXPECT_EQ(share(58, 49).verdict, AuditVerdict::hidden_base);
  EXPECT_NE(share(58, 49).message.english.find("28 of 48, 26 of 45"), std::string::npos);
  EXPECT_EQ(share(75, 10).verdict, AuditVerdict::hidden_base);
  EXPECT_EQ(share(50, 12).verdict, AuditVerdict::consistent);
  EXPECT_EQ(share(64, 5).verdict, AuditVerdict::impossible);
}

TEST(AuditUnion, T18AndT22) {
  const PublishedUnion stakes{.name = "u",
                              .label = "U",
                              .base = 258,
                              .percentage = {.units = 93},
                              .labels = letters(4),
                              .percentages = percents({58, 49, 21, 19})};
  EXPECT_EQ(audit_union(stakes).verdict, AuditVerdict::consistent);
  PublishedUnion skills = stakes;
  skills.percentages = percents({55, 20});
  EXPECT_EQ(audit_union(skills).verdict, AuditVerdict::impossible);
}

PublishedRates rates_by_type() {
  PublishedRates rates;
  rates.name = "r";
  rates.label = "R";
  rates.percentages = percents({27, 25, 25, 25, 15, 9, 8});
  rates.labels = letters(7);
  rates.respondents = {10, 13, 19, 49, 140, 12, 10};
  return rates;
}

TEST(AuditRates, T02TheWholeRateTellsTheFrame) {
  PublishedRates rates;
  rates.total_respondents = 258;
  rates.total_percentage = percents({17}).front();
  rates.announced_frame = 1550;
  const auto findings = audit_rates(rates);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].verdict, AuditVerdict::consistent);
  EXPECT_EQ(findings[0].message.english, "258 answers at a rate of 17%: 1,475 to 1,563 asked; announced: 1,550.");
  rates.announced_frame = 1600;
  EXPECT_EQ(audit_rates(rates)[0].verdict, AuditVerdict::impossible);
}

TEST(AuditRates, T03FramesByType) {
  const auto findings = audit_rates(rates_by_type());
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].verdict, AuditVerdict::consistent);
  EXPECT_NE(findings[0].message.english.find("a 37, b 51 to 53, c 75 to 77, d 193 to 200, e 904 to 965"), std::string::npos);
  EXPECT_NE(findings[0].message.english.find("1,505 to 1,606 in all"), std::string::npos);
}

TEST(AuditRates, T04TheShareOfLibrariesBoundsTheFrameAndContradictsTheOtherTypes) {
  PublishedRates rates = rates_by_type();
  rates.total_respondents = 258;
  rates.total_percentage = percents({17}).front();
  rates.frame_shares = {{4, percents({63}).front()}};
  const auto findings = audit_rates(rates);
  ASSERT_EQ(findings.size(), 2U);
  // 965 libraries at most make 63 % of 1,544 at most; but the other types' rates imply 601 more at least: 61.6 % at most.
  EXPECT_NE(findings[1].message.english.find("1,475 to 1,544 asked in all"), std::string::npos)
      << findings[1].message.english;
  EXPECT_NE(findings[1].message.english.find("to 61.6%"), std::string::npos);
  EXPECT_EQ(findings[1].verdict, AuditVerdict::impossible);
  rates.frame_shares = {{4, percents({61}).front()}};
  EXPECT_EQ(audit_rates(rates)[1].verdict, AuditVerdict::consistent);
}

TEST(AuditRates, ARateOfZeroLeavesTheFrameOpen) {
  PublishedRates rates;
  rates.percentages = percents({0, 10});
  rates.labels = letters(2);
  rates.respondents = {0, 5};
  rates.frame_shares = {{0, percents({50}).front()}};
  EXPECT_EQ(audit_rates(rates)[1].verdict, AuditVerdict::consistent);
  rates.percentages = percents({17, 10});  // nobody answered, yet 17 %
  EXPECT_EQ(audit_rates(rates).front().verdict, AuditVerdict::impossible);
  EXPECT_EQ(audit_rates(rates).size(), 1U);
}

TEST(AuditRates, T06AndT07MeansOfParts) {
  PublishedRates rates;
  rates.percentages = percents({27, 22, 16, 14, 13});
  rates.labels = letters(5);
  rates.total_percentage = percents({17}).front();
  EXPECT_EQ(audit_rates(rates)[0].verdict, AuditVerdict::consistent);
  EXPECT_NE(audit_rates(rates)[0].message.english.find("plain mean is 18.4%"), std::string::npos);
  rates.percentages = percents({20, 15});
  rates.labels = letters(2);
  rates.total_respondents = 258;
  rates.announced_frame = 1550;
  EXPECT_NE(audit_rates(rates)[0].message.english.find("'a' is about 32.9%"), std::string::npos);
  rates.total_percentage = percents({30}).front();
  EXPECT_EQ(audit_rates(rates)[0].verdict, AuditVerdict::impossible);
}

TEST(CrossTableFindings, T11SaysTheRowTheRepairsTheCertainAndTheDisclosedCell) {
  PublishedCrossTable table = test::status_by_tier();
  table.uncertain_rows = {{0, 1, 2, 3}};
  table.uncertain_parts = {{3, 4}};
  const auto findings = cross_table_findings(table, audit_cross_table(table), {});
  ASSERT_EQ(findings.size(), 5U);
  EXPECT_EQ(findings[0].verdict, AuditVerdict::impossible);
  EXPECT_NE(findings[0].message.english.find("Row 'Cities' (44% / 53%) contradicts itself: no count of 51 to 52"),
            std::string::npos)
      << findings[0].message.english;
  EXPECT_NE(findings[0].message.english.find("(10 tables)"), std::string::npos);
  EXPECT_NE(findings[1].message.english.find("'Metropoles' = public 1, private 10 and other 0"), std::string::npos);
  EXPECT_NE(findings[2].message.english.find("Cities 20%, Metropoles 4%, Other 3% and Other private 1%"), std::string::npos)
      << findings[2].message.english;
  EXPECT_EQ(findings[3].verdict, AuditVerdict::not_identifiable);
  EXPECT_NE(findings[3].message.english.find("Villages 34% or 42% and Towns 42% or 34%"), std::string::npos);
  EXPECT_EQ(findings[4].verdict, AuditVerdict::disclosive);
  EXPECT_NE(findings[4].message.english.find("1 of 11 answers"), std::string::npos);
}

TEST(FindingsTable, HasARowPerFinding) {
  PublishedStudy study;
  study.questions = {question({55, 15, 30}, 258)};
  study.cross_tables = {test::status_by_tier()};
  const auto findings = audit_publication(study);
  const Table table = findings_table(findings);
  EXPECT_EQ(table.rows.size(), findings.size());
  const Table tables = compatible_tables_table(study.cross_tables[0], audit_cross_table(study.cross_tables[0]));
  EXPECT_EQ(tables.rows.size(), 4U * 5U);
}

}  // namespace
}  // namespace maillage
