#include <fmt/format.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <algorithm>
#include <iterator>
#include <memory>

#include "adapters/cli/direct_options.hpp"
#include "adapters/cli/survey_results.hpp"
#include "adapters/cli/verb.hpp"
#include "adapters/csv/write_csv.hpp"
#include "adapters/publish/run_folder.hpp"

namespace maillage {
namespace {

struct Options {
  DirectOptions direct;
  std::string responses;
  std::string frame;
  std::string frame_counts;
  std::string interval = "wilson";
  SurveyStudy survey;
  PublishOptions publish;
};

/// Columns of the answers that the structure reader does not know by itself.
std::vector<std::string> to_carry(const std::vector<std::string>& names) {
  const std::vector<std::string> known = structure_attribute_names({});
  std::vector<std::string> carried;
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end() &&
        std::find(carried.begin(), carried.end(), name) == carried.end()) {
      carried.push_back(name);
    }
  }
  return carried;
}

Study study_for(const Options& options) {
  DirectOptions direct = options.direct;
  direct.files = {options.responses};
  if (!options.frame.empty()) {
    direct.files.push_back(options.frame);
  }
  Study study = study_of(direct);
  std::vector<std::string> answers = options.survey.by;
  answers.insert(answers.end(), options.survey.cross.begin(), options.survey.cross.end());
  // The capacity is an amount of its own, not a column to carry.
  std::ranges::copy_if(options.survey.magnitudes, std::back_inserter(answers),
                       [](const std::string& amount) { return amount != "capacity"; });
  for (const std::string& pair : options.survey.pairs) {
    const std::size_t slash = std::min(pair.find('/'), pair.size());
    answers.push_back(pair.substr(0, slash));
    answers.push_back(pair.substr(std::min(slash + 1, pair.size())));
  }
  std::erase(answers, "");
  study.sources.front().mapping.carried = to_carry(answers);
  if (!options.frame.empty()) {
    study.sources.back().mapping.carried = to_carry(options.survey.by);
  }
  return study;
}

SurveyQuestions questions_of(const Options& options, const Study& study) {
  SurveyStudy survey = options.survey;
  survey.responses = study.sources.front().mapping.source;
  survey.frame = options.frame.empty() ? "" : study.sources.back().mapping.source;
  survey.frame_counts = options.frame_counts;
  survey.clopper_pearson = options.interval == "clopper-pearson";
  return survey_questions(survey);
}

void survey(const Options& options, Console& console) {
  const Study study = study_for(options);
  const SurveyQuestions questions = questions_of(options, study);
  const StudyInputs inputs = read_inputs(study, console);
  require_rows_add_up(inputs.quality);
  Survey analysed{inputs, questions};
  RunTables run{inputs, analysed.answers(), std::nullopt};
  analysed.publish(run);
  const ProtectedTables shown = run.protect(questions.rules);
  const SurveyResults results = analysed.results(shown);
  const std::string output = options.publish.output.empty()
                                 ? std::filesystem::path{options.responses}.stem().string() + "-enquete"
                                 : options.publish.output;
  RunFolder folder{output, {.overwrite = options.publish.overwrite}};
  for (const Table& table : results.tables) {
    write_table_csv(folder.staging() / (table.name + ".csv"), table, console.language());
  }
  const std::filesystem::path published = folder.publish();
  for (const Text& warning : results.warnings) {
    console.warn(warning);
  }
  for (const InputReport& input : inputs.quality.inputs) {
    if (!input.rejections.empty()) {
      console.warn({.french = fmt::format("{} : {} ligne(s) écartée(s), la première pour « {} ».", input.file,
                                          input.rejections.size(), input.rejections.front().reason),
                    .english = fmt::format("{}: {} row(s) rejected, the first for '{}'.", input.file,
                                           input.rejections.size(), input.rejections.front().reason)});
    }
  }
  for (const Text& line : results.summary) {
    console.print(console.in_language(line));
  }
  for (const Text& line : secrecy_lines(shown, questions.rules)) {
    console.print(console.in_language(line));
  }
  console.print("");
  console.print(fmt::format("{} : {}", console.language() == Language::french ? "Tableaux" : "Tables", published.string()));
}

}  // namespace

Verb add_survey(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* app =
      program.add_subcommand("survey", say("Dépouiller une enquête : taux de réponse, redressement, croisements, secret",
                                           "Analyse a survey: response rates, weights, cross tables, secrecy"));
  app->add_option("responses", options->responses, say("Fichier des réponses", "File of the answers"))->required();
  app->add_option("--frame", options->frame, say("Fichier de tous les interrogés", "File of all those asked"));
  app->add_option(
      "--frame-counts", options->frame_counts,
      say("Nombres d'interrogés : CSV variable, modalite, interroges", "Numbers asked: CSV attribute, category, count"));
  app->add_option(
         "--by", options->survey.by,
         say("Ce que l'on sait de tous les interrogés (typology,tier)", "What is known of all asked (typology,tier)"))
      ->delimiter(',');
  app->add_option("--cross", options->survey.cross,
                  say("Questions à croiser : legal_status, competences ou colonnes du fichier",
                      "Questions to cross: legal_status, competences or columns of the file"))
      ->delimiter(',');
  app->add_option("--magnitude", options->survey.magnitudes,
                  say("Grandeurs à totaliser par --by : capacity ou colonnes du fichier",
                      "Amounts to total by --by: capacity or columns of the file"))
      ->delimiter(',');
  app->add_option("--pairs", options->survey.pairs,
                  say("Paires de colonnes oui / non à comparer : pratique/intention",
                      "Pairs of yes/no columns to compare: practice/intention"))
      ->delimiter(',');
  app->add_option_function<double>(
         "--most-share", [options](const double percent) { options->survey.rules.most_share = percent / 100; },
         say("Cacher un total dont un contributeur fait plus que cette part, en % (85)",
             "Hide a total of which one contributor makes more than this share, in % (85)"))
      ->check(CLI::Range(1.0, 100.0));
  app->add_option("--separator", options->survey.separator,
                  say("Sépare plusieurs réponses dans une case", "Separates several answers in a cell"));
  app->add_option("--interval", options->interval, say("Intervalles de confiance", "Confidence intervals"))
      ->check(CLI::IsMember({"wilson", "clopper-pearson"}));
  app->add_option("--confidence", options->survey.confidence, say("Niveau de confiance (0,95)", "Confidence level (0.95)"))
      ->check(CLI::Range(0.5, 0.9999));
  app->add_option(
         "--most-weight", options->survey.most_weight,
         say("Poids le plus fort d'une réponse, sur leur moyenne (5)", "Largest weight of an answer, over their mean (5)"))
      ->check(CLI::Range(1.01, 1000.0));
  app->add_option("--least-units", options->survey.rules.least_units,
                  say("Cacher les cases de moins de réponses que cela (3)", "Hide cells of fewer answers than this (3)"))
      ->check(CLI::Range(1, 1000));
  app->add_option("--seed", options->survey.seed, say("Graine des tirages (1)", "Seed of the draws (1)"));
  add_territory_options(*app, options->direct, common.language);
  add_publish_options(*app, options->publish, common.language);
  add_common_options(*app, common);
  app->footer(
      french ? "\nExemple :\n  maillage survey reponses.csv --frame interroges.csv --by typology,tier --cross legal_status"
             : "\nExample:\n  maillage survey answers.csv --frame asked.csv --by typology,tier --cross legal_status");
  return {.app = app, .run = [options](Console& console) { survey(*options, console); }};
}

}  // namespace maillage
