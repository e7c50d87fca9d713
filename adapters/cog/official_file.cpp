#include "adapters/cog/official_file.hpp"

#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "adapters/cog/etalab_json.hpp"
#include "adapters/cog/insee_events.hpp"

namespace maillage {

namespace {

constexpr std::size_t kBeginning = 8192;

std::string_view without_bom(const std::string_view text) {
  return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

bool has_columns(const std::string_view header, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (header.find(name) == std::string_view::npos) {
      return false;
    }
  }
  return true;
}

}  // namespace

OfficialFile detect_official_file(const std::string_view beginning) {
  const std::string_view text = without_bom(beginning.substr(0, kBeginning));
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    return OfficialFile::other;
  }
  if (text[first] == '[') {
    return detect_etalab_json(text.substr(first));
  }
  const std::string_view header = text.substr(0, text.find('\n'));
  if (has_columns(header, {"MOD", "DATE_EFF", "COM_AV", "COM_AP"})) {
    return OfficialFile::insee_movements;
  }
  if (has_columns(header, {"DEP\t", "COM\t", "\tEFF\t", "\tMOD\t", "\tCOMECH"})) {
    return OfficialFile::insee_history;
  }
  return OfficialFile::other;
}

Reading<TerritorySource> parse_official_file(const std::string_view text, const std::string& name) {
  const OfficialFile kind = detect_official_file(text);
  switch (kind) {
    case OfficialFile::insee_movements:
      return parse_insee_movements(without_bom(text), name);
    case OfficialFile::insee_history:
      return parse_insee_history(without_bom(text), name);
    case OfficialFile::other:
      throw InputError{Text{
          .french = fmt::format(
              "{} : ce n'est ni un fichier d'Etalab (communes.json, epci.json, departements.json, regions.json), ni un "
              "historique des communes de l'INSEE (v_mvtcommune, historiq)",
              name),
          .english = fmt::format(
              "{}: neither a file of Etalab (communes.json, epci.json, departements.json, regions.json) nor a history of "
              "communes by INSEE (v_mvtcommune, historiq)",
              name)}};
    default:
      return parse_etalab_json(without_bom(text), kind, name);
  }
}

Reading<TerritorySource> read_official_file(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream content;
  // An empty file makes `<<` fail on the target only; a directory or a read error leaves the source bad.
  if (stream) {
    content << stream.rdbuf();
  }
  if (!stream || stream.bad()) {
    throw InputError{Text{.french = fmt::format("{} : impossible de lire le fichier", file.string()),
                          .english = fmt::format("{}: the file cannot be read", file.string())},
                     InputError::Kind::missing};
  }
  return parse_official_file(content.view(), file.filename().string());
}

}  // namespace maillage
