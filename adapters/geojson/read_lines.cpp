#include "adapters/geojson/read_lines.hpp"

#include <string>

#include "adapters/file/read_file.hpp"
#include "adapters/geojson/json_cursor.hpp"

namespace maillage {
namespace {

class LineReader {
 public:
  LineReader(const std::string& text, const std::string& source) : cursor_(text, source) {}

  LineSet read() {
    for_each_member([&](const std::string& key) {
      if (key != "features") {
        cursor_.skip();
        return;
      }
      for_each_element([&] {
        for_each_member([&](const std::string& member) {
          if (member == "geometry" && cursor_.peek() == '{') {
            read_geometry();
          } else {
            cursor_.skip();
          }
        });
        lines_.end_feature();
      });
    });
    return std::move(lines_);
  }

 private:
  template <typename Visit>
  void for_each_member(const Visit& visit) {
    if (!cursor_.open('{', '}')) {
      return;
    }
    do {
      const std::string key{cursor_.string()};
      cursor_.expect(':');
      visit(key);
    } while (cursor_.more('}'));
  }

  template <typename Visit>
  void for_each_element(const Visit& visit) {
    if (!cursor_.open('[', ']')) {
      return;
    }
    do {
      visit();
    } while (cursor_.more(']'));
  }

  /// Our writer puts the type first.
  void read_geometry() {
    std::string type;
    for_each_member([&](const std::string& key) {
      if (key == "type") {
        type = std::string{cursor_.string()};
      } else if (key == "coordinates" && type == "LineString") {
        read_line();
      } else if (key == "coordinates" && type == "MultiLineString") {
        for_each_element([&] { read_line(); });
      } else {
        cursor_.skip();
      }
    });
  }

  void read_line() {
    for_each_element([&] {
      Point point;
      std::size_t axis = 0;
      for_each_element([&] {
        const double value = cursor_.number();
        if (axis < 2) {
          (axis == 0 ? point.x : point.y) = value;
        }
        ++axis;
      });
      if (axis < 2) {
        cursor_.fail("une position a deux coordonnées", "a position has two coordinates");
      }
      lines_.vertices.push_back(point);
    });
    lines_.end_line();
  }

  JsonCursor cursor_;
  LineSet lines_;
};

}  // namespace

LineSet read_geojson_lines(const std::filesystem::path& file) {
  const std::string text = read_whole_file(file);
  const std::string source = file.string();
  return LineReader{text, source}.read();
}

}  // namespace maillage
