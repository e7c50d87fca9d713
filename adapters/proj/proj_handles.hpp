#pragma once

#include <proj.h>

#include <memory>
#include <string>

namespace maillage::detail {

struct ContextDeleter {
  void operator()(PJ_CONTEXT* context) const { proj_context_destroy(context); }
};
struct PjDeleter {
  void operator()(PJ* pj) const { proj_destroy(pj); }
};
using ContextHandle = std::unique_ptr<PJ_CONTEXT, ContextDeleter>;
using PjHandle = std::unique_ptr<PJ, PjDeleter>;

/// A context of its own: silent, and never on the network.
[[nodiscard]] ContextHandle make_context();

/// The horizontal coordinate system that a text defines. \throws InputError
[[nodiscard]] PjHandle make_horizontal_crs(PJ_CONTEXT* context, const std::string& definition);

[[nodiscard]] bool is_geographic(const PJ* crs);
/// Whether both axes count metres.
[[nodiscard]] bool is_metric(PJ_CONTEXT* context, const PJ* crs);

}  // namespace maillage::detail
