#include "engine/territory/code_history.hpp"

#include <algorithm>
#include <array>
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
    const std::size_t found_before = found_.size();
    for (const std::vector<CodeEvent>& tier : tiers_of(code, not_before)) {
      for (const CodeEvent& event : tier) {
        step(event.new_code, event.kind, event.date.empty() ? not_before : event.date);
      }
      if (found_.size() > found_before) {
        return;
      }
    }
  }

  [[nodiscard]] const std::map<std::string, std::vector<CodeEventKind>>& found() const { return found_; }

 private:
  void step(const std::string& code, const CodeEventKind kind, const std::string& date) {
    chain_.push_back(kind);
    from(code, date);
    chain_.pop_back();
  }

  /// Events of a code in the order they are believed; the first that lead anywhere decide.
  /// An undated list tells the state of today: a commune déléguée or associée is part of its commune. Its former codes are
  /// less sure: they may have gone with a commune that was divided again since. Then come dated events, the latest only. A
  /// division ends nothing by itself, so it comes last, and all parts ever split off are possible.
  [[nodiscard]] std::array<std::vector<CodeEvent>, 4> tiers_of(const std::string& code,
                                                               const std::string& not_before) const {
    std::array<std::vector<CodeEvent>, 4> tiers;
    auto& [attached, former, dated, divisions] = tiers;
    const auto [first, last] =
        std::equal_range(events_.begin(), events_.end(), CodeEvent{code, {}, CodeEventKind::merged, {}},
                         [](const CodeEvent& a, const CodeEvent& b) { return a.old_code < b.old_code; });
    for (auto event = first; event != last; ++event) {
      if (event->kind == CodeEventKind::reestablished) {
        if (event->date.empty() || event->date >= not_before) {
          divisions.push_back(*event);
        }
      } else if (!event->date.empty()) {
        if (event->date >= not_before) {
          dated.push_back(*event);
        }
      } else if (event->kind == CodeEventKind::delegated || event->kind == CodeEventKind::associated) {
        attached.push_back(*event);
      } else {
        former.push_back(*event);
      }
    }
    std::string latest;
    for (const CodeEvent& event : dated) {
      latest = std::max(latest, event.date);
    }
    std::erase_if(dated, [&](const CodeEvent& event) { return event.date != latest; });
    return tiers;
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
  std::erase_if(events_, [](const CodeEvent& event) {
    return event.old_code == event.new_code || event.old_code.empty() || event.new_code.empty();
  });
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
