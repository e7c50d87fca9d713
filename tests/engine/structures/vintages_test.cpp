#include "engine/structures/vintages.hpp"

#include <gtest/gtest.h>

namespace maillage {
namespace {

using Counts = std::vector<std::pair<std::string, std::int64_t>>;

StructureSet of(const std::vector<std::string>& vintages) {
  StructureSet set;
  for (const std::string& vintage : vintages) {
    Structure structure;
    structure.vintage = vintage;
    set.structures.push_back(structure);
  }
  return set;
}

TEST(Vintages, AreCountedByYear) {
  EXPECT_EQ(count_vintages(of({"2023-05-04", "12/03/2021", "2023", "20230504", "", "mai 2019 (maj 2020)", "n. c.", "1850"})),
            (Counts{{"2019", 1}, {"2021", 1}, {"2023", 2}, {"unknown", 4}}));
}

TEST(Vintages, AreNothingWhereNoneIsTold) {
  EXPECT_EQ(count_vintages(of({})), Counts{});
  EXPECT_EQ(count_vintages(of({"", "récent"})), Counts{});
}

}  // namespace
}  // namespace maillage
