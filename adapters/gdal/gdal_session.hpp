#pragma once

#include <cpl_error.h>
#include <gdal.h>
#include <ogr_api.h>

#include <filesystem>
#include <memory>
#include <string>

namespace maillage::detail {

struct DatasetDeleter {
  void operator()(void* dataset) const { GDALClose(dataset); }
};
using DatasetHandle = std::unique_ptr<void, DatasetDeleter>;
struct FeatureDeleter {
  void operator()(void* feature) const { OGR_F_Destroy(feature); }
};
using FeatureHandle = std::unique_ptr<void, FeatureDeleter>;

/// Collects what GDAL complains of on this thread while it lives.
class CplErrors {
 public:
  CplErrors();
  ~CplErrors();
  CplErrors(const CplErrors&) = delete;
  CplErrors& operator=(const CplErrors&) = delete;
  [[nodiscard]] bool failed() const { return failures_ > 0; }
  [[nodiscard]] const std::string& message() const { return message_; }

 private:
  static void CPL_STDCALL collect(CPLErr level, CPLErrorNum number, const char* text);
  int failures_ = 0;
  std::string message_;
};

/// Registers the allowed drivers, once, and shuts the network.
void register_drivers();

/// The regular file that a path names. \throws InputError for anything else, and for GDAL's own schemes
[[nodiscard]] std::filesystem::path checked_input_path(const std::filesystem::path& path);

}  // namespace maillage::detail
