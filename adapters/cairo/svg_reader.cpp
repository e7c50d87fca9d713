#include "adapters/cairo/svg_reader.hpp"

#include <fmt/format.h>
#include <glib.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "adapters/cairo/cairo_handles.hpp"
#include "engine/core/error.hpp"

namespace maillage::detail {
namespace {

/// The elements that are open, the root's parent first.
struct OpenElements {
  SvgElement document{};
  std::vector<SvgElement> open{};
};

void start_element(GMarkupParseContext* /*context*/, const gchar* name, const gchar** names, const gchar** values,
                   gpointer user, GError** /*error*/) {
  SvgElement element{.name = name};
  for (; *names != nullptr; ++names, ++values) {
    element.attributes.emplace_back(*names, *values);
  }
  static_cast<OpenElements*>(user)->open.push_back(std::move(element));
}

void end_element(GMarkupParseContext* /*context*/, const gchar* /*name*/, gpointer user, GError** /*error*/) {
  auto& elements = *static_cast<OpenElements*>(user);
  SvgElement element = std::move(elements.open.back());
  elements.open.pop_back();
  SvgElement& parent = elements.open.empty() ? elements.document : elements.open.back();
  parent.children.push_back(std::move(element));
}

void add_text(GMarkupParseContext* /*context*/, const gchar* text, const gsize size, gpointer user, GError** /*error*/) {
  auto& elements = *static_cast<OpenElements*>(user);
  if (!elements.open.empty()) {
    elements.open.back().text.append(text, size);
  }
}

}  // namespace

std::string_view SvgElement::attribute(const std::string_view wanted) const {
  const auto found = std::ranges::find(attributes, wanted, &std::pair<std::string, std::string>::first);
  return found == attributes.end() ? std::string_view{} : std::string_view{found->second};
}

void refuse_svg(const std::string_view what) {
  throw OutputError(Text{.french = fmt::format("dessin SVG illisible ({}).", what),
                         .english = fmt::format("SVG drawing cannot be read ({}).", what)});
}

std::vector<double> numbers_of(const std::string_view text) {
  std::vector<double> numbers;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at < end) {
    double number = 0;
    const auto [next, fault] = std::from_chars(at, end, number);
    if (fault == std::errc{}) {
      numbers.push_back(number);
      at = next;
    } else {
      ++at;
    }
  }
  return numbers;
}

SvgElement read_svg(const std::string& svg) {
  const GMarkupParser parser{
      .start_element = start_element, .end_element = end_element, .text = add_text, .passthrough = nullptr, .error = nullptr};
  OpenElements elements;
  const std::unique_ptr<GMarkupParseContext, FreeWith<g_markup_parse_context_unref>> context{
      g_markup_parse_context_new(&parser, G_MARKUP_DEFAULT_FLAGS, &elements, nullptr)};
  GError* error = nullptr;
  if (g_markup_parse_context_parse(context.get(), svg.data(), static_cast<gssize>(svg.size()), &error) == FALSE ||
      g_markup_parse_context_end_parse(context.get(), &error) == FALSE) {
    const std::string reason = error != nullptr ? error->message : "";
    g_clear_error(&error);
    refuse_svg(reason);
  }
  if (elements.document.children.size() != 1 || elements.document.children.front().name != "svg") {
    refuse_svg("<svg>");
  }
  SvgElement root = std::move(elements.document.children.front());
  if (numbers_of(root.attribute("viewBox")).size() != 4) {
    refuse_svg("viewBox");
  }
  return root;
}

SvgSize size_of(const SvgElement& svg) {
  const std::vector<double> box = numbers_of(svg.attribute("viewBox"));
  return {box[2], box[3]};
}

}  // namespace maillage::detail
