#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/core/error.hpp"
#include "engine/survey/audit_text.hpp"
#include "engine/survey/publication_audit.hpp"

namespace maillage {
namespace {

AuditFinding finding(const PublishedRates& rates, const AuditVerdict verdict, Text message) {
  return {.name = rates.name, .label = rates.label, .verdict = verdict, .message = std::move(message)};
}

std::vector<CountRange> frames_of(const PublishedRates& rates) {
  std::vector<CountRange> frames;
  for (std::size_t k = 0; k < rates.respondents.size(); ++k) {
    frames.push_back(bases_printed_as(rates.respondents[k], rates.percentages[k]));
  }
  return frames;
}

CountRange sum_of(const std::vector<CountRange>& ranges) {
  CountRange sum{0, 0};
  for (const CountRange& range : ranges) {
    sum.first += range.first;
    sum.last += range.last;
  }
  return sum;
}

/// What the whole rate says of the frame, beside the frame announced.
AuditFinding whole_frame(const PublishedRates& rates) {
  const CountRange frame = bases_printed_as(*rates.total_respondents, *rates.total_percentage);
  const bool agrees = !frame.empty() && (!rates.announced_frame || frame.holds(*rates.announced_frame));
  return finding(
      rates, agrees ? AuditVerdict::consistent : AuditVerdict::impossible, in_both([&](const Language language) {
        const bool french = language == Language::french;
        std::string text = fmt::format(
            fmt::runtime(french ? "{} réponses et un taux de {} : {} interrogés" : "{} answers at a rate of {}: {} asked"),
            count_text(*rates.total_respondents, language), percent_text(*rates.total_percentage, language),
            range_text(frame, language));
        if (rates.announced_frame) {
          text += fmt::format(fmt::runtime(french ? " ; annoncé : {}" : "; announced: {}"),
                              count_text(*rates.announced_frame, language));
        }
        return text + ".";
      }));
}

/// The frame of each category, from its rate and respondents.
AuditFinding category_frames(const PublishedRates& rates, const std::vector<CountRange>& frames) {
  const bool possible = std::none_of(frames.begin(), frames.end(), [](const CountRange& frame) { return frame.empty(); });
  return finding(
      rates, possible ? AuditVerdict::consistent : AuditVerdict::impossible, in_both([&](const Language language) {
        std::vector<std::string> words;
        for (std::size_t k = 0; k < frames.size(); ++k) {
          words.push_back(fmt::format("{} {}", rates.labels[k], frames[k].empty() ? "—" : range_text(frames[k], language)));
        }
        return fmt::format(fmt::runtime(language == Language::french ? "Interrogés que supposent les taux : {} ; en tout {}."
                                                                     : "Numbers asked that the rates imply: {}; {} in all."),
                           list_text(words, language), range_text(sum_of(frames), language));
      }));
}

/// A category's printed share of the frame against what its rate and the others' leave.
AuditFinding frame_share(const PublishedRates& rates, const std::vector<CountRange>& frames, const std::size_t category,
                         const Decimal& share) {
  CountRange others = sum_of(frames);
  others.first -= frames[category].first;
  others.last -= frames[category].last;
  // The share falls as the others grow: its extremes are at opposite ends.
  const auto share_of = [&](const std::int64_t own, const std::int64_t rest) {
    return std::get<Decimal>(percentage(own, own + rest, share.decimals + 1));
  };
  const Decimal least = share_of(frames[category].first, others.last);
  const Decimal most = share_of(frames[category].last, others.first);
  bool possible = false;
  CountRange totals{kLargestAuditBase, 0};
  // A rate printed as 0 leaves its frame open above: then only the ends are compared.
  constexpr std::int64_t kMostFrames = 1'000'000;
  if (frames[category].last - frames[category].first > kMostFrames) {
    totals = {bases_printed_as(frames[category].first, share).first, bases_printed_as(frames[category].last, share).last};
    possible = least.units <= 10 * share.units + 5 && 10 * share.units - 5 <= most.units;
  } else {
    for (std::int64_t own = frames[category].first; own <= frames[category].last; ++own) {
      const CountRange bases = bases_printed_as(own, share);
      totals = {std::min(totals.first, bases.first), std::max(totals.last, bases.last)};
      possible = possible || !intersection(bases, {own + others.first, own + others.last}).empty();
    }
  }
  if (rates.total_respondents && rates.total_percentage) {
    totals = intersection(totals, bases_printed_as(*rates.total_respondents, *rates.total_percentage));
  }
  return finding(
      rates, possible && !totals.empty() ? AuditVerdict::consistent : AuditVerdict::impossible,
      in_both([&](const Language language) {
        const bool french = language == Language::french;
        const std::string frame = totals.empty() ? (french ? "aucun" : "none") : range_text(totals, language);
        return fmt::format(
            fmt::runtime(french ? "« {} », {} des interrogés : avec son taux, et le taux global s'il est imprimé, {} "
                                  "interrogés en tout. "
                                  "Les taux des autres catégories supposent une part de {} à {}{}."
                                : "'{}', {} of those asked: with its rate, and the whole rate if printed, {} asked in all. "
                                  "The rates of the "
                                  "other categories imply a share of {} to {}{}."),
            rates.labels[category], percent_text(share, language), frame, percent_text(least, language),
            percent_text(most, language),
            possible
                ? ""
                : (french ? " : les deux se contredisent, sauf si des réponses ont été reclassées après le calcul des taux"
                          : ": they contradict each other, unless answers were reclassified after rates were computed"));
      }));
}

/// The whole rate is a mean of the parts' weighted by what was asked of each.
AuditFinding mean_of_parts(const PublishedRates& rates) {
  const auto units = [](const Decimal& figure) { return figure.units; };
  const auto [least, most] = std::minmax_element(rates.percentages.begin(), rates.percentages.end(),
                                                 [&](const Decimal& a, const Decimal& b) { return units(a) < units(b); });
  const Decimal& total = *rates.total_percentage;
  const bool possible = least->units <= total.units && total.units <= most->units;
  std::int64_t sum = 0;
  for (const Decimal& rate : rates.percentages) {
    sum += rate.units;
  }
  const auto parts = static_cast<std::int64_t>(rates.percentages.size());
  std::int64_t scale = parts;
  for (int decimal = 0; decimal < total.decimals; ++decimal) {
    scale *= 10;
  }
  const TableCell mean = rounded_ratio(sum, scale, 1, total.decimals + 1);
  return finding(
      rates, possible ? AuditVerdict::consistent : AuditVerdict::impossible, in_both([&](const Language language) {
        const bool french = language == Language::french;
        std::string text = fmt::format(
            fmt::runtime(french ? "Taux global {}, entre ceux des parties ({} à {}) ; leur moyenne simple est {}."
                                : "Whole rate {}, between those of the parts ({} to {}); their plain mean is {}."),
            percent_text(total, language), percent_text(*least, language), percent_text(*most, language),
            percent_text(std::get<Decimal>(mean), language));
        if (parts == 2 && least->units < most->units && rates.total_respondents && rates.announced_frame) {
          // Share of the first part in the frame, at the exact whole rate.
          const double ten = std::pow(10.0, total.decimals);
          const double whole =
              100.0 * ten * static_cast<double>(*rates.total_respondents) / static_cast<double>(*rates.announced_frame);
          const double second = static_cast<double>(rates.percentages[1].units);
          const double share = 100 * (whole - second) / (static_cast<double>(rates.percentages[0].units) - second);
          if (!(share >= 0 && share <= 100)) {
            return text;
          }
          text += fmt::format(fmt::runtime(french ? " Elle suppose que « {} » fait {} des interrogés environ."
                                                  : " It implies that '{}' is about {} of those asked."),
                              rates.labels[0],
                              percent_text({.units = static_cast<std::int64_t>(share * 10 + 0.5), .decimals = 1}, language));
        }
        return text;
      }));
}

}  // namespace

std::vector<AuditFinding> audit_rates(const PublishedRates& rates) {
  if (rates.labels.size() != rates.percentages.size() ||
      (!rates.respondents.empty() && rates.respondents.size() != rates.labels.size())) {
    throw ArgumentError("audit: a rate, and respondents or none, for each label");
  }
  std::vector<AuditFinding> findings;
  if (rates.total_respondents && rates.total_percentage && rates.labels.empty()) {
    findings.push_back(whole_frame(rates));
  }
  const std::vector<CountRange> frames = frames_of(rates);
  if (!frames.empty()) {
    findings.push_back(category_frames(rates, frames));
    const bool known = findings.back().verdict == AuditVerdict::consistent;
    for (const auto& [category, share] : rates.frame_shares) {
      if (known) {
        findings.push_back(frame_share(rates, frames, category, share));
      }
    }
  } else if (!rates.percentages.empty() && rates.total_percentage) {
    findings.push_back(mean_of_parts(rates));
  }
  return findings;
}

}  // namespace maillage
