#include "maps/palette.hpp"

#include <fmt/format.h>

#include <array>

#include "engine/core/error.hpp"

namespace maillage {

namespace {

/// Colours of three to seven classes, six hexadecimal digits each.
struct Scheme {
  std::string_view name;
  bool diverging;
  std::array<std::string_view, 5> colours;
};

constexpr std::size_t kFewest = 3;
constexpr std::size_t kDigits = 6;

constexpr std::array<Scheme, 7> kSchemes{{
    {"YlGnBu", false,
      {"edf8b17fcdbb2c7fb8",
       "ffffcca1dab441b6c4225ea8",
       "ffffcca1dab441b6c42c7fb8253494",
       "ffffccc7e9b47fcdbb41b6c42c7fb8253494",
       "ffffccc7e9b47fcdbb41b6c41d91c0225ea80c2c84"}},
    {"OrRd", false,
      {"fee8c8fdbb84e34a33",
       "fef0d9fdcc8afc8d59d7301f",
       "fef0d9fdcc8afc8d59e34a33b30000",
       "fef0d9fdd49efdbb84fc8d59e34a33b30000",
       "fef0d9fdd49efdbb84fc8d59ef6548d7301f990000"}},
    {"PuBuGn", false,
      {"ece2f0a6bddb1c9099",
       "f6eff7bdc9e167a9cf02818a",
       "f6eff7bdc9e167a9cf1c9099016c59",
       "f6eff7d0d1e6a6bddb67a9cf1c9099016c59",
       "f6eff7d0d1e6a6bddb67a9cf3690c002818a016450"}},
    {"PuBu", false,
      {"ece7f2a6bddb2b8cbe",
       "f1eef6bdc9e174a9cf0570b0",
       "f1eef6bdc9e174a9cf2b8cbe045a8d",
       "f1eef6d0d1e6a6bddb74a9cf2b8cbe045a8d",
       "f1eef6d0d1e6a6bddb74a9cf3690c00570b0034e7b"}},
    {"Purples", false,
      {"efedf5bcbddc756bb1",
       "f2f0f7cbc9e29e9ac86a51a3",
       "f2f0f7cbc9e29e9ac8756bb154278f",
       "f2f0f7dadaebbcbddc9e9ac8756bb154278f",
       "f2f0f7dadaebbcbddc9e9ac8807dba6a51a34a1486"}},
    {"BrBG", true,
      {"d8b365f5f5f55ab4ac",
       "a6611adfc27d80cdc1018571",
       "a6611adfc27df5f5f580cdc1018571",
       "8c510ad8b365f6e8c3c7eae55ab4ac01665e",
       "8c510ad8b365f6e8c3f5f5f5c7eae55ab4ac01665e"}},
    {"PuOr", true,
      {"998ec3f7f7f7f1a340",
       "5e3c99b2abd2fdb863e66101",
       "5e3c99b2abd2f7f7f7fdb863e66101",
       "542788998ec3d8daebfee0b6f1a340b35806",
       "542788998ec3d8daebf7f7f7fee0b6f1a340b35806"}},
}};

const Scheme& scheme_of(const Palette palette) {
  return kSchemes.at(static_cast<std::size_t>(palette));
}

}  // namespace

std::string_view palette_name(const Palette palette) {
  return scheme_of(palette).name;
}

std::optional<Palette> parse_palette(const std::string_view name) {
  for (std::size_t k = 0; k < kSchemes.size(); ++k) {
    if (kSchemes[k].name == name) {
      return static_cast<Palette>(k);
    }
  }
  return std::nullopt;
}

std::vector<std::string> palette_names() {
  std::vector<std::string> names;
  for (const Scheme& scheme : kSchemes) {
    names.emplace_back(scheme.name);
  }
  return names;
}

bool is_diverging(const Palette palette) {
  return scheme_of(palette).diverging;
}

std::vector<std::string> palette_colours(const Palette palette, const std::size_t classes) {
  if (classes == 0 || classes > kMostColours) {
    throw ArgumentError(fmt::format("palette_colours: {} classes, from 1 to {} are possible", classes, kMostColours));
  }
  const std::string_view digits = scheme_of(palette).colours.at(classes < kFewest ? 0 : classes - kFewest);
  std::vector<std::string> colours;
  for (std::size_t k = 0; k < digits.size() / kDigits; ++k) {
    colours.push_back("#" + std::string{digits.substr(k * kDigits, kDigits)});
  }
  if (classes == 1) {
    return {colours[1]};
  }
  if (classes == 2) {
    return {colours.front(), colours.back()};
  }
  return colours;
}

std::vector<std::string> diverging_colours(const Palette palette, const std::size_t below, const std::size_t above) {
  if (!is_diverging(palette) || below > kMostColoursOfSide || above > kMostColoursOfSide) {
    throw ArgumentError(fmt::format("diverging_colours: {}, {} classes below and {} above", palette_name(palette), below, above));
  }
  const std::vector<std::string> whole = palette_colours(palette, 2 * kMostColoursOfSide + 1);
  std::vector<std::string> colours;
  // The far end is always there: the more classes, the finer the way to it.
  constexpr std::array<std::array<std::size_t, 3>, 4> kSteps{{{}, {1}, {0, 1}, {0, 1, 2}}};
  for (std::size_t k = 0; k < below; ++k) {
    colours.push_back(whole[kSteps.at(below).at(k)]);
  }
  for (std::size_t k = above; k > 0; --k) {
    colours.push_back(whole[whole.size() - 1 - kSteps.at(above).at(k - 1)]);
  }
  return colours;
}

}  // namespace maillage
