#include "adapters/file/read_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "engine/core/error.hpp"

namespace maillage {
namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const Text& reason, const InputError::Kind kind) {
  throw InputError(Text{.french = fmt::format("{} : {}", path.string(), reason.french),
                        .english = fmt::format("{}: {}", path.string(), reason.english)},
                   kind);
}

struct Descriptor {
  int value;
  ~Descriptor() {
    if (value >= 0) {
      ::close(value);
    }
  }
};

}  // namespace

void require_readable_file(const std::filesystem::path& path) {
  const std::string text = path.string();
  if (text.empty() || text.starts_with("/vsi") || text.find("://") != std::string::npos || text.front() == '{' ||
      text.front() == '<' || text.find('\0') != std::string::npos) {
    refuse(path,
           {.french = "ce n'est pas un chemin de fichier. Maillage ne lit que des fichiers du disque.",
            .english = "not a file path. Maillage reads files on disk only."},
           InputError::Kind::bad_data);
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) {
    refuse(path,
           {.french = fmt::format("fichier introuvable ({}). Vérifiez le nom et le dossier.", std::strerror(errno)),
            .english = fmt::format("file not found ({}). Check the name and the folder.", std::strerror(errno))},
           InputError::Kind::missing);
  }
  if (!S_ISREG(status.st_mode)) {
    refuse(path,
           {.french = "ce n'est pas un fichier ordinaire (dossier, périphérique...).",
            .english = "not a regular file (folder, device...)."},
           InputError::Kind::bad_data);
  }
  if (::access(path.c_str(), R_OK) != 0) {
    refuse(path,
           {.french = "lecture interdite. Vérifiez les droits du fichier.",
            .english = "reading is not allowed. Check the file's permissions."},
           InputError::Kind::missing);
  }
}

std::string read_whole_file(const std::filesystem::path& path, const std::size_t most_bytes) {
  require_readable_file(path);
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  struct stat status {};
  if (file.value < 0 || ::fstat(file.value, &status) != 0) {
    refuse(path,
           {.french = fmt::format("lecture impossible ({}).", std::strerror(errno)),
            .english = fmt::format("cannot be read ({}).", std::strerror(errno))},
           InputError::Kind::missing);
  }
  if (static_cast<std::size_t>(status.st_size) > most_bytes) {
    refuse(path,
           {.french = fmt::format("{} octets, au plus {} acceptés.", status.st_size, most_bytes),
            .english = fmt::format("{} bytes, at most {} accepted.", status.st_size, most_bytes)},
           InputError::Kind::bad_data);
  }
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::read(file.value, bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      refuse(path,
             {.french = "lecture interrompue : le fichier a changé ou le disque a échoué.",
              .english = "reading broke off: the file changed or the disk failed."},
             InputError::Kind::bad_data);
    }
    have += static_cast<std::size_t>(got);
  }
  return bytes;
}

}  // namespace maillage
