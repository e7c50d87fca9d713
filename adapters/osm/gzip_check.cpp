#include "adapters/osm/gzip_check.hpp"

#include <zlib.h>

#include <fstream>
#include <vector>

namespace maillage {

namespace {

constexpr std::size_t kPieceBytes = std::size_t{1} << 16U;
constexpr int kGzipOnly = 16 + MAX_WBITS;

struct Inflater {
  z_stream stream{};
  bool ready = inflateInit2(&stream, kGzipOnly) == Z_OK;
  Inflater() = default;
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater() { inflateEnd(&stream); }
};

}  // namespace

std::optional<std::string> find_gzip_fault(const std::filesystem::path& file) {
  std::ifstream input{file, std::ios::binary};
  Inflater inflater;
  if (!input || !inflater.ready) {
    return "cannot be opened";
  }
  std::vector<char> packed(kPieceBytes);
  std::vector<unsigned char> plain(kPieceBytes * 2);
  bool at_member_end = false;
  z_stream& stream = inflater.stream;
  while (input) {
    input.read(packed.data(), static_cast<std::streamsize>(packed.size()));
    stream.next_in = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_in = static_cast<uInt>(input.gcount());
    while (stream.avail_in > 0) {
      if (at_member_end) {
        inflateReset(&stream);  // members may follow one another
        at_member_end = false;
      }
      stream.next_out = plain.data();
      stream.avail_out = static_cast<uInt>(plain.size());
      const int result = inflate(&stream, Z_NO_FLUSH);
      at_member_end = result == Z_STREAM_END;
      if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) {
        return stream.msg == nullptr ? "gzip data error" : stream.msg;
      }
    }
  }
  return at_member_end ? std::nullopt : std::optional<std::string>{"gzip stream cut short"};
}

}  // namespace maillage
