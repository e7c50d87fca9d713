#include "maps/html_document.hpp"

#include <fmt/format.h>

#include <set>

#include "maps/qgis_symbols.hpp"

namespace maillage {
namespace {

using detail::xml_escape;

constexpr const char* kStyle =
    "*{box-sizing:border-box}body{margin:0 auto;max-width:60rem;padding:1.5rem 1rem 4rem;font:1rem/1.5 \"Liberation "
    "Sans\",Arial,"
    "Helvetica,sans-serif;color:#161616;background:#fff}header{border-bottom:.2rem solid #0b4f6c;margin-bottom:1.5rem}"
    "h1{font-size:1.9rem;line-height:1.2;margin:.5rem 0}h2{font-size:1.45rem;margin:2.5rem 0 .7rem;border-bottom:1px solid "
    "#767676;"
    "padding-bottom:.2rem;color:#0b4f6c}h3{font-size:1.15rem;margin:1.7rem 0 .5rem}h4{font-size:1rem;margin:1.2rem 0 .4rem}"
    ".sub{color:#3a3a3a;margin:.2rem 0 1rem}.lead{font-size:1.1rem}.caution{border-left:.3rem solid #b34000;padding:.3rem "
    ".8rem;"
    "background:#fdf3ec}nav{background:#f4f6f7;padding:.6rem 1rem;margin:1rem 0}nav ol{margin:.3rem 0;padding-left:1.4rem}"
    "a{color:#0b4f6c}a:focus-visible,.scroll:focus-visible{outline:3px solid #0b4f6c;outline-offset:2px}"
    ".keys{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.8rem;margin:1rem 0;padding:0}"
    ".keys div{border-top:.25rem solid #0b4f6c;background:#f4f6f7;padding:.5rem "
    ".7rem;display:flex;flex-direction:column-reverse;"
    "justify-content:flex-end}.keys dd{margin:0;font-size:1.5rem;font-weight:700}.keys dt{font-size:.9rem}"
    ".scroll{overflow-x:auto;margin:1rem "
    "0}table{border-collapse:collapse;font-size:.9rem;width:100%}caption{text-align:left;"
    "font-weight:700;padding:.3rem 0}caption span{display:block;font-weight:400;color:#3a3a3a}th,td{padding:.3rem .5rem;"
    "border-bottom:1px solid #d0d0d0;text-align:left;vertical-align:top}thead th{border-bottom:2px solid #161616;"
    "vertical-align:bottom}tbody th{font-weight:400}.n{text-align:right;white-space:nowrap}tr.total>*{font-weight:700;"
    "border-top:1px solid #161616}.figure{margin:1.2rem 0}.figure svg{width:100%;height:auto;display:block}.figure "
    "p{margin:.4rem 0;"
    "font-size:.9rem;color:#3a3a3a}footer{margin-top:3rem;border-top:1px solid #767676;font-size:.85rem}"
    "@media print{body{max-width:none;padding:0;font-size:10pt}nav,.skip{display:none}h2,h3,h4,caption{break-after:avoid}"
    ".figure,tr,.keys{break-inside:avoid}thead{display:table-header-group}.page{break-before:page}.scroll{overflow:visible}}"
    ".links{columns:15rem;padding-left:1.2rem}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;"
    "background:#fff;padding:.3rem}";

class HtmlWriter {
 public:
  explicit HtmlWriter(const ReportDocument& document) : document_(document) {}

  [[nodiscard]] std::string body() {
    for (const DocumentBlock& block : document_.blocks) {
      std::visit([this](const auto& one) { write(one); }, block);
    }
    return std::move(out_);
  }

 private:
  void write(const Heading& heading) {
    const int level = heading.level + 1;
    ++headings_;
    heading_ = heading.text;
    out_ += fmt::format("<h{0} id=\"s{1}\"{3}>{2}</h{0}>\n", level, headings_, xml_escape(heading.text),
                        breaks_page_ ? " class=\"page\"" : "");
    breaks_page_ = false;
  }
  void write(const Paragraph& paragraph) {
    const char* role = paragraph.role == Paragraph::Role::lead      ? " class=\"lead\""
                       : paragraph.role == Paragraph::Role::caution ? " class=\"caution\""
                                                                    : "";
    out_ += fmt::format("<p{}>{}</p>\n", role, xml_escape(paragraph.text));
  }
  void write(const BulletList& list) {
    out_ += "<ul>\n";
    for (const std::string& item : list.items) {
      out_ += "<li>" + xml_escape(item) + "</li>\n";
    }
    out_ += "</ul>\n";
  }
  void write(const DocumentTable& table) {
    // A wide table scrolls by itself, and by the keyboard too.
    out_ += fmt::format("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>\n<caption>{}",
                        xml_escape(region_name(table.caption)), xml_escape(table.caption));
    out_ += table.note.empty() ? "" : "<span>" + xml_escape(table.note) + "</span>";
    out_ += "</caption>\n<thead><tr>";
    for (std::size_t column = 0; column < table.headings.size(); ++column) {
      out_ += fmt::format("<th scope=\"col\"{}>{}</th>", is_number(table, column) ? " class=\"n\"" : "",
                          xml_escape(table.headings[column]));
    }
    out_ += "</tr></thead>\n<tbody>\n";
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      out_ += table.last_is_total && row + 1 == table.rows.size() ? "<tr class=\"total\">" : "<tr>";
      for (std::size_t column = 0; column < table.rows[row].size(); ++column) {
        const std::string cell = xml_escape(table.rows[row][column]);
        out_ += column == 0 ? "<th scope=\"row\">" + cell + "</th>"
                            : fmt::format("<td{}>{}</td>", is_number(table, column) ? " class=\"n\"" : "", cell);
      }
      out_ += "</tr>\n";
    }
    out_ += "</tbody>\n</table></div>\n";
  }
  void write(const Figure& figure) {
    std::string svg = figure.svg;
    // The alternative stands on the drawing itself: a figure around it would be a second one without any.
    const std::size_t role = svg.find(" role=\"img\"");
    if (role != std::string::npos) {
      svg.insert(role, " aria-label=\"" + xml_escape(figure.alternative) + "\"");
    }
    out_ += "<div class=\"figure\">" + svg;
    out_ += figure.caption.empty() ? "</div>\n" : "<p>" + xml_escape(figure.caption) + "</p></div>\n";
  }
  void write(const KeyFigures& keys) {
    out_ += "<dl class=\"keys\">\n";
    for (const auto& [number, what] : keys.figures) {
      out_ += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", xml_escape(what), xml_escape(number));
    }
    out_ += "</dl>\n";
  }
  void write(const LinkList& list) {
    out_ += "<ul class=\"links\">\n";
    for (const auto& [text, address] : list.links) {
      out_ += fmt::format("<li><a href=\"{}\">{}</a></li>\n", xml_escape(address), xml_escape(text));
    }
    out_ += "</ul>\n";
  }
  void write(const PageBreak&) { breaks_page_ = true; }

  /// The caption, with the heading above where another table has the same, and a number where that is not enough: regions of a
  /// page are told apart by their names.
  std::string region_name(const std::string& caption) {
    std::string name = caption;
    if (!regions_.insert(name).second) {
      name += " (" + heading_ + ")";
      for (int number = 2; !regions_.insert(name).second; ++number) {
        name = fmt::format("{} ({}, {})", caption, heading_, number);
      }
    }
    return name;
  }

  static bool is_number(const DocumentTable& table, const std::size_t column) {
    return column < table.is_number.size() && table.is_number[column];
  }

  const ReportDocument& document_;
  std::string out_;
  int headings_ = 0;
  std::string heading_;           ///< the last one
  std::set<std::string> regions_;  ///< names given
  bool breaks_page_ = false;
};

std::string contents(const ReportDocument& document) {
  std::string items;
  int number = 0;
  int parts = 0;
  for (const DocumentBlock& block : document.blocks) {
    const auto* heading = std::get_if<Heading>(&block);
    if (heading == nullptr) {
      continue;
    }
    ++number;
    if (heading->level == 1) {
      items += fmt::format("<li><a href=\"#s{}\">{}</a></li>\n", number, xml_escape(heading->text));
      ++parts;
    }
  }
  const char* title = document.language == Language::french ? "Sommaire" : "Contents";
  return parts < 3 ? "" : fmt::format("<nav aria-label=\"{0}\"><strong>{0}</strong>\n<ol>\n{1}</ol></nav>\n", title, items);
}

}  // namespace

std::string html_document(const ReportDocument& document, const PolicyHash hash) {
  const bool french = document.language == Language::french;
  const std::string policy =
      fmt::format("default-src 'none'; style-src '{}'; img-src data:; base-uri 'none'; form-action 'none'", hash(kStyle));
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" "
      "content=\"{}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n",
      french ? "fr" : "en", policy, xml_escape(document.title), kStyle);
  html +=
      fmt::format("<a class=\"skip\" href=\"#texte\">{}</a>\n<header>\n<h1>{}</h1>\n<p class=\"sub\">{}</p>\n</header>\n",
                  french ? "Aller au texte" : "Skip to the text", xml_escape(document.title), xml_escape(document.subtitle));
  html += contents(document);
  html += "<main id=\"texte\">\n" + HtmlWriter{document}.body() + "</main>\n";
  html += "<footer><p>" + xml_escape(document.foot) + "</p></footer>\n</body>\n</html>\n";
  return html;
}

}  // namespace maillage
