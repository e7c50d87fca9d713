#include "adapters/osm/read_relations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <osmium/osm/relation.hpp>
#include <string_view>
#include <utility>

#include "adapters/osm/tag_values.hpp"

namespace maillage {

namespace {

std::optional<RestrictionKind> kind_of(const std::string_view value) {
  constexpr std::array<std::pair<std::string_view, RestrictionKind>, 4> kSpecial{{{"no_u_turn", RestrictionKind::no_u_turn},
                                                                                  {"no_entry", RestrictionKind::no_entry},
                                                                                  {"no_exit", RestrictionKind::no_exit},
                                                                                  {"only_u_turn", RestrictionKind::only}}};
  for (const auto& [name, kind] : kSpecial) {
    if (value == name) {
      return kind;
    }
  }
  constexpr std::array<std::string_view, 3> kTurns{"left_turn", "right_turn", "straight_on"};
  for (const std::string_view turn : kTurns) {
    if (value.starts_with("no_") && value.substr(3) == turn) {
      return RestrictionKind::no_turn;
    }
    if (value.starts_with("only_") && value.substr(5) == turn) {
      return RestrictionKind::only;
    }
  }
  return std::nullopt;
}

/// Sorts the members by role; false when a member has a type that its role cannot have.
bool read_members(const osmium::Relation& relation, RestrictionDraft& draft) {
  for (const osmium::RelationMember& member : relation.members()) {
    const std::string_view role = member.role();
    const bool way = member.type() == osmium::item_type::way;
    if (role == "from" && way) {
      draft.from.push_back(member.ref());
    } else if (role == "to" && way) {
      draft.to.push_back(member.ref());
    } else if (role == "via" && way) {
      draft.via_ways.push_back(member.ref());
    } else if (role == "via" && member.type() == osmium::item_type::node) {
      draft.via_nodes.push_back(member.ref());
    } else if (role == "from" || role == "to" || role == "via") {
      return false;
    }
  }
  return true;
}

/// What is wrong with the members for a restriction of that kind; empty when nothing is.
std::string fault_of(const RestrictionDraft& draft) {
  if (draft.from.empty()) {
    return "restriction_without_from";
  }
  if (draft.to.empty()) {
    return "restriction_without_to";
  }
  if (draft.via_nodes.empty() && draft.via_ways.empty()) {
    return "restriction_without_via";
  }
  if (draft.via_nodes.size() > 1 || (!draft.via_nodes.empty() && !draft.via_ways.empty())) {
    return "restriction_with_several_vias";
  }
  const bool many_from = draft.from.size() > 1 && draft.kind != RestrictionKind::no_entry;
  const bool many_to = draft.to.size() > 1 && draft.kind != RestrictionKind::no_exit;
  if (many_from || many_to) {
    return "restriction_with_several_members";
  }
  return {};
}

}  // namespace

void note_damaged_restriction(const std::string& source, const std::int64_t relation, const std::string& reason,
                              const std::string& detail, OsmRoads& roads) {
  ++roads.counts.restrictions_damaged[reason];
  roads.rejections.push_back({.source = source,
                              .row = std::nullopt,
                              .key = fmt::format("relation/{}", relation),
                              .column = "",
                              .value = "",
                              .reason = reason,
                              .detail = detail});
}

RestrictionRules::RestrictionRules(const TravelProfile& profile) : profile_(&profile) {
  for (const std::string& tag : profile.restriction_tags) {
    conditional_tags_.push_back(tag + ":conditional");
  }
}

const char* RestrictionRules::value_for_mode(const osmium::Relation& relation) const {
  const char* value = nullptr;
  for (const std::string& tag : profile_->restriction_tags) {
    const char* found = relation.tags()[tag.c_str()];
    value = found == nullptr ? value : found;  // the most specific tag stands last and wins
  }
  return value;
}

bool RestrictionRules::excepts_mode(const osmium::Relation& relation) const {
  const char* except = relation.tags()["except"];
  bool excepted = false;
  if (except != nullptr) {
    for_each_part(
        except, [&](const std::string_view part) { excepted = excepted || lists(profile_->restriction_exceptions, part); });
  }
  return excepted;
}

bool RestrictionRules::is_conditional(const osmium::Relation& relation, const char* value) const {
  constexpr std::array<const char*, 5> kTimes{"day_on", "day_off", "hour_on", "hour_off", "opening_hours"};
  return std::ranges::any_of(conditional_tags_,
                             [&](const std::string& tag) { return relation.tags()[tag.c_str()] != nullptr; }) ||
         (value != nullptr && std::string_view{value}.find('@') != std::string_view::npos) ||
         std::ranges::any_of(kTimes, [&](const char* tag) { return relation.tags()[tag] != nullptr; });
}

void RestrictionRules::read(const osmium::Relation& relation, const std::string& source,
                            std::vector<RestrictionDraft>& restrictions, OsmRoads& roads) const {
  const char* type = relation.tags()["type"];
  if (type == nullptr || !std::string_view{type}.starts_with("restriction")) {
    return;
  }
  ++roads.counts.restriction_relations;
  const auto ignore = [&](const char* reason) { ++roads.counts.restrictions_ignored[reason]; };
  const char* value = value_for_mode(relation);
  const bool other_type = std::string_view{type} != "restriction" && !lists(profile_->restriction_tags, type);
  if (other_type || profile_->restriction_tags.empty() || (value == nullptr && !is_conditional(relation, value))) {
    return ignore("other_modes");
  }
  if (is_conditional(relation, value)) {
    return ignore("conditional");
  }
  if (excepts_mode(relation)) {
    return ignore("mode_excepted");
  }
  const auto kind = kind_of(value);
  if (!kind) {
    return note_damaged_restriction(source, relation.id(), "restriction_of_unknown_kind", value, roads);
  }
  RestrictionDraft draft{.id = relation.id(), .kind = *kind};
  if (!read_members(relation, draft)) {
    return note_damaged_restriction(source, relation.id(), "restriction_member_of_wrong_type", "", roads);
  }
  if (const std::string fault = fault_of(draft); !fault.empty()) {
    return note_damaged_restriction(source, relation.id(), fault, "", roads);
  }
  restrictions.push_back(std::move(draft));
}

}  // namespace maillage
