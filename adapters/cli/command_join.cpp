#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <memory>

#include "adapters/cli/direct_options.hpp"
#include "adapters/cli/study_outputs.hpp"
#include "adapters/cli/verb.hpp"

namespace maillage {
namespace {

struct Options {
  DirectOptions direct;
  PublishOptions publish;
};

}  // namespace

Verb add_join(CLI::App& program, CommonOptions& common) {
  const auto options = std::make_shared<Options>();
  const bool french = common.language == Language::french;
  CLI::App* app =
      program.add_subcommand("join", french ? "Rattacher des structures à leur commune et à sa classe de population"
                                            : "Join structures with their commune and its population tier");
  add_direct_options(*app, options->direct, common.language);
  add_format_options(*app, options->direct, common.language);
  add_publish_options(*app, options->publish, common.language);
  add_common_options(*app, common);
  app->footer(french ? "\nExemples :\n  maillage join lieux.csv --region Hauts-de-France\n  maillage join lieux.csv --wins "
                       "point --formats csv-excel"
                     : "\nExamples:\n  maillage join places.csv --region Hauts-de-France\n  maillage join places.csv --wins "
                       "point --formats csv-excel");
  return {.app = app,
          .run = [options](Console& console) { run_study(study_of(options->direct), options->publish, console); }};
}

}  // namespace maillage
