#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace maillage::graphml {

/// The data of an element, by the name of their key; few, so a list.
struct Values {
  std::vector<std::pair<std::string, std::string>> pairs;
  /// Empty when there is none of that name.
  [[nodiscard]] std::string_view find(std::string_view name) const;
};

struct Node {
  std::string key;
  Values values;
};

struct Edge {
  std::int64_t line = 0;  ///< of the file
  std::string source;
  std::string target;
  std::string key;
  Values values;
};

struct Visitor {
  std::function<void(const Node&)> on_node;
  std::function<void(const Edge&)> on_edge;
};

struct Summary {
  Values values;                          ///< of the graph
  std::vector<std::string> edge_columns;  ///< names of the keys for edges, in alphabetical order
};

/// Reads a GraphML file block by block. \throws InputError with file and line
[[nodiscard]] Summary parse(const std::filesystem::path& file, const Visitor& visitor);

}  // namespace maillage::graphml
