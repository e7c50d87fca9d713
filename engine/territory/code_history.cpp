#include "engine/territory/code_history.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "engine/territory/commune_code.hpp"

namespace maillage {

namespace {

bool contains(const std::span<const std::string> sorted, const std::string_view code) {
  return std::binary_search(sorted.begin(), sorted.end(), code, std::less<>{});
}

std::string_view reason_of(const CodeEventKind kind) {
  switch (kind) {
    case CodeEventKind::merged:
      return "commune_merged";
    case CodeEventKind::delegated:
      return "commune_delegated";
    case CodeEventKind::associated:
      return "commune_associated";
    case CodeEventKind::recoded:
      return "commune_recoded";
    case CodeEventKind::reestablished:
      return "commune_reestablished";
    case CodeEventKind::arrondissement:
      return "arrondissement";
  }
  return "unknown_commune_code";
}

/// "Delegated" says more than "merged" where two lists tell the same change.
int detail_of(const CodeEventKind kind) {
  return kind == CodeEventKind::merged ? 1 : 0;
}

/// A walk through the events of one code, collecting every present commune it leads to.
class Walk {
 public:
  Walk(const std::span<const CodeEvent> events, const std::span<const std::string> present)
      : events_(events), present_(present) {}

  void from(const std::string& code, const std::string& not_before) {
    if (!visited_.insert(code).second) {
      return;
    }
    if (contains(present_, code)) {
      found_.emplace(code, chain_);  // the first chain found stays: events are in a fixed order
      return;
    }
    const std::optional<std::string> whole = commune_of_arrondissement(code);
    if (whole) {
      step(*whole, CodeEventKind::arrondissement, {});
      return;
    }
    for (const CodeEvent& event : latest_events(code, not_before)) {
      step(event.new_code, event.kind, event.date.empty() ? not_before : event.date);
    }
  }

  [[nodiscard]] const std::map<std::string, std::vector<CodeEventKind>>& found() const { return found_; }

 private:
  void step(const std::string& code, const CodeEventKind kind, const std::string& date) {
    chain_.push_back(kind);
    from(code, date);
    chain_.pop_back();
  }

  /// Events of a code at the latest date that is not before `not_before`; those by which it really ended first, and only where
  /// there is none those by which others were split off from it.
  [[nodiscard]] std::vector<CodeEvent> latest_events(const std::string& code, const std::string& not_before) const {
    std::vector<CodeEvent> endings;
    std::vector<CodeEvent> divisions;
    const auto [first, last] = std::equal_range(events_.begin(), events_.end(), CodeEvent{code, {}, CodeEventKind::merged, {}},
                                                [](const CodeEvent& a, const CodeEvent& b) { return a.old_code < b.old_code; });
    for (auto event = first; event != last; ++event) {
      if (event->date.empty() || event->date >= not_before) {
        (event->kind == CodeEventKind::reestablished ? divisions : endings).push_back(*event);
      }
    }
    std::vector<CodeEvent>& chosen = endings.empty() ? divisions : endings;
    std::string latest;
    for (const CodeEvent& event : chosen) {
      latest = std::max(latest, event.date);
    }
    // A division ends nothing by itself: all parts that were ever split off are candidates.
    if (!endings.empty()) {
      std::erase_if(chosen, [&](const CodeEvent& event) { return !event.date.empty() && event.date != latest; });
    }
    return chosen;
  }

  std::span<const CodeEvent> events_;
  std::span<const std::string> present_;
  std::set<std::string> visited_;
  std::vector<CodeEventKind> chain_;
  std::map<std::string, std::vector<CodeEventKind>> found_;
};

}  // namespace

std::string Successor::reason() const {
  switch (outcome) {
    case Outcome::present:
      return "commune_present";
    case Outcome::several:
      return "commune_divided";
    case Outcome::none:
      return "unknown_commune_code";
    case Outcome::one:
      break;
  }
  return std::string{chain.empty() ? std::string_view{"commune_merged"} : reason_of(chain.back())};
}

CodeHistory::CodeHistory(std::vector<CodeEvent> events) : events_(std::move(events)) {
  std::erase_if(events_, [](const CodeEvent& event) { return event.old_code == event.new_code || event.old_code.empty() || event.new_code.empty(); });
  const auto key = [](const CodeEvent& event) {
    return std::tuple{event.old_code, event.date, event.new_code, detail_of(event.kind), event.kind};
  };
  std::sort(events_.begin(), events_.end(), [&](const CodeEvent& a, const CodeEvent& b) { return key(a) < key(b); });
  events_.erase(std::unique(events_.begin(), events_.end(),
                            [](const CodeEvent& a, const CodeEvent& b) {
                              return a.old_code == b.old_code && a.new_code == b.new_code && a.date == b.date &&
                                     (a.kind == b.kind || b.kind == CodeEventKind::merged);
                            }),
                events_.end());
}

Successor CodeHistory::resolve(const std::string_view code, const std::span<const std::string> present) const {
  Successor successor;
  if (contains(present, code)) {
    successor.outcome = Successor::Outcome::present;
    successor.code = code;
    return successor;
  }
  Walk walk{events_, present};
  walk.from(std::string{code}, {});
  if (walk.found().size() == 1) {
    successor.outcome = Successor::Outcome::one;
    successor.code = walk.found().begin()->first;
    successor.chain = walk.found().begin()->second;
  } else if (walk.found().size() > 1) {
    successor.outcome = Successor::Outcome::several;
    for (const auto& [found, chain] : walk.found()) {
      successor.candidates.push_back(found);
    }
  }
  return successor;
}

std::vector<CodeEvent> CodeHistory::reestablishments() const {
  std::vector<CodeEvent> found;
  for (const CodeEvent& event : events_) {
    if (event.kind == CodeEventKind::reestablished) {
      found.push_back(event);
    }
  }
  std::sort(found.begin(), found.end(), [](const CodeEvent& a, const CodeEvent& b) {
    return std::tie(a.old_code, a.new_code, a.date) < std::tie(b.old_code, b.new_code, b.date);
  });
  return found;
}

}  // namespace maillage
