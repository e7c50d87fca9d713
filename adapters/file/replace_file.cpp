#include "adapters/file/replace_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

[[noreturn]] void fail(const std::filesystem::path& target, const int error) {
  const std::string reason = std::strerror(error);
  throw OutputError(Text{.french = fmt::format("{} : fichier impossible à mettre en place ({}).", target.string(), reason),
                         .english = fmt::format("{}: file cannot be put in place ({}).", target.string(), reason)},
                    OutputError::Kind::cannot_create);
}

}  // namespace

std::filesystem::path name_beside(const std::filesystem::path& target) {
  std::filesystem::path name = target;
  name += fmt::format(".part-{}", ::getpid());
  std::error_code ignored;  // what cannot be removed is told when the file cannot be created
  std::filesystem::remove(name, ignored);
  return name;
}

void replace_file(const std::filesystem::path& finished, const std::filesystem::path& target) {
  if (std::rename(finished.c_str(), target.c_str()) != 0) {
    const int error = errno;
    ::unlink(finished.c_str());
    fail(target, error);
  }
  const std::filesystem::path folder = target.parent_path().empty() ? "." : target.parent_path();
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) {
    fail(target, errno);
  }
  const int error = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (error != 0 && error != EINVAL) {  // EINVAL: file systems that cannot sync folders
    fail(target, error);
  }
}

}  // namespace maillage
