#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <osmium/io/file.hpp>
#include <osmium/memory/buffer.hpp>
#include <osmium/osm/entity_bits.hpp>
#include <string>

#include "engine/core/progress.hpp"

namespace maillage {

/// Kinds of file that are read, told by their names.
enum class OsmFormat : std::uint8_t { pbf, xml, xml_gzip, xml_bzip2 };

/// \throws InputError naming the endings that are read
[[nodiscard]] OsmFormat osm_format_of(const std::filesystem::path& file);

/// One file opened as often as there are passes over it. Checks before the first that it can be read, and after each that
/// it was read to its very end and is still the same file.
class OsmSource {
 public:
  using Visit = std::function<void(const osmium::memory::Buffer&)>;

  /// \throws InputError when it is missing or of no kind that is read, or, compressed by gzip, not whole
  explicit OsmSource(std::filesystem::path file);

  /// Calls `visit` on all buffers of these entities, in the order of the file. Decoding runs on all threads of the machine.
  /// \throws InputError when the file is damaged, cut short, a history, or changed since it was opened
  void pass(osmium::osm_entity_bits::type entities, const Progress& progress, const Visit& visit);

  [[nodiscard]] const std::string& vintage() const { return vintage_; }
  [[nodiscard]] std::string name() const { return file_.filename().string(); }

 private:
  void read(osmium::osm_entity_bits::type entities, const Progress& progress, const Visit& visit);
  void require_unchanged() const;

  std::filesystem::path file_;
  OsmFormat format_;
  std::uintmax_t bytes_ = 0;
  std::filesystem::file_time_type written_;
  std::string vintage_;
};

}  // namespace maillage
