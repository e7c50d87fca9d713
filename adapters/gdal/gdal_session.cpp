#include "adapters/gdal/gdal_session.hpp"

#include <cpl_conv.h>
#include <fmt/format.h>
#include <gdal_frmts.h>
#include <ogr_srs_api.h>

#include <mutex>

#include "engine/core/error.hpp"

// ogrsf_frmts.h declares these too, but drags the whole C++ interface in.
extern "C" {
void CPL_DLL RegisterOGRShape();
void CPL_DLL RegisterOGRGeoPackage();
void CPL_DLL RegisterOGRFlatGeobuf();
}

namespace maillage::detail {

CplErrors::CplErrors() {
  CPLErrorReset();
  CPLPushErrorHandlerEx(&CplErrors::collect, this);
}

CplErrors::~CplErrors() {
  CPLPopErrorHandler();
}

void CPL_STDCALL CplErrors::collect(const CPLErr level, CPLErrorNum, const char* text) {
  auto* self = static_cast<CplErrors*>(CPLGetErrorHandlerUserData());
  if (level >= CE_Failure) {
    ++self->failures_;
    if (self->message_.empty()) {
      self->message_ = text;
    }
  }
}

void register_drivers() {
  static std::once_flag once;
  std::call_once(once, [] {
    CPLSetConfigOption("GDAL_DRIVER_PATH", "disable");
    CPLSetConfigOption("OGR_CURRENT_DATE", "2000-01-01T00:00:00.000Z");  // no date of the run in data files
    CPLSetConfigOption("OGR_SQLITE_JOURNAL", "DELETE");
    CPLSetConfigOption("GDAL_DISABLE_READDIR_ON_OPEN", "TRUE");
    OSRSetPROJEnableNetwork(0);
    RegisterOGRShape();
    RegisterOGRGeoPackage();
    RegisterOGRFlatGeobuf();
    GDALRegister_GTiff();
  });
}

std::filesystem::path checked_input_path(const std::filesystem::path& path) {
  const std::string text = path.string();
  const bool scheme = text.empty() || text.front() == '{' || text.front() == '<' || text.find("/vsi") != std::string::npos ||
                      text.find("://") != std::string::npos || text.find('\0') != std::string::npos;
  std::error_code error;
  const std::filesystem::path resolved = scheme ? std::filesystem::path{} : std::filesystem::canonical(path, error);
  if (scheme || (!error && !std::filesystem::is_regular_file(resolved, error))) {
    throw InputError(Text{.french = fmt::format("{} : ce n'est pas un fichier ordinaire", text),
                          .english = fmt::format("{}: not a regular file", text)});
  }
  if (error) {
    throw InputError(Text{.french = fmt::format("{} : fichier introuvable ou illisible", text),
                          .english = fmt::format("{}: no such file, or not readable", text)},
                     InputError::Kind::missing);
  }
  return resolved;
}

}  // namespace maillage::detail
