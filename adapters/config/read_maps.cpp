#include "adapters/config/read_maps.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace maillage {

namespace {

const std::vector<std::string>& method_names() {
  static const std::vector<std::string> names{"quantiles", "equal", "jenks", "head-tail", "pretty", "fixed"};
  return names;
}

/// The keys that say how values are cut into classes; what is not said stays as in `usual`.
ClassOptions read_classes(KeyReader& reader, const ClassOptions& usual) {
  ClassOptions options = usual;
  if (const auto method = reader.choice("classification", method_names())) {
    options.method = *parse_class_method(*method);
  }
  if (const auto classes = reader.integer("classes")) {
    if (*classes < 2 || *classes > static_cast<std::int64_t>(kMostColours)) {
      reader.fail("classes", Text{.french = fmt::format("entre 2 et {}.", kMostColours),
                                  .english = fmt::format("between 2 and {}.", kMostColours)});
    }
    options.classes = static_cast<std::size_t>(*classes);
  }
  if (const auto least = reader.integer("least_per_class")) {
    if (*least < 1) {
      reader.fail("least_per_class", Text{.french = "au moins 1.", .english = "at least 1."});
    }
    options.least = static_cast<std::size_t>(*least);
  }
  return options;
}

ViewSettings::OfField read_field(KeyReader& reader, const ClassOptions& usual) {
  ViewSettings::OfField of;
  of.field = reader.text("field").value_or(std::string{});
  if (of.field.empty()) {
    reader.fail("field", Text{.french = "nom d’un champ des couches (docs/champs.md).",
                              .english = "name of a field of the layers (docs/champs.md)."});
  }
  of.classes = read_classes(reader, usual);
  of.classes.breaks = reader.numbers("breaks");
  if (!of.classes.breaks.empty()) {
    of.classes.method = ClassMethod::fixed;
    if (of.classes.breaks.size() >= kMostColours ||
        std::ranges::adjacent_find(of.classes.breaks, std::greater_equal<>{}) != of.classes.breaks.end()) {
      reader.fail("breaks", Text{.french = fmt::format("de 1 à {} bornes croissantes.", kMostColours - 1),
                                 .english = fmt::format("from 1 to {} ascending bounds.", kMostColours - 1)});
    }
    of.classes.classes = of.classes.breaks.size() + 1;
  } else if (of.classes.method == ClassMethod::fixed) {
    reader.fail("breaks", Text{.french = "bornes attendues : breaks = [2000, 5000].",
                               .english = "bounds expected: breaks = [2000, 5000]."});
  }
  of.classes.centre = reader.number("centre");
  if (const auto palette = reader.choice("palette", palette_names())) {
    of.palette = parse_palette(*palette);
  }
  if (of.classes.centre && of.palette && !is_diverging(*of.palette)) {
    reader.fail("palette", Text{.french = "une référence (centre) demande une palette à deux branches : BrBG ou PuOr.",
                                .english = "a reference (centre) needs a diverging palette: BrBG or PuOr."});
  }
  reader.refuse_unknown_keys();
  return of;
}

}  // namespace

MapsStudy read_maps(KeyReader& reader) {
  MapsStudy maps;
  maps.views.classes = read_classes(reader, {});
  if (maps.views.classes.method == ClassMethod::fixed) {
    reader.fail("classification", Text{.french = "« fixed » se dit champ par champ, dans [[maps.field]], avec breaks.",
                                       .english = "'fixed' is said field by field, in [[maps.field]], with breaks."});
  }
  for (KeyReader& field : reader.tables("field")) {
    maps.views.fields.push_back(read_field(field, maps.views.classes));
  }
  maps.credits = reader.texts("credits");
  reader.refuse_unknown_keys();
  return maps;
}

}  // namespace maillage
