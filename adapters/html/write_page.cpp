#include "adapters/html/write_page.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "adapters/file/checked_file.hpp"
#include "adapters/file/gzip.hpp"
#include "adapters/file/read_file.hpp"
#include "adapters/html/packed_text.hpp"
#include "adapters/html/page_data.hpp"
#include "engine/core/error.hpp"
#include "maps/qgis_symbols.hpp"

extern "C" {
extern const char maillage_page_js_begin[];
extern const char maillage_page_js_end[];
extern const char maillage_page_css_begin[];
extern const char maillage_page_css_end[];
extern const char maillage_page_html_begin[];
extern const char maillage_page_html_end[];
extern const char maillage_page_licences_begin[];
extern const char maillage_page_licences_end[];
}

namespace maillage {

namespace {

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

/// The skeleton with each "{{name}}" replaced; what replaces is not read again.
std::string filled(std::string_view skeleton, const std::span<const std::pair<std::string_view, std::string>> values) {
  std::string page;
  for (;;) {
    const std::size_t begin = skeleton.find("{{");
    page += skeleton.substr(0, begin);
    if (begin == std::string_view::npos) {
      return page;
    }
    const std::size_t end = skeleton.find("}}", begin);
    const std::string_view name = skeleton.substr(begin + 2, end - begin - 2);
    for (const auto& [key, value] : values) {
      if (key == name) {
        page += value;
      }
    }
    skeleton.remove_prefix(end + 2);
  }
}

}  // namespace

std::string page_html(const PageSources& sources) {
  using namespace detail;
  const std::string_view script = between(maillage_page_js_begin, maillage_page_js_end);
  const std::string_view style = between(maillage_page_css_begin, maillage_page_css_end);
  const PageData data = make_page_data(sources);
  const std::string policy = fmt::format(
      "default-src 'none'; script-src '{}'; style-src '{}'; img-src data: blob:; font-src data:; connect-src 'none'; "
      "base-uri 'none'; form-action 'none'",
      policy_hash(script), policy_hash(style));
  const std::array<std::pair<std::string_view, std::string>, 8> values{
      {{"language", sources.language == Language::french ? "fr" : "en"},
       {"title", xml_escape(sources.document.title)},
       {"policy", policy},
       {"style", std::string{style}},
       {"script", std::string{script}},
       {"licences", xml_escape(between(maillage_page_licences_begin, maillage_page_licences_end))},
       {"first", base64(gzip(data.first))},
       {"rest", base64(gzip(data.rest))}}};
  return filled(between(maillage_page_html_begin, maillage_page_html_end), values);
}

void write_page(const std::filesystem::path& file, const PageSources& sources) {
  const std::string page = page_html(sources);
  CheckedFile checked{file};
  checked.write(page);
  checked.close();
  if (read_whole_file(file) != page) {
    throw OutputError(Text{.french = fmt::format("{} : le fichier relu n'est pas celui qui a été écrit.", file.string()),
                           .english = fmt::format("{}: the file read again is not what was written.", file.string())});
  }
}

}  // namespace maillage
