#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <array>
#include <map>
#include <memory>

#include "adapters/cli/verb.hpp"
#include "adapters/config/read_publication.hpp"
#include "adapters/csv/write_csv.hpp"
#include "adapters/publish/run_folder.hpp"

namespace maillage {
namespace {

struct Options {
  std::string file;
  std::int64_t least_units = 3;
  PublishOptions publish;
};

/// How many findings of each verdict, those that matter first.
std::string verdict_counts(const std::vector<AuditFinding>& findings, const Language language) {
  constexpr std::array kOrder{
      AuditVerdict::impossible, AuditVerdict::hidden_base, AuditVerdict::disclosive, AuditVerdict::not_identifiable,
      AuditVerdict::undecided,  AuditVerdict::consistent,  AuditVerdict::remark};
  std::map<AuditVerdict, std::size_t> counts;
  for (const AuditFinding& finding : findings) {
    ++counts[finding.verdict];
  }
  std::string text;
  for (const AuditVerdict verdict : kOrder) {
    if (counts[verdict] > 0) {
      text += fmt::format("{}{} : {}", text.empty() ? "" : " ; ", verdict_label(verdict).in(language), counts[verdict]);
    }
  }
  return text;
}

void print_findings(const PublishedStudy& study, const std::vector<AuditFinding>& findings, Console& console) {
  const Language language = console.language();
  if (!study.title.empty()) {
    console.print(study.title);
  }
  if (!study.source.empty()) {
    console.print(fmt::format("{}{}", language == Language::french ? "Source : " : "Source: ", study.source));
  }
  std::string label;
  for (const AuditFinding& finding : findings) {
    if (finding.label != label) {
      console.print("");
      console.print(finding.label);
      label = finding.label;
    }
    console.print(
        fmt::format("  [{}] {}", console.in_language(verdict_label(finding.verdict)), console.in_language(finding.message)));
  }
  console.print("");
  console.print(verdict_counts(findings, language));
}

void audit(const Options& options, Console& console) {
  const PublishedStudy study = read_publication(options.file);
  const std::vector<AuditFinding> findings = audit_publication(study, {.least_units = options.least_units});
  if (!options.publish.output.empty()) {
    RunFolder folder{options.publish.output, {.overwrite = options.publish.overwrite}};
    const auto write = [&](const Table& table) {
      write_table_csv(folder.staging() / (table.name + ".csv"), table, console.language());
    };
    write(findings_table(findings));
    for (const PublishedCrossTable& table : study.cross_tables) {
      write(compatible_tables_table(table, audit_cross_table(table)));
    }
    folder.publish();
  }
  print_findings(study, findings, console);
}

}  // namespace

Verb add_audit(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  CLI::App* app = program.add_subcommand(
      "audit", french ? "Vérifier les chiffres publiés d'une enquête : possibles, impossibles, bases cachées"
                      : "Audit the published figures of a survey: possible, impossible, hidden bases");
  app->add_option("figures", options->file, french ? "Chiffres publiés (TOML)" : "Published figures (TOML)")->required();
  app->add_option("--least-units", options->least_units,
                  french ? "Signaler les cases publiées de moins d'unités que cela (3)"
                         : "Report published cells of fewer units than this (3)")
      ->check(CLI::Range(1, 1000));
  add_publish_options(*app, options->publish, common.language);
  add_common_options(*app, common);
  app->footer(french ? "\nExemple :\n  maillage audit examples/hauts-de-france/chiffres-2019.toml --output verdict"
                     : "\nExample:\n  maillage audit examples/hauts-de-france/chiffres-2019.toml --output verdict");
  return {.app = app, .run = [options](Console& console) { audit(*options, console); }};
}

}  // namespace maillage
