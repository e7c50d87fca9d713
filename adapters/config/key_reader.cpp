#include "adapters/config/key_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

const Text kWantText{.french = "un texte entre guillemets", .english = "a quoted text"};
const Text kWantInteger{.french = "un nombre entier", .english = "a whole number"};
const Text kWantNumber{.french = "un nombre", .english = "a number"};
const Text kWantBoolean{.french = "true ou false", .english = "true or false"};
const Text kWantTexts{.french = "un texte ou une liste de textes", .english = "a text or a list of texts"};
const Text kWantIntegers{.french = "une liste de nombres entiers", .english = "a list of whole numbers"};
const Text kWantNumbers{.french = "une liste de nombres", .english = "a list of numbers"};
const Text kWantTable{.french = "une table", .english = "a table"};
const Text kWantTables{.french = "une suite de tables [[...]]", .english = "an array of tables [[...]]"};

std::string shown(const ConfigValue& value) {
  struct Show {
    std::string operator()(const std::string& text) const { return '"' + text + '"'; }
    std::string operator()(const std::int64_t integer) const { return std::to_string(integer); }
    std::string operator()(const double real) const { return fmt::format("{}", real); }
    std::string operator()(const bool boolean) const { return boolean ? "true" : "false"; }
    std::string operator()(const ConfigValue::Array& /*array*/) const { return "[...]"; }
    std::string operator()(const ConfigValue::Table& /*table*/) const { return "{...}"; }
  };
  return std::visit(Show{}, value.value);
}

}  // namespace

KeyReader::KeyReader(const ConfigValue& table, std::string file, std::string path)
    : table_(&table), file_(std::move(file)), path_(std::move(path)) {
  if (!std::holds_alternative<ConfigValue::Table>(table.value)) {
    fail_type("", table, kWantTable);
  }
}

void KeyReader::fail(const std::string& key, const Text& reason) const {
  std::int64_t line = table_->line;
  for (const auto& [name, value] : std::get<ConfigValue::Table>(table_->value)) {
    if (name == key) {
      line = value.line;
    }
  }
  std::string where = path_;
  if (!key.empty()) {
    where += (where.empty() ? "" : ".") + key;
  }
  throw StudyError(
      Text{.french = fmt::format("{}, ligne {}{} : {}", file_, line, where.empty() ? "" : ", " + where, reason.french),
           .english = fmt::format("{}, line {}{}: {}", file_, line, where.empty() ? "" : ", " + where, reason.english)});
}

void KeyReader::fail_type(const std::string& key, const ConfigValue& value, const Text& wanted) const {
  fail(key, Text{.french = fmt::format("{} trouvé, {} attendu.", shown(value), wanted.french),
                 .english = fmt::format("{} found, {} expected.", shown(value), wanted.english)});
}

const ConfigValue* KeyReader::find(const std::string& key) {
  asked_.push_back(key);
  for (const auto& [name, value] : std::get<ConfigValue::Table>(table_->value)) {
    if (name == key) {
      return &value;
    }
  }
  return nullptr;
}

std::optional<std::string> KeyReader::text(const std::string& key) {
  const ConfigValue* value = find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (const auto* found = std::get_if<std::string>(&value->value)) {
    return *found;
  }
  fail_type(key, *value, kWantText);
}

std::optional<std::int64_t> KeyReader::integer(const std::string& key) {
  const ConfigValue* value = find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (const auto* found = std::get_if<std::int64_t>(&value->value)) {
    return *found;
  }
  fail_type(key, *value, kWantInteger);
}

std::optional<double> KeyReader::number(const std::string& key) {
  const ConfigValue* value = find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value->value)) {
    return static_cast<double>(*integer);
  }
  if (const auto* real = std::get_if<double>(&value->value)) {
    return *real;
  }
  fail_type(key, *value, kWantNumber);
}

std::optional<bool> KeyReader::boolean(const std::string& key) {
  const ConfigValue* value = find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  if (const auto* found = std::get_if<bool>(&value->value)) {
    return *found;
  }
  fail_type(key, *value, kWantBoolean);
}

std::vector<std::string> KeyReader::texts_of(const std::string& key, const ConfigValue& value) const {
  if (const auto* one = std::get_if<std::string>(&value.value)) {
    return {*one};
  }
  std::vector<std::string> texts;
  const auto* array = std::get_if<ConfigValue::Array>(&value.value);
  if (array == nullptr) {
    fail_type(key, value, kWantTexts);
  }
  for (const ConfigValue& element : *array) {
    const auto* text = std::get_if<std::string>(&element.value);
    if (text == nullptr) {
      fail_type(key, element, kWantText);
    }
    texts.push_back(*text);
  }
  return texts;
}

std::vector<std::string> KeyReader::texts(const std::string& key) {
  const ConfigValue* value = find(key);
  return value == nullptr ? std::vector<std::string>{} : texts_of(key, *value);
}

std::vector<std::int64_t> KeyReader::integers(const std::string& key) {
  const ConfigValue* value = find(key);
  std::vector<std::int64_t> integers;
  if (value == nullptr) {
    return integers;
  }
  const auto* array = std::get_if<ConfigValue::Array>(&value->value);
  if (array == nullptr) {
    fail_type(key, *value, kWantIntegers);
  }
  for (const ConfigValue& element : *array) {
    const auto* integer = std::get_if<std::int64_t>(&element.value);
    if (integer == nullptr) {
      fail_type(key, element, kWantInteger);
    }
    integers.push_back(*integer);
  }
  return integers;
}

std::vector<double> KeyReader::numbers(const std::string& key) {
  const ConfigValue* value = find(key);
  std::vector<double> numbers;
  if (value == nullptr) {
    return numbers;
  }
  const auto* array = std::get_if<ConfigValue::Array>(&value->value);
  if (array == nullptr) {
    fail_type(key, *value, kWantNumbers);
  }
  for (const ConfigValue& element : *array) {
    if (const auto* integer = std::get_if<std::int64_t>(&element.value)) {
      numbers.push_back(static_cast<double>(*integer));
    } else if (const auto* real = std::get_if<double>(&element.value)) {
      numbers.push_back(*real);
    } else {
      fail_type(key, element, kWantNumber);
    }
  }
  return numbers;
}

std::vector<std::filesystem::path> KeyReader::paths(const std::string& key) {
  std::vector<std::filesystem::path> paths;
  const std::filesystem::path folder = std::filesystem::path{file_}.parent_path();
  for (const std::string& text : texts(key)) {
    paths.push_back((folder / text).lexically_normal());
  }
  return paths;
}

std::vector<std::pair<std::string, std::string>> KeyReader::text_map(const std::string& key) {
  std::vector<std::pair<std::string, std::string>> entries;
  if (const ConfigValue* value = find(key)) {
    const auto* table = std::get_if<ConfigValue::Table>(&value->value);
    if (table == nullptr) {
      fail_type(key, *value, kWantTable);
    }
    for (const auto& [name, element] : *table) {
      const auto* text = std::get_if<std::string>(&element.value);
      if (text == nullptr) {
        fail_type(key, element, kWantText);
      }
      entries.emplace_back(name, *text);
    }
  }
  return entries;
}

std::vector<std::pair<std::string, std::vector<std::string>>> KeyReader::texts_map(const std::string& key) {
  std::vector<std::pair<std::string, std::vector<std::string>>> entries;
  if (const ConfigValue* value = find(key)) {
    const auto* table = std::get_if<ConfigValue::Table>(&value->value);
    if (table == nullptr) {
      fail_type(key, *value, kWantTable);
    }
    for (const auto& [name, element] : *table) {
      entries.emplace_back(name, texts_of(key, element));
    }
  }
  return entries;
}

std::vector<std::pair<std::string, double>> KeyReader::number_map(const std::string& key) {
  std::vector<std::pair<std::string, double>> entries;
  if (const ConfigValue* value = find(key)) {
    const auto* table = std::get_if<ConfigValue::Table>(&value->value);
    if (table == nullptr) {
      fail_type(key, *value, kWantTable);
    }
    for (const auto& [name, element] : *table) {
      if (const auto* integer = std::get_if<std::int64_t>(&element.value)) {
        entries.emplace_back(name, static_cast<double>(*integer));
      } else if (const auto* real = std::get_if<double>(&element.value)) {
        entries.emplace_back(name, *real);
      } else {
        fail_type(key, element, kWantNumber);
      }
    }
  }
  return entries;
}

std::optional<KeyReader> KeyReader::table(const std::string& key) {
  const ConfigValue* value = find(key);
  if (value == nullptr) {
    return std::nullopt;
  }
  return KeyReader{*value, file_, path_.empty() ? key : path_ + "." + key};
}

std::vector<KeyReader> KeyReader::tables(const std::string& key) {
  std::vector<KeyReader> readers;
  if (const ConfigValue* value = find(key)) {
    const auto* array = std::get_if<ConfigValue::Array>(&value->value);
    if (array == nullptr) {
      fail_type(key, *value, kWantTables);
    }
    for (std::size_t i = 0; i < array->size(); ++i) {
      readers.emplace_back((*array)[i], file_, fmt::format("{}{}[{}]", path_.empty() ? "" : path_ + ".", key, i + 1));
    }
  }
  return readers;
}

std::optional<std::string> KeyReader::choice(const std::string& key, const std::vector<std::string>& choices) {
  const auto found = text(key);
  if (found && std::find(choices.begin(), choices.end(), *found) == choices.end()) {
    fail(key,
         Text{.french = fmt::format("« {} » n'est pas connu ; valeurs possibles : {}.", *found, fmt::join(choices, ", ")),
              .english = fmt::format("'{}' is not known; possible values: {}.", *found, fmt::join(choices, ", "))});
  }
  return found;
}

void KeyReader::refuse_unknown_keys() const {
  for (const auto& [name, value] : std::get<ConfigValue::Table>(table_->value)) {
    if (std::find(asked_.begin(), asked_.end(), name) != asked_.end()) {
      continue;
    }
    const auto near = closest_names(name, asked_, 1);
    const std::string hint_french = near.empty() ? "" : fmt::format(" Vouliez-vous dire « {} » ?", near.front());
    const std::string hint_english = near.empty() ? "" : fmt::format(" Did you mean '{}'?", near.front());
    fail(name,
         Text{.french = fmt::format("clé inconnue.{} Clés possibles ici : {}.", hint_french, fmt::join(asked_, ", ")),
              .english = fmt::format("unknown key.{} Keys possible here: {}.", hint_english, fmt::join(asked_, ", "))});
  }
}

}  // namespace maillage
