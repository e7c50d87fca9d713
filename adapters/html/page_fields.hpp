#pragma once

#include <cstddef>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "maps/layer.hpp"

namespace maillage::detail {

/// Whether feature k of the layer is commune k.
[[nodiscard]] bool is_of_communes(const Layer& layer, const Layer& communes);

/// Finds which columns follow from others, so that a page need not hold them: those of the communes again, ranks, columns
/// that say the same, and what belongs to a commune or a structure that another column names.
class DerivedFields {
 public:
  DerivedFields(const Layer& communes, const Layer* structures);

  /// How the page finds the column, null if it must hold it: {"of_communes"}, {"same_as": field}, {"rank_of": field,
  /// "least_first", "nothing_last"}, or {"through": {"key": field, "layer", "field", "except": features that differ}}.
  /// \param whole  ranks are left out only where they follow exactly
  [[nodiscard]] nlohmann::json derived(const Layer& layer, std::size_t field, bool whole) const;

  /// The layer whose keys the column holds, and those keys; nothing if it holds none.
  struct Keys {
    const char* layer = nullptr;
    const char* field = nullptr;
    const std::map<std::string, std::size_t>* rows = nullptr;
  };
  [[nodiscard]] Keys keys_of(const Layer& layer, std::size_t field) const;

 private:
  [[nodiscard]] nlohmann::json through(const Layer& layer, std::size_t field) const;
  /// Features whose value is not that of what their key names; nothing if there are too many of them.
  [[nodiscard]] std::optional<std::vector<std::size_t>> exceptions(const Layer& layer, std::size_t field, std::size_t key,
                                                                   const Layer& other, const std::string& name) const;

  const Layer& communes_;
  const Layer* structures_;
  std::map<std::string, std::size_t> codes_;
  std::map<std::string, std::size_t> keys_;  ///< empty where two structures have the same
};

}  // namespace maillage::detail
