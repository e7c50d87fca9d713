#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "adapters/cli/direct_options.hpp"
#include "adapters/cli/study_outputs.hpp"
#include "adapters/cli/verb.hpp"
#include "engine/time/dated_moment.hpp"

namespace maillage {
namespace {

struct Options {
  DirectOptions direct;
  PublishOptions publish;
  ContinuityStudy continuity;
  std::int16_t year = 0;
};

/// One question of continuity for every limit of --within.
Study continuity_study_of(const Options& options) {
  Study study = study_of(options.direct);
  for (const CoverageStudy& coverage : study.coverages) {
    ContinuityStudy continuity = options.continuity;
    continuity.question = coverage;
    if (options.year != 0) {
      continuity.year = options.year;
    }
    study.continuities.push_back(std::move(continuity));
  }
  study.coverages.clear();
  return study;
}

}  // namespace

Verb add_continuity(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  const auto say = [french](const char* in_french, const char* in_english) {
    return std::string{french ? in_french : in_english};
  };
  CLI::App* app = program.add_subcommand(
      "continuity",
      say("Quand une porte est ouverte à portée, heure par heure, directement depuis des fichiers de structures",
          "When a door is open in reach, hour by hour, straight from files of structures"));
  add_direct_options(*app, options->direct, common.language);
  add_coverage_options(*app, options->direct, common.language);
  app->get_option("--within")->required();
  app->add_option("--stay", options->continuity.stay_minutes,
                  say("Durée du séjour, en minutes : la structure reste ouverte aussi longtemps après l'arrivée",
                      "Length of the stay in minutes: the structure stays open that long after one arrives"))
      ->check(CLI::Range(0, 720));
  app->add_option("--budget", options->continuity.budget_hours,
                  say("Nombre d'heures à ouvrir à proposer", "Number of hours to open to propose"))
      ->check(CLI::Range(0, 1000));
  app->add_option("--weekly-hours", options->continuity.weekly_hours,
                  say("Colonne du total d'heures par semaine, reprise (--carry), où il n'y a pas d'horaires",
                      "Column of hours a week, carried (--carry), where there is no timetable"));
  app->add_option("--year", options->year,
                  say("Aussi chaque heure de cette année, jours fériés et vacances compris",
                      "Also every hour of that year, holidays included"))
      ->check(CLI::Range(2008, 2100));
  app->add_option("--at", options->continuity.at,
                  say("Aussi la prochaine ouverture à partir de ce moment : \"2026-03-14 17:30\"",
                      "Also the next opening from that moment on: \"2026-03-14 17:30\""))
      ->check(CLI::Validator{[](const std::string& text) {
                               return parse_moment(text) ? std::string{} : "2026-03-14 17:30 ? " + text;
                             },
                             "AAAA-MM-JJ HH:MM"});
  app->add_option("--worth", options->continuity.worth_minutes,
                  say("Aussi ce que vaut chaque tranche de la semaine, de tant de minutes, dans chaque structure",
                      "Also what every slot of the week, that many minutes long, is worth in every structure"))
      ->check(CLI::IsMember({15, 30, 60}));
  app->add_option("--presences", options->direct.presences,
                  say("Colonnes de début et de fin d'un fichier où chaque ligne est une présence datée : debut,fin",
                      "Columns of begin and end of a file whose every row is a dated presence: begin,end"))
      ->delimiter(',')
      ->expected(2);
  add_format_options(*app, options->direct, common.language);
  add_publish_options(*app, options->publish, common.language);
  add_common_options(*app, common);
  app->footer(
      say("\nExemples :\n  maillage continuity mairies.csv --within 5km\n  maillage continuity france_services.csv "
          "--within 20min --network routes.mlg --stay 30\n  maillage continuity biblio.csv --within 10km --carry "
          "\"Amplitude horaire\" --weekly-hours \"Amplitude horaire\"",
          "\nExamples:\n  maillage continuity town_halls.csv --within 5km\n  maillage continuity places.csv "
          "--within 20min --network roads.mlg --stay 30\n  maillage continuity libraries.csv --within 10km --carry "
          "\"Weekly hours\" --weekly-hours \"Weekly hours\""));
  return {.app = app,
          .run = [options](Console& console) { run_study(continuity_study_of(*options), options->publish, console); }};
}

}  // namespace maillage
