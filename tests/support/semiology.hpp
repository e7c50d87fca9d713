#pragma once

#include <array>
#include <string>
#include <vector>

#include "maps/colour.hpp"
#include "maps/layer_view.hpp"

namespace maillage::test {

/// What a view does that some reader cannot see: neighbouring classes that look alike, categories or an absence of value that
/// look like a class, markers that vanish on light or dark communes. One line each; none is what a map should have.
class Semiology {
 public:
  static constexpr double kNeighbours = 4;  ///< CIEDE2000 between classes next to each other, up to seven of them
  static constexpr double kCategories = 8;  ///< between categories that nothing but colour tells apart
  static constexpr double kNoValue = 3;     ///< between what has no value and any class

  explicit Semiology(const LayerView& view) : view_(view) {}

  [[nodiscard]] std::vector<std::string> breaches() {
    for (std::size_t k = 0; k < view_.classes.size(); ++k) {
      const ViewClass& one = view_.classes[k];
      if (one.symbol.kind == Symbol::Kind::marker) {
        check_marker(one.symbol);
      }
      for (std::size_t other = k + 1; other < view_.classes.size(); ++other) {
        check_pair(one, view_.classes[other], other == k + 1);
      }
    }
    return std::move(found_);
  }

 private:
  static LinearColour on_paper(const Symbol& symbol) { return seen_over(symbol.colour, symbol.opacity, "#ffffff"); }

  static double difference(const Symbol& one, const Symbol& other, const ColourVision vision) {
    return colour_difference(lab_of(seen_as(on_paper(one), vision)), lab_of(seen_as(on_paper(other), vision)));
  }

  void require(const ViewClass& one, const ViewClass& other, const double least, const bool in_greys) {
    for (const ColourVision vision : {ColourVision::normal, ColourVision::protanopia, ColourVision::deuteranopia,
                                      ColourVision::tritanopia, ColourVision::greys}) {
      const double apart = difference(one.symbol, other.symbol, vision);
      if ((vision != ColourVision::greys || in_greys) && apart < least) {
        found_.push_back(view_.name + ": " + one.symbol.colour + " and " + other.symbol.colour + " are " + std::to_string(apart) +
                         " apart in sight " + std::to_string(static_cast<int>(vision)));
      }
    }
  }

  void check_pair(const ViewClass& one, const ViewClass& other, const bool next) {
    const bool looks_otherwise = one.symbol.shape != other.symbol.shape || one.symbol.size_mm != other.symbol.size_mm;
    const auto holds = [](const ViewClass& a, const ViewClass& b, const ViewClass::Holds kind) {
      return a.holds == kind && b.holds == kind;
    };
    if (holds(one, other, ViewClass::Holds::interval)) {
      if (next) {
        require(one, other, kNeighbours, is_sequential());
      }
    } else if (!looks_otherwise) {
      const bool rest = one.holds == ViewClass::Holds::rest || other.holds == ViewClass::Holds::rest;
      require(one, other, rest ? kNoValue : is_ordered() ? kNeighbours : kCategories, false);
    }
  }

  /// Classes darken, or lighten, all the way.
  [[nodiscard]] bool is_sequential() const {
    double last = 0;
    int direction = 0;
    for (const ViewClass& one : view_.classes) {
      if (one.holds != ViewClass::Holds::interval) {
        continue;
      }
      const double lightness = lab_of(on_paper(one.symbol)).lightness;
      const int way = last == 0 ? 0 : lightness < last ? -1 : 1;
      if (way != 0 && direction != 0 && way != direction) {
        return false;
      }
      direction = way == 0 ? direction : way;
      last = lightness;
    }
    return true;
  }

  /// Categories with an order: whole numbers.
  [[nodiscard]] bool is_ordered() const {
    return view_.field == "rang" || view_.field.ends_with("_rang");
  }

  void check_marker(const Symbol& marker) {
    for (const char* ground : {"#f1eef6", "#2b8cbe"}) {
      const double fill = contrast_ratio(linear_colour(marker.colour), linear_colour(ground));
      const double border = contrast_ratio(linear_colour(marker.border), linear_colour(ground));
      if (std::max(fill, border) < kGraphicContrast) {
        found_.push_back(view_.name + ": marker " + marker.colour + " is not seen on " + ground);
      }
    }
  }

  const LayerView& view_;
  std::vector<std::string> found_;
};

}  // namespace maillage::test
