#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/builtin/builtin_france.hpp"
#include "engine/core/error.hpp"

namespace maillage {

namespace {

constexpr std::size_t kNearMatches = 3;

/// Letters of French names and the plain ones they are compared as.
constexpr std::array<std::pair<std::string_view, char>, 40> kPlainLetters{{
    {"à", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"á", 'a'}, {"ã", 'a'}, {"ç", 'c'}, {"é", 'e'}, {"è", 'e'}, {"ê", 'e'}, {"ë", 'e'},
    {"î", 'i'}, {"ï", 'i'}, {"í", 'i'}, {"ñ", 'n'}, {"ô", 'o'}, {"ö", 'o'}, {"ó", 'o'}, {"ù", 'u'}, {"û", 'u'}, {"ü", 'u'},
    {"ú", 'u'}, {"ÿ", 'y'}, {"À", 'a'}, {"Â", 'a'}, {"Ä", 'a'}, {"Ç", 'c'}, {"É", 'e'}, {"È", 'e'}, {"Ê", 'e'}, {"Ë", 'e'},
    {"Î", 'i'}, {"Ï", 'i'}, {"Ô", 'o'}, {"Ö", 'o'}, {"Ù", 'u'}, {"Û", 'u'}, {"Ü", 'u'}, {"œ", 'o'}, {"Œ", 'o'}, {"’", ' '}}};

/// A name as it is compared: lower case, without accents, hyphens or apostrophes.
std::string plain(const std::string_view name) {
  std::string result;
  for (std::size_t at = 0; at < name.size();) {
    const std::string_view rest = name.substr(at);
    const auto* const letter = std::ranges::find_if(kPlainLetters, [&](const auto& pair) { return rest.starts_with(pair.first); });
    char character = name[at];
    at += 1;
    if (letter != kPlainLetters.end()) {
      character = letter->second;
      at += letter->first.size() - 1;
    } else if (character >= 'A' && character <= 'Z') {
      character = static_cast<char>(character - 'A' + 'a');
    } else if (character == '-' || character == '\'') {
      character = ' ';
    }
    if (character != ' ' || (!result.empty() && result.back() != ' ')) {
      result += character;
    }
  }
  if (!result.empty() && result.back() == ' ') {
    result.pop_back();
  }
  return result;
}

/// Levenshtein's distance, in bytes of plain names. O(|a| |b|).
std::size_t edit_distance(const std::string_view a, const std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) {
    row[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row[b.size()];
}

/// What a level is called in messages: "la région", "region".
struct LevelName {
  std::string_view french_unknown;
  std::string_view english_unknown;
  std::string_view key;
};

struct Candidate {
  std::size_t distance;
  std::string_view code;
  std::string_view name;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

/// How far a zone is from what was typed: by its code if that looks like a code, else by its name; a name that contains
/// what was typed is near whatever its length.
std::size_t nearness(const std::string_view wanted, const std::string_view code, const std::string_view name) {
  if (std::ranges::any_of(wanted, [](const char character) { return character >= '0' && character <= '9'; })) {
    return edit_distance(wanted, plain(code));
  }
  const std::string candidate = plain(name);
  return wanted.size() > 2 && candidate.find(wanted) != std::string::npos ? 1 : edit_distance(wanted, candidate);
}

[[noreturn]] void throw_unknown(const LevelName& level, const std::string& wanted, std::vector<Candidate> candidates) {
  const std::size_t shown = std::min(kNearMatches, candidates.size());
  std::ranges::partial_sort(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(shown));
  std::string near_french;
  std::string near_english;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string code{candidates[i].code};
    const std::string name{candidates[i].name};
    near_french += (i == 0 ? "" : ", ") + ("« " + code + " » (" + name + ")");
    near_english += (i == 0 ? "" : ", ") + ("\"" + code + "\" (" + name + ")");
  }
  throw StudyError(Text{.french = std::string{level.key} + " = « " + wanted + " » : " + std::string{level.french_unknown} +
                                  " des communes intégrées ; les plus proches : " + near_french,
                        .english = std::string{level.key} + " = \"" + wanted + "\": " + std::string{level.english_unknown} +
                                   " of the built-in communes; the nearest: " + near_english});
}

const BuiltinZone& find_zone(const std::vector<BuiltinZone>& zones, const LevelName& level, const std::string& wanted) {
  const auto by_code = std::ranges::find(zones, wanted, &BuiltinZone::code);
  if (by_code != zones.end()) {
    return *by_code;
  }
  const std::string name = plain(wanted);
  std::vector<Candidate> same;
  std::vector<Candidate> candidates;
  const BuiltinZone* found = nullptr;
  for (const BuiltinZone& zone : zones) {
    if (plain(zone.name) == name) {
      found = &zone;
      same.push_back({0, zone.code, zone.name});
    }
    candidates.push_back({nearness(name, zone.code, zone.name), zone.code, zone.name});
  }
  if (same.size() == 1) {
    return *found;
  }
  if (same.size() > 1) {
    throw_unknown({"plusieurs portent ce nom : donnez le code,", "several bear this name: give the code,", level.key}, wanted, same);
  }
  throw_unknown(level, wanted, std::move(candidates));
}

std::size_t find_commune(const BuiltinFrance& france, const std::string& wanted) {
  const auto at = std::ranges::lower_bound(france.records, wanted, {}, &CommuneRecord::code);
  if (at != france.records.end() && at->code == wanted) {
    return static_cast<std::size_t>(at - france.records.begin());
  }
  const auto event = std::ranges::lower_bound(france.history, wanted, {}, &CodeEvent::old_code);
  if (event != france.history.end() && event->old_code == wanted) {
    return find_commune(france, event->new_code);
  }
  std::vector<Candidate> candidates;
  const std::string name = plain(wanted);
  for (const CommuneRecord& record : france.records) {
    candidates.push_back({nearness(name, record.code, record.name), record.code, record.name});
  }
  throw_unknown({"ce code n'est celui d'aucune", "this is the code of none", "communes"}, wanted, std::move(candidates));
}

void mark_zone(const BuiltinFrance& france, const std::string CommuneRecord::*code, const std::string& zone,
               std::vector<bool>& marked) {
  for (std::size_t i = 0; i < france.records.size(); ++i) {
    marked[i] = marked[i] || france.records[i].*code == zone;
  }
}

}  // namespace

std::vector<std::size_t> select_communes(const BuiltinFrance& france, const BuiltinSelection& selection) {
  if (!selection.france && selection.regions.empty() && selection.departements.empty() && selection.epcis.empty() &&
      selection.communes.empty()) {
    throw StudyError(Text{.french = "territoire : aucune commune choisie ; donnez region, departement, epci, communes ou france = true",
                          .english = "territory: no commune is selected; give region, departement, epci, communes or france = true"});
  }
  std::vector<bool> marked(france.records.size(), selection.france);
  for (const std::string& wanted : selection.regions) {
    mark_zone(france, &CommuneRecord::region,
              find_zone(france.regions, {"aucune région", "no region", "region"}, wanted).code, marked);
  }
  for (const std::string& wanted : selection.departements) {
    mark_zone(france, &CommuneRecord::departement,
              find_zone(france.departements, {"aucun département", "no departement", "departement"}, wanted).code, marked);
  }
  for (const std::string& wanted : selection.epcis) {
    mark_zone(france, &CommuneRecord::epci, find_zone(france.epcis, {"aucun EPCI", "no EPCI", "epci"}, wanted).code, marked);
  }
  for (const std::string& wanted : selection.communes) {
    marked[find_commune(france, wanted)] = true;
  }
  std::vector<std::size_t> communes;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i]) {
      communes.push_back(i);
    }
  }
  return communes;
}

}  // namespace maillage
