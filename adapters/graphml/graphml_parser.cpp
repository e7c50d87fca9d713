#include "adapters/graphml/graphml_parser.hpp"

#include <expat.h>
#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <memory>
#include <optional>

#include "adapters/file/file_mapping.hpp"
#include "engine/core/error.hpp"

namespace maillage::graphml {
namespace {

constexpr std::size_t kMostValueBytes = 1'000'000;
constexpr int kDeepest = 32;
constexpr std::size_t kMostKeys = 1000;
constexpr std::size_t kBlock = std::size_t{1} << 20U;

struct ParserDeleter {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using ParserHandle = std::unique_ptr<XML_ParserStruct, ParserDeleter>;

/// One of <key id="d5" for="node" attr.name="x"/>.
struct Key {
  std::string name;
  std::string element;
};

class Parser {
 public:
  Parser(const std::filesystem::path& file, const Visitor& visitor)
      : file_(file), visitor_(visitor), parser_(XML_ParserCreate(nullptr)) {
    if (!parser_) {
      throw std::bad_alloc();
    }
    XML_SetUserData(parser_.get(), this);
    XML_SetElementHandler(parser_.get(), &Parser::on_start, &Parser::on_end);
    XML_SetCharacterDataHandler(parser_.get(), &Parser::on_text);
    XML_SetStartDoctypeDeclHandler(parser_.get(), &Parser::on_doctype);
  }

  [[nodiscard]] Summary run() {
    const FileMapping mapping{file_};
    auto bytes = mapping.bytes();
    bool last = false;
    while (!last) {
      const auto block = bytes.first(std::min(kBlock, bytes.size()));
      bytes = bytes.subspan(block.size());
      last = bytes.empty();
      const XML_Status status = XML_Parse(parser_.get(), reinterpret_cast<const char*>(block.data()),
                                          static_cast<int>(block.size()), last ? XML_TRUE : XML_FALSE);
      if (failure_) {
        std::rethrow_exception(failure_);
      }
      if (status != XML_STATUS_OK) {
        const std::string reason = XML_ErrorString(XML_GetErrorCode(parser_.get()));
        fail({.french = fmt::format("XML illisible ou tronqué ({})", reason),
              .english = fmt::format("XML not readable or cut short ({})", reason)});
      }
    }
    if (!saw_graph_) {
      fail({.french = "pas de graphe GraphML dans ce fichier", .english = "no GraphML graph in this file"});
    }
    for (const auto& [id, key] : keys_) {
      if (key.element == "edge" || key.element == "all") {
        summary_.edge_columns.push_back(key.name);
      }
    }
    std::sort(summary_.edge_columns.begin(), summary_.edge_columns.end());
    summary_.edge_columns.erase(std::unique(summary_.edge_columns.begin(), summary_.edge_columns.end()),
                                summary_.edge_columns.end());
    return std::move(summary_);
  }

 private:
  [[nodiscard]] std::int64_t line() const { return static_cast<std::int64_t>(XML_GetCurrentLineNumber(parser_.get())); }
  [[noreturn]] void fail(const Text& why) const {
    throw InputError(Text{.french = fmt::format("{}, ligne {} : {}", file_.string(), line(), why.french),
                          .english = fmt::format("{}, line {}: {}", file_.string(), line(), why.english)});
  }
  /// Exceptions must not cross expat's C code: kept, and thrown again behind it.
  template <typename Step>
  void guarded(const Step& step) noexcept {
    if (failure_) {
      return;
    }
    try {
      step();
    } catch (...) {
      failure_ = std::current_exception();
      XML_StopParser(parser_.get(), XML_FALSE);
    }
  }
  static Parser& self(void* user) { return *static_cast<Parser*>(user); }
  static void XMLCALL on_start(void* user, const XML_Char* name, const XML_Char** attributes) {
    self(user).guarded([&] { self(user).start(name, attributes); });
  }
  static void XMLCALL on_end(void* user, const XML_Char* name) {
    self(user).guarded([&] { self(user).end(name); });
  }
  static void XMLCALL on_text(void* user, const XML_Char* text, const int size) {
    self(user).guarded([&] { self(user).text({text, static_cast<std::size_t>(size)}); });
  }
  static void XMLCALL on_doctype(void* user, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    self(user).guarded([&] {
      self(user).fail({.french = "un type de document (DOCTYPE) n'a pas sa place dans un GraphML ; retirez-le",
                       .english = "a document type (DOCTYPE) has no place in GraphML; take it out"});
    });
  }

  static std::string_view local_name(const std::string_view name) { return name.substr(name.find(':') + 1); }
  static std::string attribute(const XML_Char** attributes, const std::string_view name) {
    for (; *attributes != nullptr; attributes += 2) {
      if (name == *attributes) {
        return attributes[1];
      }
    }
    return {};
  }
  void start(const std::string_view qualified, const XML_Char** attributes) {
    const std::string_view name = local_name(qualified);
    if (++depth_ > kDeepest) {
      fail({.french = "éléments trop imbriqués", .english = "elements nested too deeply"});
    }
    if (name == "key") {
      add_key(attributes);
    } else if (name == "graph") {
      saw_graph_ = true;
    } else if (name == "node") {
      node_ = Node{.key = attribute(attributes, "id"), .values = {}};
    } else if (name == "edge") {
      edge_ = Edge{.line = line(),
                   .source = attribute(attributes, "source"),
                   .target = attribute(attributes, "target"),
                   .key = attribute(attributes, "id"),
                   .values = {}};
    } else if (name == "data") {
      data_key_ = attribute(attributes, "key");
      data_.clear();
      in_data_ = true;
    }
  }
  void add_key(const XML_Char** attributes) {
    if (keys_.size() >= kMostKeys) {
      fail({.french = "trop de clés", .english = "too many keys"});
    }
    keys_[attribute(attributes, "id")] = {.name = attribute(attributes, "attr.name"),
                                          .element = attribute(attributes, "for")};
  }
  void text(const std::string_view piece) {
    if (!in_data_) {
      return;
    }
    if (data_.size() + piece.size() > kMostValueBytes) {
      fail({.french = "valeur de plus d'un million d'octets", .english = "a value of over a million bytes"});
    }
    data_.append(piece);
  }
  void end(const std::string_view qualified) {
    const std::string_view name = local_name(qualified);
    --depth_;
    if (name == "data") {
      in_data_ = false;
      end_data();
    } else if (name == "node" && node_) {
      visitor_.on_node(*node_);
      node_.reset();
    } else if (name == "edge" && edge_) {
      visitor_.on_edge(*edge_);
      edge_.reset();
    }
  }
  void end_data() {
    const auto key = keys_.find(data_key_);
    if (key == keys_.end()) {
      fail({.french = fmt::format("clé « {} » inconnue", data_key_), .english = fmt::format("unknown key '{}'", data_key_)});
    }
    Values& values = edge_ ? edge_->values : node_ ? node_->values : summary_.values;
    if (values.pairs.size() >= kMostKeys) {
      fail({.french = "trop de valeurs", .english = "too many values"});
    }
    values.pairs.emplace_back(key->second.name, data_);
  }

  const std::filesystem::path& file_;
  const Visitor& visitor_;
  ParserHandle parser_;
  std::exception_ptr failure_;
  std::map<std::string, Key> keys_;
  Summary summary_;
  std::optional<Node> node_;
  std::optional<Edge> edge_;
  std::string data_key_;
  std::string data_;
  bool in_data_ = false;
  bool saw_graph_ = false;
  int depth_ = 0;
};

}  // namespace

std::string_view Values::find(const std::string_view name) const {
  const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.first == name; });
  return found == pairs.end() ? std::string_view{} : std::string_view{found->second};
}

Summary parse(const std::filesystem::path& file, const Visitor& visitor) {
  return Parser(file, visitor).run();
}

}  // namespace maillage::graphml
