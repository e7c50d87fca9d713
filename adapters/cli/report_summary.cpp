#include <fmt/format.h>

#include <algorithm>

#include "adapters/cli/report_parts.hpp"
#include "adapters/cli/report_words.hpp"
#include "engine/equity/inequality.hpp"
#include "maps/french_grammar.hpp"

namespace maillage::detail {
namespace {

constexpr std::size_t kMostFindings = 5;

double share_of(const CoverageShare& share) {
  return share.population > 0 ? static_cast<double>(share.population_covered) / static_cast<double>(share.population) : 1;
}

/// The coverage that leaves most people out: what a reader should know first.
const CoverageAnalysis* most_wanting(const StudyResults& results) {
  const CoverageAnalysis* worst = nullptr;
  for (const CoverageAnalysis& analysis : results.analyses) {
    if (worst == nullptr || share_of(analysis.coverage.total) < share_of(worst->coverage.total)) {
      worst = &analysis;
    }
  }
  return worst;
}

void add_total(const Coverage& coverage, const ReportBuilder& out, std::vector<std::string>& findings) {
  const CoverageShare& total = coverage.total;
  const Language language = out.language();
  const std::int64_t beyond = total.population - total.population_covered;
  const std::string rest =
      beyond == 0
          ? out.say("personne n’est au-delà", "nobody is beyond")
          : out.say(fmt::format("{} au-delà", french::counted(beyond, "habitant est", "habitants sont")),
                    fmt::format("{} beyond", counted_text(beyond, {"", "", "inhabitant is", "inhabitants are"}, language)));
  findings.push_back(out.say(fmt::format("« {} » : {} des habitants sont couverts ; {}.", coverage.definition.label,
                                         percent_text(total.population_covered, total.population, language), rest),
                             fmt::format("‘{}’: {} of inhabitants are covered; {}.", coverage.definition.label,
                                         percent_text(total.population_covered, total.population, language), rest)));
}

void add_tiers(const ReportSources& sources, const Coverage& coverage, const ReportBuilder& out,
               std::vector<std::string>& findings) {
  const CoverageShare* least = nullptr;
  const CoverageShare* most = nullptr;
  std::string least_name;
  std::string most_name;
  const PopulationTiers& tiers = sources.inputs.territory.tiers;
  for (const TierIndex tier : coverage.by_tier.indices()) {
    const CoverageShare& share = coverage.by_tier[tier];
    if (share.population == 0) {
      continue;
    }
    const std::string name = out.french() ? tiers.labels_french[tier] : tiers.labels_english[tier];
    if (least == nullptr || share_of(share) < share_of(*least)) {
      least = &share;
      least_name = name;
    }
    if (most == nullptr || share_of(share) > share_of(*most)) {
      most = &share;
      most_name = name;
    }
  }
  constexpr double kNotable = 0.05;
  if (least == nullptr || share_of(*most) - share_of(*least) < kNotable) {
    return;
  }
  const auto short_name = [](const std::string& name) {
    return name.substr(0, std::min(name.find(" : "), name.find(": ")));
  };
  const auto text = [&](const CoverageShare& share) {
    return percent_text(share.population_covered, share.population, out.language());
  };
  findings.push_back(out.say(
      fmt::format(
          "La taille des communes compte : {} des habitants couverts dans la strate « {} », {} dans la strate « {} ».",
          text(*least), short_name(least_name), text(*most), short_name(most_name)),
      fmt::format("Size matters: {} of inhabitants covered in the class ‘{}’, {} in the class ‘{}’.", text(*least),
                  short_name(least_name), text(*most), short_name(most_name))));
}

void add_gap(const ReportSources& sources, const CoverageAnalysis& analysis, const ReportBuilder& out,
             std::vector<std::string>& findings) {
  if (analysis.gaps_beyond_limit.empty()) {
    return;
  }
  const GapComponent& gap = analysis.gaps_beyond_limit.front();
  const CoverageDefinition& definition = analysis.coverage.definition;
  const std::string& name = sources.inputs.territory.communes[naming_commune(sources.inputs.territory, gap)].name;
  const auto communes = static_cast<std::int64_t>(gap.communes.size());
  const std::string nearest =
      cost_beyond_text(gap.nearest_cost, definition.limit, cost_unit(definition.travel), out.language());
  const bool known = gap.nearest_cost != kUnreachable;
  findings.push_back(out.say(
      fmt::format("La lacune la plus peuplée s’étend autour {} : {} et {}{}.", french::of_name(name),
                  counted_text(communes, kCommuneNoun, out.language()),
                  counted_text(gap.population, kInhabitantNoun, out.language()),
                  known ? fmt::format(" ; la structure la plus proche d’une de ces communes est à {}", nearest) : ""),
      fmt::format("The most populous gap lies around {}: {} and {}{}.", name,
                  counted_text(communes, kCommuneNoun, out.language()),
                  counted_text(gap.population, kInhabitantNoun, out.language()),
                  known ? fmt::format("; the structure nearest to any of its communes is {} away", nearest) : "")));
}

void add_zones(const ReportSources& sources, const Coverage& coverage, const ReportBuilder& out,
               std::vector<std::string>& findings) {
  const auto zones = worst_zones(sources.inputs.territory.departements, coverage.by_departement);
  if (zones.size() < 2 || share_of(*zones.front().share) == share_of(*zones.back().share)) {
    return;
  }
  const auto text = [&](const ZoneShareText& zone) {
    return percent_text(zone.share->population_covered, zone.share->population, out.language());
  };
  findings.push_back(out.say(
      fmt::format("D’un département à l’autre, la part des habitants couverts va de {} {} à {} {}.", text(zones.front()),
                  french::in_area(zones.front().name), text(zones.back()), french::in_area(zones.back().name)),
      fmt::format("From one departement to another, the share of inhabitants covered goes from {} ({}) to {} ({}).",
                  text(zones.front()), zones.front().name, text(zones.back()), zones.back().name)));
}

void add_access(const ReportSources& sources, const ReportBuilder& out, std::vector<std::string>& findings) {
  for (const AccessAnalysis& analysis : sources.results.access.analyses) {
    const Table* found = nullptr;
    for (const Table& table : sources.results.tables) {
      found = table.name == "acces_" + analysis.name + "_equite" ? &table : found;
    }
    if (found == nullptr) {
      continue;
    }
    for (std::size_t row = 0; row < found->rows.size(); ++row) {
      const Text& label = std::get<Text>(found->rows[row][0]);
      if (!label.french.starts_with("2SFCA")) {
        continue;
      }
      const std::string worst = to_text(found->rows[row][13], out.language());
      const std::string best = to_text(found->rows[row][14], out.language());
      findings.push_back(out.say(
          fmt::format("« {} » ({}) : le cinquième des habitants le moins bien servi a {} % de l’accès, le mieux servi {} %.",
                      analysis.label, label.french, worst, best),
          fmt::format("‘{}’ ({}): the worst-served fifth of inhabitants has {}% of access, the best-served {}%.",
                      analysis.label, label.english, worst, best)));
      return;
    }
  }
}

std::vector<std::pair<std::string, std::string>> key_figures(const ReportSources& sources, const ReportBuilder& out) {
  const QualityReport& quality = sources.inputs.quality;
  const Language language = out.language();
  std::vector<std::pair<std::string, std::string>> keys{
      {count_text(quality.communes, language),
       out.say(std::string{french::agreed(quality.communes, "commune", "communes")}, "communes")},
      {count_text(quality.population, language),
       out.say(std::string{french::agreed(quality.population, "habitant", "habitants")}, "inhabitants")},
      {count_text(quality.placement.structures, language),
       out.say(std::string{french::agreed(quality.placement.structures, "structure", "structures")}, "structures")}};
  for (const CoverageAnalysis& analysis : sources.results.analyses) {
    if (keys.size() == 7) {
      break;
    }
    const CoverageShare& total = analysis.coverage.total;
    keys.emplace_back(percent_text(total.population_covered, total.population, language),
                      out.say("des habitants : ", "of inhabitants: ") + analysis.coverage.definition.label);
  }
  if (const CoverageAnalysis* worst = most_wanting(sources.results)) {
    keys.emplace_back(
        count_text(worst->coverage.total.population - worst->coverage.total.population_covered, language),
        out.say("habitants au-delà de la limite : ", "inhabitants beyond the limit: ") + worst->coverage.definition.label);
  }
  return keys;
}

}  // namespace

void write_summary(const ReportSources& sources, ReportBuilder& out) {
  constexpr double kMapMm = 118;  // the summary fills one page of A4
  out.heading(1, out.say("L’essentiel", "In short"));
  out.keys(key_figures(sources, out));
  std::vector<std::string> findings;
  const CoverageAnalysis* worst = most_wanting(sources.results);
  if (worst != nullptr) {
    add_total(worst->coverage, out, findings);
    add_gap(sources, *worst, out, findings);
    add_tiers(sources, worst->coverage, out, findings);
    add_zones(sources, worst->coverage, out, findings);
  }
  add_access(sources, out, findings);
  for (const Text& line : continuity_lines(sources.inputs, sources.results.continuities)) {
    findings.push_back(line.in(out.language()));
  }
  findings.resize(std::min(findings.size(), kMostFindings));
  out.list(findings);
  const std::vector<std::string> doubts = doubts_of(sources, out);
  if (!doubts.empty()) {
    out.caution(doubts.front());
  }
  const bool has_gaps = worst != nullptr && !worst->gaps_beyond_limit.empty();
  out.map(sources, has_gaps ? "lacunes_" + worst->coverage.definition.name : "structures", kMapMm);
}

}  // namespace maillage::detail
