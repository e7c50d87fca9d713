#include "adapters/proj/crs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "adapters/proj/proj_handles.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace detail {
namespace {

constexpr std::size_t kMaxDefinition = 65'536;  // the longest WKT of PROJ's own database is under 8 kB

[[noreturn]] void refuse(const std::string& definition, const Text& why) {
  const std::string shown = definition.size() > 80 ? definition.substr(0, 77) + "..." : definition;
  throw InputError(Text{
      .french = fmt::format(
          "système de coordonnées « {} » : {} ; indiquez par exemple \"EPSG:2154\" (Lambert-93) ou \"EPSG:4326\" (degrés)",
          shown, why.french),
      .english =
          fmt::format("coordinate system '{}': {}; give for example \"EPSG:2154\" (Lambert-93) or \"EPSG:4326\" (degrees)",
                      shown, why.english)});
}

}  // namespace

ContextHandle make_context() {
  ContextHandle context{proj_context_create()};
  proj_log_level(context.get(), PJ_LOG_NONE);
  proj_context_set_enable_network(context.get(), 0);
  return context;
}

PjHandle make_horizontal_crs(PJ_CONTEXT* context, const std::string& definition) {
  const Text unknown{.french = "inconnu", .english = "unknown"};
  if (definition.empty() || definition.size() > kMaxDefinition || definition.find('\0') != std::string::npos) {
    refuse(definition, unknown);
  }
  PjHandle crs{proj_create(context, definition.c_str())};
  if (!crs || proj_is_crs(crs.get()) == 0) {
    refuse(definition, unknown);
  }
  for (int depth = 0; depth < 4; ++depth) {
    const PJ_TYPE type = proj_get_type(crs.get());
    if (type == PJ_TYPE_COMPOUND_CRS) {
      crs.reset(proj_crs_get_sub_crs(context, crs.get(), 0));
    } else if (type == PJ_TYPE_PROJECTED_CRS || type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS) {
      return crs;
    } else if (type == PJ_TYPE_BOUND_CRS) {
      const PjHandle inner{proj_get_source_crs(context, crs.get())};
      const PJ_TYPE inner_type = inner ? proj_get_type(inner.get()) : PJ_TYPE_UNKNOWN;
      if (inner_type == PJ_TYPE_PROJECTED_CRS || inner_type == PJ_TYPE_GEOGRAPHIC_2D_CRS) {
        return crs;  // its own shift to WGS 84 is part of what the text says
      }
      break;
    } else {
      break;
    }
    if (!crs) {
      break;
    }
  }
  refuse(definition, {.french = "ni géographique ni projeté", .english = "neither geographic nor projected"});
}

namespace {

PjHandle unbound(PJ_CONTEXT* context, const PJ* crs) {
  return PjHandle{proj_get_type(crs) == PJ_TYPE_BOUND_CRS ? proj_get_source_crs(context, crs) : proj_clone(context, crs)};
}

}  // namespace

bool is_geographic(const PJ* crs) {
  const ContextHandle context = make_context();
  const PJ_TYPE type = proj_get_type(unbound(context.get(), crs).get());
  return type == PJ_TYPE_GEOGRAPHIC_2D_CRS || type == PJ_TYPE_GEOGRAPHIC_3D_CRS;
}

bool is_metric(PJ_CONTEXT* context, const PJ* crs) {
  const PjHandle plain = unbound(context, crs);
  if (proj_get_type(plain.get()) != PJ_TYPE_PROJECTED_CRS) {
    return false;
  }
  const PjHandle axes{proj_crs_get_coordinate_system(context, plain.get())};
  if (!axes) {
    return false;
  }
  for (int axis = 0; axis < 2; ++axis) {
    double unit = 0;
    if (proj_cs_get_axis_info(context, axes.get(), axis, nullptr, nullptr, nullptr, &unit, nullptr, nullptr, nullptr) == 0 ||
        unit != 1.0) {
      return false;
    }
  }
  return true;
}

namespace {

/// "EPSG:2154" where the system is one of EPSG's, by its name or by its parameters.
std::optional<std::string> known_code(PJ_CONTEXT* context, const PJ* crs) {
  const char* authority = proj_get_id_auth_name(crs, 0);
  const char* code = proj_get_id_code(crs, 0);
  if (authority != nullptr && code != nullptr) {
    return std::string{authority} + ":" + code;
  }
  int* confidences = nullptr;
  PJ_OBJ_LIST* found = proj_identify(context, crs, "EPSG", nullptr, &confidences);
  std::optional<std::string> result;
  // 70: same parameters under another name, PROJ's documentation; less is a guess.
  if (found != nullptr && proj_list_get_count(found) > 0 && confidences[0] >= 70) {
    const PjHandle best{proj_list_get(context, found, 0)};
    if (best && proj_get_id_code(best.get(), 0) != nullptr) {
      result = std::string{proj_get_id_auth_name(best.get(), 0)} + ":" + proj_get_id_code(best.get(), 0);
    }
  }
  proj_int_list_destroy(confidences);
  proj_list_destroy(found);
  return result;
}

}  // namespace
}  // namespace detail

CoordinateSystem describe_crs(const std::string& definition) {
  const detail::ContextHandle context = detail::make_context();
  const detail::PjHandle crs = detail::make_horizontal_crs(context.get(), definition);
  const detail::PjHandle plain = detail::unbound(context.get(), crs.get());
  const bool bound = proj_get_type(crs.get()) == PJ_TYPE_BOUND_CRS;
  const std::optional<std::string> code = detail::known_code(context.get(), plain.get());
  // A bound system whose base is none of EPSG's keeps its text: the shift is only there.
  return {.definition = code ? *code : definition, .geographic = detail::is_geographic(bound ? plain.get() : crs.get())};
}

CoordinateSystem describe_crs(const std::string& definition, const std::string& source) {
  try {
    return describe_crs(definition);
  } catch (const InputError& error) {
    throw InputError(Text{.french = fmt::format("{} : {}", source, error.message().french),
                          .english = fmt::format("{}: {}", source, error.message().english)});
  }
}

std::optional<Box> area_of_use(const std::string& definition) {
  const detail::ContextHandle context = detail::make_context();
  const detail::PjHandle crs = detail::make_horizontal_crs(context.get(), definition);
  Box box;
  if (proj_get_area_of_use(context.get(), crs.get(), &box.min_x, &box.min_y, &box.max_x, &box.max_y, nullptr) == 0 ||
      box.min_x < -180) {
    return std::nullopt;
  }
  return box;
}

bool is_metric_plane(const std::string& definition) {
  const detail::ContextHandle context = detail::make_context();
  return detail::is_metric(context.get(), detail::make_horizontal_crs(context.get(), definition).get());
}

ScaleRange scale_factor_range(const std::string& projected, const Box& degrees) {
  const detail::ContextHandle context = detail::make_context();
  const detail::PjHandle bound = detail::make_horizontal_crs(context.get(), projected);
  detail::PjHandle crs = detail::unbound(context.get(), bound.get());
  // proj_factors rebuilds a whole CRS at each call (30 ms); the bare projection of the same parameters takes microseconds.
  const char* text = proj_as_proj_string(context.get(), crs.get(), PJ_PROJ_5, nullptr);
  std::string projection = text == nullptr ? "" : text;
  if (const std::size_t type = projection.find("+type=crs"); type != std::string::npos) {
    projection.erase(type);
    if (detail::PjHandle bare{proj_create(context.get(), projection.c_str())}) {
      crs = std::move(bare);
    }
  }
  constexpr int kSteps = 8;
  ScaleRange range{.least = std::numeric_limits<double>::infinity(), .greatest = 0};
  for (int i = 0; i <= kSteps; ++i) {
    for (int j = 0; j <= kSteps; ++j) {
      PJ_COORD position = proj_coord(0, 0, 0, 0);
      position.lp.lam = (degrees.min_x + (degrees.max_x - degrees.min_x) * i / kSteps) * std::numbers::pi / 180;
      position.lp.phi = (degrees.min_y + (degrees.max_y - degrees.min_y) * j / kSteps) * std::numbers::pi / 180;
      proj_errno_reset(crs.get());
      const PJ_FACTORS factors = proj_factors(crs.get(), position);
      if (proj_errno(crs.get()) != 0 || !std::isfinite(factors.tissot_semimajor) || factors.tissot_semiminor <= 0) {
        detail::refuse(projected, {.french = "ne peut représenter cette région du monde",
                                   .english = "cannot represent this part of the world"});
      }
      range.least = std::min(range.least, factors.tissot_semiminor);
      range.greatest = std::max(range.greatest, factors.tissot_semimajor);
    }
  }
  return range;
}

}  // namespace maillage
