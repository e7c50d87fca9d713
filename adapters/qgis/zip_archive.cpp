#include "adapters/qgis/zip_archive.hpp"

#include <minizip/zip.h>

#include <algorithm>
#include <cstdio>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

/// minizip writes through functions, and returns to headers that it wrote before.
struct MemoryFile {
  std::string bytes;
  std::size_t position = 0;
};

MemoryFile& file_of(voidpf stream) {
  return *static_cast<MemoryFile*>(stream);
}

voidpf open_memory(voidpf file, const char* /*name*/, int /*mode*/) {
  return file;
}

uLong read_memory(voidpf /*file*/, voidpf stream, void* into, const uLong size) {
  MemoryFile& file = file_of(stream);
  const std::size_t there = std::min<std::size_t>(size, file.bytes.size() - file.position);
  std::copy_n(file.bytes.data() + file.position, there, static_cast<char*>(into));
  file.position += there;
  return there;
}

uLong write_memory(voidpf /*file*/, voidpf stream, const void* from, const uLong size) {
  MemoryFile& file = file_of(stream);
  file.bytes.resize(std::max(file.bytes.size(), file.position + size));
  std::copy_n(static_cast<const char*>(from), size, file.bytes.data() + file.position);
  file.position += size;
  return size;
}

long tell_memory(voidpf /*file*/, voidpf stream) {
  return static_cast<long>(file_of(stream).position);
}

long seek_memory(voidpf /*file*/, voidpf stream, const uLong offset, const int origin) {
  MemoryFile& file = file_of(stream);
  const std::size_t base = origin == SEEK_SET ? 0 : origin == SEEK_CUR ? file.position : file.bytes.size();
  if (base + offset > file.bytes.size()) {
    return -1;
  }
  file.position = base + offset;
  return 0;
}

int close_memory(voidpf /*file*/, voidpf /*stream*/) {
  return 0;
}

int error_memory(voidpf /*file*/, voidpf /*stream*/) {
  return 0;
}

void require(const int status, const std::string& name) {
  if (status != ZIP_OK) {
    throw OutputError(Text{.french = name + " : archive impossible à faire (minizip " + std::to_string(status) + ").",
                           .english = name + ": archive cannot be made (minizip " + std::to_string(status) + ")."});
  }
}

}  // namespace

std::string zip_archive(const std::string& name, const std::string_view text) {
  MemoryFile memory;
  zlib_filefunc_def functions{.zopen_file = open_memory,
                              .zread_file = read_memory,
                              .zwrite_file = write_memory,
                              .ztell_file = tell_memory,
                              .zseek_file = seek_memory,
                              .zclose_file = close_memory,
                              .zerror_file = error_memory,
                              .opaque = &memory};
  zipFile zip = zipOpen2(name.c_str(), APPEND_STATUS_CREATE, nullptr, &functions);
  require(zip == nullptr ? ZIP_INTERNALERROR : ZIP_OK, name);
  constexpr uLong kFirstOfJanuary2000 = (20UL << 25U) | (1UL << 21U) | (1UL << 16U);  // as MS-DOS writes dates
  const zip_fileinfo about{.tmz_date = {}, .dosDate = kFirstOfJanuary2000, .internal_fa = 0, .external_fa = 0};
  constexpr int kBest = 9;
  int status = zipOpenNewFileInZip(zip, name.c_str(), &about, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, kBest);
  if (status == ZIP_OK) {
    status = zipWriteInFileInZip(zip, text.data(), static_cast<unsigned>(text.size()));
  }
  if (status == ZIP_OK) {
    status = zipCloseFileInZip(zip);
  }
  const int closed = zipClose(zip, nullptr);
  require(status, name);
  require(closed, name);
  return std::move(memory.bytes);
}

}  // namespace maillage
