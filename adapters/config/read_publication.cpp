#include "adapters/config/read_publication.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <system_error>

#include "adapters/config/key_reader.hpp"
#include "adapters/file/read_file.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr std::size_t kMostFigures = 1'000;
constexpr std::size_t kMostUncertain = 7;  // 5,040 orders

/// Reads percentages and gives them all as many decimals.
class Percentages {
 public:
  explicit Percentages(KeyReader& reader) {
    const auto said = reader.integer("decimals");
    if (said && (*said < 0 || *said > kMostAuditDecimals)) {
      reader.fail("decimals", Text{.french = "de 0 à 4.", .english = "from 0 to 4."});
    }
    said_ = said.has_value();
    decimals_ = static_cast<int>(said.value_or(0));
  }

  /// Called for every figure of the table before `decimal` is.
  void see(KeyReader& reader, const std::string& key, const double value) {
    if (!(value >= 0 && value <= 100)) {
      reader.fail(key,
                  Text{.french = "un pourcentage est entre 0 et 100.", .english = "a percentage is between 0 and 100."});
    }
    int decimals = 0;
    while (decimals <= kMostAuditDecimals && !whole(value, decimals)) {
      ++decimals;
    }
    if (decimals > (said_ ? decimals_ : kMostAuditDecimals)) {
      reader.fail(key, Text{.french = "plus de décimales que la table n'en annonce, ou plus de 4.",
                            .english = "more decimals than the table tells, or more than 4."});
    }
    decimals_ = std::max(decimals_, decimals);
  }

  [[nodiscard]] Decimal decimal(const double value) const {
    return {.units = std::llround(value * std::pow(10.0, decimals_)), .decimals = decimals_};
  }

  [[nodiscard]] std::vector<Decimal> all(const std::vector<double>& values) const {
    std::vector<Decimal> decimals;
    for (const double value : values) {
      decimals.push_back(decimal(value));
    }
    return decimals;
  }

 private:
  static bool whole(const double value, const int decimals) {
    const double scaled = value * std::pow(10.0, decimals);
    return std::abs(scaled - std::round(scaled)) < 1e-7;
  }

  bool said_ = false;
  int decimals_ = 0;
};

template <typename T>
T required(KeyReader& reader, const std::string& key, std::optional<T> value) {
  if (!value) {
    reader.fail(key, Text{.french = "cette clé manque.", .english = "this key is missing."});
  }
  return *value;
}

std::int64_t count_in(KeyReader& reader, const std::string& key, const std::int64_t count) {
  if (count < 1 || count > kLargestAuditBase) {
    reader.fail(key, Text{.french = "un nombre de 1 à un milliard.", .english = "a number from 1 to a thousand million."});
  }
  return count;
}

std::int64_t required_count(KeyReader& reader, const std::string& key) {
  return count_in(reader, key, required(reader, key, reader.integer(key)));
}

std::optional<std::int64_t> optional_count(KeyReader& reader, const std::string& key) {
  const auto count = reader.integer(key);
  return count ? std::optional{count_in(reader, key, *count)} : std::nullopt;
}

/// Names are part of file names and tell findings apart.
class Names {
 public:
  std::string read(KeyReader& reader) {
    std::string name = required(reader, "name", reader.text("name"));
    const bool plain = !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](const char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
    if (!plain) {
      reader.fail("name", Text{.french = "minuscules sans accent, chiffres et _, 40 au plus.",
                               .english = "lower-case letters, digits and _, at most 40."});
    }
    if (!seen_.insert(name).second) {
      reader.fail("name", Text{.french = "ce nom est déjà pris.", .english = "this name is taken."});
    }
    return name;
  }

 private:
  std::set<std::string> seen_;
};

std::vector<std::string> labels_of(KeyReader& reader, const std::string& key) {
  std::vector<std::string> labels = reader.texts(key);
  if (std::set<std::string>(labels.begin(), labels.end()).size() != labels.size()) {
    reader.fail(key, Text{.french = "un libellé y est deux fois.", .english = "a label stands there twice."});
  }
  if (labels.size() > kMostFigures) {
    reader.fail(key, Text{.french = "1 000 libellés au plus.", .english = "at most 1,000 labels."});
  }
  return labels;
}

std::vector<double> percentages_of(KeyReader& reader, const std::string& key, Percentages& percentages,
                                   const std::size_t count) {
  std::vector<double> values = reader.numbers(key);
  if (values.size() != count) {
    reader.fail(key, Text{.french = fmt::format("{} nombres trouvés, {} attendus : un par libellé.", values.size(), count),
                          .english = fmt::format("{} numbers found, {} expected: one per label.", values.size(), count)});
  }
  for (const double value : values) {
    percentages.see(reader, key, value);
  }
  return values;
}

std::vector<std::int64_t> counts_of(KeyReader& reader, const std::string& key, const std::size_t labels) {
  const std::vector<std::int64_t> counts = reader.integers(key);
  const bool fit = counts.empty() || counts.size() == labels;
  if (!fit || std::any_of(counts.begin(), counts.end(),
                          [](const std::int64_t count) { return count < 0 || count > kLargestAuditBase; })) {
    reader.fail(key, Text{.french = "un effectif d'au moins 0 par libellé.", .english = "a count of at least 0 per label."});
  }
  return counts;
}

std::size_t position_of(KeyReader& reader, const std::string& key, const std::vector<std::string>& labels,
                        const std::string& label) {
  const auto found = std::find(labels.begin(), labels.end(), label);
  if (found == labels.end()) {
    reader.fail(key, Text{.french = fmt::format("« {} » n'est pas un libellé de cette table.", label),
                          .english = fmt::format("'{}' is not a label of this table.", label)});
  }
  return static_cast<std::size_t>(found - labels.begin());
}

PublishedRates read_rates(KeyReader& reader, Names& names) {
  Percentages percentages{reader};
  PublishedRates rates;
  rates.name = names.read(reader);
  rates.label = reader.text("label").value_or(rates.name);
  rates.labels = labels_of(reader, "labels");
  const std::vector<double> values = percentages_of(reader, "percentages", percentages, rates.labels.size());
  rates.respondents = counts_of(reader, "respondents", rates.labels.size());
  rates.total_respondents = optional_count(reader, "total_respondents");
  rates.announced_frame = optional_count(reader, "announced_frame");
  const auto total = reader.number("total_percentage");
  const auto shares = reader.number_map("frame_shares");
  if (total) {
    percentages.see(reader, "total_percentage", *total);
  }
  for (const auto& [label, share] : shares) {
    percentages.see(reader, "frame_shares", share);
  }
  rates.percentages = percentages.all(values);
  rates.total_percentage = total ? std::optional{percentages.decimal(*total)} : std::nullopt;
  for (const auto& [label, share] : shares) {
    rates.frame_shares.emplace_back(position_of(reader, "frame_shares", rates.labels, label), percentages.decimal(share));
  }
  reader.refuse_unknown_keys();
  return rates;
}

PublishedQuestion read_question(KeyReader& reader, Names& names) {
  Percentages percentages{reader};
  PublishedQuestion question;
  question.name = names.read(reader);
  question.label = reader.text("label").value_or(question.name);
  question.remark = reader.text("remark").value_or("");
  question.multiple = reader.boolean("multiple").value_or(false);
  question.labels = labels_of(reader, "labels");
  if (question.labels.empty()) {
    reader.fail("labels", Text{.french = "cette clé manque.", .english = "this key is missing."});
  }
  question.percentages = percentages.all(percentages_of(reader, "percentages", percentages, question.labels.size()));
  question.counts = counts_of(reader, "counts", question.labels.size());
  question.base = optional_count(reader, "base");
  if (!question.counts.empty() && !question.base) {
    reader.fail("base", Text{.french = "des effectifs demandent leur base.", .english = "counts need their base."});
  }
  const std::vector<std::int64_t> between = reader.integers("base_between");
  if (question.base.has_value() == !between.empty()) {
    reader.fail("",
                Text{.french = "il faut la base (base = 258), ou entre quoi la chercher (base_between = [100, 130]).",
                     .english = "the base is needed (base = 258), or where to look for it (base_between = [100, 130])."});
  }
  if (!between.empty()) {
    if (between.size() != 2 || between[0] < 1 || between[1] < between[0] || between[1] - between[0] > 1'000'000) {
      reader.fail("base_between", Text{.french = "deux nombres croissants, écartés d'un million au plus.",
                                       .english = "two ascending numbers, at most a million apart."});
    }
    question.possible_bases = {count_in(reader, "base_between", between[0]), count_in(reader, "base_between", between[1])};
  }
  std::vector<std::size_t> unclear;
  for (const std::string& label : reader.texts("unclear")) {
    unclear.push_back(position_of(reader, "unclear", question.labels, label));
  }
  if (!unclear.empty()) {
    question.unclear.push_back(std::move(unclear));
  }
  reader.refuse_unknown_keys();
  return question;
}

PublishedShare read_share(KeyReader& reader, Names& names) {
  Percentages percentages{reader};
  PublishedShare share;
  share.name = names.read(reader);
  share.label = reader.text("label").value_or(share.name);
  const double value = required(reader, "percentage", reader.number("percentage"));
  percentages.see(reader, "percentage", value);
  share.percentage = percentages.decimal(value);
  share.group = required_count(reader, "group");
  reader.refuse_unknown_keys();
  return share;
}

PublishedUnion read_union(KeyReader& reader, Names& names) {
  Percentages percentages{reader};
  PublishedUnion published;
  published.name = names.read(reader);
  published.label = reader.text("label").value_or(published.name);
  published.base = required_count(reader, "base");
  published.labels = labels_of(reader, "labels");
  if (published.labels.empty()) {
    reader.fail("labels", Text{.french = "cette clé manque.", .english = "this key is missing."});
  }
  const std::vector<double> values = percentages_of(reader, "percentages", percentages, published.labels.size());
  const double whole = required(reader, "percentage", reader.number("percentage"));
  percentages.see(reader, "percentage", whole);
  published.percentages = percentages.all(values);
  published.percentage = percentages.decimal(whole);
  reader.refuse_unknown_keys();
  return published;
}

/// A group of figures whose order is uncertain; small enough that all orders can be tried.
std::vector<std::vector<std::size_t>> one_group(KeyReader& reader, const std::vector<std::size_t>& uncertain) {
  if (uncertain.size() > kMostUncertain) {
    reader.fail("",
                Text{.french = "7 chiffres d'ordre incertain au plus.", .english = "at most 7 figures of uncertain order."});
  }
  return uncertain.size() > 1 ? std::vector<std::vector<std::size_t>>{uncertain} : std::vector<std::vector<std::size_t>>{};
}

void read_rows(KeyReader& reader, Percentages& percentages, PublishedCrossTable& table) {
  std::vector<std::size_t> uncertain;
  std::vector<double> shares;
  std::vector<std::vector<double>> cells;
  for (KeyReader& row : reader.tables("row")) {
    if (row.boolean("uncertain").value_or(false)) {
      uncertain.push_back(table.rows.size());
    }
    table.rows.push_back(required(row, "label", row.text("label")));
    shares.push_back(required(row, "percentage", row.number("percentage")));
    percentages.see(row, "percentage", shares.back());
    cells.push_back(percentages_of(row, "cells", percentages, table.columns.size()));
    row.refuse_unknown_keys();
  }
  if (table.rows.empty() || table.rows.size() > 100) {
    reader.fail("row", Text{.french = "de 1 à 100 lignes [[cross_table.row]].", .english = "1 to 100 [[cross_table.row]]."});
  }
  table.row_percentages = percentages.all(shares);
  for (const std::vector<double>& row : cells) {
    table.cells.push_back(percentages.all(row));
  }
  table.uncertain_rows = one_group(reader, uncertain);
}

void read_parts(KeyReader& reader, Percentages& percentages, PublishedCrossTable& table) {
  std::vector<std::string> columns = table.columns;
  if (!table.remainder.empty()) {
    columns.push_back(table.remainder);
  }
  std::vector<std::size_t> uncertain;
  for (KeyReader& part : reader.tables("part")) {
    if (part.boolean("uncertain").value_or(false)) {
      uncertain.push_back(table.parts.size());
    }
    const double value = required(part, "percentage", part.number("percentage"));
    percentages.see(part, "percentage", value);
    const std::string label = required(part, "label", part.text("label"));
    const std::size_t column = position_of(part, "column", columns, required(part, "column", part.text("column")));
    table.parts.push_back({.label = label, .percentage = percentages.decimal(value), .column = column});
    part.refuse_unknown_keys();
  }
  table.uncertain_parts = one_group(reader, uncertain);
}

PublishedCrossTable read_cross_table(KeyReader& reader, Names& names) {
  Percentages percentages{reader};
  PublishedCrossTable table;
  table.name = names.read(reader);
  table.label = reader.text("label").value_or(table.name);
  table.base = required_count(reader, "base");
  table.columns = labels_of(reader, "columns");
  if (table.columns.empty() || table.columns.size() > 100) {
    reader.fail("columns", Text{.french = "de 1 à 100 colonnes.", .english = "1 to 100 columns."});
  }
  table.remainder = reader.text("remainder").value_or("");
  read_rows(reader, percentages, table);
  read_parts(reader, percentages, table);
  if (!table.uncertain_rows.empty() && !table.uncertain_parts.empty() &&
      table.uncertain_rows.front().size() + table.uncertain_parts.front().size() > kMostUncertain) {
    reader.fail("", Text{.french = "7 chiffres d'ordre incertain au plus, lignes et parts ensemble.",
                         .english = "at most 7 figures of uncertain order, rows and parts together."});
  }
  reader.refuse_unknown_keys();
  return table;
}

}  // namespace

PublishedStudy parse_publication(const std::string_view toml, const std::string& file) {
  const ConfigValue document = parse_toml(toml, file);
  KeyReader top{document, file, ""};
  PublishedStudy study;
  study.title = top.text("title").value_or("");
  study.source = top.text("source").value_or("");
  Names names;
  for (KeyReader& reader : top.tables("rates")) {
    study.rates.push_back(read_rates(reader, names));
  }
  for (KeyReader& reader : top.tables("question")) {
    study.questions.push_back(read_question(reader, names));
  }
  for (KeyReader& reader : top.tables("share")) {
    study.shares.push_back(read_share(reader, names));
  }
  for (KeyReader& reader : top.tables("union")) {
    study.unions.push_back(read_union(reader, names));
  }
  for (KeyReader& reader : top.tables("cross_table")) {
    study.cross_tables.push_back(read_cross_table(reader, names));
  }
  top.refuse_unknown_keys();
  if (study.rates.empty() && study.questions.empty() && study.shares.empty() && study.unions.empty() &&
      study.cross_tables.empty()) {
    top.fail("", Text{.french = "aucune table à vérifier : [[question]], [[rates]], [[share]], [[union]], [[cross_table]].",
                      .english = "nothing to audit: [[question]], [[rates]], [[share]], [[union]], [[cross_table]]."});
  }
  return study;
}

PublishedStudy read_publication(const std::filesystem::path& file) {
  std::error_code ignored;  // a pipe would never answer
  if (!std::filesystem::is_regular_file(file, ignored)) {
    throw InputError(Text{.french = fmt::format("{} : fichier introuvable ou illisible.", file.string()),
                          .english = fmt::format("{}: file not found or not readable.", file.string())},
                     InputError::Kind::missing);
  }
  return parse_publication(read_whole_file(file), file.string());
}

}  // namespace maillage
