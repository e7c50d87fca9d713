#include "adapters/file/checked_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{1} << 20U;

}  // namespace

CheckedFile::CheckedFile(std::filesystem::path path) : path_(std::move(path)) {
  descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
  if (descriptor_ < 0) {
    const std::string reason = std::strerror(errno);
    throw OutputError(Text{.french = fmt::format("{} : fichier impossible à créer ({}).", path_.string(), reason),
                           .english = fmt::format("{}: file cannot be created ({}).", path_.string(), reason)},
                      OutputError::Kind::cannot_create);
  }
}

CheckedFile::~CheckedFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
    ::unlink(path_.c_str());
  }
}

void CheckedFile::fail(const int error) const {
  const std::string reason = std::strerror(error);
  throw OutputError(Text{
      .french =
          fmt::format("{} : écriture impossible ({}). Libérez de la place ou changez --output.", path_.string(), reason),
      .english = fmt::format("{}: write failed ({}). Free some space or change --output.", path_.string(), reason)});
}

void CheckedFile::write(const std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() >= kBufferBytes) {
    flush();
  }
}

void CheckedFile::flush() {
  std::string_view left{buffer_};
  while (!left.empty()) {
    const ssize_t written = ::write(descriptor_, left.data(), left.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      fail(written < 0 ? errno : ENOSPC);
    }
    left.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
}

void CheckedFile::close() {
  flush();
  if (::fsync(descriptor_) != 0) {
    fail(errno);
  }
  const int descriptor = std::exchange(descriptor_, -1);
  if (::close(descriptor) != 0) {
    const int error = errno;
    ::unlink(path_.c_str());
    fail(error);
  }
}

}  // namespace maillage
