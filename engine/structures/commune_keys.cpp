#include "engine/structures/commune_keys.hpp"

#include <algorithm>
#include <optional>

#include "engine/core/fold_text.hpp"
#include "engine/territory/commune_code.hpp"

namespace maillage {

namespace {

using Outcome = DeclaredCommune::Outcome;

bool is_number(const std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](const char letter) { return letter >= '0' && letter <= '9'; });
}

/// "1er", "2e", "11eme", "13": the number of an arrondissement.
bool is_ordinal(std::string_view word) {
  for (const std::string_view ending : {"eme", "er", "e"}) {
    if (word.size() > ending.size() && word.ends_with(ending) && is_number(word.substr(0, word.size() - ending.size()))) {
      return true;
    }
  }
  return is_number(word);
}

bool is_postcode(const std::string_view text) {
  return text.size() == 5 && is_number(text);
}

/// Departements whose communes may have that postcode by its first figures.
std::vector<std::string> departements_of_postcode(const std::string_view postcode) {
  if (postcode.starts_with("20")) {
    return {"2A", "2B"};
  }
  return {std::string{postcode.substr(0, postcode.starts_with("97") || postcode.starts_with("98") ? 3 : 2)}};
}

void sort_unique(std::vector<CommuneIndex>& communes) {
  std::ranges::sort(communes);
  communes.erase(std::unique(communes.begin(), communes.end()), communes.end());
}

DeclaredCommune one_of(std::vector<CommuneIndex> candidates) {
  sort_unique(candidates);
  const CommuneIndex commune = candidates.size() == 1 ? candidates.front() : CommuneIndex::none();
  return {candidates.size() == 1 ? Outcome::inside : Outcome::several, commune, std::move(candidates)};
}

}  // namespace

std::string compare_name(const std::string_view commune_name) {
  const std::string folded = fold_text(commune_name);
  std::string result;
  for (std::size_t at = 0; at < folded.size();) {
    const std::size_t end = std::min(folded.find(' ', at), folded.size());
    const std::string_view word = std::string_view{folded}.substr(at, end - at);
    at = end + 1;
    if (word == "cedex") {
      break;
    }
    if (!result.empty() && (word == "arrondissement" || is_ordinal(word))) {
      continue;
    }
    result += result.empty() ? "" : " ";
    result += word == "st" ? "saint" : word == "ste" ? "sainte" : word;
  }
  return result;
}

CommuneFinder::CommuneFinder(const Territory& territory, const CommuneKeys& keys) : territory_(territory), keys_(keys) {
  for (const CommuneIndex commune : territory.communes.indices()) {
    const Commune& one = territory.communes[commune];
    present_.push_back(one.code);
    departements_.push_back(departement_of_code(one.code));
    by_name_.emplace_back(compare_name(one.name), commune);
  }
  std::ranges::sort(by_name_);
  for (const auto& [postcode, code] : keys.postcodes) {
    known_codes_.push_back(code);
  }
  for (const CodeEvent& event : keys.history.events()) {
    known_codes_.push_back(event.old_code);
    known_codes_.push_back(event.new_code);
  }
  std::ranges::sort(departements_);
  departements_.erase(std::unique(departements_.begin(), departements_.end()), departements_.end());
  std::ranges::sort(known_codes_);
  known_codes_.erase(std::unique(known_codes_.begin(), known_codes_.end()), known_codes_.end());
}

bool CommuneFinder::is_elsewhere(const std::string_view code) const {
  return !std::ranges::binary_search(departements_, departement_of_code(code)) ||
         std::ranges::binary_search(known_codes_, code);
}

std::vector<CommuneIndex> CommuneFinder::named(const std::string_view folded_name,
                                               const std::string_view departement) const {
  std::vector<CommuneIndex> result;
  const auto name_of_entry = [](const auto& entry) -> std::string_view { return entry.first; };
  const auto first = std::ranges::lower_bound(by_name_, folded_name, {}, name_of_entry);
  for (auto entry = first; entry != by_name_.end() && entry->first == folded_name; ++entry) {
    if (departement_of_code(territory_.communes[entry->second].code) == departement) {
      result.push_back(entry->second);
    }
  }
  return result;
}

std::string CommuneFinder::listed(const std::span<const CommuneIndex> communes) const {
  std::string text;
  for (const CommuneIndex commune : communes) {
    text += (text.empty() ? "" : ", ") + territory_.communes[commune].code + " " + territory_.communes[commune].name;
  }
  return text;
}

DeclaredCommune CommuneFinder::by_code(const Structure& structure, std::vector<KeyRemark>& remarks) const {
  const std::string& declared = structure.commune_code;
  if (declared.empty()) {
    return {};
  }
  if (const std::optional<CommuneIndex> commune = territory_.find(declared)) {
    return {Outcome::inside, *commune, {}};
  }
  const std::optional<CommuneCode> code = parse_commune_code(declared);
  if (!code) {
    remarks.push_back({"commune_code", declared, "malformed_commune_code", {}});
    return {Outcome::unknown, {}, {}};
  }
  const auto remark_repair = [&] {
    if (code->repaired) {
      remarks.push_back({"commune_code", declared, "commune_code_repaired", declared + " -> " + code->code});
    }
  };
  const Successor successor = keys_.history.resolve(code->code, present_);
  switch (successor.outcome) {
    case Successor::Outcome::present:
      remark_repair();
      return {Outcome::inside, *territory_.find(successor.code), {}};
    case Successor::Outcome::one:
      remark_repair();
      remarks.push_back({"commune_code", declared, "obsolete_commune_code",
                         code->code + " -> " + successor.code + " (" + successor.reason() + ")"});
      return {Outcome::inside, *territory_.find(successor.code), {}};
    case Successor::Outcome::several: {
      std::vector<CommuneIndex> candidates;
      for (const std::string& candidate : successor.candidates) {
        candidates.push_back(*territory_.find(candidate));
      }
      DeclaredCommune result = one_of(std::move(candidates));
      remarks.push_back({"commune_code", declared, "divided_commune_code", listed(result.candidates)});
      return result;
    }
    case Successor::Outcome::none:
      break;
  }
  if (is_elsewhere(code->code)) {
    return {Outcome::outside, {}, {}};
  }
  remarks.push_back({"commune_code", declared, "unknown_commune_code", {}});
  return {Outcome::unknown, {}, {}};
}

DeclaredCommune CommuneFinder::by_postcode(const Structure& structure, std::vector<KeyRemark>& remarks) const {
  const std::string& postcode = structure.postcode;
  if (postcode.empty()) {
    return {};
  }
  if (!is_postcode(postcode)) {
    remarks.push_back({"postcode", postcode, "malformed_postcode", structure.commune_name});
    return {Outcome::unknown, {}, {}};
  }
  const auto range = std::ranges::equal_range(keys_.postcodes, postcode, {}, &std::pair<std::string, std::string>::first);
  std::vector<CommuneIndex> candidates;
  bool some_outside = false;
  for (const auto& [code_of_post, code] : range) {
    const Successor successor = keys_.history.resolve(code, present_);
    const bool found = successor.outcome == Successor::Outcome::present || successor.outcome == Successor::Outcome::one;
    some_outside = some_outside || !found;
    if (found) {
      candidates.push_back(*territory_.find(successor.code));
    }
  }
  sort_unique(candidates);
  const std::string name = compare_name(structure.commune_name);
  const auto bears_name = [&](const CommuneIndex commune) {
    return compare_name(territory_.communes[commune].name) == name;
  };
  if (!name.empty() && std::ranges::count_if(candidates, bears_name) == 1) {
    const CommuneIndex commune = *std::ranges::find_if(candidates, bears_name);
    return {Outcome::inside, commune, {}};
  }
  std::vector<CommuneIndex> same_name;
  bool departement_inside = false;
  for (const std::string& departement : departements_of_postcode(postcode)) {
    departement_inside = departement_inside || std::ranges::binary_search(departements_, departement);
    const std::vector<CommuneIndex> found = named(name, departement);
    same_name.insert(same_name.end(), found.begin(), found.end());
  }
  if (!name.empty() && same_name.size() == 1) {
    remarks.push_back({"postcode", postcode, "placed_by_commune_name", structure.commune_name + " -> " + listed(same_name)});
    return {Outcome::inside, same_name.front(), {}};
  }
  if (!candidates.empty()) {
    // A postcode on the edge of the territory, and a name that is none of the communes inside.
    return some_outside && !name.empty() ? DeclaredCommune{Outcome::outside, {}, {}} : one_of(std::move(candidates));
  }
  if (some_outside || !departement_inside) {
    return {Outcome::outside, {}, {}};
  }
  remarks.push_back({"postcode", postcode, "unknown_postcode", structure.commune_name});
  return {Outcome::unknown, {}, {}};
}

}  // namespace maillage
