#include "adapters/file/file_mapping.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "adapters/file/read_file.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

[[noreturn]] void fail(const std::filesystem::path& path, const int error) {
  const std::string reason = std::strerror(error);
  throw InputError(Text{.french = fmt::format("{} : fichier impossible à ouvrir ({}).", path.string(), reason),
                        .english = fmt::format("{}: file cannot be opened ({}).", path.string(), reason)});
}

}  // namespace

FileMapping::FileMapping(const std::filesystem::path& path) {
  require_readable_file(path);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    fail(path, errno);
  }
  struct stat status {};
  void* start = nullptr;
  int error = 0;
  if (::fstat(descriptor, &status) != 0) {
    error = errno;
  } else if (status.st_size > 0) {
    start = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, descriptor, 0);
    error = start == MAP_FAILED ? errno : 0;
  }
  ::close(descriptor);
  if (error != 0) {
    fail(path, error);
  }
  bytes_ = {static_cast<const std::byte*>(start), static_cast<std::size_t>(status.st_size)};
}

FileMapping::~FileMapping() {
  unmap();
}

FileMapping::FileMapping(FileMapping&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

FileMapping& FileMapping::operator=(FileMapping&& other) noexcept {
  if (this != &other) {
    unmap();
    bytes_ = std::exchange(other.bytes_, {});
  }
  return *this;
}

void FileMapping::unmap() noexcept {
  if (!bytes_.empty()) {
    ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    bytes_ = {};
  }
}

}  // namespace maillage
