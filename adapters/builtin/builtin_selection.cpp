#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/builtin/builtin_france.hpp"
#include "engine/core/closest_name.hpp"
#include "engine/core/error.hpp"
#include "engine/core/fold_text.hpp"

namespace maillage {

namespace {

constexpr std::size_t kNearMatches = 3;

/// What a level is called in messages.
struct Level {
  std::string_view key;  ///< of the study file
  std::string_view french_none;
  std::string_view english_none;
};

struct Candidate {
  std::size_t distance;
  std::string_view code;
  std::string_view name;
  friend auto operator<=>(const Candidate&, const Candidate&) = default;
};

/// How far a zone is from what was typed: by its code if that holds a digit, else by its name; a name that contains what was
/// typed is near whatever its length.
std::size_t nearness(const std::string_view folded, const std::string_view code, const std::string_view name) {
  if (std::ranges::any_of(folded, [](const char character) { return character >= '0' && character <= '9'; })) {
    return edit_distance(folded, fold_text(code));
  }
  const std::string candidate = fold_text(name);
  return folded.size() > 2 && candidate.find(folded) != std::string::npos ? 1 : edit_distance(folded, candidate);
}

/// The candidates that are near, best first.
std::vector<Candidate> nearest(std::vector<Candidate> candidates, const std::size_t typed_length) {
  const std::size_t allowed = std::max<std::size_t>(2, typed_length / 3);
  std::erase_if(candidates, [&](const Candidate& candidate) { return candidate.distance > allowed; });
  std::ranges::sort(candidates);
  candidates.resize(std::min(kNearMatches, candidates.size()));
  return candidates;
}

/// \throws StudyError: `wanted` names nothing, or several things; `candidates` are what it may have meant.
[[noreturn]] void throw_unknown(const Level& level, const std::string& wanted, const std::vector<Candidate>& candidates,
                                const Text& problem) {
  Text message{.french = std::string{level.key} + " = « " + wanted + " » : " + problem.french,
               .english = std::string{level.key} + " = \"" + wanted + "\": " + problem.english};
  for (const Candidate& candidate : candidates) {
    const bool first = &candidate == &candidates.front();
    const std::string meant = std::string{candidate.code} + " (" + std::string{candidate.name} + ")";
    message.french += (first ? " ; vouliez-vous dire " : ", ") + meant;
    message.english += (first ? "; did you mean " : ", ") + meant;
  }
  message.french += candidates.empty() ? "" : " ?";
  message.english += candidates.empty() ? "" : "?";
  throw StudyError(std::move(message));
}

/// Position of the one of `things` (with a code and a name) that was named. \throws StudyError
template <typename Things>
std::size_t find_named(const Things& things, const Level& level, const std::string& wanted) {
  const std::string folded = fold_text(wanted);
  std::vector<Candidate> same;
  std::vector<Candidate> others;
  std::size_t found = 0;
  for (std::size_t i = 0; i < things.size(); ++i) {
    if (things[i].code == wanted) {
      return i;
    }
    const std::size_t distance = fold_text(things[i].name) == folded ? 0 : nearness(folded, things[i].code, things[i].name);
    if (fold_text(things[i].name) == folded) {
      found = i;
      same.push_back({0, things[i].code, things[i].name});
    }
    others.push_back({distance, things[i].code, things[i].name});
  }
  if (same.size() == 1) {
    return found;
  }
  if (same.size() > 1) {
    throw_unknown(
        level, wanted, same,
        {.french = "plusieurs portent ce nom, donnez le code", .english = "several bear this name, give the code"});
  }
  throw_unknown(level, wanted, nearest(std::move(others), folded.size()),
                {.french = std::string{level.french_none} + " de la France intégrée",
                 .english = std::string{level.english_none} + " of the built-in France"});
}

/// A commune by its present or past code, else by its name. \throws StudyError
std::size_t find_commune(const BuiltinFrance& france, const std::string& wanted) {
  const auto at = std::ranges::lower_bound(france.records, wanted, {}, &CommuneRecord::code);
  if (at != france.records.end() && at->code == wanted) {
    return static_cast<std::size_t>(at - france.records.begin());
  }
  const auto event = std::ranges::lower_bound(france.history, wanted, {}, &CodeEvent::old_code);
  if (event != france.history.end() && event->old_code == wanted) {
    return find_commune(france, event->new_code);
  }
  return find_named(france.records, {"communes", "aucune commune", "no commune"}, wanted);
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
    throw StudyError(
        Text{.french = "territoire : aucune commune choisie ; donnez region, departement, epci, communes ou france = true",
             .english = "territory: no commune is selected; give region, departement, epci, communes or france = true"});
  }
  std::vector<bool> marked(france.records.size(), selection.france);
  for (const std::string& wanted : selection.regions) {
    mark_zone(france, &CommuneRecord::region,
              france.regions[find_named(france.regions, {"region", "aucune région", "no region"}, wanted)].code, marked);
  }
  for (const std::string& wanted : selection.departements) {
    mark_zone(
        france, &CommuneRecord::departement,
        france.departements[find_named(france.departements, {"departement", "aucun département", "no departement"}, wanted)]
            .code,
        marked);
  }
  for (const std::string& wanted : selection.epcis) {
    mark_zone(france, &CommuneRecord::epci,
              france.epcis[find_named(france.epcis, {"epci", "aucun EPCI", "no EPCI"}, wanted)].code, marked);
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
