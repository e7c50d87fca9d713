#include "adapters/file/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <stdexcept>
#include <vector>

#include "adapters/file/read_file.hpp"
#include "engine/core/error.hpp"

namespace maillage {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

class Sha256 {
 public:
  Sha256() : context_(EVP_MD_CTX_new()) {
    if (!context_ || EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) != 1) {
      throw std::runtime_error("SHA-256 is not available in libcrypto");
    }
  }
  void add(const std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  [[nodiscard]] std::string hexadecimal() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
    std::string text;
    for (unsigned int i = 0; i < size; ++i) {
      text += fmt::format("{:02x}", digest[i]);
    }
    return text;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeContext> context_;
};

}  // namespace

std::string sha256_of_file(const std::filesystem::path& path) {
  require_readable_file(path);
  std::ifstream stream(path, std::ios::binary);
  Sha256 sum;
  std::vector<char> block(std::size_t{1} << 20U);
  while (stream.read(block.data(), static_cast<std::streamsize>(block.size())) || stream.gcount() > 0) {
    sum.add({block.data(), static_cast<std::size_t>(stream.gcount())});
  }
  // Without this, a disk that fails would give the sum of what came before as the file's.
  if (stream.bad() || !stream.eof()) {
    throw InputError(Text{
        .french = fmt::format("{} : lecture interrompue, empreinte impossible. Vérifiez le disque ou copiez le fichier "
                              "ailleurs.",
                              path.string()),
        .english =
            fmt::format("{}: reading broke off, no checksum. Check the disk or copy the file elsewhere.", path.string())});
  }
  return sum.hexadecimal();
}

std::string sha256_of_bytes(const std::string_view bytes) {
  Sha256 sum;
  sum.add(bytes);
  return sum.hexadecimal();
}

}  // namespace maillage
