#include "adapters/osm/osm_source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <new>
#include <osmium/io/bzip2_compression.hpp>
#include <osmium/io/gzip_compression.hpp>
#include <osmium/io/pbf_input.hpp>
#include <osmium/io/reader.hpp>
#include <osmium/io/xml_input.hpp>
#include <osmium/thread/pool.hpp>
#include <stdexcept>
#include <thread>
#include <utility>

#include "adapters/file/read_file.hpp"
#include "adapters/osm/gzip_check.hpp"
#include "engine/core/error.hpp"

namespace maillage {

namespace {

[[noreturn]] void refuse_damaged(const std::filesystem::path& file, const std::string_view why) {
  throw InputError(Text{
      .french = fmt::format("{} : fichier OpenStreetMap endommagé ou incomplet ({}). Rien n'en a été gardé ; téléchargez-le "
                            "de nouveau et comparez sa somme de contrôle.",
                            file.string(), why),
      .english =
          fmt::format("{}: OpenStreetMap file damaged or cut short ({}). Nothing of it was kept; download it again and "
                      "compare its checksum.",
                      file.string(), why)});
}

constexpr std::size_t kMaxQueue = 20;

}  // namespace

OsmFormat osm_format_of(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  constexpr std::array<std::pair<std::string_view, OsmFormat>, 4> kEndings{{{".pbf", OsmFormat::pbf},
                                                                            {".osm", OsmFormat::xml},
                                                                            {".osm.gz", OsmFormat::xml_gzip},
                                                                            {".osm.bz2", OsmFormat::xml_bzip2}}};
  for (const auto& [ending, format] : kEndings) {
    if (name.ends_with(ending) && !name.ends_with(".osh.pbf")) {
      return format;
    }
  }
  throw InputError(Text{
      .french = fmt::format("{} : ce n'est pas un extrait OpenStreetMap. Fichiers lus : .osm.pbf, .osm, .osm.gz, .osm.bz2 "
                            "(ni historiques .osh, ni différences .osc).",
                            file.string()),
      .english = fmt::format("{}: not an OpenStreetMap extract. Files read: .osm.pbf, .osm, .osm.gz, .osm.bz2 (neither "
                             "histories .osh nor changes .osc).",
                             file.string())});
}

OsmSource::OsmSource(std::filesystem::path file)
    // Absolute: libosmium would hand "http:..." to another program.
    : file_(std::filesystem::absolute(file)), format_(OsmFormat::pbf) {
  require_readable_file(file);
  format_ = osm_format_of(file);
  bytes_ = std::filesystem::file_size(file_);
  written_ = std::filesystem::last_write_time(file_);
  if (format_ == OsmFormat::xml_gzip) {
    // libosmium closes a gzip stream without looking whether it was whole.
    if (const auto fault = find_gzip_fault(file_)) {
      refuse_damaged(file_, *fault);
    }
  }
}

void OsmSource::require_unchanged() const {
  if (std::filesystem::file_size(file_) != bytes_ || std::filesystem::last_write_time(file_) != written_) {
    throw InputError(Text{
        .french = fmt::format("{} : le fichier a changé pendant sa lecture. Attendez la fin de son téléchargement.",
                              file_.string()),
        .english = fmt::format("{}: the file changed while it was read. Wait until its download ends.", file_.string())});
  }
}

void OsmSource::read(const osmium::osm_entity_bits::type entities, const Progress& progress, const Visit& visit) {
  const unsigned int threads = std::max(1U, std::thread::hardware_concurrency());
  osmium::thread::Pool pool{static_cast<int>(threads), kMaxQueue};
  constexpr std::array<const char*, 4> kFormats{"pbf", "osm", "osm.gz", "osm.bz2"};
  const osmium::io::File file{file_.string(), kFormats[static_cast<std::size_t>(format_)]};
  osmium::io::Reader reader{file, entities, osmium::io::read_meta::no, pool};
  const osmium::io::Header header = reader.header();
  if (header.has_multiple_object_versions()) {
    throw InputError(Text{
        .french =
            fmt::format("{} : fichier d'historique ou de différences ; un extrait ordinaire est attendu.", file_.string()),
        .english = fmt::format("{}: a history or change file; a plain extract is expected.", file_.string())});
  }
  vintage_ = header.get("osmosis_replication_timestamp", header.get("timestamp"));
  while (const osmium::memory::Buffer buffer = reader.read()) {
    visit(buffer);
    if (progress) {
      progress("osm", reader.offset(), reader.file_size());
    }
  }
  // A PBF file has no end mark: bytes that were passed over are the only sign of a damaged block header.
  const bool all_read = reader.eof() && (format_ != OsmFormat::pbf || reader.offset() == bytes_);
  reader.close();
  if (!all_read) {
    refuse_damaged(file_, "unread bytes after the last block");
  }
}

void OsmSource::pass(const osmium::osm_entity_bits::type entities, const Progress& progress, const Visit& visit) {
  try {
    read(entities, progress, visit);
  } catch (const Error&) {
    throw;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    // io_error, pbf_error, xml_error, gzip_error, protozero::exception, out_of_range...: all mean that bytes are wrong.
    refuse_damaged(file_, error.what());
  }
  require_unchanged();
}

}  // namespace maillage
