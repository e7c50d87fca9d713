#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "adapters/config/key_reader.hpp"
#include "adapters/config/read_access.hpp"
#include "adapters/config/read_continuity.hpp"
#include "adapters/config/read_maps.hpp"
#include "adapters/config/study.hpp"
#include "adapters/config/study_parts.hpp"
#include "adapters/file/read_file.hpp"
#include "engine/core/error.hpp"
#include "engine/structures/structure_schema.hpp"
#include "engine/territory/commune_columns.hpp"

namespace maillage {
namespace {

template <typename Entries>
void require_known_fields(const KeyReader& reader, const std::string& key, const Entries& entries,
                          const std::vector<std::string>& fields) {
  for (const auto& [field, value] : entries) {
    if (std::find(fields.begin(), fields.end(), field) == fields.end()) {
      reader.fail(
          key, Text{.french = fmt::format("champ « {} » inconnu ; champs possibles : {}.", field, fmt::join(fields, ", ")),
                    .english = fmt::format("unknown field '{}'; possible fields: {}.", field, fmt::join(fields, ", "))});
    }
  }
}

TerritoryStudy read_territory_study(KeyReader reader) {
  TerritoryStudy territory;
  territory.name = reader.text("name").value_or("");
  territory.regions = reader.texts("region");
  territory.departements = reader.texts("departement");
  territory.epcis = reader.texts("epci");
  territory.communes = reader.texts("communes");
  territory.france = reader.boolean("france").value_or(false);
  territory.contours = reader.paths("contours");
  territory.tables = reader.paths("tables");
  territory.history = reader.paths("history");
  territory.columns = reader.text_map("columns");
  const auto fields = commune_field_names();
  require_known_fields(reader, "columns", territory.columns, {fields.begin(), fields.end()});
  territory.layer = reader.text("layer").value_or("");
  territory.crs = reader.text("crs").value_or("");
  territory.plane = reader.text("plane").value_or("");
  territory.population_grid = single_path(reader, "population_grid");
  territory.population_column = reader.text("population_column").value_or("");
  reader.refuse_unknown_keys();
  return territory;
}

PopulationTiers read_tiers(KeyReader reader) {
  PopulationTiers tiers;
  std::vector<std::int64_t> bounds = reader.integers("bounds");
  const std::vector<std::string> labels = reader.texts("labels");
  if (bounds.empty() || !std::is_sorted(bounds.begin(), bounds.end(), std::less_equal<>{}) || bounds.front() <= 0) {
    reader.fail("bounds",
                Text{.french = "les seuils doivent être des entiers positifs croissants, par exemple [2000, 15000, 100000].",
                     .english = "bounds must be increasing positive integers, e.g. [2000, 15000, 100000]."});
  }
  bounds.insert(bounds.begin(), 0);
  if (!labels.empty() && labels.size() != bounds.size()) {
    reader.fail("labels", Text{.french = fmt::format("{} libellés pour {} classes.", labels.size(), bounds.size()),
                               .english = fmt::format("{} labels for {} classes.", labels.size(), bounds.size())});
  }
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    const bool last = i + 1 == bounds.size();
    tiers.lower_bounds.push_back(bounds[i]);
    const std::string french =
        last ? fmt::format("{} hab. et plus", bounds[i]) : fmt::format("de {} à {} hab.", bounds[i], bounds[i + 1]);
    const std::string english = last ? fmt::format("{} inhabitants and more", bounds[i])
                                     : fmt::format("{} to {} inhabitants", bounds[i], bounds[i + 1]);
    tiers.labels_french.push_back(labels.empty() ? french : labels[i]);
    tiers.labels_english.push_back(labels.empty() ? english : labels[i]);
  }
  reader.refuse_unknown_keys();
  return tiers;
}

SourceStudy read_source(KeyReader reader) {
  SourceStudy source;
  const auto file = single_path(reader, "file");
  if (!file) {
    reader.fail("", Text{.french = "la clé « file » manque : le fichier des structures.",
                         .english = "key 'file' is missing: the file of structures."});
  }
  source.file = *file;
  source.mapping.source = reader.text("name").value_or(file->stem().string());
  source.layer = reader.text("layer").value_or("");
  source.encoding = reader.text("encoding").value_or("");
  source.delimiter = reader.text("delimiter").value_or("");
  source.crs = reader.text("crs").value_or("");
  source.mapping.crs = source.crs;
  source.presences = reader.texts("presences");
  if (!source.presences.empty() && source.presences.size() != 2) {
    reader.fail("presences",
                Text{.french = "deux colonnes sont attendues, celles du début et de la fin : [\"debut\", \"fin\"].",
                     .english = "two columns are expected, of begin and end: [\"begin\", \"end\"]."});
  }
  source.time_zone = reader.text("time_zone").value_or(source.time_zone);
  source.mapping.columns = reader.text_map("columns");
  require_known_fields(reader, "columns", source.mapping.columns, structure_field_names());
  source.mapping.constants = reader.text_map("constants");
  require_known_fields(reader, "constants", source.mapping.constants, structure_field_names());
  if (const auto typology = reader.text("typology")) {
    source.mapping.constants.emplace_back("typology", *typology);
  }
  if (auto recode = reader.table("recode")) {
    for (const std::string& field : structure_field_names()) {
      auto values = recode->text_map(field);
      if (!values.empty()) {
        source.mapping.recodings.push_back({.field = field, .values = std::move(values)});
      }
    }
    recode->refuse_unknown_keys();
  }
  for (auto& [column, values] : reader.texts_map("where")) {
    source.mapping.filters.push_back({.column = column, .values = values});
  }
  source.mapping.carried = reader.texts("carry");
  source.mapping.multi_response_separators =
      reader.text("multi_response_separators").value_or(source.mapping.multi_response_separators);
  reader.refuse_unknown_keys();
  return source;
}

PlacementOptions read_join(KeyReader reader) {
  PlacementOptions options;
  if (reader.choice("wins", {"code", "point"}).value_or("code") == "point") {
    options.wins = CommuneKey::point;
  }
  options.offshore_tolerance_m = reader.number("offshore_tolerance_m").value_or(options.offshore_tolerance_m);
  options.max_conflict_distance_m = reader.number("max_conflict_distance_m").value_or(options.max_conflict_distance_m);
  if (!(options.offshore_tolerance_m >= 0) || !(options.max_conflict_distance_m >= 0)) {
    reader.fail("", Text{.french = "les tolérances sont des distances en mètres, positives ou nulles.",
                         .english = "tolerances are distances in metres, zero or more."});
  }
  reader.refuse_unknown_keys();
  return options;
}

DisclosureStudy read_disclosure(KeyReader reader) {
  DisclosureStudy disclosure;
  disclosure.columns = reader.texts("columns");
  disclosure.rules.least_units = reader.integer("least_units").value_or(disclosure.rules.least_units);
  disclosure.rules.interval_width = reader.integer("interval_width").value_or(disclosure.rules.interval_width);
  disclosure.rules.most_share = reader.number("most_share").value_or(100 * disclosure.rules.most_share) / 100;
  disclosure.rules.single_category = reader.boolean("single_category").value_or(disclosure.rules.single_category);
  if (disclosure.columns.empty() || disclosure.rules.least_units < 1 || disclosure.rules.least_units > 1000 ||
      disclosure.rules.interval_width < 0 || disclosure.rules.interval_width > 1000 ||
      !(disclosure.rules.most_share > 0 && disclosure.rules.most_share <= 1)) {
    reader.fail("", Text{.french = "columns nomme les attributs confidentiels ; least_units est entre 1 et 1000, "
                                   "interval_width entre 0 et 1000, most_share entre 0 et 100.",
                         .english = "columns names the confidential attributes; least_units is between 1 and 1000, "
                                    "interval_width between 0 and 1000, most_share between 0 and 100."});
  }
  reader.refuse_unknown_keys();
  return disclosure;
}

SurveyStudy read_survey(KeyReader reader, const Study& study) {
  SurveyStudy survey;
  const auto source = [&](const std::string& key) {
    const std::string name = reader.text(key).value_or("");
    const bool known =
        std::ranges::any_of(study.sources, [&](const SourceStudy& one) { return one.mapping.source == name; });
    if (!name.empty() && !known) {
      reader.fail(key, Text{.french = fmt::format("aucune table [[structures]] ne s'appelle « {} ».", name),
                            .english = fmt::format("no table [[structures]] is called '{}'.", name)});
    }
    return name;
  };
  survey.responses = source("responses");
  survey.frame = source("frame");
  survey.frame_counts = single_path(reader, "frame_counts").value_or("");
  if (reader.has("by")) {
    survey.by = reader.texts("by");
  }
  survey.cross = reader.texts("cross");
  survey.magnitudes = reader.texts("magnitudes");
  survey.pairs = reader.texts("pairs");
  survey.separator = reader.text("separator").value_or("");
  survey.clopper_pearson = reader.choice("interval", {"wilson", "clopper-pearson"}).value_or("wilson") == "clopper-pearson";
  survey.confidence = reader.number("confidence").value_or(survey.confidence);
  survey.most_weight = reader.number("most_weight").value_or(survey.most_weight);
  survey.seed = static_cast<std::uint64_t>(reader.integer("seed").value_or(1));
  survey.rules = study.disclosure.rules;
  survey.rules.least_units = reader.integer("least_units").value_or(survey.rules.least_units);
  survey.rules.most_share = reader.number("most_share").value_or(100 * survey.rules.most_share) / 100;
  if (survey.responses.empty() || !(survey.rules.most_share > 0 && survey.rules.most_share <= 1) || !(survey.confidence >= 0.5 && survey.confidence < 1) || !(survey.most_weight > 1) ||
      survey.rules.least_units < 1) {
    reader.fail("",
                Text{.french = "responses nomme la source des réponses ; confidence est entre 0,5 et 1, most_weight "
                               "dépasse 1, least_units vaut au moins 1, most_share est entre 0 et 100.",
                     .english = "responses names the source of the answers; confidence is between 0.5 and 1, most_weight "
                                "over 1, least_units at least 1, most_share between 0 and 100."});
  }
  reader.refuse_unknown_keys();
  return survey;
}

/// Structures chosen by what was told in confidence would tell it again.
void refuse_confidential_filters(const KeyReader& top, const Study& study) {
  const std::vector<std::string> confidential = confidential_attributes(study);
  const auto refuse = [&](const std::vector<AttributeCondition>& filters, const std::string& what) {
    for (const AttributeCondition& condition : filters) {
      if (std::ranges::find(confidential, condition.attribute) != confidential.end()) {
        top.fail("", Text{.french = fmt::format(
                              "« {} » choisit des structures par « {} », confidentiel d'après [disclosure] ou [survey].", what,
                              condition.attribute),
                          .english = fmt::format("'{}' selects structures by '{}', confidential by [disclosure] or [survey].",
                                                 what, condition.attribute)});
      }
    }
  };
  for (const CoverageStudy& coverage : study.coverages) {
    refuse(coverage.filters, coverage.name);
  }
  for (const AccessStudy& access : study.accesses) {
    refuse(access.filters, access.name);
    refuse({{.attribute = access.each, .values = {}}}, access.name);
  }
  for (const ContinuityStudy& continuity : study.continuities) {
    refuse(continuity.question.filters, continuity.question.name);
  }
}

DuplicateStudy read_duplicates(KeyReader reader) {
  DuplicateStudy duplicates;
  duplicates.merge = reader.boolean("merge").value_or(false);
  duplicates.distance_m = reader.number("distance_m").value_or(duplicates.distance_m);
  duplicates.similarity = reader.number("similarity").value_or(duplicates.similarity);
  if (!(duplicates.similarity > 0 && duplicates.similarity <= 1) || !(duplicates.distance_m >= 0)) {
    reader.fail("", Text{.french = "similarity est entre 0 et 1, distance_m positive ou nulle.",
                         .english = "similarity is between 0 and 1, distance_m zero or more."});
  }
  reader.refuse_unknown_keys();
  return duplicates;
}

OutputStudy read_output(KeyReader reader) {
  OutputStudy output;
  const auto folder = single_path(reader, "folder");
  output.folder = folder.value_or(std::filesystem::path{});
  for (const std::string& name : reader.texts("formats")) {
    const auto format = parse_output_format(name);
    if (!format) {
      reader.fail("formats", Text{.french = fmt::format("format « {} » inconnu ; formats possibles : {}.", name,
                                                        fmt::join(output_format_names(), ", ")),
                                  .english = fmt::format("unknown format '{}'; possible formats: {}.", name,
                                                         fmt::join(output_format_names(), ", "))});
    }
    output.formats.push_back(*format);
  }
  const std::int64_t keep = reader.integer("keep_runs").value_or(static_cast<std::int64_t>(output.keep_runs));
  if (keep < 1 || keep > 1000) {
    reader.fail("keep_runs", Text{.french = "entre 1 et 1000.", .english = "between 1 and 1000."});
  }
  output.keep_runs = static_cast<std::size_t>(keep);
  reader.refuse_unknown_keys();
  return output;
}

void read_coverages(KeyReader& top, const TravelStudy& travel, Study& study) {
  std::set<std::string> names;
  for (KeyReader& reader : top.tables("coverage")) {
    CoverageStudy coverage = read_question(reader, travel);
    reader.refuse_unknown_keys();
    if (!names.insert(coverage.name).second) {
      reader.fail("name", Text{.french = fmt::format("deux couvertures s'appellent « {} ».", coverage.name),
                               .english = fmt::format("two coverages are called '{}'.", coverage.name)});
    }
    study.coverages.push_back(std::move(coverage));
  }
}

}  // namespace

Study read_study(const std::filesystem::path& file) {
  // Looked at before it is opened: a pipe would never answer, a device never end.
  std::error_code ignored;
  if (!std::filesystem::is_regular_file(file, ignored)) {
    throw InputError(
        Text{.french =
                 fmt::format("{} : fichier d'étude introuvable ou illisible. « maillage init » en écrit un.", file.string()),
             .english = fmt::format("{}: study file not found or not readable. 'maillage init' writes one.", file.string())},
        InputError::Kind::missing);
  }
  const std::string document = read_whole_file(file);
  const ConfigValue root = parse_toml(document, file.string());
  KeyReader top{root, file.string(), ""};
  Study study;
  study.file = file;
  study.title = top.text("title").value_or(file.stem().string());
  if (auto reader = top.table("territory")) {
    study.territory = read_territory_study(*reader);
  }
  if (auto reader = top.table("tiers")) {
    study.tiers = read_tiers(*reader);
  }
  for (KeyReader& reader : top.tables("structures")) {
    study.sources.push_back(read_source(reader));
  }
  if (study.sources.empty()) {
    top.fail("", Text{.french = "aucune source de structures : ajoutez une table [[structures]] avec file = \"...\".",
                      .english = "no source of structures: add a table [[structures]] with file = \"...\"."});
  }
  if (auto reader = top.table("join")) {
    study.placement = read_join(*reader);
  }
  if (auto reader = top.table("duplicates")) {
    study.duplicates = read_duplicates(*reader);
  }
  if (auto reader = top.table("disclosure")) {
    study.disclosure = read_disclosure(*reader);
  }
  if (auto reader = top.table("survey")) {
    study.survey = read_survey(*reader, study);
  }
  TravelStudy travel;
  if (auto reader = top.table("travel")) {
    travel = read_travel(*reader, travel);
  }
  read_coverages(top, travel, study);
  read_accesses(top, travel, study);
  read_continuities(top, travel, study);
  refuse_confidential_filters(top, study);
  for (KeyReader& reader : top.tables("table")) {
    TableStudy table{
        .rows = reader.text("rows").value_or("typology"), .columns = reader.text("columns").value_or("tier"), .filters = {}};
    table.filters = read_filters(reader);
    reader.refuse_unknown_keys();
    study.tables.push_back(std::move(table));
  }
  if (auto reader = top.table("quality")) {
    study.suspicious_population = reader->integer("suspicious_population").value_or(study.suspicious_population);
    reader->refuse_unknown_keys();
  }
  if (auto reader = top.table("gaps")) {
    study.gap_error_m = reader->number("display_error_m").value_or(study.gap_error_m);
    if (!(study.gap_error_m >= 0.01 && study.gap_error_m <= 1000)) {
      reader->fail("display_error_m",
                   Text{.french = "entre 0,01 et 1000 mètres.", .english = "between 0.01 and 1000 metres."});
    }
    reader->refuse_unknown_keys();
  }
  if (auto reader = top.table("maps")) {
    study.maps = read_maps(*reader);
  }
  if (auto reader = top.table("output")) {
    study.output = read_output(*reader);
  }
  if (study.output.folder.empty()) {
    study.output.folder = (file.parent_path() / (file.stem().string() + "-resultats")).lexically_normal();
  }
  if (study.output.formats.empty()) {
    study.output.formats = default_output_formats();
  }
  require_formats_fit(study.output.formats);
  top.refuse_unknown_keys();
  return study;
}

std::vector<std::string> confidential_attributes(const Study& study) {
  std::vector<std::string> names = study.disclosure.columns;
  if (!study.survey || study.survey->rules.least_units <= 1) {
    return names;
  }
  const SurveyStudy& survey = *study.survey;
  std::vector<std::string> told = survey.cross;
  told.insert(told.end(), survey.magnitudes.begin(), survey.magnitudes.end());
  for (const std::string& pair : survey.pairs) {
    const std::size_t slash = std::min(pair.find('/'), pair.size());
    told.push_back(pair.substr(0, slash));
    told.push_back(pair.substr(std::min(slash + 1, pair.size())));
  }
  // Where a structure stands and which file names it are no answers.
  constexpr std::array<std::string_view, 9> kOfPlace{"tier",   "departement", "epci",      "region",   "commune",
                                                     "source", "vintage",     "precision", "agreement"};
  for (const std::string& name : told) {
    const bool known = std::ranges::find(kOfPlace, name) != kOfPlace.end() ||
                       std::ranges::find(survey.by, name) != survey.by.end() ||
                       std::ranges::find(names, name) != names.end();
    if (!known) {
      names.push_back(name);
    }
  }
  return names;
}

}  // namespace maillage
