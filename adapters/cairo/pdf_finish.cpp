#include "adapters/cairo/pdf_finish.hpp"

#include <fmt/format.h>

#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFPageDocumentHelper.hh>
#include <qpdf/QPDFWriter.hh>
#include <vector>

#include "engine/core/error.hpp"

namespace maillage::detail {
namespace {

/// Walks the tree of tags in reading order.
class StructureWalk {
 public:
  explicit StructureWalk(const ReportDocument& document) {
    for (const DocumentBlock& block : document.blocks) {
      if (const auto* figure = std::get_if<Figure>(&block)) {
        alternatives_.push_back(&figure->alternative);
      }
    }
  }

  void visit(QPDFObjectHandle element, const bool in_heading_row) {
    if (element.isArray()) {
      for (int k = 0; k < element.getArrayNItems(); ++k) {
        visit(element.getArrayItem(k), in_heading_row);
      }
      return;
    }
    if (!element.isDictionary() || !element.hasKey("/S")) {
      return;
    }
    const std::string kind = element.getKey("/S").getName();
    if (kind == "/Figure" && figures_ < alternatives_.size()) {
      element.replaceKey("/Alt", QPDFObjectHandle::newUnicodeString(*alternatives_[figures_]));
      ++figures_;
    }
    if (kind == "/Table") {
      rows_ = 0;
    }
    const bool heading_row = kind == "/TR" ? rows_++ == 0 : in_heading_row;
    if (kind == "/TH") {
      element.replaceKey("/A",
                         QPDFObjectHandle::parse(fmt::format("<</O /Table /Scope /{}>>", heading_row ? "Column" : "Row")));
    }
    if (element.hasKey("/K")) {
      visit(element.getKey("/K"), heading_row);
    }
  }

  [[nodiscard]] bool found_all() const { return figures_ == alternatives_.size(); }

 private:
  std::vector<const std::string*> alternatives_;
  std::size_t figures_ = 0;
  int rows_ = 0;
};

}  // namespace

std::string finish_pdf(const std::string& pdf, const ReportDocument& document) {
  QPDF file;
  file.processMemoryFile("rapport.pdf", pdf.data(), pdf.size());
  QPDFObjectHandle root = file.getRoot();
  root.replaceKey("/Lang", QPDFObjectHandle::newString(document.language == Language::french ? "fr-FR" : "en-GB"));
  root.replaceKey("/MarkInfo", QPDFObjectHandle::parse("<</Marked true>>"));
  root.replaceKey("/ViewerPreferences", QPDFObjectHandle::parse("<</DisplayDocTitle true>>"));
  if (file.getTrailer().hasKey("/Info")) {
    QPDFObjectHandle information = file.getTrailer().getKey("/Info");
    information.removeKey("/CreationDate");
    information.removeKey("/ModDate");
  }
  for (QPDFPageObjectHelper& page : QPDFPageDocumentHelper{file}.getAllPages()) {
    page.getObjectHandle().replaceKey("/Tabs", QPDFObjectHandle::newName("/S"));
  }
  StructureWalk walk{document};
  if (root.hasKey("/StructTreeRoot")) {
    walk.visit(root.getKey("/StructTreeRoot").getKey("/K"), false);
  }
  if (!walk.found_all()) {
    throw OutputError(Text{.french = "PDF : une figure n’a pas de balise.", .english = "PDF: a figure has no tag."});
  }
  QPDFWriter writer{file};
  writer.setOutputMemory();
  writer.setDeterministicID(true);
  writer.setObjectStreamMode(qpdf_o_generate);
  writer.setCompressStreams(true);
  writer.write();
  const std::shared_ptr<Buffer> bytes = writer.getBufferSharedPointer();
  return {reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize()};
}

}  // namespace maillage::detail
