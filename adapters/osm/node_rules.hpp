#pragma once

#include <optional>

#include "adapters/osm/road_draft.hpp"

namespace osmium {
class TagList;
}

namespace maillage {

/// Reads the tags of nodes by a profile, which must outlive it.
class NodeRules {
 public:
  explicit NodeRules(const TravelProfile& profile) : profile_(&profile), access_(profile) {}

  /// A barrier that stops the mode, or time lost (signals, stop signs, gates); nothing for a plain bend.
  [[nodiscard]] std::optional<NodeFeature> judge(const osmium::TagList& tags) const;

 private:
  [[nodiscard]] bool blocks(const osmium::TagList& tags, const char* barrier) const;

  const TravelProfile* profile_;
  AccessRules access_;
};

}  // namespace maillage
