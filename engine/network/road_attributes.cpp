#include "engine/network/road_attributes.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "engine/core/fold_text.hpp"
#include "engine/core/number.hpp"

namespace maillage {

namespace {

constexpr double kKmhPerMph = 1.609344;
constexpr double kUrbanLimit_kmh = 50;

std::int64_t number_in(const std::string_view text) {
  // IGN's keys begin with letters: TRONROUT0000000123456789.
  const std::size_t start = text.find_first_of("0123456789");
  std::int64_t value = 0;
  if (start != std::string_view::npos) {
    std::from_chars(text.data() + start, text.data() + text.size(), value);
  }
  return value;
}

std::int64_t smallest_number(const std::string_view cell) {
  std::int64_t smallest = 0;
  for (const std::string& value : listed_values(cell)) {
    const std::int64_t number = number_in(value);
    smallest = smallest == 0 ? number : std::min(smallest, number);
  }
  return smallest;
}

}  // namespace

std::vector<std::string> listed_values(const std::string_view cell) {
  if (!cell.starts_with('[') || !cell.ends_with(']')) {
    return cell.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::string{cell}};
  }
  std::vector<std::string> values;
  std::string_view rest = cell.substr(1, cell.size() - 2);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string_view value = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    const std::size_t begin = value.find_first_not_of(" '\"");
    if (begin != std::string_view::npos) {
      values.emplace_back(value.substr(begin, value.find_last_not_of(" '\"") - begin + 1));
    }
  }
  return values;
}

RoadAttributes::RoadAttributes(const FeatureTable& table, const TravelProfile& profile, const RoadColumnOptions& options)
    : table_(table), profile_(profile), options_(options) {
  for (const std::string& column : table.columns) {
    folded_.push_back(fold_column_name(column));
  }
  const auto has = [&](const std::string_view name) { return find(name).has_value(); };
  const bool named = !options.speed.empty() || !options.one_way.empty() || !options.road_class.empty();
  if (!named && has("u") && has("v") && has("highway")) {
    kind_ = RoadLayerKind::osmnx;
  } else if (!named && (has("nature") || has("vocation")) && (has("sens") || has("sensdecirculation"))) {
    kind_ = RoadLayerKind::ign;
  }
  for (const std::string& name : {options.speed, options.one_way, options.road_class, options.key}) {
    if (!name.empty() && !has(fold_column_name(name))) {
      throw ArgumentError("road attributes: no column '" + name + "'");
    }
  }
}

std::optional<std::size_t> RoadAttributes::find(const std::string_view folded_name) const {
  const auto found = std::find(folded_.begin(), folded_.end(), folded_name);
  return found == folded_.end() ? std::nullopt : std::optional{static_cast<std::size_t>(found - folded_.begin())};
}

std::string_view RoadAttributes::cell(const std::size_t row, const std::string_view folded_name) const {
  const auto column = find(folded_name);
  return column ? table_.cells.at(row, *column) : std::string_view{};
}

std::string_view RoadAttributes::first_cell(const std::size_t row,
                                            const std::initializer_list<std::string_view> names) const {
  for (const std::string_view name : names) {
    if (const std::string_view text = cell(row, name); !text.empty()) {
      return text;
    }
  }
  return {};
}

void RoadAttributes::note(const Row& row, const std::string_view column, const std::string_view value,
                          const std::string_view reason) const {
  row.notes.push_back({.source = table_.source,
                       .row = table_.row_numbers[row.number],
                       .key = {},
                       .column = std::string{column},
                       .value = std::string{value},
                       .reason = std::string{reason},
                       .detail = {}});
}

RoadTraffic RoadAttributes::read(const std::size_t row, std::vector<RowNote>& notes) const {
  const Row place{row, notes};
  const Draft draft = kind_ == RoadLayerKind::osmnx ? read_osmnx(place)
                      : kind_ == RoadLayerKind::ign ? read_ign(place)
                                                    : read_generic(place);
  RoadTraffic traffic{.road_class = draft.road_class, .flags = draft.flags, .one_way = draft.way != Way::both};
  const std::string key = options_.key.empty() ? std::string{} : fold_column_name(options_.key);
  traffic.source_id =
      smallest_number(key.empty() ? first_cell(row, {"osmid", "id", "cleabs", "idrte500", "idroute500"}) : cell(row, key));
  if (kind_ == RoadLayerKind::osmnx) {
    constexpr double kLongest_m = kLongestArc / 100.0;
    const std::string_view text = cell(row, "length");
    const auto length = parse_number(text);
    if (length && *length >= 0 && *length <= kLongest_m) {
      traffic.length_m = length;
    } else if (!text.empty()) {
      note(place, "length", text, "not_a_length");
    }
  }
  if (!is_open(draft)) {
    return traffic;
  }
  if (draft.access == Access::destination) {
    traffic.flags |= kDestinationOnly;
    traffic.time_factor = profile_.access.destination_time_factor;
  }
  const double speed = speed_kmh(draft, traffic.flags);
  const bool obeys = profile_.obeys_one_way_signs();
  traffic.forward_kmh = obeys && draft.way == Way::backward ? 0 : speed;
  traffic.backward_kmh = obeys && draft.way == Way::forward ? 0 : speed;
  return traffic;
}

bool RoadAttributes::is_open(const Draft& draft) const {
  const ClassAccess by_class = profile_.classes[draft.road_class];
  if (by_class == ClassAccess::never || draft.access == Access::closed) {
    return false;
  }
  return by_class == ClassAccess::open || draft.access != Access::unsaid;
}

double RoadAttributes::speed_kmh(const Draft& draft, std::uint8_t& flags) const {
  if (draft.road_class == RoadClass::ferry) {
    return profile_.ferry.speed_kmh;
  }
  const auto believed = [&](const std::optional<double>& kmh) {
    return kmh && *kmh >= profile_.limits.least_kmh && *kmh <= profile_.limits.greatest_kmh;
  };
  if (profile_.vehicle == VehicleKind::car && believed(draft.mean_kmh)) {
    return std::min(*draft.mean_kmh, profile_.top_kmh);
  }
  const bool low_limit = draft.limit_kmh && *draft.limit_kmh <= kUrbanLimit_kmh;
  const bool unsaid = kind_ == RoadLayerKind::osmnx ? !draft.limit_kmh || low_limit : low_limit;
  const bool urban = draft.urban ? *draft.urban : options_.urban.value_or(unsaid);
  flags = static_cast<std::uint8_t>(flags | (urban ? kUrban : 0));
  if (profile_.limits.obeyed && believed(draft.limit_kmh)) {
    return limited_speed_kmh(profile_, draft.road_class, *draft.limit_kmh, urban);
  }
  flags = static_cast<std::uint8_t>(flags | (profile_.limits.obeyed && draft.limit_kmh ? kSuspiciousSpeed : kAssumedSpeed));
  const double assumed = class_speed_kmh(profile_, draft.road_class, (flags & kLinkRoad) != 0, urban);
  return assumed > 0 ? assumed : std::min(options_.default_kmh, profile_.top_kmh);
}

std::optional<double> RoadAttributes::read_limit(const Row& row, const std::string_view column,
                                                 const std::string_view text) const {
  std::optional<double> slowest;
  for (const std::string& value : listed_values(text)) {
    std::optional<double> kmh = find_value(profile_.limits.values, value);
    if (!kmh) {
      const bool miles = value.ends_with("mph");
      const std::string_view number = std::string_view{value}.substr(0, value.size() - (miles ? 3 : 0));
      kmh = parse_number(number);
      kmh = kmh && miles ? std::optional{*kmh * kKmhPerMph} : kmh;
    }
    if (!kmh) {
      note(row, column, value, "bad_speed");
    } else {
      slowest = std::min(slowest.value_or(*kmh), *kmh);
    }
  }
  return slowest;
}

RoadAttributes::Draft RoadAttributes::read_generic(const Row& row) const {
  Draft draft{.road_class = RoadClass::unclassified};
  if (!options_.road_class.empty()) {
    draft = read_osmnx_class(row, cell(row.number, fold_column_name(options_.road_class)));
  }
  if (!options_.speed.empty()) {
    const std::string_view text = cell(row.number, fold_column_name(options_.speed));
    draft.mean_kmh = read_limit(row, options_.speed, text);
  } else if (options_.default_kmh > 0) {
    draft.mean_kmh = options_.default_kmh;
  }
  if (options_.one_way.empty()) {
    return draft;
  }
  const std::string_view cell_text = cell(row.number, fold_column_name(options_.one_way));
  const std::string text = fold_text(cell_text);
  const auto is = [&](const std::initializer_list<std::string_view> words) {
    return std::find(words.begin(), words.end(), text) != words.end();
  };
  if (cell_text == "-1" || is({"t", "tf", "sens inverse", "inverse", "reverse"})) {
    draft.way = Way::backward;  // T and F: "to" and "from" of many road layers
  } else if (is({"yes", "true", "1", "oui", "vrai", "f", "ft", "sens direct", "direct", "sens unique"})) {
    draft.way = Way::forward;
  } else if (!is({"", "no", "false", "0", "non", "faux", "b", "double sens", "double", "sans objet"})) {
    note(row, options_.one_way, cell_text, "unknown_direction");
  }
  return draft;
}

}  // namespace maillage
