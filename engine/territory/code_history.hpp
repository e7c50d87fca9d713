#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/territory/territory_source.hpp"

namespace maillage {

/// What has become of a commune code.
struct Successor {
  enum class Outcome {
    present,  ///< the code is itself one of a present commune
    one,      ///< it is now part of one present commune
    several,  ///< it was divided among several present communes: what lay in it cannot be given to one of them
    none      ///< nothing is known that leads to a present commune
  };
  Outcome outcome = Outcome::none;
  std::string code;                     ///< the present commune where the outcome is `present` or `one`
  std::vector<std::string> candidates;  ///< sorted; the present communes where it is `several`
  std::vector<CodeEventKind> chain;     ///< what happened, oldest first, on the way to `code`

  /// Stable snake_case reason: "commune_delegated", "commune_merged", "commune_associated", "commune_recoded",
  /// "commune_reestablished", "arrondissement" for one step or several of one kind (the last step decides);
  /// "commune_present", "commune_divided" or "unknown_commune_code" for the other outcomes.
  [[nodiscard]] std::string reason() const;
};

/// The changes of commune codes, ready to be asked what an old code is now.
/// A chain is followed forward in time only: of the events of a code, those of the latest date not before the previous step
/// count (a commune merged in 1973, re-established in 1990 and merged elsewhere in 2016 went where 2016 says). Events
/// without a date tell the state of today and are believed before dated ones, a commune déléguée or associée before a former
/// code (La Neuville-Garnier is in Les Hauts-Talican, though Beaumont-les-Nonains, which left it, keeps its code among the
/// former ones). Cycles end the chain. Arrondissements of Paris, Lyon and Marseille roll up without any event.
class CodeHistory {
 public:
  explicit CodeHistory(std::vector<CodeEvent> events);

  /// \param present  codes of the present communes, sorted
  /// Cost: O(steps log events).
  [[nodiscard]] Successor resolve(std::string_view code, std::span<const std::string> present) const;

  /// Events by which communes were split off again, sorted by (old_code, new_code): the contour of `old_code` drawn before
  /// that date holds `new_code` too and cannot be divided.
  [[nodiscard]] std::vector<CodeEvent> reestablishments() const;

  [[nodiscard]] std::span<const CodeEvent> events() const { return events_; }

 private:
  std::vector<CodeEvent> events_;  ///< sorted by old code, date, new code, kind; without repeats
};

}  // namespace maillage
