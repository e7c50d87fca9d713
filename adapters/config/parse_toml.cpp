#include <fmt/format.h>

#include <algorithm>
#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include "adapters/config/config_value.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr std::size_t kMaxDocumentBytes = 1U << 20U;
constexpr std::size_t kMaxKeyParts = 16;
constexpr std::size_t kMaxNesting = 64;

/// toml++ 3.3 recurses once per part of a dotted key or header and overflows the stack on a long one
/// (marzer/tomlplusplus#292), and once per bracket: both are counted on the raw text before it sees the document.
void refuse_deep_keys(const std::string_view document, const std::string& name) {
  std::int64_t line = 1;
  std::size_t dots = 0;
  std::size_t nesting = 0;
  for (const char c : document) {
    if (c == '\n') {
      ++line;
      dots = 0;
    } else if (c == '.') {
      ++dots;
    } else if (c == '[' || c == '{') {
      ++nesting;
    } else if ((c == ']' || c == '}') && nesting > 0) {
      --nesting;
    }
    if (nesting > kMaxNesting) {
      throw StudyError(
          Text{.french = fmt::format("{}, ligne {} : trop de crochets imbriqués (plus de {}).", name, line, kMaxNesting),
               .english = fmt::format("{}, line {}: too many nested brackets (over {}).", name, line, kMaxNesting)});
    }
    const std::size_t limit = 4096;  // a line of prose or numbers may hold dots; a key with that many is an attack
    if (dots > limit) {
      throw StudyError(
          Text{.french = fmt::format("{}, ligne {} : clé pointée démesurée (plus de {} points).", name, line, limit),
               .english = fmt::format("{}, line {}: oversized dotted key (over {} dots).", name, line, limit)});
    }
  }
}

ConfigValue convert(const toml::node& node, const std::string& name, const std::size_t depth) {
  ConfigValue result;
  result.line = node.source().begin.line;
  if (depth > kMaxKeyParts) {
    throw StudyError(Text{
        .french = fmt::format("{}, ligne {} : tables imbriquées sur plus de {} niveaux.", name, result.line, kMaxKeyParts),
        .english = fmt::format("{}, line {}: tables nested deeper than {}.", name, result.line, kMaxKeyParts)});
  }
  if (const auto* text = node.as_string()) {
    result.value = text->get();
  } else if (const auto* integer = node.as_integer()) {
    result.value = integer->get();
  } else if (const auto* real = node.as_floating_point()) {
    result.value = real->get();
  } else if (const auto* boolean = node.as_boolean()) {
    result.value = boolean->get();
  } else if (const auto* array = node.as_array()) {
    ConfigValue::Array values;
    for (const toml::node& element : *array) {
      values.push_back(convert(element, name, depth + 1));
    }
    result.value = std::move(values);
  } else if (const auto* table = node.as_table()) {
    ConfigValue::Table entries;
    for (const auto& [key, value] : *table) {
      entries.emplace_back(std::string{key.str()}, convert(value, name, depth + 1));
    }
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.second.line < b.second.line; });
    result.value = std::move(entries);
  } else {
    throw StudyError(Text{
        .french = fmt::format(
            "{}, ligne {} : dates et heures TOML ne sont pas attendues ici ; écrivez la valeur entre guillemets.", name,
            result.line),
        .english =
            fmt::format("{}, line {}: TOML dates and times are not expected here; quote the value.", name, result.line)});
  }
  return result;
}

}  // namespace

ConfigValue parse_toml(const std::string_view document, const std::string& name) {
  if (document.size() > kMaxDocumentBytes) {
    throw StudyError(Text{
        .french =
            fmt::format("{} : {} octets ; une étude tient en moins de {} octets.", name, document.size(), kMaxDocumentBytes),
        .english = fmt::format("{}: {} bytes; a study file is under {} bytes.", name, document.size(), kMaxDocumentBytes)});
  }
  refuse_deep_keys(document, name);
  try {
    const toml::table table = toml::parse(document, name);
    return convert(table, name, 0);
  } catch (const toml::parse_error& error) {
    const auto line = static_cast<std::int64_t>(error.source().begin.line);
    throw StudyError(Text{.french = fmt::format("{}, ligne {} : ce n'est pas du TOML ({}). Les textes se mettent entre "
                                                "guillemets, les tables s'ouvrent par [nom].",
                                                name, line, error.description()),
                          .english = fmt::format("{}, line {}: not TOML ({}). Texts are quoted, tables open with [name].",
                                                 name, line, error.description())});
  }
}

}  // namespace maillage
