#include "adapters/gdal/declared_size.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <fstream>

#include "engine/core/error.hpp"

namespace maillage::detail {
namespace {

std::uint64_t little_endian(const unsigned char* bytes, const std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = count; i-- > 0;) {
    value = value << 8 | bytes[i];
  }
  return value;
}
std::uint64_t big_endian(const unsigned char* bytes, const std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    value = value << 8 | bytes[i];
  }
  return value;
}

/// The length a file declares in its own header, 0 when it has none: GDAL reads what is there and says nothing.
std::uint64_t declared_bytes(const std::filesystem::path& file, const std::string& extension) {
  std::array<unsigned char, 100> head{};
  std::ifstream stream(file, std::ios::binary);
  stream.read(reinterpret_cast<char*>(head.data()), head.size());
  if (extension == ".shp" || extension == ".shx") {
    return big_endian(head.data() + 24, 4) * 2;
  }
  if (extension == ".dbf") {
    return little_endian(head.data() + 8, 2) + little_endian(head.data() + 4, 4) * little_endian(head.data() + 10, 2);
  }
  if (extension == ".gpkg") {
    const std::uint64_t page = big_endian(head.data() + 16, 2);
    return (page == 1 ? 65'536 : page) * big_endian(head.data() + 28, 4);
  }
  return 0;
}

}  // namespace

void check_whole(const std::filesystem::path& file) {
  std::string extension = file.extension().string();
  for (char& letter : extension) {
    letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
  }
  constexpr std::uint64_t kLeastHeader = 32;  // a DBF's; the other formats' are longer
  if (std::filesystem::exists(file) &&
      std::filesystem::file_size(file) < std::max(kLeastHeader, declared_bytes(file, extension))) {
    throw InputError(Text{.french = fmt::format("{} : fichier tronqué : il contient moins qu'il n'annonce", file.string()),
                          .english = fmt::format("{}: truncated file: it holds less than it declares", file.string())});
  }
}

void check_same_records(const std::filesystem::path& shapefile) {
  const auto index = std::filesystem::path{shapefile}.replace_extension(".shx");
  const auto table = std::filesystem::path{shapefile}.replace_extension(".dbf");
  if (!std::filesystem::exists(index) || !std::filesystem::exists(table)) {
    return;
  }
  std::array<unsigned char, 32> head{};
  std::ifstream stream(table, std::ios::binary);
  stream.read(reinterpret_cast<char*>(head.data()), head.size());
  const std::uint64_t rows = little_endian(head.data() + 4, 4);
  const std::uint64_t shapes = (std::max<std::uint64_t>(declared_bytes(index, ".shx"), 100) - 100) / 8;
  if (rows != shapes) {
    throw InputError(Text{.french = fmt::format("{} : fichier abîmé : {} formes dans le .shx, {} lignes dans le .dbf",
                                                shapefile.string(), shapes, rows),
                          .english = fmt::format("{}: damaged file: {} shapes in the .shx, {} rows in the .dbf",
                                                 shapefile.string(), shapes, rows)});
  }
}

}  // namespace maillage::detail
