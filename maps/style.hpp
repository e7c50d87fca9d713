#pragma once

#include <string>

namespace maillage {

/// A way to draw a layer, for GIS programs. At most one default per layer.
struct LayerStyle {
  std::string layer;        ///< name of the layer it draws
  std::string name;         ///< shown to the user, in French
  std::string qml;          ///< QGIS style document
  std::string sld;          ///< OGC Styled Layer Descriptor; empty when there is none
  bool is_default = false;  ///< drawn so when the layer is opened
};

}  // namespace maillage
