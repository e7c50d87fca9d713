#include "engine/territory/present_communes.hpp"

#include <algorithm>
#include <map>

#include "engine/territory/commune_code.hpp"

namespace maillage {

namespace {

bool has_contours(const TerritorySource& source) {
  return source.contours.areas() > 0;
}

void sort_unique(std::vector<std::string>& codes) {
  std::sort(codes.begin(), codes.end());
  codes.erase(std::unique(codes.begin(), codes.end()), codes.end());
}

void add_codes(const TerritorySource& source, std::vector<std::string>& codes) {
  for (const CommuneRecord& record : source.records) {
    codes.push_back(commune_of_arrondissement(record.code).value_or(record.code));
  }
}

/// The first source that is a whole list of communes with its history, the user's before the built-in one.
const TerritorySource* official_list(const std::vector<TerritorySource>& sources) {
  for (const bool built_in : {false, true}) {
    for (const TerritorySource& source : sources) {
      if (source.built_in == built_in && !source.records.empty() && !source.history.empty()) {
        return &source;
      }
    }
  }
  return nullptr;
}

RowNote note_of(const CommuneRecord& record, std::string reason, std::string detail) {
  return RowNote{.source = record.source,
                 .row = record.row,
                 .key = record.code,
                 .column = {},
                 .value = record.name,
                 .reason = std::move(reason),
                 .detail = std::move(detail)};
}

std::string joined(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) {
    text += (text.empty() ? "" : ", ") + code;
  }
  return text;
}

/// Answers of the history, each code asked once.
class Answers {
 public:
  Answers(const CodeHistory& history, const std::vector<std::string>& present) : history_(history), present_(present) {}
  const Successor& of(const std::string& code) {
    const auto [answer, is_new] = answers_.try_emplace(code);
    if (is_new) {
      answer->second = history_.resolve(code, present_);
    }
    return answer->second;
  }

 private:
  const CodeHistory& history_;
  const std::vector<std::string>& present_;
  std::map<std::string, Successor> answers_;
};

void order_sources(const std::vector<TerritorySource>& sources, PresentCommunes& result) {
  for (const int rank : {0, 1, 2}) {  // the user's tables, the user's contours, the built-in France
    for (std::size_t at = 0; at < sources.size(); ++at) {
      const int own = sources[at].built_in ? 2 : has_contours(sources[at]) ? 1 : 0;
      if (own == rank) {
        result.by_authority.push_back(at);
      }
    }
  }
  for (const bool built_in : {false, true}) {
    for (std::size_t at = 0; at < sources.size() && (!built_in || result.contour_sources.empty()); ++at) {
      if (sources[at].built_in == built_in && has_contours(sources[at])) {
        result.contour_sources.push_back(at);
      }
    }
  }
}

/// Codes of the present communes before contours of other years are looked at.
std::vector<std::string> listed_codes(const std::vector<TerritorySource>& sources, const TerritorySource* const official) {
  std::vector<std::string> codes;
  if (official != nullptr) {
    add_codes(*official, codes);
  } else {
    for (const TerritorySource& source : sources) {
      if (!has_contours(source) && !source.built_in) {
        add_codes(source, codes);
      }
    }
    for (std::size_t at = 0; codes.empty() && at < sources.size(); ++at) {
      add_codes(sources[at], codes);
    }
  }
  sort_unique(codes);
  return codes;
}

void place_rows(const std::vector<TerritorySource>& sources, const CodeHistory& history, PresentCommunes& result) {
  Answers answers{history, result.codes};
  for (const TerritorySource& source : sources) {
    auto& commune_of = result.commune_of.emplace_back();
    for (const CommuneRecord& record : source.records) {
      const Successor& successor = answers.of(record.code);
      const bool found = successor.outcome == Successor::Outcome::present || successor.outcome == Successor::Outcome::one;
      if (!found) {
        commune_of.push_back(PresentCommunes::kNone);
        result.rejections.push_back(note_of(record, successor.reason(), joined(successor.candidates)));
        continue;
      }
      const auto position = std::lower_bound(result.codes.begin(), result.codes.end(), successor.code);
      commune_of.push_back(static_cast<std::size_t>(position - result.codes.begin()));
      if (successor.outcome == Successor::Outcome::one) {
        result.repairs.push_back(
            {commune_of.back(), note_of(record, successor.reason(), record.code + " -> " + successor.code)});
      }
    }
  }
}

}  // namespace

PresentCommunes find_present_communes(const std::vector<TerritorySource>& sources, const CodeHistory& history) {
  PresentCommunes result;
  order_sources(sources, result);
  const TerritorySource* const official = official_list(sources);
  result.codes = listed_codes(sources, official);
  if (official == nullptr || official->built_in) {
    std::vector<std::string> kept;
    Answers answers{history, result.codes};
    for (const std::size_t at : result.contour_sources) {
      for (const CommuneRecord& record : sources[at].records) {
        if (answers.of(record.code).outcome == Successor::Outcome::none) {
          kept.push_back(commune_of_arrondissement(record.code).value_or(record.code));
          result.repairs.push_back({PresentCommunes::kNone, note_of(record, "commune_not_in_tables", {})});
        }
      }
    }
    result.codes.insert(result.codes.end(), kept.begin(), kept.end());
    sort_unique(result.codes);
    for (PresentCommunes::Repair& repair : result.repairs) {
      const std::string code = commune_of_arrondissement(repair.note.key).value_or(repair.note.key);
      repair.commune =
          static_cast<std::size_t>(std::lower_bound(result.codes.begin(), result.codes.end(), code) - result.codes.begin());
    }
  }
  place_rows(sources, history, result);
  return result;
}

}  // namespace maillage
