#include <algorithm>
#include <array>
#include <cmath>

#include "engine/core/parallel.hpp"
#include "engine/coverage/continuity_detail.hpp"

namespace maillage::detail {
namespace {

std::int32_t overlap(const std::span<const MomentRange> a, const std::span<const MomentRange> b) {
  std::int32_t moments = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    moments += std::max(0, std::min(a[i].end, b[j].end) - std::max(a[i].begin, b[j].begin));
    (a[i].end < b[j].end ? i : j) += 1;
  }
  return moments;
}

// The longest run without an offer; in a week the last joins the first.
void measure_gaps(const std::span<const MomentRange> served, const TimeAxis& axis, CommuneContinuity& commune) {
  const auto take = [&](const std::int32_t begin, const std::int32_t moments) {
    if (moments * axis.step_minutes > commune.longest_gap_minutes) {
      commune.longest_gap_minutes = moments * axis.step_minutes;
      commune.longest_gap_begin = begin;
    }
  };
  if (served.empty()) {
    take(0, axis.moments);
    return;
  }
  const std::int32_t before = served.front().begin;
  const std::int32_t after = axis.moments - served.back().end;
  if (!axis.is_week) {
    take(0, before);
  }
  for (std::size_t k = 0; k + 1 < served.size(); ++k) {
    take(served[k].end, served[k + 1].begin - served[k].end);
  }
  take(served.back().end % axis.moments, axis.is_week ? after + before : after);
}

void measure_days(const std::span<const MomentRange> served, const TimeAxis& axis, CommuneContinuity& commune) {
  const std::int32_t per_day = axis.moments_per_day();
  std::vector<std::int32_t> of_day(static_cast<std::size_t>(axis.days()));
  for (const MomentRange& run : served) {
    for (std::int32_t moment = run.begin; moment < run.end;) {
      const std::int32_t day = moment / per_day;
      const std::int32_t end = std::min(run.end, (day + 1) * per_day);
      of_day[static_cast<std::size_t>(day)] += end - moment;
      moment = end;
    }
  }
  std::int32_t in_a_row = 0;
  std::array<double, 7> of_weekday{};
  double all = 0;
  for (std::size_t day = 0; day < of_day.size(); ++day) {
    in_a_row = of_day[day] == 0 ? in_a_row + 1 : 0;
    commune.days_without += of_day[day] == 0 ? 1 : 0;
    commune.longest_days_without = std::max(commune.longest_days_without, in_a_row);
    // 1970-01-01 was a Thursday, and Monday is day 0.
    const std::int64_t weekday = axis.is_week
                                     ? static_cast<std::int64_t>(day)
                                     : ((std::int64_t{axis.first_day} + 3 + static_cast<std::int64_t>(day)) % 7 + 7) % 7;
    of_weekday[static_cast<std::size_t>(weekday)] += of_day[day];
    all += of_day[day];
  }
  if (axis.is_week && commune.days_without < axis.days()) {  // Sunday joins Monday
    std::int32_t first = 0;
    while (of_day[static_cast<std::size_t>(first)] == 0) {
      ++first;
    }
    commune.longest_days_without = std::max(commune.longest_days_without, in_a_row + first);
  }
  for (const double moments : of_weekday) {
    if (moments > 0) {
      commune.regularity -= moments / all * std::log(moments / all) / std::log(7.0);
    }
  }
}

void add_share(ContinuityShare& share, const Continuity& continuity, const CommuneIndex commune) {
  const CommuneContinuity& found = continuity.communes[commune];
  share.communes += 1;
  share.population += found.population;
  share.population_minutes += found.population_minutes;
  const bool uncertain = found.surely_minutes < found.possibly_minutes;
  share.surely_population_minutes += std::max(found.population_minutes, found.population * found.surely_minutes);
  share.possibly_population_minutes += uncertain
                                           ? found.population * found.possibly_minutes
                                           : std::max(found.population_minutes, found.population * found.surely_minutes);
  share.population_uncertain += uncertain ? found.population : 0;
}

// Sums over the communes of one class; profiles as differences until the end.
class ShareSums {
 public:
  ShareSums(const std::size_t classes, const Continuity& continuity, const std::vector<std::vector<MomentRange>>& windows)
      : continuity_(continuity), windows_(windows), shares_(classes) {
    for (ContinuityShare& share : shares_) {
      share.profile.resize(static_cast<std::size_t>(continuity.definition.axis.moments) + 1);
      share.window_population_minutes.resize(windows.size());
      share.window_population.resize(windows.size());
      share.window_unknown_minutes.resize(windows.size());
    }
  }

  void add(const std::size_t position, const CommuneIndex commune, const std::span<const MomentRange> served,
           const std::span<const std::int64_t> inhabitants) {
    ContinuityShare& share = shares_[position];
    add_share(share, continuity_, commune);
    const std::int64_t population = continuity_.communes[commune].population;
    if (inhabitants.empty()) {
      for (const MomentRange& run : served) {
        share.profile[static_cast<std::size_t>(run.begin)] += population;
        share.profile[static_cast<std::size_t>(run.end)] -= population;
      }
    } else {
      std::int64_t before = 0;
      for (std::size_t moment = 0; moment < inhabitants.size(); ++moment) {
        share.profile[moment] += inhabitants[moment] - before;
        before = inhabitants[moment];
      }
      share.profile.back() -= before;
    }
    for (std::size_t window = 0; window < windows_.size(); ++window) {
      const std::int32_t known = continuity_.window_minutes[window][commune];
      share.window_population[window] += known > 0 ? population : 0;
      share.window_unknown_minutes[window] += population * (most_window_minutes(continuity_, window, commune) - known);
    }
  }

  std::vector<ContinuityShare> finish() {
    for (ContinuityShare& share : shares_) {
      std::int64_t inhabitants = 0;
      for (std::int64_t& value : share.profile) {
        inhabitants += value;
        value = inhabitants;
      }
      share.profile.pop_back();
      for (std::size_t window = 0; window < windows_.size(); ++window) {
        for (const MomentRange& run : windows_[window]) {
          for (std::int32_t moment = run.begin; moment < run.end; ++moment) {
            share.window_population_minutes[window] +=
                share.profile[static_cast<std::size_t>(moment)] * continuity_.definition.axis.step_minutes;
          }
        }
      }
    }
    return std::move(shares_);
  }

 private:
  const Continuity& continuity_;
  const std::vector<std::vector<MomentRange>>& windows_;
  std::vector<ContinuityShare> shares_;
};

std::vector<std::vector<MomentRange>> window_moments(const ContinuityDefinition& definition) {
  std::vector<std::vector<MomentRange>> windows;
  for (const TimeWindow& window : definition.windows) {
    windows.push_back(moments_of(window, definition.axis));
  }
  return windows;
}

}  // namespace

void measure_communes(const CommuneInhabitants& inhabitants, Continuity& continuity) {
  const TimeAxis& axis = continuity.definition.axis;
  const auto windows = window_moments(continuity.definition);
  for (const std::vector<MomentRange>& runs : windows) {
    std::int32_t moments = 0;
    for (const MomentRange& run : runs) {
      moments += run.end - run.begin;
    }
    continuity.window_lengths.push_back(moments * axis.step_minutes);
    continuity.window_minutes.emplace_back(continuity.communes.size());
  }
  constexpr std::size_t kCommunesPerTask = 256;
  parallel_for_blocks(continuity.communes.size(), kCommunesPerTask, [&](const std::size_t begin, const std::size_t end) {
    std::vector<MomentRange> served;
    for (std::size_t k = begin; k < end; ++k) {
      const CommuneIndex index{k};
      CommuneContinuity& commune = continuity.communes[index];
      continuity.cube.runs(index, true, served);
      commune.population = inhabitants.population[k];
      for (const MomentRange& run : served) {
        commune.minutes_served += (run.end - run.begin) * axis.step_minutes;
      }
      commune.population_minutes = commune.population * commune.minutes_served;
      if (!inhabitants.served[k].empty()) {
        commune.population_minutes = 0;
        for (const std::int64_t people : inhabitants.served[k]) {
          commune.population_minutes += people * axis.step_minutes;
        }
      }
      measure_gaps(served, axis, commune);
      measure_days(served, axis, commune);
      commune.surely_minutes = std::max<std::int64_t>(commune.surely_minutes, commune.minutes_served);
      commune.possibly_minutes = std::clamp<std::int64_t>(commune.possibly_minutes + commune.minutes_served,
                                                          commune.surely_minutes, axis.minutes());
      for (std::size_t window = 0; window < windows.size(); ++window) {
        continuity.window_minutes[window][index] = overlap(served, windows[window]) * axis.step_minutes;
      }
    }
  });
}

void sum_up(const Territory& territory, const CommuneInhabitants& inhabitants, Continuity& continuity) {
  const auto windows = window_moments(continuity.definition);
  const auto sums_by = [&](const std::size_t classes, const auto& class_of) {
    ShareSums sums{classes, continuity, windows};
    std::vector<MomentRange> served;
    for (const CommuneIndex commune : continuity.communes.indices()) {
      if (!class_of[commune].is_none()) {
        continuity.cube.runs(commune, true, served);
        sums.add(class_of[commune].value(), commune, served, inhabitants.served[commune.value()]);
      }
    }
    return sums.finish();
  };
  const IndexedVector<CommuneIndex, ZoneIndex> one_class(continuity.communes.size(), ZoneIndex{0});
  continuity.total = std::move(sums_by(1, one_class).front());
  continuity.by_tier =
      IndexedVector<TierIndex, ContinuityShare>{sums_by(territory.tiers.lower_bounds.size(), territory.tier)};
  const auto by_zone = [&](const Zoning& zoning) {
    return IndexedVector<ZoneIndex, ContinuityShare>{zoning.codes.empty() ? std::vector<ContinuityShare>{}
                                                                          : sums_by(zoning.codes.size(), zoning.zone_of)};
  };
  continuity.by_departement = by_zone(territory.departements);
  continuity.by_epci = by_zone(territory.epcis);
  continuity.by_region = by_zone(territory.regions);
}

}  // namespace maillage::detail
