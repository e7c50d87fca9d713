#pragma once

#include <string>
#include <vector>

#include "adapters/osm/read_osm_roads.hpp"
#include "adapters/osm/road_draft.hpp"

namespace osmium {
class Relation;
}

namespace maillage {

/// Reads turn restrictions by a profile, which must outlive it.
class RestrictionRules {
 public:
  explicit RestrictionRules(const TravelProfile& profile);

  /// Adds the relation to `restrictions`, or to what is ignored or damaged. Relations of other types change nothing.
  void read(const osmium::Relation& relation, const std::string& source, std::vector<RestrictionDraft>& restrictions,
            OsmRoads& roads) const;

 private:
  [[nodiscard]] const char* value_for_mode(const osmium::Relation& relation) const;
  [[nodiscard]] bool excepts_mode(const osmium::Relation& relation) const;
  [[nodiscard]] bool is_conditional(const osmium::Relation& relation, const char* value) const;

  const TravelProfile* profile_;
  std::vector<std::string> conditional_tags_;
};

/// Counts a restriction that could not be used and lists it.
void note_damaged_restriction(const std::string& source, std::int64_t relation, const std::string& reason,
                              const std::string& detail, OsmRoads& roads);

}  // namespace maillage
