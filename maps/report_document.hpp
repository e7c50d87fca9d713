#pragma once

#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "engine/core/text.hpp"

namespace maillage {

/// A document as its writers see it: one text from which HTML and PDF are made, so that they say the same. Texts are in the
/// document's language and set in its typography.

struct Heading {
  int level = 1;  ///< 1 for parts, 2 and 3 below; the title of the document is above them
  std::string text;
};

struct Paragraph {
  enum class Role { body, lead, caution };  ///< a caution says what to doubt
  std::string text;
  Role role = Role::body;
};

struct BulletList {
  std::vector<std::string> items;
};

struct DocumentTable {
  std::string caption;
  std::string note{};  ///< its base, below the caption; may be empty
  std::vector<std::string> headings{};
  std::vector<std::vector<std::string>> rows{};  ///< as long as the headings; the first cell heads its row
  std::vector<bool> is_number{};                 ///< per column: aligned to the right
  bool last_is_total = false;
};

struct Figure {
  std::string svg;      ///< a whole document that stands alone, its viewBox in millimetres of a page
  std::string caption;  ///< shown below
  std::string alternative;  ///< for those who do not see it
};

/// Numbers with what they count, large.
struct KeyFigures {
  std::vector<std::pair<std::string, std::string>> figures;  ///< (number, what it is)
};

/// Links to other files, by relative addresses.
struct LinkList {
  std::vector<std::pair<std::string, std::string>> links;  ///< (text, address)
};

struct PageBreak {};

using DocumentBlock = std::variant<Heading, Paragraph, BulletList, DocumentTable, Figure, KeyFigures, LinkList, PageBreak>;

struct ReportDocument {
  Language language = Language::french;
  std::string title;
  std::string subtitle;
  std::string foot;  ///< on every page: the study and who made it
  std::vector<DocumentBlock> blocks;
};

}  // namespace maillage
