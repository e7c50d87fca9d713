#include <fmt/format.h>

#include <algorithm>

#include "engine/core/error.hpp"
#include "engine/survey/audit_text.hpp"
#include "engine/survey/publication_audit.hpp"

namespace maillage {
namespace {

constexpr std::size_t kShown = 6;

std::string of_label(const PublishedQuestion& question, const std::size_t k, const Language language) {
  return fmt::format(fmt::runtime(language == Language::french ? "« {} » ({})" : "'{}' ({})"), question.labels[k],
                     percent_text(question.percentages[k], language));
}

AuditFinding finding(const PublishedQuestion& question, const AuditVerdict verdict, Text message) {
  return {.name = question.name, .label = question.label, .verdict = verdict, .message = std::move(message)};
}

/// Counts against their percentages and their total.
AuditFinding check_counts(const PublishedQuestion& question) {
  std::int64_t total = 0;
  for (const std::int64_t count : question.counts) {
    total += count;
  }
  const std::int64_t base = question.base.value_or(total);
  if (!question.multiple && total != base) {
    return finding(question, AuditVerdict::impossible,
                   {.french = fmt::format("Les effectifs font {}, la base annoncée est {}.", total, base),
                    .english = fmt::format("The counts sum to {}, the base given is {}.", total, base)});
  }
  std::vector<std::size_t> wrong;
  for (std::size_t k = 0; k < question.counts.size(); ++k) {
    if (!counts_printed_as(question.percentages[k], base).holds(question.counts[k])) {
      wrong.push_back(k);
    }
  }
  if (wrong.empty()) {
    return finding(question, AuditVerdict::consistent, in_both([&](const Language language) {
                     return fmt::format(fmt::runtime(language == Language::french
                                                         ? "Effectifs et pourcentages concordent ({} catégories, total {})."
                                                         : "Counts and percentages agree ({} categories, {} in all)."),
                                        question.counts.size(), count_text(total, language));
                   }));
  }
  return finding(
      question, AuditVerdict::impossible, in_both([&](const Language language) {
        std::vector<std::string> words;
        for (const std::size_t k : wrong) {
          words.push_back(fmt::format(
              fmt::runtime(language == Language::french ? "{} pour {} sur {}, soit {}" : "{} for {} of {}, which is {}"),
              of_label(question, k, language), question.counts[k], base,
              to_text(percentage(question.counts[k], base, question.percentages[k].decimals + 1), language)));
        }
        return (language == Language::french ? "Ne concordent pas : " : "Do not agree: ") + list_text(words, language) + ".";
      }));
}

std::string ranges_text(const PublishedQuestion& question, const std::vector<CountRange>& ranges, const Language language) {
  std::vector<std::string> words;
  for (std::size_t k = 0; k < ranges.size(); ++k) {
    words.push_back(fmt::format("{} {}", question.labels[k], range_text(ranges[k], language)));
  }
  return list_text(words, language);
}

/// Shares that one changed figure would make possible again.
std::vector<std::string> single_repairs(const PublishedQuestion& question, const Language language) {
  std::vector<std::string> words;
  for (std::size_t k = 0; k < question.percentages.size(); ++k) {
    for (const std::int64_t step : {-1, 1}) {
      std::vector<Decimal> changed = question.percentages;
      const std::optional<Decimal> after = moved(changed[k], step);
      if (after) {
        changed[k] = *after;
        if (counts_summing_to_base(changed, *question.base)) {
          words.push_back(of_label(question, k, language) + " → " + percent_text(*after, language));
        }
      }
    }
  }
  return words;
}

/// One answer each: the shares must come from counts that sum to the base.
AuditFinding check_single(const PublishedQuestion& question) {
  const auto ranges = counts_summing_to_base(question.percentages, *question.base);
  if (ranges) {
    return finding(question, AuditVerdict::consistent, in_both([&](const Language language) {
                     return fmt::format(fmt::runtime(language == Language::french ? "Possible sur {} réponses : {}."
                                                                                  : "Possible on {} answers: {}."),
                                        count_text(*question.base, language), ranges_text(question, *ranges, language));
                   }));
  }
  return finding(question, AuditVerdict::impossible, in_both([&](const Language language) {
                   const std::vector<std::string> repairs = single_repairs(question, language);
                   const bool french = language == Language::french;
                   std::string text =
                       fmt::format(fmt::runtime(french ? "Aucun effectif entier ne donne ces pourcentages sur {} réponses."
                                                       : "No whole counts give these percentages on {} answers."),
                                   count_text(*question.base, language));
                   if (!repairs.empty()) {
                     text += (french ? " Un seul chiffre changé suffirait : " : " One changed figure would do: ") +
                             list_text(repairs, language) + ".";
                   }
                   return text;
                 }));
}

/// Several answers each: every share by itself.
AuditFinding check_multiple(const PublishedQuestion& question) {
  std::vector<CountRange> ranges;
  std::vector<std::size_t> wrong;
  for (std::size_t k = 0; k < question.percentages.size(); ++k) {
    ranges.push_back(counts_printed_as(question.percentages[k], *question.base));
    if (ranges.back().empty()) {
      wrong.push_back(k);
    }
  }
  if (wrong.empty()) {
    return finding(question, AuditVerdict::consistent, in_both([&](const Language language) {
                     return fmt::format(
                         fmt::runtime(language == Language::french
                                          ? "Chaque part est possible sur {} réponses (plusieurs réponses) : {}."
                                          : "Every share is possible on {} answers (several each): {}."),
                         count_text(*question.base, language), ranges_text(question, ranges, language));
                   }));
  }
  return finding(question, AuditVerdict::hidden_base, in_both([&](const Language language) {
                   std::vector<std::string> words;
                   for (const std::size_t k : wrong) {
                     words.push_back(of_label(question, k, language));
                   }
                   const auto bases = feasible_bases(question.percentages, {1, *question.base});
                   const bool french = language == Language::french;
                   return fmt::format(fmt::runtime(french ? "Impossibles sur {} : {}. Bases communes possibles : {}."
                                                          : "Impossible on {}: {}. Possible common bases: {}."),
                                      *question.base, list_text(words, language),
                                      bases.empty() ? (french ? "aucune" : "none") : list_text(bases, kShown, language));
                 }));
}

AuditFinding check_without_base(const PublishedQuestion& question) {
  std::vector<std::int64_t> bases;
  for (const std::int64_t base : feasible_bases(question.percentages, question.possible_bases)) {
    if (question.multiple || counts_summing_to_base(question.percentages, base)) {
      bases.push_back(base);
    }
  }
  return finding(
      question, bases.empty() ? AuditVerdict::impossible : AuditVerdict::hidden_base, in_both([&](const Language language) {
        const bool french = language == Language::french;
        const std::string within = range_text(question.possible_bases, language);
        if (bases.empty()) {
          return fmt::format(fmt::runtime(french ? "Base non imprimée, et aucune de {} ne convient à toutes les parts."
                                                 : "Base not printed, and none of {} suits all shares."),
                             within);
        }
        return fmt::format(fmt::runtime(french ? "Base non imprimée. De {}, conviennent : {}."
                                               : "Base not printed. Of {}, these suit: {}."),
                           within, list_text(bases, kShown, language));
      }));
}

AuditFinding unclear_labels(const PublishedQuestion& question, const std::vector<std::size_t>& group) {
  return finding(question, AuditVerdict::not_identifiable, in_both([&](const Language language) {
                   std::vector<std::string> words;
                   for (const std::size_t k : group) {
                     words.push_back(of_label(question, k, language));
                   }
                   return (language == Language::french
                               ? "Le calcul ne dit pas quelle part est à quel libellé, seul l'ordre de lecture le dit : "
                               : "Arithmetic does not tell which share has which label, only the reading order does: ") +
                          list_text(words, language) + ".";
                 }));
}

}  // namespace

std::vector<AuditFinding> audit_question(const PublishedQuestion& question) {
  if (question.labels.size() != question.percentages.size() || question.labels.empty() ||
      (!question.counts.empty() && question.counts.size() != question.labels.size())) {
    throw ArgumentError("audit: a question has a share, and a count or none, for each label");
  }
  std::vector<AuditFinding> findings;
  if (!question.counts.empty()) {
    findings.push_back(check_counts(question));
  } else if (!question.base) {
    findings.push_back(check_without_base(question));
  } else {
    findings.push_back(question.multiple ? check_multiple(question) : check_single(question));
  }
  for (const std::vector<std::size_t>& group : question.unclear) {
    findings.push_back(unclear_labels(question, group));
  }
  if (!question.remark.empty()) {
    findings.push_back(finding(question, AuditVerdict::remark, {.french = question.remark, .english = question.remark}));
  }
  return findings;
}

AuditFinding audit_share(const PublishedShare& share) {
  const CountRange counts = counts_printed_as(share.percentage, share.group);
  AuditFinding result{.name = share.name, .label = share.label, .verdict = AuditVerdict::consistent, .message = {}};
  if (!counts.empty()) {
    result.message = in_both([&](const Language language) {
      return fmt::format(
          fmt::runtime(language == Language::french ? "{} de {} : possible ({})." : "{} of {}: possible ({})."),
          percent_text(share.percentage, language), share.group, range_text(counts, language));
    });
    return result;
  }
  const std::vector<std::int64_t> bases = feasible_bases({&share.percentage, 1}, {1, share.group});
  result.verdict = bases.empty() ? AuditVerdict::impossible : AuditVerdict::hidden_base;
  result.message = in_both([&](const Language language) {
    const bool french = language == Language::french;
    std::vector<std::string> words;
    for (std::size_t k = 0; k < std::min(kShown, bases.size()); ++k) {
      words.push_back(fmt::format(fmt::runtime(french ? "{} sur {}" : "{} of {}"),
                                  range_text(counts_printed_as(share.percentage, bases[k]), language), bases[k]));
    }
    return fmt::format(fmt::runtime(french ? "{} de {} : impossible. Une base plus petite n'est pas dite ; possibles : {}{}."
                                           : "{} of {}: impossible. A smaller base is not told; possible: {}{}."),
                       percent_text(share.percentage, language), share.group,
                       words.empty() ? (french ? "aucune" : "none") : list_text(words, language),
                       bases.size() > kShown ? (french ? ", entre autres" : ", among others") : "");
  });
  return result;
}

AuditFinding audit_union(const PublishedUnion& published) {
  const UnionBounds bounds = union_bounds(published.percentages);
  const bool possible = union_is_possible(published.percentages, published.percentage, published.base);
  return {.name = published.name,
          .label = published.label,
          .verdict = possible ? AuditVerdict::consistent : AuditVerdict::impossible,
          .message = in_both([&](const Language language) {
            const bool french = language == Language::french;
            return fmt::format(
                fmt::runtime(french ? "Au moins une de {} réponses : entre {} (la plus fréquente) et {} ; imprimé {}, {}."
                                    : "At least one of {} answers: between {} (the commonest) and {}; printed {}, {}."),
                published.percentages.size(), percent_text(bounds.least, language), percent_text(bounds.most, language),
                percent_text(published.percentage, language),
                possible ? (french ? "possible" : "possible") : (french ? "impossible" : "impossible"));
          })};
}

}  // namespace maillage
